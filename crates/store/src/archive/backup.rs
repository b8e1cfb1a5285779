//! Backup and restore. An archive is one instant of rows, files and ledger; it fits either database.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use domain::ledger::{Entry, Verifier};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::TABLES;
use super::rows::{Loader, Sum, cells, each_row, empty, in_order, in_transaction, line};
use super::zip_file::{Archive, Writer};
use crate::blob::{self, Blobs, Digest};
use crate::database::{directory_of, open_writer};
use crate::sql::{Column, Table};
use crate::{Actor, Database, Sources, StoreError, Target, files, job, ledger, migrate};

/// The form of archives this program writes.
const FORMAT: u32 = 1;

/// What an archive holds; its last entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the archive.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// The last migration of the data.
    pub migration: i64,
    /// When it was made.
    pub made_at: Timestamp,
    /// The last entry of the ledger.
    pub ledger_sequence: i64,
    /// Its hash.
    pub ledger_hash: String,
    /// The tables, in the order of loading.
    pub tables: Vec<TableSum>,
    /// The digests of the files.
    pub blobs: Vec<String>,
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the lines.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the lines, each with its line end.
    pub digest: String,
}

/// Makes an archive in `directory`, opens and checks it, and only then gives it its name, which says time,
/// version and ledger. `progress` hears the step and how much of it is done.
///
/// # Errors
/// When database, files or disk fail; no file stands under the final name then.
pub fn create(
    db: &Database,
    blobs: &Blobs,
    directory: &Path,
    mut progress: impl FnMut(&str, u64),
) -> Result<PathBuf, StoreError> {
    files::private_directory(directory)?;
    let made_at = db.sources().clock.now();
    let partial = directory.join(format!(".partial-{}.zip", std::process::id()));
    let result = write(db, blobs, &partial, made_at, &mut progress)
        .and_then(|_| verify(&partial, |step, done| progress(step, done)));
    let manifest = match result {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = fs::remove_file(&partial);
            return Err(error);
        }
    };
    let time = made_at.strftime("%Y%m%dT%H%M%SZ");
    let hash: String = manifest.ledger_hash.chars().take(12).collect();
    let path = directory
        .join(format!("phatngon-{time}-v{}-l{}-{hash}.zip", manifest.program, manifest.ledger_sequence));
    fs::rename(&partial, &path)?;
    files::sync_directory(directory)?;
    Ok(path)
}

fn write(
    db: &Database,
    blobs: &Blobs,
    path: &Path,
    made_at: Timestamp,
    progress: &mut impl FnMut(&str, u64),
) -> Result<Manifest, StoreError> {
    let mut writer = Writer::create(path)?;
    db.read(|r| {
        let migration = migrate::found(r.connection)?;
        let checkpoint = ledger::checkpoint(r)?;
        let mut sums = Vec::new();
        for table in in_order(r.connection)? {
            if TABLES.iter().any(|walked| walked.name == table.name && walked.is_transient) {
                continue;
            }
            writer.begin(&entry_of(&table.name), true)?;
            let mut sum = Sum::default();
            each_row(r, &table, |cells| {
                let line = line(&cells);
                sum.add(&line);
                writer.write(line.as_bytes())?;
                writer.write(b"\n")
            })?;
            let (rows, digest) = sum.end();
            progress(&table.name, rows);
            let columns = table.columns.into_iter().map(|column| column.name).collect();
            sums.push(TableSum { name: table.name, columns, rows, digest });
        }
        let mut digests = Vec::new();
        for row in blob::all(r)? {
            writer.begin(&format!("blobs/{}", row.digest), false)?;
            writer.write(&blobs.get(&row.digest)?)?;
            digests.push(row.digest.to_string());
            progress("blobs", digests.len() as u64);
        }
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            migration,
            made_at,
            ledger_sequence: checkpoint.sequence,
            ledger_hash: checkpoint.hash,
            tables: sums,
            blobs: digests,
        };
        let json =
            serde_json::to_vec_pretty(&manifest).map_err(|error| StoreError::BadBackup(error.to_string()))?;
        writer.begin("manifest.json", true)?;
        writer.write(&json)?;
        writer.finish()?;
        Ok(manifest)
    })
}

