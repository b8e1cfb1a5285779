//! Reads one row and twenty rows through the seam and through bare `rusqlite` from the same file, and prints the
//! ratio: `cargo run --release -p store --example seam`.

#![expect(clippy::print_stdout, reason = "an example that prints what it measured")]

use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use domain::register::{Register, Value, Values};
use rusqlite::Connection;
use store::register::{self, Filter};
use store::unit::UnitRow;
use store::{Actor, Database, Sources, StoreError, Target, setting};

const ROWS: i64 = 20_000;
const READS: u32 = 50_000;
const LISTS: u32 = 5_000;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("phatngon-seam-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let measured = measure(&folder.join("seam.db"));
    std::fs::remove_dir_all(&folder)?;
    measured
}

fn measure(path: &Path) -> Result<(), Box<dyn Error>> {
    let db = Database::open(&Target::Sqlite(path.to_path_buf()), Sources::system())?;
    db.migrate()?;
    fill(&db)?;
    let bare = Connection::open(path)?;
    bare.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8000; PRAGMA mmap_size = 268435456")?;
    // Once before the clock, so that both find the pages in memory.
    for round in ["warm", "measured"] {
        let seam = each(READS, |number| {
            let key = format!("key.{}", i64::from(number) % 200);
            db.read(|r| setting::get(r, &key)).map(black_box).map(drop)
        })?;
        let direct = each(READS, |number| {
            let key = format!("key.{}", i64::from(number) % 200);
            let mut statement = bare.prepare_cached("SELECT value FROM settings WHERE key = ?")?;
            let value: String = statement.query_row([&key], |row| row.get(0))?;
            black_box(value);
            Ok::<_, rusqlite::Error>(())
        })?;
        let filter = Filter { per_page: 20, ..Filter::of(Register::News) };
        let seam_list = each(LISTS, |_| db.read(|r| register::list(r, &filter)).map(black_box).map(drop))?;
        let sql = "SELECT id, unit_id, version, import_id, created_at, updated_at, record_key, search_text,
            search_personal, posted_on, title, category, supplier, author, url, withdrawn_on, note
            FROM news ORDER BY posted_on DESC NULLS LAST, id DESC LIMIT 21";
        let direct_list = each(LISTS, |_| {
            let mut statement = bare.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| {
                let mut texts: Vec<rusqlite::types::Value> = Vec::with_capacity(17);
                for column in 0..17 {
                    texts.push(row.get(column)?);
                }
                Ok(texts)
            })?;
            black_box(rows.collect::<Result<Vec<_>, _>>()?);
            Ok::<_, rusqlite::Error>(())
        })?;
        if round == "measured" {
            say("one row", seam, direct);
            say("list of 20", seam_list, direct_list);
        }
    }
    Ok(())
}

fn say(what: &str, seam: f64, direct: f64) {
    println!("{what}: seam {seam:.1} us, bare {direct:.1} us, ratio {:.2}", seam / direct);
}

/// Microseconds for each of so many calls.
fn each<E>(times: u32, mut call: impl FnMut(u32) -> Result<(), E>) -> Result<f64, E> {
    let start = Instant::now();
    for number in 0..times {
        call(number)?;
    }
    Ok(start.elapsed().as_secs_f64() * 1e6 / f64::from(times))
}

fn fill(db: &Database) -> Result<(), Box<dyn Error>> {
    let rows: Vec<Values> = (0..ROWS).map(line).collect::<Result<_, _>>()?;
    let actor = Actor::system();
    db.write(&actor, |tx| {
        let unit = tx.new_id()?;
        store::unit::insert(
            tx,
            &UnitRow {
                id: unit,
                name: "UBND huyện".into(),
                short_name: "UBND".into(),
                code: "UBND".into(),
                kind: "district".into(),
                parent: None,
                valid_from: None,
                valid_to: None,
                aliases: "[]".into(),
                tasks: "[]".into(),
                version: 1,
            },
        )?;
        register::insert_many(tx, Register::News, unit, None, &rows)?;
        for number in 0..200 {
            setting::set(tx, &format!("key.{number}"), "a value of some length, as settings have")?;
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(())
}

fn line(number: i64) -> Result<Values, Box<dyn Error>> {
    let register = Register::News;
    let day = domain::time::Day::new(2020, 1, 1)?
        .checked_add(jiff::SignedDuration::from_hours(24 * (number % 366)))?;
    let mut values = Values::new();
    let mut set = |key: &str, value: Value| register.field(key).map(|field| values.set(field, value));
    set("posted_on", Value::Day(day));
    set("title", Value::Text(format!("Tin số {number} về hoạt động của Ủy ban nhân dân huyện")));
    set("supplier", Value::Text("Đài Truyền thanh huyện".into()));
    Ok(values)
}
