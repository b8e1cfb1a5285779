//! What public documents do to each other, and whether each is in force: found and kept in the transaction that shows,
//! changes or withdraws one of them, also when the other one comes later.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::PublicationId;
use domain::publication::effect::{Acting, Effect, Status, Subject};
use domain::publication::item::Item;
use domain::publication::relation::{Act, Identity, Relation, symbol_key};
use domain::time::Day;

use crate::public_item::Filter;
use crate::sql::{Connection, Param, Row, marks, params, value_rows};
use crate::{Reader, StoreError, Tx};

/// A public document as others name it: without text and files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: PublicationId,
    /// What is seen of it.
    pub item: Item,
}

/// What stands between a document and others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relations {
    /// What it does, in its order, each with the document when it is one of ours.
    pub said: Vec<(Relation, Option<Named>)>,
    /// What others do to it, the newest first.
    pub suffered: Vec<(Act, Named)>,
}

const COLUMNS: &str = "i.id, i.kind, i.slug, i.title, i.section, i.day, i.posted_on, i.fields, i.relations";
/// The day behind every other.
const EVER: &str = "9999-12-31";

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T, StoreError> {
    serde_json::from_str(row.text(column)?).map_err(|error| row.corrupt(column, &error.to_string()))
}

fn read(row: &Row<'_>) -> Result<Named, StoreError> {
    let item = Item {
        kind: row.string(1)?,
        slug: row.string(2)?,
        title: row.string(3)?,
        summary: String::new(),
        body: String::new(),
        section: row.string(4)?,
        day: row.parse(5)?,
        posted_on: row.parse(6)?,
        fields: json(row, 7)?,
        files: Vec::new(),
        relations: json(row, 8)?,
    };
    Ok(Named { id: row.parse(0)?, item })
}

/// The form of an item's number and symbol by which it is found; empty when nothing can name it.
pub(crate) fn key_of(item: &Item) -> String {
    item.identity().map_or_else(String::new, |identity| symbol_key(identity.symbol))
}

/// A public document of a relation: the only one it can mean.
fn meant<'n>(relation: &Relation, acting: &Named, known: &'n [Named]) -> Option<&'n Named> {
    let issuer = acting.item.identity().map_or("", |identity: Identity<'_>| identity.issuer);
    let mut found = known.iter().filter(|other| {
        other.id != acting.id
            && other.item.identity().is_some_and(|identity| relation.names(issuer, identity))
    });
    found.next().filter(|_| found.next().is_none())
}

/// The public documents with one of these numbers and symbols.
fn with_keys(r: &mut Reader<'_>, keys: &[&str]) -> Result<Vec<Named>, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM public_items i WHERE i.symbol_key <> '' AND i.symbol_key IN ({}) ORDER BY i.id",
        marks(keys.len())
    );
    let keys: Vec<Param<'_>> = keys.iter().map(|key| Param::Text(key)).collect();
    r.query(&sql, &keys, read)
}

/// The relations of public documents that name one of these numbers and symbols, each with its document.
fn naming(r: &mut Reader<'_>, keys: &[&str]) -> Result<Vec<(Relation, Named)>, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS}, n.number FROM public_relations n JOIN public_items i ON i.id = n.item_id
         WHERE n.target_key IN ({}) ORDER BY i.day DESC, i.id DESC, n.number",
        marks(keys.len())
    );
    let keys: Vec<Param<'_>> = keys.iter().map(|key| Param::Text(key)).collect();
    let found = r.query(&sql, &keys, |row| Ok((read(row)?, row.integer(9)?)))?;
    let of = |(named, number): (Named, i64)| {
        let relation = named.item.relations.get(usize::try_from(number).ok()?)?.clone();
        Some((relation, named))
    };
    Ok(found.into_iter().filter_map(of).collect())
}

/// What stands between a document, public or as it would be, and others that are seen on a day.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn of(r: &mut Reader<'_>, id: PublicationId, item: &Item, today: Day) -> Result<Relations, StoreError> {
    let own = Named { id, item: item.clone() };
    let keys: Vec<String> = own.item.relations.iter().map(|one| symbol_key(&one.symbol)).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let is_seen = |named: &Named| named.item.posted_on <= today;
    let targets: Vec<Named> = with_keys(r, &keys)?.into_iter().filter(is_seen).collect();
    let said = own.item.relations.iter();
    let said = said.map(|relation| (relation.clone(), meant(relation, &own, &targets).cloned())).collect();
    let key = key_of(&own.item);
    if key.is_empty() {
        return Ok(Relations { said, suffered: Vec::new() });
    }
    let mut same = with_keys(r, &[&key])?;
    // A working copy is not among them yet, or reads otherwise.
    same.retain(|other| other.id != own.id);
    same.push(own.clone());
    let suffered = naming(r, &[&key])?.into_iter().filter(|(_, acting)| is_seen(acting));
    let is_meant = |(relation, acting): &(Relation, Named)| {
        meant(relation, acting, &same).is_some_and(|other| other.id == own.id)
    };
    let suffered = suffered.filter(is_meant).map(|(relation, acting)| (relation.act, acting)).collect();
    Ok(Relations { said, suffered })
}

