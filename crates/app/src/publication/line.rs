//! A second look (*kiểm tra lại*) at lines of registers that went public without a second person: typed or imported, they
//! are the record of what an office posted, so they do not wait; somebody else looks at them afterwards, and the ledger
//! says who.

use domain::access::Capability;
use domain::id::PublicationId;
use store::line_look::{self as rows, LineRow};

use crate::{ActionError, Actor, App, account};

/// Lines on the page, and in one act.
pub const MOST_LINES: usize = 100;

/// A line that waits for a second look.
#[derive(Debug, Clone)]
pub struct Line {
    /// The line.
    pub row: LineRow,
    /// The name of who wrote it last.
    pub writer: String,
    /// Whether that was this person, who may not look at it.
    pub is_own: bool,
}

/// What waits.
#[derive(Debug, Clone)]
pub struct Lines {
    /// Those changed last first, at most [`MOST_LINES`].
    pub lines: Vec<Line>,
    /// Whether there are more.
    pub has_more: bool,
}

/// The lines that wait for a second look.
///
/// # Errors
/// Without the right to approve.
pub fn lines_to_look_at(app: &App, actor: &Actor) -> Result<Lines, ActionError> {
    actor.require(Capability::ApprovePublications)?;
    actor.require(Capability::ReadPublications)?;
    let limit = u16::try_from(MOST_LINES).unwrap_or(u16::MAX);
    let (mut found, names) = app.read(|r| Ok((rows::waiting(r, limit + 1)?, account::names(r)?)))?;
    let has_more = found.len() > MOST_LINES;
    found.truncate(MOST_LINES);
    let line = |row: LineRow| Line {
        writer: names.get(&row.writer).cloned().unwrap_or_else(|| row.writer.clone()),
        is_own: row.writer == actor.name,
        row,
    };
    Ok(Lines { lines: found.into_iter().map(line).collect(), has_more })
}

/// Notes that this person looked at these lines, each as it stood at the ledger entry they were shown; all or none.
///
/// # Errors
/// Without the right to approve; when none or too many are given; for a line of their own; [`ActionError::Stale`] when
/// one was changed, looked at or taken away meanwhile.
pub fn look_at_lines(app: &App, actor: &Actor, seen: &[(PublicationId, i64)]) -> Result<usize, ActionError> {
    actor.require(Capability::ApprovePublications)?;
    actor.require(Capability::ReadPublications)?;
    if seen.is_empty() {
        return Err(ActionError::Refused("publication_none_ticked"));
    }
    if seen.len() > MOST_LINES {
        return Err(ActionError::Refused("publication_too_many_ticked"));
    }
    app.write(actor, |tx| {
        for (id, changed) in seen {
            let line = rows::find(tx, *id)?.filter(|line| line.changed == *changed);
            let line = line.ok_or(ActionError::Stale)?;
            if line.writer == actor.name {
                return Err(ActionError::Refused("publication_own_text"));
            }
            rows::look(tx, &line)?;
        }
        Ok(seen.len())
    })
}
