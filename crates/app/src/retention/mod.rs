//! What is no longer to be kept: files that nothing refers to, and what is personal in registers when the time a dated
//! rule gives is over. Jobs of their own do it every night, each in steps that may be done twice; a restored backup
//! does both at once ([`store::job::DUE_AFTER_RESTORE`]), so what was removed does not come back.

mod files;
mod personal;

use domain::law::Law;
use domain::register::keeping;
use domain::time::{self, Timestamp};

use crate::App;

pub(crate) use files::remove_files;
pub(crate) use personal::forget_personal;

/// The instant before which a rule of today keeps nothing; none when no rule says how long.
fn before(app: &App, law: &Law, rule: &str) -> Option<Timestamp> {
    keeping::kept_since(law, rule, app.today()).and_then(|day| time::start_of(day).ok())
}
