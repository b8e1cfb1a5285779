//! Finding records: one, a page of many, those of a period, all, and those of the past.

use domain::id::{ImportId, RecordId, UnitId};
use domain::period::Period;
use domain::register::{Record, Register, Value};
use domain::text;
use domain::time::{Day, Timestamp};

use super::{Stored, columns, from_content, read};
use crate::StoreError;
use crate::ledger;
use crate::reader::Reader;
use crate::sql::{Flow, Param, marks, params};

/// Which records of a register to list.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The register.
    pub register: Register,
    /// Only of this office.
    pub unit: Option<UnitId>,
    /// Words that must all occur, in any field of text; case and marks do not count.
    pub search: Option<String>,
    /// Whether the search also looks at personal data: only for people with that right.
    pub searches_personal: bool,
    /// Only with the register's day on or after this.
    pub from: Option<Day>,
    /// Only with the register's day on or before this.
    pub to: Option<Day>,
    /// Only with these values. A key that is no field of the register matches nothing.
    pub equals: Vec<(String, Value)>,
    /// Only with no value in these fields.
    pub missing: Vec<String>,
    /// Only from this import.
    pub import: Option<ImportId>,
    /// The order; none is the register's day, newest first.
    pub sort: Option<Sort>,
    /// The page, from 1.
    pub page: u32,
    /// Records on a page.
    pub per_page: u16,
}

/// An order of records; ties by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The field.
    pub field: String,
    /// Whether from high to low.
    pub is_descending: bool,
}

impl Filter {
    /// The first page of all records of a register.
    pub fn of(register: Register) -> Filter {
        Filter {
            register,
            unit: None,
            search: None,
            searches_personal: false,
            from: None,
            to: None,
            equals: Vec::new(),
            missing: Vec::new(),
            import: None,
            sort: None,
            page: 1,
            per_page: 50,
        }
    }

    /// The one predicate of list and count.
    fn predicate(&self) -> Predicate {
        let mut p = Predicate::default();
        if let Some(unit) = self.unit {
            p.and("t.unit_id = ?", Owned::Text(unit.to_string()));
        }
        if let Some(import) = self.import {
            p.and("t.import_id = ?", Owned::Text(import.to_string()));
        }
        let day = self.register.day_field();
        if let Some(from) = self.from {
            p.and(&format!("t.{day} >= ?"), Owned::Day(from));
        }
        if let Some(to) = self.to {
            p.and(&format!("t.{day} <= ?"), Owned::Day(to));
        }
        for (key, value) in &self.equals {
            match self.register.field(key) {
                Some(field) => p.and(&format!("t.{} = ?", field.key), Owned::of(value)),
                None => p.sql.push_str(" AND 1 = 0"),
            }
        }
        for key in &self.missing {
            match self.register.field(key) {
                Some(field) => p.sql.extend([" AND t.", field.key, " IS NULL"]),
                None => p.sql.push_str(" AND 1 = 0"),
            }
        }
        for word in text::fold(self.search.as_deref().unwrap_or("")).split_whitespace().take(10) {
            let pattern = format!("%{}%", escape_like(word));
            if self.searches_personal {
                p.and(
                    "(t.search_text LIKE ? ESCAPE '\\' OR t.search_personal LIKE ? ESCAPE '\\')",
                    Owned::Text(pattern.clone()),
                );
                p.values.push(Owned::Text(pattern));
            } else {
                p.and("t.search_text LIKE ? ESCAPE '\\'", Owned::Text(pattern));
            }
        }
        p
    }

    fn order(&self) -> String {
        let (field, is_descending) = match &self.sort {
            Some(sort) => (self.register.field(&sort.field).map(|field| field.key), sort.is_descending),
            None => (None, true),
        };
        let field = field.unwrap_or(self.register.day_field());
        let way = if is_descending { "DESC" } else { "ASC" };
        format!(" ORDER BY t.{field} {way} NULLS LAST, t.id {way}")
    }
}

#[derive(Default)]
struct Predicate {
    sql: String,
    values: Vec<Owned>,
}

