//! Sockets: accepts and counts connections, hands each to a carrier, serves metrics.

use std::future::Future;
use std::io;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::task::JoinSet;

use super::carrier::{Accepted, Carriers};
use super::connections::Connections;
use super::front::Front;
use super::limits::Limits;
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
    let carriers = Carriers::start(&front.clone().at_home(Handle::current()))?;
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
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
        carriers.hand_over(Accepted { stream: stream.into_std()?, peer, place });
    }
    drop(listener);
    if !carriers.finish().await {
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
