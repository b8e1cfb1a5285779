//! Carrying out what was decided about a publication.

use domain::access::Capability;
use domain::id::PublicationId;
use domain::publication::item::Item;
use domain::publication::workflow::{self, Event, Given, State};
use domain::register::{Register, Value, Values, due};
use domain::text;
use domain::time::{self, Day, Timestamp};
use store::Tx;
use store::publication::{self as rows, PublicationRow, VersionRow};

use super::draft::{missing, typed, void_approval};
use super::{facts, is_due, who};
use crate::register::check;
use crate::rules::{self, Policy};
use crate::{ActionError, Actor, App, kept_line};

/// What comes with an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Act {
    /// Why; or, at publishing again, what changed.
    pub note: String,
    /// Whether the change mends the office's own mistake (*đính chính*).
    pub is_correction: bool,
    /// When to publish.
    pub publish_at: Option<Timestamp>,
    /// The digest of what the person was shown.
    pub shown_digest: Option<String>,
}

/// Carries out an event on a publication, from the version the person saw.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal; [`ActionError::Stale`]; fields its register asks for.
pub fn act(
    app: &App,
    actor: &Actor,
    (id, version): (PublicationId, i64),
    event: Event,
    act: &Act,
) -> Result<(), ActionError> {
    actor.require(Capability::ReadPublications)?;
    let policy = rules::policy(app)?;
    app.write(actor, |tx| {
        let row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        carry_out(tx, actor, &policy, row, event, act)
    })
}

/// Carries out one event on the publication as it stands; nothing of it is left when the transaction is given up.
pub(super) fn carry_out(
    tx: &mut Tx<'_>,
    actor: &Actor,
    policy: &Policy,
    mut row: PublicationRow,
    event: Event,
    act: &Act,
) -> Result<(), ActionError> {
    let digest = row.content.digest();
    let note = text::clean_text(&act.note);
    let given = Given {
        note: &note,
        publish_at: act.publish_at,
        shown_digest: act.shown_digest.as_deref(),
        now: tx.now(),
    };
    // Changing the text is `edit`, with the text.
    if event == Event::Edit {
        return Err(ActionError::Refused(workflow::Refusal::NotNow.code()));
    }
    let step = workflow::decide(&facts(&row, &digest), event, who(actor), given)
        .map_err(|refusal| ActionError::Refused(refusal.code()))?;
    match event {
        Event::Submit | Event::Approve => {
            let missing = missing(row.kind, &row.content);
            if !missing.is_empty() {
                return Err(ActionError::Invalid(missing));
            }
            if event == Event::Approve {
                row.approved_digest = Some(digest.clone());
                row.approved_by = Some(actor.name.clone());
                row.approved_at = Some(tx.now());
            }
        }
        Event::SendBack => void_approval(&mut row),
        Event::Schedule => {
            row.publish_at = act.publish_at;
            row.publish_note.clone_from(&note);
        }
        Event::Unschedule => row.publish_at = None,
        Event::Publish => {
            let told = if note.is_empty() { row.publish_note.clone() } else { note.clone() };
            publish(tx, policy, &mut row, told, act.is_correction)?;
        }
        Event::Discard => discard(tx, &mut row)?,
        Event::Withdraw => withdraw(tx, &mut row, &note)?,
        Event::Expire if step.to() == State::Expired => take_away(tx, &mut row, "")?,
        // The next version is being written: its approval and the links to it stay.
        Event::Expire => hide(tx, &mut row, "")?,
        Event::Edit => {}
    }
    row.state = step.to();
    let id = row.id;
    rows::update(tx, &format!("publication.{}", event.word()), &row)?;
    rows::add_step(tx, id, event.word(), &note, &digest)?;
    Ok(())
}

/// Shows the approved text to readers and keeps the line that counts it.
fn publish(
    tx: &mut Tx<'_>,
    policy: &Policy,
    row: &mut PublicationRow,
    note: String,
    is_correction: bool,
) -> Result<(), ActionError> {
    let today = time::day_of(tx.now());
    let first = row.first_posted_on.unwrap_or(today);
    if let Some(register) = row.kind.spec().register {
        keep_line(tx, policy, row, register, first)?;
    }
    let version = VersionRow {
        publication: row.id,
        version: row.published_version + 1,
        content: row.content.clone(),
        note,
        is_correction: is_correction && row.published_version > 0,
        writers: row.writers.clone(),
        approved_by: row.approved_by.clone().unwrap_or_default(),
        published_by: tx.actor().to_owned(),
        published_at: tx.now(),
    };
    rows::publish(tx, &version, &Item::of_content(row.kind, &row.content, first))?;
    rows::revoke_previews(tx, row.id)?;
    row.published_version = version.version;
    row.first_posted_on = Some(first);
    row.is_public = true;
    row.expires_at = row.content.ends_at();
    row.writers.clear();
    row.publish_at = None;
    row.publish_note.clear();
    Ok(())
}

