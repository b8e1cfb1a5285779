//! What was said before on the same subject besides answers to requests: press conferences, releases, interviews, and
//! lines that stand in the register of statements alone (B16).

use domain::id::{ConferenceId, RecordId, StatementId};
use domain::time::Day;
use store::Reader;

use super::subject_words;
use crate::ActionError;

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidAt {
    /// At a press conference.
    Conference(ConferenceId),
    /// In a release, an interview, a briefing, a post.
    Statement(StatementId),
    /// In the register of statements alone.
    Register(RecordId),
}

/// Something that was said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidElsewhere {
    /// Where it stands.
    pub at: SaidAt,
    /// What it was about.
    pub subject: String,
    /// When.
    pub day: Option<Day>,
    /// Who spoke; empty when nobody is named.
    pub speaker: String,
    /// What was said, as far as it is kept.
    pub text: String,
}

/// What was said elsewhere on a subject; not what `own` keeps, and no answers to requests.
pub(super) fn said_elsewhere(
    r: &mut Reader<'_>,
    subject: &str,
    own: &str,
) -> Result<Vec<SaidElsewhere>, ActionError> {
    const MOST: u16 = 10;
    let mut said = Vec::new();
    for record in store::register::statements_about(r, &subject_words(subject), MOST)? {
        let signs = record.id.to_string();
        let (Ok(case), Ok(conference), Ok(statement)) = (signs.parse(), signs.parse(), signs.parse()) else {
            continue;
        };
        if signs == own || store::press::find(r, case)?.is_some() {
            continue;
        }
        let (at, text) = if let Some(row) = store::conference::find(r, conference)? {
            (SaidAt::Conference(conference), row.conference.minutes)
        } else if let Some(row) = store::statement::find(r, statement)? {
            (SaidAt::Statement(statement), row.statement.told.text)
        } else {
            (SaidAt::Register(record.id), String::new())
        };
        said.push(SaidElsewhere {
            at,
            subject: record.values.text("subject").unwrap_or_default().to_owned(),
            day: record.values.day("held_on"),
            speaker: record.values.text("speaker").unwrap_or_default().to_owned(),
            text,
        });
    }
    Ok(said)
}
