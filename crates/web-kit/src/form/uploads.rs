//! A form with many files, taken one after the other: only one of them is in memory at a time.

use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;
use http::StatusCode;
use http::request::Parts;

use super::FormKey;
use super::extract;
use super::read::{self, Pairs};
use super::upload::{at_most, base_name, content, part_fault};
use crate::csrf;
use crate::fault::Fault;

/// Bytes of all fields before the files.
const MOST_TEXT: usize = 64 * 1_024;

/// A file of many.
#[derive(Debug)]
pub struct UploadedFile {
    /// The name as the browser gave it, clean, without folders. For display only.
    pub name: String,
    /// The file; none when it is larger than one may be.
    pub bytes: Option<Bytes>,
}

/// A form with many files, proven like [`super::Form`]: the hidden token comes before the files. The files are asked
/// for one by one with [`Uploads::next`].
#[derive(Debug)]
pub struct Uploads {
    form: Multipart,
    parts: Parts,
    fields: Pairs,
    is_proven: bool,
    /// The one-time key, when the form had one; known once the first file was asked for.
    pub key: Option<FormKey>,
}

impl<S: Send + Sync> FromRequest<S> for Uploads {
    type Rejection = Fault;

    /// The size of all files is bounded by `DefaultBodyLimit` on the route.
    async fn from_request(request: Request, state: &S) -> Result<Uploads, Fault> {
        if !read::is_type(request.headers(), "multipart/form-data") {
            return Err(Fault::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts.clone(), body);
        let form = Multipart::from_request(request, state).await.map_err(|_| Fault::bad_request())?;
        Ok(Uploads { form, parts, fields: Pairs::new(), is_proven: false, key: None })
    }
}

impl Uploads {
    /// The next file, of at most so many bytes; none after the last. Empty parts, which browsers send when no file was
    /// chosen, are passed over.
    ///
    /// # Errors
    /// Without the token, for a field that is not ours, and when the request breaks off.
    pub async fn next(&mut self, most: usize) -> Result<Option<UploadedFile>, Fault> {
        while let Some(field) = self.form.next_field().await.map_err(|error| part_fault(&error))? {
            let name = read::clean(field.name().unwrap_or_default())?;
            let Some(file_name) = field.file_name().map(base_name) else {
                if self.is_proven || ![csrf::FIELD, FormKey::FIELD].contains(&name.as_str()) {
                    return Err(Fault::bad_request().event("unexpected_field"));
                }
                let bytes = content(field, MOST_TEXT).await?;
                let text = std::str::from_utf8(&bytes).map_err(|_| Fault::bad_request())?;
                self.fields.entry(name).or_default().push(read::clean(text)?);
                continue;
            };
            if !self.is_proven {
                self.key = extract::proven(&self.parts, &mut self.fields)?;
                self.is_proven = true;
            }
            // What is too large is still read to its end, so that the files behind it are reached.
            let bytes = at_most(field, most).await?;
            if file_name.is_empty() && bytes.as_ref().is_some_and(Bytes::is_empty) {
                continue;
            }
            return Ok(Some(UploadedFile { name: file_name, bytes }));
        }
        if !self.is_proven {
            self.key = extract::proven(&self.parts, &mut self.fields)?;
            self.is_proven = true;
        }
        Ok(None)
    }
}
