//! Parts of addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A text as part of an address: `20%2F11%2F2020`.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

/// `path` with those of `pairs` that have a value.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        out.push_str(&encode(value));
    }
    out
}

/// The public address of a file by its digest: the same for ever.
pub fn file(digest: &str, name: &str) -> String {
    format!("{}{digest}/{}", rich_text::FILES, encode(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_values_stand_in_no_address_and_signs_are_written_out() {
        assert_eq!(with_query("/a", &[("b", "x y"), ("c", ""), ("d", "ă&")]), "/a?b=x%20y&d=%C4%83%26");
        assert_eq!(with_query("/a?b=1", &[("c", "2")]), "/a?b=1&c=2");
        assert_eq!(file("ab", "ảnh 1.png"), "/tep/ab/%E1%BA%A3nh%201.png");
    }
}
