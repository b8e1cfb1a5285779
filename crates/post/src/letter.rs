//! A letter: one recipient, plain text.

use std::time::SystemTime;

use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message};

use crate::Failure;

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 200;

/// A letter to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What is the same each time this letter is handed over; without the brackets.
    pub message_id: String,
    /// When it was written.
    pub date: SystemTime,
    /// The name of who writes.
    pub from_name: String,
    /// The address of who writes.
    pub from: String,
    /// The address it goes to; no name.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Whether this is one address of mail: no name, no second one, nothing of a header.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.is_ascii() && text.parse::<Address>().is_ok()
}

/// `Auto-Submitted` (RFC 3834): no machine answers it.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(AutoSubmitted::name(), "auto-generated".to_owned())
    }
}

fn refused(what: &str) -> Failure {
    Failure::Refused(what.to_owned())
}

fn address(text: &str) -> Result<Address, Failure> {
    let parsed = is_address(text).then(|| text.parse().ok()).flatten();
    parsed.ok_or_else(|| refused("an address of mail is wrong"))
}

fn line(text: &str, most: usize) -> Result<&str, Failure> {
    let is_line = !text.chars().any(char::is_control) && text.chars().count() <= most;
    is_line.then_some(text).ok_or_else(|| refused("a header is no single line"))
}

impl Letter {
    /// The bytes on the wire and whom they go to.
    ///
    /// # Errors
    /// [`Failure::Refused`] for an address that is none, or a header with a line break.
    pub(crate) fn build(&self) -> Result<(Envelope, Vec<u8>), Failure> {
        let (from, to) = (address(&self.from)?, address(&self.to)?);
        let id = line(&self.message_id, 200)?;
        if id.is_empty() || id.contains(['<', '>', ' ']) {
            return Err(refused("the id of a message is wrong"));
        }
        let body = Body::new_with_encoding(self.text.clone(), ContentTransferEncoding::Base64)
            .map_err(|_| refused("the text cannot be encoded"))?;
        let message = Message::builder()
            .from(Mailbox::new(Some(line(&self.from_name, LONGEST_SUBJECT)?.to_owned()), from.clone()))
            .to(Mailbox::new(None, to.clone()))
            .subject(line(&self.subject, LONGEST_SUBJECT)?)
            .date(self.date)
            .message_id(Some(format!("<{id}>")))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .map_err(|error| Failure::Refused(error.to_string()))?;
        let envelope =
            Envelope::new(Some(from), vec![to]).map_err(|error| Failure::Refused(error.to_string()))?;
        Ok((envelope, message.formatted()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            message_id: "m1@kimbang.example".to_owned(),
            date: SystemTime::UNIX_EPOCH,
            from_name: "UBND huyện Kim Bảng".to_owned(),
            from: "phatngon@kimbang.example".to_owned(),
            to: "an@kimbang.example".to_owned(),
            subject: "Việc đến hạn".to_owned(),
            text: "Kính gửi Anh/Chị\n".to_owned(),
        }
    }

    #[test]
    fn a_letter_has_one_recipient_its_own_id_and_says_that_a_machine_wrote_it() {
        let (envelope, bytes) = letter().build().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(envelope.to().len(), 1);
        assert!(text.contains("Message-ID: <m1@kimbang.example>\r\n"), "{text}");
        assert!(text.contains("To: an@kimbang.example\r\n"), "{text}");
        assert!(text.contains("Auto-Submitted: auto-generated\r\n"), "{text}");
        assert!(text.contains("Content-Type: text/plain; charset=utf-8\r\n"), "{text}");
        assert!(text.is_ascii());
    }

    #[test]
    fn a_line_break_a_second_recipient_or_a_name_is_refused_everywhere() {
        type Set = fn(&mut Letter, &str);
        let with: [(&str, Set); 5] = [
            ("to", |letter, bad| letter.to = bad.to_owned()),
            ("from", |letter, bad| letter.from = bad.to_owned()),
            ("from_name", |letter, bad| letter.from_name = format!("UBND{bad}")),
            ("subject", |letter, bad| letter.subject = format!("Việc{bad}")),
            ("message_id", |letter, bad| letter.message_id = format!("m1{bad}")),
        ];
        for (field, set) in with {
            for bad in ["\r\nBcc: x@evil.example", "\nX: y", "\0", "\u{85}"] {
                let mut letter = letter();
                set(&mut letter, bad);
                assert!(matches!(letter.build(), Err(Failure::Refused(_))), "{field} {bad:?}");
            }
        }
        for bad in
            ["", "an", "an@", "a@x.example,b@x.example", "An <an@x.example>", "=?utf-8?q?a?=@x.example\r\n"]
        {
            assert!(!is_address(bad), "{bad}");
        }
        assert!(is_address("van.thu@kimbang.hanam.gov.vn"));
    }
}
