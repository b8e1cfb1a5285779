//! One walk over the matching items: counts of facets, filters, and the best of them.
//!
//! A facet is counted as if it were not narrowed itself, so that its other values can be chosen; all other filters
//! apply to it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use domain::text;
use domain::time::Day;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::query::{Facet, Order, Query};
use crate::schema::{day_number, status_on};

/// What newness adds to a score at most.
const NEWNESS: Score = 0.15;
const YEARS: usize = 10_000;

/// A matching item with what orders it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    score: Score,
    day: i64,
    tie: u64,
    pub address: DocAddress,
}

impl Ranked {
    fn before(&self, other: &Self, order: Order) -> Ordering {
        let newest = other.day.cmp(&self.day);
        let by = match order {
            Order::Relevance => other.score.total_cmp(&self.score).then(newest),
            Order::Newest => newest,
            Order::Oldest => newest.reverse(),
        };
        by.then(other.tie.cmp(&self.tie)).then(self.address.cmp(&other.address))
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Items that match words and filters.
    pub total: u64,
    /// Items that match the words.
    pub matched: u64,
    /// In their order.
    pub best: Vec<Ranked>,
    pub counts: BTreeMap<Facet, BTreeMap<String, u64>>,
}

pub(crate) struct Collect<'a> {
    pub query: &'a Query,
    /// Whether the query has words that rank.
    pub ranked: bool,
}

impl Collect<'_> {
    fn wanted(&self) -> usize {
        self.query.offset + self.query.limit
    }

    /// Without words there is nothing to rank by: the newest stand first.
    fn order(&self) -> Order {
        match self.query.order {
            Order::Relevance if !self.ranked => Order::Newest,
            order => order,
        }
    }
}

impl Collector for Collect<'_> {
    type Fruit = Found;
    type Child = InSegment;

    fn for_segment(&self, ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        let fast = segment.fast_fields();
        let mut texts = Vec::with_capacity(Facet::TEXTS.len());
        for (place, facet) in Facet::TEXTS.into_iter().enumerate() {
            let column = fast.str(facet.name())?;
            let wanted = match self.query.filters.get(&facet).filter(|values| !values.is_empty()) {
                None => None,
                Some(values) if facet == Facet::Effect => {
                    Some(standing(column.as_ref(), self.query.today, |status| values.contains(status))?)
                }
                Some(values) => Some(ordinals(column.as_ref(), values.iter().map(String::as_str))?),
            };
            let size = column.as_ref().map_or(0, |column| column.num_terms());
            texts.push(Texts { bit: 1 << place, column, wanted, counts: vec![0; size] });
        }
        let years = self.query.filters.get(&Facet::Year).filter(|values| !values.is_empty());
        Ok(InSegment {
            ordinal,
            texts,
            days: fast.i64("day")?,
            visible_from: fast.i64("visible_from")?,
            now: day_number(self.query.today),
            on: self.query.today,
            ties: fast.u64("tie")?,
            years: years.map(|values| values.iter().filter_map(|year| year.parse().ok()).collect()),
            from: self.query.from.map_or(i64::MIN, day_number),
            to: self.query.to.map_or(i64::MAX, day_number),
            today: years_of(day_number(self.query.today)),
            year_counts: vec![0; YEARS],
            total: 0,
            matched: 0,
            best: Best { order: self.order(), wanted: self.wanted(), items: Vec::new(), last: None },
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order() == Order::Relevance
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Found>>) -> tantivy::Result<Found> {
        let mut all = Found::default();
        for fruit in fruits {
            let fruit = fruit?;
            all.total += fruit.total;
            all.matched += fruit.matched;
            all.best.extend(fruit.best);
            for (facet, counts) in fruit.counts {
                let sum = all.counts.entry(facet).or_default();
                for (value, count) in counts {
                    *sum.entry(value).or_default() += count;
                }
            }
        }
        let order = self.order();
        all.best.sort_unstable_by(|a, b| a.before(b, order));
        all.best.truncate(self.wanted());
        all.best.drain(..self.query.offset.min(all.best.len()));
        Ok(all)
    }
}

/// The values of a column that are one of these names, however written.
fn ordinals<'a>(
    column: Option<&StrColumn>,
    values: impl Iterator<Item = &'a str>,
) -> tantivy::Result<Vec<u64>> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let values: Vec<&str> = values.collect();
    let mut found = Vec::new();
    let mut terms = column.dictionary().stream()?;
    while terms.advance() {
        let Ok(name) = std::str::from_utf8(terms.key()) else { continue };
        if values.iter().any(|value| *value == name || text::is_one_name(value, name)) {
            found.push(terms.term_ord());
        }
    }
    Ok(found)
}

/// The courses of effect that stand in one of the wanted ways on a day.
fn standing(
    column: Option<&StrColumn>,
    day: Day,
    is_wanted: impl Fn(&str) -> bool,
) -> tantivy::Result<Vec<u64>> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let (mut found, mut course) = (Vec::new(), String::new());
    for ordinal in 0..column.num_terms() as u64 {
        course.clear();
        column.ord_to_str(ordinal, &mut course)?;
        if status_on(&course, day).is_some_and(&is_wanted) {
            found.push(ordinal);
        }
    }
    Ok(found)
}

