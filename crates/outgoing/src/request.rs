//! One request on one connection to an address that was checked.

use std::net::SocketAddr;
use std::sync::Arc;

use http::header::{ACCEPT, CONNECTION, HOST, LOCATION, USER_AGENT};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use url::{Position, Url};

use crate::{Answer, Fetched};

/// The largest head of an answer that is read.
const HEAD: usize = 32 * 1024;

/// How a page is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    pub(crate) method: Method,
    /// Redirects that are followed.
    pub(crate) hops: usize,
    /// Bytes of the document that are read at most; none is without.
    pub(crate) most: Option<usize>,
}

/// An answer: its status, where it redirects, and the document where one was asked for.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) document: Option<Fetched>,
}

/// Asks `url` at `address`.
pub(crate) async fn send(
    asking: &Asking,
    url: &Url,
    address: SocketAddr,
    (tls, agent): (&Arc<ClientConfig>, &str),
) -> Result<Head, Answer> {
    let stream = TcpStream::connect(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::ConnectionRefused | std::io::ErrorKind::ConnectionReset => Answer::Unanswered,
        _ => Answer::Silent,
    })?;
    if url.scheme() != "https" {
        return exchange(stream, asking, url, agent).await;
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(host).map_err(|_| Answer::Lost)?;
    let stream = TlsConnector::from(Arc::clone(tls)).connect(name, stream).await.map_err(|error| {
        // What the other side says is wrong is a fault of TLS; a connection that ended is none.
        if error.kind() == std::io::ErrorKind::InvalidData { Answer::Untrusted } else { Answer::Unanswered }
    })?;
    exchange(stream, asking, url, agent).await
}

/// The connection ends with the exchange, however much of the body is left.
struct AbortOnDrop<T>(tokio::task::JoinHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange<S>(stream: S, asking: &Asking, url: &Url, agent: &str) -> Result<Head, Answer>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let request = Request::builder()
        .method(&asking.method)
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
    let _ends = AbortOnDrop(driver);
    let answer = sender.send_request(request).await.map_err(|_| Answer::Unanswered)?;
    let location = answer.headers().get(LOCATION);
    let location = location.and_then(|value| String::from_utf8(value.as_bytes().to_vec()).ok());
    let status = answer.status();
    let document = match asking.most.filter(|_| status == StatusCode::OK) {
        None => None,
        Some(most) => match Limited::new(answer.into_body(), most).collect().await {
            Ok(body) => Some(Fetched::Document(body.to_bytes().to_vec())),
            Err(error) if error.is::<LengthLimitError>() => Some(Fetched::TooLarge),
            Err(_) => return Err(Answer::Unanswered),
        },
    };
    Ok(Head { status, location, document })
}
