//! One request on one connection to an address that was checked.

use std::net::SocketAddr;
use std::sync::Arc;

use http::header::{ACCEPT, CONNECTION, HOST, LOCATION, USER_AGENT};
use http::{Method, Request, StatusCode};
use http_body_util::Empty;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use url::{Position, Url};

use crate::Answer;

/// The largest head of an answer that is read.
const HEAD: usize = 32 * 1024;

/// The head of an answer: its status and where it redirects.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
}

/// Asks `url` at `address`.
pub(crate) async fn send(
    method: &Method,
    url: &Url,
    address: SocketAddr,
    (tls, agent): (&Arc<ClientConfig>, &str),
) -> Result<Head, Answer> {
    let stream = TcpStream::connect(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::ConnectionRefused | std::io::ErrorKind::ConnectionReset => Answer::Unanswered,
        _ => Answer::Silent,
    })?;
    if url.scheme() != "https" {
        return exchange(stream, method, url, agent).await;
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(host).map_err(|_| Answer::Lost)?;
    let stream = TlsConnector::from(Arc::clone(tls)).connect(name, stream).await.map_err(|error| {
        // What the other side says is wrong is a fault of TLS; a connection that ended is none.
        if error.kind() == std::io::ErrorKind::InvalidData { Answer::Untrusted } else { Answer::Unanswered }
    })?;
    exchange(stream, method, url, agent).await
}

async fn exchange<S>(stream: S, method: &Method, url: &Url, agent: &str) -> Result<Head, Answer>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let request = Request::builder()
        .method(method)
        .uri(&url[Position::BeforePath..Position::AfterQuery])
        .header(HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(USER_AGENT, agent)
        .header(ACCEPT, "*/*")
        .header(CONNECTION, "close")
        .body(Empty::<Bytes>::new())
        .map_err(|_| Answer::Lost)?;
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HEAD)
        .handshake::<_, Empty<Bytes>>(TokioIo::new(stream))
        .await
        .map_err(|_| Answer::Unanswered)?;
    let driver = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    // The body is not wanted: the connection ends here, however long it would be.
    driver.abort();
    let answer = answer.map_err(|_| Answer::Unanswered)?;
    let location = answer.headers().get(LOCATION);
    let location = location.and_then(|value| String::from_utf8(value.as_bytes().to_vec()).ok());
    Ok(Head { status: answer.status(), location })
}
