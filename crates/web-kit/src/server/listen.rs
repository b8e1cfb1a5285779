//! Sockets: accepts, counts, watches and ends connections.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::IntoResponse;
use http::header::{CONNECTION, TRANSFER_ENCODING};
use http::{HeaderValue, Response};
use http_body::Body as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::arriving::{Arriving, Patience};
use super::connections::Connections;
use super::front::Front;
use super::limits::Limits;
use super::wire::{Flow, Leaving, Wire};
use crate::fault::Fault;
use crate::limit::Network;

const BUSY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// Serves `front` on `listener` until `stop` ends, then lets begun requests finish within the drain time.
///
/// # Errors
/// When the listener itself is broken.
pub async fn serve(listener: TcpListener, front: Front, stop: impl Future<Output = ()>) -> io::Result<()> {
    let limits = front.settings().limits;
    let connections = Connections::default();
    let (stopping, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = tasks.join_next(), if !tasks.is_empty() => continue,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                refuse_accept(&error).await?;
                continue;
            }
        };
        let ip = peer.ip().to_canonical();
        let source = (!front.settings().site.is_proxy(ip)).then(|| Network::from(ip));
        let Some(place) = connections.enter(source, limits.connections, limits.per_source) else {
            tracing::warn!(target: "security", event = "connection_limit", %ip, port = peer.port());
            _ = stream.try_write(BUSY);
            continue;
        };
        let (front, stopped) = (front.clone(), stopped.clone());
        tasks.spawn(async move {
            let _place = place;
            connection(stream, peer, front, stopped).await;
        });
    }
    drop(listener);
    stopping.send_replace(true);
    let finished = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(limits.drain, finished).await.is_err() {
        tracing::warn!("requests were cut at the end of the drain time");
    }
    Ok(())
}

/// A fault of one connection, or of too many open files, passes; any other ends the server.
async fn refuse_accept(error: &io::Error) -> io::Result<()> {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted) {
        return Ok(());
    }
    // ENFILE and EMFILE: wait for connections to end.
    if matches!(error.raw_os_error(), Some(23 | 24)) {
        tracing::error!(%error, "no connection can be accepted");
        tokio::time::sleep(Duration::from_millis(100)).await;
        return Ok(());
    }
    Err(io::Error::new(error.kind(), error.to_string()))
}

async fn connection(stream: TcpStream, peer: SocketAddr, front: Front, mut stopped: watch::Receiver<bool>) {
    let limits = front.settings().limits;
    // Without it small answers wait for the client's acknowledgement; a socket that refuses still works.
    _ = stream.set_nodelay(true);
    let flow = Flow::new(&limits);
    let wire = TokioIo::new(Wire::new(stream, flow.clone()));
    let service = {
        let flow = flow.clone();
        service_fn(move |request: http::Request<Incoming>| {
            let (front, flow) = (front.clone(), flow.clone());
            async move { Ok::<_, Infallible>(exchange(&front, flow, peer, request).await) }
        })
    };
    let mut builder = http1::Builder::new();
    builder
        .header_read_timeout(None)
        .max_headers(limits.header_count)
        .max_buf_size((limits.uri + limits.headers + 8_192).max(8_192));
    let mut serving = std::pin::pin!(builder.serve_connection(wire, service));
    let mut told = false;
    loop {
        tokio::select! {
            // A broken connection is the client's matter; what was refused is logged where it was refused.
            _ = serving.as_mut() => return,
            () = flow.too_slow(&limits) => return,
            _ = stopped.wait_for(|stop| *stop), if !told => {
                serving.as_mut().graceful_shutdown();
                told = true;
            }
        }
    }
}

async fn exchange(
    front: &Front,
    flow: std::sync::Arc<Flow>,
    peer: SocketAddr,
    request: http::Request<Incoming>,
) -> Response<Leaving<Body>> {
    let limits = front.settings().limits;
    let chunked = request.headers().contains_key(TRANSFER_ENCODING);
    let allowed = if chunked { None } else { Some(request.body().size_hint().exact().unwrap_or(0)) };
    let own = flow.begin(allowed);
    let mut response = if own {
        let (mut parts, body) = request.into_parts();
        // Where nothing is to come, nothing has to be watched.
        let body = if allowed == Some(0) {
            Body::empty()
        } else {
            let patience = Patience::new(Instant::now());
            parts.extensions.insert(patience.clone());
            Body::new(Arriving::new(body, limits, patience))
        };
        front.answer(peer, Request::from_parts(parts, body)).await
    } else {
        Fault::bad_request().into_response()
    };
    if chunked || !own {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response.map(|body| Leaving::new(body, flow))
}

/// Serves metrics: a router of its own, on a listener of its own, with short limits and no cookies.
///
/// # Errors
/// When the listener is broken.
pub async fn serve_metrics(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let head = Limits::default().head;
    let mut stop = std::pin::pin!(stop);
    let mut tasks = JoinSet::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => { refuse_accept(&error).await?; continue }
            },
            _ = tasks.join_next(), if !tasks.is_empty() => continue,
            () = &mut stop => return Ok(()),
        };
        if tasks.len() >= 16 {
            continue;
        }
        let service = hyper_util::service::TowerToHyperService::new(router.clone());
        tasks.spawn(async move {
            let serving =
                http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service);
            _ = tokio::time::timeout(head, serving).await;
        });
    }
}
