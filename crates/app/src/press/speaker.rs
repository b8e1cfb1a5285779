//! Whether somebody may speak for the office on a day, by its register of spokespersons.

use domain::press::speaker::{Speaks, entitled};
use domain::register::{Register, Values};
use domain::text;
use domain::time::Day;
use domain::unit::UnitKind;

use crate::{ActionError, absence, office, rules};

/// Refuses a speaker who is away or not entitled on `day`.
pub(crate) fn require(r: &mut store::Reader<'_>, who: (&str, &str), day: Day) -> Result<(), ActionError> {
    if absence::away_on(r, day)?.contains_key(&text::key(who.0)) {
        return Err(ActionError::Refused("speaker_absent"));
    }
    let office = office::load(r)?;
    let kind = office::load_tree(r)?.get(office.unit).map_or(UnitKind::Commune, |unit| unit.kind);
    let law = rules::load(r)?.law;
    let mut lines: Vec<Values> = Vec::new();
    store::register::all(r, Register::Spokespersons, Some(office.unit), |stored| {
        lines.push(stored.record.values);
        Ok(())
    })?;
    let names = [office.names.name, office.names.header.join(" ")];
    let office = Speaks { law: &law, kind, names: &names };
    entitled(&lines, who, day, office).map_err(|reason| ActionError::Refused(reason.code()))
}
