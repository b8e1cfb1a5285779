//! A server of the test, reached only because the network of the test allows it; everything else is refused as ever.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use outgoing::{Answer, Client, Fetched, Internet, Network};

/// Names and addresses; each lookup of a name takes the next answer, the last one stays.
struct Fake {
    names: Mutex<BTreeMap<&'static str, Vec<Vec<SocketAddr>>>>,
    allowed: Vec<SocketAddr>,
}

impl Network for Fake {
    fn addresses(&self, host: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        let mut names = self.names.lock().unwrap();
        let answers = names.get_mut(host).ok_or_else(|| io::Error::other("no such name"))?;
        Ok(if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() })
    }

    fn may_reach(&self, address: SocketAddr) -> bool {
        self.allowed.contains(&address) || Internet.may_reach(address)
    }
}

/// Serves until the test ends; gives its address and the requests it saw, each as `METHOD /path` and its headers.
fn serve() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let head: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let Some(first) = head.first() else { continue };
            let (method, path) = first.split_once(' ').unwrap();
            let path = path.split(' ').next().unwrap();
            log.lock().unwrap().push(head.join("\n"));
            let text = answer(method, path);
            if path == "/slow" {
                std::thread::sleep(Duration::from_secs(3));
            }
            let _ = stream.write_all(text.as_bytes());
        }
    });
    (address, seen)
}

fn answer(method: &str, path: &str) -> String {
    let to = |place: &str| format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n");
    let status = |line: &str| format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\n\r\n");
    match path {
        "/" => "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 99999999\r\n\r\n".to_owned(),
        "/no-head" if method == "HEAD" => status("404 Not Found"),
        "/no-head" => status("200 OK"),
        "/gone" => status("410 Gone"),
        "/missing" => status("404 Not Found"),
        "/fails" => status("503 Service Unavailable"),
        "/private" => status("403 Forbidden"),
        "/moved" => to("/moved-again"),
        "/moved-again" => to("http://good.test/"),
        "/round" => to("/round"),
        "/inside" => to("http://10.0.0.1/"),
        "/metadata" => to("http://169.254.169.254/latest/meta-data/"),
        "/mapped" => to("http://[::ffff:127.0.0.1]/"),
        "/decimal" => to("http://2130706433/"),
        "/canary" => to("http://canary.test/"),
        "/port" => to("http://good.test:8080/"),
        "/file" => to("file:///etc/passwd"),
        "/secret" => to("http://ai:mk@good.test/"),
        "/no-place" => to("http://"),
        "/feed.xml" => "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>".to_owned(),
        "/long" => format!("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n{}", "x".repeat(200)),
        "/endless" => format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", "x".repeat(100_000)),
        "/breaks-off" => "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rs".to_owned(),
        "/noise" => "SSH-2.0-OpenSSH_9.6\r\n".to_owned(),
        _ => {
            let hop: u32 = path.trim_start_matches("/hop/").parse().unwrap_or(0);
            if hop == 0 { status("200 OK") } else { to(&format!("/hop/{}", hop - 1)) }
        }
    }
}

fn look(network: Fake, link: &str) -> Answer {
    let client = Client::new("PhatNgon-test").on(Arc::new(network), Duration::from_millis(800));
    let answers = client.look(&[link.to_owned()]).unwrap();
    assert_eq!(answers.len(), 1);
    answers[0].1
}

