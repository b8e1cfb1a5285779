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
    let foot = &foot[..end.min(next_head(foot))];
    let used = read_recipients(foot, decree);
    let unused = foot.iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, line)| line);
    // In a foot of two columns a line that names no column is one of the signature.
    let has_right = foot.iter().any(|line| line.side == Side::Right);
    let moved = |line: &Line| match line.side {
        Side::Full if has_right && line.text.chars().count() < 60 => {
            Line { side: Side::Right, ..line.clone() }
        }
        _ => line.clone(),
    };
    let rest: Vec<Line> = unused.map(moved).take(REACH).collect();
    read_signers(&rest.iter().collect::<Vec<_>>(), decree);
    if decree.signers.is_empty() {
        decree.signers.extend(unsigned(&rest));
    }
    begin
}

/// Where another head begins: that of a copy (*sao y*) or of a form behind the document.
fn next_head(foot: &[Line]) -> usize {
    let is_head = |line: &Line| hits(&pattern::NATION, &line.text) || hits(&pattern::NUMBER, &line.text);
    let Some(mut at) = foot.iter().skip(1).position(is_head).map(|at| at + 1) else { return foot.len() };
    while at > 1 && is_body(&foot[at - 1]) {
        at -= 1;
    }
    at
}

/// Whether a line in capitals is the name of a body or of the place it is for.
fn is_body(line: &Line) -> bool {
    let places =
        ["TỈNH ", "HUYỆN ", "QUẬN ", "THỊ XÃ ", "THÀNH PHỐ ", "XÃ ", "PHƯỜNG ", "THỊ TRẤN ", "ĐẶC KHU "];
    let is_place = places.iter().any(|place| line.text.starts_with(place));
    is_upper(&line.text) && (is_place || hits(&pattern::BODY_NAME, &line.text))
}

/// The signature of a draft: authority and title, no name yet.
fn unsigned(lines: &[Line]) -> Option<Field<Signer>> {
    let signs = |line: &&Line| {
        is_upper(&line.text) && (hits(&pattern::AUTHORITY, &line.text) || hits(&pattern::TITLE, &line.text))
    };
    let block: Vec<&Line> = lines.iter().skip_while(|line| !signs(line)).take_while(signs).collect();
    let (authority, title) = titled(&block);
    if title.is_empty() {
        return None;
    }
    let signer = Signer { authority: join(authority), title: join(title), name: String::new() };
    Field::new(signer, &block, Confidence::DOUBTFUL)
}

/// Authority lines and title: the title begins behind the last authority line and goes on to the end, a second title
/// of the same person included.
fn titled<'a, 'b>(above: &'a [&'b Line]) -> (&'a [&'b Line], &'a [&'b Line]) {
    let from = above.iter().rposition(|line| hits(&pattern::AUTHORITY, &line.text)).map_or(0, |at| at + 1);
    let title = above[from..].iter().position(|line| hits(&pattern::TITLE, &line.text));
    above.split_at(title.map_or(above.len(), |at| from + at))
}

/// The first line of the signature: an authority line or a title in capitals, followed by no sentence.
fn signature_start(lines: &[Line], recipients: Option<usize>) -> Option<usize> {
    let near = recipients.map_or(0, |at| at.saturating_sub(14));
    // Nobody signs above what is decided: a title there names the body that decides.
    let before = &lines[..recipients.unwrap_or(lines.len())];
    let decided = before.iter().rposition(|line| hits(&pattern::OPERATIVE, &line.text));
    let from = near.max(decided.map_or(0, |at| at + 1));
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
        let fits = line.side == side || (dashed && line.side != Side::Right);
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
    let (authority, title) = titled(&above);
    let signer = Signer { authority: join(authority), title: join(title), name: bare_name(&name.text) };
    let sure = if signer.title.is_empty() { Confidence::DOUBTFUL } else { Confidence::SURE };
    Field::new(signer, block, sure)
}
