//! What the page of an official document shows besides its fields: how it stands, what it does to others and they to
//! it, its whole text, its PDF to look at, and the digital signatures found in its files.

use app::documents::{self, FileSignatures, FileWords};
use app::public::{self, Effect, Named, Reason, Standing, Status};
use app::{ActionError, App};
use domain::id::PublicationId;
use domain::publication::item::Item;
use domain::publication::relation::{Act, Relation};
use domain::publication::{Attachment, Kind, Purpose};
use domain::time::Timestamp;
use web_kit::component::{Badge, Fact, Facts, Tone};
use web_kit::{Language, show};

use crate::link;

/// Signs of a whole text that is shown without being opened first.
const SHORT: usize = 2_500;
/// Bytes of a whole text that a page shows; what is longer is read in the file.
const LONGEST: usize = 150_000;
/// Bytes from which on the text written for the page is the whole text.
const WHOLE_BODY: usize = 4_000;
/// Signs of a line of a PDF from which on the next may go on with it.
const FULL_LINE: usize = 50;

/// What is known of a document beside what stands in its item.
#[derive(Default)]
pub(crate) struct Known {
    standing: Standing,
    words: Vec<FileWords>,
    signatures: Vec<FileSignatures>,
}

/// Looks up what is known of a document, public or as it would be; of other kinds nothing.
pub(crate) fn known(app: &App, id: PublicationId, item: &Item) -> Result<Known, ActionError> {
    if item.kind != Kind::Document.word() {
        return Ok(Known::default());
    }
    Ok(Known {
        standing: public::standing(app, id, item)?,
        words: documents::words_of(app, &item.files)?,
        signatures: documents::signatures_of(app, &item.files)?,
    })
}

/// What the page shows.
pub(crate) struct Paper {
    /// What it does, and what is done to it, act by act.
    pub groups: Vec<Group>,
    /// Its PDF: address, name, size.
    pub viewer: Option<(String, String, String)>,
    /// Its whole text, read from a file.
    pub text: Option<WholeText>,
    /// Signatures, each with the name of its file.
    pub signatures: Vec<(String, Facts)>,
}

/// Relations of one kind.
pub(crate) struct Group {
    /// *Thay thế*, *Bị thay thế bởi*.
    pub label: &'static str,
    /// The other documents.
    pub lines: Vec<Line>,
}

/// Another document.
pub(crate) struct Line {
    /// Type, number and symbol, day.
    pub text: String,
    /// Its page; empty when it is none of ours.
    pub href: String,
    /// Its abstract, or its issuer as written.
    pub about: String,
}

/// The words of a file.
pub(crate) struct WholeText {
    /// The name of the file.
    pub name: String,
    /// Its paragraphs and tables.
    pub blocks: Vec<Block>,
    /// Whether it is shown without being opened.
    pub is_open: bool,
    /// Whether its signs were recognised and may be wrong.
    pub is_recognised: bool,
    /// Whether its end is left out.
    pub is_cut: bool,
}

/// A part of the words of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A table.
    Table(Table),
}

/// A table among the words of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Which one it is, from 1.
    pub number: usize,
    /// The heads of its columns, where each column has one.
    pub heads: Vec<String>,
    /// Its rows, as many cells in each.
    pub rows: Vec<Vec<String>>,
}

/// A state of effect in words.
pub(crate) fn status(t: Language, status: Status) -> &'static str {
    t.text(&format!("document_effect.{}", status.word()))
}

/// A state of effect as a mark.
pub(crate) fn badge(t: Language, of: Status) -> Badge {
    let tone = match of {
        Status::InForce => Tone::Done,
        Status::NotYet => Tone::Info,
        Status::PartlyEnded => Tone::Warning,
        Status::Ended => Tone::Bad,
        Status::Unknown => Tone::Plain,
    };
    Badge::new(tone, status(t, of))
}

impl Known {
    /// How it stands, and since when or why; none for what is no legal normative document.
    pub(crate) fn effect(&self, t: Language) -> Option<Fact> {
        let Effect { status: of, reason } = self.standing.effect.as_ref()?;
        let said = format!("{}. {}", status(t, *of), because(t, reason));
        Some(Fact::new(t.text("document_effect.title"), said))
    }

    /// How it stands.
    pub(crate) fn status(&self) -> Option<Status> {
        self.standing.effect.as_ref().map(|effect| effect.status)
    }

    /// What it does to others, each with its page where it is one of ours.
    pub(crate) fn said(&self) -> &[(Relation, Option<Named>)] {
        &self.standing.relations.said
    }

    /// What others do to it.
    pub(crate) fn suffered(&self) -> &[(Act, Named)] {
        &self.standing.relations.suffered
    }

