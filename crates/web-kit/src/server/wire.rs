//! One connection, watched byte by byte: in which phase it is and since when, so that it can be cut when it is slow,
//! and whether the head of each request is framed strictly (GEN-12).
//!
//! hyper reads heads leniently (bare line feeds, a length beside chunks). Here the first fault closes the connection
//! before hyper sees it. To see where each head begins, requests sent before the answer to the last one (pipelining,
//! which no browser and no common proxy does) are refused too.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, MissedTickBehavior};

use super::limits::Limits;

const REFUSED: &[u8] = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
const TOO_LARGE: &[u8] =
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// How often a connection is looked at.
const SHORTEST_LOOK: Duration = Duration::from_millis(5);
const LONGEST_LOOK: Duration = Duration::from_secs(1);

/// Where a connection stands.
#[derive(Debug)]
enum Phase {
    /// Waiting for the first byte of a request.
    Idle,
    /// Reading a head.
    Head,
    /// The head is read, the request being worked on; bytes after the head so far, and how many may come.
    Busy { beyond: u64, allowed: Option<u64> },
    /// The answer is out, the request not wholly read: the connection ends.
    Ending,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// What was read of a head.
    head: Vec<u8>,
    since: Instant,
    write_blocked: Option<Instant>,
}

/// What the connection's tasks share.
#[derive(Debug)]
pub(super) struct Flow {
    state: Mutex<State>,
    most: usize,
}

/// Why a head is not read.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    Framing,
    TooLarge,
}

impl Flow {
    pub(super) fn new(limits: &Limits) -> Arc<Flow> {
        let state =
            State { phase: Phase::Head, head: Vec::new(), since: Instant::now(), write_blocked: None };
        Arc::new(Flow {
            state: Mutex::new(state),
            // The request line, two headers' worth of slack for names, colons and line ends.
            most: limits.uri + limits.headers + 4 * limits.header_count + 64,
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request with `body` bytes (`None`: chunked) reached the handler. `false` when more was sent than belongs
    /// to it.
    pub(super) fn begin(&self, body: Option<u64>) -> bool {
        match &mut self.lock().phase {
            Phase::Busy { beyond, allowed } => {
                *allowed = body;
                body.is_none_or(|body| *beyond <= body)
            }
            Phase::Idle | Phase::Head | Phase::Ending => false,
        }
    }

    /// The answer is handed over whole.
    fn finished(&self) {
        let mut state = self.lock();
        state.phase = match state.phase {
            Phase::Busy { beyond, allowed: Some(allowed) } if beyond == allowed => Phase::Idle,
            _ => Phase::Ending,
        };
        state.since = Instant::now();
    }

    fn took(&self, mut bytes: &[u8]) -> Result<(), Fault> {
        let mut state = self.lock();
        if matches!(state.phase, Phase::Idle) {
            state.phase = Phase::Head;
            state.since = Instant::now();
        }
        if matches!(state.phase, Phase::Head) {
            let end = take_head(&mut state.head, bytes, self.most)?;
            let Some(end) = end else { return Ok(()) };
            check_framing(&state.head)?;
            state.head.clear();
            bytes = &bytes[end..];
            state.phase = Phase::Busy { beyond: 0, allowed: None };
        }
        if let Phase::Busy { beyond, allowed } = &mut state.phase {
            *beyond += bytes.len() as u64;
            if allowed.is_some_and(|allowed| *beyond > allowed) {
                return Err(Fault::Framing);
            }
        }
        Ok(())
    }

    fn deadline(&self, limits: &Limits) -> Option<Instant> {
        let state = self.lock();
        let read = match state.phase {
            Phase::Idle => Some(state.since + limits.idle),
            Phase::Head => Some(state.since + limits.head),
            Phase::Ending => Some(state.since + limits.stalled),
            Phase::Busy { .. } => None,
        };
        let write = state.write_blocked.map(|since| since + limits.stalled);
        [read, write].into_iter().flatten().min()
    }

    /// Ends when the client was too slow. Looks now and then instead of setting a clock for each request: a client is
    /// cut an eighth of the shortest limit late, and a second at most.
    pub(super) async fn too_slow(&self, limits: &Limits) {
        let shortest = limits.idle.min(limits.head).min(limits.stalled);
        let mut looks = tokio::time::interval((shortest / 8).clamp(SHORTEST_LOOK, LONGEST_LOOK));
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let now = looks.tick().await;
            if self.deadline(limits).is_some_and(|deadline| deadline <= now) {
                return;
            }
        }
    }

    fn wrote(&self, blocked: bool) {
        let mut state = self.lock();
        if blocked && state.write_blocked.is_none() {
            state.write_blocked = Some(Instant::now());
        } else if !blocked {
            state.write_blocked = None;
        }
    }
}

/// Adds `bytes` to `head` up to its end. Gives how many of `bytes` belonged to it when the end is reached.
fn take_head(head: &mut Vec<u8>, bytes: &[u8], most: usize) -> Result<Option<usize>, Fault> {
    let mut taken = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let (start, feed) = match line {
            [start @ .., b'\n'] => (start, true),
            start => (start, false),
        };
        // A return stands before a line feed and nowhere else, a line feed after a return and nowhere else.
        let text = match start {
            [text @ .., b'\r'] => text,
            text if feed && !(text.is_empty() && head.last() == Some(&b'\r')) => return Err(Fault::Framing),
            text => text,
        };
        let torn = head.last() == Some(&b'\r') && !start.is_empty();
        if torn || text.contains(&b'\r') {
            return Err(Fault::Framing);
        }
        head.extend_from_slice(line);
        taken += line.len();
        if head.len() > most {
            return Err(Fault::TooLarge);
        }
        if head.ends_with(b"\r\n\r\n") {
            return Ok(Some(taken));
        }
    }
    Ok(None)
}

/// One length or chunks, never both, never two; no folded lines; nothing but `chunked`.
fn check_framing(head: &[u8]) -> Result<(), Fault> {
    let (mut lengths, mut encodings) = (0, 0);
    for line in head.split(|byte| *byte == b'\n').skip(1) {
        if line.first().is_some_and(|byte| *byte == b' ' || *byte == b'\t') {
            return Err(Fault::Framing);
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            lengths += 1;
            if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
                return Err(Fault::Framing);
            }
        }
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            encodings += 1;
            if !value.eq_ignore_ascii_case(b"chunked") {
                return Err(Fault::Framing);
            }
        }
    }
    if lengths + encodings > 1 { Err(Fault::Framing) } else { Ok(()) }
}

