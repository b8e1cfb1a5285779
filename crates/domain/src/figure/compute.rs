//! The computation of every figure.

use std::collections::{BTreeMap, BTreeSet};

use super::counting::Tally;
use super::source::Source;
use super::{Amount, Figure};
use crate::register::{Record, Register};
use crate::text;
use crate::time::Day;

/// Computes all figures of the period, in the order of the metrics.
pub fn compute(source: &Source) -> Vec<Figure> {
    let mut figures = Vec::new();
    regulation(source, &mut figures);
    spokespersons(source, &mut figures);
    figures.push(no_data("press_conferences.held", 4, "press_conference"));
    figures.push(no_data("briefings.attended", 5, "briefing"));
    press_requests(source, &mut figures);
    figures.push(documents_supplied(source));
    figures.push(no_data("speech.turns", 9, "turn"));
    figures.push(no_data("extraordinary.spoken", 10, "percent"));
    figures.push(no_data("extraordinary.on_time", 10, "percent"));
    press_items(source, &mut figures);
    corrections(source, &mut figures);
    news(source, &mut figures);
    documents_posted(source, &mut figures);
    figures.push(units_contributing(source));
    figures.push(no_data("visits", 17, "visit"));
    questions(source, &mut figures);
    figures.push(no_data("information_requests.received", 19, "request"));
    figures.push(no_data("coordination.in_time", 20, "percent"));
    figures.push(no_data("training.sessions", 21, "session"));
    figures
}

fn no_data(id: &str, metric: u8, unit: &'static str) -> Figure {
    Tally::default().into_figure(id, metric, unit, Amount::NoData)
}

