//! Prints how many fields are read right of made-up documents: `cargo run -p reading --example accuracy -- 240`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "an example shows what it measured")]

#[path = "../tests/corpus/mod.rs"]
mod corpus;

fn main() {
    let count = std::env::args().nth(1).map_or(240, |count| count.parse().unwrap());
    for (name, score) in [("DOCX", corpus::of_word(0..count)), ("PDF", corpus::of_pdf(0..count))] {
        println!("{name}: at least 98 % of each field: {}\n{score}", score.is_at_least(98));
    }
}
