//! What is personal in registers: names and contacts of citizens who asked, names of reporters, the register files they
//! came in. When the time is over, the values leave the line and every revision; figures stay as they were, and frozen
//! sets can still be computed again.

use domain::id::RecordId;
use domain::register::{Register, Values, keeping};
use domain::time::{self, Day, Timestamp};
use store::ledger::Change;
use store::register::{self as rows, Forgotten, Held};

use super::before;
use crate::jobs::Outcome;
use crate::{ActionError, Actor, App, rules};

/// Records of one transaction.
const CHUNK: usize = 200;

/// The stored word of the reason.
const REASON: &str = "retention";

/// Takes away what is personal and whose time is over, many records at a time, each time with an entry that says how
/// many.
///
/// # Errors
/// When the database fails; what was done stays done, and the rest is done the next time.
pub(crate) fn forget_personal(app: &App) -> Result<Outcome, ActionError> {
    let law = app.read(rules::load)?.law;
    let today = app.today();
    let mut all = Forgotten::default();
    let mut lacking = None;
    for register in Register::ALL {
        let Some(rule) = keeping::rule(register) else { continue };
        if keeping::kept_since(&law, rule, today).is_none() {
            lacking = Some(rule);
            continue;
        }
        let is_over = |values: &Values, removed: Option<Timestamp>| {
            keeping::is_over(&law, register, values, removed.map(time::day_of), today)
        };
        let held = app.read(|r| Ok(rows::holding_personal(r, register)?))?;
        let over: Vec<Held> =
            held.into_iter().filter(|held| is_over(&held.values, held.removed_at)).collect();
        for chunk in over.chunks(CHUNK) {
            let done = app.write(&Actor::system(), |tx| {
                // One that was opened again meanwhile stays.
                let mut ids: Vec<RecordId> = Vec::with_capacity(chunk.len());
                for held in chunk {
                    let line = rows::find(tx, register, held.id)?;
                    if line.is_none_or(|line| is_over(&line.record.values, None)) {
                        ids.push(held.id);
                    }
                }
                let done = rows::forget_personal(tx, register, &ids, REASON)?;
                note(tx, (register, rule, today), done)?;
                Ok(done)
            })?;
            all.records += done.records;
            all.revisions += done.revisions;
        }
    }
    let files = match before(app, &law, keeping::ASKER) {
        Some(before) => app.write(&Actor::system(), |tx| Ok(store::import::forget_files(tx, before)?))?,
        None => 0,
    };
    // Also for what the clearing-up before this took away: names and contacts of reporters and of senders of notices.
    if !app.database().truncate_log()? {
        tracing::warn!("a reader is at work: the log of writes is emptied later");
    }
    if let Some(rule) = lacking {
        return Ok(Outcome::bad("no_rule").with("rule", rule));
    }
    let outcome = Outcome::good("personal_forgotten").with("records", all.records);
    Ok(outcome.with("revisions", all.revisions).with("files", files))
}

fn note(
    tx: &mut store::Tx<'_>,
    (register, rule, today): (Register, &str, Day),
    done: Forgotten,
) -> Result<(), ActionError> {
    let Forgotten { records, revisions } = done;
    if records == 0 {
        return Ok(());
    }
    let register = register.word();
    let content = serde_json::json!({
        "day": today.to_string(), "records": records, "register": register, "revisions": revisions, "rule": rule,
    });
    tx.record(Change {
        kind: "personal_data.forgotten",
        subject_kind: "retention",
        subject: register,
        after: Some(&content.to_string()),
    })?;
    tracing::info!(
        target: "security", event = "personal_data_forgotten", register, records, revisions, rule,
        "personal data past its time taken away"
    );
    Ok(())
}
