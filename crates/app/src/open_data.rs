//! Open data: what is public of news and documents, as lines of a table (Luật 104/2016 Đ17; checklist EXP). Only
//! what the pages show; each value as text, guarded against programs that would run it.

use domain::publication::Kind;
use domain::publication::item::Item;
use domain::publication::relation::Relation;
use domain::register::{Privacy, Register};
use serde_json::{Map, Value};
use store::public_item as rows;

use crate::publication::public_path;
use crate::{ActionError, App, public};

/// The kinds that are given away, each with the register whose public fields it has.
pub const KINDS: [(Kind, Register); 2] =
    [(Kind::News, Register::News), (Kind::Document, Register::PortalDocuments)];

/// Columns every kind has.
pub const COMMON: [&str; 7] = ["id", "address", "title", "section", "day", "posted_on", "updated_at"];

/// How many items are read at a time.
const PART: u16 = 500;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// RFC 4180 with byte order mark.
    Csv,
    /// An array of objects.
    Json,
}

/// Columns of a register besides [`COMMON`]: its public fields that are not among those already.
pub fn columns(register: Register) -> impl Iterator<Item = &'static str> {
    const SAID: [&str; 6] = ["title", "summary", "category", "type_name", "posted_on", "withdrawn_on"];
    let public = register.fields().iter().filter(|field| field.privacy == Privacy::Public);
    public.map(|field| field.key).filter(|key| !SAID.contains(key))
}

/// Columns of a kind that are found from what documents do to each other: how it stands on the day the file is made,
/// and what it does to others.
pub const fn derived(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Document => &["effect_status", "relations"],
        _ => &[],
    }
}

/// A document's relations in one value: act, number and symbol, day of issue; several parted by `;`.
fn relations(item: &Item) -> String {
    let one = |relation: &Relation| {
        let day = relation.issued_on.map(|day| format!(" {day}")).unwrap_or_default();
        format!("{} {}{day}", relation.act.word(), relation.symbol)
    };
    item.relations.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// What a file begins with.
pub fn head(form: Form, (kind, register): (Kind, Register)) -> String {
    match form {
        Form::Csv => {
            let names: Vec<&str> =
                COMMON.into_iter().chain(columns(register)).chain(derived(kind).iter().copied()).collect();
            format!("\u{feff}{}\r\n", names.join(","))
        }
        Form::Json => "[".to_owned(),
    }
}

/// What a file ends with.
pub const fn tail(form: Form) -> &'static str {
    match form {
        Form::Csv => "",
        Form::Json => "\n]\n",
    }
}

/// The lines of the items after an id, in the order of ids, and the id of the last; nothing when there are no more.
///
/// # Errors
/// When the database fails.
pub fn part(
    app: &App,
    form: Form,
    (kind, register): (Kind, Register),
    after: &str,
) -> Result<Option<(String, String)>, ActionError> {
    let filter = public::Filter { per_page: PART, ..public::filter(app, &[kind]) };
    let items = app.read(|r| Ok(rows::after(r, &filter, after)?))?;
    let Some(last) = items.last() else { return Ok(None) };
    let last = last.id.to_string();
    let statuses = public::statuses(app, &items)?;
    let mut made = String::new();
    for (number, found) in items.iter().enumerate() {
        let item = &found.item;
        let common = [
            found.id.to_string(),
            format!("{}{}", app.base_url(), public_path(kind, &item.slug, found.id)),
            item.title.clone(),
            item.section.clone(),
            item.day.to_string(),
            item.posted_on.to_string(),
            found.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        ];
        let own = columns(register).map(|key| (key, item.fields.get(key).cloned().unwrap_or_default()));
        let status = statuses.get(&common[0]).map_or("", |status| status.word()).to_owned();
        let found = derived(kind).iter().copied().zip([status, relations(item)]);
        let line = COMMON.into_iter().zip(common).chain(own).chain(found);
        match form {
            Form::Csv => {
                let cells: Vec<String> = line.map(|(_, value)| cell(&value)).collect();
                made.push_str(&cells.join(","));
                made.push_str("\r\n");
            }
            Form::Json => {
                let is_first = after.is_empty() && number == 0;
                made.push_str(if is_first { "\n" } else { ",\n" });
                let object: Map<String, Value> =
                    line.map(|(key, value)| (key.to_owned(), Value::String(value))).collect();
                made.push_str(&Value::Object(object).to_string());
            }
        }
    }
    Ok(Some((made, last)))
}

/// A cell in quotes; what a sheet program would run gets an apostrophe before it (EXP-01).
fn cell(text: &str) -> String {
    let runs = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if runs { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_exp_01_no_cell_is_a_formula_and_quotes_stay_inside() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("'=1"), "\"''=1\"");
        assert_eq!(cell("Tin, bài"), "\"Tin, bài\"");
    }

    #[test]
    fn no_inner_field_is_a_column() {
        for (_, register) in KINDS {
            assert!(columns(register).all(|key| register.field(key).unwrap().privacy == Privacy::Public));
        }
        assert!(!columns(Register::PortalDocuments).any(|key| key == "due_basis" || key == "note"));
    }
}
