//! The proof of a report: what its QR code leads to.

use app::App;
use app::reports::{self, Proof, ProofFigure};
use askama::Template;
use axum::extract::State;
use domain::time;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, Cell, Column, Fact, Facts, Table, Tone};
use web_kit::form::Path;
use web_kit::page::attachment;
use web_kit::{Cache, Language, PageResult, Visitor, page};

use crate::fault;

#[derive(Template)]
#[template(path = "proof.html")]
struct Page {
    chrome: Chrome,
    facts: Facts,
    figures: Table,
    file: String,
}

/// The proof page of a frozen version.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> PageResult {
    let proof = app.run(move |app| reports::proof(app, &code)).await.map_err(fault)?;
    let t = visitor.language;
    let mut chrome = Chrome::bare(&visitor, proof.title.clone()).office(proof.office.clone());
    if let Some(newer) = &proof.newer {
        let link = Link::new(t.text("portal.proof.newer_link"), newer.clone());
        chrome = chrome.banner(Banner::new(Tone::Warning, t.text("portal.proof.newer")).link(link));
    }
    let drawn = Page {
        chrome,
        facts: facts(t, &proof),
        figures: figures(t, &proof.figures),
        file: format!("/so-lieu/{}/so-lieu.json", proof.code),
    };
    page(&drawn, Cache::Private)
}

fn facts(t: Language, proof: &Proof) -> Facts {
    let mut facts = vec![
        Fact::new(t.text("portal.proof.office"), proof.office.clone()),
        Fact::new(t.text("portal.proof.period"), proof.period.in_words()),
        Fact::new(t.text("portal.proof.version"), proof.version.to_string()),
        Fact::new(t.text("portal.proof.frozen"), time::instant_in_table(proof.frozen_at)),
        Fact::new(t.text("portal.proof.digest"), proof.digest.clone()),
        Fact::new(
            t.text("portal.proof.ledger"),
            format!("{} · {}", proof.ledger_sequence, proof.ledger_hash),
        ),
    ];
    if let Some((number, day)) = &proof.issued {
        let shown = format!("{number}, {}", time::day_in_table(*day));
        facts.push(Fact::new(t.text("portal.proof.issued"), shown));
    }
    Facts::new(t, facts)
}

fn figures(t: Language, figures: &[ProofFigure]) -> Table {
    let columns = vec![
        Column::new(t.text("portal.proof.figure")).wide(),
        Column::new(t.text("portal.proof.value")).numeric(),
        Column::new(t.text("portal.proof.unit")),
        Column::new(t.text("portal.proof.counted")).numeric(),
        Column::new(t.text("portal.proof.left_out")).numeric(),
    ];
    let row = |figure: &ProofFigure| {
        vec![
            Cell::new(figure.title.clone()).note(figure.definition.clone()),
            Cell::new(figure.value.clone()),
            Cell::new(if figure.value.ends_with('%') { String::new() } else { figure.unit.clone() }),
            Cell::new(figure.counted.to_string()),
            Cell::new(figure.left_out.to_string()),
        ]
    };
    Table::new(t, "figures", t.text("portal.proof.figures"), columns)
        .rows(figures.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

/// The frozen set itself: figures, ids of records and digests; no content of any record.
pub async fn json(State(app): State<App>, Path(code): Path<String>) -> PageResult {
    let set = app.run(move |app| reports::proof_json(app, &code)).await.map_err(fault)?;
    Ok(attachment(set, "application/json", "so-lieu.json"))
}
