//! Steps of an explanation, as data and in words.

use serde::{Deserialize, Serialize};

use crate::calendar::DayKind;
use crate::time::{self, Day};

/// One step of an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// The clock starts.
    Start {
        /// As written.
        at: String,
        /// Whether the first day is not counted.
        first_day_not_counted: bool,
    },
    /// A day counted as number so and so.
    Counted {
        /// The day.
        day: Day,
        /// Its number, from 1.
        number: u32,
        /// What kind of day it is.
        kind: DayKind,
        /// The decision behind a made-working day.
        source: String,
    },
    /// A day not counted.
    Skipped {
        /// The day.
        day: Day,
        /// Why.
        kind: DayKind,
        /// The decision behind it.
        source: String,
    },
    /// Calendar days counted in one go.
    Span {
        /// How many.
        days: u32,
        /// The last of them.
        last: Day,
    },
    /// The end moved past a day off (TM-4).
    Shifted {
        /// From this day.
        from: Day,
        /// Because of this.
        kind: DayKind,
        /// The decision behind it.
        source: String,
    },
    /// Hours counted, which no day off stops (TM-7).
    Hours {
        /// How many; negative before an event.
        hours: i64,
    },
    /// The clock stood still.
    Paused {
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
        /// Why.
        reason: String,
    },
    /// More time was given; the first date stays visible.
    Extended {
        /// The date before.
        first_due: String,
        /// Why.
        reason: String,
    },
    /// The date is fixed and never moves later; the last working day before it is named.
    Fixed {
        /// The last good day.
        last: Day,
        /// The last working day not after it.
        last_working: Day,
    },
    /// The end.
    End {
        /// As written.
        due: String,
    },
}

/// `thứ Hai 24/11/2020`.
fn weekday_vi(day: Day) -> String {
    use jiff::civil::Weekday as W;
    let name = match day.weekday() {
        W::Monday => "thứ Hai",
        W::Tuesday => "thứ Ba",
        W::Wednesday => "thứ Tư",
        W::Thursday => "thứ Năm",
        W::Friday => "thứ Sáu",
        W::Saturday => "thứ Bảy",
        W::Sunday => "Chủ nhật",
    };
    format!("{name} {}", time::day_in_table(day))
}

fn weekday_en(day: Day) -> String {
    format!("{:?} {}", day.weekday(), time::day_in_table(day))
}

fn with(source: &str) -> String {
    if source.is_empty() { String::new() } else { format!(" ({source})") }
}

impl Step {
    /// In Vietnamese.
    pub fn in_vietnamese(&self) -> String {
        match self {
            Step::Start { at, first_day_not_counted: true } => {
                format!("Bắt đầu từ {at}; ngày đầu tiên không tính (Bộ luật Dân sự 2015, Điều 147).")
            }
            Step::Start { at, first_day_not_counted: false } => format!("Bắt đầu từ {at}."),
            Step::Counted { day, number, kind: DayKind::MadeWorking, source } => {
                format!("{}: ngày làm việc thứ {number}, làm bù{}.", weekday_vi(*day), with(source))
            }
            Step::Counted { day, number, .. } => format!("{}: ngày làm việc thứ {number}.", weekday_vi(*day)),
            Step::Skipped { day, kind, source } => {
                format!("{}: không tính, {}{}.", weekday_vi(*day), kind.in_vietnamese(), with(source))
            }
            Step::Span { days, last } => format!("Đếm {days} ngày, đến hết {}.", weekday_vi(*last)),
            Step::Shifted { from, kind, source } => format!(
                "{} là ngày {}{}: chuyển sang ngày tiếp theo (Bộ luật Dân sự 2015, Điều 148 khoản 5).",
                weekday_vi(*from),
                kind.in_vietnamese(),
                with(source)
            ),
            Step::Hours { hours } if *hours < 0 => format!("Lùi lại {} giờ trước sự kiện.", -hours),
            Step::Hours { hours } => {
                format!("Cộng {hours} giờ liên tục, kể cả ban đêm, ngày nghỉ, ngày lễ.")
            }
            Step::Paused { from, to, reason } => format!(
                "Tạm dừng từ {} đến {}: {reason}.",
                time::day_in_table(*from),
                time::day_in_table(*to)
            ),
            Step::Extended { first_due, reason } => {
                format!("Gia hạn; thời hạn ban đầu là {first_due}: {reason}.")
            }
            Step::Fixed { last, last_working } => format!(
                "Ngày cuối cùng hợp lệ là {}; không lùi sang ngày sau. Ngày làm việc cuối cùng: {}.",
                weekday_vi(*last),
                weekday_vi(*last_working)
            ),
            Step::End { due } => format!("Hết hạn: {due}."),
        }
    }

    /// In English.
    pub fn in_english(&self) -> String {
        match self {
            Step::Start { at, first_day_not_counted: true } => {
                format!("Starts on {at}; the first day does not count (Civil Code 2015, Article 147).")
            }
            Step::Start { at, first_day_not_counted: false } => format!("Starts at {at}."),
            Step::Counted { day, number, kind, source } => {
                format!("{}: day {number}, {}{}.", weekday_en(*day), kind.in_english(), with(source))
            }
            Step::Skipped { day, kind, source } => {
                format!("{}: not counted, {}{}.", weekday_en(*day), kind.in_english(), with(source))
            }
            Step::Span { days, last } => format!("{days} days, to the end of {}.", weekday_en(*last)),
            Step::Shifted { from, kind, source } => format!(
                "{} is a {}{}: moves to the next day (Civil Code 2015, Article 148.5).",
                weekday_en(*from),
                kind.in_english(),
                with(source)
            ),
            Step::Hours { hours } if *hours < 0 => format!("{} hours before the event.", -hours),
            Step::Hours { hours } => format!("{hours} hours on the clock, nights and holidays included."),
            Step::Paused { from, to, reason } => {
                format!("Paused from {} to {}: {reason}.", time::day_in_table(*from), time::day_in_table(*to))
            }
            Step::Extended { first_due, reason } => format!("Extended; first due {first_due}: {reason}."),
            Step::Fixed { last, last_working } => format!(
                "The last good day is {}; it never moves later. Last working day: {}.",
                weekday_en(*last),
                weekday_en(*last_working)
            ),
            Step::End { due } => format!("Due: {due}."),
        }
    }

    /// Whether it is a counted day.
    pub const fn is_counted(&self) -> bool {
        matches!(self, Step::Counted { .. })
    }
}
