//! Many documents that wait to be confirmed: what stands beside each, and all at once those whose every field is certain.

use domain::access::Capability;
use domain::id::{PublicationId, UploadId};
use domain::publication::relation::Act;
use store::uploaded_document as rows;
use store::{Digest, file_text};

use super::{Confidence, Shown, State, confirm_together, draft, registered, shown, waiting};
use crate::publication::Draft;
use crate::{ActionError, Actor, App, account, office};

/// Documents that are confirmed at once.
pub const MOST_AT_ONCE: usize = 50;
/// Documents that are looked through for certain ones.
const MOST_LOOKED_AT: u16 = 500;

/// Whether nothing of a document is left to doubt: every field was read from the place and in the form the decree
/// prescribes, no other document changes by it, none is the same, and every page was read.
fn is_certain(shown: &Shown, draft: &Draft) -> bool {
    let Some(document) = shown.document.as_ref() else { return false };
    let decree = &document.decree;
    let words = [&decree.issuer, &decree.number, &decree.symbol, &decree.kind, &decree.summary];
    let sure = |confidence: Confidence| confidence >= Confidence::SURE;
    let is_read = words.into_iter().all(|field| field.as_ref().is_some_and(|field| sure(field.confidence)))
        && decree.date.as_ref().is_some_and(|field| sure(field.confidence))
        && decree.signers.last().is_some_and(|field| sure(field.confidence))
        && decree.effective.as_ref().is_none_or(|field| sure(field.confidence));
    is_read
        && draft.relations.iter().all(|relation| relation.act == Act::BasedOn)
        && ["symbol", "issued_on", "signer"].iter().all(|key| draft.fields.contains_key(*key))
        && shown.duplicates.is_empty()
        && document.without_text.is_empty()
        && document.recognised.is_empty()
}

/// The documents that may be confirmed at once, the newest first, with what would be confirmed of each.
///
/// # Errors
/// Without the right to see what is being written.
pub fn certain(app: &App, actor: &Actor) -> Result<Vec<(Shown, Draft)>, ActionError> {
    actor.require(Capability::ReadPublications)?;
    app.read(|r| {
        let (register, names) = (registered(r)?, account::names(r)?);
        let units = store::unit::all(r)?;
        let mut found = Vec::new();
        for row in rows::list(r, State::Proposed, 1, MOST_LOOKED_AT)? {
            let shown = shown(r, row, &register, &names)?;
            let Some(document) = shown.document.as_ref() else { continue };
            let draft = draft::of(&document.decree, &units);
            if is_certain(&shown, &draft) {
                found.push((shown, draft));
            }
            if found.len() == MOST_AT_ONCE {
                break;
            }
        }
        Ok(found)
    })
}

/// Confirms documents as they were read, all or none, each in the version that was shown.
///
/// # Errors
/// Without the right; when one changed meanwhile; [`ActionError::Refused`] `documents_none_ticked`,
/// `documents_too_many_ticked`, or `document_not_certain` when something of one is left to doubt.
pub fn confirm_many(
    app: &App,
    actor: &Actor,
    ticked: &[(UploadId, i64)],
) -> Result<Vec<PublicationId>, ActionError> {
    actor.require(Capability::WritePublications)?;
    if ticked.is_empty() {
        return Err(ActionError::Refused("documents_none_ticked"));
    }
    if ticked.len() > MOST_AT_ONCE {
        return Err(ActionError::Refused("documents_too_many_ticked"));
    }
    let office = office::office(app)?;
    app.write(actor, |tx| {
        let (register, names) = (registered(tx)?, account::names(tx)?);
        let units = store::unit::all(tx)?;
        let mut begun = Vec::new();
        for (id, version) in ticked {
            let row = rows::find(tx, *id)?.ok_or(ActionError::NotFound)?;
            waiting(&row, *version)?;
            let shown = shown(tx, row, &register, &names)?;
            let decree = shown.document.as_ref().map(|document| &document.decree);
            let draft = decree.map(|decree| draft::of(decree, &units)).unwrap_or_default();
            if !is_certain(&shown, &draft) {
                return Err(ActionError::Refused("document_not_certain"));
            }
            begun.push(confirm_together(tx, actor, &office, (*id, *version), &draft)?);
        }
        Ok(begun)
    })
}

/// What stands beside an uploaded document while it is confirmed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The words of the file, a line each; empty when there are none.
    pub text: String,
    /// The document that waits after it; none when no other waits.
    pub next: Option<UploadId>,
    /// How many wait, itself among them.
    pub waiting: i64,
}

/// What stands beside an uploaded document.
///
/// # Errors
/// Without the right to see what is being written, or when there is none.
pub fn beside(app: &App, actor: &Actor, id: UploadId) -> Result<Beside, ActionError> {
    actor.require(Capability::ReadPublications)?;
    app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let digest = row.digest.as_deref().and_then(Digest::parse);
        let words = match digest {
            Some(digest) => file_text::find(r, &digest)?,
            None => None,
        };
        Ok(Beside {
            text: words.map(|words| words.body).unwrap_or_default(),
            next: rows::next_waiting(r, id)?,
            waiting: rows::count(r, State::Proposed)?,
        })
    })
}
