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

#[cfg(test)]
mod tests {
    use super::*;

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
