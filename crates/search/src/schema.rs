//! The fields of the index.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};

use crate::analyse::{FOLDED, MARKED};
use crate::entry::{Entry, Kept, LONGEST_TEXT, number_key, type_starts};
use crate::query::Facet;
use crate::words::{Forms, head, words};

/// Changes with the fields or the analysis; an index of another format is made anew.
pub(crate) const FORMAT: &str = "search-2";

/// Handles of the fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub id: Field,
    /// Every word of the item, without marks.
    pub all: Field,
    /// Every word of the item that has marks, as written.
    pub all_marked: Field,
    pub title: Field,
    pub title_marked: Field,
    pub summary: Field,
    /// Parts of number and symbol, in any order.
    pub number: Field,
    /// Every beginning of number and symbol: `29`, `29/2019`, `29/2019/qd`; the whole one also with `=` before it.
    pub number_start: Field,
    /// Every beginning of the name of the type of document: `quyet`, `quyet dinh`.
    pub type_start: Field,
    /// Columns of the facets that are texts, in the order of [`Facet::TEXTS`].
    pub facets: [Field; 6],
    /// Day as 20190628.
    pub day: Field,
    /// The day from which it may be found, written the same way.
    pub visible_from: Field,
    /// Settles the order of items of one rank and day.
    pub tie: Field,
    pub kept: Field,
}

fn indexed(tokenizer: &str, option: IndexRecordOption) -> TextOptions {
    TextOptions::default()
        .set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option))
}

fn text(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, indexed(FOLDED, IndexRecordOption::WithFreqsAndPositions))
}

fn marked(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, indexed(MARKED, IndexRecordOption::WithFreqs))
}

impl Fields {
    pub(crate) fn build() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let fields = Self {
            id: builder.add_text_field("id", STRING | STORED),
            all: text(&mut builder, "all"),
            all_marked: marked(&mut builder, "all_marked"),
            title: text(&mut builder, "title"),
            title_marked: marked(&mut builder, "title_marked"),
            summary: text(&mut builder, "summary"),
            number: builder.add_text_field("number", indexed(FOLDED, IndexRecordOption::Basic)),
            number_start: builder.add_text_field("number_start", STRING),
            type_start: builder.add_text_field("type_start", STRING),
            facets: Facet::TEXTS
                .map(|facet| builder.add_text_field(facet.name(), TextOptions::default().set_fast("raw"))),
            day: builder.add_i64_field("day", FAST | INDEXED),
            visible_from: builder.add_i64_field("visible_from", FAST),
            tie: builder.add_u64_field("tie", FAST),
            kept: builder.add_bytes_field("kept", STORED),
        };
        (builder.build(), fields)
    }

    pub(crate) fn document(&self, entry: &Entry) -> serde_json::Result<TantivyDocument> {
        let mut doc = TantivyDocument::default();
        doc.add_text(self.id, &entry.id);
        let title = head(&entry.title, LONGEST_TEXT);
        doc.add_text(self.title, title);
        doc.add_text(self.title_marked, title);
        doc.add_text(self.summary, head(&entry.summary, LONGEST_TEXT));
        if let Some(number) = &entry.number_symbol {
            doc.add_text(self.number, number);
            for start in number_starts(number) {
                doc.add_text(self.number_start, start);
            }
        }
        for start in entry.document_type.as_deref().map(type_starts).unwrap_or_default() {
            doc.add_text(self.type_start, start);
        }
        let signer = entry.signer.as_deref().unwrap_or_default();
        let texts =
            [title, signer, entry.number_symbol.as_deref().unwrap_or_default(), &entry.summary, &entry.body];
        for text in texts.into_iter().chain(entry.attachments.iter().map(String::as_str)) {
            let text = head(text, LONGEST_TEXT);
            if !text.is_empty() {
                doc.add_text(self.all, text);
                doc.add_text(self.all_marked, text);
            }
        }
        let course = written(&entry.course);
        let facets: [Option<&str>; 6] = [
            Some(&entry.kind),
            entry.section.as_deref(),
            entry.field.as_deref(),
            entry.issuer.as_deref(),
            entry.document_type.as_deref(),
            Some(&course),
        ];
        for (field, value) in self.facets.iter().zip(facets) {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                doc.add_text(*field, value);
            }
        }
        doc.add_i64(self.day, day_number(entry.day));
        doc.add_i64(self.visible_from, day_number(entry.visible_from));
        doc.add_u64(self.tie, tie(&entry.id));
        doc.add_bytes(self.kept, &serde_json::to_vec(&Kept::of(entry))?);
        Ok(doc)
    }
}

/// The course of effect of an item as one value of a column: `=not_yet;2020-03-15=in_force`.
fn written(course: &[(String, String)]) -> String {
    let parts: Vec<String> = course.iter().map(|(day, status)| format!("{day}={status}")).collect();
    parts.join(";")
}

/// The status of a written course on a day.
pub(crate) fn status_on(written: &str, day: domain::time::Day) -> Option<&str> {
    let day = day.to_string();
    let parts = written.split(';').filter_map(|part| part.split_once('='));
    parts.take_while(|(first, _)| *first <= day.as_str()).last().map(|(_, status)| status)
}

/// `20190628`.
pub(crate) fn day_number(day: domain::time::Day) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The last eight signs of an identifier as a number: in a ULID they tell items of one millisecond apart.
fn tie(id: &str) -> u64 {
    id.bytes().rev().take(8).enumerate().fold(0, |sum, (place, byte)| sum | u64::from(byte) << (8 * place))
}

fn number_starts(number_symbol: &str) -> Vec<String> {
    let mut starts = Vec::new();
    let mut joined = String::new();
    for range in words(number_symbol).take(12) {
        if !joined.is_empty() {
            joined.push('/');
        }
        joined.push_str(&Forms::of(&number_symbol[range]).fold);
        starts.push(joined.clone());
    }
    if !joined.is_empty() {
        starts.push(format!("={}", number_key(number_symbol)));
    }
    starts
}
