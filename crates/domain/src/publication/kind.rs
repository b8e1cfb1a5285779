//! The kinds of publications: a closed list, with what differs between them (docs/adr/0006).

use crate::register::Register;

/// What a publication is. *Loại nội dung.*
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// *Tin, bài.*
    News,
    /// *Bản tin truyền thanh*: text and sound.
    Bulletin,
    /// *Văn bản* of the office, or one it passes on.
    Document,
    /// *Phát ngôn, thông cáo báo chí.*
    Statement,
    /// *Cải chính, phản hồi thông tin báo chí nêu.*
    Correction,
    /// *Trả lời* of a citizen's question.
    Answer,
    /// *Thông báo.*
    Notice,
}

/// What is known of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec {
    /// The kind.
    pub kind: Kind,
    /// The stored word; locale keys `publication.kind.<word>`.
    pub word: &'static str,
    /// The part of the public address: `/tin-tuc/…`. Never changed once published.
    pub path: &'static str,
    /// The register that counts it; none when no register does.
    pub register: Option<Register>,
    /// The type schema.org gives it.
    pub schema_type: &'static str,
}

const fn spec(
    kind: Kind,
    word: &'static str,
    path: &'static str,
    register: Option<Register>,
    schema_type: &'static str,
) -> Spec {
    Spec { kind, word, path, register, schema_type }
}

const SPECS: [Spec; 7] = [
    spec(Kind::News, "news", "tin-tuc", Some(Register::News), "NewsArticle"),
    spec(Kind::Bulletin, "bulletin", "ban-tin", Some(Register::News), "RadioEpisode"),
    spec(Kind::Document, "document", "van-ban", Some(Register::PortalDocuments), "DigitalDocument"),
    spec(Kind::Statement, "statement", "phat-ngon", None, "Statement"),
    spec(Kind::Correction, "correction", "cai-chinh", None, "CorrectionComment"),
    spec(Kind::Answer, "answer", "tra-loi", None, "Answer"),
    spec(Kind::Notice, "notice", "thong-bao", None, "SpecialAnnouncement"),
];

impl Kind {
    /// All kinds, in the order of menus.
    pub const ALL: [Kind; 7] = [
        Kind::News,
        Kind::Bulletin,
        Kind::Document,
        Kind::Statement,
        Kind::Correction,
        Kind::Answer,
        Kind::Notice,
    ];

    /// What is known of it.
    pub const fn spec(self) -> &'static Spec {
        &SPECS[self as usize]
    }

    /// The stored word.
    pub const fn word(self) -> &'static str {
        self.spec().word
    }

    /// The kind with this stored word.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The kind whose public address begins with this part.
    pub fn from_path(path: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.spec().path == path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_kind_finds_its_own_row_by_word_and_by_path() {
        for kind in Kind::ALL {
            assert_eq!(kind.spec().kind, kind);
            assert_eq!(Kind::from_word(kind.word()), Some(kind));
            assert_eq!(Kind::from_path(kind.spec().path), Some(kind));
        }
        assert_eq!(Kind::ALL.iter().map(|kind| kind.spec().path).collect::<BTreeSet<_>>().len(), 7);
    }
}
