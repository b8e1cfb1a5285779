//! The backups in a folder.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use domain::time::{Day, day_of};
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

/// Takes backups away so that of each of the newest `days` days with a backup the newest one stays; the others of
/// those days and all of older days go. Days are those of Vietnam. Files that are no backups stay. Gives the names of
/// those taken away.
///
/// # Errors
/// When the folder cannot be read or a file cannot be removed.
pub fn thin_out(directory: &Path, days: usize) -> Result<Vec<String>, StoreError> {
    let mut kept_days: Vec<Day> = Vec::new();
    let mut removed = Vec::new();
    for kept in on_shelf(directory)? {
        let day = day_of(kept.made_at);
        if !kept_days.contains(&day) && kept_days.len() < days.max(1) {
            kept_days.push(day);
            continue;
        }
        match fs::remove_file(directory.join(&kept.name)) {
            Ok(()) => removed.push(kept.name),
            // Another node was quicker.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(removed)
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

    #[test]
    fn the_newest_backup_of_each_of_the_newest_days_stays_and_other_files_too() {
        let folder = std::env::temp_dir().join(format!("phatngon-shelf-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let name = |time: &str| format!("phatngon-{time}-v0.1.0-l1-0123456789ab.zip");
        // 17:00 UTC is midnight in Vietnam: the second and third are of one day there.
        let times = ["20261120T100000Z", "20261121T170000Z", "20261122T100000Z", "20261123T100000Z"];
        for time in times {
            fs::write(folder.join(name(time)), b"zip").unwrap();
        }
        fs::write(folder.join("keep.txt"), b"mine").unwrap();
        assert_eq!(thin_out(&folder, 2).unwrap(), [name(times[1]), name(times[0])]);
        assert_eq!(thin_out(&folder, 2).unwrap(), Vec::<String>::new());
        assert!(folder.join("keep.txt").exists());
        let left: Vec<String> = on_shelf(&folder).unwrap().into_iter().map(|kept| kept.name).collect();
        assert_eq!(left, [name(times[3]), name(times[2])]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
