//! What was read out of a document, as rows: field, value, where it stands, how sure.

use app::documents::{Confidence, Decree, Field, Place};
use app::file_reader::{Document, Integrity, Signature};
use web_kit::Language;
use web_kit::component::{Badge, Cell, Column, Table, Tone};

use crate::publication::relations;
use crate::show_day;

/// Where something was read, in words.
pub(super) fn place(t: Language, place: &Place) -> String {
    match place.page {
        Some(page) => t.fill("document_page.place_line", &[("line", &place.line), ("page", &page)]),
        None => t.fill("document_page.place_paragraph", &[("line", &place.line)]),
    }
}

/// Where something was read, with the words there.
pub(super) fn quoted(t: Language, at: &Place) -> String {
    t.fill("document_page.read_at", &[("place", &place(t, at)), ("quote", &short(&at.quote))])
}

/// How sure a reading is, as a mark.
pub(super) fn badge(t: Language, confidence: Confidence) -> Badge {
    let tone = match confidence.key() {
        "sure" => Tone::Done,
        "likely" => Tone::Info,
        _ => Tone::Warning,
    };
    let percent = format!("{} %", confidence.permille() / 10);
    Badge::new(tone, format!("{} ({percent})", t.text(&format!("document_page.{}", confidence.key()))))
}

/// The least sure of the fields that a document must have; none when one of them was not read.
pub(super) fn least(decree: &Decree) -> Option<Confidence> {
    let words = [&decree.number, &decree.symbol, &decree.kind, &decree.summary, &decree.issuer];
    let mut all: Vec<Confidence> = Vec::new();
    for field in words {
        all.push(field.as_ref()?.confidence);
    }
    all.push(decree.date.as_ref()?.confidence);
    all.into_iter().min()
}

/// The badge of the least sure field.
pub(super) fn least_badge(t: Language, decree: &Decree) -> Badge {
    least(decree).map_or_else(
        || Badge::new(Tone::Bad, t.text("document_page.incomplete")),
        |confidence| badge(t, confidence),
    )
}

/// All fields as a table; none when nothing was read.
pub(super) fn table(t: Language, document: &Document) -> Option<Table> {
    let decree = &document.decree;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut row = |name: &str, value: String, at: &Place, sure: Confidence| {
        rows.push(vec![
            Cell::new(t.text(&format!("document_field.{name}"))),
            Cell::new(value),
            Cell::new(place(t, at)).note(short(&at.quote)),
            Cell::badge(badge(t, sure)),
        ]);
    };
    let single: [(&str, &Option<Field>); 7] = [
        ("parent", &decree.parent),
        ("issuer", &decree.issuer),
        ("number", &decree.number),
        ("symbol", &decree.symbol),
        ("place", &decree.place),
        ("kind", &decree.kind),
        ("summary", &decree.summary),
    ];
    for (name, field) in single {
        if let Some(field) = field.as_ref().filter(|field| !field.value.is_empty()) {
            row(name, field.value.clone(), &field.place, field.confidence);
        }
    }
    if let Some(field) = &decree.date {
        let part = |part: Option<u8>| part.map_or_else(|| "…".to_owned(), |part| format!("{part:02}"));
        let day = format!("{}/{}/{}", part(field.value.day), part(field.value.month), field.value.year);
        row("date", day, &field.place, field.confidence);
    }
    for field in &decree.signers {
        let signer = &field.value;
        let parts = [&signer.authority, &signer.title, &signer.name];
        let words: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        row("signer", words.join(" – "), &field.place, field.confidence);
    }
    for field in &decree.bases {
        row("basis", field.value.clone(), &field.place, field.confidence);
    }
    for field in &decree.relations {
        let act = relations::act_word(t, app::documents::act_of(field.value.verb));
        let value = format!("{act}: {}", field.value.target);
        row("relation", value, &field.place, field.confidence);
    }
    for field in &decree.recipients {
        row("recipient", field.value.clone(), &field.place, field.confidence);
    }
    let columns = vec![
        Column::new(t.text("document_page.field")),
        Column::new(t.text("document_page.value")).wide(),
        Column::new(t.text("document_page.where")),
        Column::new(t.text("document_page.confidence")),
    ];
    let table = || Table::new(t, "read", t.text("document_page.read"), columns);
    (!rows.is_empty()).then(|| table().rows(rows).caption_hidden().cards())
}

/// The signatures as a table; none without any.
pub(super) fn signatures(t: Language, all: &[Signature]) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("document_signature.signer")),
        Column::new(t.text("document_signature.at")).short(),
        Column::new(t.text("document_signature.content")),
        Column::new(t.text("document_signature.trust")),
    ];
    let row = |signature: &Signature| {
        let tone = match signature.integrity {
            Integrity::Whole => Tone::Info,
            Integrity::AddedTo | Integrity::Unknown => Tone::Warning,
            Integrity::Broken => Tone::Bad,
        };
        let integrity = t.text(&format!("document_signature.{}", signature.integrity.word()));
        let name = if signature.signer.is_empty() {
            t.text("document_signature.no_name").to_owned()
        } else {
            signature.signer.clone()
        };
        let note = [&signature.organisation, &signature.issuer]
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" – ");
        let at = signature
            .claimed_at
            .and_then(|seconds| domain::time::Timestamp::from_second(seconds).ok())
            .map_or_else(String::new, show_day::instant);
        vec![
            Cell::new(name).note(note),
            Cell::new(at),
            Cell::badge(Badge::new(tone, integrity)),
            Cell::badge(Badge::new(Tone::Warning, t.text("document_signature.not_checked"))),
        ]
    };
    (!all.is_empty()).then(|| {
        Table::new(t, "signatures", t.text("document_signature.title"), columns)
            .rows(all.iter().map(row).collect())
            .caption_hidden()
            .cards()
    })
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(120).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