    /// What the page shows; none of other kinds. `address` gives where a file of it is.
    pub(crate) fn paper(
        &self,
        t: Language,
        item: &Item,
        address: impl Fn(&str, &str) -> String,
    ) -> Option<Paper> {
        if item.kind != Kind::Document.word() {
            return None;
        }
        let is_pdf =
            |file: &&Attachment| file.purpose == Purpose::Attachment && file.media_type == "application/pdf";
        let pdf = item.files.iter().find(is_pdf);
        let signatures = self.signatures.iter().flat_map(|file| {
            file.signatures.iter().map(|signature| (file.name.clone(), signed(t, signature)))
        });
        Some(Paper {
            groups: groups(t, &self.standing),
            viewer: pdf.map(|file| {
                (address(&file.digest, &file.name), named(file).to_owned(), show::size(t, file.size))
            }),
            text: self.whole_text(item),
            signatures: signatures.collect(),
        })
    }

    /// The words of its first file that has any, unless its own text is long enough to be the whole one.
    fn whole_text(&self, item: &Item) -> Option<WholeText> {
        if item.body.len() >= WHOLE_BODY {
            return None;
        }
        let words = self.words.iter().find(|words| !words.text.trim().is_empty())?;
        let file = item.files.iter().find(|file| file.digest == words.digest)?;
        let shown = &words.text[..words.text.floor_char_boundary(LONGEST)];
        Some(WholeText {
            name: named(file).to_owned(),
            blocks: blocks(shown, file.media_type == "application/pdf"),
            is_open: shown.chars().count() <= SHORT,
            is_recognised: words.is_recognised,
            is_cut: shown.len() < words.text.len(),
        })
    }
}

fn named(file: &Attachment) -> &str {
    if file.text.is_empty() { &file.name } else { &file.text }
}

fn because(t: Language, reason: &Reason) -> String {
    let of_day = |key: &str, day| t.fill(key, &[("day", &show::day(t, day))]);
    match reason {
        Reason::Begins(day) => of_day("document_effect_reason.begins", *day),
        Reason::Began(day) => of_day("document_effect_reason.began", *day),
        Reason::NoDay => t.text("document_effect_reason.no_day").to_owned(),
        Reason::Expired(day) => of_day("document_effect_reason.expired", *day),
        Reason::Acted(act, symbol, day) => t.fill(
            "document_effect_reason.acted",
            &[("act", &acted(t, *act)), ("symbol", symbol), ("day", &show::day(t, *day))],
        ),
        Reason::ActedSome(act, symbol) => {
            t.fill("document_effect_reason.acted_some", &[("act", &acted(t, *act)), ("symbol", symbol)])
        }
    }
}

fn acted(t: Language, act: Act) -> &'static str {
    t.text(&format!("document_acted.{}", act.word()))
}

/// What ends or changes a document stands first, what it does next, what it is based on last.
fn groups(t: Language, standing: &Standing) -> Vec<Group> {
    let suffered = Act::ALL.into_iter().map(|act| Group {
        label: acted(t, act),
        lines: standing
            .relations
            .suffered
            .iter()
            .filter(|(of, _)| *of == act)
            .map(|(_, named)| line(t, named))
            .collect(),
    });
    let said = Act::ALL.into_iter().map(|act| Group {
        label: t.text(&format!("document_act.{}", act.word())),
        lines: standing
            .relations
            .said
            .iter()
            .filter(|(relation, _)| relation.act == act)
            .map(|(relation, named)| named.as_ref().map_or_else(|| bare(t, relation), |named| line(t, named)))
            .collect(),
    });
    suffered.chain(said).filter(|group| !group.lines.is_empty()).collect()
}

fn line(t: Language, named: &Named) -> Line {
    let item = &named.item;
    let symbol = item.fields.get("symbol").map_or("", String::as_str);
    let words = [item.section.as_str(), symbol].into_iter().filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join(" ");
    Line {
        text: t.fill("portal.document.named", &[("name", &name), ("day", &show::day(t, item.day))]),
        href: link::path(&item.kind, &item.slug, named.id),
        about: item.title.clone(),
    }
}

fn bare(t: Language, relation: &Relation) -> Line {
    let text = match relation.issued_on {
        Some(day) => {
            t.fill("portal.document.named", &[("name", &relation.symbol), ("day", &show::day(t, day))])
        }
        None => relation.symbol.clone(),
    };
    Line { text, href: String::new(), about: relation.issuer.clone() }
}

/// A signature as readers may know it: who, when, whether the content is as it was; that nothing else was checked.
fn signed(t: Language, signature: &documents::Signature) -> Facts {
    let signer = if signature.signer.is_empty() {
        t.text("document_signature.no_name").to_owned()
    } else {
        [&signature.signer, &signature.organisation]
            .into_iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect::<Vec<_>>()
            .join(" – ")
    };
    let at = signature.claimed_at.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let mut facts = vec![Fact::new(t.text("portal.document.signer"), signer)];
    facts.extend(at.map(|at| Fact::new(t.text("portal.document.signed_at"), show::instant(t, at))));
    let word = signature.integrity.word();
    facts.push(Fact::new(
        t.text("portal.document.content"),
        t.text(&format!("portal.document.integrity_{word}")),
    ));
    let issuer = if signature.issuer.is_empty() {
        t.text("portal.document.not_checked").to_owned()
    } else {
        t.fill("portal.document.not_checked_of", &[("issuer", &signature.issuer)])
    };
    facts.push(Fact::new(t.text("portal.document.certificate"), issuer));
    Facts::new(t, facts)
}

