//! The backups in a folder.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::StoreError;

/// A backup in a folder, as its name tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The file's name.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Its size.
    pub bytes: u64,
}

/// The backups in `directory`, newest first. A folder that is not there holds none; other files are not named.
///
/// # Errors
/// When the folder cannot be read.
pub fn on_shelf(directory: &Path) -> Result<Vec<Kept>, StoreError> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(made_at) = made_at(&name) {
            found.push(Kept { name, made_at, bytes: entry.metadata()?.len() });
        }
    }
    found.sort_by(|a, b| b.name.cmp(&a.name));
    Ok(found)
}

/// `phatngon-20261123T041600Z-v0.1.0-l123-0123456789ab.zip`.
fn made_at(name: &str) -> Option<Timestamp> {
    let rest = name.strip_prefix("phatngon-")?.strip_suffix(".zip")?;
    let (time, _) = rest.split_once('-')?;
    let time = DateTime::strptime("%Y%m%dT%H%M%SZ", time).ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_a_finished_backup_is_read() {
        let at = made_at("phatngon-20261123T041600Z-v0.1.0-l123-0123456789ab.zip").unwrap();
        assert_eq!(at.to_string(), "2026-11-23T04:16:00Z");
        assert_eq!(made_at(".partial-7.zip"), None);
        assert_eq!(made_at("phatngon-yesterday-v1.zip"), None);
    }
}
