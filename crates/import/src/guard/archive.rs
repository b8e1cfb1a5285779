//! ZIP containers (XLSX, ODS): counted by reading, before a parser sees them. Sizes in the directory may lie, so every part is
//! unpacked once to nowhere; entries that share bytes are counted as often as they are named.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Kind, contained};
use crate::{Code, Limits, Refused};

const CHUNK: usize = 64 * 1024;
/// Below this size the packing ratio of a single part says nothing.
const SMALL_PART: u64 = 1024 * 1024;

pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Kind, Refused> {
    if declared_entries(bytes).is_some_and(|entries| entries > limits.entries) {
        return Err(Refused::because(Code::ArchiveEntries).with("limit", limits.entries));
    }
    contained(|| walk(bytes, limits))?
}

/// The number of entries in the end record, before the library builds its directory.
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.get(bytes.len().saturating_sub(22 + 65_535)..)?;
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([*count.first()?, *count.get(1)?])))
}

fn walk(bytes: &[u8], limits: &Limits) -> Result<Kind, Refused> {
    let damaged = |_: ZipError| Refused::because(Code::FileDamaged);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > limits.entries {
        return Err(Refused::because(Code::ArchiveEntries).with("limit", limits.entries));
    }
    let mut total = 0;
    let mut parts = Parts::default();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                Refused::because(Code::FileEncrypted)
            }
            _ => Refused::because(Code::FileDamaged),
        })?;
        let name = part.name().to_ascii_lowercase().replace('\\', "/");
        let packed = part.compressed_size().max(1);
        let unpacked = drain(&mut part, &name, limits.unpacked - total, &mut parts)?;
        total += unpacked;
        if unpacked > SMALL_PART && unpacked / packed > limits.ratio {
            return Err(Refused::because(Code::ArchiveRatio).with("limit", limits.ratio));
        }
        parts.see(&name);
    }
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if total > SMALL_PART && total / packed > limits.ratio {
        return Err(Refused::because(Code::ArchiveRatio).with("limit", limits.ratio));
    }
    parts.kind()
}

/// What the parts say about the container.
#[derive(Default)]
struct Parts {
    kind: Option<Kind>,
    other: Option<&'static str>,
    macros: bool,
    encrypted: bool,
}

impl Parts {
    fn see(&mut self, name: &str) {
        match name {
            "xl/workbook.xml" => self.kind = Some(Kind::Xlsx),
            "word/document.xml" => self.other = Some("DOCX"),
            "ppt/presentation.xml" => self.other = Some("PPTX"),
            "xl/workbook.bin" => self.other = Some("XLSB"),
            _ => {}
        }
        let macro_part = name.ends_with("vbaproject.bin")
            || name.starts_with("xl/macrosheets/")
            || name.starts_with("scripts/")
            || (name.starts_with("basic/") && !name.ends_with('/'));
        self.macros |= macro_part;
    }

    fn kind(&self) -> Result<Kind, Refused> {
        if self.encrypted {
            Err(Refused::because(Code::FileEncrypted))
        } else if self.macros {
            Err(Refused::because(Code::FileMacro))
        } else {
            let other = self.other.unwrap_or("ZIP");
            self.kind.ok_or_else(|| Refused::because(Code::FileKindUnknown).with("ending", other))
        }
    }
}

/// Unpacks one part to nowhere, counting; looks into the few parts whose first bytes decide something.
fn drain(part: &mut impl Read, name: &str, room: u64, parts: &mut Parts) -> Result<u64, Refused> {
    let mut buffer = vec![0; CHUNK];
    let mut size = 0;
    let mut seen = Vec::new();
    let keep = matches!(name, "mimetype" | "meta-inf/manifest.xml");
    let strings = name.ends_with("sharedstrings.xml");
    loop {
        let count = part.read(&mut buffer).map_err(|_| Refused::because(Code::FileDamaged))?;
        let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else { break };
        size += u64::try_from(count).unwrap_or(u64::MAX);
        if size > room {
            return Err(Refused::because(Code::ArchiveUnpacked));
        }
        if keep && seen.len() < 16 * CHUNK {
            seen.extend_from_slice(chunk);
        }
        if strings {
            largest_claim(&mut seen, chunk)?;
        }
    }
    if name == "mimetype" {
        if seen == b"application/vnd.oasis.opendocument.spreadsheet" {
            parts.kind = Some(Kind::Ods);
        } else {
            parts.other = Some("OpenDocument");
        }
    } else if keep && seen.windows(15).any(|window| window == b"encryption-data") {
        parts.encrypted = true;
    }
    Ok(size)
}

