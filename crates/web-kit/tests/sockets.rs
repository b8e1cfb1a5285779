//! The limits of connections, through real sockets, with short times.

mod common;

use std::time::{Duration, Instant};

use common::{SESSION, read_all, start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use web_kit::csrf;
use web_kit::server::Limits;

fn short() -> Limits {
    Limits {
        head: Duration::from_millis(400),
        idle: Duration::from_millis(700),
        stalled: Duration::from_millis(700),
        body_grace: Duration::from_millis(300),
        body_rate: 1_000_000,
        drain: Duration::from_secs(5),
        per_source: 2_000,
        ..Limits::default()
    }
}

/// Runs `work` and fails when it takes longer than any of our limits could explain.
async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), work).await.expect("the server did not cut the connection")
}

fn post(host: &str, path: &str, body: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: pn-session={SESSION}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sec_lim_a01_a_thousand_slow_connections_are_cut_while_others_are_served() {
    let server = start(short()).await;
    let mut slow = Vec::new();
    for _ in 0..1_000 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: 127").await.unwrap();
        slow.push(stream);
    }
    let asked = Instant::now();
    assert!(server.get("/").await.ends_with("hello"));
    assert!(asked.elapsed() < Duration::from_millis(500));
    within(async {
        for stream in &mut slow {
            assert_eq!(read_all(stream).await, "");
        }
    })
    .await;
    assert!(server.get("/").await.ends_with("hello"));
}

#[tokio::test]
async fn sec_lim_05_a_silent_and_an_idle_connection_are_cut() {
    let server = start(short()).await;
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    assert_eq!(within(read_all(&mut silent)).await, "");
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", server.host);
    for _ in 0..2 {
        idle.write_all(request.as_bytes()).await.unwrap();
        let mut buffer = [0; 4096];
        let count = idle.read(&mut buffer).await.unwrap();
        assert!(String::from_utf8_lossy(&buffer[..count]).ends_with("hello"));
    }
    assert_eq!(within(read_all(&mut idle)).await, "");
}

#[tokio::test]
async fn sec_lim_a01_a_body_that_crawls_is_cut_with_408() {
    let server = start(short()).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(post(&server.host, "/save", "csrf=", 5_000).as_bytes()).await.unwrap();
    let answer = within(read_all(&mut stream)).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn sec_lim_05_one_source_has_its_share_of_connections_and_no_more() {
    let server = start(Limits { per_source: 2, head: Duration::from_secs(15), ..short() }).await;
    let first = TcpStream::connect(server.address).await.unwrap();
    let second = TcpStream::connect(server.address).await.unwrap();
    let mut third = TcpStream::connect(server.address).await.unwrap();
    let refused = within(read_all(&mut third)).await;
    assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
    assert!(refused.contains("Retry-After: 5"));
    drop((first, second));
    within(async { while !server.get("/").await.ends_with("hello") {} }).await;
}

#[tokio::test]
async fn sec_gen_a04_smuggled_requests_are_refused_and_the_connection_closed() {
    let server = start(short()).await;
    let host = &server.host;
    let second = format!("GET /list?q=smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let heads = [
        format!(
            "POST /button HTTP/1.1\r\nHost: {host}\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        format!(
            "POST /button HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"
        ),
        format!(
            "POST /button HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"
        ),
        format!("POST /button HTTP/1.1\r\nHost: {host}\r\nContent-Length: +5\r\n\r\n"),
        format!("POST /button HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0x5\r\n\r\n"),
        format!("POST /button HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n"),
        format!("POST /button HTTP/1.1\r\nHost: {host}\r\nContent-Length : 5\r\n\r\n"),
        format!("GET / HTTP/1.1\nHost: {host}\n\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: a\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n\r\nabc"),
    ];
    for head in heads {
        let answer = within(server.raw(format!("{head}{second}").as_bytes())).await;
        assert!(!answer.contains("smuggled"), "{head:?}: {answer}");
        assert!(answer.starts_with("HTTP/1.1 400") || answer.is_empty(), "{head:?}: {answer}");
    }
}

#[tokio::test]
async fn a_request_right_after_the_answer_is_served_on_the_same_connection() {
    let server = start(short()).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let body = format!("csrf={}&title=a", csrf::token(SESSION));
    for _ in 0..50 {
        let request = post(&server.host, "/save", &body, body.len());
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut buffer = [0; 4096];
        let count = within(stream.read(&mut buffer)).await.unwrap();
        let answer = String::from_utf8_lossy(&buffer[..count]).into_owned();
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    }
}

#[tokio::test]
async fn sec_gen_08_a_form_that_is_too_large_gets_its_page_and_not_a_broken_connection() {
    let server = start(Limits { body_grace: Duration::from_secs(10), ..short() }).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let body = "a".repeat(3_000_000);
    let request = post(&server.host, "/save", &body, body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut buffer = [0; 4096];
    let count = within(stream.read(&mut buffer)).await.unwrap();
    assert!(String::from_utf8_lossy(&buffer[..count]).starts_with("HTTP/1.1 413"));
}

#[tokio::test]
async fn a_graceful_stop_finishes_begun_requests_and_takes_no_new_ones() {
    let server = start(Limits { body_grace: Duration::from_secs(10), ..short() }).await;
    let mut begun = TcpStream::connect(server.address).await.unwrap();
    let body = format!("csrf={}&title=a", csrf::token(SESSION));
    let request = post(&server.host, "/save", &body, body.len());
    let (first, rest) = request.split_at(request.len() - 3);
    begun.write_all(first.as_bytes()).await.unwrap();
    // The answer to another request shows that the server has read what came before.
    assert!(server.get("/").await.ends_with("hello"));
    server.stop.send(()).unwrap();
    within(async { while TcpStream::connect(server.address).await.is_ok() {} }).await;
    begun.write_all(rest.as_bytes()).await.unwrap();
    let answer = within(read_all(&mut begun)).await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    within(server.done).await.unwrap().unwrap();
}
