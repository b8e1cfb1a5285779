//! Proof that a form came from our own page: a token made from the secret cookie of the browser, and the origin
//! that the browser itself names (OUT-16).

use http::HeaderMap;
use http::header::ORIGIN;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The name of the hidden field.
pub const FIELD: &str = "csrf";

/// The token for the browser that holds `cookie`, a secret of at least 128 random bits. Whoever can make it already
/// holds the secret; from it the secret cannot be found.
pub fn token(cookie: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(b"phatngon form token 1\0");
    digest.update(cookie.as_bytes());
    hex::encode(digest.finalize())
}

/// Whether `given` is the token for the browser that holds `cookie`. Takes the same time for every wrong one.
pub fn matches(cookie: &str, given: &str) -> bool {
    token(cookie).as_bytes().ct_eq(given.as_bytes()).into()
}

/// Whether the browser says that the request comes from a page of `origin`. Fails closed: a request that says
/// nothing is not believed.
pub fn same_origin(headers: &HeaderMap, origin: &str) -> bool {
    let one = |name: &str| {
        let mut values = headers.get_all(name).into_iter();
        let first = values.next();
        if values.next().is_some() { Err(()) } else { Ok(first.map(|value| value.as_bytes().to_vec())) }
    };
    let (Ok(named), Ok(site)) = (one(ORIGIN.as_str()), one("sec-fetch-site")) else { return false };
    match (named, site) {
        (None, None) => false,
        (named, site) => {
            named.is_none_or(|named| named == origin.as_bytes())
                && site.is_none_or(|site| site == b"same-origin")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_cookie_only() {
        let given = token("abc");
        assert!(matches("abc", &given));
        assert!(!matches("abd", &given));
        assert!(!matches("abc", ""));
        assert!(!matches("abc", &given[..63]));
    }

    #[test]
    fn sec_sess_a04_a_missing_foreign_or_cross_site_origin_is_not_ours() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let headers: HeaderMap =
                pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            same_origin(&headers, "https://a.vn")
        };
        assert!(check(&[("origin", "https://a.vn")]));
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        assert!(check(&[("origin", "https://a.vn"), ("sec-fetch-site", "same-origin")]));
        assert!(!check(&[]));
        assert!(!check(&[("origin", "null")]));
        assert!(!check(&[("origin", "https://a.vn.evil.vn")]));
        assert!(!check(&[("origin", "http://a.vn")]));
        assert!(!check(&[("origin", "https://a.vn"), ("sec-fetch-site", "cross-site")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
    }
}
