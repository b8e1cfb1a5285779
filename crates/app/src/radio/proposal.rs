//! What bulletins that were sent together would become: seen and confirmed by a person before a draft is made.

use std::collections::BTreeSet;

use domain::access::Capability;
use domain::id::{BatchId, PublicationId};
use domain::publication::{Attachment, Kind, Purpose};
use domain::text;
use domain::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use store::blob::{self, BlobRow};
use store::bulletin_batch as batches;
use store::publication as rows;
use store::{Digest, Reader, recording};

use super::{Batch, Left};
use crate::publication::{Draft, begin_together, cleaned};
use crate::{ActionError, Actor, App, account, office};

pub use store::bulletin_batch::State as BatchState;

/// Batches that are listed.
const MOST_LISTED: u16 = 50;

/// Rows of one batch; each has a box to tick, and a form has 200 fields at most.
pub const ROWS: usize = 150;

/// What a person should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// A list names a recording that was not sent.
    RecordingMissing,
    /// No recording.
    NoSound,
    /// A recording whose length nobody can tell: broken, perhaps.
    LengthUnknown,
    /// No words.
    NoWords,
    /// Nothing tells when it was broadcast.
    NoDay,
}

impl Doubt {
    /// Its words: `radio.doubt.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Doubt::RecordingMissing => "recording_missing",
            Doubt::NoSound => "no_sound",
            Doubt::LengthUnknown => "length_unknown",
            Doubt::NoWords => "no_words",
            Doubt::NoDay => "no_day",
        }
    }
}

/// A bulletin before it is a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The file it comes from, with the sheet where it is a list.
    pub from: String,
    /// Its row in a list.
    pub row: String,
    /// Where its title stands in a list.
    pub at_title: String,
    /// Its title.
    pub title: String,
    /// When it was broadcast, in words.
    pub summary: String,
    /// Its words: HTML, cleaned.
    pub body: String,
    /// Its section.
    pub section: String,
    /// When it was broadcast.
    pub day: Option<Day>,
    /// Its recording and the pictures of its words.
    pub files: Vec<Attachment>,
    /// How long its recording is.
    pub seconds: Option<u32>,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
}

impl Planned {
    /// Its recording.
    pub fn sound(&self) -> Option<&Attachment> {
        self.files.iter().find(|file| file.purpose == Purpose::Sound)
    }

    /// What makes two of them the same bulletin.
    fn same_thing(&self) -> String {
        self.sound().map_or_else(|| text::key(&self.title), |file| file.digest.clone())
    }

    fn draft(&self) -> Draft {
        Draft {
            title: self.title.clone(),
            summary: self.summary.clone(),
            body: self.body.clone(),
            section: self.section.clone(),
            files: self.files.clone(),
            ..Draft::default()
        }
    }

    fn left(&self, code: &str) -> Left {
        let cell = if code == "exists_already" { self.row.clone() } else { self.at_title.clone() };
        Left { from: self.from.clone(), cell, code: code.to_owned() }
    }

    /// Whether the desk has it already, whatever its state.
    fn is_known(&self, r: &mut Reader<'_>) -> Result<bool, ActionError> {
        let known = match self.sound().and_then(|file| Digest::parse(&file.digest)) {
            Some(digest) => rows::with_file(r, &digest)?,
            None => rows::with_title(r, Kind::Bulletin, &self.title)?,
        };
        Ok(known.is_some())
    }
}

/// A draft that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The draft.
    pub id: PublicationId,
    /// Its title.
    pub title: String,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
}

/// What a batch holds: bulletins until it is confirmed, then drafts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    planned: Vec<Planned>,
    taken: Vec<Row>,
    left: Vec<Left>,
}

/// A batch as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Where it stands.
    pub state: BatchState,
    /// The version to confirm.
    pub version: i64,
    /// What would become drafts.
    pub planned: Vec<Planned>,
    /// The drafts that were made.
    pub taken: Vec<Row>,
    /// What was not taken.
    pub left: Vec<Left>,
}

fn code(error: ActionError) -> Result<String, ActionError> {
    match error {
        ActionError::Invalid(fields) => Ok(fields.first().map_or("required", |field| field.code).to_owned()),
        other => Err(other),
    }
}

fn write(held: &Held) -> Result<String, ActionError> {
    serde_json::to_string(held).map_err(|error| ActionError::Internal(error.into()))
}

fn read(content: &str) -> Result<Held, ActionError> {
    serde_json::from_str(content).map_err(|error| ActionError::Internal(error.into()))
}

