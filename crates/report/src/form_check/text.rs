//! Checks of a text, line by line and as a whole.

use super::{Finding, citation, signature, words};
use crate::layout::{END_SIGN, MOTTO, NATIONAL_NAME};

/// A line without its marks of Markdown.
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) text: String,
}

/// Every fault of form in a text, plain or Markdown, in the order of its lines.
pub fn check_text(text: &str) -> Vec<Finding> {
    check_text_with(text, &[])
}

/// As [`check_text`], with the names of further bodies and units as the unit list writes them (FM-VH-6).
pub fn check_text_with(text: &str, names: &[String]) -> Vec<Finding> {
    let lines = lines(text);
    let mut out = Vec::new();
    out.extend(header(&lines));
    out.extend(addressees(&lines));
    out.extend(signature::check(&lines));
    out.extend(filing(&lines));
    out.extend(citation::check(&lines));
    out.extend(words::check(&lines, names));
    out.extend(dates(&lines));
    out.extend(purpose_below_list(&lines));
    out.extend(end_sign(&lines));
    out.sort_by_key(|finding| finding.line);
    out
}

pub(super) fn lines(text: &str) -> Vec<Line> {
    text.lines()
        .enumerate()
        .map(|(index, line)| Line { number: index + 1, text: unmarked(line) })
        .filter(|line| !line.text.is_empty())
        .collect()
}

fn unmarked(line: &str) -> String {
    let bare = line.replace("**", "").replace('\u{a0}', " ");
    domain::text::clean_line(bare.trim().trim_start_matches('#'))
}

/// Cells 1 to 4.
fn header(lines: &[Line]) -> Vec<Finding> {
    let has = |words: &str| lines.iter().any(|line| line.text.contains(words));
    let number = |line: &Line| line.text.trim_start().starts_with("Số:") || line.text.contains(" Số: ");
    let mut out = Vec::new();
    if !has(NATIONAL_NAME) {
        out.push(Finding::fault("PL I.II.1", "header.national_name", 0, "", NATIONAL_NAME));
    }
    if !has(MOTTO) {
        out.push(Finding::fault("PL I.II.1", "header.motto", 0, "", MOTTO));
    }
    if !lines.iter().any(number) {
        out.push(Finding::fault("PL I.II.3", "header.number", 0, "", "Số: …/BC-UBND"));
    }
    if !lines.iter().any(|line| is_place_line(&line.text)) {
        out.push(Finding::fault("PL I.II.4", "header.place_date", 0, "", "<địa danh>, ngày … tháng … năm …"));
    }
    out
}

fn is_place_line(text: &str) -> bool {
    text.contains(", ngày") && text.contains("tháng") && text.contains("năm") && text.chars().count() < 70
}

fn is_report(lines: &[Line]) -> bool {
    lines.iter().any(|line| domain::text::fold(&line.text).starts_with("bao cao") || line.text == "TỜ TRÌNH")
}

/// A report to a superior has *Kính gửi* and begins *Nơi nhận* with "Như trên" (FM-RC-2).
fn addressees(lines: &[Line]) -> Vec<Finding> {
    if !is_report(lines) {
        return Vec::new();
    }
    let to = lines.iter().any(|line| line.text.starts_with("Kính gửi"));
    let above = lines.iter().find(|line| line.text.contains("Như trên"));
    let list = recipients_at(lines).map_or(0, |index| lines[index].number);
    let mut out = Vec::new();
    if !to {
        out.push(Finding::fault("FM-RC-2", "addressees.missing", 0, "", "Kính gửi: <cơ quan nhận báo cáo>."));
    }
    if above.is_none() {
        out.push(Finding::fault("FM-RC-2", "recipients.like_above_missing", list, "", "- Như trên;"));
    }
    out
}

pub(super) fn recipients_at(lines: &[Line]) -> Option<usize> {
    lines.iter().position(|line| line.text.starts_with("Nơi nhận"))
}

/// The last line of *Nơi nhận* names the drafting unit (FM-RC-4).
fn filing(lines: &[Line]) -> Vec<Finding> {
    let filing = lines.iter().find(|line| line.text.trim_start_matches(['-', ' ']).starts_with("Lưu:"));
    match filing {
        None if recipients_at(lines).is_some() || is_report(lines) => {
            vec![Finding::fault("FM-RC-4", "recipients.filing_missing", 0, "", "- Lưu: VT, <đơn vị>.")]
        }
        Some(line) if !line.text.contains(',') => {
            vec![Finding::fault(
                "FM-RC-4",
                "recipients.filing_without_unit",
                line.number,
                &line.text,
                "Lưu: VT, <đơn vị>.",
            )]
        }
        _ => Vec::new(),
    }
}

