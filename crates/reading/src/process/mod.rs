//! Reading in a process of its own (security checklist UPL-A02): what a hostile file does to the reader, it does to a
//! process that holds nothing, may write nothing, and ends soon.

mod helper;
mod recognise;
mod separate;

use std::time::Duration;

pub use helper::help;
pub use recognise::is_possible as can_recognise;
pub use separate::Separate;

use crate::file::Ask;

/// The word that makes our program the helper.
pub const COMMAND: &str = "read-file";

/// What the helper may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of memory.
    pub memory: u64,
    /// Seconds of a processor.
    pub cpu: u64,
    /// Time that may pass.
    pub wall: Duration,
    /// Open files.
    pub files: u64,
    /// Bytes of the answer.
    pub answer: u64,
}

impl Bounds {
    /// The bounds of a question.
    pub const fn of(ask: Ask) -> Bounds {
        let answer = 96 << 20;
        match ask {
            Ask::Article | Ask::Document | Ask::Length | Ask::Check => {
                Bounds { memory: 512 << 20, cpu: 20, wall: Duration::from_secs(20), files: 16, answer }
            }
            // Two other programs work for it, each within the same bounds; a page takes them some seconds.
            Ask::Recognise => {
                Bounds { memory: 1 << 30, cpu: 60, wall: Duration::from_secs(25), files: 64, answer }
            }
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It took longer than it may.
    #[error("reading took too long")]
    TooLong,
    /// The helper ended without an answer: the file broke it, or asked for too much.
    #[error("the helper died over the file")]
    Died,
    /// The helper could not be started.
    #[error("the helper does not start")]
    NotStarted,
}

impl Unread {
    /// The stable code; its words stand in the locales.
    pub const fn code(self) -> &'static str {
        match self {
            Unread::TooLong => "reading_too_long",
            Unread::Died => "reading_died",
            Unread::NotStarted => "reading_not_started",
        }
    }
}
