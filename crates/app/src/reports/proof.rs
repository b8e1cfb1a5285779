//! The public proof of a report, and checking a frozen set against the ledger.

use domain::period::Period;
use domain::report::State;
use domain::time::{Day, Timestamp};
use report::{Difference, FrozenSet};
use store::report::{self as rows, ReportRow, ReportVersionRow};

use super::freeze;
use crate::{ActionError, App, office};

/// Signs of the digest that make the short link; enough that no two versions of an office share one.
const CODE: usize = 12;

/// The short code of a frozen set.
pub(super) fn code_of(digest: &str) -> String {
    digest.chars().take(CODE).collect()
}

/// Where the public checks a frozen set.
pub(super) fn path_of(digest: &str) -> String {
    format!("/so-lieu/{}", code_of(digest))
}

/// What the public sees of a frozen version.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Title of the report.
    pub title: String,
    /// The office.
    pub office: String,
    /// What was counted.
    pub period: Period,
    /// The version, from 1.
    pub version: i64,
    /// Digest of the set.
    pub digest: String,
    /// The ledger's last entry then.
    pub ledger_sequence: i64,
    /// Its hash.
    pub ledger_hash: String,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// Its figures.
    pub figures: Vec<ProofFigure>,
    /// Number and date, when it was issued.
    pub issued: Option<(String, Day)>,
    /// Where a newer version stands.
    pub newer: Option<String>,
    /// The code of this page.
    pub code: String,
}

/// A figure on the public page.
#[derive(Debug, Clone)]
pub struct ProofFigure {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its definition.
    pub definition: String,
    /// How it reads.
    pub value: String,
    /// What is counted.
    pub unit: String,
    /// How many records are counted.
    pub counted: usize,
    /// How many were looked at and left out.
    pub left_out: usize,
}

fn find(app: &App, code: &str) -> Result<(ReportRow, Vec<ReportVersionRow>, ReportVersionRow), ActionError> {
    if code.len() != CODE || !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(ActionError::NotFound);
    }
    app.read(|r| {
        let id = rows::by_short_link(r, code)?.ok_or(ActionError::NotFound)?;
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let versions = rows::versions(r, id)?;
        let version = versions.iter().find(|version| version.digest.starts_with(code)).cloned();
        Ok((row, versions, version.ok_or(ActionError::NotFound)?))
    })
}

/// The public proof behind a short code. No record's content is shown, only counts, ids and digests.
///
/// # Errors
/// [`ActionError::NotFound`].
pub fn proof(app: &App, code: &str) -> Result<Proof, ActionError> {
    let (row, versions, version) = find(app, code)?;
    let set = FrozenSet::parse(&version.frozen_set).map_err(anyhow::Error::new)?;
    let figures = set
        .figures
        .iter()
        .map(|figure| ProofFigure {
            id: figure.id.clone(),
            title: figure.title.clone(),
            definition: figure.definition.clone(),
            value: figure.text(),
            unit: figure.unit.clone(),
            counted: figure.records.len(),
            left_out: figure.left_out.len(),
        })
        .collect();
    let newer =
        versions.last().filter(|last| last.version > version.version).map(|last| path_of(&last.digest));
    let issued =
        row.number.clone().zip(row.issued_on).filter(|_| row.state == State::Issued && newer.is_none());
    Ok(Proof {
        title: row.title,
        office: set.office.clone(),
        period: set.period,
        version: version.version,
        digest: version.digest.clone(),
        ledger_sequence: version.ledger_sequence,
        ledger_hash: version.ledger_hash.clone(),
        frozen_at: version.frozen_at,
        figures,
        issued,
        newer,
        code: code.to_owned(),
    })
}

/// The frozen set behind a short code as `so-lieu.json`.
///
/// # Errors
/// [`ActionError::NotFound`].
pub fn proof_json(app: &App, code: &str) -> Result<String, ActionError> {
    Ok(find(app, code)?.2.frozen_set)
}

/// What checking a frozen set against the ledger gave.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The set of the file.
    pub set: FrozenSet,
    /// Whether the file names the hash that the ledger has at that entry.
    pub is_on_this_ledger: bool,
    /// What differs between the file and the ledger as it stood then.
    pub differences: Vec<Difference>,
}

/// Computes a frozen set again from the ledger as it stood at its checkpoint, and compares.
///
/// # Errors
/// When the file is not a set, or was changed after it was frozen ([`ActionError::Refused`] `set_changed`).
pub fn verify(app: &App, json: &str) -> Result<Checked, ActionError> {
    let set = FrozenSet::parse(json).map_err(|problem| match problem {
        report::frozen::BadSet::Digest { .. } => ActionError::Refused("set_changed"),
        report::frozen::BadSet::Format(_) => ActionError::Refused("set_newer"),
        report::frozen::BadSet::Unreadable(_) => ActionError::Refused("set_unreadable"),
    })?;
    app.read(|r| {
        office::load(r)?;
        let hash = store::ledger::hash_at(r, set.ledger_sequence)?;
        let is_on_this_ledger = hash.as_deref() == Some(set.ledger_hash.as_str());
        // Records of another office say nothing about this file; a list of differences would only mislead.
        let differences =
            if is_on_this_ledger { report::compare(&set, &freeze::set_at(r, &set)?) } else { Vec::new() };
        Ok(Checked { set, is_on_this_ledger, differences })
    })
}
