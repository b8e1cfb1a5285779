//! The conversation with the server.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, AsyncTokioStream, Certificate, CertificateStore, TlsParameters,
};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::bounded::Bounded;
use crate::{Failure, Letter, Security, Server};

/// Addresses of a server that are tried.
const TRIED: usize = 3;
/// Characters of what a server said that are kept.
const SAID: usize = 300;

/// Hands letters to a server.
#[derive(Debug, Clone)]
pub struct Client {
    name: String,
    patience: Duration,
}

/// What a server said, as one short line.
fn said(error: impl fmt::Display) -> String {
    let line = error.to_string().replace(|c: char| c.is_control(), " ");
    line.chars().take(SAID).collect()
}

fn unreachable(error: impl fmt::Display) -> Failure {
    Failure::Unreachable(said(error))
}

/// Of the letter itself: what the server answers to it decides.
fn of_letter(error: &Error) -> Failure {
    let why = said(error);
    if error.is_permanent() || error.is_client() {
        Failure::Refused(why)
    } else if error.is_transient() {
        Failure::Later(why)
    } else {
        Failure::Unreachable(why)
    }
}

impl Client {
    /// A client that calls itself `name`, with so long for one letter.
    pub fn new(name: impl Into<String>, patience: Duration) -> Client {
        Client { name: name.into(), patience }
    }

    /// Hands a letter over. Blocks; a letter may arrive although this failed, when the connection broke after the server
    /// had it.
    ///
    /// # Errors
    /// Why it was not handed over.
    pub fn send(&self, server: &Server, letter: &Letter) -> Result<(), Failure> {
        let (envelope, bytes) = letter.build()?;
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(unreachable)?;
        let sent = runtime
            .block_on(async { timeout(self.patience, self.hand_over(server, &envelope, &bytes)).await });
        // A question for a name may still wait for its answer.
        runtime.shutdown_background();
        sent.unwrap_or_else(|_| Err(unreachable("no answer in time")))
    }

    async fn hand_over(&self, server: &Server, envelope: &Envelope, bytes: &[u8]) -> Result<(), Failure> {
        let mut connection = self.connect(server).await?;
        if !server.account.is_empty() {
            let credentials = Credentials::new(server.account.clone(), server.password.clone());
            connection.auth(DEFAULT_MECHANISMS, &credentials).await.map_err(unreachable)?;
        }
        connection.send(envelope, bytes).await.map_err(|error| of_letter(&error))?;
        let _ = connection.quit().await;
        Ok(())
    }

    async fn connect(&self, server: &Server) -> Result<AsyncSmtpConnection, Failure> {
        let hello = ClientId::Domain(self.name.clone());
        let tcp = reach(server).await.map_err(unreachable)?;
        let peer = tcp.peer_addr().map_err(unreachable)?;
        match server.security {
            Security::Tls => {
                let name = ServerName::try_from(server.host.clone()).map_err(unreachable)?;
                let connector = TlsConnector::from(trust(&server.authority).map_err(unreachable)?);
                let tls = connector.connect(name, Bounded::new(tcp, peer)).await.map_err(unreachable)?;
                let stream: Box<dyn AsyncTokioStream> = Box::new(Bounded::new(tls, peer));
                AsyncSmtpConnection::connect_with_transport(stream, &hello).await.map_err(unreachable)
            }
            Security::StartTls => {
                let stream: Box<dyn AsyncTokioStream> = Box::new(Bounded::new(tcp, peer).one_by_one());
                let mut connection =
                    AsyncSmtpConnection::connect_with_transport(stream, &hello).await.map_err(unreachable)?;
                // Refuses a server that offers no TLS, or hides that it does.
                let tls = tls_after(server).map_err(unreachable)?;
                connection.starttls(tls, &hello).await.map_err(unreachable)?;
                Ok(connection)
            }
        }
    }
}

async fn reach(server: &Server) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the server has no address");
    for address in lookup_host((server.host.as_str(), server.port)).await?.take(TRIED) {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Whom to believe: the private authority alone where one was given.
fn trust(authority: &str) -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    if authority.is_empty() {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    } else {
        for certificate in CertificateDer::pem_slice_iter(authority.as_bytes()) {
            roots.add(certificate.map_err(io::Error::other)?).map_err(io::Error::other)?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn tls_after(server: &Server) -> Result<TlsParameters, Error> {
    let mut builder = TlsParameters::builder(server.host.clone());
    if !server.authority.is_empty() {
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(Certificate::from_pem(server.authority.as_bytes())?);
    }
    builder.build_rustls()
}

/// Whether a text holds certificates of an authority.
pub fn is_authority(pem: &str) -> bool {
    let mut found = CertificateDer::pem_slice_iter(pem.as_bytes()).peekable();
    found.peek().is_some() && trust(pem).is_ok()
}