/// Dates in words and with strokes in one text (FM-DT-5), and zeros that are missing or too many (FM-DT-3).
fn dates(lines: &[Line]) -> Vec<Finding> {
    let in_words = lines
        .iter()
        .any(|line| after(&line.text, "ngày ").any(|rest| rest.split_whitespace().nth(1) == Some("tháng")));
    let mut out = Vec::new();
    for line in lines {
        if let Some(short) = short_date(&line.text).filter(|_| in_words) {
            let fixed =
                long_form(&short).unwrap_or_else(|| "một cách ghi ngày trong toàn văn bản".to_owned());
            out.push(Finding::fault("FM-DT-5", "date.two_styles", line.number, &short, fixed));
        }
        for rest in after(&line.text, "ngày ") {
            out.extend(zeros(line.number, rest));
        }
    }
    out
}

fn after<'t>(text: &'t str, word: &'static str) -> impl Iterator<Item = &'t str> {
    text.match_indices(word).map(move |(at, _)| &text[at + word.len()..])
}

/// `5 tháng 01 năm`: day below 10 and months 1, 2 with a zero, months 3 to 9 without.
fn zeros(number: usize, rest: &str) -> Option<Finding> {
    let words: Vec<&str> = rest.split_whitespace().take(5).collect();
    let [day, "tháng", month, "năm", year] = words.as_slice() else { return None };
    let (d, m) = (day.parse::<i8>().ok()?, month.parse::<i8>().ok()?);
    let year: i16 = year.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()?;
    let right = domain::time::day_in_words(domain::time::Day::new(year, m, d).ok()?);
    let found = format!("ngày {day} tháng {month} năm {year}");
    (found != right).then(|| Finding::fault("FM-DT-3", "date.zeros", number, &found, right))
}

/// The first `d/m/yyyy` of a line.
pub(super) fn short_date(line: &str) -> Option<String> {
    line.split(|sign: char| !(sign.is_ascii_digit() || sign == '/'))
        .find(|word| {
            let parts: Vec<&str> = word.split('/').collect();
            matches!(parts.as_slice(), [d, m, y] if (1..=2).contains(&d.len()) && (1..=2).contains(&m.len()) && y.len() == 4)
        })
        .map(str::to_owned)
}

fn long_form(short: &str) -> Option<String> {
    let parts: Vec<i16> = short.split('/').filter_map(|part| part.parse().ok()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let day = domain::time::Day::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok()?;
    Some(domain::time::day_in_words(day))
}

/// "(B/c)" on a line of its own below the list: the purpose belongs on the recipient's line (FM-RC-1).
fn purpose_below_list(lines: &[Line]) -> Vec<Finding> {
    let purposes =
        ["(b/c)", "(bao cao)", "(de b/c)", "(de bao cao)", "(th)", "(de thuc hien)", "(p/h)", "(phoi hop)"];
    let Some(list) = recipients_at(lines) else { return Vec::new() };
    lines[list..]
        .iter()
        .filter(|line| {
            purposes.contains(&domain::text::fold(line.text.trim_start_matches(['-', ' '])).as_str())
        })
        .map(|line| {
            Finding::fault(
                "FM-RC-1",
                "recipients.purpose_apart",
                line.number,
                &line.text,
                "- <nơi nhận> (để b/c);",
            )
        })
        .collect()
}

/// `./.` once, at the end of the body: in every sample, without a rule of its own, so only advice.
fn end_sign(lines: &[Line]) -> Vec<Finding> {
    let ends: Vec<&Line> = lines.iter().filter(|line| line.text.ends_with(END_SIGN)).collect();
    match ends.as_slice() {
        [] => vec![Finding::fault("PL III", "end_sign.missing", 0, "", END_SIGN).advice()],
        [_] => Vec::new(),
        [_, again, ..] => {
            vec![
                Finding::fault(
                    "PL III",
                    "end_sign.twice",
                    again.number,
                    END_SIGN,
                    "chỉ một lần ở cuối văn bản",
                )
                .advice(),
            ]
        }
    }
}
