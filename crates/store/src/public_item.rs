//! What the public sees (checklist PUB-01): the only rows the portal and its search read.
//!
//! Rows are kept here by the functions that change registers and publications, in the same transaction; no ledger
//! entry of their own is written, for they follow from what those entries record. A row that was public and is not
//! any more stays as an empty one, so that its address can say so and an index learns of it.

use domain::id::PublicationId;
use domain::period::Period;
use domain::publication::effect::Status;
use domain::publication::item::{Item, Visibility};
use domain::register::Register;
use domain::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

use crate::sql::{Param, Row, marks, params, value_rows};
use crate::{Digest, Reader, StoreError, Tx, public_count, public_relation};

/// What the public sees of one thing, or that it was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicItem {
    /// Its id, part of its address.
    pub id: PublicationId,
    /// What is seen; all empty once it is withdrawn.
    pub item: Item,
    /// What was changed after it was first posted, newest first.
    pub notes: Vec<Note>,
    /// Since when and why it is not to be seen.
    pub withdrawn: Option<Withdrawal>,
    /// When a reader's copy went out of date.
    pub updated_at: Timestamp,
    /// The ledger entry of its last change.
    pub changed: i64,
}

/// A change the public is told of (*lịch sử cập nhật*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The day of the change.
    pub day: Day,
    /// What changed.
    pub text: String,
    /// Whether it mends the office's own mistake (*đính chính*).
    pub is_correction: bool,
}

/// That something was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The day.
    pub on: Day,
    /// The reason readers are given; may be empty.
    pub reason: String,
}

/// A file of a public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicFile {
    /// The item.
    pub item: PublicationId,
    /// Of its bytes.
    pub digest: Digest,
    /// The name it is saved under.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its length in bytes.
    pub size: i64,
}

/// Which items to list: public ones only, posted by `today`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The stored words of kinds; empty for all.
    pub kinds: Vec<&'static str>,
    /// Only of this section, in whatever capitals it is written.
    pub section: Option<String>,
    /// Only of this issuer, or supplier of news.
    pub source: Option<String>,
    /// Only of days of this year, four digits.
    pub year: Option<String>,
    /// Only documents that stand so on the day.
    pub effect: Option<Status>,
    /// Nothing posted after this day.
    pub today: Day,
    /// The page, from 1.
    pub page: u32,
    /// Items on a page.
    pub per_page: u16,
}

impl Filter {
    /// The first page of some kinds.
    pub fn of(kinds: &[&'static str], today: Day) -> Filter {
        Filter {
            kinds: kinds.to_vec(),
            section: None,
            source: None,
            year: None,
            effect: None,
            today,
            page: 1,
            per_page: 20,
        }
    }

    pub(crate) fn predicate(&self, r: &mut Reader<'_>) -> Result<(String, Vec<Owned>), StoreError> {
        let mut sql = " WHERE is_withdrawn = ? AND posted_on <= ?".to_owned();
        let mut values = vec![Owned::Flag(false), Owned::Day(self.today)];
        if !self.kinds.is_empty() {
            sql.extend([" AND kind IN (", &marks(self.kinds.len()), ")"]);
            values.extend(self.kinds.iter().map(|kind| Owned::Text((*kind).to_owned())));
        }
        for (column, spelled) in ["section", "source"].into_iter().zip(public_count::spelled(r, self)?) {
            if !spelled.is_empty() {
                sql.extend([" AND ", column, " IN (", &marks(spelled.len()), ")"]);
                values.extend(spelled.into_iter().map(Owned::Text));
            }
        }
        if let Some(year) = &self.year {
            sql.push_str(" AND day >= ? AND day <= ?");
            values.extend([Owned::Text(format!("{year}-01-01")), Owned::Text(format!("{year}-12-31"))]);
        }
        if let Some(effect) = self.effect {
            sql.push_str(
                " AND id IN (SELECT item_id FROM public_effects WHERE status = ? AND first_day <= ? AND until_day > ?)",
            );
            values.extend([
                Owned::Text(effect.word().to_owned()),
                Owned::Day(self.today),
                Owned::Day(self.today),
            ]);
        }
        Ok((sql, values))
    }
}

pub(crate) enum Owned {
    Text(String),
    Day(Day),
    Flag(bool),
}

impl Owned {
    pub(crate) fn bound(values: &[Owned]) -> Vec<Param<'_>> {
        values.iter().map(Owned::param).collect()
    }

