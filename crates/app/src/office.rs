//! The committee whose installation it is, and its units.

use domain::access::Capability;
use domain::id::UnitId;
use domain::text;
use domain::time::Day;
use domain::unit::{Link, Tree, Unit, UnitKind};
use report::document::{OfficeNames, Signer};
use serde::{Deserialize, Serialize};
use store::unit as rows;

use crate::{ActionError, Actor, App, Invalid};

const SETTING: &str = "office";

/// The committee whose installation it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Its unit.
    pub unit: UnitId,
    /// What it is called in documents.
    pub names: OfficeNames,
    /// Who signs its reports, unless a report says otherwise.
    pub signer: Option<Signer>,
    /// *Mã định danh điện tử* in the exchange of documents (QĐ 20/2020/QĐ-TTg); empty before it is entered.
    #[serde(default)]
    pub organ_id: String,
    /// Names under which the radio station supplies news.
    #[serde(default)]
    pub radio_names: Vec<String>,
    /// Whether it is the example installation, said on every page.
    #[serde(default)]
    pub is_example: bool,
}

/// The office.
///
/// # Errors
/// [`ActionError::Refused`] `no_office` before `phatngon init`.
pub fn office(app: &App) -> Result<Office, ActionError> {
    app.read(load)
}

pub(crate) fn load(r: &mut store::Reader<'_>) -> Result<Office, ActionError> {
    read(store::setting::get(r, SETTING)?)
}

/// The office as it stood at an entry of the ledger.
pub(crate) fn load_at(r: &mut store::Reader<'_>, sequence: i64) -> Result<Office, ActionError> {
    read(store::setting::get_at(r, SETTING, sequence)?)
}

fn read(text: Option<String>) -> Result<Office, ActionError> {
    let text = text.ok_or(ActionError::Refused("no_office"))?;
    serde_json::from_str(&text).map_err(|error| ActionError::Internal(anyhow::Error::new(error)))
}

pub(crate) fn save(tx: &mut store::Tx<'_>, office: &Office) -> Result<(), ActionError> {
    let text = serde_json::to_string(office).map_err(anyhow::Error::new)?;
    store::setting::set(tx, SETTING, &text)?;
    Ok(())
}

/// Changes what the office is called and who signs.
///
/// # Errors
/// Without the right; when a name every document needs is empty; when the signature would be written wrongly.
pub fn change_office(app: &App, actor: &Actor, changed: &Office) -> Result<(), ActionError> {
    actor.require(Capability::Administer)?;
    let mut invalid = Vec::new();
    for (field, value) in
        [("name", &changed.names.name), ("place", &changed.names.place), ("symbol", &changed.names.symbol)]
    {
        if text::clean_line(value).is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
    }
    if !changed.organ_id.is_empty() && !edxml::is_organ_id(&changed.organ_id) {
        invalid.push(Invalid::new("organ_id", "not_an_organ_id"));
    }
    if let Some(signer) = &changed.signer
        && let Err(fault) = report::document::Signature::compose(signer)
    {
        invalid.push(Invalid::new("signer", fault.code()));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let present = load(tx)?;
        save(tx, &Office { unit: present.unit, ..changed.clone() })
    })
}

/// All units of the installation.
///
/// # Errors
/// When stored units break an invariant.
pub fn tree(app: &App) -> Result<Tree, ActionError> {
    app.read(load_tree)
}

pub(crate) fn load_tree(r: &mut store::Reader<'_>) -> Result<Tree, ActionError> {
    tree_of(&rows::all(r)?, rows::links(r)?)
}

/// The day whose units an office works with: today, or its own last day for an office that has ended and whose
/// records are still kept.
pub(crate) fn working_day(tree: &Tree, own: UnitId, today: Day) -> Day {
    tree.get(own).and_then(|unit| unit.valid_to).map_or(today, |last| last.min(today))
}

