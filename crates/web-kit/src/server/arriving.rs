//! The body of a request as it arrives: bounded in size, in time and in slowness.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use thiserror::Error;
use tokio::time::{Instant, Sleep};

use super::limits::Limits;

/// Why the rest of a body is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BodyFault {
    /// Longer than allowed.
    #[error("the request body is too large")]
    TooLarge,
    /// Fewer bytes a second than allowed, or too long in all.
    #[error("the request body came too slowly")]
    TooSlow,
}

/// When the last byte of the request was read: the handler's time runs from there.
#[derive(Debug, Clone)]
pub struct Patience {
    origin: Instant,
    times: Arc<Times>,
}

/// Milliseconds from the origin to the last byte, and those given besides.
#[derive(Debug, Default)]
struct Times {
    last: AtomicU64,
    extra: AtomicU64,
}

impl Patience {
    pub(super) fn new(now: Instant) -> Patience {
        Patience { origin: now, times: Arc::default() }
    }

    fn touch(&self) {
        let passed = u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.times.last.store(passed, Ordering::Relaxed);
    }

    /// Gives this request so much more time, for work known to be long.
    pub fn extend(&self, more: Duration) {
        self.times.extra.fetch_add(u64::try_from(more.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// When the handler's time is over.
    pub(super) fn deadline(&self, allowed: Duration) -> Instant {
        let passed =
            self.times.last.load(Ordering::Relaxed).saturating_add(self.times.extra.load(Ordering::Relaxed));
        self.origin + Duration::from_millis(passed) + allowed
    }
}

/// A body with its limits.
pub(super) struct Arriving<B> {
    body: B,
    limits: Limits,
    patience: Patience,
    read: u64,
    waited: Duration,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl<B> Arriving<B> {
    pub(super) fn new(body: B, limits: Limits, patience: Patience) -> Arriving<B> {
        Arriving { body, limits, patience, read: 0, waited: Duration::ZERO, waiting: None }
    }

    /// How long one may wait in all for one byte more than was read.
    fn allowed_wait(&self) -> Duration {
        let by_rate = Duration::from_millis(self.read.saturating_mul(1_000) / self.limits.body_rate.max(1));
        (self.limits.body_grace + by_rate).min(self.limits.body_total)
    }

    fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let left = self.allowed_wait().saturating_sub(self.waited);
        let (_, sleep) = self.waiting.get_or_insert_with(|| {
            let now = Instant::now();
            (now, Box::pin(tokio::time::sleep_until(now + left)))
        });
        sleep.as_mut().poll(cx)
    }
}

impl<B> Body for Arriving<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
            return self.poll_too_slow(cx).map(|()| Some(Err(BodyFault::TooSlow.into())));
        };
        if let Some((since, _)) = self.waiting.take() {
            self.waited += since.elapsed();
        }
        self.patience.touch();
        let frame = match frame {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
            Some(Ok(frame)) => frame,
        };
        self.read += frame.data_ref().map_or(0, |data| data.remaining() as u64);
        if self.read > self.limits.body {
            return Poll::Ready(Some(Err(BodyFault::TooLarge.into())));
        }
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
