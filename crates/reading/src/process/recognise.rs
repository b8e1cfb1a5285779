//! Recognising the signs of scanned pages: `pdftoppm` draws a page, `tesseract` reads it. Both are the system's own
//! programs, started by the helper and so within its bounds; without them the pages stay without text.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use super::Bounds;
use crate::file::{Ask, Document, Format, of_lines};
use crate::layout::{Line, Side, tidy};
use crate::limits::Limits;
use crate::pdf;

/// Where systems keep their programs; the environment says nothing to the helper.
const PLACES: [&str; 2] = ["/usr/bin", "/usr/local/bin"];

/// Scanned pages that are recognised: the head stands on the first, the signature rarely behind these.
const MOST_PAGES: usize = 5;

/// Points of an inch the page is drawn with.
const DOTS: &str = "200";

fn program(name: &str) -> Option<PathBuf> {
    PLACES.iter().map(|place| Path::new(place).join(name)).find(|path| path.is_file())
}

/// Whether pages can be recognised on this machine: both programs are there.
pub fn is_possible() -> bool {
    program("tesseract").is_some() && program("pdftoppm").is_some()
}

/// Recognises pages without text and reads the document anew.
pub(super) fn complete(bytes: &[u8], document: &mut Document, limits: &Limits) {
    if document.format != Format::Pdf || document.without_text.is_empty() {
        return;
    }
    let (Some(draw), Some(recognise)) = (program("pdftoppm"), program("tesseract")) else { return };
    let Ok(read) = pdf::lines(bytes, limits) else { return };
    let mut lines = read.lines;
    let mut recognised = Vec::new();
    let start = Instant::now();
    for page in read.without_text.iter().copied().take(MOST_PAGES) {
        // What was recognised is told, rather than all lost with a page that would not be done in time.
        if !recognised.is_empty() && start.elapsed() > Bounds::of(Ask::Recognise).wall * 3 / 5 {
            break;
        }
        let number = page.to_string();
        let arguments = ["-r", DOTS, "-gray", "-png", "-f", &number, "-l", &number, "-"];
        let Some(picture) = pipe(&draw, &arguments, bytes, limits.bytes) else { continue };
        let arguments = ["stdin", "stdout", "-l", "vie", "--psm", "4", "tsv"];
        let Some(table) = pipe(&recognise, &arguments, &picture, 8 << 20) else { continue };
        let found = lines_of(&String::from_utf8_lossy(&table), page);
        if !found.is_empty() {
            recognised.push(page);
            lines.extend(found);
        }
    }
    if recognised.is_empty() {
        return;
    }
    lines.sort_by_key(|line| line.page);
    for (at, line) in lines.iter_mut().enumerate() {
        line.number = u32::try_from(at + 1).unwrap_or(u32::MAX);
    }
    let again = of_lines(Format::Pdf, &lines);
    document.text = again.text;
    document.decree = again.decree.doubted();
    document.secret = again.secret;
    document.without_text.retain(|page| !recognised.contains(page));
    document.recognised = recognised;
}

/// What a program makes of its input; nothing when it fails or says more than it may.
fn pipe(program: &Path, arguments: &[&str], input: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut child = Command::new(program)
        .args(arguments)
        // Each thread would take memory of its own.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let output = thread::scope(|scope| {
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().ok()
    })?;
    (output.status.success() && !output.stdout.is_empty() && output.stdout.len() <= most)
        .then_some(output.stdout)
}

/// A word with its place, as `tesseract` tells it.
struct Word<'a> {
    row: (u32, u32, u32),
    left: u32,
    right: u32,
    text: &'a str,
}