impl Batch {
    /// Keeps what was sent as a proposal: more than [`ROWS`] bulletins as several, of which the first is given. What the
    /// desk has already, or cannot take, is left with the reason.
    ///
    /// # Errors
    /// Without the right to write, or when the database fails; then nothing was kept.
    pub fn propose(self, app: &App, actor: &Actor) -> Result<BatchId, ActionError> {
        actor.require(Capability::WritePublications)?;
        let (all, mut left) = self.planned();
        let mut planned = Vec::new();
        for mut one in all {
            match cleaned(Kind::Bulletin, &one.draft()) {
                Ok(body) => {
                    one.body = body;
                    planned.push(one);
                }
                Err(error) => left.push(one.left(&code(error)?)),
            }
        }
        app.write(actor, |tx| {
            let mut seen = BTreeSet::new();
            let mut kept = Vec::new();
            for one in planned {
                if one.is_known(tx)? || !seen.insert(one.same_thing()) {
                    left.push(one.left("exists_already"));
                    continue;
                }
                for file in &one.files {
                    let Some(digest) = Digest::parse(&file.digest) else { continue };
                    let size_bytes = i64::try_from(file.size).unwrap_or(i64::MAX);
                    let media_type = file.media_type.clone();
                    blob::register(tx, &BlobRow { digest: digest.clone(), size_bytes, media_type })?;
                    if file.purpose == Purpose::Sound {
                        recording::put(tx, &digest, one.seconds)?;
                    }
                }
                kept.push(one);
            }
            let state = if kept.is_empty() { BatchState::Taken } else { BatchState::Open };
            let first = tx.new_id()?;
            let mut rest = kept.split_off(kept.len().min(ROWS));
            batches::insert(tx, first, state, &write(&Held { planned: kept, left, ..Held::default() })?)?;
            while !rest.is_empty() {
                let after = rest.split_off(rest.len().min(ROWS));
                let held = Held { planned: std::mem::replace(&mut rest, after), ..Held::default() };
                let id = tx.new_id()?;
                batches::insert(tx, id, BatchState::Open, &write(&held)?)?;
            }
            Ok(first)
        })
    }
}

/// What was sent, and what became of it.
///
/// # Errors
/// Without the right to write, or when there is none.
pub fn batch(app: &App, actor: &Actor, id: BatchId) -> Result<Shown, ActionError> {
    actor.require(Capability::WritePublications)?;
    let row = app.read(|r| batches::find(r, id)?.ok_or(ActionError::NotFound))?;
    let Held { planned, taken, left } = read(&row.content)?;
    Ok(Shown { state: row.state, version: row.version, planned, taken, left })
}

/// Batches that wait for a person: which, who sent it, when.
///
/// # Errors
/// Without the right to write.
pub fn waiting(app: &App, actor: &Actor) -> Result<Vec<(BatchId, String, Timestamp)>, ActionError> {
    actor.require(Capability::WritePublications)?;
    app.read(|r| {
        let names = account::names(r)?;
        let name = |word: String| names.get(&word).cloned().unwrap_or(word);
        let open = batches::open(r, MOST_LISTED)?;
        Ok(open.into_iter().map(|(id, by, at)| (id, name(by), at)).collect())
    })
}

/// Makes a draft of each bulletin a person kept, by its number in the list, all in one transaction. Whoever sent them
/// counts as a writer too, so that neither may approve them.
///
/// # Errors
/// Without the right to write; when none was kept, or somebody ended the batch meanwhile.
pub fn confirm(
    app: &App,
    actor: &Actor,
    (id, version): (BatchId, i64),
    kept: &BTreeSet<usize>,
) -> Result<(), ActionError> {
    actor.require(Capability::WritePublications)?;
    let office = office::office(app)?;
    app.write(actor, |tx| {
        let batch = batches::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if batch.version != version || batch.state != BatchState::Open {
            return Err(ActionError::Stale);
        }
        let Held { planned, left, .. } = read(&batch.content)?;
        if !(0..planned.len()).any(|number| kept.contains(&number)) {
            return Err(ActionError::invalid("", "no_bulletin_kept"));
        }
        let mut held = Held { left, ..Held::default() };
        for (number, one) in planned.iter().enumerate() {
            if !kept.contains(&number) {
                held.left.push(one.left("bulletin_dropped"));
            } else if one.is_known(tx)? {
                held.left.push(one.left("exists_already"));
            } else {
                let writers = [batch.created_by.as_str()];
                match begin_together(tx, actor, &office, Kind::Bulletin, &one.draft(), &writers) {
                    Ok(id) => {
                        held.taken.push(Row { id, title: one.title.clone(), doubts: one.doubts.clone() });
                    }
                    Err(error) => held.left.push(one.left(&code(error)?)),
                }
            }
        }
        Ok(batches::end(tx, (id, version), BatchState::Taken, &write(&held)?)?)
    })
}

/// Puts what was sent aside; no draft is made.
///
/// # Errors
/// Without the right to write, or when somebody ended it meanwhile.
pub fn put_aside(app: &App, actor: &Actor, (id, version): (BatchId, i64)) -> Result<(), ActionError> {
    actor.require(Capability::WritePublications)?;
    app.write(actor, |tx| {
        batches::find(tx, id)?.ok_or(ActionError::NotFound)?;
        Ok(batches::end(tx, (id, version), BatchState::Dropped, &write(&Held::default())?)?)
    })
}
