//! Our cookies: read from the request, written with every flag set (OUT-15).

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};

use crate::site::Site;

/// How long a browser keeps a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// Until the browser closes.
    Browser,
    /// So many seconds.
    Seconds(u32),
    /// Remove it now.
    Gone,
}

/// The value of our cookie `name`. A cookie sent twice is not read (GEN-09).
pub fn read(site: &Site, headers: &HeaderMap, name: &str) -> Option<String> {
    if !headers.contains_key(COOKIE) {
        return None;
    }
    let full = site.cookie(name);
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut found = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == full);
    let value = found.next()?.1.to_owned();
    found.next().is_none().then_some(value)
}

/// The `Set-Cookie` value that sets our cookie `name`. Nothing when `value` has a sign a cookie cannot hold or is
/// longer than 3,500 bytes.
pub fn write(site: &Site, name: &str, value: &str, life: Life) -> Option<HeaderValue> {
    let holds = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~:!*".contains(&byte);
    if value.len() > 3_500 || !value.bytes().all(holds) {
        return None;
    }
    let age = match life {
        Life::Browser => String::new(),
        Life::Seconds(seconds) => format!("; Max-Age={seconds}"),
        Life::Gone => "; Max-Age=0".to_owned(),
    };
    let secure = if site.https() { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", site.cookie(name));
    HeaderValue::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_written_with_every_flag_and_read_again() {
        let site = Site::new("https://a.vn", &[], &[]).unwrap();
        let line = write(&site, "session", "ab12", Life::Seconds(60)).unwrap();
        assert_eq!(line, "__Host-pn-session=ab12; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60");
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "x=1; __Host-pn-session=ab12".parse().unwrap());
        assert_eq!(read(&site, &headers, "session").as_deref(), Some("ab12"));
        headers.append(COOKIE, "__Host-pn-session=other".parse().unwrap());
        assert_eq!(read(&site, &headers, "session"), None);
    }

    #[test]
    fn sec_gen_a10_a_value_with_a_line_break_is_not_written() {
        let site = Site::new("https://a.vn", &[], &[]).unwrap();
        assert!(write(&site, "language", "vi\r\nSet-Cookie: a=b", Life::Browser).is_none());
        assert!(write(&site, "language", "vi; Domain=evil", Life::Browser).is_none());
    }

    #[test]
    fn sec_sess_a03_a_cookie_without_the_host_prefix_is_ignored_on_https() {
        let site = Site::new("https://a.vn", &[], &[]).unwrap();
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "pn-session=planted".parse().unwrap());
        assert_eq!(read(&site, &headers, "session"), None);
    }
}
