//! Freezing: figures of one snapshot, with the digests of the records and the checkpoint of the ledger.

use std::collections::BTreeMap;

use domain::figure::{self, Figure, Source};
use domain::period::Period;
use domain::register::{RecordRef, Register};
use domain::time::{self, Day};
use report::frozen::Versions;
use report::{FigureWords, FrozenFigure, FrozenRecord, FrozenSet};
use store::ledger::Checkpoint;
use store::report::{self as rows, ReportRow, ReportVersionRow};
use words::Language;

use super::{period_of, proof};
use crate::office::Office;
use crate::{ActionError, App, figures, office, rules};

/// Register → id → digest.
type Digests = BTreeMap<&'static str, BTreeMap<String, String>>;

/// Freezes the figures of a report: computed from the rows and, independently, from the ledger; both must agree
/// (RPT-04).
pub(super) fn freeze(tx: &mut store::Tx<'_>, row: &mut ReportRow, reason: &str) -> Result<(), ActionError> {
    let version = row.frozen_version + 1;
    let checkpoint = store::ledger::checkpoint_in(tx);
    let period = period_of(row)?;
    let today = time::day_of(tx.now());
    let set = set_now(tx, (period, today), (&row.template, version), checkpoint.clone(), Digested::Yes)?;
    let again = set_at(tx, &set)?;
    if let Some(difference) = report::compare(&set, &again).first() {
        let figure = difference.figure.clone();
        tracing::error!(target: "security", event = "ledger_differs", figure, "rows and ledger differ");
        return Err(ActionError::Refused("ledger_differs"));
    }
    let digest = set.digest();
    rows::add_version(
        tx,
        &ReportVersionRow {
            report: row.id,
            version,
            frozen_set: set.to_json().map_err(anyhow::Error::new)?,
            digest: digest.clone(),
            ledger_sequence: checkpoint.sequence,
            ledger_hash: checkpoint.hash,
            reason: domain::text::clean_line(reason),
            frozen_by: tx.actor().to_owned(),
            frozen_at: tx.now(),
        },
    )?;
    let code = proof::code_of(&digest);
    if rows::by_short_link(tx, &code)?.is_none() {
        rows::add_short_link(tx, &code, row.id)?;
    }
    row.frozen_version = version;
    Ok(())
}

/// Whether the records of a set carry their digests, which are read from the whole ledger of their register: a set
/// that is frozen or compared needs them, one that is only looked at does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digested {
    Yes,
    No,
}

/// The set of a period as the rows stand now.
pub(super) fn set_now(
    r: &mut store::Reader<'_>,
    (period, counted_on): (Period, Day),
    (template, version): (&str, i64),
    checkpoint: Checkpoint,
    digested: Digested,
) -> Result<FrozenSet, ActionError> {
    let office = office::load(r)?;
    let source = figures::source(r, period, counted_on)?;
    let policy = rules::load(r)?;
    let digests = match digested {
        Digested::Yes => digests(r, checkpoint.sequence, source.records.keys().copied())?,
        Digested::No => Digests::new(),
    };
    Ok(FrozenSet {
        format: report::frozen::FORMAT,
        office: office.names.name.clone(),
        office_id: office.unit.to_string(),
        period,
        counted_on: (counted_on <= period.last()).then_some(counted_on),
        template: template.to_owned(),
        version: u32::try_from(version).unwrap_or(0),
        rules: Versions {
            figures: figure::RULE_VERSION.to_string(),
            calendar: policy.calendar.version(),
            law: law_version(&policy.law)?,
        },
        ledger_sequence: checkpoint.sequence,
        ledger_hash: checkpoint.hash,
        figures: frozen(&source, &digests),
    })
}

