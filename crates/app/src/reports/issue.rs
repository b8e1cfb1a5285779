//! Issuing a report: its number in the book of the year, its line in the register of outgoing documents.

use domain::access::Capability;
use domain::register::Register;
use domain::time::{self, Day};
use report::document::{Citation, Signer};
use store::report::ReportRow;

use super::{Act, template};
use crate::kept_line::Line;
use crate::numbering::{self, Wanted};
use crate::{ActionError, Actor, App, office};

/// Gives a report its number in the register of outgoing documents, and its line there.
pub(super) fn issue(tx: &mut store::Tx<'_>, row: &mut ReportRow, act: &Act) -> Result<(), ActionError> {
    let day = act.issued_on.ok_or_else(|| ActionError::invalid("issued_on", "required"))?;
    if day > time::day_of(tx.now()) {
        return Err(ActionError::invalid("issued_on", "in_future"));
    }
    let office = office::load(tx)?;
    let number = match act.number {
        Some(0) => return Err(ActionError::invalid("number", "required")),
        Some(number) => number,
        None => numbering::next(tx, row.unit, day.year())?,
    };
    let symbol = format!("{}-{}", template::of(tx, row)?.type_code, office.names.symbol);
    let wanted = Wanted { unit: row.unit, day, number, symbol: &symbol, gap_reason: &act.gap_reason };
    let signer: Option<Signer> = serde_json::from_str(&row.signer).unwrap_or_default();
    let letter: Option<Citation> = serde_json::from_str(&row.request_letter).unwrap_or_default();
    let mut line = Line::new(Register::OutgoingDocuments);
    line.text("symbol", &wanted.full());
    line.day("issued_on", day);
    line.text("summary", &row.title);
    if let Some(signer) = signer {
        line.text("signer", &signer.name);
    }
    line.text("recipients", &letter.map(|letter| letter.issuer).unwrap_or_default());
    line.day("sent_on", day);
    numbering::register(tx, wanted, line.values())?;
    row.number = Some(number.to_string());
    row.issued_on = Some(day);
    Ok(())
}

/// The number that comes next in the register of outgoing documents of a year.
///
/// # Errors
/// Without the right to read reports.
pub fn next_number(app: &App, actor: &Actor, day: Day) -> Result<u32, ActionError> {
    actor.require(Capability::ReadReports)?;
    app.read(|r| {
        let office = office::load(r)?;
        numbering::next(r, office.unit, day.year())
    })
}
