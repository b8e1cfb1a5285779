//! The small language of templates: what a wording may name, and how a figure in it stays a figure.
//!
//! Bounded: no loops of any length, no includes, no files; a wording that runs too long is refused.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::figure::Amount;
use domain::period::Period;
use domain::text;
use domain::time;
use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::{ComposeError, ReportInput};
use crate::document::{Citation, Inline, Piece};
use crate::figure_view::{FigureView, NO_DATA, tenths_text};
use crate::template::Template;

/// Signs of private use around a figure in a rendered wording; taken out of everything that comes from people.
const OPEN: char = '\u{E000}';
const MIDDLE: char = '\u{E001}';
const CLOSE: char = '\u{E002}';
/// Steps a wording may take.
const FUEL: u64 = 20_000;

pub(super) struct Wording<'a> {
    template: &'a Template,
    input: &'a ReportInput,
    engine: Environment<'static>,
    context: Value,
}

impl<'a> Wording<'a> {
    pub(super) fn new(template: &'a Template, input: &'a ReportInput) -> Wording<'a> {
        let mut engine = Environment::new();
        engine.set_undefined_behavior(UndefinedBehavior::Strict);
        engine.set_fuel(Some(FUEL));
        engine.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        add_figures(&mut engine, &input.figures);
        add_citations(&mut engine, input);
        let office = &input.office;
        let context = context! {
            office => context! {
                name => clean(&office.name), short => clean(&office.short), level => clean(&office.level),
                place => clean(&office.place), subordinates => clean(&office.subordinates),
                radio_station => clean(&office.radio_station),
                requester => clean(office.addressees.first().map_or("", String::as_str)),
            },
            period => context! {
                words => period_words(input.period),
                year_words => format!("năm {}", input.period.year()),
                year => input.period.year(),
                next_year => input.period.year() + 1,
                first => time::day_in_words(input.period.first()),
                last => time::day_in_words(input.period.last()),
                is_calendar_year => input.period.is_calendar_year(),
            },
            request => input.request.is_some(),
            regulation => input.regulation.is_some(),
        };
        Wording { template, input, engine, context }
    }

    /// Renders one line.
    pub(super) fn line(&self, place: &str, wording: &str) -> Result<Inline, ComposeError> {
        let rendered = self
            .engine
            .render_str(wording, &self.context)
            .map_err(|fault| self.fault(place, wording, &fault))?;
        Ok(pieces(&rendered))
    }

    /// Whether a rule holds.
    pub(super) fn holds(&self, place: &str, rule: &str) -> Result<bool, ComposeError> {
        let expression =
            self.engine.compile_expression(rule).map_err(|fault| self.fault(place, rule, &fault))?;
        Ok(expression.eval(&self.context).map_err(|fault| self.fault(place, rule, &fault))?.is_true())
    }

    /// The text of a person: one line for each of its lines, `[[figure.id]]` as figure, everything else inert.
    pub(super) fn narrative(&self, text: &str) -> Vec<Inline> {
        text::clean_text(text).lines().map(|line| self.figures_in(dashless(&clean(line)))).collect()
    }

    fn figures_in(&self, line: &str) -> Inline {
        let mut out = Vec::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("[[") {
            let known = after
                .split_once("]]")
                .and_then(|(id, tail)| Some((self.input.figures.get(id.trim())?, tail)));
            if let Some((figure, tail)) = known {
                push_text(&mut out, before);
                out.push(Piece::Figure { id: figure.id.clone(), text: figure.text() });
                rest = tail;
            } else {
                push_text(&mut out, before);
                push_text(&mut out, "[[");
                rest = after;
            }
        }
        push_text(&mut out, rest);
        Inline(out)
    }

    fn fault(&self, place: &str, wording: &str, fault: &minijinja::Error) -> ComposeError {
        let detail = fault.detail().map(str::to_owned).unwrap_or_default();
        ComposeError::Template {
            template: self.template.id.clone(),
            place: place.to_owned(),
            fault: format!("{} {detail} in {wording:?}", fault.kind()),
        }
    }
}

/// Without signs that stand for figures, control signs and double spaces.
fn clean(text: &str) -> String {
    text::clean_line(text).chars().filter(|sign| !matches!(*sign, OPEN..=CLOSE)).collect()
}

fn dashless(line: &str) -> &str {
    let line = line.trim();
    line.strip_prefix("- ").or_else(|| line.strip_prefix("+ ")).unwrap_or(line)
}

fn push_text(out: &mut Vec<Piece>, text: &str) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(last)) => last.push_str(text),
        _ => out.push(Piece::Text(text.to_owned())),
    }
}

/// Splits a rendered wording into text and figures.
fn pieces(rendered: &str) -> Inline {
    let mut out = Vec::new();
    let mut rest = rendered;
    while let Some((before, after)) = rest.split_once(OPEN) {
        push_text(&mut out, before);
        let Some((inside, tail)) = after.split_once(CLOSE) else { break };
        let (id, reads) = inside.split_once(MIDDLE).unwrap_or(("", inside));
        out.push(Piece::Figure { id: id.to_owned(), text: reads.to_owned() });
        rest = tail;
    }
    push_text(&mut out, rest);
    tidy(&mut out);
    Inline(out)
}

