//! How large and how fast: made-up items, the same questions to our index, to SQLite FTS5 and to PostgreSQL.
//!
//! ```sh
//! cargo run --release -p search --example scale -- 200000 DIR            # ours; a second run only asks
//! scripts/with-postgres sh -c \
//!   'cargo run --release -p search --example scale -- 200000 DIR "$PHATNGON_TEST_POSTGRES_URL"'
//! ```
//!
//! The others get texts and questions already folded, answer only number of hits and first twenty titles, and are
//! spared facets, excerpts and "did you mean".

#![expect(clippy::print_stdout, reason = "an example tells what it measured")]

mod items;
mod others;

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use domain::text::fold;
use domain::time::Day;
use items::{Dice, Maker, rare};
use search::{Change, Facet, Index, Query};

type Outcome<T> = Result<T, Box<dyn Error>>;

const TODAY: Day = Day::constant(2026, 11, 23);
/// Questions of each sort.
const EACH: usize = 10;
/// Rounds over all questions for our index.
const ROUNDS: usize = 10;

/// A question as typed and in what sort of questions it falls.
struct Question {
    sort: &'static str,
    text: String,
}

fn questions(maker: &Maker) -> Vec<Question> {
    let mut dice = Dice::new(7);
    let mut all = Vec::new();
    for place in 0..EACH {
        let item = maker.item(u64::try_from(place * 997).unwrap_or(0));
        let (one, two) = (dice.one(&maker.words), dice.one(&maker.words));
        let place_name = dice.one(&maker.places);
        let number = format!("{}/{}", 1 + dice.below(4_000), 2015 + dice.below(11));
        let mut add = |sort, text: String| all.push(Question { sort, text });
        add("in every text", format!("{} {}", maker.words[place], maker.words[place + 10]));
        add("one word", one.to_owned());
        add("two words", format!("{one} {two}"));
        add("without marks", fold(&format!("{one} {two}")));
        add("with a place", format!("{two} {place_name}"));
        add("phrase", format!("\"{one}\" {place_name}"));
        add("number", number);
        add("rare syllable", format!("{} {one}", rare(&mut dice)));
        add("whole title", item.title);
    }
    all
}

fn main() -> Outcome<()> {
    let mut args = std::env::args().skip(1);
    let count: u64 = args.next().ok_or("how many items?")?.parse()?;
    let dir = args.next().ok_or("in which folder?")?;
    let dir = Path::new(&dir);
    let maker = Maker::new();
    let questions = questions(&maker);

    let index = Index::open(&dir.join("ours"))?;
    println!("start: {}", memory()?);
    if index.len() < count {
        build(&index, &maker, count)?;
    }
    ours(&index, &questions)?;
    let mut withdrawn = Vec::new();
    for number in 0..20 {
        let item = maker.item(number);
        let started = Instant::now();
        index.apply(&[Change::Remove(item.id.clone())], count + number)?;
        index.apply(&[Change::Put(Box::new(item))], count + number)?;
        withdrawn.push(started.elapsed() / 2);
    }
    println!("one change, committed and seen: {}", spread(&mut withdrawn));
    println!("after changes: {}", memory()?);
    if let Some(url) = args.next() {
        drop(index);
        others::sqlite(&dir.join("fts5.db"), &maker, count, &questions)?;
        others::postgres(&url, &maker, count, &questions)?;
    }
    Ok(())
}

fn build(index: &Index, maker: &Maker, count: u64) -> Outcome<()> {
    let started = Instant::now();
    let (mut making, mut bytes) = (Duration::ZERO, 0);
    let mut rebuild = index.rebuild()?;
    for number in 0..count {
        let before = Instant::now();
        let item = maker.item(number);
        making += before.elapsed();
        bytes += item.title.len() + item.summary.len() + item.body.len();
        rebuild.put(&item)?;
    }
    rebuild.finish(count)?;
    println!(
        "{count} items, {} MB of text: built in {:.1} s (of which {:.1} s making them); {}",
        bytes >> 20,
        started.elapsed().as_secs_f64(),
        making.as_secs_f64(),
        memory()?
    );
    Ok(())
}

fn ours(index: &Index, questions: &[Question]) -> Outcome<()> {
    let (mut answers, mut costs) = (Answers::new("ours"), Answers::new("ours, on the processor"));
    for round in 0..=ROUNDS {
        for question in questions {
            let (started, before) = (Instant::now(), on_processor()?);
            let results = index.search(&Query::new(question.text.as_str(), TODAY))?;
            if round > 0 {
                answers.note(question, started.elapsed(), results.total);
                costs.note(question, on_processor()?.saturating_sub(before), results.total);
            }
        }
    }
    answers.print();
    costs.print();
    let (mut narrowed, mut suggested, mut browsed) = (Vec::new(), Vec::new(), Vec::new());
    for question in questions {
        let started = Instant::now();
        index.search(
            &Query::new(question.text.as_str(), TODAY)
                .with(Facet::Kind, "document")
                .with(Facet::Year, "2020"),
        )?;
        narrowed.push(started.elapsed());
        let started = Instant::now();
        index.search(&Query::new("", TODAY).with(Facet::Year, "2020"))?;
        browsed.push(started.elapsed());
        let half: String = question.text.chars().take(1 + question.text.chars().count() / 2).collect();
        let started = Instant::now();
        index.suggest(&half, 8, TODAY)?;
        suggested.push(started.elapsed());
    }
    println!("ours, with two filters: {}", spread(&mut narrowed));
    println!("ours, no words, one filter: {}", spread(&mut browsed));
    println!("ours, suggestions: {}", spread(&mut suggested));
    println!("after questions: {}", memory()?);
    Ok(())
}

/// Times of one engine by sort of question.
struct Answers {
    engine: &'static str,
    times: Vec<(&'static str, Duration, u64)>,
}

impl Answers {
    fn new(engine: &'static str) -> Self {
        Self { engine, times: Vec::new() }
    }

    fn note(&mut self, question: &Question, took: Duration, hits: u64) {
        self.times.push((question.sort, took, hits));
    }

    fn print(&self) {
        let mut sorts: Vec<&str> = Vec::new();
        for (sort, _, _) in &self.times {
            if !sorts.contains(sort) {
                sorts.push(sort);
            }
        }
        for sort in sorts {
            let of_sort = self.times.iter().filter(|(other, _, _)| *other == sort);
            let mut times: Vec<Duration> = of_sort.clone().map(|(_, took, _)| *took).collect();
            let hits: u64 = of_sort.map(|(_, _, hits)| hits).sum::<u64>() / times.len() as u64;
            println!("{}, {sort} ({hits} hits): {}", self.engine, spread(&mut times));
        }
        let mut times: Vec<Duration> = self.times.iter().map(|(_, took, _)| *took).collect();
        println!("{}, all: {}", self.engine, spread(&mut times));
    }
}

/// Time this thread has been on a processor: what a search costs, whatever else the machine does.
fn on_processor() -> Outcome<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(Duration::from_nanos(text.split(' ').next().ok_or("no schedstat")?.parse()?))
}

fn spread(times: &mut [Duration]) -> String {
    times.sort();
    let at =
        |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1_000.0;
    format!("p50 {:.2} ms, p99 {:.2} ms, of {}", at(50), at(99), times.len())
}

fn memory() -> Outcome<String> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let lines = status
        .lines()
        .filter(|line| ["VmHWM", "VmRSS", "RssAnon", "RssFile"].iter().any(|name| line.starts_with(name)));
    Ok(lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", "))
}
