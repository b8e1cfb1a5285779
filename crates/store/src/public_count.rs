//! How many items the public sees, kept beside them: each write of items states what it took away and what it added, in
//! the same transaction. Lists and facets add up a few rows instead of counting hundreds of thousands of items.

use std::collections::BTreeMap;

use domain::text;

use crate::public_item::{Filter, Owned};
use crate::public_relation;
use crate::sql::{Param, Row, marks, params};
use crate::{Reader, StoreError, Tx};

/// What items are told apart by in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Sections; of documents their types.
    Section,
    /// Issuers, or suppliers of news.
    Source,
    /// Years of the day they stand under.
    Year,
    /// How documents stand on the day: few have such a state, so they are counted.
    Effect,
}

/// Values of a facet that are shown at most.
const MOST_VALUES: usize = 100;

/// Items that are counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    kind: String,
    section: String,
    source: String,
    year: String,
}

impl Cell {
    fn read(row: &Row<'_>) -> Result<Cell, StoreError> {
        Ok(Cell {
            kind: row.string(0)?,
            section: row.string(1)?,
            source: row.string(2)?,
            year: row.string(3)?,
        })
    }

    fn is_in(&self, filter: &Filter) -> bool {
        let fits = |asked: &Option<String>, value: &str| asked.as_ref().is_none_or(|asked| asked == value);
        let names = |asked: &Option<String>, value: &str| {
            asked.as_ref().is_none_or(|asked| asked == value || text::is_one_name(asked, value))
        };
        (filter.kinds.is_empty() || filter.kinds.contains(&self.kind.as_str()))
            && names(&filter.section, &self.section)
            && names(&filter.source, &self.source)
            && fits(&filter.year, &self.year)
    }

    fn value(&self, facet: Facet) -> &str {
        match facet {
            Facet::Section => &self.section,
            Facet::Source => &self.source,
            Facet::Year => &self.year,
            Facet::Effect => "",
        }
    }
}

/// How many public items a filter finds on all pages.
///
/// # Errors
/// When the database fails.
pub fn count(r: &mut Reader<'_>, filter: &Filter) -> Result<i64, StoreError> {
    if filter.effect.is_some() {
        let (predicate, values) = filter.predicate(r)?;
        let sql = format!("SELECT COUNT(*) FROM public_items{predicate}");
        return r.query_one(&sql, &Owned::bound(&values), |row| row.integer(0));
    }
    Ok(seen(r, filter)?.values().sum())
}

/// The values of a facet with how many items each has: years with the newest first, others with the largest first.
///
/// # Errors
/// When the database fails.
pub fn facet(r: &mut Reader<'_>, facet: Facet, filter: &Filter) -> Result<Vec<(String, i64)>, StoreError> {
    if facet == Facet::Effect {
        return public_relation::facet(r, filter);
    }
    let mut values: BTreeMap<String, i64> = BTreeMap::new();
    for (cell, items) in seen(r, filter)? {
        *values.entry(cell.value(facet).to_owned()).or_default() += items;
    }
    let mut found: Vec<(String, i64)> =
        values.into_iter().filter(|(value, items)| *items > 0 && !value.is_empty()).collect();
    match facet {
        Facet::Year => found.reverse(),
        Facet::Section | Facet::Source => found = text::one_of_each_name(found),
        Facet::Effect => found.sort_by_key(|(_, items)| std::cmp::Reverse(*items)),
    }
    found.truncate(MOST_VALUES);
    Ok(found)
}

/// How the values of a filter are written in items: section, source. One that nothing has stands as asked.
pub(crate) fn spelled(r: &mut Reader<'_>, filter: &Filter) -> Result<[Vec<String>; 2], StoreError> {
    let mut of = |asked: &Option<String>, column: &str| {
        let Some(asked) = asked else { return Ok(Vec::new()) };
        let sql = format!("SELECT DISTINCT {column} FROM public_counts");
        let mut values = r.query(&sql, &[], |row| row.string(0))?;
        values.retain(|value| value != asked && text::is_one_name(value, asked));
        values.push(asked.clone());
        Ok::<_, StoreError>(values)
    };
    Ok([of(&filter.section, "section")?, of(&filter.source, "source")?])
}

/// The cells of a filter with what is seen of them today: what is posted for a later day is in the table already.
fn seen(r: &mut Reader<'_>, filter: &Filter) -> Result<BTreeMap<Cell, i64>, StoreError> {
    let mut sql = "SELECT kind, section, source, year, items FROM public_counts".to_owned();
    let kinds: Vec<Param<'_>> = filter.kinds.iter().map(|kind| Param::Text(kind)).collect();
    if !kinds.is_empty() {
        sql.extend([" WHERE kind IN (", &marks(kinds.len()), ")"]);
    }
    let cells = r.query(&sql, &kinds, |row| Ok((Cell::read(row)?, row.integer(4)?)))?;
    let mut cells: BTreeMap<Cell, i64> = cells.into_iter().filter(|(cell, _)| cell.is_in(filter)).collect();
    let sql =
        "SELECT kind, section, source, SUBSTR(day, 1, 4), is_withdrawn FROM public_items WHERE posted_on > ?";
    for (cell, is_withdrawn) in
        r.query(sql, params![filter.today], |row| Ok((Cell::read(row)?, row.bool(4)?)))?
    {
        if let Some(items) = cells.get_mut(&cell).filter(|_| !is_withdrawn) {
            *items -= 1;
        }
    }
    Ok(cells)
}

/// Does a write of these items and keeps the counts in step with it.
pub(crate) fn keeping<T>(
    tx: &mut Tx<'_>,
    ids: &[&str],
    write: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let before = cells_of(tx, ids)?;
    let done = write(tx)?;
    let mut changes = cells_of(tx, ids)?;
    for (cell, items) in before {
        *changes.entry(cell).or_default() -= items;
    }
    changes.retain(|_, items| *items != 0);
    for (cell, items) in &changes {
        tx.execute(
            "INSERT INTO public_counts (kind, section, source, year, items) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (kind, section, source, year) DO UPDATE SET items = public_counts.items + excluded.items",
            params![&cell.kind, &cell.section, &cell.source, &cell.year, *items],
        )?;
    }
    if changes.values().any(|items| *items < 0) {
        tx.execute("DELETE FROM public_counts WHERE items = 0", &[])?;
    }
    Ok(done)
}

fn cells_of(tx: &mut Tx<'_>, ids: &[&str]) -> Result<BTreeMap<Cell, i64>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "SELECT kind, section, source, SUBSTR(day, 1, 4), COUNT(*) FROM public_items
         WHERE is_withdrawn = ? AND id IN ({})
         GROUP BY kind, section, source, SUBSTR(day, 1, 4)",
        marks(ids.len())
    );
    let mut values = vec![Param::Bool(false)];
    values.extend(ids.iter().map(|id| Param::Text(id)));
    let cells = tx.query(&sql, &values, |row| Ok((Cell::read(row)?, row.integer(4)?)))?;
    Ok(cells.into_iter().collect())
}
