//! Importing register files: a preview that writes nothing, then all or nothing, or the good rows only with the rest
//! given back as a file.
//!
//! The file is kept (content-addressed) with the preview, so what is imported is what was looked at. It is of whoever
//! sent it: nobody else reaches it, or the rows given back from it, by its digest (UPL-A10, AZ-04).

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Capability;
use domain::id::{ImportId, UnitId};
use domain::register::{Register, Values, due};
use domain::time::Timestamp;
use import::{Finding, Item, Refused, Severity, SheetSurvey, Survey};
use serde::Serialize;
use store::blob::{BlobRow, Digest};
use store::import::{ImportRow, Purpose};
use store::register as rows;
use words::Language;

use crate::{ActionError, Actor, App, account, office, rules};

pub use import::{Legacy, Options, SheetChoice};

/// Lines written with one statement group; bounds memory, not the size of an import.
const CHUNK: usize = 1_000;

/// What an import would do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Names the kept file.
    pub id: String,
    /// As the person named it.
    pub file_name: String,
    /// What each sheet holds.
    pub sheets: Vec<SheetSurvey>,
    /// What was found, the worst first; capped, see `bad`, `doubts`.
    pub findings: Vec<FindingView>,
    /// How many bad cells there are.
    pub bad: usize,
    /// How many doubts there are.
    pub doubts: usize,
    /// Rows not taken.
    pub rejected: u64,
    /// Rows that would be added.
    pub new: u64,
    /// Rows that are in the registers already.
    pub duplicates: u64,
    /// An old encoding that was found and can be converted.
    pub legacy: Option<Legacy>,
}

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingView {
    /// `bad`, `doubt` or `info`.
    pub severity: &'static str,
    /// The stable code.
    pub code: &'static str,
    /// The sheet.
    pub sheet: String,
    /// The cell, `C12`.
    pub cell: String,
    /// What stands there.
    pub value: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// What is wrong and what to do, in a language.
pub fn finding_in_words(finding: &Finding, language: Language) -> (String, String) {
    let values = finding.placeholders();
    let values: Vec<(&str, &dyn std::fmt::Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    let text = language.fill(&finding.locale_key(), &values);
    // The texts say what is wrong, then what to do, in a sentence that begins with the imperative.
    match text.find(". Hãy ") {
        Some(end) => {
            let (message, remedy) = text.split_at(end + 1);
            (message.to_owned(), remedy.trim().to_owned())
        }
        None => (text, String::new()),
    }
}

fn finding_view(finding: &Finding, language: Language) -> FindingView {
    let (message, remedy) = finding_in_words(finding, language);
    let severity = match finding.severity {
        Severity::Bad => "bad",
        Severity::Doubt => "doubt",
        Severity::Info => "info",
    };
    FindingView {
        severity,
        code: finding.code.word(),
        sheet: finding.sheet.clone(),
        cell: finding.cell.clone(),
        value: finding.value.clone(),
        message,
        remedy,
    }
}

fn refused(problem: &Refused) -> ActionError {
    let finding = &problem.0;
    let mut invalid = crate::Invalid::new("file", finding.code.word());
    for (name, value) in &finding.args {
        invalid = invalid.with(name, value);
    }
    ActionError::Invalid(vec![invalid])
}

/// Looks at a file without writing a line: which registers, which columns, what is bad or doubtful, what is new.
///
/// # Errors
/// Without the right to import; [`ActionError::Invalid`] field `file` with the code of the finding that refuses the
/// whole file.
pub fn preview(
    app: &App,
    actor: &Actor,
    file_name: &str,
    bytes: Vec<u8>,
    options: &Options,
    language: Language,
) -> Result<Preview, ActionError> {
    actor.require(Capability::ImportRegisters)?;
    crate::uploads::spend(app, actor, bytes.len())?;
    let id = Digest::of(&bytes);
    let preview = look(app, id.as_str(), file_name, &bytes, options, language)?;
    keep(app, actor, bytes, ("application/octet-stream", Purpose::Source))?;
    Ok(preview)
}

/// Looks at a kept file again, with other options.
///
/// # Errors
/// As [`preview`]; [`ActionError::NotFound`] when this person sent no such file, or it is no longer kept.
pub fn preview_again(
    app: &App,
    actor: &Actor,
    (id, file_name): (&str, &str),
    options: &Options,
    language: Language,
) -> Result<Preview, ActionError> {
    actor.require(Capability::ImportRegisters)?;
    let (_, bytes) = kept(app, actor, id, Purpose::Source)?;
    look(app, id, file_name, &bytes, options, language)
}

fn keep(
    app: &App,
    actor: &Actor,
    bytes: Vec<u8>,
    (media_type, purpose): (&str, Purpose),
) -> Result<Digest, ActionError> {
    let size_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let digest = app.blobs().put(bytes)?;
    let row = BlobRow { digest: digest.clone(), size_bytes, media_type: media_type.to_owned() };
    app.write(actor, |tx| {
        store::blob::register(tx, &row)?;
        Ok(store::import::claim_file(tx, &digest, purpose)?)
    })?;
    Ok(digest)
}

/// A file that is of this person, with its digest.
fn kept(app: &App, actor: &Actor, id: &str, purpose: Purpose) -> Result<(Digest, Vec<u8>), ActionError> {
    let digest = Digest::parse(id).ok_or(ActionError::NotFound)?;
    app.read(|r| own(r, actor, &digest, purpose))?;
    let bytes = app.blobs().get(&digest)?;
    Ok((digest, bytes))
}

fn own(
    r: &mut store::Reader<'_>,
    actor: &Actor,
    digest: &Digest,
    purpose: Purpose,
) -> Result<(), ActionError> {
    let is_own = store::import::is_file_of(r, digest, &actor.name, purpose)?;
    if is_own { Ok(()) } else { Err(ActionError::NotFound) }
}

fn look(
    app: &App,
    id: &str,
    file_name: &str,
    bytes: &[u8],
    options: &Options,
    language: Language,
) -> Result<Preview, ActionError> {
    let unit = office::office(app)?.unit;
    let mut known = Known { app, unit, keys: BTreeMap::new() };
    let (mut new, mut duplicates, mut rejected) = (0, 0, 0);
    let mut failed = None;
    let survey = import::read_all(file_name, bytes, options, &mut |item| match item {
        Item::Rejected(_) => rejected += 1,
        Item::Good(line) => match known.is_new(line.register, &line.values) {
            Ok(true) => new += 1,
            Ok(false) => duplicates += 1,
            Err(error) => failed = Some(error),
        },
    })
    .map_err(|problem| refused(&problem))?;
    if let Some(error) = failed {
        return Err(error);
    }
    let mut findings: Vec<FindingView> =
        survey.findings.iter().map(|finding| finding_view(finding, language)).collect();
    let rank = |severity: &str| ["bad", "doubt", "info"].iter().position(|of| *of == severity);
    findings.sort_by_key(|finding| rank(finding.severity));
    Ok(Preview {
        id: id.to_owned(),
        file_name: file_name.to_owned(),
        sheets: survey.sheets,
        findings,
        bad: survey.bad,
        doubts: survey.doubts,
        rejected,
        new,
        duplicates,
        legacy: survey.legacy,
    })
}

/// The keys a register holds already, loaded when first asked for.
struct Known<'a> {
    app: &'a App,
    unit: UnitId,
    keys: BTreeMap<Register, BTreeSet<String>>,
}

impl Known<'_> {
    fn is_new(&mut self, register: Register, values: &Values) -> Result<bool, ActionError> {
        if !self.keys.contains_key(&register) {
            let mut keys = BTreeSet::new();
            self.app.read(|r| {
                Ok::<_, ActionError>(rows::all(r, register, Some(self.unit), |stored| {
                    keys.insert(stored.record.values.key(register));
                    Ok(())
                })?)
            })?;
            self.keys.insert(register, keys);
        }
        Ok(self.keys.entry(register).or_default().insert(values.key(register)))
    }
}

