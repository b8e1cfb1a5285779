//! Units as shipped in a data file, by code. The application makes the ids.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Link, TaskSpan, Unit, UnitKind};
use crate::id::UnitId;
use crate::law::Confidence;
use crate::text;
use crate::time::Day;

const KIM_BANG: &str = include_str!("../../../../data/units/kim-bang.toml");

/// A unit of a data file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitSeed {
    /// Its stable name in the file.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The code of the unit above.
    #[serde(default)]
    pub parent: Option<String>,
    /// First day; open when not known.
    #[serde(default)]
    pub valid_from: Option<Day>,
    /// Last day.
    #[serde(default)]
    pub valid_to: Option<Day>,
    /// Other names it is written by.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it has to do.
    #[serde(default)]
    pub tasks: Vec<TaskSpan>,
    /// *Mã đơn vị hành chính*, where it was read.
    #[serde(default)]
    pub number: Option<String>,
    /// How sure.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: String,
}

/// A succession of a data file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkSeed {
    /// The code of the unit that ended.
    pub predecessor: String,
    /// The code of a unit that took over.
    pub successor: String,
    /// From this day.
    pub on: Day,
    /// *Căn cứ*.
    pub basis: String,
    /// How sure.
    pub confidence: Confidence,
}

/// Units and successions of a data file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seeds {
    /// The units, each after the one above it.
    pub units: Vec<UnitSeed>,
    /// The successions.
    pub links: Vec<LinkSeed>,
}

/// A text that is not a set of units: every complaint names the unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the units cannot be read:\n{}", .0.join("\n"))]
pub struct BadSeeds(pub Vec<String>);

/// Reads units from TOML: see [`Seeds::parse`].
///
/// # Errors
/// With all complaints at once.
pub fn parse_seeds(toml: &str) -> Result<Seeds, BadSeeds> {
    Seeds::parse(toml)
}

fn rows<T: DeserializeOwned>(table: &toml::Table, kind: &str, complaints: &mut Vec<String>) -> Vec<T> {
    let Some(toml::Value::Array(rows)) = table.get(kind) else { return Vec::new() };
    let mut out = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        match row.clone().try_into() {
            Ok(row) => out.push(row),
            Err(error) => {
                let name = row.get("code").or_else(|| row.get("predecessor")).and_then(toml::Value::as_str);
                let name = name.map_or_else(|| format!("number {}", index + 1), str::to_owned);
                complaints.push(format!("{kind} {name}: {}", error.to_string().trim()));
            }
        }
    }
    out
}

impl Seeds {
    /// Reads units from TOML and checks them: names, codes that exist once, a unit above that stands before, days in
    /// order, no successor of a unit that has not ended.
    ///
    /// # Errors
    /// With all complaints at once, each naming its unit.
    pub fn parse(toml: &str) -> Result<Seeds, BadSeeds> {
        let table: toml::Table = toml.parse().map_err(|error| BadSeeds(vec![format!("{error}")]))?;
        let mut complaints = Vec::new();
        for key in table.keys().filter(|key| !["unit", "link"].contains(&key.as_str())) {
            complaints.push(format!("{key}: neither unit nor link"));
        }
        let units = rows(&table, "unit", &mut complaints);
        let links = rows(&table, "link", &mut complaints);
        let seeds = Seeds { units, links };
        seeds.check_units(&mut complaints);
        seeds.check_links(&mut complaints);
        if complaints.is_empty() { Ok(seeds) } else { Err(BadSeeds(complaints)) }
    }

    /// The units of Kim Bảng, of the province above them and their successors. A test reads them.
    pub fn kim_bang() -> Seeds {
        Seeds::parse(KIM_BANG).unwrap_or_default()
    }

    /// The unit with this code.
    pub fn unit(&self, code: &str) -> Option<&UnitSeed> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// Units and links with ids made by `id_of`, which must give one id per code.
    pub fn units_and_links(&self, id_of: impl Fn(&str) -> UnitId) -> (Vec<Unit>, Vec<Link>) {
        let units = self.units.iter().map(|seed| Unit {
            id: id_of(&seed.code),
            name: seed.name.clone(),
            short_name: seed.short_name.clone(),
            kind: seed.kind,
            parent: seed.parent.as_deref().map(&id_of),
            valid_from: seed.valid_from,
            valid_to: seed.valid_to,
            aliases: seed.aliases.clone(),
            tasks: seed.tasks.clone(),
        });
        let links = self.links.iter().map(|seed| Link {
            predecessor: id_of(&seed.predecessor),
            successor: id_of(&seed.successor),
            on: seed.on,
            basis: seed.basis.clone(),
        });
        (units.collect(), links.collect())
    }

    fn check_units(&self, complaints: &mut Vec<String>) {
        let mut seen = BTreeSet::new();
        for unit in &self.units {
            let code = &unit.code;
            for (field, value) in [
                ("code", code),
                ("name", &unit.name),
                ("short_name", &unit.short_name),
                ("source", &unit.source),
            ] {
                if text::clean_line(value).is_empty() {
                    complaints.push(format!("{code}: {field} is empty"));
                }
            }
            if let Some(parent) = unit.parent.as_deref().filter(|parent| !seen.contains(*parent)) {
                complaints.push(format!("{code}: parent {parent:?} does not stand before it"));
            }
            if !seen.insert(code.as_str()) {
                complaints.push(format!("{code}: stands twice"));
            }
            if unit.valid_from.zip(unit.valid_to).is_some_and(|(first, last)| last < first) {
                complaints.push(format!("{code}: valid_to lies before valid_from"));
            }
        }
    }

    fn check_links(&self, complaints: &mut Vec<String>) {
        for link in &self.links {
            let name = format!("{} -> {}", link.predecessor, link.successor);
            match self.unit(&link.predecessor) {
                None => complaints.push(format!("{name}: no unit {:?}", link.predecessor)),
                Some(before) if before.valid_to.and_then(|last| last.tomorrow().ok()) != Some(link.on) => {
                    complaints
                        .push(format!("{name}: on is not the day after the last day of the predecessor"));
                }
                Some(_) => {}
            }
            match self.unit(&link.successor) {
                None => complaints.push(format!("{name}: no unit {:?}", link.successor)),
                Some(after) if after.valid_from.is_some_and(|first| link.on < first) => {
                    complaints.push(format!("{name}: the successor does not exist yet"));
                }
                Some(_) => {}
            }
        }
    }
}