fn network(server: SocketAddr, more: &[(&'static str, &[SocketAddr])]) -> Fake {
    let mut names: BTreeMap<_, _> = more.iter().map(|(name, all)| (*name, vec![all.to_vec()])).collect();
    names.insert("good.test", vec![vec![server]]);
    Fake { names: Mutex::new(names), allowed: vec![server] }
}

#[test]
fn what_servers_answer_is_told_apart() {
    let (server, _) = serve();
    let table = [
        ("/", Answer::Leads),
        ("/no-head", Answer::Leads),
        ("/private", Answer::Leads),
        ("/moved", Answer::Leads),
        ("/hop/5", Answer::Leads),
        ("/hop/6", Answer::Lost),
        ("/round", Answer::Lost),
        ("/no-place", Answer::Lost),
        ("/missing", Answer::Status(404)),
        ("/gone", Answer::Status(410)),
        ("/fails", Answer::Status(503)),
        ("/noise", Answer::Unanswered),
        ("/slow", Answer::Silent),
    ];
    for (path, expected) in table {
        assert_eq!(look(network(server, &[]), &format!("http://good.test{path}")), expected, "{path}");
    }
    assert_eq!(look(network(server, &[]), "http://none.test/"), Answer::Silent);
    // TLS to a server that does not speak it, and to none.
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = plain.local_addr().unwrap();
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = plain.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    assert_eq!(look(network(address, &[]), "https://good.test/"), Answer::Untrusted);
    answering.join().unwrap();
    assert_eq!(look(network(address, &[]), "https://good.test/"), Answer::Unanswered);
}

#[test]
fn a_redirect_to_a_forbidden_address_is_refused_and_nothing_is_connected() {
    let (server, seen) = serve();
    let (canary, asked) = serve();
    for path in ["/inside", "/metadata", "/mapped", "/decimal", "/canary", "/port", "/file", "/secret"] {
        let network = network(server, &[("canary.test", &[canary])]);
        assert_eq!(look(network, &format!("http://good.test{path}")), Answer::Forbidden, "{path}");
    }
    assert_eq!((seen.lock().unwrap().len(), asked.lock().unwrap().len()), (8, 0));
}

#[test]
fn addresses_that_are_not_public_are_never_connected_however_they_are_written() {
    let (canary, asked) = serve();
    let port = canary.port();
    let links = [
        format!("http://127.0.0.1:{port}/"),
        "http://127.0.0.1/".to_owned(),
        "http://127.1/".to_owned(),
        "http://0x7f000001/".to_owned(),
        "http://0177.0.0.1/".to_owned(),
        "http://2130706433/".to_owned(),
        "http://0.0.0.0/".to_owned(),
        "http://[::]/".to_owned(),
        "http://[::1]/".to_owned(),
        "http://[::ffff:127.0.0.1]/".to_owned(),
        "http://[64:ff9b::7f00:1]/".to_owned(),
        "http://[fd00:ec2::254]/".to_owned(),
        "http://localhost/".to_owned(),
        "http://localhost./".to_owned(),
        "http://192.168.1.1/".to_owned(),
        "ftp://example.vn/".to_owned(),
    ];
    let answers = Client::new("test").look(&links).unwrap();
    assert_eq!(answers.len(), links.len());
    for (link, answer) in answers {
        assert_eq!(answer, Answer::Forbidden, "{link}");
    }
    assert_eq!(asked.lock().unwrap().len(), 0);
}

#[test]
fn a_name_with_one_forbidden_address_is_refused_whole() {
    let (server, seen) = serve();
    let inside = SocketAddr::from((IpAddr::from([10, 0, 0, 1]), 80));
    let mixed = network(server, &[("mixed.test", &[server, inside])]);
    assert_eq!(look(mixed, "http://mixed.test/"), Answer::Forbidden);
    assert_eq!(seen.lock().unwrap().len(), 0);
}

#[test]
fn a_name_that_changes_its_address_is_connected_only_where_it_was_checked() {
    let (server, seen) = serve();
    let (canary, asked) = serve();
    // The first answer is allowed, every later one is not: each connection asks and checks anew.
    let names = BTreeMap::from([("good.test", vec![vec![server], vec![canary]])]);
    let rebinding = Fake { names: Mutex::new(names), allowed: vec![server] };
    assert_eq!(look(rebinding, "http://good.test/moved"), Answer::Forbidden);
    assert_eq!((seen.lock().unwrap().len(), asked.lock().unwrap().len()), (1, 0));
}

#[test]
fn no_cookie_and_no_credential_is_sent_and_one_host_is_asked_one_thing_at_a_time() {
    let (server, seen) = serve();
    let client = Client::new("PhatNgon-test").on(Arc::new(network(server, &[])), Duration::from_secs(5));
    let links: Vec<String> = (0..20).map(|at| format!("http://good.test/?{at}")).collect();
    let answers = client.look(&links).unwrap();
    assert!(answers.iter().all(|(_, answer)| *answer == Answer::Leads));
    let asked: Vec<String> = answers.into_iter().map(|(link, _)| link).collect();
    assert_eq!(asked, links);
    for head in seen.lock().unwrap().iter() {
        assert!(head.starts_with("HEAD /?") && head.contains("host: good.test"), "{head}");
        assert!(head.contains("user-agent: PhatNgon-test"), "{head}");
        assert!(!head.contains("cookie") && !head.contains("authorization"), "{head}");
    }
}

fn fetch(network: Fake, link: &str) -> Fetched {
    let client = Client::new("PhatNgon-test").on(Arc::new(network), Duration::from_millis(500));
    client.fetch(link, 100).unwrap()
}

#[test]
fn a_document_is_fetched_up_to_its_bounds() {
    let (server, seen) = serve();
    let table = [
        ("/feed.xml", Fetched::Document(b"<rss/>".to_vec())),
        ("/hop/3", Fetched::Document(Vec::new())),
        ("/hop/4", Fetched::Not(Answer::Lost)),
        ("/long", Fetched::TooLarge),
        ("/endless", Fetched::TooLarge),
        ("/breaks-off", Fetched::Not(Answer::Unanswered)),
        ("/private", Fetched::Not(Answer::Status(403))),
        ("/missing", Fetched::Not(Answer::Status(404))),
        ("/noise", Fetched::Not(Answer::Unanswered)),
        ("/slow", Fetched::Not(Answer::Silent)),
    ];
    for (path, expected) in table {
        assert_eq!(fetch(network(server, &[]), &format!("http://good.test{path}")), expected, "{path}");
    }
    for head in seen.lock().unwrap().iter() {
        assert!(head.starts_with("GET /") && !head.contains("cookie"), "{head}");
    }
}

#[test]
fn a_document_is_never_fetched_from_inside_whether_named_or_by_a_redirect() {
    let (server, seen) = serve();
    let (canary, asked) = serve();
    let inside = SocketAddr::from((IpAddr::from([10, 0, 0, 1]), 80));
    for path in ["/inside", "/metadata", "/mapped", "/decimal", "/canary", "/port", "/file", "/secret"] {
        let network = network(server, &[("canary.test", &[canary])]);
        let fetched = fetch(network, &format!("http://good.test{path}"));
        assert_eq!(fetched, Fetched::Not(Answer::Forbidden), "{path}");
    }
    let direct = [
        &format!("http://127.0.0.1:{}/", canary.port()),
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "http://mixed.test/",
        "file:///etc/passwd",
        "ftp://good.test/",
        "http://ai:mk@good.test/",
        "good.test",
        "",
    ];
    for link in direct {
        let network = network(server, &[("mixed.test", &[server, inside])]);
        assert_eq!(fetch(network, link), Fetched::Not(Answer::Forbidden), "{link}");
    }
    assert_eq!((seen.lock().unwrap().len(), asked.lock().unwrap().len()), (8, 0));
}