/// Multi-line wordings of the data files read as one line.
fn tidy(pieces: &mut [Piece]) {
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.iter_mut().enumerate() {
        if let Piece::Text(text) = piece {
            let words = text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty());
            let mut line = words.collect::<Vec<_>>().join(" ");
            if index > 0 && text.starts_with([' ', '\n']) {
                line.insert(0, ' ');
            }
            if index < last && text.ends_with([' ', '\n']) && !line.ends_with(' ') {
                line.push(' ');
            }
            *text = line;
        }
    }
}

/// `năm 2020`, or the bounds in words: one date style in one document (FM-DT-5).
fn period_words(period: Period) -> String {
    if period.is_calendar_year() {
        period.in_words()
    } else {
        format!("từ {} đến {}", time::day_in_words(period.first()), time::day_in_words(period.last()))
    }
}

type Figures = Arc<BTreeMap<String, FigureView>>;

fn mark(id: &str, reads: &str) -> String {
    format!("{OPEN}{id}{MIDDLE}{reads}{CLOSE}")
}

/// What a wording may ask of a figure. A figure that was not computed reads "chưa có dữ liệu".
fn add_figures(engine: &mut Environment<'static>, figures: &BTreeMap<String, FigureView>) {
    let figures: Figures = Arc::new(figures.clone());
    // figure('id'): as it reads. number, whole, missed: counts of a ratio. mark_of makes each open its records.
    add_text(engine, "figure", &figures, FigureView::text);
    add_text(engine, "number", &figures, |figure| {
        figure.number().map_or(NO_DATA.to_owned(), text::count_in_text)
    });
    add_text(engine, "whole", &figures, |figure| {
        figure.whole().map_or(NO_DATA.to_owned(), text::count_in_text)
    });
    add_text(engine, "missed", &figures, |figure| {
        missed(figure).map_or(NO_DATA.to_owned(), text::count_in_text)
    });
    add_text(engine, "of", &figures, |figure| match figure.amount {
        Amount::Ratio { part, whole } if whole > 0 => {
            format!("{}/{}", text::count_in_text(part), text::count_in_text(whole))
        }
        _ => figure.text(),
    });
    add_text(engine, "percent", &figures, |figure| {
        figure
            .amount
            .tenths_of_percent()
            .map_or_else(|| figure.text(), |tenths| format!("{}%", tenths_text(tenths)))
    });
    // For rules.
    add_value(engine, "known", &figures, |figure| Value::from(figure.amount != Amount::NoData));
    add_value(engine, "n", &figures, |figure| Value::from(figure.number().unwrap_or(0)));
    add_value(engine, "n_whole", &figures, |figure| Value::from(figure.whole().unwrap_or(0)));
    add_value(engine, "n_missed", &figures, |figure| Value::from(missed(figure).unwrap_or(0)));
    add_value(engine, "all", &figures, |figure| {
        Value::from(matches!(figure.amount, Amount::Ratio { part, whole } if whole > 0 && part == whole))
    });
}

fn missed(figure: &FigureView) -> Option<u64> {
    Some(figure.whole()?.saturating_sub(figure.number()?))
}

fn find(figures: &Figures, id: &str) -> FigureView {
    figures.get(id).cloned().unwrap_or_else(|| FigureView::without_data(id))
}

fn add_text(
    engine: &mut Environment<'static>,
    name: &'static str,
    figures: &Figures,
    reads: impl Fn(&FigureView) -> String + Send + Sync + 'static,
) {
    let figures = Arc::clone(figures);
    engine.add_function(name, move |id: String| mark(&id, &reads(&find(&figures, &id))));
}

fn add_value(
    engine: &mut Environment<'static>,
    name: &'static str,
    figures: &Figures,
    value: impl Fn(&FigureView) -> Value + Send + Sync + 'static,
) {
    let figures = Arc::clone(figures);
    engine.add_function(name, move |id: String| value(&find(&figures, &id)));
}

/// `cite('regulation')`: in full at the first mention of the document, then short (FM-CT-3).
fn add_citations(engine: &mut Environment<'static>, input: &ReportInput) {
    let known: BTreeMap<&'static str, (Citation, AtomicBool)> =
        [("request", &input.request), ("regulation", &input.regulation)]
            .into_iter()
            .filter_map(|(name, citation)| Some((name, (citation.clone()?, AtomicBool::new(false)))))
            .collect();
    engine.add_function("cite", move |name: String| match known.get(name.as_str()) {
        None => Ok(String::new()),
        Some((citation, mentioned)) => {
            let again = mentioned.swap(true, Ordering::Relaxed);
            Ok::<_, minijinja::Error>(clean(&if again { citation.short() } else { citation.full() }))
        }
    });
}
