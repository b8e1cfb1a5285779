//! The head: issuer, number and symbol, place and date, type, abstract.

use super::pattern::{self, hits, is_upper, kind_of, kind_with_rest};
use super::{Confidence, Day, Decree, Field};
use crate::layout::{Line, Side, joined};

/// How many lines from the top the head may take.
const REACH: usize = 60;

/// Reads the head into `decree`; gives the index of the first line behind it.
pub(super) fn read(lines: &[Line], decree: &mut Decree) -> usize {
    let reach = &lines[..lines.len().min(REACH)];
    let number = reach.iter().position(|line| read_number(line, decree));
    let date = (0..reach.len()).find_map(|at| read_date(reach, at, decree));
    let top = number.or(date).unwrap_or(0);
    read_issuer(reach, number, date, decree);
    let start = number.max(date).map_or(0, |last| last + 1).min(reach.len());
    let kind = reach.iter().enumerate().skip(top).take(25).find_map(|(i, line)| {
        let may = line.side == Side::Full || i >= start;
        let alone = || kind_of(&line.text).map(|kind| (i, kind, None));
        let begun = || kind_with_rest(&line.text).map(|(kind, rest)| (i, kind, Some(rest)));
        may.then(|| alone().or_else(begun)).flatten()
    });
    match kind {
        Some((at, kind, None)) => {
            decree.kind = Field::new(kind.to_owned(), &[&reach[at]], Confidence::SURE);
            read_summary(reach, at + 1, decree)
        }
        Some((at, kind, Some(rest))) => {
            decree.kind = Field::new(kind.to_owned(), &[&reach[at]], Confidence::LIKELY);
            let mut same = reach.to_vec();
            same[at].text = rest.to_owned();
            read_summary(&same, at, decree)
        }
        None => read_letter(reach, top, start, decree),
    }
}

fn read_number(line: &Line, decree: &mut Decree) -> bool {
    let Some(found) = pattern::NUMBER.as_ref().and_then(|p| p.captures(&line.text)) else { return false };
    let symbol: String = found["symbol"].chars().filter(|c| !c.is_whitespace()).collect();
    let symbol = symbol.replace('–', "-").trim_end_matches(['.', ',', '-']).to_owned();
    if symbol.chars().count() > 40 || !symbol.chars().any(char::is_uppercase) {
        return false;
    }
    let number = found.name("number").map(|m| m.as_str().replace(' ', "")).unwrap_or_default();
    let sure = if number.is_empty() { Confidence::LIKELY } else { Confidence::SURE };
    decree.number = Field::new(number, &[line], sure);
    decree.symbol = Field::new(symbol, &[line], Confidence::SURE);
    true
}

/// Reads the date of the line at `at`, which may go on in the next line of its column; gives the index of its last line.
fn read_date(lines: &[Line], at: usize, decree: &mut Decree) -> Option<usize> {
    let line = &lines[at];
    if read_date_of(&line.text, &[line], decree) {
        return Some(at);
    }
    // No date, or one broken off before its year.
    if !line.text.to_lowercase().contains("ngày") {
        return None;
    }
    let next = (at + 1..lines.len().min(at + 4)).find(|next| lines[*next].side == line.side)?;
    let both = joined([line.text.as_str(), lines[next].text.as_str()].into_iter());
    read_date_of(&both, &[line, &lines[next]], decree).then_some(next)
}

fn read_date_of(text: &str, lines: &[&Line], decree: &mut Decree) -> bool {
    let Some(found) = pattern::DATE.as_ref().and_then(|p| p.captures(text)) else { return false };
    let part = |name: &str| {
        found.name(name).and_then(|m| m.as_str().replace(' ', "").parse::<u16>().ok()).filter(|n| *n > 0)
    };
    let Some(year) = part("year") else { return false };
    let small = |n: Option<u16>, most: u16| n.filter(|n| *n <= most).and_then(|n| u8::try_from(n).ok());
    let day = Day { year, month: small(part("month"), 12), day: small(part("day"), 31) };
    let place = found["place"].trim().to_owned();
    if place.is_empty()
        || place.split(' ').count() > 8
        || !place.chars().next().is_some_and(char::is_uppercase)
    {
        return false;
    }
    let sure = if day.day.is_some() && day.month.is_some() { Confidence::SURE } else { Confidence::LIKELY };
    decree.place = Field::new(place, lines, Confidence::SURE);
    decree.date = Field::new(day, lines, sure);
    true
}

/// The issuer stands above the number in the left column; a body above it is set in light type over it.
fn read_issuer(lines: &[Line], number: Option<usize>, date: Option<usize>, decree: &mut Decree) {
    let two_columns = lines.iter().any(|line| line.side == Side::Left);
    // The motto stands right by the decree; where it stands left, the issuer stands right.
    let motto = lines.iter().find(|line| hits(&pattern::NATION, &line.text)).map(|line| line.side);
    let other = if motto == Some(Side::Left) { Side::Left } else { Side::Right };
    // Minutes may have neither number nor date, and then no issuer above their type.
    let kind = || lines.iter().position(|line| kind_of(&line.text).is_some());
    let end = number.or(date).or_else(kind).unwrap_or(lines.len().min(8));
    let above: Vec<&Line> = lines[..end]
        .iter()
        .filter(|line| !(two_columns && line.side == other))
        .filter(|line| !hits(&pattern::MOTTO, &line.text) && !hits(&pattern::DATE, &line.text))
        .filter(|line| is_upper(&line.text) && kind_of(&line.text).is_none())
        .collect();
    let has_both = above.iter().any(|l| l.bold == Some(true)) && above.iter().any(|l| l.bold == Some(false));
    let split = if has_both {
        above.iter().rposition(|line| line.bold == Some(false)).map_or(0, |last| last + 1)
    } else {
        last_name(&above)
    };
    let split = if split >= above.len() { last_name(&above) } else { split };
    let (parent, issuer) = above.split_at(split);
    let sure = if has_both || split == 0 { Confidence::SURE } else { Confidence::LIKELY };
    decree.parent = Field::new(join(parent), parent, sure);
    decree.issuer = Field::new(join(issuer), issuer, sure);
}

