//! Whether somebody may speak for the office on a day, by its register of spokespersons.

use std::collections::BTreeSet;

use domain::access::Capability;
use domain::law::Law;
use domain::press::speaker::{Speaks, entitled};
use domain::register::{Register, Values};
use domain::text;
use domain::time::Day;
use domain::unit::UnitKind;

use crate::{ActionError, Actor, App, absence, office, rules};

/// Refuses a speaker who is away or not entitled on `day`.
pub(crate) fn require(r: &mut store::Reader<'_>, who: (&str, &str), day: Day) -> Result<(), ActionError> {
    if absence::away_on(r, day)?.contains_key(&text::key(who.0)) {
        return Err(ActionError::Refused("speaker_absent"));
    }
    let (lines, speaks) = register(r)?;
    entitled(&lines, who, day, speaks.as_office()).map_err(|reason| ActionError::Refused(reason.code()))
}

/// The office somebody is to speak for, with its law.
struct OwnOffice {
    law: Law,
    kind: UnitKind,
    names: [String; 2],
}

impl OwnOffice {
    fn as_office(&self) -> Speaks<'_> {
        Speaks { law: &self.law, kind: self.kind, names: &self.names }
    }
}

/// The lines of the office's register of spokespersons.
fn register(r: &mut store::Reader<'_>) -> Result<(Vec<Values>, OwnOffice), ActionError> {
    let office = office::load(r)?;
    let kind = office::load_tree(r)?.get(office.unit).map_or(UnitKind::Commune, |unit| unit.kind);
    let law = rules::load(r)?.law;
    let mut lines: Vec<Values> = Vec::new();
    store::register::all(r, Register::Spokespersons, Some(office.unit), |stored| {
        lines.push(stored.record.values);
        Ok(())
    })?;
    let names = [office.names.name, office.names.header.join(" ")];
    Ok((lines, OwnOffice { law, kind, names }))
}

/// Everybody named in the office's register of spokespersons whose time is not over on `day`, by name.
pub(crate) fn named_since(r: &mut store::Reader<'_>, day: Day) -> Result<Vec<String>, ActionError> {
    let (mut lines, _) = register(r)?;
    lines.retain(|line| line.day("ends_on").is_none_or(|last| day <= last));
    Ok(names_of(&lines))
}

/// The names of lines, each once.
fn names_of<'a>(lines: impl IntoIterator<Item = &'a Values>) -> Vec<String> {
    let names = lines.into_iter().filter_map(|line| line.text("full_name").map(str::to_owned));
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Who may speak for the office on a day, by name; somebody authorised for one matter is among them. What is said is
/// checked against the matter when it is said.
///
/// # Errors
/// Without the right to see the press desk.
pub fn speakers(app: &App, actor: &Actor, day: Day) -> Result<Vec<String>, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let away = absence::away_on(r, day)?;
        let (lines, speaks) = register(r)?;
        let may_speak = |line: &&Values| {
            let (name, matter) = (line.text("full_name").unwrap_or(""), line.text("matter").unwrap_or(""));
            let is_there = !away.contains_key(&text::key(name));
            is_there && entitled([*line], (name, matter), day, speaks.as_office()).is_ok()
        };
        Ok(names_of(lines.iter().filter(may_speak)))
    })
}
