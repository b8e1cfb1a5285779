//! Looking after the installation: the ledger, its verification, backups.

use domain::access::Capability;
use domain::register::Register;
use domain::time::Timestamp;
use store::ledger::{BadEntry, Verification};
use store::security::BadEvent;

use crate::jobs::{self, Kind, Outcome};
use crate::{ActionError, Actor, App, account};

/// An entry of the ledger as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryView {
    /// From 1.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by name.
    pub who: String,
    /// `questions.amended`.
    pub kind: String,
    /// What kind of thing.
    pub subject_kind: String,
    /// Its id.
    pub subject: String,
    /// Hash of the entry.
    pub hash: String,
    /// The page of the thing, when it has one.
    pub path: Option<String>,
    /// Whether its content was erased.
    pub is_erased: bool,
}

/// Entries before a sequence, newest first, and whether there are more.
///
/// # Errors
/// Without the right to read the ledger.
pub fn ledger(
    app: &App,
    actor: &Actor,
    before: Option<i64>,
    limit: u16,
) -> Result<(Vec<EntryView>, bool), ActionError> {
    actor.require(Capability::ReadLedger)?;
    app.read(|r| {
        let names = account::names(r)?;
        let filter = store::ledger::Filter { before, ..Default::default() };
        let (entries, has_more) = store::ledger::page(r, &filter, limit)?;
        let sequences: Vec<i64> = entries.iter().map(|entry| entry.sequence).collect();
        let erased = store::ledger::erased_of(r, &sequences)?;
        let view = |entry: domain::ledger::Entry| EntryView {
            sequence: entry.sequence,
            is_erased: erased.contains(&entry.sequence),
            at: Timestamp::from_millisecond(entry.at_milliseconds).unwrap_or(Timestamp::UNIX_EPOCH),
            who: names.get(&entry.actor).cloned().unwrap_or(entry.actor),
            path: path_of(&entry.subject_kind, &entry.subject),
            kind: entry.kind,
            subject_kind: entry.subject_kind,
            subject: entry.subject,
            hash: entry.hash,
        };
        Ok((entries.into_iter().map(view).collect(), has_more))
    })
}

fn path_of(subject_kind: &str, subject: &str) -> Option<String> {
    match subject_kind {
        "report" => Some(format!("/reports/{subject}")),
        "person" => Some(format!("/people/{subject}")),
        word => Register::from_word(word).map(|_| format!("/registers/{word}/{subject}")),
    }
}

/// Whether ledger, registers and files are whole.
#[derive(Debug, Clone)]
pub struct Health {
    /// The ledger and the rows it covers.
    pub ledger: Verification,
    /// The log of security events.
    pub security: store::security::Verification,
    /// What the database says against itself.
    pub database: Vec<String>,
    /// Files that are missing or changed.
    pub files: Vec<String>,
}

impl Health {
    /// Whether nothing is wrong.
    pub fn is_good(&self) -> bool {
        self.ledger.first_fault.is_none()
            && self.security.first_fault.is_none()
            && self.database.is_empty()
            && self.files.is_empty()
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match self.first_fault() {
            None => Outcome::good("verified").with("entries", self.ledger.entries),
            Some(fault) => Outcome::bad("unsound").with("fault", fault),
        }
    }

    /// What is wrong first, in words: entry and fault.
    pub fn first_fault(&self) -> Option<String> {
        let ledger = self.ledger.first_fault.as_ref().map(|fault| {
            let what = match &fault.what {
                BadEntry::Chain(fault) => format!("{fault:?}"),
                other => format!("{other:?}"),
            };
            format!("ledger entry {}: {what}", fault.sequence)
        });
        let security = self.security.first_fault.map(|(sequence, what)| match what {
            BadEvent::Chain(fault) => format!("security event {sequence}: {fault:?}"),
            other => format!("security event {sequence}: {other:?}"),
        });
        ledger.or(security).or_else(|| self.database.first().cloned()).or_else(|| self.files.first().cloned())
    }
}

