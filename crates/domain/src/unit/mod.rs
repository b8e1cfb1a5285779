//! Offices and units (*cơ quan, đơn vị*) with dated changes. A unit is never renamed in place: it ends on a day and
//! has successors; old reports keep the name and level of their time.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::UnitId;
use crate::text;
use crate::time::Day;

mod seed;
#[cfg(test)]
mod tests;

pub use seed::{BadSeeds, LinkSeed, Seeds, UnitSeed, parse_seeds};

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

/// What a unit has to do with press and information (*nhiệm vụ*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// *Quản lý báo chí; phát ngôn và cung cấp thông tin cho báo chí*.
    Press,
    /// *Cổng thông tin điện tử*.
    Portal,
    /// *Tiếp công dân*.
    Reception,
}

/// A task of a unit, with its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskSpan {
    /// What.
    pub task: Task,
    /// First day; with the unit when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Day>,
    /// Last day; with the unit when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
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
    /// What it has to do, with days.
    pub tasks: Vec<TaskSpan>,
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
        self.names().any(|own| text::key(own) == key)
    }

    /// Whether it has a task on `day`.
    pub fn has_task(&self, task: Task, day: Day) -> bool {
        self.is_valid(day)
            && self.tasks.iter().any(|span| {
                span.task == task
                    && span.valid_from.is_none_or(|first| first <= day)
                    && span.valid_to.is_none_or(|last| day <= last)
            })
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        [&self.name, &self.short_name].into_iter().chain(&self.aliases)
    }
}

/// A name without what clerks write in many ways: marks, punctuation, `và`, the long and short forms of the words
/// for committee and town.
fn loose(name: &str) -> String {
    let folded: String =
        text::fold(name).chars().map(|sign| if sign.is_alphanumeric() { sign } else { ' ' }).collect();
    let spaced = format!(" {} ", folded.split_whitespace().collect::<Vec<_>>().join("  "));
    let same =
        spaced.replace(" uy  ban  nhan  dan ", " ubnd ").replace(" thi  tran ", " tt ").replace(" va ", " ");
    same.split_whitespace().collect::<Vec<_>>().join(" ")
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
        open.sort_by_key(|(_, unit)| Reverse(unit.id));
        while let Some((depth, unit)) = open.pop() {
            out.push((depth, unit));
            let mut next: Vec<(usize, &Unit)> =
                self.children(unit.id, day).map(|child| (depth + 1, child)).collect();
            next.sort_by_key(|(_, unit)| Reverse(unit.id));
            open.extend(next);
        }
        out
    }

    /// The unit called so on `day`: exactly, or else the only one called so when marks, punctuation and usual short
    /// forms do not count. A loose name that fits two units finds none.
    pub fn find(&self, name: &str, day: Day) -> Option<&Unit> {
        self.at(day).find(|unit| unit.is_called(name)).or_else(|| {
            let wanted = loose(name);
            let mut found = self.at(day).filter(|unit| unit.names().any(|own| loose(own) == wanted));
            found.next().filter(|_| !wanted.is_empty() && found.next().is_none())
        })
    }

    /// The units above one, the nearest first.
    pub fn ancestors(&self, id: UnitId) -> Vec<&Unit> {
        let mut out = Vec::new();
        let mut above = self.get(id).and_then(|unit| unit.parent);
        while let Some(unit) = above.and_then(|id| self.get(id)) {
            out.push(unit);
            above = unit.parent;
        }
        out
    }

    /// Who has a task of a unit on `day`: the unit itself, or the one among its successors that was given the task.
    pub fn successor_for(&self, id: UnitId, task: Task, day: Day) -> Option<&Unit> {
        let own = self.get(id).filter(|unit| unit.has_task(task, day));
        own.or_else(|| self.successors(id, day).into_iter().find(|unit| unit.has_task(task, day)))
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
