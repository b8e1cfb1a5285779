//! Counts and durations of requests, for Prometheus, on a listener of their own (CFG-07).

use std::sync::OnceLock;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use thiserror::Error;

/// Everything the process counts.
#[derive(Debug, Clone)]
pub struct Metrics(PrometheusHandle);

/// Why metrics cannot be counted.
#[derive(Debug, Error)]
pub enum MetricsError {
    /// The recorder could not be made.
    #[error("metrics cannot be set up: {0}")]
    Build(#[from] BuildError),
    /// Some other recorder is installed already.
    #[error("metrics are already counted elsewhere in this process")]
    Installed,
}

impl Metrics {
    /// Starts counting. Once in a process.
    ///
    /// # Errors
    /// When it was called before.
    pub fn install() -> Result<Metrics, MetricsError> {
        let seconds = Matcher::Suffix("_seconds".to_owned());
        let buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
        let recorder = PrometheusBuilder::new().set_buckets_for_metric(seconds, &buckets)?.build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).map_err(|_| MetricsError::Installed)?;
        Ok(Metrics(handle))
    }

    /// All values in Prometheus' text form.
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }

    /// The router of the metrics listener.
    pub fn router(self) -> Router {
        Router::new().route("/metrics", get(move || std::future::ready(self.render())))
    }
}

const REQUESTS: &str = "http_requests_total";
const SECONDS: &str = "http_request_duration_seconds";

pub(super) fn count(method: &http::Method, route: &str, status: http::StatusCode, took: Duration) {
    let labels = [
        ("method", method.as_str().to_owned()),
        ("route", route.to_owned()),
        ("status", status.as_str().to_owned()),
    ];
    metrics::counter!(REQUESTS, &labels).increment(1);
    metrics::histogram!(SECONDS, &labels[..2]).record(took.as_secs_f64());
}

/// What metrics call the route of an answer that was ready.
const READY: &str = "ready";

/// Counts an answer that was ready. The usual one, a page read for the first time, is counted without looking its
/// counters up by name.
pub(super) fn count_ready(method: &http::Method, status: http::StatusCode, took: Duration) {
    static USUAL: OnceLock<(Counter, Histogram)> = OnceLock::new();
    if method != http::Method::GET || status != http::StatusCode::OK {
        return count(method, READY, status, took);
    }
    let (requests, seconds) = USUAL.get_or_init(|| {
        (
            metrics::counter!(REQUESTS, "method" => "GET", "route" => READY, "status" => "200"),
            metrics::histogram!(SECONDS, "method" => "GET", "route" => READY),
        )
    });
    requests.increment(1);
    seconds.record(took.as_secs_f64());
}
