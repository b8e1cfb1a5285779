//! The limits of the server, with the defaults of a fresh installation (LIM-05, GEN-08).

use std::time::Duration;

/// Sizes, times and counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the first byte of a request (or the opening of the connection) to the end of its head.
    pub head: Duration,
    /// Between two requests of one connection.
    pub idle: Duration,
    /// From the end of the request to the answer.
    pub handler: Duration,
    /// A client that takes nothing of the answer for so long is cut.
    pub stalled: Duration,
    /// For so long a body may come as slowly as it likes.
    pub body_grace: Duration,
    /// After that, at least so many bytes a second, counted while the server waits.
    pub body_rate: u64,
    /// Waiting for a body, in all.
    pub body_total: Duration,
    /// Connections of one source that is not a listed proxy.
    pub per_source: usize,
    /// Connections in all.
    pub connections: usize,
    /// Requests being worked on at once; more get 503.
    pub in_flight: usize,
    /// Requests begun before the stop get so long to finish.
    pub drain: Duration,
    /// Bytes of path and query.
    pub uri: usize,
    /// Bytes of all header names and values.
    pub headers: usize,
    /// Fields of the head.
    pub header_count: usize,
    /// Bytes of any body; forms have a lower limit of their own.
    pub body: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head: Duration::from_secs(10),
            idle: Duration::from_mins(1),
            handler: Duration::from_secs(30),
            stalled: Duration::from_secs(30),
            body_grace: Duration::from_secs(10),
            body_rate: 1_024,
            body_total: Duration::from_mins(10),
            per_source: 64,
            connections: 4_096,
            in_flight: 256,
            drain: Duration::from_secs(30),
            uri: 8 * 1_024,
            headers: 16 * 1_024,
            header_count: 100,
            body: 512 * 1_024 * 1_024,
        }
    }
}
