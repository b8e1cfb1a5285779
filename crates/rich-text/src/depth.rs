//! How deep elements stand in each other, as the parser itself finds it: end tags in attributes, comments or texts,
//! and end tags of what was never opened, close nothing. The cost of parsing grows with the depth, so this stops early.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, ParseOpts, QualName, local_name, ns};
use html5ever::{parse_fragment, tree_builder::ElemName};

/// Bytes between two looks at the depth.
const PIECE: usize = 1 << 10;

#[derive(Debug)]
struct Node {
    name: QualName,
    depth: Cell<usize>,
}

#[derive(Debug)]
struct Name<'a>(ExpandedName<'a>);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        self.0.local
    }
}

/// Keeps no tree, only how deep each element was put.
struct Depth {
    document: Rc<Node>,
    deepest: Rc<Cell<usize>>,
}

fn node(name: QualName) -> Rc<Node> {
    Rc::new(Node { name, depth: Cell::new(0) })
}

fn no_name() -> QualName {
    QualName::new(None, ns!(), local_name!(""))
}

impl Depth {
    fn put(&self, child: NodeOrText<Rc<Node>>, depth: usize) {
        if let NodeOrText::AppendNode(child) = child {
            child.depth.set(depth);
            self.deepest.set(self.deepest.get().max(depth));
        }
    }
}

impl TreeSink for Depth {
    type Handle = Rc<Node>;
    type Output = ();
    type ElemName<'a> = Name<'a>;

    fn finish(self) {}
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> Name<'a> {
        Name(target.name.expanded())
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        node(name)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        node(no_name())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        node(no_name())
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(child, parent.depth.get() + 1);
    }

    fn append_based_on_parent_node(&self, element: &Rc<Node>, above: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        let depth = element.depth.get();
        self.put(child, if depth > 0 { depth } else { above.depth.get() + 1 });
    }

    fn append_before_sibling(&self, sibling: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(child, sibling.depth.get());
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &Rc<Node>) {}
    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {}
}

/// Whether elements stand deeper in each other than `most`.
pub(crate) fn exceeds(html: &str, most: usize) -> bool {
    let deepest = Rc::new(Cell::new(0));
    let sink = Depth { document: node(no_name()), deepest: Rc::clone(&deepest) };
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser = parse_fragment(sink, ParseOpts::default(), context, vec![], false);
    let mut rest = html;
    while !rest.is_empty() && deepest.get() <= most {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
    }
    deepest.get() > most
}
