//! Addresses of the desk, written in one place.

use std::fmt::Write as _;

use domain::period::Period;
use domain::register::{Record, Register};

/// Text as the value of a query, `20%2F11%2F2020`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// `path` with those of `pairs` that have a value.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.contains('?') { '&' } else { '?' });
        let _ = write!(out, "{name}={}", encode(value));
    }
    out
}

/// The list of a register.
pub fn register(register: Register) -> String {
    format!("/registers/{}", register.word())
}

/// The page of a record.
pub fn record(record: &Record) -> String {
    format!("/registers/{}/{}", record.register.word(), record.id)
}

/// The page of a figure of a period.
pub fn figure(id: &str, period: Period) -> String {
    with_query(&format!("/figures/{id}"), &[("period", &period.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_holds_only_what_has_a_value_and_nothing_that_could_end_it() {
        let made = with_query("/registers/news", &[("q", "a&b=c đ"), ("from", ""), ("page", "2")]);
        assert_eq!(made, "/registers/news?q=a%26b%3Dc%20%C4%91&page=2");
    }
}
