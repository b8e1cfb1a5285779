//! A public item as it is searched.

use ::search::Entry;
use domain::publication::Kind;
use store::public_item::PublicItem;

use crate::publication::public_path;

/// What the index takes in of an item: published content only, and nothing of a withdrawn one.
pub(super) fn of(found: &PublicItem) -> Option<Entry> {
    let kind = Kind::from_word(&found.item.kind).filter(|_| found.withdrawn.is_none())?;
    let item = &found.item;
    let field = |key: &str| item.fields.get(key).filter(|text| !text.is_empty()).cloned();
    let section = Some(item.section.clone()).filter(|section| !section.is_empty());
    let is_document = kind == Kind::Document;
    Some(Entry {
        id: found.id.to_string(),
        kind: item.kind.clone(),
        title: item.title.clone(),
        number_symbol: field("symbol"),
        summary: item.summary.clone(),
        body: rich_text::to_text(&item.body),
        // What a picture shows and what a file is called is written by the office, and found as well.
        attachments: item.files.iter().map(|file| format!("{} {}", file.text, file.name)).collect(),
        section: section.clone().filter(|_| !is_document),
        field: None,
        issuer: field("issuer").or_else(|| field("supplier")),
        document_type: section.filter(|_| is_document),
        day: item.day,
        visible_from: item.posted_on,
        url: public_path(kind, &item.slug, found.id),
    })
}