    fn param(&self) -> Param<'_> {
        match self {
            Owned::Text(text) => Param::Text(text),
            Owned::Day(day) => Param::Day(*day),
            Owned::Flag(flag) => Param::Bool(*flag),
        }
    }
}

const COLUMNS: &str = "id, kind, slug, title, summary, body, section, day, posted_on, fields, files, notes,
    is_withdrawn, withdrawn_on, withdrawal_reason, updated_at, changed, source, relations, symbol_key";

fn read(row: &Row<'_>) -> Result<PublicItem, StoreError> {
    fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T, StoreError> {
        serde_json::from_str(row.text(column)?).map_err(|error| row.corrupt(column, &error.to_string()))
    }
    let withdrawn = if row.bool(12)? {
        Some(Withdrawal { on: row.opt_parse(13)?.unwrap_or(row.parse(8)?), reason: row.string(14)? })
    } else {
        None
    };
    Ok(PublicItem {
        id: row.parse(0)?,
        item: Item {
            kind: row.string(1)?,
            slug: row.string(2)?,
            title: row.string(3)?,
            summary: row.string(4)?,
            body: row.string(5)?,
            section: row.string(6)?,
            day: row.parse(7)?,
            posted_on: row.parse(8)?,
            fields: json(row, 9)?,
            files: json(row, 10)?,
            relations: json(row, 18)?,
        },
        notes: json(row, 11)?,
        withdrawn,
        updated_at: row.instant(15)?,
        changed: row.integer(16)?,
    })
}

/// One item, public or withdrawn.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: PublicationId) -> Result<Option<PublicItem>, StoreError> {
    r.query_opt(&format!("SELECT {COLUMNS} FROM public_items WHERE id = ?"), params![&id.to_string()], read)
}

/// A page of public items, newest first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn list(r: &mut Reader<'_>, filter: &Filter) -> Result<Vec<PublicItem>, StoreError> {
    let (predicate, values) = filter.predicate(r)?;
    let offset = i64::from(filter.page.max(1) - 1) * i64::from(filter.per_page);
    let sql = format!(
        "SELECT {COLUMNS} FROM public_items WHERE id IN (
         SELECT id FROM public_items{predicate} ORDER BY day DESC, id DESC LIMIT {} OFFSET {offset})
         ORDER BY day DESC, id DESC",
        filter.per_page
    );
    r.query(&sql, &Owned::bound(&values), read)
}

pub use crate::public_count::{Facet, count, facet};

/// Where a public item is, and since when it reads as it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its id.
    pub id: PublicationId,
    /// The stored word of its kind.
    pub kind: String,
    /// The readable part of its address.
    pub slug: String,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// The addresses of a page of public items, in the order in which they were made: what is added later changes no
/// earlier page.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn addresses(r: &mut Reader<'_>, filter: &Filter) -> Result<Vec<Address>, StoreError> {
    let (predicate, values) = filter.predicate(r)?;
    let offset = i64::from(filter.page.max(1) - 1) * i64::from(filter.per_page);
    let sql = format!(
        "SELECT id, kind, slug, updated_at FROM public_items{predicate} ORDER BY id LIMIT {} OFFSET {offset}",
        filter.per_page
    );
    r.query(&sql, &Owned::bound(&values), |row| {
        Ok(Address {
            id: row.parse(0)?,
            kind: row.string(1)?,
            slug: row.string(2)?,
            updated_at: row.instant(3)?,
        })
    })
}

/// Public items after an id, in the order of ids: for whoever takes all of them, part by part.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn after(r: &mut Reader<'_>, filter: &Filter, id: &str) -> Result<Vec<PublicItem>, StoreError> {
    let (mut predicate, mut values) = filter.predicate(r)?;
    predicate.push_str(" AND id > ?");
    values.push(Owned::Text(id.to_owned()));
    let sql = format!("SELECT {COLUMNS} FROM public_items{predicate} ORDER BY id LIMIT {}", filter.per_page);
    r.query(&sql, &Owned::bound(&values), read)
}

