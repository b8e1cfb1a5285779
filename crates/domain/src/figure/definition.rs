//! The list of figures: what each is called, what it belongs to and what it is made of. The words of a definition
//! stand in `locales/*/figure.toml`; how a record is judged stands in `compute`.

use crate::register::Register;
use crate::register::Register::{
    ExtraordinaryCases, InternalRequests, News, Outages, OutgoingDocuments, PortalDocuments, PressItems,
    PressRequests, Questions, RollOuts, Spokespersons, Statements, Trainings,
};

/// A figure as it is defined, whatever it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Stable id; locale keys `figure.<id>.title`, `figure.<id>.definition`.
    pub id: &'static str,
    /// The metric (1 to 22) of Law 6.4 that it belongs to.
    pub metric: u8,
    /// What is counted: locale key `unit_of_count.<word>`.
    pub unit: &'static str,
    /// How the amount is made.
    pub shape: Shape,
    /// The registers it reads: no data unless one of them was opened. None where no type of record exists yet, for the
    /// number of units, which reads the list of units, and for views of pages, which are counted by the day.
    pub registers: &'static [Register],
}

/// How the amount of a figure is made from the records counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// So many records.
    Count,
    /// So many records, divided into parts, the largest first.
    Parts,
    /// So many records, divided into parts in the order of their labels (months).
    OrderedParts,
    /// So many distinct things; one record stands for each.
    Distinct,
    /// So many parts, each with all its records.
    DistinctParts,
    /// So many of so many records.
    Ratio,
    /// The sum of a number written in each record.
    Sum,
    /// So many minutes of the period that lie within the times that records tell of.
    Minutes,
    /// The mean of days.
    MeanDays,
    /// The 90th percentile of days, by nearest rank.
    NinetiethDays,
    /// So many records of the same days a year before; no data where there are none, for then nothing was written down.
    YearBefore,
    /// So many things that no record names; each is a part without records.
    Absent,
    /// Not made of records: a size given with the source, or nothing yet.
    Given,
}

const fn define(
    id: &'static str,
    metric: u8,
    unit: &'static str,
    shape: Shape,
    registers: &'static [Register],
) -> Definition {
    Definition { id, metric, unit, shape, registers }
}

