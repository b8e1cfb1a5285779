//! Offices and units (*cơ quan, đơn vị*) with dated changes. A unit is never renamed in place: it ends on a day and
//! has successors; old reports keep the name and level of their time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::UnitId;
use crate::text;
use crate::time::Day;

/// What kind of unit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// *UBND tỉnh, thành phố trực thuộc trung ương*.
    Province,
    /// *UBND huyện, quận, thị xã, thành phố thuộc tỉnh*; ended on 30/6/2025.
    District,
    /// *UBND xã*.
    Commune,
    /// *UBND phường*.
    Ward,
    /// *UBND thị trấn*; ended on 30/6/2025.
    Town,
    /// *UBND đặc khu*.
    SpecialZone,
    /// *Sở, phòng chuyên môn*.
    Department,
    /// *Văn phòng*.
    Office,
    /// *Đài truyền thanh*.
    RadioStation,
    /// *Đơn vị sự nghiệp, cơ quan khác*.
    Other,
}

impl UnitKind {
    /// All kinds.
    pub const ALL: [UnitKind; 10] = [
        UnitKind::Province,
        UnitKind::District,
        UnitKind::Commune,
        UnitKind::Ward,
        UnitKind::Town,
        UnitKind::SpecialZone,
        UnitKind::Department,
        UnitKind::Office,
        UnitKind::RadioStation,
        UnitKind::Other,
    ];

    /// The stored word; locale key `unit_kind.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            UnitKind::Province => "province",
            UnitKind::District => "district",
            UnitKind::Commune => "commune",
            UnitKind::Ward => "ward",
            UnitKind::Town => "town",
            UnitKind::SpecialZone => "special_zone",
            UnitKind::Department => "department",
            UnitKind::Office => "office",
            UnitKind::RadioStation => "radio_station",
            UnitKind::Other => "other",
        }
    }

    /// The kind with this stored word.
    pub fn from_word(word: &str) -> Option<UnitKind> {
        UnitKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Official name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// First day; open when not known.
    pub valid_from: Option<Day>,
    /// Last day.
    pub valid_to: Option<Day>,
    /// Other names it is written by.
    pub aliases: Vec<String>,
}

/// Who followed whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The unit that ended.
    pub predecessor: UnitId,
    /// A unit that took over.
    pub successor: UnitId,
    /// From this day.
    pub on: Day,
    /// *Căn cứ*.
    pub basis: String,
}

impl Unit {
    /// Whether it exists on `day`.
    pub fn is_valid(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|first| first <= day) && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Whether `name` means this unit: case, style of tone marks and spaces do not count.
    pub fn is_called(&self, name: &str) -> bool {
        let key = text::key(name);
        [&self.name, &self.short_name].into_iter().chain(&self.aliases).any(|own| text::key(own) == key)
    }
}

/// What is wrong with a set of units.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTree {
    /// A unit is above itself.
    #[error("{0} stands above itself")]
    Cycle(String),
    /// A unit names one that is not there.
    #[error("{0} names a unit that does not exist")]
    Missing(String),
    /// A unit with successors has no last day.
    #[error("{0} has successors and no last day")]
    NotEnded(String),
    /// A unit ends before it begins.
    #[error("{0} ends before it begins")]
    Backwards(String),
}

/// All units and links of an installation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    units: BTreeMap<UnitId, Unit>,
    links: Vec<Link>,
}

impl Tree {
    /// A tree of these units.
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn new(units: Vec<Unit>, links: Vec<Link>) -> Result<Tree, BadTree> {
        let tree = Tree { units: units.into_iter().map(|unit| (unit.id, unit)).collect(), links };
        tree.check()?;
        Ok(tree)
    }

    fn check(&self) -> Result<(), BadTree> {
        for unit in self.units.values() {
            if unit.parent.is_some_and(|parent| !self.units.contains_key(&parent)) {
                return Err(BadTree::Missing(unit.name.clone()));
            }
            if unit.valid_from.zip(unit.valid_to).is_some_and(|(first, last)| last < first) {
                return Err(BadTree::Backwards(unit.name.clone()));
            }
            let mut above = unit.parent;
            for _ in 0..=self.units.len() {
                match above {
                    None => break,
                    Some(id) if id == unit.id => return Err(BadTree::Cycle(unit.name.clone())),
                    Some(id) => above = self.units.get(&id).and_then(|unit| unit.parent),
                }
            }
        }
        for link in &self.links {
            let before =
                self.units.get(&link.predecessor).ok_or_else(|| BadTree::Missing(link.basis.clone()))?;
            if !self.units.contains_key(&link.successor) {
                return Err(BadTree::Missing(before.name.clone()));
            }
            if before.valid_to.is_none() {
                return Err(BadTree::NotEnded(before.name.clone()));
            }
        }
        Ok(())
    }