fn entry_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// Reads an archive whole: counts and digests of tables, digests of files, every file that a row names, the
/// chain of the ledger up to what the manifest says.
///
/// # Errors
/// [`StoreError::BadBackup`] for a cut or changed one, [`StoreError::Newer`] for one of a newer program.
pub fn verify(file: &Path, mut progress: impl FnMut(&str, u64)) -> Result<Manifest, StoreError> {
    let mut archive = Archive::open(file)?;
    let manifest = read_manifest(&mut archive)?;
    let mut verifier = Verifier::default();
    let mut named = BTreeSet::new();
    for table in &manifest.tables {
        let mut sum = Sum::default();
        archive.lines(&entry_of(&table.name), |line| {
            sum.add(line);
            match table.name.as_str() {
                "ledger" => check_entry(&mut verifier, line),
                "blobs" => {
                    let row: Vec<serde_json::Value> = read_line(line)?;
                    named.extend(row.first().and_then(|digest| digest.as_str().map(str::to_owned)));
                    Ok(())
                }
                _ => Ok(()),
            }
        })?;
        if sum.end() != (table.rows, table.digest.clone()) {
            return Err(StoreError::BadBackup(format!("the table {} is cut or changed", table.name)));
        }
        progress(&table.name, table.rows);
    }
    if verifier.checkpoint() != (manifest.ledger_sequence, manifest.ledger_hash.as_str()) {
        return Err(StoreError::BadBackup("the ledger is not the one the manifest names".into()));
    }
    if named != manifest.blobs.iter().cloned().collect() {
        return Err(StoreError::BadBackup("the files are not the ones the database names".into()));
    }
    for (done, digest) in manifest.blobs.iter().enumerate() {
        read_blob(&mut archive, digest)?;
        progress("blobs", done as u64 + 1);
    }
    Ok(manifest)
}

fn read_manifest(archive: &mut Archive) -> Result<Manifest, StoreError> {
    let bytes = archive.bytes("manifest.json")?;
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|error| StoreError::BadBackup(format!("manifest.json: {error}")))?;
    if manifest.format != FORMAT {
        return Err(StoreError::BadBackup(format!("unknown form {}", manifest.format)));
    }
    if manifest.migration > migrate::known() {
        return Err(StoreError::Newer { found: manifest.migration, known: migrate::known() });
    }
    Ok(manifest)
}

fn read_line(line: &str) -> Result<Vec<serde_json::Value>, StoreError> {
    serde_json::from_str(line).map_err(|error| StoreError::BadBackup(error.to_string()))
}

fn read_blob(archive: &mut Archive, digest: &str) -> Result<Vec<u8>, StoreError> {
    let bytes = archive.bytes(&format!("blobs/{digest}"))?;
    if Digest::of(&bytes).as_str() == digest {
        Ok(bytes)
    } else {
        Err(StoreError::BadBackup(format!("the file {digest} is changed")))
    }
}

fn check_entry(verifier: &mut Verifier, line: &str) -> Result<(), StoreError> {
    let row = read_line(line)?;
    let text = |index: usize| row.get(index).and_then(|v| v.as_str()).unwrap_or("").to_owned();
    let number = |index: usize| row.get(index).and_then(serde_json::Value::as_i64).unwrap_or(-1);
    let entry = Entry {
        sequence: number(0),
        at_milliseconds: number(1),
        actor: text(2),
        kind: text(3),
        subject_kind: text(4),
        subject: text(5),
        before: text(6),
        after: text(7),
        previous: text(8),
        hash: text(9),
    };
    verifier
        .check(&entry)
        .map_err(|fault| StoreError::BadBackup(format!("ledger entry {}: {fault:?}", entry.sequence)))
}