/// All figures, in the order of the metrics. The 22nd metric, the narrative, is text of the report and no number: it
/// stands here without data so that the list of the law is complete.
pub const ALL: &[Definition] = &[
    define("regulation.units_total", 1, "unit", Shape::Given, &[]),
    define("regulation.units_sent", 1, "unit", Shape::Distinct, &[RollOuts]),
    define("regulation.units_acknowledged", 1, "unit", Shape::Distinct, &[RollOuts]),
    define("regulation.own_issued", 2, "document", Shape::Distinct, &[RollOuts]),
    define("regulation.own_on_time", 2, "percent", Shape::Ratio, &[RollOuts]),
    define("spokespersons.published", 3, "person", Shape::Distinct, &[Spokespersons]),
    define("spokespersons.published_in_time", 3, "percent", Shape::Ratio, &[Spokespersons]),
    define("press_conferences.held", 4, "press_conference", Shape::Parts, &[Statements]),
    define("briefings.attended", 5, "briefing", Shape::Parts, &[Statements]),
    define("press_requests.received", 6, "request", Shape::Count, &[PressRequests]),
    define("press_requests.answered", 6, "request", Shape::Count, &[PressRequests]),
    define("press_requests.refused", 6, "request", Shape::Count, &[PressRequests]),
    define("press_requests.open", 6, "request", Shape::Count, &[PressRequests]),
    define("press_requests.overdue", 6, "request", Shape::Count, &[PressRequests]),
    define("press_requests.by_requester_kind", 7, "request", Shape::Parts, &[PressRequests]),
    define("documents_supplied_on_request", 8, "document", Shape::Count, &[PressRequests, OutgoingDocuments]),
    define("speech.turns", 9, "turn", Shape::Parts, &[Statements]),
    define("speech.by_unit", 9, "turn", Shape::Parts, &[Statements]),
    define("information.by_unit", 9, "turn", Shape::Parts, &[Statements]),
    define("speech.units", 9, "unit", Shape::Distinct, &[Statements]),
    define("extraordinary.spoken", 10, "percent", Shape::Ratio, &[ExtraordinaryCases]),
    define("extraordinary.on_time", 10, "percent", Shape::Ratio, &[ExtraordinaryCases]),
    define("press_items.monitored", 11, "item", Shape::Count, &[PressItems]),
    define("press_items.needing_answer", 11, "item", Shape::Count, &[PressItems]),
    define("press_items.answered", 11, "percent", Shape::Ratio, &[PressItems]),
    define("press_items.self_detected", 12, "percent", Shape::Ratio, &[PressItems]),
    define("corrections.requested", 13, "percent", Shape::Ratio, &[PressItems]),
    define("corrections.corrected", 13, "item", Shape::Count, &[PressItems]),
    define("corrections.refused", 13, "item", Shape::Count, &[PressItems]),
    define("corrections.pending", 13, "item", Shape::Count, &[PressItems]),
    define("corrections.rounds", 13, "round", Shape::Sum, &[PressItems]),
    define("news.total", 14, "news", Shape::Count, &[News]),
    define("news.year_before", 14, "news", Shape::YearBefore, &[News]),
    define("news.from_radio", 14, "news", Shape::Parts, &[News]),
    define("news.by_supplier", 14, "news", Shape::Parts, &[News]),
    define("news.by_category", 14, "news", Shape::Parts, &[News]),
    define("news.by_month", 14, "news", Shape::OrderedParts, &[News]),
    define("documents_posted.total", 15, "document", Shape::Count, &[PortalDocuments]),
    define("documents_posted.by_type", 15, "document", Shape::Parts, &[PortalDocuments]),
    define("documents_posted.by_issuer", 15, "document", Shape::Parts, &[PortalDocuments]),
    define("documents_posted.in_time", 15, "percent", Shape::Ratio, &[PortalDocuments]),
    define("portal.units_contributing", 16, "unit", Shape::DistinctParts, &[News]),
    define("portal.units_not_contributing", 16, "unit", Shape::Absent, &[News]),
    define("visits", 17, "view", Shape::Given, &[]),
    define("visits.monthly_mean", 17, "view", Shape::Given, &[]),
    define("visits.year_before", 17, "view", Shape::Given, &[]),
    define("outages", 17, "outage", Shape::Parts, &[Outages]),
    define("outages.unreachable", 17, "minute", Shape::Minutes, &[Outages]),
    define("questions.received", 18, "question", Shape::Count, &[Questions]),
    define("questions.answered", 18, "percent", Shape::Ratio, &[Questions]),
    define("questions.on_time", 18, "percent", Shape::Ratio, &[Questions]),
    define("questions.published", 18, "question", Shape::Count, &[Questions]),
    define("questions.rerouted", 18, "question", Shape::Parts, &[Questions]),
    define("questions.refused", 18, "question", Shape::Count, &[Questions]),
    define("questions.mean_days", 18, "day", Shape::MeanDays, &[Questions]),
    define("questions.p90_days", 18, "day", Shape::NinetiethDays, &[Questions]),
    define("information_requests.received", 19, "request", Shape::Given, &[]),
    define("coordination.in_time", 20, "percent", Shape::Ratio, &[InternalRequests]),
    define("training.sessions", 21, "session", Shape::Count, &[Trainings]),
    define("training.people", 21, "person", Shape::Sum, &[Trainings]),
    define("narrative", 22, "text", Shape::Given, &[]),
];

/// The figure of the same days a year before that a figure is compared with.
pub fn compared_with(id: &str) -> Option<&'static str> {
    match id {
        "news.total" => Some("news.year_before"),
        "visits" => Some("visits.year_before"),
        _ => None,
    }
}

/// Every reason a record may be left out for; locale key `left_out.<word>`.
pub const LEFT_OUT: &[&str] = &[
    "after_period",
    "answered",
    "assigned_from_above",
    "day_order",
    "detection_unknown",
    "end_before_start",
    "has_contributed",
    "in_time",
    "is_a_question",
    "is_information",
    "is_speech",
    "late",
    "no_answer_needed",
    "no_day",
    "no_document",
    "no_hours",
    "no_limit",
    "no_own_regulation",
    "no_supplier",
    "no_turn",
    "no_unit",
    "not_a_briefing",
    "not_a_press_conference",
    "not_a_question",
    "not_acknowledged",
    "not_answered",
    "not_begun",
    "not_corrected",
    "not_due_yet",
    "not_false",
    "not_over",
    "not_pending",
    "not_posted",
    "not_published",
    "not_spoken",
    "not_refused",
    "nothing_requested",
    "one_sided",
    "open",
    "other_supplier",
    "outside_period",
    "refused",
    "regulation_ended",
    "replaced",
    "rerouted",
    "same_document",
    "same_person",
    "same_unit",
    "waived",
    "withdrawn",
];

/// Everything a reader may be told about a figure; locale key `doubt.<word>`.
pub const DOUBTS: &[&str] = &[
    "action_without_day",
    "answered_without_day",
    "day_order",
    "no_limit",
    "no_requester_kind",
    "no_occasion",
    "no_outage_kind",
    "no_supplier",
    "no_turn",
    "no_unit",
    "outcome_contradicts_day",
    "recipient_not_in_audience",
    "refused_without_ground",
    "reply_not_in_register",
    "rounds_assumed",
    "same_symbol",
    "some_days_not_counted",
    "supplier_not_in_audience",
];
