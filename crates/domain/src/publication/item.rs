//! What the public sees: one rule for page, list, feed, sitemap, search, file and open data (checklist PUB-02).
//!
//! A line of the register of news or of posted documents is public by being there: the register says that it was
//! posted on a day. Its public fields make an [`Item`]; a text published with the program adds body and files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::relation::{Identity, Relation};
use super::{Attachment, Content, Kind, slug};
use crate::register::{Privacy, Register, Values};
use crate::time::Day;

/// What the public sees of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The stored word of its kind.
    pub kind: String,
    /// The readable part of its address.
    pub slug: String,
    /// *Tiêu đề*, or *trích yếu*.
    pub title: String,
    /// *Tóm tắt.*
    pub summary: String,
    /// HTML, cleaned; empty when only the register knows it.
    pub body: String,
    /// *Chuyên mục*; of documents *loại văn bản*.
    pub section: String,
    /// The day it stands under: of news the day of posting, of documents the day of issue.
    pub day: Day,
    /// The day from which it may be seen.
    pub posted_on: Day,
    /// Public fields of its register, as typed.
    pub fields: BTreeMap<String, String>,
    /// Its files.
    pub files: Vec<Attachment>,
    /// What it does to other documents.
    #[serde(default)]
    pub relations: Vec<Relation>,
}

/// Whether something may be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visibility {
    /// It was never posted.
    Hidden,
    /// It may be seen.
    Public(Box<Item>),
    /// It was seen and is not any more; a reader of the old address is told so.
    Withdrawn(Day),
}

/// Whether a register is read by the public at all.
pub const fn is_public_register(register: Register) -> bool {
    matches!(register, Register::News | Register::PortalDocuments)
}

/// What the public sees of a line of a register, before a text is added.
pub fn of_record(register: Register, values: &Values) -> Visibility {
    let (kind, title, day, section) = match register {
        Register::News => (Kind::News, "title", "posted_on", "category"),
        Register::PortalDocuments => (Kind::Document, "summary", "issued_on", "type_name"),
        _ => return Visibility::Hidden,
    };
    let Some(posted_on) = values.day("posted_on") else { return Visibility::Hidden };
    if let Some(withdrawn) = values.day("withdrawn_on") {
        return Visibility::Withdrawn(withdrawn);
    }
    let fields = register
        .fields()
        .iter()
        .filter(|field| field.privacy == Privacy::Public)
        .filter_map(|field| Some((field.key.to_owned(), typed(values, field.key)?)))
        .collect();
    let title = values.text(title).unwrap_or_default().to_owned();
    Visibility::Public(Box::new(Item {
        kind: kind.word().to_owned(),
        slug: slug(&title),
        title,
        summary: String::new(),
        body: String::new(),
        section: values.text(section).unwrap_or_default().to_owned(),
        day: values.day(day).unwrap_or(posted_on),
        posted_on,
        fields,
        files: Vec::new(),
        relations: Vec::new(),
    }))
}

/// A value as typed: days as `2020-11-20`.
fn typed(values: &Values, key: &str) -> Option<String> {
    use crate::register::Value;
    Some(match values.get(key)? {
        Value::Text(text) => text.clone(),
        Value::Day(day) => day.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Flag(flag) => if *flag { "x" } else { "" }.to_owned(),
        Value::Word(word) => (*word).to_owned(),
    })
}

impl Item {
    /// What the public sees of a published text. `first` is the day it was first posted.
    pub fn of_content(kind: Kind, content: &Content, first: Day) -> Item {
        let own_day = (kind == Kind::Document)
            .then(|| content.fields.get("issued_on").and_then(|day| day.parse().ok()))
            .flatten();
        Item {
            kind: kind.word().to_owned(),
            slug: slug(&content.title),
            title: content.title.clone(),
            summary: content.summary.clone(),
            body: content.body.clone(),
            section: content.section.clone(),
            day: own_day.unwrap_or(first),
            posted_on: first,
            fields: public_fields(kind, content),
            files: content.files.clone(),
            relations: content.relations.clone(),
        }
    }

    /// What tells it from other documents; none of what is no document or has no number.
    pub fn identity(&self) -> Option<Identity<'_>> {
        let symbol = self.fields.get("symbol").filter(|symbol| !symbol.is_empty())?;
        let issuer = self.fields.get("issuer").map_or("", String::as_str);
        let is_document = self.kind == Kind::Document.word();
        is_document.then_some(Identity { symbol, issued_on: self.day, issuer })
    }
}

/// The fields of a content the public may see: those its register calls public, or all when it has none.
fn public_fields(kind: Kind, content: &Content) -> BTreeMap<String, String> {
    let is_public = |key: &str| {
        kind.spec()
            .register
            .is_none_or(|register| register.field(key).is_some_and(|field| field.privacy == Privacy::Public))
    };
    content.fields.iter().filter(|(key, _)| is_public(key)).map(|(k, v)| (k.clone(), v.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Value;

    fn document(posted: Option<&str>, withdrawn: Option<&str>) -> Values {
        let register = Register::PortalDocuments;
        let mut values = Values::new();
        let mut set = |key: &str, value: Value| {
            assert!(values.set(register.field(key).unwrap(), value), "{key}");
        };
        set("symbol", Value::Text("12/KH-UBND".into()));
        set("summary", Value::Text("Kế hoạch phòng, chống dịch".into()));
        set("type_name", Value::Text("Kế hoạch".into()));
        set("issued_on", Value::Day("2020-02-01".parse().unwrap()));
        set("due_basis", Value::Text("nội bộ".into()));
        for (key, day) in [("posted_on", posted), ("withdrawn_on", withdrawn)] {
            if let Some(day) = day {
                set(key, Value::Day(day.parse().unwrap()));
            }
        }
        values
    }

    #[test]
    fn a_line_is_public_by_being_posted_and_not_withdrawn() {
        let of = |values: &Values| of_record(Register::PortalDocuments, values);
        assert_eq!(of(&document(None, None)), Visibility::Hidden);
        assert_eq!(
            of(&document(Some("2020-02-03"), Some("2020-03-01"))),
            Visibility::Withdrawn("2020-03-01".parse().unwrap())
        );
        let Visibility::Public(item) = of(&document(Some("2020-02-03"), None)) else { panic!("hidden") };
        assert_eq!(
            (item.day.to_string(), item.slug),
            ("2020-02-01".into(), "ke-hoach-phong-chong-dich".into())
        );
        assert!(!item.fields.contains_key("due_basis"), "inner fields stay inside");
    }

    #[test]
    fn no_other_register_is_public() {
        for register in Register::ALL.into_iter().filter(|register| !is_public_register(*register)) {
            assert_eq!(of_record(register, &Values::new()), Visibility::Hidden);
        }
    }

    #[test]
    fn fields_its_register_does_not_call_public_are_not_shown() {
        let fields =
            [("symbol".to_owned(), "1/TB".to_owned()), ("due_basis".to_owned(), "nội bộ".to_owned())];
        let content = Content { title: "Thông báo".into(), fields: fields.into(), ..Content::default() };
        let item = Item::of_content(Kind::Document, &content, "2020-02-03".parse().unwrap());
        assert_eq!(item.fields.keys().collect::<Vec<_>>(), ["symbol"]);
    }
}