/// Puts an archive in the place of a database: checks everything first, swaps last. Sessions are not in archives,
/// so everybody signs in anew; what was removed since the backup was made is removed again by the next server, at once
/// ([`job::DUE_AFTER_RESTORE`]). With `is_dry_run` nothing is changed. What stood there before is kept beside, in
/// `replaced-<time>` (SQLite); a PostgreSQL database must be empty.
///
/// # Errors
/// As [`verify`]; [`StoreError::InUse`] while a process works on the data directory; when the rows do not load or
/// the ledger does not verify against them. Live data is untouched then.
pub fn restore(
    file: &Path,
    target: &Target,
    blobs: &Blobs,
    sources: &Sources,
    is_dry_run: bool,
) -> Result<Manifest, StoreError> {
    let manifest = verify(file, |_, _| ())?;
    match target {
        Target::Sqlite(path) => {
            let _lock = files::lock_directory(path)?;
            let directory = directory_of(path);
            let time = sources.clock.now().strftime("%Y%m%dT%H%M%SZ").to_string();
            let scratch = directory.join(format!("restoring-{time}"));
            let fresh = scratch.join("phatngon.db");
            let result = load(file, &manifest, &Target::Sqlite(fresh.clone()), sources)
                .and_then(|()| if is_dry_run { Ok(()) } else { load_blobs(file, &manifest, blobs) })
                .and_then(|()| if is_dry_run { Ok(()) } else { swap(path, &fresh, &time) });
            let _ = fs::remove_dir_all(&scratch);
            result?;
        }
        Target::Postgres(_) if is_dry_run => {}
        Target::Postgres(_) => {
            load_blobs(file, &manifest, blobs)?;
            load(file, &manifest, target, sources)?;
        }
    }
    Ok(manifest)
}

fn load(file: &Path, manifest: &Manifest, target: &Target, sources: &Sources) -> Result<(), StoreError> {
    let db = Database::open(target, sources.clone())?;
    db.migrate_to(manifest.migration)?;
    let mut archive = Archive::open(file)?;
    db.alone(|connection| {
        let living = in_order(connection)?;
        in_transaction(connection, |connection| {
            empty(connection, &living)?;
            for sum in &manifest.tables {
                let table = as_archived(&living, sum)?;
                let mut loader = Loader::new(&table);
                archive.lines(&entry_of(&sum.name), |line| loader.add(connection, cells(&table, line)?))?;
                loader.flush(connection)?;
            }
            Ok(())
        })
    })?;
    db.migrate()?;
    let verification = db.read(|r| ledger::verify(r, |_, _| ()))?;
    if let Some(fault) = verification.first_fault {
        return Err(StoreError::BadBackup(format!("ledger entry {}: {:?}", fault.sequence, fault.what)));
    }
    db.write(&Actor::system(), job::restored)
}

/// The table with the columns in the order of the archive.
fn as_archived(living: &[Table], sum: &TableSum) -> Result<Table, StoreError> {
    let unknown = |name: &str| StoreError::BadBackup(format!("unknown column {}.{name}", sum.name));
    let table = living.iter().find(|table| table.name == sum.name).ok_or_else(|| unknown("*"))?;
    let mut columns = Vec::with_capacity(sum.columns.len());
    for name in &sum.columns {
        let column: Option<&Column> = table.columns.iter().find(|column| column.name == *name);
        columns.push(column.ok_or_else(|| unknown(name))?.clone());
    }
    Ok(Table { columns, ..table.clone() })
}

fn load_blobs(file: &Path, manifest: &Manifest, blobs: &Blobs) -> Result<(), StoreError> {
    let mut archive = Archive::open(file)?;
    for digest in &manifest.blobs {
        blobs.put(read_blob(&mut archive, digest)?)?;
    }
    Ok(())
}

/// Puts the fresh database in the place of the present one, which is kept beside. The present one is closed
/// cleanly first, so that all of it is in its file and one rename is the whole swap.
fn swap(path: &Path, fresh: &Path, time: &str) -> Result<(), StoreError> {
    let directory = directory_of(path);
    let with = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    if path.exists() {
        if let Err(error) = open_writer(&Target::Sqlite(path.to_owned())).map(drop) {
            tracing::warn!(%error, "the database to be replaced cannot be opened");
        }
        let aside = directory.join(format!("replaced-{time}"));
        files::private_directory(&aside)?;
        fs::hard_link(path, aside.join("phatngon.db"))?;
        // Only a database that could not be opened still has these.
        for (part, name) in [(with("-wal"), "phatngon.db-wal"), (with("-shm"), "phatngon.db-shm")] {
            if part.exists() {
                fs::rename(&part, aside.join(name))?;
            }
        }
    }
    fs::rename(fresh, path)?;
    files::sync_directory(directory)?;
    Ok(())
}