/// The parser reserves memory for as many strings as `uniqueCount` claims, so no claim may exceed what a file of
/// allowed size can hold. `carry` keeps the end of the chunk before.
fn largest_claim(carry: &mut Vec<u8>, chunk: &[u8]) -> Result<(), Refused> {
    const NAME: &[u8] = b"uniqueCount";
    const LARGEST: u64 = 8_000_000;
    carry.extend_from_slice(chunk);
    let mut from = 0;
    while let Some(at) = carry.get(from..).and_then(|rest| rest.iter().position(|byte| *byte == b'q')) {
        let start = (from + at).saturating_sub(3);
        from += at + 1;
        let rest = carry.get(start..).unwrap_or_default();
        if !rest.starts_with(NAME) {
            continue;
        }
        let digits = rest.iter().skip(NAME.len()).skip_while(|byte| !byte.is_ascii_digit() && **byte != b'>');
        let claim = digits
            .take_while(|byte| byte.is_ascii_digit())
            .fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        if claim > LARGEST {
            return Err(Refused::because(Code::FileDamaged));
        }
    }
    let keep_from = carry.len().saturating_sub(64);
    carry.drain(..keep_from);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn code(parts: &[(&str, &[u8])]) -> Code {
        check(&archive(parts), &Limits::default()).unwrap_err().0.code
    }

    #[test]
    fn the_parts_say_what_a_container_is() {
        assert_eq!(check(&archive(&[("xl/workbook.xml", b"")]), &Limits::default()), Ok(Kind::Xlsx));
        let ods: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
        assert_eq!(check(&archive(&[ods]), &Limits::default()), Ok(Kind::Ods));
        assert_eq!(code(&[("word/document.xml", b"")]), Code::FileKindUnknown);
        assert_eq!(code(&[("xl/workbook.xml", b""), ("xl/vbaProject.bin", b"")]), Code::FileMacro);
        let manifest: (&str, &[u8]) = ("META-INF/manifest.xml", b"<manifest:encryption-data/>");
        assert_eq!(code(&[ods, manifest]), Code::FileEncrypted);
    }

    #[test]
    fn a_bomb_is_refused_by_counting_while_unpacking() {
        let zeros = vec![b'0'; 20 * 1024 * 1024];
        assert_eq!(code(&[("xl/workbook.xml", &zeros)]), Code::ArchiveRatio);
        let limits = Limits { unpacked: 1024 * 1024, ..Limits::default() };
        let bomb = archive(&[("xl/workbook.xml", &zeros)]);
        assert_eq!(check(&bomb, &limits).unwrap_err().0.code, Code::ArchiveUnpacked);
    }

    #[test]
    fn more_parts_than_allowed_are_refused() {
        let names: Vec<String> = (0..2_001).map(|index| format!("xl/{index}")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(code(&parts), Code::ArchiveEntries);
    }

    #[test]
    fn a_claim_of_more_strings_than_a_file_can_hold_is_refused() {
        let claim = [b" ".repeat(CHUNK - 5), b"<sst uniqueCount=\"99999999999\">".to_vec()].concat();
        assert_eq!(code(&[("xl/workbook.xml", b""), ("xl/sharedStrings.xml", &claim)]), Code::FileDamaged);
        let honest = b"<sst count=\"3\" uniqueCount=\"2\"><si/>";
        assert!(
            check(
                &archive(&[("xl/workbook.xml", b""), ("xl/sharedStrings.xml", honest)]),
                &Limits::default()
            )
            .is_ok()
        );
    }

    #[test]
    fn a_truncated_archive_is_damaged() {
        let whole = archive(&[("xl/workbook.xml", b"<workbook/>")]);
        let half = whole.get(..whole.len() / 2).unwrap();
        assert_eq!(check(half, &Limits::default()).unwrap_err().0.code, Code::FileDamaged);
    }
}