/// The units below one on a day, each after the one above it, those of one unit by name: for lists people choose from.
pub(crate) fn below_by_name(tree: &Tree, id: UnitId, day: Day) -> Vec<(usize, &Unit)> {
    let children = |id: UnitId, depth: usize| {
        let mut units: Vec<(usize, &Unit)> = tree.children(id, day).map(|unit| (depth, unit)).collect();
        units.sort_by_key(|(_, unit)| std::cmp::Reverse((text::fold(&unit.name), unit.id)));
        units
    };
    let (mut out, mut open) = (Vec::new(), children(id, 1));
    while let Some((depth, unit)) = open.pop() {
        out.push((depth, unit));
        open.extend(children(unit.id, depth + 1));
    }
    out
}

/// The day whose units are offered: today, or the last day of an office that has ended.
///
/// # Errors
/// When the database fails.
pub fn day_of_units(app: &App) -> Result<Day, ActionError> {
    let today = app.today();
    app.read(|r| Ok(working_day(&load_tree(r)?, load(r)?.unit, today)))
}

/// The units as they stood at an entry of the ledger.
pub(crate) fn load_tree_at(r: &mut store::Reader<'_>, sequence: i64) -> Result<Tree, ActionError> {
    tree_of(&rows::all_at(r, sequence)?, rows::links_at(r, sequence)?)
}

fn tree_of(units: &[rows::UnitRow], links: Vec<rows::UnitLinkRow>) -> Result<Tree, ActionError> {
    let link = |row: rows::UnitLinkRow| Link {
        predecessor: row.predecessor,
        successor: row.successor,
        on: row.changed_on,
        basis: row.basis,
    };
    let (units, links) = (units.iter().map(unit_of).collect(), links.into_iter().map(link).collect());
    Tree::new(units, links).map_err(|error| ActionError::Internal(anyhow::Error::new(error)))
}

fn unit_of(row: &rows::UnitRow) -> Unit {
    Unit {
        id: row.id,
        name: row.name.clone(),
        short_name: row.short_name.clone(),
        kind: UnitKind::from_word(&row.kind).unwrap_or(UnitKind::Other),
        parent: row.parent,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        aliases: serde_json::from_str(&row.aliases).unwrap_or_default(),
        tasks: serde_json::from_str(&row.tasks).unwrap_or_default(),
    }
}

/// The names of the units the regulation must reach on a day: everything below the office, on its own last day for an
/// office that had ended by then.
pub(crate) fn audience(tree: &Tree, office: UnitId, day: Day) -> Vec<String> {
    let day = working_day(tree, office, day);
    tree.below(office, day).into_iter().map(|(_, unit)| unit.name.clone()).collect()
}

/// A unit as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitView {
    /// Its id.
    pub id: UnitId,
    /// Official name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// The stored word of its kind.
    pub kind: &'static str,
    /// How deep below the office, 0 for the office and what stands beside it.
    pub depth: usize,
    /// First day; open when not known.
    pub valid_from: Option<Day>,
    /// Last day.
    pub valid_to: Option<Day>,
    /// Who took over: id, name, from when.
    pub successors: Vec<(UnitId, String, Day)>,
    /// Version for editing.
    pub version: i64,
}

/// The units that exist on a day, in tree order; all that ever existed without a day.
///
/// # Errors
/// Without the right to read registers.
pub fn units(app: &App, actor: &Actor, on: Option<Day>) -> Result<Vec<UnitView>, ActionError> {
    actor.require(Capability::ReadRegisters)?;
    app.read(|r| {
        let stored = rows::all(r)?;
        let tree = load_tree(r)?;
        let view = |depth: usize, unit: &Unit| UnitView {
            id: unit.id,
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            kind: unit.kind.word(),
            depth,
            valid_from: unit.valid_from,
            valid_to: unit.valid_to,
            successors: tree
                .links()
                .iter()
                .filter(|link| link.predecessor == unit.id)
                .filter_map(|link| tree.get(link.successor).map(|next| (next.id, next.name.clone(), link.on)))
                .collect(),
            version: stored.iter().find(|row| row.id == unit.id).map_or(1, |row| row.version),
        };
        let Some(day) = on else {
            return Ok(tree.units().map(|unit| view(0, unit)).collect());
        };
        let is_root = |unit: &&Unit| {
            unit.parent.and_then(|parent| tree.get(parent)).is_none_or(|parent| !parent.is_valid(day))
        };
        let roots: Vec<&Unit> = tree.at(day).filter(is_root).collect();
        Ok(roots
            .into_iter()
            .flat_map(|root| {
                let below = tree.below(root.id, day).into_iter().map(|(depth, unit)| view(depth, unit));
                std::iter::once(view(0, root)).chain(below).collect::<Vec<_>>()
            })
            .collect())
    })
}

