//! Compound files (XLS): just enough of the container and of the record stream to know, before the parser reserves
//! memory for it, that the sheet sizes are honest and the file is neither encrypted nor full of macros.

use super::Kind;
use crate::{Code, Refused};

const END: u32 = 0xFFFF_FFFA;
/// Cells of the rectangle around all cells of one sheet that the parser may fill.
const LARGEST_SHEET: u64 = 8_000_000;

pub(super) fn check(bytes: &[u8]) -> Result<Kind, Refused> {
    let damaged = || Refused::because(Code::FileDamaged);
    let file = Compound::open(bytes).ok_or_else(damaged)?;
    let has = |name: &str| file.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name));
    if has("EncryptedPackage") {
        return Err(Refused::because(Code::FileEncrypted));
    }
    if has("WordDocument") {
        return Err(Refused::because(Code::FileKindUnknown).with("ending", "DOC"));
    }
    if has("_VBA_PROJECT_CUR") || has("_VBA_PROJECT") {
        return Err(Refused::because(Code::FileMacro));
    }
    let workbook = file.stream("Workbook").or_else(|| file.stream("Book")).ok_or_else(damaged)?;
    check_records(&workbook)
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Compound {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        for id in file.fat_sectors()? {
            file.fat.extend(words(file.sector_at(id)?));
        }
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.entries = directory.chunks_exact(128).filter_map(entry).collect();
        if u32_at(bytes, 64)? > 0 {
            file.mini_fat = words(&file.chain(u32_at(bytes, 60)?)?).collect();
            file.mini = file.chain(file.entries.first()?.start)?;
        }
        Some(file)
    }

    /// The sectors of the allocation table: 109 in the header, the rest in a chain of their own.
    fn fat_sectors(&self) -> Option<Vec<u32>> {
        let mut ids: Vec<u32> = words(self.bytes.get(76..512)?).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector + 1;
        while next < END && ids.len() <= most + 109 {
            let mut more: Vec<u32> = words(self.sector_at(next)?).collect();
            next = more.pop()?;
            ids.append(&mut more);
        }
        ids.retain(|id| *id < END);
        Some(ids)
    }

    fn sector_at(&self, id: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(id).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut id = start;
        while id < END {
            out.extend_from_slice(self.sector_at(id)?);
            if out.len() > self.bytes.len() + self.sector {
                return None;
            }
            id = *self.fat.get(usize::try_from(id).ok()?)?;
        }
        Some(out)
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut content =
            if entry.size < 4096 { self.mini_chain(entry.start)? } else { self.chain(entry.start)? };
        content.truncate(entry.size);
        Some(content)
    }

    fn mini_chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut id = start;
        while id < END && out.len() <= self.mini.len() {
            let at = usize::try_from(id).ok()?;
            out.extend_from_slice(self.mini.get(at * 64..at * 64 + 64)?);
            id = *self.mini_fat.get(at)?;
        }
        Some(out)
    }
}

fn entry(record: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(record, 64)?).clamp(2, 64);
    let units = record.get(..length - 2)?.chunks_exact(2).filter_map(|pair| u16_at(pair, 0));
    let name = char::decode_utf16(units).map(|sign| sign.unwrap_or(' ')).collect();
    Some(Entry { name, start: u32_at(record, 116)?, size: usize::try_from(u32_at(record, 120)?).ok()? })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|word| u32_at(word, 0))
}

/// The rectangle of one sheet, as claimed and as used.
#[derive(Default)]
struct Extent {
    rows: u64,
    columns: u64,
}

impl Extent {
    fn reach(&mut self, row: u64, column: u64) {
        self.rows = self.rows.max(row + 1);
        self.columns = self.columns.max(column + 1);
    }
}

/// Walks the records (type, length, data) of the workbook stream.
fn check_records(stream: &[u8]) -> Result<Kind, Refused> {
    let mut at = 0;
    let mut extent = Extent::default();
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let length = usize::from(length);
        let data = stream.get(at + 4..at + 4 + length).unwrap_or_default();
        match kind {
            0x002F if u16_at(data, 0) != Some(0) => return Err(Refused::because(Code::FileEncrypted)),
            0x0809 => extent = Extent::default(),
            0x0200 => claim(data, &mut extent),
            0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00FD | 0x00BD | 0x00D6 | 0x0006 => {
                if let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) {
                    extent.reach(u64::from(row), u64::from(column));
                }
                if kind == 0x00BD {
                    let last = data.len().checked_sub(2).and_then(|from| u16_at(data, from)).unwrap_or(0);
                    extent.reach(0, u64::from(last));
                }
            }
            _ => {}
        }
        if extent.rows * extent.columns > LARGEST_SHEET {
            return Err(Refused::because(Code::TooManyRows).with("limit", LARGEST_SHEET));
        }
        at += 4 + length;
    }
    Ok(Kind::Xls)
}

fn claim(data: &[u8], extent: &mut Extent) {
    let (rows, columns) = if data.len() == 10 {
        (u16_at(data, 2).map(u64::from), u16_at(data, 6).map(u64::from))
    } else {
        (u32_at(data, 4).map(u64::from), u16_at(data, 10).map(u64::from))
    };
    if let (Some(rows @ 1..), Some(columns @ 1..)) = (rows, columns) {
        extent.reach(rows - 1, columns - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn code(stream: &[u8]) -> Code {
        check_records(stream).unwrap_err().0.code
    }

    #[test]
    fn a_claim_of_a_huge_sheet_is_refused_before_memory_is_reserved() {
        let mut dimensions = [0; 14];
        dimensions[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        dimensions[10..12].copy_from_slice(&256_u16.to_le_bytes());
        assert_eq!(code(&record(0x0200, &dimensions)), Code::TooManyRows);
        dimensions[4..8].copy_from_slice(&1_000_u32.to_le_bytes());
        assert_eq!(check_records(&record(0x0200, &dimensions)), Ok(Kind::Xls));
    }

    #[test]
    fn two_far_cells_do_not_make_the_parser_fill_the_rectangle_between() {
        let far = [[0xFF; 4], [0; 4]].concat();
        assert_eq!(code(&record(0x0203, &far)), Code::TooManyRows);
    }

    #[test]
    fn an_encrypted_stream_is_told_as_such() {
        assert_eq!(code(&record(0x002F, &[1, 0])), Code::FileEncrypted);
    }

    #[test]
    fn a_container_of_noise_is_damaged_and_ends() {
        let mut noise = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        noise.extend((0..4096_u32).map(|index| u8::try_from(index % 7).unwrap()));
        assert_eq!(check(&noise).unwrap_err().0.code, Code::FileDamaged);
    }
}
