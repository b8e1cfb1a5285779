//! A text as one version of it stands.

use std::collections::BTreeMap;

use super::relation::Relation;
use super::workflow::Refusal;
use crate::time::{self, Day, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a file of a publication is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// *Tệp đính kèm*, to be saved.
    Attachment,
    /// A picture in the text.
    Picture,
    /// *Âm thanh* of a bulletin.
    Sound,
}

/// A file of a publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// The name it is saved under.
    pub name: String,
    /// Its media type, as found in its bytes.
    pub media_type: String,
    /// Its length in bytes.
    pub size: u64,
    /// What it is for.
    pub purpose: Purpose,
    /// What a picture shows, in words (*văn bản thay thế*), or the title of a file.
    pub text: String,
}

/// Everything a reader is shown and until when, and nothing else: what is approved is the digest of this.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// *Tiêu đề*; of a document its *trích yếu*.
    pub title: String,
    /// *Tóm tắt, sa-pô.*
    #[serde(default)]
    pub summary: String,
    /// *Nội dung*: HTML, cleaned.
    #[serde(default)]
    pub body: String,
    /// *Chuyên mục.*
    #[serde(default)]
    pub section: String,
    /// Values of the fields of its register, as typed: `symbol` → `12/KH-UBND`, days as `2020-11-20`.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Its files, in order.
    #[serde(default)]
    pub files: Vec<Attachment>,
    /// The last day it is shown; none for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Day>,
    /// What it does to other documents, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
}

impl Content {
    /// SHA-256 of everything shown, in hexadecimal.
    pub fn digest(&self) -> String {
        // Maps are ordered and fields fixed, so the same content always gives the same text.
        let text = serde_json::to_vec(self).unwrap_or_default();
        hex::encode(Sha256::digest(&text))
    }

    /// The first instant at which it is shown no more.
    pub fn ends_at(&self) -> Option<Timestamp> {
        time::start_of(self.last_day?.tomorrow().ok()?).ok()
    }

    /// What stands against showing it to anybody: neither text nor file, or a picture that nobody described.
    pub fn shortcoming(&self) -> Option<Refusal> {
        let is_silent = |file: &Attachment| file.purpose == Purpose::Picture && file.text.trim().is_empty();
        if self.body.trim().is_empty() && self.files.is_empty() {
            Some(Refusal::Empty)
        } else if self.files.iter().any(is_silent) {
            Some(Refusal::PictureNotDescribed)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_of_what_is_shown_changes_the_digest() {
        let one = Content { title: "Tin".into(), ..Content::default() };
        let file = Attachment {
            digest: "00".into(),
            name: "anh.jpg".into(),
            media_type: "image/jpeg".into(),
            size: 1,
            purpose: Purpose::Picture,
            text: String::new(),
        };
        let relation = Relation {
            act: crate::publication::relation::Act::Replaces,
            symbol: "1/2020/QĐ-UBND".into(),
            issued_on: None,
            issuer: String::new(),
        };
        let changed = [
            Content { title: "Tin.".into(), ..one.clone() },
            Content { summary: "x".into(), ..one.clone() },
            Content { body: "x".into(), ..one.clone() },
            Content { section: "x".into(), ..one.clone() },
            Content { fields: [("symbol".to_owned(), "1".to_owned())].into(), ..one.clone() },
            Content { files: vec![file], ..one.clone() },
            Content { last_day: Some("2020-12-31".parse().unwrap()), ..one.clone() },
            Content { relations: vec![relation], ..one.clone() },
        ];
        for other in &changed {
            assert_ne!(one.digest(), other.digest());
        }
        assert_eq!(one.digest(), one.clone().digest());
        assert_eq!(changed[5].shortcoming(), Some(Refusal::PictureNotDescribed));
        assert_eq!(one.shortcoming(), Some(Refusal::Empty));
        assert_eq!(changed[2].shortcoming(), None);
    }

    #[test]
    fn a_text_ends_with_its_last_day_in_vietnam() {
        let until = |day: Option<&str>| Content {
            last_day: day.map(|day| day.parse().unwrap()),
            ..Content::default()
        };
        assert_eq!(until(None).ends_at(), None);
        assert_eq!(
            until(Some("2020-12-31")).ends_at().map(|at| at.to_string()).as_deref(),
            Some("2020-12-31T17:00:00Z")
        );
    }

    #[test]
    fn what_was_approved_before_texts_had_a_last_day_and_relations_keeps_its_digest() {
        let old = r#"{"title":"Tin","summary":"","body":"<p>x</p>","section":"","fields":{},"files":[]}"#;
        let read: Content = serde_json::from_str(old).unwrap();
        assert_eq!(read.digest(), hex::encode(Sha256::digest(old)));
    }
}