/// A new unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// Official name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// First day.
    pub valid_from: Option<Day>,
    /// Other names it is written by.
    pub aliases: Vec<String>,
}

/// Adds a unit.
///
/// # Errors
/// Without the right, or without a name.
pub fn add_unit(app: &App, actor: &Actor, new: &NewUnit) -> Result<UnitId, ActionError> {
    actor.require(Capability::WriteUnits)?;
    if text::clean_line(&new.name).is_empty() {
        return Err(ActionError::invalid("name", "required"));
    }
    app.write(actor, |tx| {
        if new.parent.is_some_and(|parent| rows::find(tx, parent).is_ok_and(|found| found.is_none())) {
            return Err(ActionError::invalid("parent", "no_such_unit"));
        }
        insert_unit(tx, new, None)
    })
}

pub(crate) fn insert_unit(
    tx: &mut store::Tx<'_>,
    new: &NewUnit,
    valid_to: Option<Day>,
) -> Result<UnitId, ActionError> {
    let id: UnitId = tx.new_id()?;
    let name = text::clean_line(&new.name);
    let short = text::clean_line(&new.short_name);
    let aliases: Vec<String> = new.aliases.iter().map(|alias| text::clean_line(alias)).collect();
    rows::insert(
        tx,
        &rows::UnitRow {
            id,
            short_name: if short.is_empty() { name.clone() } else { short },
            name,
            code: String::new(),
            kind: new.kind.word().to_owned(),
            parent: new.parent,
            valid_from: new.valid_from,
            valid_to,
            aliases: serde_json::to_string(&aliases).map_err(anyhow::Error::new)?,
            tasks: "[]".to_owned(),
            version: 1,
        },
    )?;
    Ok(id)
}

/// How a unit ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitEnd {
    /// Its last day.
    pub last: Day,
    /// Who takes over the day after; several when it is split, none when nobody does.
    pub successors: Vec<UnitId>,
    /// *Căn cứ*.
    pub basis: String,
}

/// Ends a unit. It is never renamed or deleted: old reports keep it.
///
/// # Errors
/// Without the right; when it ended already, changed meanwhile, or a successor does not exist.
pub fn end_unit(
    app: &App,
    actor: &Actor,
    id: UnitId,
    version: i64,
    end: &UnitEnd,
) -> Result<(), ActionError> {
    actor.require(Capability::WriteUnits)?;
    if end.successors.contains(&id) {
        return Err(ActionError::invalid("successors", "own_successor"));
    }
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        if row.valid_to.is_some() {
            return Err(ActionError::Refused("unit_ended_already"));
        }
        if row.valid_from.is_some_and(|first| end.last < first) {
            return Err(ActionError::invalid("last", "before_start"));
        }
        row.valid_to = Some(end.last);
        rows::update(tx, &row)?;
        let changed_on = end.last.tomorrow().map_err(anyhow::Error::new)?;
        for successor in &end.successors {
            rows::find(tx, *successor)?.ok_or_else(|| ActionError::invalid("successors", "no_such_unit"))?;
            rows::link(
                tx,
                &rows::UnitLinkRow {
                    predecessor: id,
                    successor: *successor,
                    changed_on,
                    basis: text::clean_line(&end.basis),
                },
            )?;
        }
        load_tree(tx).map(drop)
    })
}
