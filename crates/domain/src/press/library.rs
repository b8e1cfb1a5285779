//! Filling in a text that answers begin with (*mẫu trả lời*).

use super::request::Asked;
use crate::time::Day;

/// What is filled in, in the order it is explained on screen: the agency, what it asks about, the number of the request,
/// the day it was received.
pub const MARKS: [&str; 4] = ["[CƠ QUAN BÁO CHÍ]", "[NỘI DUNG]", "[SỐ YÊU CẦU]", "[NGÀY TIẾP NHẬN]"];

/// The text with what is known of a request; every other mark stays, for the writer to see.
pub fn fill(body: &str, asked: &Asked, number: &str, received: Day) -> String {
    let day = format!("{:02}/{:02}/{}", received.day(), received.month(), received.year());
    let known = [asked.requester.as_str(), asked.subject.as_str(), number, day.as_str()];
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    // In one pass: what was filled in is not looked at for marks again.
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let found = MARKS.iter().zip(known).find(|(mark, _)| from.starts_with(**mark));
        let (text, taken) = found.map_or(("[", 1), |(mark, value)| (value, mark.len()));
        out.push_str(text);
        rest = &from[taken..];
    }
    out.push_str(rest);
    out
}

/// The first mark that is left to fill in: a few words in capitals between square brackets.
pub fn unfilled(text: &str) -> Option<&str> {
    const LONGEST: usize = 60;
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        rest = &rest[at..];
        let inner = rest.get(1..).and_then(|from| from.split_once(']')).map_or("", |(inner, _)| inner);
        let letters = inner.chars().filter(|sign| sign.is_alphabetic());
        let is_mark = inner.chars().count() <= LONGEST
            && letters.clone().count() >= 2
            && letters.clone().all(char::is_uppercase)
            && !inner.contains('\n');
        if is_mark {
            return rest.get(..inner.len() + 2);
        }
        rest = &rest[1..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_left_in_the_text_is_found_and_other_brackets_are_none() {
        assert_eq!(unfilled("Kết quả: [KẾT QUẢ KIỂM TRA], [x]"), Some("[KẾT QUẢ KIỂM TRA]"));
        for whole in ["", "[", "[]", "[1]", "[đã che]", "[A] và [b", "[Xem phụ lục]", "giá [2020]"] {
            assert_eq!(unfilled(whole), None, "{whole}");
        }
    }

    #[test]
    fn known_marks_are_filled_once_and_others_stay() {
        let asked = Asked {
            requester: "Báo Hà Nam".into(),
            subject: "[SỐ YÊU CẦU] rác thải".into(),
            ..Asked::default()
        };
        let body =
            "Kính gửi [CƠ QUAN BÁO CHÍ], về [NỘI DUNG] ([SỐ YÊU CẦU], ngày [NGÀY TIẾP NHẬN]): [KẾT QUẢ] [";
        assert_eq!(
            fill(body, &asked, "YC-0001/2026", Day::constant(2026, 8, 3)),
            "Kính gửi Báo Hà Nam, về [SỐ YÊU CẦU] rác thải (YC-0001/2026, ngày 03/08/2026): [KẾT QUẢ] ["
        );
    }
}