enum Owned {
    Text(String),
    Day(Day),
    Count(i64),
    Flag(bool),
}

impl Owned {
    fn of(value: &Value) -> Owned {
        match value {
            Value::Text(text) => Owned::Text(text.clone()),
            Value::Word(word) => Owned::Text((*word).to_owned()),
            Value::Day(day) => Owned::Day(*day),
            Value::Count(count) => Owned::Count(*count),
            Value::Flag(flag) => Owned::Flag(*flag),
        }
    }
}

impl Predicate {
    fn and(&mut self, condition: &str, value: Owned) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.push(value);
    }

    fn params(&self) -> Vec<Param<'_>> {
        self.values
            .iter()
            .map(|value| match value {
                Owned::Text(text) => Param::Text(text),
                Owned::Day(day) => Param::Day(*day),
                Owned::Count(count) => Param::Integer(*count),
                Owned::Flag(flag) => Param::Bool(*flag),
            })
            .collect()
    }
}

/// The symbols of the documents an office issued in a year.
///
/// # Errors
/// When the database fails.
pub fn symbols_of_year(r: &mut Reader<'_>, unit: UnitId, year: i16) -> Result<Vec<String>, StoreError> {
    r.query(
        "SELECT symbol FROM outgoing_documents WHERE unit_id = ? AND issued_on >= ? AND issued_on <= ? ORDER BY id",
        params![&unit.to_string(), &format!("{year}-01-01"), &format!("{year}-12-31")],
        |row| row.string(0),
    )
}

pub(crate) fn escape_like(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for sign in word.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The records, in the order asked for.
    pub records: Vec<Record>,
    /// Whether there is a next page.
    pub has_more: bool,
}

/// A page of the records that match.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn list(r: &mut Reader<'_>, filter: &Filter) -> Result<Page, StoreError> {
    let predicate = filter.predicate();
    let per_page = i64::from(filter.per_page);
    let sql = format!(
        "SELECT {} FROM {} t WHERE 1 = 1{}{} LIMIT ? OFFSET ?",
        columns(filter.register),
        filter.register.word(),
        predicate.sql,
        filter.order(),
    );
    let mut values = predicate.params();
    values.extend_from_slice(params![per_page + 1, i64::from(filter.page.saturating_sub(1)) * per_page]);
    let mut records = r.query(&sql, &values, |row| Ok(read(filter.register, row)?.record))?;
    let has_more = records.len() > usize::from(filter.per_page);
    records.truncate(usize::from(filter.per_page));
    Ok(Page { records, has_more })
}

/// How many records match, on all pages.
///
/// # Errors
/// When the database fails.
pub fn count(r: &mut Reader<'_>, filter: &Filter) -> Result<u64, StoreError> {
    let predicate = filter.predicate();
    let sql = format!("SELECT COUNT(*) FROM {} t WHERE 1 = 1{}", filter.register.word(), predicate.sql);
    let count = r.query_one(&sql, &predicate.params(), |row| row.integer(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// One record.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, register: Register, id: RecordId) -> Result<Option<Stored>, StoreError> {
    let sql = format!("SELECT {} FROM {} t WHERE t.id = ?", columns(register), register.word());
    r.query_opt(&sql, params![&id.to_string()], |row| read(register, row))
}

/// The records with these ids that exist, ordered by the register's day, then id.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn find_many(
    r: &mut Reader<'_>,
    register: Register,
    ids: &[RecordId],
) -> Result<Vec<Record>, StoreError> {
    let mut out = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let texts: Vec<String> = chunk.iter().map(ToString::to_string).collect();
        let values: Vec<Param<'_>> = texts.iter().map(Param::from).collect();
        let sql = format!(
            "SELECT {} FROM {} t WHERE t.id IN ({})",
            columns(register),
            register.word(),
            marks(chunk.len())
        );
        out.extend(r.query(&sql, &values, |row| Ok(read(register, row)?.record))?);
    }
    out.sort_by_key(|record| (record.day(), record.id));
    Ok(out)
}

