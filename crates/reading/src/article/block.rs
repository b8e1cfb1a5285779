//! The body as blocks: paragraphs and tables with what stands in them.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::inline::{Look, Piece, followed};
use super::numbering::{Counters, Mark, Numbering};
use super::style::{Role, Style, Styles, list_of};
use super::table::{self, Table};
use super::xml::{Target, attribute, child, elements, flag, value};
use super::{LeftOut, Picture};
use crate::limits::{Limits, Refused};
use crate::package::Package;

/// What the parts beside the main one say.
pub(super) struct Around {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) links: BTreeMap<String, Target>,
    pub(super) notes: BTreeMap<String, String>,
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) role: Role,
    pub(super) mark: Option<(Mark, usize)>,
    pub(super) pieces: Vec<Piece>,
    pub(super) centred: bool,
    /// Whether every letter is bold.
    pub(super) bold: bool,
    /// Whether every letter is italic.
    pub(super) italic: bool,
}

/// A block.
#[derive(Debug)]
pub(super) enum Block {
    Text(Paragraph),
    Table(Table),
}

/// What was found beside the blocks.
pub(super) struct Found {
    pub(super) pictures: Vec<Picture>,
    pub(super) left_out: Vec<LeftOut>,
    /// Footnotes in the order of their marks.
    pub(super) notes: Vec<String>,
}

/// A field of Word under way: what it does, and whether its result has begun.
struct FieldUnderWay {
    instruction: String,
    shows: bool,
}

pub(super) struct Reading<'r, 'p, 'b> {
    around: &'r Around,
    package: &'p mut Package<'b>,
    limits: Limits,
    counters: Counters,
    fields: Vec<FieldUnderWay>,
    found: Found,
    left_out: BTreeSet<LeftOut>,
    blocks: usize,
}

/// What holds for the runs of a paragraph.
struct Line {
    pieces: Vec<Piece>,
    /// Blocks of text boxes that hang on the paragraph.
    hanging: Vec<Block>,
    base: Look,
    link: Option<String>,
}

impl<'r, 'p, 'b> Reading<'r, 'p, 'b> {
    pub(super) fn new(around: &'r Around, package: &'p mut Package<'b>, limits: &Limits) -> Self {
        Reading {
            around,
            package,
            limits: *limits,
            counters: Counters::default(),
            fields: Vec::new(),
            found: Found { pictures: Vec::new(), left_out: Vec::new(), notes: Vec::new() },
            left_out: BTreeSet::new(),
            blocks: 0,
        }
    }

    pub(super) fn document(&mut self, root: Node<'_, '_>) -> Result<Vec<Block>, Refused> {
        let body = child(root, "body").ok_or(Refused::NotKnown)?;
        self.blocks(body)
    }

    pub(super) fn finish(mut self) -> Found {
        self.found.left_out = self.left_out.into_iter().collect();
        self.found
    }

