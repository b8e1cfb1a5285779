//! Templates of reports as dated data (`data/report/*.toml`): which parts, which sentence by which rule, which texts a
//! person may write.

use std::str::FromStr;

use domain::law::Confidence;
use domain::time::Day;
use serde::Deserialize;

use crate::document::{Column, Pattern};

/// A template of a report.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// `press-speech-yearly`.
    pub id: String,
    /// Counts changes of the wording.
    pub version: u32,
    /// What people choose it by.
    pub title: String,
    /// First day of a report it may be used for.
    pub valid_from: Day,
    /// Last day; open when absent.
    #[serde(default)]
    pub valid_to: Option<Day>,
    /// Whom it binds, in Vietnamese.
    pub who: String,
    /// *Căn cứ pháp lý*.
    pub basis: String,
    /// Where it was read.
    pub source: String,
    /// How sure the form is.
    pub confidence: Confidence,
    /// Doubt in words, shown where the template is chosen.
    #[serde(default)]
    pub doubt: String,
    /// *Tên loại*.
    pub type_name: String,
    /// *Ký hiệu* of the type: `BC`.
    pub type_code: String,
    /// *Trích yếu*, with placeholders.
    pub summary: String,
    /// Legal bases, with placeholders and conditions.
    #[serde(default)]
    pub bases: Vec<Sentence>,
    /// Numbering of headings.
    pub pattern: Pattern,
    /// What it consists of.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
}

/// A sentence that stands when its rule holds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// The rule; always when absent.
    #[serde(default)]
    pub when: Option<String>,
    /// The wording, with placeholders.
    pub text: String,
}

/// A part: a heading, if it has one, and its blocks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The heading, without number; none for opening and closing lines.
    #[serde(default)]
    pub heading: Option<String>,
    /// 1 for the highest.
    #[serde(default = "first_level")]
    pub level: u8,
    /// Its blocks.
    #[serde(rename = "block", default)]
    pub blocks: Vec<TemplateBlock>,
}

fn first_level() -> u8 {
    1
}

/// What a block is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// With first-line indent.
    Paragraph,
    /// With a dash.
    Dash,
    /// A table of figures.
    Table,
}

/// A block of a template.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateBlock {
    /// How it is drawn.
    pub kind: BlockKind,
    /// The slot a person may write; the sentences below are what is suggested.
    #[serde(default)]
    pub slot: Option<String>,
    /// What the slot is for, shown above its text box.
    #[serde(default)]
    pub label: String,
    /// Sentences in order; each stands when its rule holds, joined by a space.
    #[serde(rename = "sentence", default)]
    pub sentences: Vec<Sentence>,
    /// Only of a table.
    #[serde(default)]
    pub caption: String,
    /// Only of a table.
    #[serde(default)]
    pub columns: Vec<Column>,
    /// Only of a table: cells with placeholders.
    #[serde(default)]
    pub rows: Vec<Vec<String>>,
}

/// A text that is not a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a report template: {0}")]
pub struct BadTemplate(pub String);

/// The templates that are shipped, in order of validity.
const SHIPPED: &[&str] = &[
    include_str!("../../../data/report/press-speech-five-parts.toml"),
    include_str!("../../../data/report/nd-244-2026.toml"),
];

impl FromStr for Template {
    type Err = BadTemplate;

    fn from_str(toml: &str) -> Result<Template, BadTemplate> {
        let template: Template = toml::from_str(toml).map_err(|fault| BadTemplate(fault.to_string()))?;
        template.check()?;
        Ok(template)
    }
}

impl Template {
    /// The templates that are shipped.
    ///
    /// # Errors
    /// Never for the files in this repository, which a test reads.
    pub fn shipped() -> Result<Vec<Template>, BadTemplate> {
        SHIPPED.iter().map(|toml| toml.parse()).collect()
    }

    /// The same as they are written: what a new installation starts with, and an own template is begun from.
    pub fn shipped_texts() -> &'static [&'static str] {
        SHIPPED
    }

    /// The shipped template of that id.
    ///
    /// # Errors
    /// When there is none.
    pub fn shipped_by_id(id: &str) -> Result<Template, BadTemplate> {
        Template::shipped()?
            .into_iter()
            .find(|template| template.id == id)
            .ok_or_else(|| BadTemplate(format!("no template {id:?} is known")))
    }

    /// Whether it is the form of a report made on that day.
    pub fn valid_on(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// The keys of the slots, in order.
    pub fn slots(&self) -> Vec<(&str, &str)> {
        self.parts
            .iter()
            .flat_map(|part| &part.blocks)
            .filter_map(|block| block.slot.as_deref().map(|slot| (slot, block.label.as_str())))
            .collect()
    }

    /// The ids of figures that the wording and the rules name, sorted.
    pub fn figure_ids(&self) -> Vec<String> {
        let blocks = self.parts.iter().flat_map(|part| &part.blocks);
        let sentences = blocks.clone().flat_map(|block| &block.sentences).chain(&self.bases);
        let wordings = sentences
            .flat_map(|sentence| [Some(&sentence.text), sentence.when.as_ref()])
            .flatten()
            .chain(blocks.flat_map(|block| block.rows.iter().flatten()));
        let mut ids: Vec<String> = wordings
            .flat_map(|wording| wording.split("('").skip(1))
            .filter_map(|after| after.split_once("')"))
            .map(|(id, _)| id.to_owned())
            .filter(|id| id != "request" && id != "regulation")
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn check(&self) -> Result<(), BadTemplate> {
        if self.valid_to.is_some_and(|last| last < self.valid_from) {
            return Err(BadTemplate(format!("{}: valid_to lies before valid_from", self.id)));
        }
        let mut seen = std::collections::BTreeSet::new();
        for (slot, _) in self.slots() {
            if !seen.insert(slot) {
                return Err(BadTemplate(format!("{}: the slot {slot:?} is there twice", self.id)));
            }
        }
        for block in self.parts.iter().flat_map(|part| &part.blocks) {
            let width = block.columns.len();
            if block.kind == BlockKind::Table
                && (width == 0 || block.rows.iter().any(|row| row.len() != width))
            {
                return Err(BadTemplate(format!(
                    "{}: a row of the table {:?} has not {width} cells",
                    self.id, block.caption
                )));
            }
        }
        Ok(())
    }
}

/// The template of `templates` that is valid on the day; the latest begun when there are several.
pub fn pick(templates: &[Template], day: Day) -> Option<&Template> {
    templates.iter().filter(|template| template.valid_on(day)).max_by_key(|template| template.valid_from)
}