/// What is public of a kind in one month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InMonth {
    /// The month, from 1.
    pub month: i8,
    /// How many items.
    pub items: u64,
    /// Of them, with a recording.
    pub with_sound: u64,
    /// How long their recordings are together.
    pub seconds: u64,
    /// Items with a recording whose length is not known.
    pub unknown: u64,
}

/// Public items of a kind for each month of a period that has any.
///
/// # Errors
/// When the database fails.
pub fn by_month(
    r: &mut Reader<'_>,
    kind: &str,
    period: Period,
    today: Day,
) -> Result<Vec<InMonth>, StoreError> {
    let sql = "SELECT SUBSTR(i.posted_on, 6, 2), COUNT(*), SUM(CASE WHEN EXISTS (
         SELECT 1 FROM public_files f WHERE f.item_id = i.id AND f.media_type LIKE 'audio/%') THEN 1 ELSE 0 END),
         CAST(SUM(COALESCE((SELECT SUM(r.seconds) FROM public_files f JOIN recordings r ON r.digest = f.digest
         WHERE f.item_id = i.id AND f.media_type LIKE 'audio/%'), 0)) AS BIGINT), SUM(CASE WHEN EXISTS (
         SELECT 1 FROM public_files f LEFT JOIN recordings r ON r.digest = f.digest
         WHERE f.item_id = i.id AND f.media_type LIKE 'audio/%' AND r.seconds IS NULL) THEN 1 ELSE 0 END)
         FROM public_items i WHERE i.kind = ? AND i.is_withdrawn = ? AND i.posted_on >= ? AND i.posted_on <= ?
         GROUP BY 1 ORDER BY 1";
    let last = period.last().min(today);
    r.query(sql, params![kind, false, period.first(), last], |row| {
        let number = |column| Ok::<_, StoreError>(u64::try_from(row.integer(column)?).unwrap_or(0));
        Ok(InMonth {
            month: row.parse(0)?,
            items: number(1)?,
            with_sound: number(2)?,
            seconds: number(3)?,
            unknown: number(4)?,
        })
    })
}

/// Items changed after a ledger entry, public and withdrawn, in the order of their change: what an index has to
/// take in.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn changed_since(
    r: &mut Reader<'_>,
    (changed, id): (i64, &str),
    limit: u16,
) -> Result<Vec<PublicItem>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM public_items WHERE changed > ? OR (changed = ? AND id > ?)
         ORDER BY changed, id LIMIT {limit}"
    );
    r.query(&sql, params![changed, changed, id], read)
}

/// What decides whether an index may show an item that it found, and what is shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: String,
    /// Its section; of documents the type.
    pub section: String,
    /// Who issued or supplied it.
    pub source: String,
    /// The day from which it may be seen.
    pub posted_on: Day,
    /// Whether it was taken away.
    pub is_withdrawn: bool,
    /// The ledger entry of its last change.
    pub changed: i64,
}

/// How these items stand now; those that never were are missing.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn standing(r: &mut Reader<'_>, ids: &[&str]) -> Result<Vec<Standing>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, section, source, posted_on, is_withdrawn, changed FROM public_items WHERE id IN ({})",
        marks(ids.len())
    );
    let ids: Vec<Param<'_>> = ids.iter().map(|id| Param::Text(id)).collect();
    r.query(&sql, &ids, |row| {
        Ok(Standing {
            id: row.string(0)?,
            section: row.string(1)?,
            source: row.string(2)?,
            posted_on: row.parse(3)?,
            is_withdrawn: row.bool(4)?,
            changed: row.integer(5)?,
        })
    })
}

/// The ledger entry of the newest change of anything public; 0 before the first.
///
/// # Errors
/// When the database fails.
pub fn newest_change(r: &mut Reader<'_>) -> Result<i64, StoreError> {
    r.query_one("SELECT COALESCE(MAX(changed), 0) FROM public_items", &[], |row| row.integer(0))
}

