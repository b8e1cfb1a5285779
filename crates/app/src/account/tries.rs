//! Counting failed tries, so that guessing slows down: by account and network together, by network, and by account
//! from everywhere (LIM table, AUTH-A01). Networks a person signed in from lately are let in although others fail on
//! purpose (AUTH-A03).

use std::net::IpAddr;

use domain::id::PersonId;
use domain::time::{self, Timestamp};
use jiff::SignedDuration;
use store::attempt;

use super::limits;
use crate::{ActionError, Actor, App};

/// Where the tries of one kind are counted.
pub(super) struct Tries {
    pair: String,
    wide: Option<Wide>,
}

/// What is counted besides, where tries come from outside.
struct Wide {
    network: String,
    account: String,
    known: String,
}

fn ago(now: Timestamp, span: SignedDuration) -> Timestamp {
    now.checked_sub(span).unwrap_or(Timestamp::MIN)
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Tries {
    /// Tries to sign in to an account from a network.
    pub(super) fn of_sign_in(account: &str, network: IpAddr) -> Tries {
        let network = network_of(network);
        Tries {
            pair: format!("sign_in:{account}|{network}"),
            wide: Some(Wide {
                account: format!("sign_in_account:{account}"),
                known: format!("sign_in_known:{account}|{network}"),
                network: format!("sign_in:{network}"),
            }),
        }
    }

    /// Tries of a signed-in person to prove who it is.
    pub(super) fn of_proof(person: PersonId) -> Tries {
        Tries { pair: format!("prove:{person}"), wide: None }
    }

    /// Refuses one more try while one has to wait.
    pub(super) fn check(&self, r: &mut store::Reader<'_>, now: Timestamp) -> Result<(), ActionError> {
        let too_many = |wait: SignedDuration| Err(ActionError::TooMany { seconds: wait.as_secs() });
        if let Some(wide) = &self.wide {
            const MINUTE: SignedDuration = SignedDuration::from_mins(1);
            if attempt::tries(r, &wide.network, ago(now, MINUTE))? >= limits::NETWORK_FAILURES_A_MINUTE {
                return too_many(MINUTE);
            }
            let known_since = ago(now, SignedDuration::from_hours(24 * limits::KNOWN_DAYS));
            if attempt::tries(r, &wide.account, ago(now, DAY))? >= limits::ACCOUNT_FAILURES_A_DAY
                && attempt::tries(r, &wide.known, known_since)? == 0
            {
                return too_many(SignedDuration::from_hours(1));
            }
        }
        let wait = limits::wait_after(attempt::tries(r, &self.pair, ago(now, DAY))?);
        if !wait.is_zero() && attempt::tries(r, &self.pair, ago(now, wait))? > 0 {
            return too_many(wait);
        }
        Ok(())
    }

    /// Counts a failure.
    pub(super) fn failed(&self, app: &App) -> Result<(), ActionError> {
        app.write(&Actor::system(), |tx| {
            let now = tx.now();
            attempt::count_up(tx, &self.pair, now)?;
            if let Some(wide) = &self.wide {
                attempt::count_up(tx, &wide.network, now)?;
                attempt::count_up(tx, &wide.account, now)?;
            }
            Ok(())
        })
    }

    /// Forgets the failures of who proved to be the one, and knows the network from now on.
    pub(super) fn passed(&self, tx: &mut store::Tx<'_>) -> Result<(), ActionError> {
        let now = tx.now();
        attempt::clear(tx, &self.pair)?;
        if let Some(wide) = &self.wide {
            let today = time::start_of(time::day_of(now)).map_err(anyhow::Error::new)?;
            attempt::count_up(tx, &wide.known, today)?;
        }
        Ok(())
    }
}

/// An IPv6 network is its /64 (LIM-04).
fn network_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