fn push_no_data(figures: &mut Vec<Figure>, metric: u8, ids: &[(&str, &'static str)]) {
    figures.extend(ids.iter().map(|(id, unit)| no_data(id, metric, unit)));
}

/// Metrics 1 and 2: the regulation and the units it was rolled out to.
fn regulation(source: &Source, figures: &mut Vec<Figure>) {
    let Some(roll_outs) = source.of(Register::RollOuts) else {
        push_no_data(
            figures,
            1,
            &[
                ("regulation.units_total", "unit"),
                ("regulation.units_sent", "unit"),
                ("regulation.units_acknowledged", "unit"),
            ],
        );
        push_no_data(
            figures,
            2,
            &[("regulation.own_issued", "document"), ("regulation.own_on_time", "percent")],
        );
        return;
    };
    let ended = ended_regulations(source);
    let (mut sent, mut acknowledged) = (Tally::default(), Tally::default());
    let (mut own, mut own_on_time) = (Tally::default(), Tally::default());
    let mut seen = BTreeSet::new();
    for record in roll_outs {
        let values = &record.values;
        let regulation = text::key(values.text("regulation").unwrap_or(""));
        if values.day("sent_on").is_none_or(|day| day > source.last()) {
            continue;
        }
        if ended.contains(&regulation) {
            sent.leave(record, "regulation_ended");
            continue;
        }
        if !seen.insert(text::key(values.text("recipient").unwrap_or(""))) {
            sent.leave(record, "same_unit");
            continue;
        }
        sent.count(record);
        match values.day("acknowledged_on") {
            Some(day) if day <= source.last() => acknowledged.count(record),
            Some(_) => acknowledged.leave(record, "after_period"),
            None => acknowledged.leave(record, "not_acknowledged"),
        }
        count_own_regulation(source, record, &mut own, &mut own_on_time);
    }
    let total = match source.audience.len() {
        0 => Amount::NoData,
        count => Amount::Count { count: count as u64 },
    };
    figures.push(Tally::default().into_figure("regulation.units_total", 1, "unit", total));
    figures.push(sent.into_count("regulation.units_sent", 1, "unit"));
    figures.push(acknowledged.into_count("regulation.units_acknowledged", 1, "unit"));
    figures.push(own.into_count("regulation.own_issued", 2, "document"));
    figures.push(own_on_time.into_ratio("regulation.own_on_time", 2));
}

/// The regulations that ended before the period began.
fn ended_regulations(source: &Source) -> BTreeSet<String> {
    let records = source.of(Register::Regulations).unwrap_or(&[]);
    let ended =
        |record: &&Record| record.values.day("ended_on").is_some_and(|day| day < source.period.first());
    records.iter().filter(ended).filter_map(|record| record.values.text("symbol").map(text::key)).collect()
}

fn count_own_regulation(source: &Source, record: &Record, own: &mut Tally, on_time: &mut Tally) {
    let due = record.values.day("own_regulation_due_on");
    match record.values.day("own_regulation_on").filter(|day| *day <= source.last()) {
        Some(day) => {
            own.count(record);
            match due {
                Some(due) => on_time.weigh(record, day <= due, "late"),
                None => on_time.leave(record, "no_limit"),
            }
        }
        None => {
            own.leave(record, "no_own_regulation");
            match due {
                Some(due) if due <= source.last() => on_time.weigh(record, false, "late"),
                Some(_) => on_time.leave(record, "not_due_yet"),
                None => on_time.leave(record, "no_limit"),
            }
        }
    }
}

/// Metric 3: spokespersons in office during the period, published, in time.
fn spokespersons(source: &Source, figures: &mut Vec<Figure>) {
    let Some(records) = source.of(Register::Spokespersons) else {
        push_no_data(
            figures,
            3,
            &[("spokespersons.published", "person"), ("spokespersons.published_in_time", "percent")],
        );
        return;
    };
    let (mut published, mut in_time) = (Tally::default(), Tally::default());
    for record in records {
        let values = &record.values;
        let begun = values.day("starts_on").is_some_and(|day| day <= source.last());
        let over = values.day("ends_on").is_some_and(|day| day < source.period.first());
        if !begun || over {
            continue;
        }
        let on = values.day("published_on").filter(|day| *day <= source.last());
        if on.is_some() {
            published.count(record)
        } else {
            published.leave(record, "not_published")
        }
        match (on, values.day("publish_due_on")) {
            (Some(on), Some(due)) => in_time.weigh(record, on <= due, "late"),
            (None, Some(due)) if due <= source.last() => in_time.weigh(record, false, "late"),
            (None, Some(_)) => in_time.leave(record, "not_due_yet"),
            (_, None) => in_time.leave(record, "no_limit"),
        }
    }
    figures.push(published.into_count("spokespersons.published", 3, "person"));
    figures.push(in_time.into_ratio("spokespersons.published_in_time", 3));
}

/// Whether a press request was answered by the end of the period.
fn is_answered(record: &Record, last: Day) -> bool {
    let refused = record.values.word("outcome") == Some("refused");
    !refused && record.values.day("answered_on").is_some_and(|day| day <= last)
}

/// Metrics 6 and 7: requests received in the period, and what became of them by its end.
fn press_requests(source: &Source, figures: &mut Vec<Figure>) {
    let Some(records) = source.on(Register::PressRequests, "received_on") else {
        push_no_data(
            figures,
            6,
            &[
                ("press_requests.received", "request"),
                ("press_requests.answered", "request"),
                ("press_requests.refused", "request"),
                ("press_requests.open", "request"),
                ("press_requests.overdue", "request"),
            ],
        );
        push_no_data(figures, 7, &[("press_requests.by_requester_kind", "request")]);
        return;
    };
    let (mut received, mut answered, mut refused) = (Tally::default(), Tally::default(), Tally::default());
    let (mut open, mut overdue, mut by_kind) = (Tally::default(), Tally::default(), Tally::default());
    for record in records {
        let values = &record.values;
        received.count(record);
        by_kind.count_under(record, values.word("requester_kind").unwrap_or("unknown"));
        if values.word("requester_kind").is_none() {
            by_kind.doubt(record, "no_requester_kind");
        }
        let outcome = values.word("outcome");
        let is_answered = is_answered(record, source.last());
        let is_refused = outcome == Some("refused");
        let is_withdrawn = outcome == Some("withdrawn");
        if is_answered {
            answered.count(record)
        } else {
            answered.leave(record, why_not_answered(outcome))
        }
        if is_refused {
            refused.count(record);
            if values.word("refusal_ground").is_none() {
                refused.doubt(record, "refused_without_ground");
            }
        }
        let is_open = !is_answered && !is_refused && !is_withdrawn;
        if is_open {
            open.count(record);
        }
        let done = values.day("answered_on").unwrap_or(Day::MAX);
        match values.day("due_on") {
            Some(due) if !is_withdrawn && done > due && due < source.last() => overdue.count(record),
            Some(_) => overdue.leave(record, "in_time"),
            None => overdue.leave(record, "no_limit"),
        }
    }
    figures.push(received.into_count("press_requests.received", 6, "request"));
    figures.push(answered.into_count("press_requests.answered", 6, "request"));
    figures.push(refused.into_count("press_requests.refused", 6, "request"));
    figures.push(open.into_count("press_requests.open", 6, "request"));
    figures.push(overdue.into_count("press_requests.overdue", 6, "request"));
    figures.push(by_kind.into_count("press_requests.by_requester_kind", 7, "request"));
}

fn why_not_answered(outcome: Option<&str>) -> &'static str {
    match outcome {
        Some("refused") => "refused",
        Some("withdrawn") => "withdrawn",
        _ => "open",
    }
}

/// The same document in two registers has the same symbol, written with or without spaces, in the same year.
fn document_key(symbol: &str, day: Option<Day>) -> String {
    let plain: String = text::fold(symbol).chars().filter(|sign| !sign.is_whitespace()).collect();
    format!("{plain}|{}", day.map_or(0, |day| day.year()))
}

/// Metric 8: distinct documents that left on request: replies to press requests answered in the period, and
/// outgoing documents of the period marked as supplied on request.
fn documents_supplied(source: &Source) -> Figure {
    const ID: &str = "documents_supplied_on_request";
    let (requests, outgoing) = (source.of(Register::PressRequests), source.of(Register::OutgoingDocuments));
    if requests.is_none() && outgoing.is_none() {
        return no_data(ID, 8, "document");
    }
    let outgoing = outgoing.unwrap_or(&[]);
    let by_key: BTreeMap<String, &Record> = outgoing
        .iter()
        .filter_map(|record| {
            let symbol = record.values.text("symbol")?;
            Some((document_key(symbol, record.values.day("issued_on")), record))
        })
        .collect();
    let mut tally = Tally::default();
    let mut seen = BTreeSet::new();
    for record in requests.unwrap_or(&[]) {
        let answered = record.values.day("answered_on").filter(|day| source.period.contains(*day));
        let (Some(day), Some(symbol)) = (answered, record.values.text("reply_symbol")) else { continue };
        let key = document_key(symbol, Some(day));
        let found = by_key.get(&key).copied();
        if !seen.insert(key) {
            tally.leave(record, "same_document");
            continue;
        }
        tally.count(found.unwrap_or(record));
        if found.is_none() {
            tally.doubt(record, "reply_not_in_register");
        }
    }
    for record in outgoing {
        let in_period = record.values.day("issued_on").is_some_and(|day| source.period.contains(day));
        if !in_period || record.values.word("supplied_to").is_none() {
            continue;
        }
        let symbol = record.values.text("symbol").unwrap_or("");
        if seen.insert(document_key(symbol, record.values.day("issued_on"))) {
            tally.count(record);
        }
    }
    tally.into_count(ID, 8, "document")
}

/// Metrics 11 and 12: coverage of the period.
fn press_items(source: &Source, figures: &mut Vec<Figure>) {
    let Some(records) = source.on(Register::PressItems, "published_on") else {
        push_no_data(
            figures,
            11,
            &[
                ("press_items.monitored", "item"),
                ("press_items.needing_answer", "item"),
                ("press_items.answered", "percent"),
            ],
        );
        push_no_data(figures, 12, &[("press_items.self_detected", "percent")]);
        return;
    };
    let (mut monitored, mut needing) = (Tally::default(), Tally::default());
    let (mut answered, mut self_detected) = (Tally::default(), Tally::default());
    for record in records {
        let values = &record.values;
        monitored.count(record);
        if needs_answer(record) {
            needing.count(record);
            answered.weigh(record, was_acted_on(record, source.last()), "not_answered");
        } else {
            needing.leave(record, "no_answer_needed");
        }
        match values.word("detected_by") {
            Some(by) => self_detected.weigh(record, by == "unit", "assigned_from_above"),
            None => self_detected.leave(record, "detection_unknown"),
        }
    }
    figures.push(monitored.into_count("press_items.monitored", 11, "item"));
    figures.push(needing.into_count("press_items.needing_answer", 11, "item"));
    figures.push(answered.into_ratio("press_items.answered", 11));
    figures.push(self_detected.into_ratio("press_items.self_detected", 12));
}

/// One-sided is not false: only false facts open a correction.
fn is_false(record: &Record) -> bool {
    matches!(record.values.word("assessment"), Some("false" | "partly"))
}

fn has_action(record: &Record) -> bool {
    matches!(record.values.word("action"), Some("feedback" | "correction_request"))
}

fn needs_answer(record: &Record) -> bool {
    record.values.flag("needs_answer").unwrap_or(false) || is_false(record) || has_action(record)
}

fn was_acted_on(record: &Record, last: Day) -> bool {
    has_action(record) && record.values.day("action_on").is_some_and(|day| day <= last)
}

/// Metric 13: false items, what was asked of the press and what it did.
fn corrections(source: &Source, figures: &mut Vec<Figure>) {
    let Some(records) = source.on(Register::PressItems, "published_on") else {
        push_no_data(
            figures,
            13,
            &[
                ("corrections.requested", "percent"),
                ("corrections.corrected", "item"),
                ("corrections.refused", "item"),
                ("corrections.pending", "item"),
                ("corrections.rounds", "round"),
            ],
        );
        return;
    };
    let mut requested = Tally::default();
    let (mut corrected, mut refused, mut pending) = (Tally::default(), Tally::default(), Tally::default());
    let mut rounds_tally = Tally::default();
    let mut rounds = 0;
    for record in records {
        if !is_false(record) {
            let one_sided = record.values.word("assessment") == Some("one_sided");
            if one_sided || has_action(record) {
                requested.leave(record, if one_sided { "one_sided" } else { "not_false" });
            }
            continue;
        }
        let acted = was_acted_on(record, source.last());
        requested.weigh(record, acted, "nothing_requested");
        if !acted {
            continue;
        }
        let done = record.values.day("outcome_on").is_none_or(|day| day <= source.last());
        match record.values.word("outcome").filter(|_| done) {
            Some("corrected" | "feedback_published" | "removed") => corrected.count(record),
            Some("refused") => refused.count(record),
            _ => pending.count(record),
        }
        rounds_tally.count(record);
        rounds += u64::try_from(record.values.count("rounds").unwrap_or(1)).unwrap_or(0);
    }
    figures.push(requested.into_ratio("corrections.requested", 13));
    figures.push(corrected.into_count("corrections.corrected", 13, "item"));
    figures.push(refused.into_count("corrections.refused", 13, "item"));
    figures.push(pending.into_count("corrections.pending", 13, "item"));
    figures.push(rounds_tally.into_amount("corrections.rounds", 13, "round", rounds));
}

/// Metric 14: news posted in the period and not withdrawn by its end.
fn news(source: &Source, figures: &mut Vec<Figure>) {
    let Some(records) = source.on(Register::News, "posted_on") else {
        push_no_data(
            figures,
            14,
            &[
                ("news.total", "news"),
                ("news.from_radio", "news"),
                ("news.by_supplier", "news"),
                ("news.by_category", "news"),
                ("news.by_month", "news"),
            ],
        );
        return;
    };
    let (mut total, mut radio) = (Tally::default(), Tally::default());
    let (mut supplier_parts, mut category_parts, mut month_parts) =
        (Tally::default(), Tally::default(), Tally::default());
    for record in records {
        let values = &record.values;
        if values.day("withdrawn_on").is_some_and(|day| day <= source.last()) {
            total.leave(record, "withdrawn");
            continue;
        }
        total.count(record);
        let supplier = values.text("supplier").unwrap_or("");
        if source.is_radio(supplier) {
            radio.count(record)
        } else {
            radio.leave(record, "other_supplier")
        }
        supplier_parts.count_under(record, if supplier.is_empty() { "-" } else { supplier });
        category_parts.count_under(record, values.text("category").unwrap_or("-"));
        if let Some(day) = values.day("posted_on") {
            month_parts.count_under(record, &format!("{}-{:02}", day.year(), day.month()));
        }
    }
    figures.push(total.into_count("news.total", 14, "news"));
    figures.push(radio.into_count("news.from_radio", 14, "news"));
    figures.push(supplier_parts.into_count("news.by_supplier", 14, "news"));
    figures.push(category_parts.into_count("news.by_category", 14, "news"));
    let mut by_month = month_parts.into_count("news.by_month", 14, "news");
    by_month.parts.sort_by(|a, b| a.label.cmp(&b.label));
    figures.push(by_month);
}

/// Metric 15: documents posted in the period and not withdrawn by its end, by type and issuer, in time.
fn documents_posted(source: &Source, figures: &mut Vec<Figure>) {
    let Some(records) = source.on(Register::PortalDocuments, "posted_on") else {
        push_no_data(
            figures,
            15,
            &[
                ("documents_posted.total", "document"),
                ("documents_posted.by_type", "document"),
                ("documents_posted.by_issuer", "document"),
                ("documents_posted.in_time", "percent"),
            ],
        );
        return;
    };
    let (mut total, mut in_time) = (Tally::default(), Tally::default());
    let (mut types, mut issuers) = (Tally::default(), Tally::default());
    for record in records {
        let values = &record.values;
        if values.day("withdrawn_on").is_some_and(|day| day <= source.last()) {
            total.leave(record, "withdrawn");
            continue;
        }
        total.count(record);
        types.count_under(record, values.text("type_name").unwrap_or("-"));
        issuers.count_under(record, values.text("issuer").unwrap_or("-"));
        match (values.day("posted_on"), values.day("post_due_on")) {
            (Some(posted), Some(due)) => in_time.weigh(record, posted <= due, "late"),
            _ => in_time.leave(record, "no_limit"),
        }
    }
    figures.push(total.into_count("documents_posted.total", 15, "document"));
    figures.push(types.into_count("documents_posted.by_type", 15, "document"));
    figures.push(issuers.into_count("documents_posted.by_issuer", 15, "document"));
    figures.push(in_time.into_ratio("documents_posted.in_time", 15));
}

/// Metric 16: distinct units that supplied news in the period; one record stands for each.
fn units_contributing(source: &Source) -> Figure {
    const ID: &str = "portal.units_contributing";
    let Some(records) = source.on(Register::News, "posted_on") else { return no_data(ID, 16, "unit") };
    let mut tally = Tally::default();
    let mut seen = BTreeSet::new();
    for record in records {
        match record.values.text("supplier") {
            None => tally.leave(record, "no_supplier"),
            Some(supplier) => {
                if seen.insert(text::key(supplier)) {
                    tally.count(record);
                }
            }
        }
    }
    tally.into_count(ID, 16, "unit")
}

/// Where a question stands at the end of the period.
struct QuestionEnd {
    answered: bool,
    on_time: Option<bool>,
    days: Option<u64>,
}

/// A question is on time when answered by its limit, or when a progress notice went out by the limit and it was
/// answered by the day that notice named (PT-QA-4).
fn question_end(record: &Record, last: Day) -> QuestionEnd {
    let values = &record.values;
    let answered_on = values.day("answered_on").filter(|day| *day <= last);
    let limit = values.day("due_on").map(|due| {
        let noticed = values.day("notice_on").is_some_and(|notice| notice <= due);
        values.day("promised_on").filter(|_| noticed).map_or(due, |promised| promised.max(due))
    });
    let on_time = match (answered_on, limit) {
        (Some(answered), Some(limit)) => Some(answered <= limit),
        (None, Some(limit)) if limit <= last => Some(false),
        (None, Some(_)) | (_, None) => None,
    };
    let days = answered_on
        .zip(values.day("received_on"))
        .map(|(answered, received)| u64::try_from((answered - received).get_days()).unwrap_or(0));
    QuestionEnd { answered: answered_on.is_some(), on_time, days }
}

/// Metric 18: questions received in the period.
fn questions(source: &Source, figures: &mut Vec<Figure>) {
    let Some(records) = source.on(Register::Questions, "received_on") else {
        push_no_data(
            figures,
            18,
            &[
                ("questions.received", "question"),
                ("questions.answered", "percent"),
                ("questions.on_time", "percent"),
                ("questions.published", "question"),
                ("questions.rerouted", "question"),
                ("questions.refused", "question"),
                ("questions.mean_days", "day"),
                ("questions.p90_days", "day"),
            ],
        );
        return;
    };
    let (mut received, mut answered, mut on_time) = (Tally::default(), Tally::default(), Tally::default());
    let (mut published, mut rerouted, mut refused) = (Tally::default(), Tally::default(), Tally::default());
    let (mut mean, mut percentile) = (Tally::default(), Tally::default());
    let mut days = Vec::new();
    for record in records {
        let values = &record.values;
        let track = values.word("track").unwrap_or("question");
        let outcome = values.word("outcome");
        if track != "question" || outcome == Some("rerouted") {
            received.leave(record, "not_a_question");
            rerouted.count_under(record, track);
            continue;
        }
        received.count(record);
        if outcome == Some("refused") {
            refused.count(record);
        }
        let end = question_end(record, source.last());
        answered.weigh(record, end.answered, if outcome == Some("refused") { "refused" } else { "open" });
        match end.on_time {
            Some(yes) => on_time.weigh(record, yes, "late"),
            None if values.day("due_on").is_none() => {
                on_time.leave(record, "no_limit");
                on_time.doubt(record, "no_limit");
            }
            None => on_time.leave(record, "not_due_yet"),
        }
        match values.day("published_on").filter(|day| *day <= source.last()) {
            Some(_) => published.count(record),
            None => published.leave(record, "not_published"),
        }
        if let Some(taken) = end.days {
            days.push(taken);
            mean.count(record);
            percentile.count(record);
        }
    }
    figures.push(received.into_count("questions.received", 18, "question"));
    figures.push(answered.into_ratio("questions.answered", 18));
    figures.push(on_time.into_ratio("questions.on_time", 18));
    figures.push(published.into_count("questions.published", 18, "question"));
    figures.push(rerouted.into_count("questions.rerouted", 18, "question"));
    figures.push(refused.into_count("questions.refused", 18, "question"));
    figures.push(mean.into_figure("questions.mean_days", 18, "day", mean_days(&days)));
    figures.push(percentile.into_figure("questions.p90_days", 18, "day", ninetieth(&mut days)));
}

fn mean_days(days: &[u64]) -> Amount {
    let count = days.len() as u64;
    if count == 0 {
        return Amount::NoData;
    }
    let sum: u64 = days.iter().sum();
    Amount::TenthsOfDay { tenths: (sum * 20 + count) / (count * 2) }
}

/// The nearest-rank 90th percentile.
fn ninetieth(days: &mut [u64]) -> Amount {
    days.sort_unstable();
    let rank = (days.len() * 9).div_ceil(10);
    match rank.checked_sub(1).and_then(|index| days.get(index)) {
        Some(value) => Amount::TenthsOfDay { tenths: value * 10 },
        None => Amount::NoData,
    }
}
