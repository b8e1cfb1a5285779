//! Bytes to named texts, decoded once.

use std::collections::BTreeMap;

use axum::body::Body;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;

use crate::fault::Fault;
use crate::server::BodyFault;

/// Bytes of a form.
const MOST_BYTES: usize = 1_024 * 1_024;
/// Fields of a form or a query.
const MOST_FIELDS: usize = 200;

/// Names with all values given for each.
pub(super) type Pairs = BTreeMap<String, Vec<String>>;

/// Whether the body is declared as exactly this type (parameters apart).
pub(super) fn is_type(headers: &HeaderMap, wanted: &str) -> bool {
    let mut values = headers.get_all(CONTENT_TYPE).into_iter();
    let (first, second) = (values.next().and_then(|value| value.to_str().ok()), values.next());
    let name = first.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    second.is_none() && name.eq_ignore_ascii_case(wanted)
}

/// Reads a form body.
pub(super) async fn form(headers: &HeaderMap, body: Body) -> Result<Pairs, Fault> {
    if !is_type(headers, "application/x-www-form-urlencoded") {
        return Err(Fault::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let bytes = whole(body, MOST_BYTES).await?;
    pairs(&bytes)
}

/// Reads a whole body of at most `most` bytes. What a longer one still sends is read and thrown away, so that the
/// browser sees our answer and not a broken connection.
pub(super) async fn whole(body: Body, most: usize) -> Result<Bytes, Fault> {
    let mut body = body;
    let (mut kept, mut read) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let data = frame.map_err(|error| body_fault(&error))?.into_data().unwrap_or_default();
        read = read.saturating_add(data.len());
        if read <= most {
            kept.extend_from_slice(&data);
        }
    }
    if read > most { Err(Fault::of_status(StatusCode::PAYLOAD_TOO_LARGE)) } else { Ok(kept.into()) }
}

/// The fault for a body that could not be read.
pub(super) fn body_fault(error: &(dyn std::error::Error + 'static)) -> Fault {
    let mut next = Some(error);
    while let Some(error) = next {
        match error.downcast_ref::<BodyFault>() {
            Some(BodyFault::TooLarge) => return Fault::of_status(StatusCode::PAYLOAD_TOO_LARGE),
            Some(BodyFault::TooSlow) => return Fault::of_status(StatusCode::REQUEST_TIMEOUT),
            None => next = error.source(),
        }
    }
    Fault::bad_request().cause(error)
}

/// Decodes `a=1&b=2`. Every name and value is UTF-8 without control characters except line breaks and tabs, which
/// several-line texts hold; one-line fields lose them in `domain::text::clean_line`.
pub(super) fn pairs(bytes: &[u8]) -> Result<Pairs, Fault> {
    let mut pairs = Pairs::new();
    for (count, (name, value)) in raw(bytes).enumerate() {
        if count >= MOST_FIELDS {
            return Err(Fault::bad_request());
        }
        let (name, value) = (decoded(name)?, decoded(value)?);
        pairs.entry(name).or_default().push(value);
    }
    Ok(pairs)
}

fn raw(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        }
    })
}

fn decoded(bytes: &[u8]) -> Result<String, Fault> {
    let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let text = percent_encoding::percent_decode(&spaced).decode_utf8().map_err(|_| Fault::bad_request())?;
    clean(&text)
}

/// Line ends as `\n`; refused when it holds a control character.
pub(super) fn clean(text: &str) -> Result<String, Fault> {
    let text = text.replace("\r\n", "\n");
    let odd = |sign: char| sign.is_control() && sign != '\n' && sign != '\t';
    if text.contains(odd) { Err(Fault::bad_request().event("bad_input")) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_once() {
        let read = pairs(b"a=%C4%90%E1%BB%81+%C3%A1n&b=%2541&c&a=2").unwrap();
        assert_eq!(read["a"], ["Đề án", "2"]);
        assert_eq!(read["b"], ["%41"]);
        assert_eq!(read["c"], [""]);
    }

    #[test]
    fn sec_gen_a01_bytes_that_are_no_text_are_refused() {
        for bad in
            [&b"a=%FF"[..], b"a=%C0%80", b"a=%ED%A0%80", b"a=%00", b"a=%1B%5B", b"%00=1", b"a=\xff", b"a=%7F"]
        {
            assert_eq!(pairs(bad).unwrap_err().status, StatusCode::BAD_REQUEST, "{bad:?}");
        }
        assert_eq!(pairs(b"a=1%0D%0A2").unwrap()["a"], ["1\n2"]);
    }

    #[test]
    fn sec_gen_08_more_than_200_fields_are_refused() {
        let many: String = "f=1&".repeat(201);
        assert!(pairs(many.as_bytes()).is_err());
    }
}
