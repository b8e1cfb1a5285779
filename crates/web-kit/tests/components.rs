//! Components and templates with hostile and with empty values.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

use std::collections::BTreeSet;
use std::path::Path;

use web_kit::Language;
use web_kit::chrome::{Icon, Link};
use web_kit::component::{
    Badge, Banner, Cell, Choice, Column, Difference, Empty, ErrorSummary, Event, Fact, Facts, Field, Kind,
    Pager, Table, Tile, Timeline, Tone,
};
use web_kit::form::{FieldError, FormState};

const HOSTILE: &str = "\"><script>alert('x')</script>";

fn every_kind(form: &FormState) -> Vec<Field> {
    let choices = || vec![Choice::new(HOSTILE, HOSTILE), Choice::new("b", "B")];
    let kinds = [
        Kind::Line("text"),
        Kind::Text(3),
        Kind::Day,
        Kind::Number,
        Kind::Password,
        Kind::Select(choices()),
        Kind::Radios(choices()),
        Kind::Check,
        Kind::File(".xlsx"),
    ];
    let fields = kinds.into_iter().enumerate().map(|(index, kind)| {
        Field::new(form, Language::Vi, &format!("f{index}"), HOSTILE, kind).required().help(HOSTILE)
    });
    fields.collect()
}

fn hostile_form() -> FormState {
    let names: Vec<String> = (0..9).map(|index| format!("f{index}")).collect();
    let mut form = FormState::of(names.iter().map(|name| (name.as_str(), HOSTILE.to_owned())));
    for name in &names {
        form.refuse(FieldError::new(name, "form.too_long").with("max", HOSTILE));
    }
    form
}

#[test]
fn sec_out_01_every_component_shows_hostile_text_as_text() {
    let t = Language::Vi;
    let form = hostile_form();
    let fields = every_kind(&form);
    let link = || Link::new(HOSTILE, HOSTILE);
    let badge = || Badge::new(Tone::Bad, HOSTILE);
    let cell = || Cell::link(HOSTILE, HOSTILE).note(HOSTILE).with_badge(badge());
    let event = Event {
        when: HOSTILE.into(),
        datetime: HOSTILE.into(),
        title: HOSTILE.into(),
        detail: HOSTILE.into(),
        tone: Tone::Info,
    };
    let mut drawn: Vec<String> = fields.iter().map(ToString::to_string).collect();
    drawn.extend([
        ErrorSummary::new(&form, t, &fields).to_string(),
        Banner::new(Tone::Bad, HOSTILE).title(HOSTILE).link(link()).to_string(),
        badge().to_string(),
        Tile::new(HOSTILE, HOSTILE, HOSTILE).note(HOSTILE).href(HOSTILE).badge(badge()).to_string(),
        Empty::new(HOSTILE, HOSTILE).action(link()).to_string(),
        Facts::new(t, vec![Fact::new(HOSTILE, HOSTILE).href(HOSTILE).badge(badge())]).to_string(),
        Timeline::new(vec![event]).to_string(),
        Difference::new(t, "", HOSTILE).to_string(),
        Pager::new(t, (2, 10, 100), |_| HOSTILE.to_owned()).to_string(),
        Table::new(t, "x", HOSTILE, vec![Column::new(HOSTILE)])
            .rows(vec![vec![cell()]])
            .foot(vec![cell()])
            .to_string(),
    ]);
    for html in drawn {
        assert!(html.contains("script"), "{html}");
        assert!(!html.contains("<script") && !html.contains("('x')"), "{html}");
    }
}

#[test]
fn a_field_ties_label_help_and_error_to_its_control_and_never_shows_a_password() {
    let mut form =
        FormState::of([("received_on", "31/02/2020".to_owned()), ("password", "hidden one".to_owned())]);
    form.refuse(FieldError::new("received_on", "form.not_a_day"));
    let day = Field::new(&form, Language::En, "received_on", "Date received", Kind::Day).help("As on paper.");
    let html = day.to_string();
    assert!(html.contains("<label for=\"f-received-on\">"), "{html}");
    assert!(html.contains("aria-describedby=\"f-received-on-help f-received-on-error\""), "{html}");
    assert!(html.contains("id=\"f-received-on-error\"") && html.contains("aria-invalid=\"true\""), "{html}");
    let summary = ErrorSummary::new(&form, Language::En, &[day]).to_string();
    assert!(summary.contains("href=\"#f-received-on\">Date received: Not a date."), "{summary}");
    let password = Field::new(&form, Language::En, "password", "Password", Kind::Password).to_string();
    assert!(!password.contains("hidden one"), "{password}");
    assert_eq!(ErrorSummary::new(&FormState::new(), Language::En, &[]).to_string().trim(), "");
}

#[test]
fn a_pager_shows_the_ends_the_neighbours_and_the_range() {
    let pager = |page, total| {
        Pager::new(Language::Vi, (page, 50, total), |page| format!("/?trang={page}")).to_string()
    };
    let middle = pager(7, 1_634);
    assert!(middle.contains("Dòng 301–350 trong 1.634"), "{middle}");
    for link in ["/?trang=1\"", "/?trang=6\"", "/?trang=8\"", "/?trang=33\""] {
        assert!(middle.contains(link), "{link}");
    }
    assert!(!middle.contains("/?trang=7\"") && !middle.contains("/?trang=5\""));
    assert!(pager(99, 1_634).contains("Dòng 1.601–1.634"));
    assert!(!pager(1, 0).contains("href"));
}

#[test]
fn every_icon_has_its_drawing() {
    let sheet =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/icons.svg")).unwrap();
    for name in Icon::NAMES {
        assert!(sheet.contains(&format!("<symbol id=\"{name}\"")), "{name}");
    }
}

fn texts(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, found);
        } else {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn sec_out_03_no_template_of_any_crate_has_inline_script_style_or_unescaped_output() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = Vec::new();
    for name in ["web-kit", "staff", "portal"] {
        let folder = crates.join(name).join("templates");
        if folder.is_dir() {
            texts(&folder, &mut all);
        }
    }
    let mut wrong = BTreeSet::new();
    for (file, text) in &all {
        for part in [
            "|safe",
            "| safe",
            "style=\"",
            "<style",
            "javascript:",
            " onclick=",
            " onload=",
            "http://",
            "https://",
        ] {
            if text.contains(part) {
                wrong.insert(format!("{file}: {part}"));
            }
        }
        let ours = ["<script src=\"{{ chrome.asset(", "<script src=\"{{ frame.chrome.asset("];
        if ours.iter().fold(text.clone(), |text, ours| text.replace(ours, "")).contains("<script") {
            wrong.insert(format!("{file}: a script that is not a file of ours"));
        }
    }
    assert!(all.len() > 15 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_asset_named_in_a_template_exists() {
    let mut all = Vec::new();
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut all);
    for (file, text) in all {
        for part in text.split("chrome.asset(\"").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(!web_kit::asset::href(name).contains("/-/"), "{file}: {name}");
        }
    }
}
