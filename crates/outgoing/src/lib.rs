//! Asks other servers whether a link leads somewhere, and fetches a document a person asked for. Nothing of ours
//! is known here, nothing is kept; of a link no answer is read beyond its head, of a document so many bytes.
//!
//! What a link names is never trusted (checklist MON-01): only `http` and `https` on their ports, no credentials, every
//! address of the name must be of the public Internet, and the connection goes to the very address that was checked.
//! Each redirect is a new question with the same checks.

mod address;
mod client;
mod request;
mod target;

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};

pub use address::is_public;
pub use client::Client;
pub use target::host;

/// What became of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// A server answered and does not say that nothing is there.
    Leads,
    /// A server says that nothing is there (404, 410) or that it cannot answer (5xx).
    Status(u16),
    /// It redirects without end, or to what is no address.
    Lost,
    /// Something is there that refuses the connection or does not speak HTTP.
    Unanswered,
    /// Nothing came: no such name, no way to it, no answer in time. So it looks without a network, too.
    Silent,
    /// The certificate does not prove who answers; a browser may know more.
    Untrusted,
    /// It was not asked: it leads, perhaps by a redirect, to an address that is not of the public Internet.
    Forbidden,
}

impl Answer {
    /// Whether the link leads nowhere for a reader. What was not asked and what cannot be told is not broken.
    pub const fn is_broken(self) -> bool {
        matches!(self, Answer::Status(_) | Answer::Lost | Answer::Unanswered | Answer::Silent)
    }

    /// Whether some server was heard: there is a network.
    pub const fn is_heard(self) -> bool {
        !matches!(self, Answer::Silent | Answer::Forbidden)
    }
}

/// What became of a document that was to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// Its bytes, as the server gave them.
    Document(Vec<u8>),
    /// It has more bytes than were to be read.
    TooLarge,
    /// It is not there, cannot be reached, or may not be asked for. Every status but 200 is [`Answer::Status`].
    Not(Answer),
}

/// The network as the client sees it: a port, so that a test can stand for the Internet.
pub trait Network: Send + Sync {
    /// The addresses of a name. Blocks.
    ///
    /// # Errors
    /// When the name has none or cannot be asked for.
    fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;

    /// Whether a connection to this address may be opened.
    fn may_reach(&self, address: SocketAddr) -> bool;
}

/// The public Internet, by the resolver of the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Internet;

impl Network for Internet {
    fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        (host, port).to_socket_addrs().map(Iterator::collect)
    }

    fn may_reach(&self, address: SocketAddr) -> bool {
        target::PORTS.contains(&address.port()) && is_public(address.ip())
    }
}
