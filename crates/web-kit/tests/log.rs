//! What is written to the log for a request, and what never is.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod common;

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use common::{SESSION, answer, form, request};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Lines {
    fn start() -> (Lines, tracing::subscriber::DefaultGuard) {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        (lines, tracing::subscriber::set_default(subscriber))
    }

    fn all(&self) -> Vec<serde_json::Value> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

#[tokio::test]
async fn sec_log_04_one_line_a_request_with_the_route_and_without_anything_typed() {
    let (lines, _guard) = Lines::start();
    let asked =
        request("GET", "/record/17?q=S%C6%A1n").header("user-agent", "evil [31m agent").body(Body::empty());
    answer(asked.unwrap()).await;
    answer(form("/save", "title=the+citizen's+words")).await;
    let all = lines.all();
    let http: Vec<_> = all.iter().filter(|line| line["target"] == "http").collect();
    assert_eq!(http.len(), 2);
    let fields = &http[0]["fields"];
    assert_eq!(fields["route"], "/record/{id}");
    assert_eq!(fields["method"], "GET");
    assert_eq!(fields["id"].as_str().unwrap().len(), 16);
    assert!(fields["status"].is_u64() && fields["ms"].is_u64());
    let text = format!("{all:?}");
    for never in [SESSION, "citizen", "S%C6", "Sơn", "evil", "csrf=", &web_kit::csrf::token(SESSION)] {
        assert!(!text.contains(never), "{never}");
    }
}

#[tokio::test]
async fn sec_log_07_refusals_are_security_events_with_address_and_reference() {
    let (lines, _guard) = Lines::start();
    answer(
        request("POST", "/save")
            .header("content-type", "application/x-www-form-urlencoded")
            .body("a=b".into())
            .unwrap(),
    )
    .await;
    answer(form("/save", "title=a&role=admin")).await;
    answer(request("GET", "/desk").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap()).await;
    let events: Vec<_> = lines.all().into_iter().filter(|line| line["target"] == "security").collect();
    let names: Vec<_> =
        events.iter().map(|line| line["fields"]["event"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, ["csrf_mismatch", "unexpected_field", "foreign_load"]);
    for event in &events {
        assert_eq!(event["fields"]["ip"], "203.0.113.9");
        assert_eq!(event["fields"]["port"], 5000);
        assert!(event["fields"]["id"].is_string());
    }
}

#[tokio::test]
async fn sec_err_05_a_fault_of_ours_is_logged_with_its_cause_and_the_reference_on_the_page() {
    let (lines, _guard) = Lines::start();
    let response = answer(request("GET", "/broken").body(Body::empty()).unwrap()).await;
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let all = lines.all();
    let error = all.iter().find(|line| line["level"] == "ERROR").unwrap();
    assert_eq!(error["fields"]["id"], id.as_str());
    assert!(error["fields"]["cause"].as_str().unwrap().contains("the secret inner detail"));
}

#[tokio::test]
async fn metrics_count_requests_by_route_and_never_by_address() {
    let metrics = web_kit::server::Metrics::install().unwrap();
    answer(request("GET", "/record/17").body(Body::empty()).unwrap()).await;
    let text = metrics.render();
    assert!(
        text.contains("http_requests_total{method=\"GET\",route=\"/record/{id}\",status=\"200\"} 1"),
        "{text}"
    );
    assert!(text.contains("http_request_duration_seconds_bucket"), "{text}");
    assert!(!text.contains("/record/17"));
    assert!(web_kit::server::Metrics::install().is_err());
}
