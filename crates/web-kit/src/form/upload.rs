//! A form with one file. Only routes that take this extractor accept `multipart/form-data`.

use axum::Extension;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::routing::MethodRouter;
use bytes::{Bytes, BytesMut};
use http::StatusCode;

use super::read::{self, Pairs, body_fault};
use super::{FormKey, FormState, extract};
use crate::csrf;
use crate::fault::Fault;

/// Bytes of all fields that are not the file.
const MOST_TEXT: usize = 1_024 * 1_024;

/// How many bytes the file of a route may have.
#[derive(Debug, Clone, Copy)]
struct Most(usize);

/// A route that takes [`Upload`] with a file of at most so many bytes. What is larger is read to its end and thrown away,
/// so that the browser sees our answer, and the form says so ([`Upload::is_too_large`]).
pub fn with_file_of<S: Clone + Send + Sync + 'static>(
    most: usize,
    route: MethodRouter<S>,
) -> MethodRouter<S> {
    let unbounded: MethodRouter<S> = route.layer(DefaultBodyLimit::disable());
    unbounded.layer(Extension(Most(most)))
}

/// A form with one file, proven like [`super::Form`]. The hidden token must come before the file, which the
/// component for form starts takes care of; a file without proof is not read.
#[derive(Debug)]
pub struct Upload {
    /// The name of the file as the browser gave it, clean, without folders. For display only.
    pub file_name: String,
    /// The file. Empty when none was chosen, or when it is too large.
    pub bytes: Bytes,
    /// Whether the file has more bytes than its route takes.
    pub is_too_large: bool,
    /// The one-time key, when the form had one.
    pub key: Option<FormKey>,
    fields: Pairs,
}

impl Upload {
    /// The other fields, when only `known` names were sent, each at most once.
    ///
    /// # Errors
    /// 400 for any other name, and for a name given twice.
    pub fn only(&self, known: &[&str]) -> Result<FormState, Fault> {
        let fits =
            self.fields.iter().all(|(name, values)| known.contains(&name.as_str()) && values.len() == 1);
        let state = FormState::typed(&self.fields);
        if fits { Ok(state) } else { Err(Fault::bad_request().event("unexpected_field")) }
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Fault;

    /// The size of the file is bounded by [`with_file_of`] or by `DefaultBodyLimit` on the route; without them by the
    /// 2 MB that axum takes of any body.
    async fn from_request(request: Request, state: &S) -> Result<Upload, Fault> {
        if !read::is_type(request.headers(), "multipart/form-data") {
            return Err(Fault::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let (parts, body) = request.into_parts();
        let most = parts.extensions.get::<Most>().map_or(usize::MAX, |most| most.0);
        let request = Request::from_parts(parts.clone(), body);
        let mut form = Multipart::from_request(request, state).await.map_err(|_| Fault::bad_request())?;
        let mut fields = Pairs::new();
        let mut file: Option<(String, Option<Bytes>)> = None;
        let mut text_left = MOST_TEXT;
        while let Some(field) = form.next_field().await.map_err(|error| part_fault(&error))? {
            let name = read::clean(field.name().unwrap_or_default())?;
            let proven = name == csrf::FIELD || fields.contains_key(csrf::FIELD);
            if !proven || fields.len() >= 200 {
                return Err(Fault::forged());
            }
            if let Some(file_name) = field.file_name().map(base_name) {
                if file.is_some() {
                    return Err(Fault::bad_request().event("unexpected_field"));
                }
                let bytes = at_most(field, most).await?;
                file = Some((file_name, bytes));
                continue;
            }
            let bytes = content(field, text_left).await?;
            text_left -= bytes.len();
            let text = std::str::from_utf8(&bytes).map_err(|_| Fault::bad_request())?;
            let values = fields.entry(name.clone()).or_default();
            values.push(read::clean(text)?);
            if name == csrf::FIELD {
                extract::check_token(&parts, values)?;
            }
        }
        let key = extract::proven(&parts, &mut fields)?;
        let (file_name, bytes) = file.unwrap_or_else(|| (String::new(), Some(Bytes::new())));
        let is_too_large = bytes.is_none();
        Ok(Upload { file_name, bytes: bytes.unwrap_or_default(), is_too_large, key, fields })
    }
}

pub(super) async fn content(mut field: Field<'_>, most: usize) -> Result<Bytes, Fault> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| part_fault(&error))? {
        if chunk.len() > most.saturating_sub(bytes.len()) {
            return Err(Fault::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

/// A part to its end; nothing when it has more bytes.
pub(super) async fn at_most(mut field: Field<'_>, most: usize) -> Result<Option<Bytes>, Fault> {
    let mut bytes = Some(BytesMut::new());
    while let Some(chunk) = field.chunk().await.map_err(|error| part_fault(&error))? {
        let fits = bytes.as_ref().is_some_and(|bytes| bytes.len() + chunk.len() <= most);
        bytes = bytes.filter(|_| fits);
        if let Some(bytes) = &mut bytes {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(bytes.map(BytesMut::freeze))
}

pub(super) fn part_fault(error: &MultipartError) -> Fault {
    let fault = body_fault(error);
    if fault.status == StatusCode::BAD_REQUEST && error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Fault::of_status(StatusCode::PAYLOAD_TOO_LARGE);
    }
    fault
}

/// The last part of a path of either kind, clean, at most 255 signs.
pub(super) fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    domain::text::clean_line(last).chars().take(255).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_upl_a06_a_file_name_loses_folders_and_what_cannot_be_seen() {
        assert_eq!(base_name("../../etc/Sổ\u{202e}fdp.xlsx"), "Sổfdp.xlsx");
        assert_eq!(base_name("C:\\So\\a.xls"), "a.xls");
        assert_eq!(base_name(&"a".repeat(1_000)).len(), 255);
    }
}