/// What becomes of good rows when there are bad ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nothing is taken when a row is bad.
    AllOrNothing,
    /// Good rows are taken, the rest is given back as a file.
    GoodRows,
}

/// What an import did.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The import.
    pub import: ImportId,
    /// Rows added.
    pub added: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// Names the file of the rows not taken.
    pub rejected_file: Option<String>,
    /// Added and duplicate rows by register.
    pub by_register: BTreeMap<Register, (u64, u64)>,
    /// What the file held.
    pub survey: Survey,
}

/// Imports a kept file in one transaction. `progress` hears how many rows were read.
///
/// # Errors
/// As [`preview`]; [`ActionError::Refused`] `import_has_bad_rows` or `import_has_no_rows`.
pub fn run(
    app: &App,
    actor: &Actor,
    (id, file_name): (&str, &str),
    options: &Options,
    mode: Mode,
    progress: &mut dyn FnMut(u64),
) -> Result<Outcome, ActionError> {
    actor.require(Capability::ImportRegisters)?;
    let (digest, bytes) = kept(app, actor, id, Purpose::Source)?;
    let policy = rules::policy(app)?;
    let unit = office::office(app)?.unit;
    let mut outcome = app.write(actor, |tx| {
        // Its time may have ended since it was read.
        own(tx, actor, &digest, Purpose::Source)?;
        let import: ImportId = tx.new_id()?;
        let mut writing =
            Writing { tx, policy: &policy, unit, import, waiting: BTreeMap::new(), done: BTreeMap::new() };
        writing.begin(actor, file_name, id)?;
        let (mut seen, mut rejected) = (0_u64, 0_u64);
        let mut failed = None;
        let survey = import::read_all(file_name, &bytes, options, &mut |item| {
            seen += 1;
            if seen.is_multiple_of(500) {
                progress(seen);
            }
            match item {
                Item::Rejected(_) => rejected += 1,
                Item::Good(line) if failed.is_none() => {
                    failed = writing.take(line.register, line.values).err();
                }
                Item::Good(_) => {}
            }
        })
        .map_err(|problem| refused(&problem))?;
        if let Some(error) = failed {
            return Err(error);
        }
        if mode == Mode::AllOrNothing && rejected > 0 {
            return Err(ActionError::Refused("import_has_bad_rows"));
        }
        writing.flush_all()?;
        for register in survey.sheets.iter().filter_map(|sheet| sheet.register) {
            writing.done.entry(register).or_default();
            rows::open(writing.tx, register, unit, Some(import))?;
        }
        if writing.done.is_empty() {
            return Err(ActionError::Refused("import_has_no_rows"));
        }
        let by_register = std::mem::take(&mut writing.done);
        let outcome = Outcome {
            import,
            added: by_register.values().map(|(added, _)| added).sum(),
            duplicates: by_register.values().map(|(_, duplicates)| duplicates).sum(),
            rejected,
            rejected_file: None,
            by_register,
            survey,
        };
        finish(tx, import, &outcome)?;
        progress(seen);
        Ok(outcome)
    })?;
    if outcome.rejected > 0 {
        let words = |finding: &Finding| finding_in_words(finding, Language::Vi);
        let file = import::rejected_file(file_name, &bytes, options, &words).map_err(anyhow::Error::new)?;
        let digest = keep(app, actor, file, (crate::reports::Kind::Xlsx.media_type(), Purpose::Rejected))?;
        outcome.rejected_file = Some(digest.as_str().to_owned());
    }
    Ok(outcome)
}

