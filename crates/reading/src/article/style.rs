//! Styles: what role a paragraph of a style has, by the names Word gives in every language.

use std::collections::BTreeMap;

use super::xml::{attribute, child, elements, flag, parse, value};
use crate::limits::Refused;

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    /// Running text.
    #[default]
    Plain,
    /// The title of the document.
    Title,
    /// A heading, level from 1.
    Heading(u8),
    /// Words under a picture or table.
    Caption,
    /// Words of another.
    Quote,
}

/// What a style gives its paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The role.
    pub(super) role: Role,
    /// Numbering and level.
    pub(super) list: Option<(String, usize)>,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) centred: bool,
    based_on: Option<String>,
}

/// All styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    pub(super) fn read(text: &str) -> Result<Styles, Refused> {
        let mut all = BTreeMap::new();
        if text.is_empty() {
            return Ok(Styles(all));
        }
        for style in elements(parse(text)?.root_element()).filter(|node| node.tag_name().name() == "style") {
            let Some(id) = attribute(style, "styleId") else { continue };
            let paragraph = child(style, "pPr");
            let run = child(style, "rPr");
            let level = paragraph.and_then(|p| value(p, "outlineLvl")).and_then(|l| l.parse::<u8>().ok());
            let role = match (role_of(value(style, "name").unwrap_or(id)), level) {
                (Role::Plain, Some(level)) if level < 9 => Role::Heading(level + 1),
                (role, _) => role,
            };
            let made = Style {
                role,
                list: paragraph.and_then(|p| child(p, "numPr")).and_then(list_of),
                bold: run.and_then(|run| flag(run, "b")).unwrap_or(false),
                italic: run.and_then(|run| flag(run, "i")).unwrap_or(false),
                centred: paragraph.and_then(|p| value(p, "jc")) == Some("center"),
                based_on: value(style, "basedOn").map(str::to_owned),
            };
            all.insert(id.to_owned(), made);
        }
        Ok(Styles(all))
    }

    /// The style of an id with what it has of those it is based on; a name of Word itself when it is not described.
    pub(super) fn find(&self, id: &str) -> Style {
        let Some(mut style) = self.0.get(id).cloned() else {
            return Style { role: role_of(id), ..Style::default() };
        };
        let mut next = style.based_on.clone();
        // A chain of styles may be a ring in a broken file.
        for _ in 0..10 {
            let Some(below) = next.as_ref().and_then(|id| self.0.get(id)) else { break };
            if style.role == Role::Plain && below.role != Role::Plain {
                style.role = below.role;
            }
            style.list = style.list.or_else(|| below.list.clone());
            style.bold |= below.bold;
            style.italic |= below.italic;
            style.centred |= below.centred;
            next.clone_from(&below.based_on);
        }
        style
    }
}

/// Numbering and level of a `numPr`.
pub(super) fn list_of(node: roxmltree::Node<'_, '_>) -> Option<(String, usize)> {
    let level = value(node, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((value(node, "numId")?.to_owned(), level))
}

fn role_of(name: &str) -> Role {
    let name: String = name.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(level) = name.strip_prefix("heading").or_else(|| name.strip_prefix("đầuđề")) {
        return level.parse().map_or(Role::Plain, |level: u8| Role::Heading(level.clamp(1, 9)));
    }
    match name.as_str() {
        "title" | "tiêuđề" => Role::Title,
        "caption" | "chúthích" => Role::Caption,
        "quote" | "intensequote" | "tríchdẫn" => Role::Quote,
        _ => Role::Plain,
    }
}