/// The line of the register that counts a publication: added at the first publication, amended at later ones.
fn keep_line(
    tx: &mut Tx<'_>,
    policy: &Policy,
    row: &PublicationRow,
    register: Register,
    first: Day,
) -> Result<(), ActionError> {
    let values = |mut start: Values| {
        start.clear("withdrawn_on");
        set_day(register, &mut start, "posted_on", first);
        let mut values = check(register, &typed(row.kind, &row.content), &start)?;
        due::fill(register, &mut values, &policy.law, &policy.calendar);
        Ok(values)
    };
    let is_kept = kept_line::keep(tx, (register, row.unit, kept_line::id_of(row.id)?), values)?;
    if is_kept { Ok(()) } else { Err(ActionError::Refused("publication_in_register")) }
}

fn set_day(register: Register, values: &mut Values, key: &str, day: Day) {
    if let Some(field) = register.field(key) {
        values.set(field, Value::Day(day));
    }
}

/// The working copy becomes what readers see again.
fn discard(tx: &mut Tx<'_>, row: &mut PublicationRow) -> Result<(), ActionError> {
    let last = rows::versions(tx, row.id)?.pop().ok_or(ActionError::Refused("publication_not_public"))?;
    row.content = last.content;
    // Versions kept before they had a last day of their own end as the publication says.
    row.content.last_day = row.expires_at.and_then(|at| time::day_of(at).yesterday().ok());
    row.writers.clear();
    void_approval(row);
    Ok(())
}

/// Takes it away from readers at once; the line that counts it says since when.
fn withdraw(tx: &mut Tx<'_>, row: &mut PublicationRow, reason: &str) -> Result<(), ActionError> {
    if let Some(register) = row.kind.spec().register
        && let Some(stored) = store::register::find(tx, register, kept_line::id_of(row.id)?)?
    {
        let mut record = stored.record;
        set_day(register, &mut record.values, "withdrawn_on", time::day_of(tx.now()));
        store::register::update(tx, &record)?;
    }
    take_away(tx, row, reason)
}

/// Takes it away from readers. What has only expired was posted all the same: its line stays as it is.
fn take_away(tx: &mut Tx<'_>, row: &mut PublicationRow, reason: &str) -> Result<(), ActionError> {
    hide(tx, row, reason)?;
    rows::revoke_previews(tx, row.id)?;
    void_approval(row);
    Ok(())
}

/// Readers see it no more; the working copy stays as it is.
fn hide(tx: &mut Tx<'_>, row: &mut PublicationRow, reason: &str) -> Result<(), ActionError> {
    rows::withdraw(tx, row.id, time::day_of(tx.now()), reason)?;
    row.is_public = false;
    row.expires_at = None;
    Ok(())
}

/// Publishes what was scheduled and ends what has expired, up to now: once each, also with several programs on one
/// database, for each is decided and saved in one transaction. Gives how many.
///
/// # Errors
/// When the database fails. One that cannot be carried out is logged, left as it is, and does not stop the others.
pub fn run_due(app: &App) -> Result<usize, ActionError> {
    const AT_ONCE: u16 = 200;
    let actor = Actor::system();
    let policy = rules::policy(app)?;
    let now = app.now();
    let due = app.read(|r| Ok(rows::due(r, now, AT_ONCE)?))?;
    let mut done = 0;
    // What is published in time does not end with the version before it; what cannot be published ends all the same.
    let acts = due.iter().flat_map(|row| [Event::Publish, Event::Expire].map(|event| (row, event)));
    for (row, event) in acts.filter(|(row, event)| is_due(row, *event, now)) {
        let id = row.id;
        let result = app.write(&actor, |tx| {
            // Somebody may have changed it since it was listed.
            let Some(row) = rows::find(tx, id)?.filter(|row| is_due(row, event, now)) else {
                return Ok(false);
            };
            carry_out(tx, &actor, &policy, row, event, &Act::default()).map(|()| true)
        });
        match result {
            Ok(true) => done += 1,
            Ok(false) => {}
            Err(error) => tracing::error!(publication = %id, event = event.word(), %error, "not carried out"),
        }
    }
    Ok(done)
}