fn word(line: &str) -> Option<Word<'_>> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [level, _, block, paragraph, row, _, left, _, width, _, sure, text] = cells.as_slice() else {
        return None;
    };
    let number = |cell: &str| cell.parse::<u32>().ok();
    let left = number(left)?;
    let text = without_specks(text);
    let is_word = text.contains(char::is_alphanumeric) || matches!(text, "-" | "–" | "+" | "&" | "/" | "•");
    // Two signs nobody is sure of are a speck or a stroke of the seal.
    let is_speck = text.chars().count() < 3 && sure.parse::<f32>().is_ok_and(|sure| sure < 20.0);
    (*level == "5" && is_word && !is_speck).then_some(())?;
    Some(Word {
        row: (number(block)?, number(paragraph)?, number(row)?),
        left,
        right: left.checked_add(number(width)?)?,
        text,
    })
}

/// A word without what rules, specks and the edge of the paper leave at its ends.
fn without_specks(text: &str) -> &str {
    let speck = ['_', '~', '¡', '|', '—', '¬', '`', '‘', '«', '»', '^', '°', '='];
    let bare = text.trim().trim_matches(speck);
    let begins = bare.chars().skip(1).any(char::is_alphanumeric);
    if begins { bare.trim_start_matches(['.', ',', ';', ':']) } else { bare }
}

/// The lines of a page out of the table of its words. What stands wholly on one half of the page stands in a column.
fn lines_of(table: &str, page: u32) -> Vec<Line> {
    let words: Vec<Word<'_>> = table.lines().filter_map(word).collect();
    let left = words.iter().map(|word| word.left).min().unwrap_or(0);
    let right = words.iter().map(|word| word.right).max().unwrap_or(0);
    let middle = u32::midpoint(left, right);
    let mut made: Vec<Line> = Vec::new();
    for row in words.chunk_by(|a, b| a.row == b.row) {
        // A gap over the middle of the page parts two columns that were taken for one.
        let gap = (right - left) / 12;
        for part in row.chunk_by(|a, b| b.left.saturating_sub(a.right) < gap) {
            // A stroke alone at the end is the rule under the line, one before the number too.
            let kept = part.iter().rposition(|word| !matches!(word.text, "-" | "–")).map_or(0, |at| at + 1);
            let part = &part[..kept];
            let part = match part {
                [stroke, next, ..] if matches!(stroke.text, "-" | "–") && next.text.starts_with("Số") => {
                    &part[1..]
                }
                _ => part,
            };
            let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
            let is_short = last.right - first.left < (right - left) * 6 / 10;
            let centre = u32::midpoint(first.left, last.right);
            let off = centre.abs_diff(middle) > (right - left) / 8;
            let side = match () {
                () if is_short && off && centre < middle => Side::Left,
                () if is_short && off => Side::Right,
                () => Side::Full,
            };
            let text = part.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
            let (before, behind) = (first.left - left, right - last.right);
            let fills = before < (right - left) / 40 && behind < (right - left) / 40;
            let centred = (!fills).then(|| before.abs_diff(behind) < (right - left) / 16);
            let opens = side != Side::Full || first.left > left + (right - left) / 40;
            made.push(Line {
                text: tidy(&text),
                page: Some(page),
                number: 0,
                side,
                bold: None,
                opens,
                centred,
            });
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_table_become_lines_with_their_columns() {
        let row = |line: u32, word: u32, left: u32, width: u32, text: &str| {
            format!("5\t1\t1\t1\t{line}\t{word}\t{left}\t0\t{width}\t20\t96\t{text}\n")
        };
        let table = [
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
                .to_owned(),
            row(1, 1, 100, 200, "UBND"),
            row(1, 2, 310, 100, "XÃ"),
            row(1, 3, 900, 400, "CỘNG"),
            row(1, 4, 1310, 200, "HÒA"),
            row(1, 5, 1520, 20, "._"),
            row(1, 6, 1550, 20, "-"),
            row(2, 1, 140, 700, "_Căn"),
            row(2, 2, 850, 700, "cứ"),
        ]
        .concat();
        let lines = lines_of(&table, 3);
        let seen: Vec<(&str, Side)> = lines.iter().map(|line| (line.text.as_str(), line.side)).collect();
        assert_eq!(seen, [("UBND XÃ", Side::Left), ("CỘNG HÒA", Side::Right), ("Căn cứ", Side::Full)]);
    }
}