/// Where the last name of a body begins among the lines.
fn last_name(lines: &[&Line]) -> usize {
    let starts = |at: usize| {
        let bare = at > 0 && matches!(lines[at - 1].text.as_str(), "VĂN PHÒNG" | "THƯỜNG TRỰC" | "BAN");
        // The last word of a name alone in a line begins none: `VÀ MÔI` / `TRƯỜNG`.
        let alone = at + 1 == lines.len() && !lines[at].text.contains(' ');
        let joined = at > 0 && (lines[at - 1].text.ends_with(" VÀ") || lines[at - 1].text.ends_with('-'));
        hits(&pattern::BODY_NAME, &lines[at].text) && !bare && !joined && !alone
    };
    (1..lines.len()).rev().find(|at| starts(*at)).unwrap_or(0)
}

pub(super) fn join(lines: &[&Line]) -> String {
    joined(lines.iter().map(|line| line.text.as_str()))
}

/// The abstract: the lines under the type until the body begins.
fn read_summary(lines: &[Line], from: usize, decree: &mut Decree) -> usize {
    let mut end = from;
    while let Some(line) = lines.get(end) {
        let first = lines.get(from).and_then(|line| line.bold);
        let lighter = end > from && first == Some(true) && line.bold == Some(false);
        let centred = lines[from..end].iter().any(|line| line.centred == Some(true));
        // A line that filled the width went on to the margin; one that opens a paragraph behind it is the body.
        let filled = end > from && line.page.is_some() && line.opens && lines[end - 1].centred.is_none();
        let off = (centred || filled) && line.centred == Some(false);
        // `COVID-19` or a number may end an abstract; a body that decides is named in several words.
        let words = line.text.split(' ').count() > 1 && !line.text.contains(|c: char| c.is_ascii_digit());
        let shouting = is_upper(&line.text) && words && end > from;
        let rule = hits(&pattern::MOTTO, &line.text);
        let over = if end == from { &pattern::NO_ABSTRACT } else { &pattern::BODY };
        if lighter || off || rule || shouting || end - from > 8 || hits(over, &line.text) {
            break;
        }
        if line.side != Side::Right || end == from {
            end += 1;
        } else {
            break;
        }
    }
    let taken: Vec<&Line> = lines[from..end].iter().collect();
    let is_bold = taken.iter().all(|line| line.bold == Some(true));
    // Where the file does not tell what is bold, a body that begins as prescribed closes the abstract as well.
    let is_untold = taken.iter().all(|line| line.bold.is_none());
    let is_closed =
        lines.get(end).is_some_and(|next| hits(&pattern::BODY, &next.text) || is_upper(&next.text));
    let is_short = (1..=5).contains(&taken.len());
    let sure =
        if is_bold || (is_untold && is_closed && is_short) { Confidence::SURE } else { Confidence::LIKELY };
    decree.summary = Field::new(strip(&join(&taken)), &taken, sure);
    end
}

/// An official letter has no type; its abstract stands under the number and begins with `V/v`.
fn read_letter(lines: &[Line], top: usize, start: usize, decree: &mut Decree) -> usize {
    let about = |line: &Line| {
        let text = line.text.to_lowercase();
        text.starts_with("v/v")
            || text.starts_with("v/w")
            || text.starts_with("v/ v")
            || text.starts_with("về việc")
    };
    let Some(at) = lines.iter().skip(top).position(about).map(|at| at + top) else { return start };
    let side = lines[at].side;
    let taken: Vec<&Line> = lines[at..]
        .iter()
        .take(12)
        .take_while(|line| !hits(&pattern::BODY, &line.text) && !hits(&pattern::MOTTO, &line.text))
        .filter(|line| !hits(&pattern::DATE, &line.text))
        .take_while(|line| line.side == side || (side == Side::Left && line.side == Side::Right))
        .filter(|line| line.side == side)
        .collect();
    let last = taken.last().and_then(|last| lines.iter().position(|line| line.number == last.number));
    let last = last.unwrap_or(at);
    decree.summary = Field::new(strip(&join(&taken)), &taken, Confidence::SURE);
    // The decree gives a letter no type: `V/v` under the number is its form.
    let is_form = lines[at].text.to_lowercase().starts_with("v/v");
    let sure = if is_form { Confidence::SURE } else { Confidence::LIKELY };
    decree.kind = Field::new("CÔNG VĂN".to_owned(), &[&lines[at]], sure);
    (last + 1).max(start)
}

fn strip(text: &str) -> String {
    let lower = text.to_lowercase();
    let cut = ["v/v:", "v/v", "v/w", "v/ v"].iter().find(|p| lower.starts_with(*p)).map_or(0, |p| p.len());
    text[cut..].trim().trim_matches(['-', '–', '_', '*', ' ', '.']).trim_start_matches(':').trim().to_owned()
}
