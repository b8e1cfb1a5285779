//! XML of the package as a tree, and its small parts.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use crate::layout::tidy;
use crate::limits::Refused;

/// Nodes of one part.
const MOST_NODES: u32 = 2_000_000;

/// Parses a part; entities of its own are refused.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Refused> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => Refused::TooLarge,
        _ => Refused::Broken,
    })
}

/// The first child element of a name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The elements inside, without comments and text.
pub(super) fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

/// An attribute by its local name, whatever its namespace.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The value (`w:val`) of a child element.
pub(super) fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|child| attribute(child, "val"))
}

/// An on-off property: absent, on, or off.
pub(super) fn flag(node: Node<'_, '_>, name: &str) -> Option<bool> {
    let child = child(node, name)?;
    Some(!matches!(attribute(child, "val"), Some("0" | "false" | "none" | "off")))
}

/// What a relation of the main part leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A part of the package, by its name there.
    Part(String),
    /// An address outside.
    Outside(String),
}

/// The relations of the main part by their ids.
pub(super) fn relations(text: &str) -> Result<BTreeMap<String, Target>, Refused> {
    let mut found = BTreeMap::new();
    if text.is_empty() {
        return Ok(found);
    }
    for relation in elements(parse(text)?.root_element()) {
        let (Some(id), Some(target)) = (attribute(relation, "Id"), attribute(relation, "Target")) else {
            continue;
        };
        let is_outside = attribute(relation, "TargetMode") == Some("External");
        let target = match target.strip_prefix('/') {
            _ if is_outside => Target::Outside(target.to_owned()),
            Some(whole) => Target::Part(whole.to_owned()),
            None => Target::Part(format!("word/{}", target.trim_start_matches("./"))),
        };
        found.insert(id.to_owned(), target);
    }
    Ok(found)
}

/// The words of footnotes by their ids.
pub(super) fn notes(text: &str) -> Result<BTreeMap<String, String>, Refused> {
    let mut found = BTreeMap::new();
    if text.is_empty() {
        return Ok(found);
    }
    for note in elements(parse(text)?.root_element()) {
        let words: Vec<&str> = note
            .descendants()
            .filter(|node| node.tag_name().name() == "t")
            .filter_map(|node| node.text())
            .collect();
        let words = tidy(&words.concat());
        if let Some(id) = attribute(note, "id").filter(|_| !words.is_empty()) {
            found.insert(id.to_owned(), words);
        }
    }
    Ok(found)
}