/// The socket, watched.
pub(super) struct Wire {
    stream: TcpStream,
    flow: Arc<Flow>,
}

impl Wire {
    pub(super) const fn new(stream: TcpStream, flow: Arc<Flow>) -> Wire {
        Wire { stream, flow }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        let outcome = self.flow.took(&buffer.filled()[before..]);
        if let Err(fault) = outcome {
            let answer = if fault == Fault::TooLarge { TOO_LARGE } else { REFUSED };
            // The connection ends in any case; a client that does not read loses only the explanation.
            _ = self.stream.try_write(answer);
            tracing::info!(target: "security", event = "bad_framing", "request refused before reading it");
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, "bad framing")));
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.flow.wrote(outcome.is_pending());
        outcome
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.flow.wrote(outcome.is_pending());
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

/// The answer's body; tells the flow when hyper has all of it.
pub(super) struct Leaving<B> {
    body: B,
    flow: Option<Arc<Flow>>,
}

impl<B: http_body::Body> Leaving<B> {
    pub(super) fn new(body: B, flow: Arc<Flow>) -> Leaving<B> {
        Leaving { body, flow: Some(flow) }
    }
}

impl<B> Leaving<B> {
    fn done(&mut self) {
        if let Some(flow) = self.flow.take() {
            flow.finished();
        }
    }
}

impl<B> Drop for Leaving<B> {
    fn drop(&mut self) {
        self.done();
    }
}

impl<B: http_body::Body + Unpin> http_body::Body for Leaving<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<B::Data>, B::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if frame.is_none() || self.body.is_end_stream() {
            self.done();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Result<Option<usize>, Fault> {
        let mut head = Vec::new();
        let end = take_head(&mut head, text.as_bytes(), 1_000)?;
        if end.is_some() {
            check_framing(&head)?;
        }
        Ok(end)
    }

    #[test]
    fn a_plain_head_is_read_to_its_end_and_no_further() {
        assert_eq!(head("GET / HTTP/1.1\r\nHost: a\r\n\r\nrest"), Ok(Some(27)));
        assert_eq!(head("GET / HTTP/1.1\r\nHost: a"), Ok(None));
        assert_eq!(head("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n"), Ok(Some(38)));
    }

    #[test]
    fn sec_gen_a04_odd_framing_is_a_fault() {
        for bad in [
            "GET / HTTP/1.1\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\n\r\n",
            "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 0x5\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n",
            "GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
        ] {
            assert_eq!(head(bad), Err(Fault::Framing), "{bad:?}");
        }
        assert_eq!(head(&format!("GET /{} HTTP/1.1\r\n", "a".repeat(1_000))), Err(Fault::TooLarge));
    }
}
