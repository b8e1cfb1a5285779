//! Letters to who sent a request of the press: that it came, and that the answer left. They hold none of the sender's
//! words, so that nobody makes the office write to a stranger with them (QA-A09), and no code: what the office knows is
//! read at the page of the code alone.

use domain::press::request::Identity;
use domain::time::Timestamp;
use sha2::{Digest, Sha256};
use store::Tx;
use store::press::CaseRow;

use super::{Content, OF_USE, queue, settings};
use crate::ActionError;

/// Letters of receipt to one address in an hour.
const AN_HOUR: i64 = 1;

/// The address of mail that a letter to the sender goes to: of the receipt to the contact they gave, of the answer to
/// the one that was confirmed (PRESS-02).
pub(super) fn address(row: &CaseRow, content: &Content) -> Option<String> {
    let is_confirmed = row.request.asked.identity != Identity::Unverified;
    let contact = match content {
        Content::RequestReceived { .. } => &row.contact,
        Content::RequestAnswered { .. } if is_confirmed => &row.confirmed_contact,
        _ => return None,
    };
    post::is_address(contact).then(|| contact.clone())
}

/// Tells the sender that a request came, when the contact is an address of mail: once an hour for each address.
pub(crate) fn request_received(tx: &mut Tx<'_>, row: &CaseRow) -> Result<(), ActionError> {
    const HOUR: i64 = 3_600;
    let due = row.request.deadline.as_ref().map(|deadline| deadline.due.day());
    let content = Content::RequestReceived { number: row.number.clone(), due };
    let Some(address) = address(row, &content) else { return Ok(()) };
    if !settings::is_on(tx)? {
        return Ok(());
    }
    let start = tx.now().as_second().div_euclid(HOUR) * HOUR;
    let start = Timestamp::from_second(start).unwrap_or_else(|_| tx.now());
    // A digest: the count of letters keeps no address.
    let bucket = format!("receipt:{}", hex::encode(Sha256::digest(address.to_lowercase().as_bytes())));
    if store::attempt::count_up(tx, &bucket, start)? > AN_HOUR {
        return Ok(());
    }
    tell(tx, row, "received", &content)
}

/// Tells the confirmed contact that the answer left and is read with the code.
pub(crate) fn request_answered(tx: &mut Tx<'_>, row: &CaseRow) -> Result<(), ActionError> {
    let content = Content::RequestAnswered { number: row.number.clone() };
    if address(row, &content).is_some() && settings::is_on(tx)? {
        tell(tx, row, "answered", &content)?;
    }
    Ok(())
}

fn tell(tx: &mut Tx<'_>, row: &CaseRow, what: &str, content: &Content) -> Result<(), ActionError> {
    let until = tx.now() + OF_USE;
    queue(tx, row.id, &format!("request {} {what}", row.id), content, until)?;
    Ok(())
}
