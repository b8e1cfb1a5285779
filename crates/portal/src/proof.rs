//! The public proof of a report's figures: where the QR code on paper leads. Counts and digests, no record's content.

use app::App;
use app::reports::{self, Proof};
use askama::Template;
use axum::extract::State;
use web_kit::chrome::Link;
use web_kit::component::{Badge, Banner, Cell, Column, Fact, Facts, Table, Tone};
use web_kit::form::Path;
use web_kit::page::attachment;
use web_kit::{Cache, Language, PageResult, Visitor, page, show};

use crate::frame::{self, Frame};

#[derive(Template)]
#[template(path = "proof.html")]
struct Page {
    frame: Frame,
    facts: Facts,
    figures: Table,
    file: String,
    step_ledger: String,
}

/// Shows it.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> PageResult {
    let t = visitor.language;
    let (frame, proof) = frame::with(&app, &visitor, move |app| reports::proof(app, &code)).await?;
    let mut frame = frame.title(proof.title.clone()).under(Vec::new());
    if let Some(newer) = &proof.newer {
        let banner = Banner::new(Tone::Warning, t.text("portal.proof.newer"));
        frame = frame.banner(banner.link(Link::new(t.text("portal.proof.newer_link"), newer.clone())));
    } else if proof.issued.is_none() {
        frame = frame.banner(Banner::new(Tone::Info, t.text("portal.proof.not_issued")));
    }
    let shown = Page {
        frame,
        facts: facts(t, &proof),
        figures: figures(t, &proof),
        file: format!("/so-lieu/{}/so-lieu.json", proof.code),
        step_ledger: t.fill("portal.proof.step_ledger", &[("sequence", &count(t, proof.ledger_sequence))]),
    };
    page(&shown, Cache::Private)
}

fn count(t: Language, number: i64) -> String {
    t.number(u64::try_from(number).unwrap_or(0))
}

fn facts(t: Language, proof: &Proof) -> Facts {
    let mut facts = vec![
        Fact::new(t.text("portal.proof.office"), proof.office.clone()),
        Fact::new(t.text("portal.proof.period"), proof.period.in_words()),
    ];
    facts.push(match &proof.issued {
        Some((number, day)) => Fact::new(
            t.text("portal.proof.document"),
            t.fill("portal.proof.number_day", &[("number", number), ("day", &show::day(t, *day))]),
        )
        .badge(Badge::new(Tone::Done, t.text("portal.proof.issued"))),
        None => Fact::new(t.text("portal.proof.document"), t.text("portal.proof.none")),
    });
    facts.extend([
        Fact::new(
            t.text("portal.proof.frozen"),
            t.fill(
                "portal.proof.version_at",
                &[("version", &proof.version), ("at", &show::instant(t, proof.frozen_at))],
            ),
        ),
        Fact::new(t.text("portal.proof.digest"), proof.digest.clone()),
        Fact::new(t.text("portal.proof.ledger"), count(t, proof.ledger_sequence)),
        Fact::new(t.text("portal.proof.ledger_hash"), proof.ledger_hash.clone()),
    ]);
    Facts::new(t, facts)
}

fn figures(t: Language, proof: &Proof) -> Table {
    let columns = vec![
        Column::new(t.text("portal.proof.figure")).wide(),
        Column::new(t.text("portal.proof.value")).numeric(),
        Column::new(t.text("portal.proof.counted")).numeric(),
        Column::new(t.text("portal.proof.left_out")).numeric(),
    ];
    let rows = proof.figures.iter().map(|figure| {
        // A share has its unit in it, and words ("chưa có dữ liệu") count nothing.
        let is_count = figure.value.chars().all(|sign| sign.is_ascii_digit() || ".,".contains(sign));
        let unit = if is_count { figure.unit.as_str() } else { "" };
        vec![
            Cell::new(figure.title.clone()).note(figure.definition.clone()),
            Cell::new(figure.value.clone()).note(unit),
            Cell::new(t.number(figure.counted as u64)),
            Cell::new(t.number(figure.left_out as u64)),
        ]
    });
    Table::new(t, "figures", t.text("portal.proof.figures"), columns)
        .rows(rows.collect())
        .caption_hidden()
        .cards()
}

/// The frozen set itself, for whoever wants to check: figures, ids of records and digests; no content of any record.
pub async fn json(State(app): State<App>, Path(code): Path<String>) -> PageResult {
    let set = app.run(move |app| reports::proof_json(app, &code)).await.map_err(frame::fault)?;
    Ok(attachment(set, "application/json", "so-lieu.json"))
}