/// A number that grows whenever something that the public sees changes: an item, a spokesperson, the office, a unit, a
/// proof.
///
/// # Errors
/// When the database fails.
pub fn edition(r: &mut Reader<'_>) -> Result<i64, StoreError> {
    let kinds = [
        "spokespersons",
        "setting",
        "unit",
        "unit_link",
        "report_version",
        "programme_slot",
        "press_conference",
        "absence",
    ];
    let sql = format!(
        "SELECT COALESCE(MAX(sequence), 0) FROM ledger WHERE subject_kind IN ({})",
        marks(kinds.len())
    );
    let kinds: Vec<Param<'_>> = kinds.into_iter().map(Param::Text).collect();
    let others = r.query_one(&sql, &kinds, |row| row.integer(0))?;
    Ok(others.max(newest_change(r)?))
}

/// A file of something public now; files of withdrawn items are not found.
///
/// # Errors
/// When the database fails.
pub fn file(r: &mut Reader<'_>, digest: &Digest, today: Day) -> Result<Option<PublicFile>, StoreError> {
    r.query_opt(
        "SELECT f.item_id, f.name, f.media_type, f.size_bytes FROM public_files f
         JOIN public_items i ON i.id = f.item_id
         WHERE f.digest = ? AND i.is_withdrawn = ? AND i.posted_on <= ? ORDER BY f.item_id LIMIT 1",
        params![digest.as_str(), false, today],
        |row| {
            Ok(PublicFile {
                item: row.parse(0)?,
                digest: digest.clone(),
                name: row.string(1)?,
                media_type: row.string(2)?,
                size: row.integer(3)?,
            })
        },
    )
}

/// Shows an item as a published text has it.
///
/// # Errors
/// When the database fails.
pub(crate) fn put(tx: &mut Tx<'_>, id: &str, item: &Item, notes: &[Note]) -> Result<(), StoreError> {
    public_relation::keeping(tx, &[id], |tx| {
        public_count::keeping(tx, &[id], |tx| write(tx, id, item, notes))
    })
}

fn write(tx: &mut Tx<'_>, id: &str, item: &Item, notes: &[Note]) -> Result<(), StoreError> {
    let json = Json::of(item)?;
    let notes = to_json(&notes)?;
    let (now, changed) = (tx.now_ms(), tx.head.sequence);
    let sql = format!(
        "INSERT INTO public_items ({COLUMNS}) VALUES {} ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,
         slug = excluded.slug, title = excluded.title, summary = excluded.summary, body = excluded.body,
         section = excluded.section, day = excluded.day, posted_on = excluded.posted_on, fields = excluded.fields,
         source = excluded.source, files = excluded.files, notes = excluded.notes,
         relations = excluded.relations, symbol_key = excluded.symbol_key, {SHOWN}",
        value_rows(1, WIDTH)
    );
    let row = row_of(id, item, &json, &notes, (now, changed));
    tx.execute(&sql, &row)?;
    public_relation::put(tx, id, item)?;
    tx.execute("DELETE FROM public_files WHERE item_id = ?", params![id])?;
    for file in &item.files {
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        tx.execute(
            "INSERT INTO public_files (item_id, digest, name, media_type, size_bytes) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (item_id, digest) DO NOTHING",
            params![id, &file.digest, &file.name, &file.media_type, size],
        )?;
    }
    Ok(())
}

/// Takes an item away at once: nothing of it is left but that it was there.
///
/// # Errors
/// When the database fails.
pub(crate) fn withdraw(tx: &mut Tx<'_>, id: &str, on: Day, reason: &str) -> Result<(), StoreError> {
    public_relation::keeping(tx, &[id], |tx| {
        public_count::keeping(tx, &[id], |tx| take_away(tx, id, on, reason))
    })
}

fn take_away(tx: &mut Tx<'_>, id: &str, on: Day, reason: &str) -> Result<(), StoreError> {
    let (now, changed) = (tx.now_ms(), tx.head.sequence);
    tx.execute("DELETE FROM public_files WHERE item_id = ?", params![id])?;
    public_relation::take_away(tx, id)?;
    tx.execute(
        "UPDATE public_items SET slug = '', title = '', summary = '', body = '', section = '', source = '', fields = '{}',
         files = '[]', notes = '[]', relations = '[]', symbol_key = '', is_withdrawn = ?, withdrawn_on = ?, withdrawal_reason = ?, updated_at = ?,
         changed = ? WHERE id = ?",
        params![true, on, reason, now, changed, id],
    )?;
    Ok(())
}

