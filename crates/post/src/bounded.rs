//! A connection that gives so many bytes and no more.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What a server may say while it takes one letter.
const MOST: usize = 256 * 1024;

/// A connection of which at most [`MOST`] bytes are read.
#[derive(Debug)]
pub(crate) struct Bounded<S> {
    inner: S,
    peer: SocketAddr,
    left: usize,
    one_by_one: bool,
}

impl<S> Bounded<S> {
    pub(crate) fn new(inner: S, peer: SocketAddr) -> Bounded<S> {
        Bounded { inner, peer, left: MOST, one_by_one: false }
    }

    /// The same, read byte by byte: nothing that came before TLS began can wait in a buffer and be taken for what was
    /// said inside it.
    pub(crate) fn one_by_one(self) -> Bounded<S> {
        Bounded { one_by_one: true, ..self }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let room = if self.one_by_one { 1 } else { buffer.remaining() };
        let room = room.min(self.left).min(buffer.remaining());
        if room == 0 && buffer.remaining() > 0 {
            return Poll::Ready(Err(io::Error::other("the server says too much")));
        }
        let mut part = ReadBuf::new(buffer.initialize_unfilled_to(room));
        std::task::ready!(Pin::new(&mut self.inner).poll_read(context, &mut part))?;
        let count = part.filled().len();
        buffer.advance(count);
        self.left -= count;
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin + std::fmt::Debug> AsyncTokioStream for Bounded<S> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}
