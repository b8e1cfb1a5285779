//! How the site is reached from outside: its address, its host names, the proxies whose word is believed.

use std::net::{IpAddr, SocketAddr};

use http::header::HOST;
use http::{HeaderMap, HeaderValue};
use thiserror::Error;

/// Where the site is and whom it believes. Made once, at start.
#[derive(Debug, Clone)]
pub struct Site {
    https: bool,
    host: String,
    hosts: Vec<String>,
    proxies: Vec<IpAddr>,
    hsts: Hsts,
}

/// For how long browsers ask this host only over HTTPS (OUT-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hsts {
    /// Days; none takes the promise back.
    pub days: u32,
    /// Whether the names below the host are meant too.
    pub with_subdomains: bool,
}

impl Default for Hsts {
    /// One year, names below included.
    fn default() -> Hsts {
        Hsts { days: 365, with_subdomains: true }
    }
}

/// A base address that cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SiteError {
    /// Not `http://…` or `https://…`.
    #[error("the base address must begin with http:// or https://: {0}")]
    Scheme(String),
    /// A path, a user name or nothing where the host should be.
    #[error("the base address must be a scheme and a host, like https://phatngon.kimbang.gov.vn: {0}")]
    Host(String),
    /// Sign-in without encryption from outside this machine.
    #[error("the base address {0} is neither https:// nor on this machine; put a proxy with TLS before it")]
    Plain(String),
}

/// Who sent a request, as far as it can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// Address of the client, or of the proxy when that is not a listed one.
    pub ip: IpAddr,
    /// Port of the socket peer.
    pub port: u16,
}

impl Site {
    /// The site at `base` (`https://phatngon.kimbang.gov.vn`), also answering to `more_hosts`, behind `proxies`.
    ///
    /// # Errors
    /// When `base` is no address of a site, or plain HTTP that is not on this machine.
    pub fn new(base: &str, more_hosts: &[String], proxies: &[IpAddr]) -> Result<Site, SiteError> {
        let trimmed = base.strip_suffix('/').unwrap_or(base);
        let (https, host) = if let Some(host) = trimmed.strip_prefix("https://") {
            (true, host)
        } else if let Some(host) = trimmed.strip_prefix("http://") {
            (false, host)
        } else {
            return Err(SiteError::Scheme(base.to_owned()));
        };
        let host = host.to_ascii_lowercase();
        let odd = |sign: char| !(sign.is_ascii_alphanumeric() || ".-:[]".contains(sign));
        if host.is_empty() || host.contains(odd) {
            return Err(SiteError::Host(base.to_owned()));
        }
        if !https && !is_loopback(&host) {
            return Err(SiteError::Plain(base.to_owned()));
        }
        let mut hosts = vec![host.clone()];
        if is_loopback(&host) {
            let port = port_of(&host);
            hosts.extend(["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}{port}")));
        }
        hosts.extend(more_hosts.iter().map(|host| host.to_ascii_lowercase()));
        Ok(Site { https, host, hosts, proxies: proxies.to_vec(), hsts: Hsts::default() })
    }

    /// The absolute address of `path` (which begins with `/`), always with the configured host (GEN-13).
    pub fn absolute(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme(), self.host)
    }

    /// Whether people reach the site by HTTPS.
    pub const fn https(&self) -> bool {
        self.https
    }

    /// The full name of one of our cookies. `__Host-` binds it to this host and to HTTPS; browsers refuse that
    /// prefix on plain HTTP, which [`Site::new`] allows on this machine only (OUT-15).
    pub fn cookie(&self, name: &str) -> String {
        if self.https { format!("__Host-pn-{name}") } else { format!("pn-{name}") }
    }

    /// Who sent a request with these headers. Forwarding headers count only from a listed proxy, and from the right:
    /// the last address that is not itself a listed proxy.
    pub fn client(&self, peer: SocketAddr, headers: &HeaderMap) -> Client {
        let peer_ip = peer.ip().to_canonical();
        let mut ip = peer_ip;
        if self.is_proxy(peer_ip) {
            let forwarded =
                headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
            let hops: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
            for hop in hops.into_iter().rev() {
                let Ok(address) = hop.parse::<IpAddr>() else { break };
                ip = address.to_canonical();
                if !self.is_proxy(ip) {
                    break;
                }
            }
        }
        Client { ip, port: peer.port() }
    }

    /// The same site with another promise of HTTPS.
    #[must_use]
    pub fn with_hsts(mut self, hsts: Hsts) -> Site {
        self.hsts = hsts;
        self
    }

    /// The line of the promise; none without HTTPS, where browsers would not take it.
    pub(crate) fn hsts(&self) -> Option<HeaderValue> {
        let below = if self.hsts.with_subdomains { "; includeSubDomains" } else { "" };
        let seconds = u64::from(self.hsts.days) * 86_400;
        self.https.then(|| HeaderValue::from_str(&format!("max-age={seconds}{below}")).ok()).flatten()
    }

    /// Whether this address is a proxy whose forwarding headers count.
    pub fn is_proxy(&self, ip: IpAddr) -> bool {
        self.proxies.contains(&ip)
    }

    /// The host a request is for, when it is one of ours (GEN-A05).
    pub fn host_of(&self, headers: &HeaderMap) -> Option<String> {
        let mut values = headers.get_all(HOST).into_iter();
        let host = values.next()?.to_str().ok()?.to_ascii_lowercase();
        (values.next().is_none() && self.hosts.contains(&host)).then_some(host)
    }

    /// The origin of pages that came from `host`, one of ours.
    pub fn origin(&self, host: &str) -> String {
        format!("{}://{host}", self.scheme())
    }

    const fn scheme(&self) -> &'static str {
        if self.https { "https" } else { "http" }
    }
}

fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix(port_of(host)).unwrap_or(host);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// `:8080` of `127.0.0.1:8080`; empty without one.
fn port_of(host: &str) -> &str {
    match host.rfind(':') {
        Some(colon) if !host[colon..].contains(']') => &host[colon..],
        _ => "",
    }
}

/// `path` when it stays on this site: one leading slash, no host, no scheme, nothing browsers repair into one
/// (OUT-10, OUT-A03).
pub fn local_path(path: &str) -> Option<&str> {
    let second = path.as_bytes().get(1);
    let odd = |sign: char| sign == '\\' || sign.is_control() || sign.is_whitespace() || !sign.is_ascii();
    let stays = path.starts_with('/') && second != Some(&b'/') && path.len() <= 2048 && !path.contains(odd);
    let lower = path.to_ascii_lowercase();
    (stays && !lower.starts_with("/%2f") && !lower.starts_with("/%5c")).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_base_address_is_a_scheme_and_a_host_and_plain_only_on_this_machine() {
        assert!(Site::new("https://phatngon.example.gov.vn/", &[], &[]).is_ok());
        assert!(Site::new("http://127.0.0.1:8080", &[], &[]).is_ok());
        assert!(matches!(Site::new("http://kimbang.gov.vn", &[], &[]), Err(SiteError::Plain(_))));
        assert!(matches!(Site::new("kimbang.gov.vn", &[], &[]), Err(SiteError::Scheme(_))));
        assert!(matches!(Site::new("https://a/b", &[], &[]), Err(SiteError::Host(_))));
        assert!(matches!(Site::new("https://a@b", &[], &[]), Err(SiteError::Host(_))));
    }

    #[test]
    fn sec_gen_a05_only_configured_hosts_are_ours_and_links_carry_the_configured_one() {
        let site = Site::new("https://phatngon.vn", &["cu.phatngon.vn".into()], &[]).unwrap();
        assert_eq!(site.host_of(&headers(&[("host", "Phatngon.vn")])).as_deref(), Some("phatngon.vn"));
        assert!(site.host_of(&headers(&[("host", "cu.phatngon.vn")])).is_some());
        assert!(site.host_of(&headers(&[("host", "evil.vn")])).is_none());
        assert!(site.host_of(&headers(&[])).is_none());
        let mut two = headers(&[("host", "phatngon.vn")]);
        two.append(HOST, "phatngon.vn".parse().unwrap());
        assert!(site.host_of(&two).is_none());
        assert_eq!(site.absolute("/a"), "https://phatngon.vn/a");
        let local = Site::new("http://127.0.0.1:8080", &[], &[]).unwrap();
        assert!(local.host_of(&headers(&[("host", "localhost:8080")])).is_some());
        assert!(local.host_of(&headers(&[("host", "localhost:81")])).is_none());
    }

    #[test]
    fn sec_gen_a06_forwarding_headers_count_only_from_a_listed_proxy() {
        let proxy: IpAddr = "10.0.0.2".parse().unwrap();
        let site = Site::new("https://phatngon.vn", &[], &[proxy]).unwrap();
        let forged = headers(&[("x-forwarded-for", "1.2.3.4, 5.6.7.8")]);
        let stranger: SocketAddr = "9.9.9.9:1000".parse().unwrap();
        assert_eq!(site.client(stranger, &forged).ip, stranger.ip());
        let through = site.client("10.0.0.2:1000".parse().unwrap(), &forged);
        assert_eq!(through.ip, "5.6.7.8".parse::<IpAddr>().unwrap());
        let garbage = headers(&[("x-forwarded-for", "1.2.3.4, x\"y")]);
        assert_eq!(site.client("10.0.0.2:1000".parse().unwrap(), &garbage).ip, proxy);
    }

    #[test]
    fn sec_out_a03_only_paths_of_this_site_are_followed() {
        for path in ["/", "/so/press_requests?trang=2", "/a//b"] {
            assert_eq!(local_path(path), Some(path));
        }
        for path in [
            "//evil",
            "/\\evil",
            "/%2f%2fevil",
            "/%5cevil",
            "https:evil",
            "javascript:x",
            "@evil",
            "/a\tb",
            "/\n/e",
            "",
        ] {
            assert_eq!(local_path(path), None, "{path:?}");
        }
    }

    #[test]
    fn sec_sess_a03_cookies_are_bound_to_the_host_wherever_there_is_https() {
        assert_eq!(Site::new("https://a.vn", &[], &[]).unwrap().cookie("session"), "__Host-pn-session");
        assert_eq!(Site::new("http://localhost:1", &[], &[]).unwrap().cookie("session"), "pn-session");
    }
}
