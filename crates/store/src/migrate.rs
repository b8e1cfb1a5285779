//! Migrations: forward only, numbered, embedded; the same numbers and names for both databases.

use domain::time::Timestamp;
use sha2::{Digest, Sha256};

use crate::StoreError;
use crate::sql::{Connection, Flow, params};

/// One migration: number and name, text for SQLite, text for PostgreSQL.
pub(crate) struct Migration {
    pub(crate) name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration {
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

/// All of them, in order. A test compares the list with the folders.
pub(crate) const ALL: &[Migration] = migrations![
    "0001_create_ledger",
    "0002_create_units",
    "0003_create_people",
    "0004_create_sessions",
    "0005_create_attempts",
    "0006_create_settings",
    "0007_create_rules",
    "0008_create_blobs",
    "0009_create_imports",
    "0010_create_outgoing_documents",
    "0011_create_incoming_documents",
    "0012_create_press_requests",
    "0013_create_press_items",
    "0014_create_news",
    "0015_create_portal_documents",
    "0016_create_questions",
    "0017_create_regulations",
    "0018_create_roll_outs",
    "0019_create_spokespersons",
    "0020_create_reports",
    "0021_create_report_versions",
    "0022_create_jobs",
    "0023_create_publications",
    "0024_create_public_items",
    "0025_add_job_results",
    "0026_create_security_events",
    "0027_name_the_source_of_public_items",
    "0028_create_uploaded_documents",
    "0029_create_notices",
    "0030_count_public_items",
    "0031_create_programme_slots",
    "0032_create_outside_links",
    "0033_create_press_cases",
    "0034_create_speech_registers",
    "0035_create_press_emergencies",
    "0036_create_roll_outs_to_units",
    "0037_create_recordings",
    "0038_create_bulletin_batches",
    "0039_extend_roll_outs",
    "0040_create_press_reporters",
    "0041_create_press_conferences",
    "0042_create_absences",
    "0043_create_mails",
    "0044_create_reply_templates",
    "0045_add_remainders",
    "0046_create_import_files",
    "0047_approve_last_days",
    "0048_name_writers_of_versions",
    "0049_create_file_checks",
    "0050_keep_contacts_of_reporters_apart",
    "0051_number_outgoing_documents",
    "0052_note_second_looks",
    "0053_discuss_parts",
    "0054_note_complaints",
    "0055_create_packets",
    "0056_count_page_views",
    "0057_create_press_statements",
    "0058_keep_papers_of_roll_outs",
    "0059_relate_documents",
    "0060_keep_signatures_of_files",
    "0061_note_looks_at_lines",
    "0062_time_the_naming_of_spokespersons",
    "0063_note_absent_spokespersons",
    "0064_say_what_a_roll_out_replaces",
    "0065_name_who_authorised",
    "0066_keep_sizes_of_pictures",
    "0067_create_outages",
    "0068_note_standstills",
    "0069_create_data_requests",
    "0070_create_data_breaches",
];

impl Migration {
    /// The number its name begins with.
    pub(crate) fn number(&self) -> i64 {
        self.name.split('_').next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }

    fn text(&self, connection: &Connection) -> &'static str {
        if connection.is_postgres() { self.postgres } else { self.sqlite }
    }

    /// Of the text both databases share, so that a copy may change its database: the SQLite one.
    fn digest(&self) -> String {
        hex::encode(Sha256::digest(self.sqlite.as_bytes()))
    }
}

/// A short digest of all migrations: two programs with the same one make the same schema.
pub fn schema_digest() -> String {
    let mut hasher = Sha256::new();
    for migration in ALL {
        hasher.update(migration.sqlite.as_bytes());
        hasher.update(migration.postgres.as_bytes());
    }
    hex::encode(hasher.finalize()).chars().take(16).collect()
}

/// The number of the last migration of this program.
pub(crate) fn known() -> i64 {
    ALL.last().map_or(0, Migration::number)
}

/// The number of the last migration applied; 0 for an empty database.
pub(crate) fn found(connection: &mut Connection) -> Result<i64, StoreError> {
    let sql = if connection.is_postgres() {
        "SELECT COUNT(*) FROM information_schema.tables
         WHERE table_schema = current_schema() AND table_name = 'schema_migrations'"
    } else {
        "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_migrations'"
    };
    if number(connection, sql)? == 0 {
        return Ok(0);
    }
    number(connection, "SELECT COALESCE(MAX(number), 0) FROM schema_migrations")
}

fn number(connection: &mut Connection, sql: &str) -> Result<i64, StoreError> {
    let mut value = 0;
    connection.each(sql, &[], &mut |row| {
        value = row.integer(0)?;
        Ok(Flow::Continue(()))
    })?;
    Ok(value)
}

/// Refuses data that a newer program wrote (UPG-03).
pub(crate) fn refuse_newer(connection: &mut Connection) -> Result<(), StoreError> {
    let found = found(connection)?;
    if found > known() { Err(StoreError::Newer { found, known: known() }) } else { Ok(()) }
}

/// Refuses data that lacks a migration.
pub(crate) fn refuse_older(connection: &mut Connection) -> Result<(), StoreError> {
    let found = found(connection)?;
    if found < known() { Err(StoreError::NotMigrated { found, known: known() }) } else { Ok(()) }
}

/// Applies what is missing up to `last`, each step in its own transaction. Several processes may try at once:
/// each step takes the lock, looks again and does only what is still missing.
pub(crate) fn apply(
    connection: &mut Connection,
    last: i64,
    now: Timestamp,
) -> Result<Vec<&'static str>, StoreError> {
    in_transaction(connection, |connection| {
        connection.batch(
            "CREATE TABLE IF NOT EXISTS schema_migrations (
                 number BIGINT NOT NULL PRIMARY KEY,
                 name TEXT NOT NULL,
                 digest TEXT NOT NULL,
                 applied_at BIGINT NOT NULL
             )",
        )
    })?;
    let mut applied = Vec::new();
    for migration in ALL.iter().filter(|migration| migration.number() <= last) {
        if in_transaction(connection, |connection| step(connection, migration, now))? {
            applied.push(migration.name);
        }
    }
    refuse_newer(connection)?;
    Ok(applied)
}

/// Applies one migration unless it stands; says whether it did.
fn step(connection: &mut Connection, migration: &Migration, now: Timestamp) -> Result<bool, StoreError> {
    let mut standing = None;
    let sql = "SELECT name, digest FROM schema_migrations WHERE number = ?";
    connection.each(sql, params![migration.number()], &mut |row| {
        standing = Some(row.text(0)? == migration.name && row.text(1)? == migration.digest());
        Ok(Flow::Continue(()))
    })?;
    match standing {
        Some(true) => Ok(false),
        Some(false) => Err(StoreError::MigrationChanged(migration.name.to_owned())),
        None => {
            connection.batch(migration.text(connection))?;
            // What SQL cannot say of the rows that are there.
            if migration.name.ends_with("_relate_documents") {
                crate::public_relation::fill(connection)?;
            }
            connection.execute(
                "INSERT INTO schema_migrations (number, name, digest, applied_at) VALUES (?, ?, ?, ?)",
                params![migration.number(), migration.name, &migration.digest(), now.as_millisecond()],
            )?;
            Ok(true)
        }
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.begin_write()?;
    let result = connection.lock_migrations().and_then(|()| work(connection));
    match result {
        Ok(value) => connection.commit().map(|()| value),
        Err(error) => {
            connection.rollback();
            Err(error)
        }
    }
}
