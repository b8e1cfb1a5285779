//! The limits before and while a file is read, and why a file is refused.

use serde::{Deserialize, Serialize};

use crate::file::Ask;

/// How much of a hostile file we are willing to look at (security checklist UPL-02, UPL-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of one unpacked part.
    pub part: u64,
    /// Unpacked bytes for one packed byte.
    pub ratio: u64,
    /// Unpacked bytes of all parts.
    pub unpacked: u64,
    /// Parts of an archive.
    pub parts: usize,
    /// Pictures taken out of one file.
    pub pictures: usize,
    /// Levels of XML elements.
    pub depth: usize,
    /// Lines or paragraphs.
    pub lines: usize,
    /// Characters of text.
    pub characters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 50 << 20,
            part: 64 << 20,
            ratio: 100,
            unpacked: 200 << 20,
            parts: 2000,
            pictures: 50,
            depth: 200,
            lines: 200_000,
            characters: 20_000_000,
        }
    }
}

impl Limits {
    /// The limits of a question: recordings are larger than documents.
    pub fn of(ask: Ask) -> Limits {
        let usual = Limits::default();
        match ask {
            Ask::Length => Limits { bytes: 100 << 20, ..usual },
            Ask::Article | Ask::Document | Ask::Recognise | Ask::Check => usual,
        }
    }
}

/// Why a file was not read. The code is stable; its words stand in the locales of the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The file or something in it is larger than the limits allow.
    #[error("the file is larger than the limits allow")]
    TooLarge,
    /// The file is neither DOCX nor PDF by its content.
    #[error("the file is neither DOCX nor PDF")]
    NotKnown,
    /// The file is damaged.
    #[error("the file is damaged")]
    Broken,
    /// The file is locked by a password.
    #[error("the file is locked by a password")]
    Locked,
    /// The file carries a program (*macro*) and may do more than be read.
    #[error("the file carries macros")]
    Macros,
    /// The file is of one kind at its beginning and of another at its end.
    #[error("the file is of two kinds at once")]
    TwoKinds,
    /// The file is of Word before 2007 (`.doc`).
    #[error("the file is of the old Word format")]
    OldWord,
}

impl Refused {
    /// The stable code; its words stand in the locales.
    pub const fn code(self) -> &'static str {
        match self {
            Refused::Empty => "reading_empty",
            Refused::TooLarge => "reading_too_large",
            Refused::NotKnown => "reading_not_known",
            Refused::Broken => "reading_broken",
            Refused::Locked => "reading_locked",
            Refused::Macros => "reading_macros",
            Refused::TwoKinds => "reading_two_kinds",
            Refused::OldWord => "reading_old_word",
        }
    }
}
