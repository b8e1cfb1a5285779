//! The parts of an office file, unpacked one by one within the limits. Nothing is ever written under a name that
//! stands in the file (security checklist UPL-03, UPL-A14).

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::limits::{Limits, Refused};

/// Bytes that may be unpacked whatever their ratio: small XML packs very well.
const FREE: u64 = 1 << 20;

/// The first bytes of a compound file: Word before 2007, or an encrypted new one.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// An open package.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: Limits,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a package, looking at its directory only.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, Refused> {
        if bytes.is_empty() {
            return Err(Refused::Empty);
        }
        if bytes.len() > limits.bytes {
            return Err(Refused::TooLarge);
        }
        if bytes.starts_with(COMPOUND) {
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let is_locked = bytes.windows(name.len()).any(|part| part == name);
            return Err(if is_locked { Refused::Locked } else { Refused::OldWord });
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(Refused::NotKnown);
        }
        // The directory says how many parts there are; asking it first keeps a million of them from being listed.
        if directory_entries(bytes).is_none_or(|count| count > limits.parts) {
            return Err(if directory_entries(bytes).is_none() { Refused::Broken } else { Refused::TooLarge });
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::Broken)?;
        if archive.len() > limits.parts {
            return Err(Refused::TooLarge);
        }
        let (mut told, mut packed) = (0_u64, 0_u64);
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|_| Refused::Broken)?;
            if part.encrypted() {
                return Err(Refused::Locked);
            }
            told = told.saturating_add(part.size());
            packed = packed.saturating_add(part.compressed_size());
        }
        // More packed bytes than there are: parts lie over each other.
        if packed > bytes.len() as u64 {
            return Err(Refused::Broken);
        }
        if told > limits.unpacked {
            return Err(Refused::TooLarge);
        }
        if archive.file_names().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
            return Err(Refused::Macros);
        }
        Ok(Package { archive, limits: *limits, left: limits.unpacked })
    }

    /// The names of its parts.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().map(str::to_owned).collect()
    }

    /// The bytes of a part; none when there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        if self.archive.index_for_name(name).is_none() {
            return Ok(None);
        }
        let part = self.archive.by_name(name).map_err(|_| Refused::Broken)?;
        let by_ratio = part.compressed_size().max(1).saturating_mul(self.limits.ratio).max(FREE);
        let allowed = by_ratio.min(self.limits.part).min(self.left);
        let mut bytes = Vec::new();
        part.take(allowed + 1).read_to_end(&mut bytes).map_err(|_| Refused::Broken)?;
        if bytes.len() as u64 > allowed {
            return Err(Refused::TooLarge);
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// A part that is XML as text; refused when it is nested too deeply or brings its own entities.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| Refused::Broken)?;
        check_shape(&text, &self.limits)?;
        Ok(Some(text))
    }

    /// The main part of a text document.
    pub(crate) fn main(&mut self) -> Result<String, Refused> {
        for name in ["word/document.xml", "word/document2.xml"] {
            if let Some(xml) = self.xml(name)? {
                return Ok(xml);
            }
        }
        Err(Refused::NotKnown)
    }
}

/// How many entries the end of the directory tells of; none when there is no such end.
fn directory_entries(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(66_000);
    let at = bytes[from..].windows(4).rposition(|four| four == b"PK\x05\x06")? + from;
    let count = bytes.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

fn check_shape(xml: &str, limits: &Limits) -> Result<(), Refused> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Start(_) => {
                depth += 1;
                if depth > limits.depth {
                    return Err(Refused::TooLarge);
                }
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(_) => return Err(Refused::Broken),
            Event::Eof => return if depth == 0 { Ok(()) } else { Err(Refused::Broken) },
            _ => {}
        }
    }
}