/// The same set computed again from the revisions of the ledger, as records, office and units stood at its
/// checkpoint.
pub(super) fn set_at(r: &mut store::Reader<'_>, set: &FrozenSet) -> Result<FrozenSet, ActionError> {
    let office = office::load_at(r, set.ledger_sequence)?;
    let kept = kept_at(r, &office, set.ledger_sequence)?;
    let tree = office::load_tree_at(r, set.ledger_sequence)?;
    let audience = office::audience(&tree, office.unit, set.period.last());
    let counted = (set.period, set.counted_on.unwrap_or(Day::MAX));
    let source =
        figures::source_at(r, counted, set.ledger_sequence, &kept, audience, office.radio_names.clone())?;
    let digests = digests(r, set.ledger_sequence, kept.into_iter())?;
    let mut figures = frozen(&source, &digests);
    // A figure that this program has and the one that froze the set had not is no difference.
    figures.retain(|figure| set.figure(&figure.id).is_some());
    Ok(FrozenSet {
        office: office.names.name,
        office_id: office.unit.to_string(),
        rules: Versions { figures: figure::RULE_VERSION.to_string(), ..set.rules.clone() },
        ledger_hash: store::ledger::hash_at(r, set.ledger_sequence)?.unwrap_or_default(),
        figures,
        ..set.clone()
    })
}

/// The registers that were open at a checkpoint.
fn kept_at(r: &mut store::Reader<'_>, office: &Office, sequence: i64) -> Result<Vec<Register>, ActionError> {
    let filter = store::ledger::Filter { before: Some(sequence.saturating_add(1)), ..Default::default() };
    let last = store::ledger::page(r, &filter, 1)?.0.into_iter().next();
    let until = last.map_or(i64::MAX, |entry| entry.at_milliseconds);
    let opened = store::register::opened_registers(r, Some(office.unit))?;
    let was_open =
        |register: &Register| opened.iter().any(|(of, _, at)| of == register && at.as_millisecond() <= until);
    Ok(Register::ALL.into_iter().filter(was_open).collect())
}

fn law_version(law: &domain::law::Law) -> Result<String, ActionError> {
    use sha2::{Digest as _, Sha256};
    let text = super::json(law)?;
    Ok(hex::encode(Sha256::digest(text.as_bytes())).chars().take(12).collect())
}

fn digests(
    r: &mut store::Reader<'_>,
    sequence: i64,
    registers: impl Iterator<Item = Register>,
) -> Result<Digests, ActionError> {
    let mut out = Digests::new();
    for register in registers {
        out.insert(register.word(), store::ledger::digests_at(r, sequence, register.word())?);
    }
    Ok(out)
}

fn frozen(source: &Source, digests: &Digests) -> Vec<FrozenFigure> {
    figure::compute(source).into_iter().map(|figure| frozen_figure(&figure, digests)).collect()
}

fn frozen_figure(figure: &Figure, digests: &Digests) -> FrozenFigure {
    let record = |reference: &RecordRef| {
        let (register, id) = (reference.register.word(), reference.id.to_string());
        let digest = digests.get(register).and_then(|of| of.get(&id)).cloned().unwrap_or_default();
        FrozenRecord { register: register.into(), id, digest }
    };
    let vi = Language::Vi;
    let words = FigureWords {
        title: vi.text(&format!("figure.{}.title", figure.id)).to_owned(),
        definition: vi.text(&format!("figure.{}.definition", figure.id)).to_owned(),
        unit: vi.text(&format!("unit_of_count.{}", figure.unit)).to_owned(),
    };
    let reason = |reason: &str| vi.text(&format!("left_out.{reason}")).to_owned();
    FrozenFigure::freeze(figure, words, record, reason, |label| figures::part_label(vi, figure, label))
}

/// The figures of a period in the form of a frozen set, without freezing anything and without digests: for
/// `report figures`.
///
/// # Errors
/// When the database fails.
pub fn frozen_figures(app: &App, period: Period) -> Result<Vec<FrozenFigure>, ActionError> {
    let today = app.today();
    app.read(|r| {
        let checkpoint = store::ledger::checkpoint(r)?;
        Ok(set_now(r, (period, today), ("", 0), checkpoint, Digested::No)?.figures)
    })
}