/// Lines on their way into the registers.
struct Writing<'t, 'c, 'p> {
    tx: &'t mut store::Tx<'c>,
    policy: &'p rules::Policy,
    unit: UnitId,
    import: ImportId,
    waiting: BTreeMap<Register, Vec<Values>>,
    done: BTreeMap<Register, (u64, u64)>,
}

impl Writing<'_, '_, '_> {
    /// The row of the import, which its lines refer to.
    fn begin(&mut self, actor: &Actor, file_name: &str, id: &str) -> Result<(), ActionError> {
        let row = ImportRow {
            id: self.import,
            register: Register::OutgoingDocuments,
            unit: self.unit,
            file_name: domain::text::clean_line(file_name),
            file_digest: Some(id.to_owned()),
            person: actor.name.clone(),
            imported_at: self.tx.now(),
            options: "{}".to_owned(),
            counts: "{}".to_owned(),
            status: "running".to_owned(),
            version: 1,
        };
        Ok(store::import::insert(self.tx, &row)?)
    }

    fn take(&mut self, register: Register, mut values: Values) -> Result<(), ActionError> {
        due::fill(register, &mut values, &self.policy.law, &self.policy.calendar);
        let waiting = self.waiting.entry(register).or_default();
        waiting.push(values);
        if waiting.len() >= CHUNK {
            let lines = std::mem::take(waiting);
            self.flush(register, &lines)?;
        }
        Ok(())
    }

    fn flush(&mut self, register: Register, lines: &[Values]) -> Result<(), ActionError> {
        let inserted = rows::insert_many(self.tx, register, self.unit, Some(self.import), lines)?;
        let done = self.done.entry(register).or_default();
        done.0 += inserted.inserted.len() as u64;
        done.1 += inserted.existing.len() as u64;
        Ok(())
    }

    fn flush_all(&mut self) -> Result<(), ActionError> {
        for (register, lines) in std::mem::take(&mut self.waiting) {
            self.flush(register, &lines)?;
        }
        Ok(())
    }
}