/// Whether readers see a published text under this id, or saw one: then they see what was approved, whatever its line
/// says.
pub(crate) fn has_text(tx: &mut Tx<'_>, id: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM publication_versions WHERE publication_id = ? LIMIT 1";
    Ok(tx.query_opt(sql, params![id], |_| Ok(()))?.is_some())
}

/// Follows lines of a register that were added or changed and have no published text.
///
/// # Errors
/// When the database fails.
pub(crate) fn follow<'v>(
    tx: &mut Tx<'_>,
    register: Register,
    lines: impl Iterator<Item = (&'v str, &'v domain::register::Values)>,
) -> Result<(), StoreError> {
    if !domain::publication::item::is_public_register(register) {
        return Ok(());
    }
    let (now, changed) = (tx.now_ms(), tx.head.sequence);
    let mut shown = Vec::new();
    for (id, values) in lines {
        match domain::publication::item::of_record(register, values) {
            Visibility::Hidden => withdraw(tx, id, domain::time::day_of(tx.now()), "")?,
            Visibility::Withdrawn(on) => withdraw(tx, id, on, "")?,
            Visibility::Public(item) => shown.push((id, Json::of(&item)?, item)),
        }
    }
    if shown.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO public_items ({COLUMNS}) VALUES {} ON CONFLICT (id) DO UPDATE SET slug = excluded.slug,
         title = excluded.title, section = excluded.section, day = excluded.day, posted_on = excluded.posted_on,
         source = excluded.source, fields = excluded.fields, symbol_key = excluded.symbol_key, {SHOWN}",
        value_rows(shown.len(), WIDTH)
    );
    let rows: Vec<Param<'_>> =
        shown.iter().flat_map(|(id, json, item)| row_of(id, item, json, "[]", (now, changed))).collect();
    let ids: Vec<&str> = shown.iter().map(|(id, ..)| *id).collect();
    public_relation::keeping(tx, &ids, |tx| public_count::keeping(tx, &ids, |tx| tx.execute(&sql, &rows)))?;
    Ok(())
}

const WIDTH: usize = 20;

const SHOWN: &str = "is_withdrawn = excluded.is_withdrawn, withdrawn_on = excluded.withdrawn_on,
    withdrawal_reason = excluded.withdrawal_reason, updated_at = excluded.updated_at, changed = excluded.changed";

struct Json {
    fields: String,
    files: String,
    relations: String,
    symbol_key: String,
}

impl Json {
    fn of(item: &Item) -> Result<Json, StoreError> {
        Ok(Json {
            fields: to_json(&item.fields)?,
            files: to_json(&item.files)?,
            relations: to_json(&item.relations)?,
            symbol_key: public_relation::key_of(item),
        })
    }
}

fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Database(error.to_string()))
}

/// Who issued it, or supplied it.
fn source_of(item: &Item) -> &str {
    item.fields.get("issuer").or_else(|| item.fields.get("supplier")).map_or("", String::as_str)
}

fn row_of<'a>(
    id: &'a str,
    item: &'a Item,
    json: &'a Json,
    notes: &'a str,
    (now, changed): (i64, i64),
) -> [Param<'a>; WIDTH] {
    [
        Param::Text(id),
        Param::Text(&item.kind),
        Param::Text(&item.slug),
        Param::Text(&item.title),
        Param::Text(&item.summary),
        Param::Text(&item.body),
        Param::Text(&item.section),
        Param::Day(item.day),
        Param::Day(item.posted_on),
        Param::Text(&json.fields),
        Param::Text(&json.files),
        Param::Text(notes),
        Param::Bool(false),
        Param::Null,
        Param::Text(""),
        Param::Integer(now),
        Param::Integer(changed),
        Param::Text(source_of(item)),
        Param::Text(&json.relations),
        Param::Text(&json.symbol_key),
    ]
}
