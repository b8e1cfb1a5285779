//! A small site behind the real front, asked through memory or through sockets.

#![expect(dead_code, reason = "each test program uses its own part")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up fails the test")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::routing::{get, post};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use web_kit::form::{Fields, Form, Path, Query, Upload};
use web_kit::page::{attachment, redirect_with_notice};
use web_kit::server::{Front, Limits, Settings, desk, serve};
use web_kit::site::Site;
use web_kit::{Fault, PageResult, Visitor, csrf};

/// The session every signed-in request of the tests shows.
pub const SESSION: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
/// The host of the tests.
pub const HOST: &str = "127.0.0.1:8080";

#[derive(Debug, Deserialize)]
struct Sample {
    title: String,
    #[serde(default)]
    count: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Filter {
    #[serde(default)]
    q: Option<String>,
    #[serde(default)]
    page: Option<u32>,
}

async fn save(visitor: Visitor, form: Form<Sample>) -> PageResult {
    tracing::info!(title_length = form.value.title.len(), count = form.value.count);
    Ok(redirect_with_notice(&visitor, "/saved", "list.empty"))
}

async fn file(upload: Upload) -> PageResult {
    let state = upload.only(&["note"])?;
    let text = format!("{} {} {}", upload.file_name, upload.bytes.len(), state.value("note"));
    Ok(axum::response::IntoResponse::into_response(text))
}

async fn fields(fields: Fields) -> Result<String, Fault> {
    Ok(fields.only(&["symbol", "issued_on"])?.value("symbol").to_owned())
}

async fn list(Query(filter): Query<Filter>) -> String {
    format!("{} {}", filter.q.unwrap_or_default(), filter.page.unwrap_or(1))
}

async fn hang() -> &'static str {
    std::future::pending::<()>().await;
    ""
}

#[derive(askama::Template)]
#[template(source = "{% extends \"public.html\" %}", ext = "html")]
struct Plain {
    chrome: web_kit::chrome::Chrome,
}

async fn plain(visitor: Visitor) -> PageResult {
    web_kit::page(
        &Plain { chrome: web_kit::chrome::Chrome::bare(&visitor, "Trang".into()) },
        web_kit::Cache::Private,
    )
}

async fn sign_in(visitor: Visitor) -> String {
    [visitor.form_token(), visitor.form_token()].join(" ")
}

async fn broken() -> &'static str {
    panic!("the secret inner detail");
}

/// The routes of the tests.
pub fn router() -> Router {
    let staff = desk(Router::new().route("/desk", get(|| async { "signed in" })));
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/save", post(save))
        .route("/button", post(|_: Form<()>| async { "done" }))
        .route("/fields", post(fields))
        .route("/file", post(file))
        .route("/list", get(list))
        .route("/record/{id}", get(|Path(id): Path<u64>| async move { id.to_string() }))
        .route("/text/{name}", get(|Path(name): Path<String>| async move { name }))
        .route("/page", get(plain))
        .route("/sign-in", get(sign_in))
        .route("/hang", get(hang))
        .route("/broken", get(broken))
        .route("/full", get(|| async { Err::<(), _>(Fault::internal("SELECT secret FROM table")) }))
        .route("/download", get(|| async { attachment("x", "application/pdf", "báo cáo.pdf") }))
        .merge(staff)
}

/// Different bytes each time, the same in each run.
fn counted(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    for chunk in bytes.chunks_mut(8) {
        let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        chunk.copy_from_slice(&number[..chunk.len()]);
    }
}

/// The front of the tests, reached at `base`.
pub fn front(base: &str, limits: Limits) -> Front {
    let site = Arc::new(Site::new(base, &[], &[]).unwrap());
    Front::new(router(), Settings { site, limits, random: counted, ready: Arc::new(|| true) })
}

/// A request as a browser on our own page sends it.
pub fn request(method: &str, path: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", HOST)
        .header("origin", format!("http://{HOST}"))
        .header("cookie", format!("pn-session={SESSION}"))
}

/// A posted form with the right token.
pub fn form(path: &str, body: &str) -> Request<Body> {
    let joint = if body.is_empty() { "" } else { "&" };
    let body = format!("csrf={}{joint}{body}", csrf::token(SESSION));
    request("POST", path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.into())
        .unwrap()
}

/// Answers through memory.
pub async fn answer(request: Request<Body>) -> Response<Body> {
    answer_of(&front("http://127.0.0.1:8080", Limits::default()), request).await
}

/// Answers of this front.
pub async fn answer_of(front: &Front, request: Request<Body>) -> Response<Body> {
    front.answer("203.0.113.9:5000".parse().unwrap(), request).await
}

/// The status of an answer.
pub async fn status(request: Request<Body>) -> StatusCode {
    answer(request).await.status()
}

/// The text of an answer.
pub async fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

/// A server on a port of its own; ends when the sender is dropped or used.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its host header.
    pub host: String,
    /// Stops it.
    pub stop: tokio::sync::oneshot::Sender<()>,
    /// Ends when it has stopped.
    pub done: tokio::task::JoinHandle<std::io::Result<()>>,
}

/// Starts a server with these limits.
pub async fn start(limits: Limits) -> Server {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let front = front(&format!("http://{address}"), limits);
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let done = tokio::spawn(serve(listener, front, async {
        // A dropped sender stops the server too.
        _ = stopped.await;
    }));
    Server { address, host: address.to_string(), stop, done }
}

impl Server {
    /// A plain request, answered over a connection of its own that ends after it.
    pub async fn get(&self, path: &str) -> String {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host);
        self.raw(request.as_bytes()).await
    }

    /// Sends bytes and reads until the server ends the connection.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        read_all(&mut stream).await
    }
}

/// All bytes until the end, also when the end is a reset.
pub async fn read_all(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return String::from_utf8_lossy(&all).into_owned(),
            Ok(count) => all.extend_from_slice(&buffer[..count]),
        }
    }
}