impl Relations {
    /// How the document stands on a day, with the reason; none for what has no state of effect.
    pub fn effect(&self, item: &Item, day: Day) -> Option<Effect> {
        let acts: Vec<Acting> = self.suffered.iter().map(|(act, named)| acting(*act, &named.item)).collect();
        Subject::of(item).map(|subject| subject.on(&acts, day))
    }
}

fn acting(act: Act, item: &Item) -> Acting {
    let field = |key: &str| item.fields.get(key).map_or("", String::as_str);
    Acting { act, symbol: field("symbol").to_owned(), begins: field("effective_on").parse().ok() }
}

/// Does a write of these items and finds anew what they and the documents they name, or that name them, do to each
/// other.
pub(crate) fn keeping<T>(
    tx: &mut Tx<'_>,
    ids: &[&str],
    write: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut keys = keys_of(tx, ids)?;
    let done = write(tx)?;
    keys.extend(keys_of(tx, ids)?);
    settle(tx, ids, &keys)?;
    Ok(done)
}

/// The numbers and symbols of items, and those they name.
fn keys_of(tx: &mut Tx<'_>, ids: &[&str]) -> Result<BTreeSet<String>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let sql = format!(
        "SELECT symbol_key FROM public_items WHERE symbol_key <> '' AND id IN ({0})
         UNION SELECT target_key FROM public_relations WHERE item_id IN ({0})",
        marks(ids.len())
    );
    let both: Vec<Param<'_>> = ids.iter().chain(ids).map(|id| Param::Text(id)).collect();
    Ok(tx.query(&sql, &both, |row| row.string(0))?.into_iter().collect())
}

/// Keeps the rows of relations of an item that is written.
pub(crate) fn put(tx: &mut Tx<'_>, id: &str, item: &Item) -> Result<(), StoreError> {
    take_away(tx, id)?;
    for (number, relation) in item.relations.iter().enumerate() {
        tx.execute(
            "INSERT INTO public_relations (item_id, number, target_key) VALUES (?, ?, ?)",
            params![id, i64::try_from(number).unwrap_or(i64::MAX), &symbol_key(&relation.symbol)],
        )?;
    }
    Ok(())
}

/// Takes away what an item did to others and how it stood.
pub(crate) fn take_away(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM public_relations WHERE item_id = ?", params![id])?;
    tx.execute("DELETE FROM public_effects WHERE item_id = ?", params![id])?;
    Ok(())
}

/// Course of effect by item, as stored.
type Courses = BTreeMap<String, Vec<(String, String)>>;

/// Writes how the documents with these numbers and symbols stand, where it changed.
fn settle(tx: &mut Tx<'_>, written: &[&str], keys: &BTreeSet<String>) -> Result<(), StoreError> {
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let known = with_keys(tx, &keys)?;
    if known.is_empty() {
        return Ok(());
    }
    let naming = naming(tx, &keys)?;
    let mut acts: BTreeMap<PublicationId, Vec<Acting>> = BTreeMap::new();
    for (relation, named) in &naming {
        if let Some(other) = meant(relation, named, &known) {
            acts.entry(other.id).or_default().push(acting(relation.act, &named.item));
        }
    }
    let ids: Vec<String> = known.iter().map(|named| named.id.to_string()).collect();
    let before = courses(tx, &ids.iter().map(String::as_str).collect::<Vec<_>>())?;
    let (now, changed) = (tx.now_ms(), tx.head.sequence);
    for (id, named) in ids.iter().zip(&known) {
        let suffered = acts.get(&named.id).map_or(&[][..], Vec::as_slice);
        let course = Subject::of(&named.item).map(|subject| subject.course(suffered)).unwrap_or_default();
        let course: Vec<(String, String)> = course.into_iter().map(as_stored).collect();
        if before.get(id).map_or(&[][..], Vec::as_slice) == course {
            continue;
        }
        tx.execute("DELETE FROM public_effects WHERE item_id = ?", params![id])?;
        if let Some((sql, values)) = insertion(id, &course) {
            tx.execute(&sql, &values)?;
        }
        if !written.contains(&id.as_str()) {
            let sql = "UPDATE public_items SET updated_at = ?, changed = ? WHERE id = ?";
            tx.execute(sql, params![now, changed, id])?;
        }
    }
    Ok(())
}