    /// A unit.
    pub fn get(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// All units.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// All links.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The units that exist on `day`.
    pub fn at(&self, day: Day) -> impl Iterator<Item = &Unit> {
        self.units.values().filter(move |unit| unit.is_valid(day))
    }

    /// The units directly below one on `day`.
    pub fn children(&self, id: UnitId, day: Day) -> impl Iterator<Item = &Unit> {
        self.at(day).filter(move |unit| unit.parent == Some(id))
    }

    /// The units below one on `day`, at any depth, each after the one above it, with its depth from 1.
    pub fn below(&self, id: UnitId, day: Day) -> Vec<(usize, &Unit)> {
        let mut out = Vec::new();
        let mut open: Vec<(usize, &Unit)> = self.children(id, day).map(|unit| (1, unit)).collect();
        open.sort_by(|a, b| b.1.id.cmp(&a.1.id));
        while let Some((depth, unit)) = open.pop() {
            out.push((depth, unit));
            let mut next: Vec<(usize, &Unit)> =
                self.children(unit.id, day).map(|child| (depth + 1, child)).collect();
            next.sort_by(|a, b| b.1.id.cmp(&a.1.id));
            open.extend(next);
        }
        out
    }

    /// The unit called so on `day`.
    pub fn find(&self, name: &str, day: Day) -> Option<&Unit> {
        self.at(day).find(|unit| unit.is_called(name))
    }

    /// Who took over from a unit, followed to those that exist on `day`.
    pub fn successors(&self, id: UnitId, day: Day) -> Vec<&Unit> {
        let mut out: Vec<&Unit> = Vec::new();
        let mut open = vec![id];
        let mut seen = vec![id];
        while let Some(next) = open.pop() {
            for link in self.links.iter().filter(|link| link.predecessor == next && link.on <= day) {
                let Some(unit) = self.units.get(&link.successor).filter(|_| !seen.contains(&link.successor))
                else {
                    continue;
                };
                seen.push(unit.id);
                if unit.is_valid(day) { out.push(unit) } else { open.push(unit.id) }
            }
        }
        out.sort_by_key(|unit| unit.id);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn id(number: u128) -> UnitId {
        UnitId::from_parts(0, number)
    }

    fn unit(number: u128, name: &str, parent: Option<u128>, valid_to: Option<Day>) -> Unit {
        Unit {
            id: id(number),
            name: name.to_owned(),
            short_name: name.replace("Ủy ban nhân dân", "UBND"),
            kind: UnitKind::Commune,
            parent: parent.map(id),
            valid_from: None,
            valid_to,
            aliases: vec!["Xã Thanh Sơn".to_owned()],
        }
    }

    fn link(predecessor: u128, successor: u128, on: Day) -> Link {
        Link {
            predecessor: id(predecessor), successor: id(successor), on, basis: "Nghị quyết".to_owned()
        }
    }

    #[test]
    fn a_unit_is_found_by_any_of_its_names_while_it_exists() {
        let units = vec![unit(1, "Ủy ban nhân dân xã Thanh Sơn", None, Some(date(2025, 6, 30)))];
        let tree = Tree::new(units, Vec::new()).unwrap();
        for name in ["Uỷ ban nhân dân xã Thanh Sơn", "UBND xã Thanh Sơn", "xã thanh  sơn"] {
            assert!(tree.find(name, date(2020, 1, 1)).is_some(), "{name}");
        }
        assert!(tree.find("UBND xã Thanh Sơn", date(2025, 7, 1)).is_none());
    }

    #[test]
    fn succession_is_followed_through_two_changes_and_to_several_units() {
        let units = vec![
            unit(1, "huyện", None, Some(date(2024, 12, 31))),
            unit(2, "thị xã", None, Some(date(2025, 6, 30))),
            unit(3, "phường A", None, None),
            unit(4, "phường B", None, None),
        ];
        let links =
            vec![link(1, 2, date(2025, 1, 1)), link(2, 3, date(2025, 7, 1)), link(2, 4, date(2025, 7, 1))];
        let tree = Tree::new(units, links).unwrap();
        let names =
            |day| tree.successors(id(1), day).iter().map(|unit| unit.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(date(2025, 3, 1)), ["thị xã"]);
        assert_eq!(names(date(2026, 1, 1)), ["phường A", "phường B"]);
        assert!(names(date(2020, 1, 1)).is_empty());
    }

    #[test]
    fn a_tree_that_breaks_an_invariant_is_refused() {
        let cycle = vec![unit(1, "a", Some(2), None), unit(2, "b", Some(1), None)];
        assert!(matches!(Tree::new(cycle, Vec::new()), Err(BadTree::Cycle(_))));
        assert!(matches!(Tree::new(vec![unit(1, "a", Some(9), None)], Vec::new()), Err(BadTree::Missing(_))));
        let living = vec![unit(1, "a", None, None), unit(2, "b", None, None)];
        assert!(matches!(Tree::new(living, vec![link(1, 2, date(2025, 1, 1))]), Err(BadTree::NotEnded(_))));
    }

    #[test]
    fn units_below_come_after_the_one_above() {
        let units = vec![
            unit(1, "gốc", None, None),
            unit(2, "x", Some(1), None),
            unit(3, "y", Some(2), None),
            unit(4, "z", Some(1), None),
        ];
        let tree = Tree::new(units, Vec::new()).unwrap();
        let below: Vec<_> = tree
            .below(id(1), date(2026, 1, 1))
            .into_iter()
            .map(|(depth, unit)| (depth, unit.name.clone()))
            .collect();
        assert_eq!(below, [(1, "x".to_owned()), (2, "y".to_owned()), (1, "z".to_owned())]);
    }
}
