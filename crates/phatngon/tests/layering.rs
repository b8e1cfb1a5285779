//! Pins the edges between our crates: compares every manifest with the table, in both directions. A new edge is
//! added here on purpose; an unused one is removed here too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// crate → (depends on, in its tests also on)
const EDGES: &[(&str, &[&str], &[&str])] = &[
    ("domain", &[], &[]),
    ("words", &[], &["domain"]),
    ("import", &["domain"], &[]),
    ("reading", &[], &["rich-text", "typeset"]),
    ("outgoing", &[], &[]),
    ("edxml", &[], &[]),
    ("post", &[], &[]),
    ("typeset", &[], &[]),
    ("report", &["domain", "typeset"], &[]),
    ("search", &["domain"], &[]),
    ("store", &["domain"], &["testkit"]),
    (
        "app",
        &[
            "domain",
            "edxml",
            "import",
            "outgoing",
            "post",
            "reading",
            "report",
            "rich-text",
            "search",
            "store",
            "typeset",
            "words",
        ],
        &["testkit"],
    ),
    ("rich-text", &[], &[]),
    ("web-kit", &["domain", "rich-text", "words"], &[]),
    (
        "staff",
        &["app", "domain", "edxml", "import", "report", "rich-text", "web-kit", "words"],
        &["store", "testkit"],
    ),
    ("portal", &["app", "domain", "web-kit", "words"], &["store", "testkit"]),
    (
        "phatngon",
        &[
            "app", "domain", "outgoing", "portal", "post", "reading", "report", "staff", "store", "web-kit",
            "words",
        ],
        &["testkit"],
    ),
    ("testkit", &["domain", "store"], &[]),
    ("xtask", &["domain"], &["import"]),
];

fn ours(manifest: &toml::Table, section: &str, names: &BTreeSet<&str>) -> BTreeSet<String> {
    manifest
        .get(section)
        .and_then(toml::Value::as_table)
        .map(|table| table.keys().filter(|key| names.contains(key.as_str())).cloned().collect())
        .unwrap_or_default()
}

#[test]
fn every_edge_between_crates_is_in_the_table_and_every_row_of_the_table_is_an_edge() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let names: BTreeSet<&str> = EDGES.iter().map(|(name, _, _)| *name).collect();
    let mut wrong = BTreeMap::new();
    for (name, normal, dev) in EDGES {
        let folder = if *name == "xtask" { root.join("xtask") } else { root.join("crates").join(name) };
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        for (section, expected) in [("dependencies", normal), ("dev-dependencies", dev)] {
            let found = ours(&manifest, section, &names);
            let expected: BTreeSet<String> = expected.iter().map(|s| (*s).to_owned()).collect();
            if found != expected {
                wrong.insert(format!("{name} [{section}]"), (found, expected));
            }
        }
    }
    assert!(wrong.is_empty(), "crate edges differ from the table (found, expected): {wrong:#?}");
}

#[test]
fn every_crate_of_the_workspace_is_in_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates");
    let folders: BTreeSet<String> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let table: BTreeSet<String> =
        EDGES.iter().map(|(name, _, _)| (*name).to_owned()).filter(|name| name != "xtask").collect();
    assert_eq!(folders, table);
}
