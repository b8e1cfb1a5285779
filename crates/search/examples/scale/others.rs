//! The same questions to SQLite FTS5 and PostgreSQL full text.

use std::path::Path;
use std::time::Instant;

use domain::text::fold;
use search::Entry;

use crate::items::Maker;
use crate::{Answers, Outcome, Question};

fn folded(item: &Entry) -> [String; 4] {
    [&item.title, item.number_symbol.as_deref().unwrap_or_default(), &item.summary, &item.body]
        .map(|text| fold(text))
}

/// Words and phrases of a question, folded: `["giao dat"]` for a phrase and for what is joined by signs.
fn parts(question: &str) -> Vec<Vec<String>> {
    let words = |text: &str| -> Vec<String> {
        fold(text)
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let mut parts = Vec::new();
    for (place, piece) in question.split('"').enumerate() {
        if place % 2 == 1 {
            parts.push(words(piece));
        } else {
            parts.extend(piece.split_whitespace().map(words));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

pub fn sqlite(path: &Path, maker: &Maker, count: u64, questions: &[Question]) -> Outcome<()> {
    let mut db = rusqlite::Connection::open(path)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA mmap_size = 4000000000;
         CREATE VIRTUAL TABLE IF NOT EXISTS items USING fts5(title, number, summary, body);",
    )?;
    let have: i64 = db.query_row("SELECT count(*) FROM items_docsize", [], |row| row.get(0))?;
    let have = u64::try_from(have)?;
    if have < count {
        let started = Instant::now();
        let tx = db.transaction()?;
        {
            let mut insert = tx.prepare("INSERT INTO items VALUES (?1, ?2, ?3, ?4)")?;
            for number in have..count {
                insert.execute(folded(&maker.item(number)))?;
            }
        }
        tx.execute("INSERT INTO items(items) VALUES ('optimize')", [])?;
        tx.commit()?;
        println!("FTS5: built in {:.1} s", started.elapsed().as_secs_f64());
    }
    let mut answers = Answers::new("FTS5");
    let mut how_many = db.prepare("SELECT count(*) FROM items WHERE items MATCH ?1")?;
    let mut first = db.prepare(
        "SELECT rowid, title FROM items WHERE items MATCH ?1 AND rank MATCH 'bm25(3.0, 10.0, 1.5, 1.0)'
         ORDER BY rank LIMIT 20",
    )?;
    for question in questions.iter().take(9).chain(questions) {
        let asked = parts(&question.text)
            .iter()
            .map(|part| format!("\"{}\"", part.join(" ")))
            .collect::<Vec<_>>()
            .join(" ");
        let started = Instant::now();
        let hits: i64 = how_many.query_row([&asked], |row| row.get(0))?;
        let titles: Vec<String> = first.query_map([&asked], |row| row.get(1))?.collect::<Result<_, _>>()?;
        let took = started.elapsed();
        let hits = u64::try_from(hits)?;
        if titles.len() as u64 != hits.min(20) {
            return Err("FTS5 gave fewer titles than hits".into());
        }
        answers.note(question, took, hits);
    }
    answers.print();
    Ok(())
}

pub fn postgres(url: &str, maker: &Maker, count: u64, questions: &[Question]) -> Outcome<()> {
    let mut db = postgres::Client::connect(url, postgres::NoTls)?;
    let started = Instant::now();
    db.batch_execute("CREATE TABLE items (id bigint, title text, words tsvector)")?;
    for block in 0..count.div_ceil(1_000) {
        let mut tx = db.transaction()?;
        let insert = tx.prepare(
            "INSERT INTO items VALUES ($1, $2, setweight(to_tsvector('simple', $2), 'A') ||
             setweight(to_tsvector('simple', translate($3, '/-', '  ')), 'A') ||
             setweight(to_tsvector('simple', $4), 'B') || setweight(to_tsvector('simple', $5), 'D'))",
        )?;
        for number in block * 1_000..(block * 1_000 + 1_000).min(count) {
            let [title, symbol, summary, body] = folded(&maker.item(number));
            tx.execute(&insert, &[&i64::try_from(number)?, &title, &symbol, &summary, &body])?;
        }
        tx.commit()?;
    }
    db.batch_execute("CREATE INDEX ON items USING gin (words)")?;
    db.batch_execute("VACUUM ANALYZE items")?;
    println!("PostgreSQL: built in {:.1} s", started.elapsed().as_secs_f64());
    let mut answers = Answers::new("PostgreSQL");
    let how_many = db.prepare("SELECT count(*) FROM items WHERE words @@ to_tsquery('simple', $1)")?;
    let first = db.prepare(
        "SELECT id, title FROM items, to_tsquery('simple', $1) asked WHERE words @@ asked
         ORDER BY ts_rank(words, asked) DESC LIMIT 20",
    )?;
    for question in questions.iter().take(9).chain(questions) {
        let asked =
            parts(&question.text).iter().map(|part| part.join(" <-> ")).collect::<Vec<_>>().join(" & ");
        let started = Instant::now();
        let hits: i64 = db.query_one(&how_many, &[&asked])?.get(0);
        let titles = db.query(&first, &[&asked])?;
        let took = started.elapsed();
        let hits = u64::try_from(hits)?;
        if titles.len() as u64 != hits.min(20) {
            return Err("PostgreSQL gave fewer titles than hits".into());
        }
        answers.note(question, took, hits);
    }
    answers.print();
    Ok(())
}
