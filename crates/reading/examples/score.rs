//! Counts the fields read right of a folder of files with their truth beside them, and prints each miss:
//! `cargo run -p reading --example score -- FOLDER [KIND]`. `FOLDER/truth.json` is a list of objects with `file`,
//! `form` (`docx`, `pdf-text`, `pdf-scan`) and the fields as printed. Each file is read in a helper process with its
//! bounds: this very program, called again.
#![expect(clippy::print_stdout, reason = "an example shows what it measured")]

use std::collections::BTreeMap;
use std::path::Path;

use reading::decree::{Decree, Field, Verb};
use reading::file::{Answer, Ask};
use reading::process::{self, Separate, Unread};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, word] = arguments.as_slice()
        && command == process::COMMAND
    {
        let ask = Ask::from_word(word).ok_or("no such question")?;
        return Ok(process::help(ask, &mut std::io::stdin(), &mut std::io::stdout())?);
    }
    let folder = arguments.first().ok_or("name a folder")?;
    let folder = Path::new(folder);
    let only = arguments.get(1).map(String::as_str);
    let truth: Vec<Value> = serde_json::from_slice(&std::fs::read(folder.join("truth.json"))?)?;
    let reader = Separate::new(std::env::current_exe()?);
    let mut counts: BTreeMap<(String, &'static str), (usize, usize)> = BTreeMap::new();
    let mut files: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for told in &truth {
        let (name, form) = (text(&told["file"]), text(&told["form"]));
        if only.is_some_and(|only| !name.contains(only) && form != only) {
            continue;
        }
        let ask = if form == "pdf-scan" { Ask::Recognise } else { Ask::Document };
        // On a busy machine recognising may not be done in time; that tells nothing of the reading.
        let bytes = std::fs::read(folder.join(&name))?;
        let mut answer = reader.read(ask, &bytes);
        for _ in 0..5 {
            if answer != Err(Unread::TooLong) {
                break;
            }
            println!("{name}: once more, it took too long");
            answer = reader.read(ask, &bytes);
        }
        let found = match answer {
            Ok(Answer::Document(document)) => document.decree,
            other => {
                println!("{name}: not read: {other:?}");
                Decree::default()
            }
        };
        let mut whole = true;
        for (field, expected, found) in compared(told, &found) {
            let count = counts.entry((form.clone(), field)).or_default();
            count.1 += 1;
            if expected.contains(&found) {
                count.0 += 1;
            } else {
                whole = false;
                println!("{name} {field}:\n    told {:?}\n    read {found:?}", expected[0]);
            }
        }
        let file = files.entry(form).or_default();
        file.1 += 1;
        file.0 += usize::from(whole);
    }
    for ((form, field), (right, all)) in &counts {
        println!("{form:9} {field:11} {right}/{all} {}", percent(*right, *all));
    }
    for (form, (right, all)) in &files {
        let of = || counts.iter().filter(|((of, _), _)| of == form).map(|(_, count)| count);
        let (fields, told) = (of().map(|c| c.0).sum::<usize>(), of().map(|c| c.1).sum::<usize>());
        println!(
            "{form:9} all fields {fields}/{told} {}; files without a miss {right}/{all}",
            percent(fields, told)
        );
    }
    Ok(())
}

fn percent(right: usize, all: usize) -> String {
    let permille = right * 1000 / all.max(1);
    format!("{}.{} %", permille / 10, permille % 10)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Spaces made single, signs in one form, no end mark: what is the same for a reader.
fn plain(text: &str) -> String {
    let text: String = text.nfc().map(|c| if matches!(c, '–' | '\u{2011}') { '-' } else { c }).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_end_matches([';', '.', ',', ':', '/', ' ']).to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|item| plain(&text(item))).collect()
}

/// Field by field, what would be right (the first as printed) and what was read.
fn compared(told: &Value, found: &Decree) -> Vec<(&'static str, Vec<String>, String)> {
    let of = |key: &str| plain(&text(&told[key]));
    let one = |field: &Option<Field>| field.as_ref().map(|field| plain(&field.value)).unwrap_or_default();
    let all = |fields: &[Field]| fields.iter().map(|field| plain(&field.value)).collect::<Vec<_>>().join("|");
    // The issuer stands in capitals whatever its letters are in the file.
    let upper = |text: String| text.to_uppercase();
    let number = one(&found.number);
    let symbol = found.symbol.as_ref().map(|_| format!("{number}/{}", one(&found.symbol)));
    let day = found.date.as_ref().map(|field| field.value);
    let day = day.and_then(|day| Some(format!("{}-{:02}-{:02}", day.year, day.month?, day.day?)));
    let mut relations: Vec<String> = found
        .relations
        .iter()
        // The truth tells of three acts; what is corrected or guided it leaves out.
        .filter(|field| !matches!(field.value.verb, Verb::Corrects | Verb::Guides))
        .map(|field| {
            let verb = match field.value.verb {
                Verb::Amends => "amends",
                Verb::Replaces => "replaces",
                Verb::Repeals => "repeals",
                Verb::Corrects => "corrects",
                Verb::Guides => "guides",
            };
            format!("{verb} {}", field.value.target)
        })
        .collect();
    relations.sort();
    let mut true_relations: Vec<String> = told["relations"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|relation| format!("{} {}", text(&relation["kind"]), text(&relation["target"])))
        .collect();
    true_relations.sort();
    let signers = |with_second: bool| {
        let signers = told["signers"].as_array().into_iter().flatten().map(|signer| {
            let second = plain(&text(&signer["secondary_title"]));
            let title = plain(&text(&signer["title"]));
            let title = if with_second && !second.is_empty() { format!("{title} {second}") } else { title };
            format!("{}/{title}/{}", texts(&signer["authority"]).join(" "), plain(&text(&signer["name"])))
        });
        let mut signers: Vec<String> = signers.map(|signer| signer.to_uppercase()).collect();
        signers.sort();
        signers.join("|")
    };
    let mut read_signers: Vec<String> = found
        .signers
        .iter()
        .map(|field| {
            let signer = &field.value;
            let line =
                format!("{}/{}/{}", plain(&signer.authority), plain(&signer.title), plain(&signer.name));
            line.to_uppercase()
        })
        .collect();
    read_signers.sort();
    vec![
        ("parent", vec![upper(of("parent_body"))], upper(one(&found.parent))),
        ("issuer", vec![upper(of("issuer"))], upper(one(&found.issuer))),
        ("number", vec![of("number")], number),
        ("symbol", vec![of("symbol")], symbol.unwrap_or_default()),
        ("place", vec![of("place")], one(&found.place)),
        ("date", vec![of("date")], day.unwrap_or_default()),
        ("type", vec![upper(of("type"))], upper(one(&found.kind))),
        ("abstract", vec![of("abstract"), of("abstract_bare")], one(&found.summary)),
        ("signers", vec![signers(false), signers(true)], read_signers.join("|")),
        ("recipients", vec![texts(&told["recipients"]).join("|")], all(&found.recipients)),
        ("bases", vec![texts(&told["legal_bases"]).join("|")], all(&found.bases)),
        ("relations", vec![true_relations.join("|")], relations.join("|")),
    ]
}
