//! Time and randomness, given to the store from outside: the only place that asks the machine for either.

use std::sync::Arc;

use domain::time::Timestamp;

use crate::StoreError;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The instant now.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    ///
    /// # Errors
    /// [`StoreError::NoRandomness`] when the system gives none.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), StoreError>;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The random source of the operating system.
#[derive(Debug, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), StoreError> {
        getrandom::fill(bytes).map_err(|error| StoreError::NoRandomness(error.to_string()))
    }
}

/// Where time and randomness come from.
#[derive(Clone)]
pub struct Sources {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
}

impl Sources {
    /// Time and randomness of the machine.
    pub fn system() -> Sources {
        Sources { clock: Arc::new(SystemClock), random: Arc::new(SystemRandom) }
    }
}

/// Who acts, as the ledger names it: a person's id, `system` or `command_line`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The name in the ledger.
    pub name: String,
}

impl Actor {
    /// The person with this id.
    pub fn person(id: domain::id::PersonId) -> Actor {
        Actor { name: id.to_string() }
    }

    /// Background work.
    pub fn system() -> Actor {
        Actor { name: "system".into() }
    }

    /// The administrator at the command line.
    pub fn command_line() -> Actor {
        Actor { name: "command_line".into() }
    }
}

/// What can be made from the milliseconds of now and 80 random bits: every id of `domain::id`.
pub trait NewId {
    /// The id.
    fn from_parts(milliseconds: u64, random: u128) -> Self;
}

macro_rules! new_ids {
    ($($name:ident),+) => {$(
        impl NewId for domain::id::$name {
            fn from_parts(milliseconds: u64, random: u128) -> Self {
                domain::id::$name::from_parts(milliseconds, random)
            }
        }
    )+};
}

new_ids!(
    RecordId,
    UnitId,
    PersonId,
    ImportId,
    ReportId,
    PublicationId,
    JobId,
    UploadId,
    NoticeId,
    SlotId,
    BatchId,
    CaseId,
    PartId,
    AgencyId,
    ReporterId,
    AbsenceId,
    StandstillId,
    ReplyTemplateId,
    PacketId,
    MailId,
    ConferenceId,
    StatementId,
    EmergencyId,
    DataRequestId,
    BreachId,
    RollOutId
);
