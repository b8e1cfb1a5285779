//! Kinds of days.

use serde::{Deserialize, Serialize};

/// What kind of day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// *Ngày làm việc*.
    Working,
    /// *Nghỉ hằng tuần*: Saturday, Sunday (QĐ 188/1999/QĐ-TTg).
    Weekend,
    /// *Nghỉ lễ, tết*.
    Holiday,
    /// *Nghỉ bù* for a holiday on a weekly day off (Bộ luật Lao động, Điều 111 khoản 3).
    Compensatory,
    /// *Nghỉ hoán đổi*: a working day given off, worked on another day.
    Swapped,
    /// *Làm bù*: a weekly day off that is worked for a swapped one.
    MadeWorking,
    /// *Cơ quan đóng cửa*: a local closure (storm, flood).
    LocalClosure,
}

impl DayKind {
    /// All kinds.
    pub const ALL: [DayKind; 7] = [
        DayKind::Working,
        DayKind::Weekend,
        DayKind::Holiday,
        DayKind::Compensatory,
        DayKind::Swapped,
        DayKind::MadeWorking,
        DayKind::LocalClosure,
    ];

    /// The stored word; locale key `day_kind.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            DayKind::Working => "working",
            DayKind::Weekend => "weekend",
            DayKind::Holiday => "holiday",
            DayKind::Compensatory => "compensatory",
            DayKind::Swapped => "swapped",
            DayKind::MadeWorking => "made_working",
            DayKind::LocalClosure => "local_closure",
        }
    }

    /// The kind with this stored word.
    pub fn from_word(word: &str) -> Option<DayKind> {
        DayKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether it is worked.
    pub const fn is_working(self) -> bool {
        matches!(self, DayKind::Working | DayKind::MadeWorking)
    }

    /// In Vietnamese, for explanations.
    pub const fn in_vietnamese(self) -> &'static str {
        match self {
            DayKind::Working => "ngày làm việc",
            DayKind::Weekend => "nghỉ hằng tuần",
            DayKind::Holiday => "nghỉ lễ, tết",
            DayKind::Compensatory => "nghỉ bù",
            DayKind::Swapped => "nghỉ hoán đổi",
            DayKind::MadeWorking => "làm bù",
            DayKind::LocalClosure => "cơ quan đóng cửa",
        }
    }

    /// In English, for explanations.
    pub const fn in_english(self) -> &'static str {
        match self {
            DayKind::Working => "working day",
            DayKind::Weekend => "weekend",
            DayKind::Holiday => "public holiday",
            DayKind::Compensatory => "day off in lieu",
            DayKind::Swapped => "swapped day off",
            DayKind::MadeWorking => "worked in lieu",
            DayKind::LocalClosure => "office closed",
        }
    }
}