    /// The blocks inside an element.
    pub(super) fn blocks(&mut self, node: Node<'_, '_>) -> Result<Vec<Block>, Refused> {
        let mut made = Vec::new();
        for node in elements(node) {
            self.blocks += 1;
            if self.blocks > self.limits.lines {
                return Err(Refused::TooLarge);
            }
            match node.tag_name().name() {
                "p" => self.paragraph(node, &mut made)?,
                "tbl" => {
                    let table = table::read(self, node)?;
                    made.extend(table);
                }
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo" => {
                    made.extend(self.blocks(node)?);
                }
                "AlternateContent" => {
                    if let Some(choice) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
                        made.extend(self.blocks(choice)?);
                    }
                }
                "del" | "moveFrom" => {
                    self.left_out.insert(LeftOut::TrackedChanges);
                }
                _ => {}
            }
        }
        Ok(made)
    }

    fn paragraph(&mut self, node: Node<'_, '_>, made: &mut Vec<Block>) -> Result<(), Refused> {
        let own = child(node, "pPr");
        let style = own
            .and_then(|own| value(own, "pStyle"))
            .map_or_else(Style::default, |id| self.around.styles.find(id));
        let level = own.and_then(|own| value(own, "outlineLvl")).and_then(|level| level.parse::<u8>().ok());
        let role = match (style.role, level) {
            (Role::Plain, Some(level)) if level < 9 => Role::Heading(level + 1),
            (role, _) => role,
        };
        let base = Look { bold: style.bold, italic: style.italic, ..Look::default() };
        let mut line = Line { pieces: Vec::new(), hanging: Vec::new(), base, link: None };
        self.runs(node, &mut line)?;
        let list = own.and_then(|own| child(own, "numPr")).map_or(style.list, list_of);
        let has_words = line.pieces.iter().any(|piece| !matches!(piece, Piece::Break));
        let around = self.around;
        let mark = list
            .filter(|_| has_words)
            .and_then(|(id, level)| Some((around.numbering.next(&mut self.counters, &id, level)?, level)));
        let words = || {
            line.pieces.iter().filter_map(|piece| match piece {
                Piece::Words { text, look, .. } if text.chars().any(char::is_alphanumeric) => Some(look),
                _ => None,
            })
        };
        let paragraph = Paragraph {
            role,
            mark,
            centred: own.and_then(|own| value(own, "jc")).map_or(style.centred, |jc| jc == "center"),
            bold: words().count() > 0 && words().all(|look| look.bold),
            italic: words().count() > 0 && words().all(|look| look.italic),
            pieces: line.pieces,
        };
        if has_words {
            made.push(Block::Text(paragraph));
        }
        made.append(&mut line.hanging);
        Ok(())
    }

    /// The runs inside a paragraph, a link, or anything else that holds runs.
    fn runs(&mut self, node: Node<'_, '_>, line: &mut Line) -> Result<(), Refused> {
        for node in elements(node) {
            match node.tag_name().name() {
                "r" => self.run(node, line)?,
                "hyperlink" => {
                    let target = attribute(node, "id").and_then(|id| self.around.links.get(id));
                    let link = match target {
                        Some(Target::Outside(address)) => followed(address),
                        _ => None,
                    };
                    let before = std::mem::replace(&mut line.link, link);
                    self.runs(node, line)?;
                    line.link = before;
                }
                "fldSimple" => {
                    let before = line.link.clone();
                    line.link = link_of(attribute(node, "instr").unwrap_or_default()).or(before.clone());
                    self.runs(node, line)?;
                    line.link = before;
                }
                "ins" | "moveTo" => {
                    self.left_out.insert(LeftOut::TrackedChanges);
                    self.runs(node, line)?;
                }
                "del" | "moveFrom" => {
                    self.left_out.insert(LeftOut::TrackedChanges);
                }
                "commentRangeStart" => {
                    self.left_out.insert(LeftOut::Comments);
                }
                "smartTag" | "sdt" | "sdtContent" | "customXml" | "dir" | "bdo" => self.runs(node, line)?,
                // Formulas: their letters and signs, in order.
                "oMath" | "oMathPara" => {
                    for text in node.descendants().filter(|node| node.tag_name().name() == "t") {
                        self.words(line, text.text().unwrap_or_default(), Look { italic: true, ..line.base });
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn run(&mut self, node: Node<'_, '_>, line: &mut Line) -> Result<(), Refused> {
        let own = child(node, "rPr");
        let on = |name: &str, base: bool| own.and_then(|own| flag(own, name)).unwrap_or(base);
        if on("vanish", false) {
            self.left_out.insert(LeftOut::HiddenText);
            return Ok(());
        }
        let raised = own.and_then(|own| value(own, "vertAlign"));
        let look = Look {
            bold: on("b", line.base.bold),
            italic: on("i", line.base.italic),
            struck: on("strike", false),
            above: raised == Some("superscript"),
            below: raised == Some("subscript"),
        };
        self.content(node, line, look)
    }

    fn content(&mut self, node: Node<'_, '_>, line: &mut Line, look: Look) -> Result<(), Refused> {
        for node in elements(node) {
            match node.tag_name().name() {
                "t" => self.words(line, node.text().unwrap_or_default(), look),
                "tab" => self.words(line, " ", look),
                "noBreakHyphen" => self.words(line, "-", look),
                "br" | "cr"
                    if !matches!(attribute(node, "type"), Some("page" | "column")) && self.shows() =>
                {
                    line.pieces.push(Piece::Break);
                }
                "fldChar" => self.field(attribute(node, "fldCharType").unwrap_or_default()),
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
                        field.instruction.push_str(node.text().unwrap_or_default());
                    }
                }
                "footnoteReference" => {
                    if let Some(words) = attribute(node, "id").and_then(|id| self.around.notes.get(id)) {
                        self.found.notes.push(words.clone());
                        line.pieces.push(Piece::Note(self.found.notes.len()));
                    }
                }
                "commentReference" => {
                    self.left_out.insert(LeftOut::Comments);
                }
                "drawing" | "pict" => self.drawing(node, line)?,
                "object" => {
                    self.left_out.insert(LeftOut::Objects);
                }
                "AlternateContent" => {
                    if let Some(choice) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
                        self.content(choice, line, look)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn shows(&self) -> bool {
        self.fields.iter().all(|field| field.shows)
    }

    fn words(&mut self, line: &mut Line, text: &str, look: Look) {
        if text.is_empty() || !self.shows() {
            return;
        }
        let by_field = self.fields.iter().rev().find_map(|field| link_of(&field.instruction));
        let link = line.link.clone().or(by_field);
        line.pieces.push(Piece::Words { text: text.to_owned(), look, link });
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" if self.fields.len() < 20 => {
                self.fields.push(FieldUnderWay { instruction: String::new(), shows: false });
            }
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                }
            }
            "end" => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// A drawing: its pictures, the words of its text boxes; anything else is left out.
    fn drawing(&mut self, node: Node<'_, '_>, line: &mut Line) -> Result<(), Refused> {
        let told = node
            .descendants()
            .find(|node| matches!(node.tag_name().name(), "docPr" | "shape"))
            .and_then(|node| {
                ["descr", "alt", "title"]
                    .iter()
                    .find_map(|name| attribute(node, name).filter(|t| !t.is_empty()))
            })
            .unwrap_or_default();
        let mut seen = false;
        for node in node.descendants() {
            match node.tag_name().name() {
                "blip" | "imagedata" => {
                    seen = true;
                    let id = ["embed", "id"].iter().find_map(|name| attribute(node, name));
                    self.picture(id, told, line)?;
                }
                "txbxContent" => {
                    seen = true;
                    let is_outer =
                        node.ancestors().skip(1).all(|node| node.tag_name().name() != "txbxContent");
                    if is_outer {
                        let blocks = self.blocks(node)?;
                        line.hanging.extend(blocks);
                    }
                }
                _ => {}
            }
        }
        if !seen {
            self.left_out.insert(LeftOut::Objects);
        }
        Ok(())
    }

    fn picture(&mut self, id: Option<&str>, told: &str, line: &mut Line) -> Result<(), Refused> {
        let Some(Target::Part(name)) = id.and_then(|id| self.around.links.get(id)) else {
            self.left_out.insert(LeftOut::Pictures);
            return Ok(());
        };
        if self.found.pictures.len() >= self.limits.pictures {
            self.left_out.insert(LeftOut::TooManyPictures);
            return Ok(());
        }
        let bytes = self.package.part(name)?.unwrap_or_default();
        let is_shown = bytes.starts_with(b"\xFF\xD8\xFF")
            || bytes.starts_with(b"\x89PNG\r\n\x1A\n")
            || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"));
        if !is_shown {
            self.left_out.insert(LeftOut::Pictures);
            return Ok(());
        }
        let number = self.found.pictures.len();
        line.pieces.push(Piece::Picture(number));
        self.found.pictures.push(Picture {
            place: format!("/tep/word-{}", number + 1),
            name: name.rsplit('/').next().unwrap_or(name).to_owned(),
            alt: crate::layout::tidy(told),
            bytes,
        });
        Ok(())
    }
}

/// The address of a `HYPERLINK` field.
fn link_of(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim_start();
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next(),
    };
    followed(address?)
}