fn as_stored((day, status): (Day, Status)) -> (String, String) {
    (if day == Day::MIN { String::new() } else { day.to_string() }, status.word().to_owned())
}

fn insertion<'c>(id: &'c str, course: &'c [(String, String)]) -> Option<(String, Vec<Param<'c>>)> {
    let sql = format!(
        "INSERT INTO public_effects (item_id, first_day, until_day, status) VALUES {}",
        value_rows(course.len(), 4)
    );
    let ends = course.iter().skip(1).map(|(first, _)| first.as_str()).chain([EVER]);
    let rows = course.iter().zip(ends).flat_map(|((first, status), until)| {
        [Param::Text(id), Param::Text(first), Param::Text(until), Param::Text(status)]
    });
    (!course.is_empty()).then(|| (sql, rows.collect()))
}

/// From which day on these items stand how; those without a state are missing.
///
/// # Errors
/// When the database fails.
pub fn courses(r: &mut Reader<'_>, ids: &[&str]) -> Result<Courses, StoreError> {
    if ids.is_empty() {
        return Ok(Courses::new());
    }
    let sql = format!(
        "SELECT item_id, first_day, status FROM public_effects WHERE item_id IN ({}) ORDER BY item_id, first_day",
        marks(ids.len())
    );
    let ids: Vec<Param<'_>> = ids.iter().map(|id| Param::Text(id)).collect();
    let mut found = Courses::new();
    for (id, day, status) in
        r.query(&sql, &ids, |row| Ok((row.string(0)?, row.string(1)?, row.string(2)?)))?
    {
        found.entry(id).or_default().push((day, status));
    }
    Ok(found)
}

/// How these items stand on a day; those without a state are missing.
///
/// # Errors
/// When the database fails.
pub fn statuses(r: &mut Reader<'_>, ids: &[&str], day: Day) -> Result<BTreeMap<String, Status>, StoreError> {
    let day = day.to_string();
    let on = |course: Vec<(String, String)>| {
        let last = course.into_iter().rfind(|(first, _)| *first <= day);
        last.and_then(|(_, status)| Status::from_word(&status))
    };
    Ok(courses(r, ids)?.into_iter().filter_map(|(id, course)| Some((id, on(course)?))).collect())
}

/// How many items of a filter stand how, in the order of [`Status::ALL`].
pub(crate) fn facet(r: &mut Reader<'_>, filter: &Filter) -> Result<Vec<(String, i64)>, StoreError> {
    let (predicate, values) = filter.predicate(r)?;
    let sql = format!(
        "SELECT status, COUNT(*) FROM public_items JOIN public_effects ON item_id = id{predicate}
         AND first_day <= ? AND until_day > ? GROUP BY status"
    );
    let mut values = crate::public_item::Owned::bound(&values);
    values.extend([Param::Day(filter.today), Param::Day(filter.today)]);
    let counts = r.query(&sql, &values, |row| Ok((row.string(0)?, row.integer(1)?)))?;
    let of = |status: Status| counts.iter().find(|(word, _)| word == status.word()).cloned();
    Ok(Status::ALL.into_iter().filter_map(of).collect())
}

/// Fills what documents that were public before have no rows of: their numbers and symbols, and how they stand. None of
/// them has relations yet.
pub(crate) fn fill(connection: &mut Connection) -> Result<(), StoreError> {
    const PART: usize = 500;
    let mut after = String::new();
    loop {
        let sql = format!(
            "SELECT {COLUMNS} FROM public_items i WHERE i.kind = 'document' AND i.is_withdrawn = ? AND i.id > ?
             ORDER BY i.id LIMIT {PART}"
        );
        let part = Reader::new(connection).query(&sql, params![false, &after], read)?;
        for named in &part {
            let id = named.id.to_string();
            let sql = "UPDATE public_items SET symbol_key = ? WHERE id = ?";
            connection.execute(sql, params![&key_of(&named.item), &id])?;
            let course = Subject::of(&named.item).map(|subject| subject.course(&[])).unwrap_or_default();
            let course: Vec<(String, String)> = course.into_iter().map(as_stored).collect();
            if let Some((sql, values)) = insertion(&id, &course) {
                connection.execute(&sql, &values)?;
            }
            after = id;
        }
        if part.len() < PART {
            return Ok(());
        }
    }
}
