//! The foot: signers (*thẩm quyền, chức vụ, họ tên*) and recipients (*nơi nhận*).

use super::head::join;
use super::pattern::{self, hits, is_upper, kind_of};
use super::{Confidence, Decree, Field, Signer};
use crate::layout::{Line, Side};

/// How many lines a signature may take.
const REACH: usize = 40;

/// Reads the foot into `decree`; gives the index of its first line, where the body ends.
pub(super) fn read(lines: &[Line], decree: &mut Decree) -> usize {
    let recipients = lines.iter().position(|line| hits(&pattern::RECIPIENTS, &line.text));
    let begin = signature_start(lines, recipients);
    let Some(begin) = begin.into_iter().chain(recipients).min() else { return lines.len() };
    let foot = &lines[begin..];
    let end = foot
        .iter()
        .skip(1)
        .position(|line| {
            line.side != Side::Right && (hits(&pattern::ANNEX, &line.text) && is_upper(&line.text))
        })
        .map_or(foot.len(), |at| at + 1);
    let foot = &foot[..end];
    let used = read_recipients(foot, decree);
    let rest: Vec<&Line> = foot
        .iter()
        .enumerate()
        .filter(|(at, _)| !used.contains(at))
        .map(|(_, line)| line)
        .take(REACH)
        .collect();
    read_signers(&rest, decree);
    begin
}

/// The first line of the signature: an authority line or a title in capitals, followed by no sentence.
fn signature_start(lines: &[Line], recipients: Option<usize>) -> Option<usize> {
    let from = recipients.map_or(0, |at| at.saturating_sub(14));
    let to = recipients.map_or(lines.len(), |at| (at + REACH).min(lines.len()));
    let signs = |line: &Line| {
        is_upper(&line.text) && (hits(&pattern::AUTHORITY, &line.text) || hits(&pattern::TITLE, &line.text))
    };
    let near = (from..to).find(|at| {
        signs(&lines[*at])
            && lines[*at..(*at + 12).min(to)]
                .iter()
                .all(|line| line.text.chars().count() < 90 && kind_of(&line.text).is_none())
    });
    near.or_else(|| (from..to).rev().find(|at| signs(&lines[*at])))
}

fn read_recipients(foot: &[Line], decree: &mut Decree) -> Vec<usize> {
    let Some(start) = foot.iter().position(|line| hits(&pattern::RECIPIENTS, &line.text)) else {
        return Vec::new();
    };
    let side = foot[start].side;
    let mut used = vec![start];
    let mut items: Vec<(String, Vec<&Line>)> = Vec::new();
    for (at, line) in foot.iter().enumerate().skip(start + 1) {
        let dashed = line.text.starts_with(['-', '–', '+', '•', '*']) && line.text.chars().count() > 1;
        let fits = line.side == side || (dashed && side == Side::Full);
        if !fits || (!dashed && items.is_empty() && is_upper(&line.text)) {
            if side == Side::Left || line.side == Side::Right {
                continue;
            }
            break;
        }
        if side == Side::Full && !dashed && (is_upper(&line.text) || is_name(&line.text)) {
            break;
        }
        used.push(at);
        let text = line.text.trim_start_matches(['-', '–', '+', '•', '*', ' ']);
        let open = items.last().is_some_and(|(text, _)| !text.ends_with([';', '.', ':']));
        match items.last_mut() {
            Some((item, lines)) if !dashed && open => {
                *item = format!("{item} {text}");
                lines.push(line);
            }
            _ => items.push((text.to_owned(), vec![line])),
        }
    }
    let clean = |text: String| text.trim_end_matches([';', '.', ',', ' ']).trim().to_owned();
    decree.recipients = items
        .into_iter()
        .map(|(text, lines)| (clean(text), lines))
        .filter(|(text, _)| text.chars().any(char::is_alphabetic))
        .filter_map(|(text, lines)| Field::new(text, &lines, Confidence::SURE))
        .collect();
    used
}

/// A personal name: two to six words, each with a capital, no figures; titles of learning may stand before it.
fn is_name(text: &str) -> bool {
    let bare = bare_name(text);
    let words: Vec<&str> = bare.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'))
        })
}

fn bare_name(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while words.len() > 2 && words[0].ends_with('.') {
        words.remove(0);
    }
    words.join(" ")
}

fn is_remark(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["(đã ký", "đã ký", "(ký", "ký bởi", "(chữ ký", "[đã ký", "(signed"].iter().any(|p| lower.starts_with(p))
}

fn read_signers(lines: &[&Line], decree: &mut Decree) {
    for side in [Side::Left, Side::Right, Side::Full] {
        let column: Vec<&Line> = lines.iter().copied().filter(|line| line.side == side).collect();
        let mut block: Vec<&Line> = Vec::new();
        for line in column {
            let upper = is_upper(&line.text);
            let opens = upper && (hits(&pattern::AUTHORITY, &line.text) || hits(&pattern::TITLE, &line.text));
            if block.is_empty() && !opens {
                continue;
            }
            let capital_name =
                upper && !opens && is_name(&line.text) && has_title(&block) && line.text.chars().count() < 40;
            if is_remark(&line.text) {
                block.push(line);
            } else if (!upper && is_name(&line.text)) || (capital_name && !continues(&block, line)) {
                block.push(line);
                decree.signers.extend(signer(&block));
                block.clear();
            } else if upper {
                block.push(line);
            }
        }
    }
}

/// Whether a title stands in the block.
fn has_title(block: &[&Line]) -> bool {
    block.iter().any(|line| hits(&pattern::TITLE, &line.text))
}

/// Whether a line in capitals goes on with the line above it rather than being a name.
fn continues(block: &[&Line], line: &Line) -> bool {
    let organ = ["PHÒNG", "BAN", "SỞ", "NHÂN DÂN", "TỈNH", "HUYỆN", "XÃ", "PHƯỜNG", "THÀNH PHỐ", "VÀ "];
    let last = block.last().map_or("", |line| line.text.as_str());
    last.ends_with(" VÀ") || organ.iter().any(|word| line.text.starts_with(word))
}

fn signer(block: &[&Line]) -> Option<Field<Signer>> {
    let (name, above) = block.split_last()?;
    let above: Vec<&Line> = above.iter().copied().filter(|line| !is_remark(&line.text)).collect();
    // The title begins at the last line that is a title and no authority line.
    let title = above
        .iter()
        .rposition(|line| hits(&pattern::TITLE, &line.text) && !hits(&pattern::AUTHORITY, &line.text))
        .unwrap_or(above.len());
    let (authority, title) = above.split_at(title);
    let signer = Signer { authority: join(authority), title: join(title), name: bare_name(&name.text) };
    let sure = if signer.title.is_empty() { Confidence::DOUBTFUL } else { Confidence::SURE };
    Field::new(signer, block, sure)
}
