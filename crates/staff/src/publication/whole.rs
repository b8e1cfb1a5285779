//! Everything that an approval is bound to, as whoever approves is shown it (checklist WF-03): what stands in the digest
//! of a text stands here.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::publication::{Attachment, Content, Kind, Purpose};
use domain::register::Register;
use web_kit::component::{Fact, Facts, Prose};
use web_kit::{Language, show};

use super::hidden::Notes;
use super::kind_name;
use crate::show_day;

/// A file with where to see it.
struct FileLine {
    file: Attachment,
    href: String,
    what: String,
    notes: Vec<String>,
    is_picture: bool,
    is_sound: bool,
}

/// A whole text, with its files and its digest.
#[derive(Template)]
#[template(path = "publication/whole.html")]
pub(super) struct Whole {
    t: Language,
    title: String,
    summary: String,
    body: Prose,
    facts: Facts,
    files: Vec<FileLine>,
}

impl HtmlSafe for Whole {}

impl Whole {
    /// A content; its files are read from below `files`, `notes` tell what is hidden in each.
    pub(super) fn new(t: Language, kind: Kind, content: &Content, files: &str, notes: &Notes) -> Whole {
        let file = |file: &Attachment| FileLine {
            href: format!("{files}/{}", file.digest),
            what: format!(
                "{}, {}, {}",
                t.text(&format!("publication_file.purpose.{}", purpose(file))),
                file.media_type,
                show::size(t, file.size)
            ),
            notes: notes.get(&file.digest).cloned().unwrap_or_default(),
            is_picture: file.purpose == Purpose::Picture,
            is_sound: file.purpose == Purpose::Sound,
            file: file.clone(),
        };
        Whole {
            t,
            title: content.title.clone(),
            summary: content.summary.clone(),
            body: Prose::new(&content.body).pictures_at(files),
            facts: facts(t, kind, content),
            files: content.files.iter().map(file).collect(),
        }
    }
}

fn purpose(file: &Attachment) -> &'static str {
    match file.purpose {
        Purpose::Attachment => "attachment",
        Purpose::Picture => "picture",
        Purpose::Sound => "sound",
    }
}

fn section_name(t: Language, kind: Kind) -> &'static str {
    let is_document = kind == Kind::Document;
    t.text(if is_document { "publication_field.type_name" } else { "publication_field.section" })
}

/// Kind, section, every field of its register, last day, digest.
fn facts(t: Language, kind: Kind, content: &Content) -> Facts {
    let mut facts = vec![
        Fact::new(t.text("publication_list.kind"), kind_name(t, kind)),
        Fact::new(section_name(t, kind), content.section.clone()),
    ];
    facts.extend(own_facts(t, kind, content));
    let last_day =
        content.last_day.map_or_else(|| t.text("publication_page.no_end").to_owned(), show_day::day);
    facts.push(Fact::new(t.text("publication_field.last_day"), last_day));
    facts.push(Fact::new(t.text("publication_page.digest"), content.digest()));
    Facts::new(t, facts)
}

/// The fields of its register, and what it does to other documents.
pub(super) fn own_facts(t: Language, kind: Kind, content: &Content) -> Vec<Fact> {
    let register = kind.spec().register.map_or("", Register::word);
    let fact = |(key, value): (&String, &String)| {
        let value = value.parse().map_or_else(|_| value.clone(), show_day::day);
        Fact::new(t.field(register, key), value)
    };
    content.fields.iter().map(fact).chain(super::relations::facts(t, content)).collect()
}

/// A whole text as lines, to be compared with another.
pub(super) fn lines(t: Language, kind: Kind, content: &Content) -> String {
    let mut lines = vec![content.title.clone(), content.summary.clone()];
    let mut facts = vec![(section_name(t, kind).to_owned(), content.section.clone())];
    facts.extend(own_facts(t, kind, content).into_iter().map(|fact| (fact.term, fact.value)));
    let last_day = content.last_day.map(show_day::day).unwrap_or_default();
    facts.push((t.text("publication_field.last_day").to_owned(), last_day));
    lines.extend(
        facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(term, value)| format!("{term}: {value}")),
    );
    lines.push(rich_text::to_lines(&content.body));
    lines.extend(content.files.iter().map(|file| {
        // The beginning of the digest tells a file from another of the same name.
        let mark = file.digest.get(..12).unwrap_or(&file.digest);
        format!("{}: {} ({mark})", file.name, file.text)
    }));
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}
