//! Digital signatures of a PDF, looked at: who signed by the certificate inside, when by the signer's own clock, and
//! whether the bytes are still those that were signed. Whether the certificate may be trusted (issuer, revocation,
//! the key's signature itself) is not checked here, and nothing here says so (checklist DOC-04, DOC-A04).

use std::panic::{AssertUnwindSafe, catch_unwind};

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Decode as _, Encode as _, Tagged as _};
use lopdf::{Dictionary, Document, Object};
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;
use x509_cert::name::Name;
use x509_cert::time::Time;

const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");

/// Signatures of one file that are looked at.
const MOST: usize = 20;

/// Whether the bytes are those that were signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Integrity {
    /// The whole file is covered and its digest is the one in the signature.
    Whole,
    /// What was signed is as it was, but something was added to the file afterwards (also a later signature).
    AddedTo,
    /// The bytes are not those that were signed, or the signature leaves out parts it should not.
    Broken,
    /// The signature is of a form that is not understood.
    Unknown,
}

impl Integrity {
    /// The stable word; its text stands in the locales.
    pub const fn word(self) -> &'static str {
        match self {
            Integrity::Whole => "whole",
            Integrity::AddedTo => "added_to",
            Integrity::Broken => "broken",
            Integrity::Unknown => "unknown",
        }
    }
}

/// A signature, not trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The name in the certificate; empty when there is none to read.
    pub signer: String,
    /// The organisation in the certificate.
    pub organisation: String,
    /// Who issued the certificate, as the certificate says.
    pub issuer: String,
    /// When it was signed by the signer's own clock, seconds since 1970.
    pub claimed_at: Option<i64>,
    /// Whether the bytes are those that were signed.
    pub integrity: Integrity,
}

/// The signatures of a PDF, in the order of what they cover; none when the file has none or cannot be read.
pub fn read(bytes: &[u8]) -> Vec<Signature> {
    if !bytes.windows(10).any(|ten| ten == b"/ByteRange") {
        return Vec::new();
    }
    catch_unwind(AssertUnwindSafe(|| look(bytes))).unwrap_or_default()
}

fn look(bytes: &[u8]) -> Vec<Signature> {
    let Ok(document) = Document::load_mem(bytes) else { return Vec::new() };
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let mut found: Vec<(i64, Signature)> = dictionaries
        .filter_map(|dictionary| {
            let range = range_of(dictionary)?;
            let contents = dictionary.get(b"Contents").and_then(Object::as_str).ok()?;
            Some((range[2].saturating_add(range[3]), one(bytes, range, contents)))
        })
        .take(MOST)
        .collect();
    found.sort_by_key(|(end, _)| *end);
    found.into_iter().map(|(_, signature)| signature).collect()
}

fn range_of(dictionary: &Dictionary) -> Option<[i64; 4]> {
    let range = dictionary.get(b"ByteRange").and_then(Object::as_array).ok()?;
    let numbers: Vec<i64> = range.iter().filter_map(|number| number.as_i64().ok()).collect();
    numbers.try_into().ok()
}

