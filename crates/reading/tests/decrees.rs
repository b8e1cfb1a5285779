//! Fields of decree-shaped files with made-up content, counted per field.

#![expect(clippy::unwrap_used, reason = "helpers of a test may fail loudly")]

mod corpus;

use reading::decree::read;
use reading::{Limits, docx};

#[test]
fn of_each_field_at_least_98_percent_are_read_right_from_docx() {
    let score = corpus::of_word(0..480);
    println!("{score}");
    assert!(score.is_at_least(98), "a field is read wrong too often");
}

#[test]
fn of_each_field_at_least_98_percent_are_read_right_from_pdf() {
    let score = corpus::of_pdf(0..64);
    println!("{score}");
    assert!(score.is_at_least(98), "a field is read wrong too often");
}

#[test]
fn a_field_knows_where_it_was_read() {
    let told = corpus::told(0);
    let lines = docx::lines(&corpus::word::file(&told, 0), &Limits::default()).unwrap();
    let number = read(&lines).number.unwrap();
    assert_eq!(lines[number.place.line as usize - 1].text, number.place.quote);
    assert_eq!(number.confidence.key(), "sure");
}
