//! When a document takes effect, as its last articles say (*hiệu lực thi hành*).

use serde::{Deserialize, Serialize};

use super::relation::paragraphs;
use super::{Confidence, Day, Field, pattern};
use crate::layout::Line;

/// When a document takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effective {
    /// On this day.
    On(Day),
    /// On the day it is signed or issued.
    AtSigning,
    /// So many days after it is signed.
    AfterSigning(u16),
}

/// The first sentence that says when this document takes effect; of others it says nothing.
pub(super) fn read(lines: &[Line], kind: Option<&Field>) -> Option<Field<Effective>> {
    let kind = kind.map(|kind| kind.value.to_lowercase()).unwrap_or_default();
    paragraphs(lines).into_iter().find_map(|(text, lines)| {
        let found = pattern::EFFECT.as_ref()?.captures_iter(&text).find_map(|found| {
            let before = text[..found.get(0)?.start()].to_lowercase();
            let is_this = before.split_whitespace().any(|word| word == "này");
            let is_named = !kind.is_empty() && before.trim_end().ends_with(&kind);
            let sure = if is_this { Confidence::SURE } else { Confidence::LIKELY };
            (is_this || is_named).then(|| Some((effective(&found)?, sure))).flatten()
        });
        found.and_then(|(effective, sure)| Field::new(effective, &lines, sure))
    })
}

fn effective(found: &regex::Captures<'_>) -> Option<Effective> {
    if let Some(days) = found.name("days") {
        return Some(Effective::AfterSigning(days.as_str().parse().ok()?));
    }
    if found.name("sign").is_some() {
        return Some(Effective::AtSigning);
    }
    let day = pattern::day(found)?;
    Some(Effective::On(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(text: &str) -> Option<Effective> {
        let line = Line {
            text: text.to_owned(),
            page: None,
            number: 1,
            side: crate::layout::Side::Full,
            bold: None,
            centred: None,
            opens: true,
        };
        let lines = vec![line];
        let kind = Field::new("QUYẾT ĐỊNH".to_owned(), &[&lines[0]], Confidence::SURE);
        read(&lines, kind.as_ref()).map(|field| field.value)
    }

    fn day(year: u16, month: u8, day: u8) -> Effective {
        Effective::On(Day { year, month: Some(month), day: Some(day) })
    }

    #[test]
    fn the_day_is_read_in_every_usual_form() {
        for (text, read) in [
            ("Điều 3. Quyết định này có hiệu lực kể từ ngày ký.", Some(Effective::AtSigning)),
            ("Quyết định có hiệu lực thi hành kể từ ngày ký ban hành.", Some(Effective::AtSigning)),
            ("Quyết định này có hiệu lực từ ngày ban hành và thay thế …", Some(Effective::AtSigning)),
            (
                "Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 4 năm 2020 và thay thế Quyết định số \
                 05/2019/QĐ-UBND.",
                Some(day(2020, 4, 1)),
            ),
            ("Quyết định này có hiệu lực thi hành từ ngày 15/3/2020.", Some(day(2020, 3, 15))),
            (
                "Quyết định này có hiệu lực sau 10 (mười) ngày, kể từ ngày ký.",
                Some(Effective::AfterSigning(10)),
            ),
        ] {
            assert_eq!(read_in(text), read, "{text}");
        }
    }

    #[test]
    fn the_effect_of_another_document_is_not_its_own() {
        for text in [
            "Nghị định số 30/2020/NĐ-CP có hiệu lực từ ngày 05/3/2020.",
            "Quyết định số 05/2019/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành.",
            "Văn bản hết hiệu lực từ ngày 01/01/2020.",
            "Quyết định này có hiệu lực từ ngày 32/13/2020.",
        ] {
            assert_eq!(read_in(text), None, "{text}");
        }
    }
}