fn one(bytes: &[u8], range: [i64; 4], contents: &[u8]) -> Signature {
    let mut signature = Signature {
        signer: String::new(),
        organisation: String::new(),
        issuer: String::new(),
        claimed_at: None,
        integrity: Integrity::Unknown,
    };
    let Some(signed) = signed_data(contents) else { return signature };
    let Some(signer) = signed.signer_infos.0.iter().next() else { return signature };
    if let Some(certificate) = certificate_of(&signed, signer) {
        let names = &certificate.tbs_certificate;
        signature.signer = part(&names.subject, COMMON_NAME);
        signature.organisation = part(&names.subject, ORGANISATION);
        signature.issuer = part(&names.issuer, COMMON_NAME);
    }
    let attribute = |wanted: ObjectIdentifier| {
        let all = signer.signed_attrs.as_ref()?.iter();
        let mut fitting = all.filter(|attribute| attribute.oid == wanted);
        fitting.next().and_then(|attribute| attribute.values.iter().next()).cloned()
    };
    signature.claimed_at = attribute(SIGNING_TIME)
        .and_then(|value| Time::from_der(&value.to_der().ok()?).ok())
        .and_then(|time| i64::try_from(time.to_unix_duration().as_secs()).ok());
    let told = attribute(MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
    let Some((first, second)) = covered(bytes, range) else {
        signature.integrity = Integrity::Broken;
        return signature;
    };
    let digest = digest(signer.digest_alg.oid, [first, second]);
    signature.integrity = match (told, digest) {
        (Some(told), Some(own)) if told.as_bytes() == own => {
            let end = usize::try_from(range[2].saturating_add(range[3])).unwrap_or(0);
            // A line end behind the mark of the end is no addition.
            let rest = bytes.get(end..).unwrap_or_default();
            let is_whole = rest.iter().all(u8::is_ascii_whitespace);
            if is_whole { Integrity::Whole } else { Integrity::AddedTo }
        }
        (Some(_), Some(_)) => Integrity::Broken,
        _ => Integrity::Unknown,
    };
    signature
}

/// The two signed parts, when between them stands nothing but the signature itself.
fn covered(bytes: &[u8], range: [i64; 4]) -> Option<(&[u8], &[u8])> {
    let [start, length, next, rest] = range.map(usize::try_from);
    let (start, length, next, rest) = (start.ok()?, length.ok()?, next.ok()?, rest.ok()?);
    let end = start.checked_add(length)?;
    let gap = bytes.get(end..next)?;
    let inner = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
    let is_signature = inner.iter().all(|byte| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace());
    (start == 0 && is_signature).then_some(())?;
    Some((bytes.get(..end)?, bytes.get(next..next.checked_add(rest)?)?))
}

fn digest(algorithm: ObjectIdentifier, parts: [&[u8]; 2]) -> Option<Vec<u8>> {
    fn of<D: sha2::Digest>(parts: [&[u8]; 2]) -> Vec<u8> {
        let mut digest = D::new();
        parts.iter().for_each(|part| digest.update(part));
        digest.finalize().to_vec()
    }
    match algorithm {
        SHA1 => Some(of::<sha1::Sha1>(parts)),
        SHA256 => Some(of::<sha2::Sha256>(parts)),
        SHA384 => Some(of::<sha2::Sha384>(parts)),
        SHA512 => Some(of::<sha2::Sha512>(parts)),
        _ => None,
    }
}

/// The structure inside; the place for it in the file is filled up with zeros.
fn signed_data(contents: &[u8]) -> Option<SignedData> {
    let mut reader = der::SliceReader::new(contents).ok()?;
    let info = ContentInfo::decode(&mut reader).ok()?;
    info.content.decode_as::<SignedData>().ok()
}

fn certificate_of<'a>(signed: &'a SignedData, signer: &SignerInfo) -> Option<&'a Certificate> {
    let mut all = signed.certificates.as_ref()?.0.iter().filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    });
    match &signer.sid {
        SignerIdentifier::IssuerAndSerialNumber(id) => all.find(|certificate| {
            let own = &certificate.tbs_certificate;
            own.serial_number == id.serial_number && own.issuer.to_der().ok() == id.issuer.to_der().ok()
        }),
        SignerIdentifier::SubjectKeyIdentifier(_) => all.next(),
    }
}

/// A part of a name as words.
fn part(name: &Name, wanted: ObjectIdentifier) -> String {
    let mut parts = name.0.iter().flat_map(|part| part.0.iter());
    let Some(found) = parts.find(|part| part.oid == wanted) else { return String::new() };
    let bytes = found.value.value();
    let text = if found.value.tag() == der::Tag::BmpString {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    };
    crate::layout::tidy(&text).chars().take(200).collect()
}
