//! Carriers: one thread for each processor, each with connections of its own. A carrier reads requests, gives out ready
//! answers by itself and has every other answer made by the runtime the server was started in ([`Front::at_home`]): a
//! page that takes long holds up no other connection, and a ready one wakes no other thread.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

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
use tokio::net::TcpStream;
use tokio::runtime;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::arriving::{Arriving, Patience};
use super::connections::Place;
use super::front::Front;
use super::wire::{Flow, Leaving, Wire};
use crate::fault::Fault;

/// A connection on its way to a carrier.
pub(super) struct Accepted {
    pub(super) stream: std::net::TcpStream,
    pub(super) peer: SocketAddr,
    pub(super) place: Place,
}

/// One connection of a carrier; dropping it uncounts it.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn one(open: &Arc<AtomicUsize>) -> Counted {
        open.fetch_add(1, Ordering::Relaxed);
        Counted(Arc::clone(open))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Carrier {
    handed: mpsc::UnboundedSender<(Accepted, Counted)>,
    open: Arc<AtomicUsize>,
    /// Whether every connection ended within the drain time.
    finished: oneshot::Receiver<bool>,
}

/// All carriers of a server.
pub(super) struct Carriers(Vec<Carrier>);

impl Carriers {
    /// Starts them.
    ///
    /// # Errors
    /// When a thread or its runtime cannot be made.
    pub(super) fn start(front: &Front) -> io::Result<Carriers> {
        let count = thread::available_parallelism().map_or(1, NonZero::get);
        (0..count)
            .map(|number| Carrier::start(number, front.clone()))
            .collect::<io::Result<_>>()
            .map(Carriers)
    }

    /// Gives a connection to the carrier with the fewest.
    pub(super) fn hand_over(&self, accepted: Accepted) {
        if let Some(carrier) = self.0.iter().min_by_key(|carrier| carrier.open.load(Ordering::Relaxed)) {
            // A carrier ends only after `finish`; a connection it cannot take is closed.
            _ = carrier.handed.send((accepted, Counted::one(&carrier.open)));
        }
    }

    /// Lets begun requests finish within the drain time; `false` when some were cut.
    pub(super) async fn finish(self) -> bool {
        let waiting: Vec<_> = self.0.into_iter().map(|carrier| carrier.finished).collect();
        let mut all = true;
        for finished in waiting {
            all &= finished.await.unwrap_or(false);
        }
        all
    }
}

impl Carrier {
    fn start(number: usize, front: Front) -> io::Result<Carrier> {
        let (handed, taken) = mpsc::unbounded_channel();
        let (finishing, finished) = oneshot::channel();
        let open = Arc::default();
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name(format!("carrier-{number}")).spawn(move || {
            let all = runtime.block_on(carry(&front, taken));
            // Nobody waits any more when the server itself has ended.
            _ = finishing.send(all);
            runtime.shutdown_background();
        })?;
        Ok(Carrier { handed, open, finished })
    }
}

/// Serves what is handed over until nothing more can come, then lets begun requests finish.
async fn carry(front: &Front, mut taken: mpsc::UnboundedReceiver<(Accepted, Counted)>) -> bool {
    let (stopping, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = taken.recv() => accepted,
            _ = tasks.join_next(), if !tasks.is_empty() => continue,
        };
        let Some((Accepted { stream, peer, place }, counted)) = accepted else { break };
        let (front, stopped) = (front.clone(), stopped.clone());
        tasks.spawn(async move {
            let _counts = (place, counted);
            // A socket that cannot be watched is closed.
            if let Ok(stream) = TcpStream::from_std(stream) {
                connection(stream, peer, front, stopped).await;
            }
        });
    }
    stopping.send_replace(true);
    let finished = async { while tasks.join_next().await.is_some() {} };
    tokio::time::timeout(front.settings().limits.drain, finished).await.is_ok()
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