/// A day number as years, near enough to weigh newness.
#[expect(clippy::cast_precision_loss, reason = "a day has eight digits; a score needs two of precision")]
fn years_of(day: i64) -> f32 {
    (day / 10_000) as f32 + (day / 100 % 100) as f32 / 12.0 + (day % 100) as f32 / 365.0
}

struct Texts {
    bit: u8,
    column: Option<StrColumn>,
    wanted: Option<Vec<u64>>,
    counts: Vec<u32>,
}

const YEAR_BIT: u8 = 1 << 6;

pub(crate) struct InSegment {
    ordinal: SegmentOrdinal,
    texts: Vec<Texts>,
    days: Column<i64>,
    visible_from: Column<i64>,
    now: i64,
    on: Day,
    ties: Column<u64>,
    years: Option<Vec<i64>>,
    from: i64,
    to: i64,
    today: f32,
    year_counts: Vec<u32>,
    total: u64,
    matched: u64,
    best: Best,
}

impl SegmentCollector for InSegment {
    type Fruit = tantivy::Result<Found>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.visible_from.first(doc).is_some_and(|from| from > self.now) {
            return;
        }
        self.matched += 1;
        let day = self.days.first(doc).unwrap_or_default();
        let year = day / 10_000;
        let mut missed = 0;
        if day < self.from || day > self.to {
            return;
        }
        if self.years.as_ref().is_some_and(|years| !years.contains(&year)) {
            missed |= YEAR_BIT;
        }
        let mut values = [None; Facet::TEXTS.len()];
        for (value, texts) in values.iter_mut().zip(&self.texts) {
            *value = texts.column.as_ref().and_then(|column| column.ords().first(doc));
            if texts.wanted.as_ref().is_some_and(|wanted| !value.is_some_and(|value| wanted.contains(&value)))
            {
                missed |= texts.bit;
            }
        }
        for (value, texts) in values.into_iter().zip(&mut self.texts) {
            if missed & !texts.bit == 0
                && let Some(count) =
                    value.and_then(|value| texts.counts.get_mut(usize::try_from(value).ok()?))
            {
                *count += 1;
            }
        }
        if missed & !YEAR_BIT == 0
            && let Some(count) = usize::try_from(year).ok().and_then(|year| self.year_counts.get_mut(year))
        {
            *count += 1;
        }
        if missed == 0 {
            self.total += 1;
            let age = (self.today - years_of(day)).max(0.0);
            let score = score * (1.0 + NEWNESS * (-age).exp2());
            let address = DocAddress::new(self.ordinal, doc);
            self.best
                .offer(Ranked { score, day, tie: 0, address }, || self.ties.first(doc).unwrap_or_default());
        }
    }

    fn harvest(self) -> tantivy::Result<Found> {
        let mut counts = BTreeMap::new();
        for (facet, texts) in Facet::TEXTS.into_iter().zip(self.texts) {
            let mut named = BTreeMap::new();
            if let Some(column) = texts.column {
                let mut name = String::new();
                for (ordinal, count) in (0..).zip(texts.counts).filter(|(_, count)| *count > 0) {
                    name.clear();
                    column.ord_to_str(ordinal, &mut name)?;
                    let value = if facet == Facet::Effect { status_on(&name, self.on) } else { Some(&*name) };
                    if let Some(value) = value {
                        *named.entry(value.to_owned()).or_default() += u64::from(count);
                    }
                }
            }
            counts.insert(facet, named);
        }
        let years = (0_usize..).zip(self.year_counts).filter(|(_, count)| *count > 0);
        counts.insert(Facet::Year, years.map(|(year, count)| (year.to_string(), u64::from(count))).collect());
        Ok(Found { total: self.total, matched: self.matched, best: self.best.finish(), counts })
    }
}

/// The first items of an order, in a buffer that is cut when it is twice full.
struct Best {
    order: Order,
    wanted: usize,
    items: Vec<Ranked>,
    /// What does not stand before it is not among the first.
    last: Option<Ranked>,
}

impl Best {
    fn offer(&mut self, mut item: Ranked, tie: impl FnOnce() -> u64) {
        if self.wanted == 0 {
            return;
        }
        item.tie = u64::MAX;
        if self.last.is_some_and(|last| item.before(&last, self.order).is_gt()) {
            return;
        }
        item.tie = tie();
        self.items.push(item);
        if self.items.len() >= 2 * self.wanted {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let order = self.order;
        if self.items.len() > self.wanted && self.wanted > 0 {
            self.items.select_nth_unstable_by(self.wanted - 1, |a, b| a.before(b, order));
            self.items.truncate(self.wanted);
            self.last = self.items.last().copied();
        }
    }

    fn finish(mut self) -> Vec<Ranked> {
        self.cut();
        self.items
    }
}