/// The paragraphs and tables of a text: lines that follow each other and have cells parted by tabs are one table.
fn blocks(text: &str, is_pdf: bool) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let mut made = Vec::new();
    let mut tables = 0;
    for part in lines.chunk_by(|one, next| one.contains('\t') == next.contains('\t')) {
        if part.first().is_some_and(|line| line.contains('\t')) {
            tables += 1;
            made.push(Block::Table(table(tables, part)));
        } else {
            made.extend(paragraphs(&part.join("\n"), is_pdf).into_iter().map(Block::Paragraph));
        }
    }
    made
}

/// A table of rows that are not empty. Its first row tells of the columns where each cell of it has words, no number among
/// them, and rows follow.
fn table(number: usize, lines: &[&str]) -> Table {
    let cells = |line: &&str| line.split('\t').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let mut rows: Vec<Vec<String>> = lines.iter().map(cells).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.resize(width, String::new()));
    let is_head = |row: &Vec<String>| row.iter().all(|cell| cell.contains(char::is_alphabetic));
    let heads = if rows.len() > 1 && rows.first().is_some_and(is_head) { rows.remove(0) } else { Vec::new() };
    Table { number, heads, rows }
}

/// The paragraphs of a text that has a line each. In a PDF a line that is full and ends no sentence goes on in the next.
fn paragraphs(text: &str, is_pdf: bool) -> Vec<String> {
    let mut made: Vec<(String, bool)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let goes_on = is_pdf && line.chars().count() >= FULL_LINE && !line.ends_with(['.', ';', ':']);
        let begins = line.starts_with(char::is_lowercase);
        match made.last_mut() {
            Some((last, waits)) if *waits && (begins || !opens(line)) => {
                last.push(' ');
                last.push_str(line);
                *waits = goes_on;
            }
            _ => made.push((line.to_owned(), goes_on)),
        }
    }
    made.into_iter().map(|(paragraph, _)| paragraph).collect()
}

/// Whether a line begins a paragraph by its first sign: a number, a dash, a word all in capitals.
fn opens(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    let is_upper = first.chars().count() > 1 && first.chars().all(char::is_uppercase);
    // `2015;` or `412/TTr-STTTT` goes on with a line that was broken; `1.` and `2.1.` begin one.
    let is_number = first.starts_with(|sign: char| sign.is_ascii_digit()) && first.ends_with('.');
    line.starts_with(['-', '–', '+', '•', '*'])
        || (is_number && line.contains(' '))
        || is_upper
        || ["Điều ", "Chương ", "Mục ", "Căn cứ "].iter().any(|word| line.starts_with(word))
        || first.ends_with(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_follow_each_other_are_one_table_with_as_many_cells_in_each_row() {
        let text = "Phụ lục\nTT\tTên xã\tSố hộ\n1\tLê Hồ\t2.140\n\tCộng\nGhi chú.\n1\t2\n3\t4\n";
        let rows = |lines: &[&[&str]]| -> Vec<Vec<String>> {
            lines.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
        };
        let heads = ["TT", "Tên xã", "Số hộ"].map(str::to_owned).to_vec();
        let first =
            Table { number: 1, heads, rows: rows(&[&["1", "Lê Hồ", "2.140"], &["", "Cộng", ""]]) };
        let second = Table { number: 2, heads: Vec::new(), rows: rows(&[&["1", "2"], &["3", "4"]]) };
        let paragraph = |text: &str| Block::Paragraph(text.to_owned());
        assert_eq!(
            blocks(text, false),
            [paragraph("Phụ lục"), Block::Table(first), paragraph("Ghi chú."), Block::Table(second)]
        );
    }

    #[test]
    fn lines_of_a_pdf_that_go_on_are_one_paragraph_and_those_of_a_word_file_are_whole() {
        let text = "QUYẾT ĐỊNH\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế tổ chức và hoạt động của\n\
                    Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện.\nĐiều 2. Quyết định này có hiệu lực.\n";
        let pdf = paragraphs(text, true);
        assert_eq!(pdf.len(), 3, "{pdf:?}");
        assert!(pdf[1].ends_with("hoạt động của Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện."));
        assert_eq!(paragraphs(text, false).len(), 4);
        let broken =
            "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22 tháng 6 năm\n2015;\n1. Quy định này.";
        assert_eq!(paragraphs(broken, true).len(), 2, "{:?}", paragraphs(broken, true));
    }
}
