//! A public item as it is searched.

use ::search::Entry;
use domain::publication::Kind;
use store::public_item::PublicItem;

use crate::publication::public_path;
use crate::{ActionError, App, documents};

/// What the index takes in of an item, the words of its files with it: published content only, and nothing of a
/// withdrawn one.
///
/// # Errors
/// When the words of its files cannot be read.
pub(super) fn of(app: &App, found: &PublicItem) -> Result<Option<Entry>, ActionError> {
    let Some(kind) = Kind::from_word(&found.item.kind).filter(|_| found.withdrawn.is_none()) else {
        return Ok(None);
    };
    let item = &found.item;
    // What a picture shows and what a file is called is written by the office, and found as well.
    let mut attachments: Vec<String> =
        item.files.iter().map(|file| format!("{} {}", file.text, file.name)).collect();
    if !item.files.is_empty() {
        attachments.extend(documents::words_of(app, &item.files)?.into_iter().map(|words| words.text));
    }
    let field = |key: &str| item.fields.get(key).filter(|text| !text.is_empty()).cloned();
    let section = Some(item.section.clone()).filter(|section| !section.is_empty());
    let is_document = kind == Kind::Document;
    Ok(Some(Entry {
        id: found.id.to_string(),
        kind: item.kind.clone(),
        title: item.title.clone(),
        number_symbol: field("symbol"),
        summary: item.summary.clone(),
        body: rich_text::to_text(&item.body),
        attachments,
        section: section.clone().filter(|_| !is_document),
        field: None,
        issuer: field("issuer").or_else(|| field("supplier")),
        document_type: section.filter(|_| is_document),
        signer: field("signer"),
        course: if is_document { course(app, found)? } else { Vec::new() },
        day: item.day,
        visible_from: item.posted_on,
        url: public_path(kind, &item.slug, found.id),
    }))
}

fn course(app: &App, found: &PublicItem) -> Result<Vec<(String, String)>, ActionError> {
    let id = found.id.to_string();
    let mut courses = app.read(|r| Ok(store::public_relation::courses(r, &[&id])?))?;
    Ok(courses.remove(&id).unwrap_or_default())
}
