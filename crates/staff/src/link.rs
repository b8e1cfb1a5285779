//! Addresses of the desk, written in one place.

use domain::id::RecordId;
use domain::period::Period;
use domain::register::{Record, Register};
pub use web_kit::link::{encode, file, with_query};

/// The list of a register.
pub fn register(register: Register) -> String {
    format!("/registers/{}", register.word())
}

/// The page of a record.
pub fn record(record: &Record) -> String {
    line(record.register, record.id)
}

/// The page of a line of a register.
pub fn line(register: Register, id: RecordId) -> String {
    format!("/registers/{}/{id}", register.word())
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