#[derive(Serialize, serde::Deserialize, Default)]
struct Counts {
    added: u64,
    duplicates: u64,
    rejected: u64,
    registers: BTreeMap<String, (u64, u64)>,
}

fn finish(tx: &mut store::Tx<'_>, import: ImportId, outcome: &Outcome) -> Result<(), ActionError> {
    let mut row = store::import::find(tx, import)?.ok_or(ActionError::NotFound)?;
    let registers =
        outcome.by_register.iter().map(|(register, counts)| (register.word().to_owned(), *counts)).collect();
    let counts = Counts {
        added: outcome.added,
        duplicates: outcome.duplicates,
        rejected: outcome.rejected,
        registers,
    };
    row.counts = serde_json::to_string(&counts).map_err(anyhow::Error::new)?;
    "done".clone_into(&mut row.status);
    Ok(store::import::finish(tx, &row)?)
}

/// An import that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportView {
    /// Its id.
    pub id: ImportId,
    /// The file.
    pub file_name: String,
    /// When.
    pub at: Timestamp,
    /// Who, by name.
    pub who: String,
    /// Rows added.
    pub added: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// Added and duplicate rows of each register, in the order of the menu.
    pub registers: Vec<(Register, u64, u64)>,
}

/// Imports, newest first.
///
/// # Errors
/// Without the right to read registers.
pub fn history(app: &App, actor: &Actor, limit: u16) -> Result<Vec<ImportView>, ActionError> {
    actor.require(Capability::ReadRegisters)?;
    app.read(|r| {
        let names = account::names(r)?;
        let view = |row: ImportRow| {
            let counts: Counts = serde_json::from_str(&row.counts).unwrap_or_default();
            let of = |register: Register| {
                counts.registers.get(register.word()).map(|(added, known)| (register, *added, *known))
            };
            ImportView {
                registers: Register::ALL.into_iter().filter_map(of).collect(),
                id: row.id,
                file_name: row.file_name,
                at: row.imported_at,
                who: names.get(&row.person).cloned().unwrap_or(row.person),
                added: counts.added,
                duplicates: counts.duplicates,
                rejected: counts.rejected,
            }
        };
        Ok(store::import::latest(r, limit)?.into_iter().map(view).collect())
    })
}

/// The file of the rows that an import did not take, for the person who imported: these rows are that person's own, so
/// it takes no right to read personal data. Who took them is kept in the ledger and in the security log (EXP-02).
///
/// # Errors
/// Without the right to import, or when this person has no such file.
pub fn rejected_file(app: &App, actor: &Actor, digest: &str) -> Result<Vec<u8>, ActionError> {
    actor.require(Capability::ImportRegisters)?;
    let (digest, bytes) = kept(app, actor, digest, Purpose::Rejected)?;
    let what = format!("rejected rows: {} bytes", bytes.len());
    app.write(actor, |tx| {
        tx.record(store::ledger::Change {
            kind: "import.rejected_taken",
            subject_kind: "export",
            subject: digest.as_str(),
            after: Some(&what),
        })?;
        Ok(())
    })?;
    let size = bytes.len();
    tracing::info!(target: "security", event = "rejected_rows_taken", person = actor.name, %digest, size);
    Ok(bytes)
}
