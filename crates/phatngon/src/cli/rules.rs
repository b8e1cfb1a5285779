//! `calendar` and `deadline`.

use app::{Actor, rules};
use domain::calendar::DayKind;
use serde_json::json;

use super::{CallError, Context, Format, Outcome, out};
use crate::wiring;

/// Days and years of the working calendar.
#[derive(Debug, clap::Subcommand)]
pub enum Calendar {
    /// Show the days of a year that are not what their weekday says.
    Show {
        /// The year.
        year: i16,
    },
    /// Change a day.
    Set {
        /// 22/08/2026
        day: String,
        /// working, weekend, holiday, compensatory, swapped, made_working, local_closure
        kind: String,
        /// The decision that makes it so.
        #[arg(long)]
        source: String,
    },
    /// Confirm a year: limits in it are no longer provisional.
    Confirm {
        /// The year.
        year: i16,
    },
}

/// Compute a limit and say how.
#[derive(Debug, clap::Args)]
pub struct Deadline {
    /// Id of the rule, PT-QA-4.
    #[arg(long)]
    rule: String,
    /// The day, or day and hour for limits in hours: 24/12/2020 or "29/08/2026 22:30".
    #[arg(long)]
    from: String,
}

pub(super) fn calendar(context: &Context, command: &Calendar) -> anyhow::Result<Outcome> {
    match command {
        Calendar::Show { year } => show(context, *year),
        Calendar::Set { day, kind, source } => {
            let app = wiring::open(&context.settings, false)?;
            let read = rules::read_day(day).ok_or_else(|| CallError(format!("{day:?} is no day")))?;
            let kind =
                DayKind::from_word(kind).ok_or_else(|| CallError(format!("{kind:?} is no kind of day")))?;
            rules::set_day(&app, &Actor::command_line(), read, kind, source)
                .map_err(|error| super::explain(&error))?;
            Ok(Outcome::Done)
        }
        Calendar::Confirm { year } => {
            let app = wiring::open(&context.settings, false)?;
            rules::confirm_year(&app, &Actor::command_line(), *year)
                .map_err(|error| super::explain(&error))?;
            Ok(Outcome::Done)
        }
    }
}

fn show(context: &Context, year: i16) -> anyhow::Result<Outcome> {
    let app = wiring::open_beside(&context.settings)?;
    let calendar = rules::policy(&app).map_err(|error| super::explain(&error))?.calendar;
    let confirmed = calendar.years().any(|of| of.year == year && of.is_confirmed);
    if context.format == Format::Json {
        let days: Vec<_> = calendar
            .days_of(year)
            .map(|day| json!({"day": day.day.to_string(), "kind": day.kind.word(), "source": day.source}))
            .collect();
        out::json(
            &json!({"year": year, "confirmed": confirmed, "version": calendar.version(), "days": days}),
        )?;
        return Ok(Outcome::Done);
    }
    out::line(format!("Năm {year}: {}", if confirmed { "đã xác nhận" } else { "TẠM TÍNH, chưa xác nhận" }));
    let rows: Vec<Vec<String>> = calendar
        .days_of(year)
        .map(|day| {
            let kind = day.kind.in_vietnamese().to_owned();
            vec![domain::time::day_in_table(day.day), kind, day.source.clone()]
        })
        .collect();
    out::table(&rows);
    Ok(Outcome::Done)
}

pub(super) fn deadline(context: &Context, asked: &Deadline) -> anyhow::Result<Outcome> {
    let has_installation =
        context.settings.database.is_some() || context.settings.data.join("phatngon.db").exists();
    let policy = if has_installation {
        let app = wiring::open_beside(&context.settings)?;
        rules::policy(&app).map_err(|error| super::explain(&error))?
    } else {
        rules::shipped()
    };
    let computed =
        rules::compute_with(&policy, &asked.rule, &asked.from).map_err(|error| super::explain(&error))?;
    let deadline = &computed.deadline;
    if context.format == Format::Json {
        out::json(&json!({
            "rule": computed.rule, "due": deadline.due, "due_in_words": deadline.due.in_words(),
            "provisional": deadline.is_provisional, "calendar_version": deadline.calendar_version,
            "trace": deadline.trace, "explanation": deadline.describe_vi(),
        }))?;
        return Ok(Outcome::Done);
    }
    out::line(format!("{} {}", computed.rule.id, computed.rule.title));
    out::line(format!("Căn cứ: {}", computed.rule.basis));
    if computed.rule.confidence.is_doubtful() {
        out::line("Lưu ý: quy định này chưa được đối chiếu với văn bản gốc.");
    }
    for line in deadline.describe_vi() {
        out::line(format!("  {line}"));
    }
    out::line(format!("Thời hạn: {}", deadline.due.in_words()));
    if deadline.is_provisional {
        out::line("TẠM TÍNH: lịch của năm chưa được người quản trị xác nhận.");
    }
    Ok(Outcome::Done)
}
