//! What may be asked, as far as the link itself tells.

use url::{Host, Url};

/// The ports of the web.
pub(crate) const PORTS: [u16; 2] = [80, 443];
/// The longest link.
const LONGEST: usize = 2_000;

/// A link that may be asked, if its addresses may. The parser writes `0x7f.1`, `2130706433` and other spellings of an
/// IPv4 address as four numbers, and names in other alphabets as `xn--`.
pub(crate) fn parse(link: &str) -> Option<Url> {
    let url = Url::parse(link).ok().filter(|_| link.len() <= LONGEST)?;
    may_be_asked(&url).then_some(url)
}

/// The same for where a redirect leads.
pub(crate) fn join(from: &Url, location: &str) -> Option<Url> {
    from.join(location).ok().filter(|_| location.len() <= LONGEST)
}

pub(crate) fn may_be_asked(url: &Url) -> bool {
    ["http", "https"].contains(&url.scheme())
        && url.username().is_empty()
        && url.password().is_none()
        && url.port_or_known_default().is_some_and(|port| PORTS.contains(&port))
        && url.host().is_some_and(|host| !matches!(host, Host::Domain(name) if is_local(name)))
}

/// `localhost`, `intranet.`: a name without a domain is of this network.
fn is_local(name: &str) -> bool {
    !name.trim_end_matches('.').contains('.')
}

/// The host of a link to another site that may be asked; none for every other text.
pub fn host(link: &str) -> Option<String> {
    parse(link)?.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_on_the_ports_of_the_web_without_credentials_have_a_host() {
        let table = [
            ("http://example.vn", Some("example.vn")),
            ("https://example.vn/a?b#c", Some("example.vn")),
            ("https://EXAMPLE.vn:443/", Some("example.vn")),
            ("http://example.vn:443/", Some("example.vn")),
            ("http://0x7f.1/", Some("127.0.0.1")),
            ("http://2130706433/", Some("127.0.0.1")),
            ("http://0177.0.0.1/", Some("127.0.0.1")),
            ("http://[::ffff:127.0.0.1]/", Some("[::ffff:7f00:1]")),
            ("https://báo.vn/", Some("xn--bo-mia.vn")),
            ("http://example.vn./", Some("example.vn.")),
            ("http://localhost/", None),
            ("http://intranet./", None),
            ("http://example.vn:8080/", None),
            ("http://example.vn:22/", None),
            ("https://ai@example.vn/", None),
            ("https://ai:mk@example.vn/", None),
            ("ftp://example.vn/", None),
            ("file:///etc/passwd", None),
            ("gopher://example.vn/", None),
            ("data:text/plain,a", None),
            ("javascript:alert(1)", None),
            ("mailto:a@example.vn", None),
            ("/tin-tuc", None),
            ("//example.vn/", None),
            ("http://", None),
            ("", None),
        ];
        for (link, expected) in table {
            assert_eq!(host(link).as_deref(), expected, "{link}");
        }
        assert_eq!(host(&format!("http://example.vn/{}", "a".repeat(2_000))), None);
    }
}