/// Checks everything: chain, contents, rows, database, files. `progress` hears done and all.
///
/// # Errors
/// Without the right to read the ledger; when something cannot be asked at all.
pub fn verify(app: &App, actor: &Actor, progress: &mut dyn FnMut(i64, i64)) -> Result<Health, ActionError> {
    actor.require(Capability::ReadLedger)?;
    let ledger = app.read(|r| Ok(store::ledger::verify(r, &mut *progress)?))?;
    let security = app.read(|r| Ok(store::security::verify(r)?))?;
    let database = app.database().integrity()?;
    let files = app.read(|r| Ok(store::blob::verify(r, app.blobs(), |_, _| {})?))?;
    let files = files.iter().map(|(digest, problem)| format!("{}: {problem}", digest.as_str())).collect();
    let health = Health { ledger, security, database, files };
    if !health.is_good() {
        tracing::error!(target: "security", event = "verification_failed", fault = health.first_fault());
    }
    Ok(health)
}

/// Checks everything for a person before the screen; the finding stands with those of the daily check.
///
/// # Errors
/// As [`verify`].
pub fn verify_now(app: &App, actor: &Actor) -> Result<Health, ActionError> {
    let health = verify(app, actor, &mut |_, _| {})?;
    jobs::note(app, actor, Kind::Verify, &health.outcome());
    Ok(health)
}

/// A backup that stands in the data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupView {
    /// Its file name, which says time, version and ledger.
    pub name: String,
    /// When it was made.
    pub at: Timestamp,
    /// How large it is.
    pub bytes: u64,
}

pub(crate) fn backup_folder(app: &App) -> std::path::PathBuf {
    app.folder().join("backups")
}

/// The backups in the data folder, newest first.
///
/// # Errors
/// Without the right to administer, or when the folder cannot be read.
pub fn backups(app: &App, actor: &Actor) -> Result<Vec<BackupView>, ActionError> {
    actor.require(Capability::Administer)?;
    let view =
        |kept: store::archive::Kept| BackupView { name: kept.name, at: kept.made_at, bytes: kept.bytes };
    Ok(store::archive::on_shelf(&backup_folder(app))?.into_iter().map(view).collect())
}

/// Makes a backup in the data folder; it is opened and checked before it gets its name. Gives that name.
///
/// # Errors
/// Without the right to administer, or when database, files or disk fail.
pub fn make_backup(app: &App, actor: &Actor) -> Result<String, ActionError> {
    actor.require(Capability::Administer)?;
    let name = back_up(app)?;
    jobs::note(app, actor, Kind::Backup, &Outcome::good("backed_up").with("name", &name).with("removed", 0));
    Ok(name)
}

pub(crate) fn back_up(app: &App) -> Result<String, ActionError> {
    let path = store::archive::create(app.database(), app.blobs(), &backup_folder(app), |_, _| {})?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    tracing::info!(target: "security", event = "backup_made", name, "backup made");
    Ok(name)
}

/// Who changed something last, what they did and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// Their name, or the word the ledger keeps of an actor that is no person.
    pub who: String,
    /// What the ledger calls it: `press_conference.edit`.
    pub kind: String,
    /// When.
    pub at: Timestamp,
}

/// Who changed a thing of the press desk last, as the ledger tells it.
///
/// # Errors
/// Without the right to see the press desk.
pub fn last_change(
    app: &App,
    actor: &Actor,
    (subject_kind, subject): (&str, &str),
) -> Result<Option<LastChange>, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let filter = store::ledger::Filter {
            subject_kind: Some(subject_kind.to_owned()),
            subject: Some(subject.to_owned()),
            ..store::ledger::Filter::default()
        };
        let last = store::ledger::page(r, &filter, 1)?.0.into_iter().next();
        let names = account::names(r)?;
        Ok(last.map(|entry| LastChange {
            at: Timestamp::from_millisecond(entry.at_milliseconds).unwrap_or(Timestamp::UNIX_EPOCH),
            who: names.get(&entry.actor).cloned().unwrap_or(entry.actor),
            kind: entry.kind,
        }))
    })
}
