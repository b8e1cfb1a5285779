//! What tests share: both databases, a clock that is set by hand, randomness that repeats.
//!
//! ```no_run
//! testkit::for_each_backend(|office| {
//!     office.db.read(|r| store::unit::all(r)).unwrap();
//! });
//! ```
//!
//! A missing PostgreSQL fails the test; it never skips it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "this crate is only for tests"
)]
#![expect(clippy::missing_panics_doc, reason = "tests panic when something is wrong")]

mod cluster;
mod source;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use cluster::bare_database;
pub use source::{FakeClock, FakeRandom};
use store::{Actor, Database, Sources, Target};

/// A recording of about so many seconds of silence, an MP3 file; another `mark` makes it another file.
pub fn recording(seconds: usize, mark: &str) -> Vec<u8> {
    // MPEG 1 Layer III, 32 kHz, 32 kbit/s, one channel: 36 ms a frame.
    let mut frame = [0; 144];
    frame[..4].copy_from_slice(&[0xFF, 0xFB, 0x18, 0xC4]);
    let mark = mark.as_bytes();
    let size = u8::try_from(mark.len()).expect("a short mark");
    let tag = [b"ID3\x03\0\0\0\0\0", &[10 + size][..], b"TIT2\0\0\0", &[size], b"\0\0", mark].concat();
    [tag, frame.repeat((seconds * 1_000).div_ceil(36))].concat()
}

/// A PDF of no page, with the name of its author, of so many bytes where it would have fewer.
pub fn pdf(author: &str, size: usize) -> Vec<u8> {
    let made = |padding: usize| {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[]/Count 0>>".to_owned(),
            format!("<</Author({author})>>"),
            format!("<</Length {padding:010}>>\nstream\n{}\nendstream", " ".repeat(padding)),
        ];
        let mut made = String::from("%PDF-1.4\n");
        let mut table = String::from("xref\n0 5\n0000000000 65535 f \n");
        for (object, number) in objects.iter().zip(1..) {
            table.extend([format!("{:010} 00000 n \n", made.len())]);
            made.extend([format!("{number} 0 obj\n{object}\nendobj\n")]);
        }
        let start = made.len();
        made.extend([
            table,
            format!("trailer\n<</Size 5/Root 1 0 R/Info 3 0 R>>\nstartxref\n{start:010}\n%%EOF\n"),
        ]);
        made.into_bytes()
    };
    made(size.saturating_sub(made(0).len()))
}

/// A migrated, empty database with its sources. Dropped with everything in it at the end.
pub struct Office {
    /// The database.
    pub db: Database,
    /// Its clock, at 2020-12-15T02:00:00Z until it is set.
    pub clock: Arc<FakeClock>,
    /// A folder of its own.
    pub directory: PathBuf,
    name: Option<String>,
}

impl Office {
    /// An office on SQLite.
    pub fn on_sqlite() -> Office {
        let directory = directory();
        let target = Target::Sqlite(directory.join("phatngon.db"));
        Office::open(target, directory, None)
    }

    /// An office on PostgreSQL, in a database of its own.
    pub fn on_postgres() -> Office {
        let name = format!("t{}", unique());
        let url = cluster::new_database(&name);
        Office::open(Target::Postgres(url), directory(), Some(name))
    }

    fn open(target: Target, directory: PathBuf, name: Option<String>) -> Office {
        let clock = Arc::new(FakeClock::default());
        let random = Arc::new(FakeRandom::default());
        let sources = Sources { clock: Arc::clone(&clock) as _, random };
        let db = Database::open(&target, sources).unwrap();
        db.migrate().unwrap();
        Office { db, clock, directory, name }
    }

    /// Who acts in tests.
    pub fn actor(&self) -> Actor {
        Actor::system()
    }

    /// Whether this office is on PostgreSQL.
    pub fn is_on_postgres(&self) -> bool {
        self.name.is_some()
    }

    /// Runs SQL past the seam: for tests that damage what the program wrote.
    pub fn damage(&self, sql: &str) {
        damage(self.db.target(), sql);
    }
}

/// Runs SQL on a database past the seam.
pub fn damage(target: &Target, sql: &str) {
    match target {
        Target::Sqlite(path) => cluster::run_sqlite(path, sql),
        Target::Postgres(url) => cluster::run(url, sql),
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            cluster::forget(name);
        }
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Runs a test on SQLite, then on PostgreSQL. The name of the backend is printed when it fails.
pub fn for_each_backend(test: impl Fn(&Office)) {
    println!("on SQLite");
    test(&Office::on_sqlite());
    println!("on PostgreSQL");
    test(&Office::on_postgres());
}

/// A new folder under the temporary directory.
pub fn directory() -> PathBuf {
    let path = std::env::temp_dir().join(format!("phatngon-test-{}", unique()));
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// A text no other test of this machine has: process, counter.
fn unique() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