/// The records of an office with at least one of these day fields inside the period, in the order of ids: what
/// figures look at. Keys that are no day field of the register are passed over.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn load_for_period(
    r: &mut Reader<'_>,
    register: Register,
    unit: Option<UnitId>,
    day_fields: &[&str],
    period: Period,
) -> Result<Vec<Record>, StoreError> {
    let mut values: Vec<Param<'_>> = Vec::new();
    let mut any = Vec::new();
    for key in day_fields {
        if let Some(field) = register.field(key).filter(|f| f.kind == domain::register::FieldKind::Day) {
            any.push(format!("(t.{0} >= ? AND t.{0} <= ?)", field.key));
            values.extend_from_slice(params![period.first(), period.last()]);
        }
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql =
        format!("SELECT {} FROM {} t WHERE ({})", columns(register), register.word(), any.join(" OR "));
    let unit = unit.map(|unit| unit.to_string());
    if let Some(unit) = &unit {
        sql.push_str(" AND t.unit_id = ?");
        values.push(unit.into());
    }
    // Sorted here: the database would carry every value of a year's records through its sorter.
    let mut records = r.query(&sql, &values, |row| Ok(read(register, row)?.record))?;
    records.sort_unstable_by_key(|record| record.id);
    Ok(records)
}

/// Gives each record of a register (of one office) in turn, ordered by the register's day, without holding them.
///
/// # Errors
/// When the database fails, a row cannot be read, or `each` fails.
pub fn all(
    r: &mut Reader<'_>,
    register: Register,
    unit: Option<UnitId>,
    mut each: impl FnMut(Stored) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut filter = Filter::of(register);
    filter.unit = unit;
    filter.sort = Some(Sort { field: register.day_field().to_owned(), is_descending: false });
    let predicate = filter.predicate();
    let sql = format!(
        "SELECT {} FROM {} t WHERE 1 = 1{}{}",
        columns(register),
        register.word(),
        predicate.sql,
        filter.order()
    );
    r.each(&sql, &predicate.params(), |row| {
        each(read(register, row)?)?;
        Ok(Flow::Continue(()))
    })
}

/// The registers an office keeps and since when.
///
/// # Errors
/// When the database fails or a register's word is unknown.
pub fn opened_registers(
    r: &mut Reader<'_>,
    unit: Option<UnitId>,
) -> Result<Vec<(Register, UnitId, Timestamp)>, StoreError> {
    let unit = unit.map(|unit| unit.to_string());
    let mut sql = "SELECT register, unit_id, opened_at FROM register_openings".to_owned();
    let mut values: Vec<Param<'_>> = Vec::new();
    if let Some(unit) = &unit {
        sql.push_str(" WHERE unit_id = ?");
        values.push(unit.into());
    }
    sql.push_str(" ORDER BY register, unit_id");
    r.query(&sql, &values, |row| {
        let register = Register::from_word(row.text(0)?).ok_or_else(|| row.corrupt(0, "unknown register"))?;
        Ok((register, row.parse(1)?, row.instant(2)?))
    })
}

/// Gives each record of a register as it stood at an entry of the ledger, in the order of ids: for recomputing
/// figures of the past.
///
/// # Errors
/// When the database fails, a revision cannot be read, or `each` fails.
pub fn records_at(
    r: &mut Reader<'_>,
    register: Register,
    sequence: i64,
    mut each: impl FnMut(Record) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    ledger::contents_at(r, sequence, register.word(), |subject, content| {
        let record = subject.parse().ok().and_then(|id| from_content(register, id, content));
        match record {
            Some(record) => each(record),
            None => Err(StoreError::corrupt("revisions.content", format!("{} {subject}", register.word()))),
        }
    })
}

/// A record as one entry of the ledger recorded it.
///
/// # Errors
/// When the database fails.
pub fn record_at(
    r: &mut Reader<'_>,
    register: Register,
    id: RecordId,
    sequence: i64,
) -> Result<Option<Record>, StoreError> {
    Ok(ledger::content(r, sequence)?.and_then(|content| from_content(register, id, &content)))
}
