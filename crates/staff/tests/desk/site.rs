//! The desk of the example office behind the real front, with one signed-in person for each role.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::account::{self, SignIn, SignedIn};
use app::{Actor, App, Parts, SecretKey, installation};
use axum::body::Body;
use domain::access::Role;
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use store::Blobs;
use testkit::Office;
use web_kit::csrf;
use web_kit::server::{Front, Limits, Settings};

const HOST: &str = "127.0.0.1:8080";

/// A running desk.
pub struct Site {
    front: Front,
    tokens: BTreeMap<Role, String>,
    pub app: App,
    pub office: Office,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub kind: String,
    /// `Cache-Control`.
    pub cache: String,
    /// The key of the message the next page shows.
    pub notice: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The value of the hidden field `name`.
    pub fn hidden(&self, name: &str) -> String {
        let page = self.text();
        let (_, rest) = page
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("no {name} in {page}"));
        unescape(rest.split('"').next().unwrap())
    }
}

fn unescape(text: &str) -> String {
    ["&#34;\"", "&#39;'", "&#60;<", "&#62;>", "&#38;&"].iter().fold(text.to_owned(), |text, pair| {
        let (from, to) = pair.split_at(5);
        text.replace(from, to)
    })
}

fn random(bytes: &mut [u8]) {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    for chunk in bytes.chunks_mut(8) {
        let count = COUNT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        chunk.copy_from_slice(&count.to_le_bytes()[..chunk.len()]);
    }
}

impl Site {
    /// The example office, its registers empty.
    pub fn new() -> Site {
        Site::read_by(Arc::new(app::file_reader::InProcess))
    }

    /// The same, with files from outside read by this reader.
    pub fn read_by(reader: Arc<dyn app::file_reader::FileReader>) -> Site {
        let office = Office::on_sqlite();
        let folder: PathBuf = office.directory.clone();
        let app = App::new(Parts {
            database: office.db.clone(),
            blobs: Blobs::open(&folder.join("files").display().to_string(), &[]).unwrap(),
            key: SecretKey::from_bytes([7; 32]),
            folder,
            base_url: format!("http://{HOST}"),
            font_places: Vec::new(),
        })
        .with_reader(reader);
        installation::make(&app, &Actor::command_line(), &installation::example()).unwrap();
        let people = installation::example_people(&app).unwrap();
        let tokens = people.into_iter().map(|(role, person)| {
            let form = SignIn {
                account: person.account,
                password: person.password,
                code: None,
                network: IpAddr::V4(Ipv4Addr::LOCALHOST),
                user_agent: "test".to_owned(),
            };
            match account::sign_in(&app, &form).unwrap() {
                SignedIn::Done { token, .. } => (role, token),
                SignedIn::NeedsCode => panic!("the example has no second factors"),
            }
        });
        // Of two people with one role the first is meant.
        let tokens = tokens.collect::<Vec<_>>().into_iter().rev().collect();
        let settings = Settings {
            site: Arc::new(web_kit::site::Site::new(&format!("http://{HOST}"), &[], &[]).unwrap()),
            limits: Limits::default(),
            random,
            ready: Arc::new(|| true),
        };
        let front = Front::new(staff::router(&staff::State::new(app.clone())), settings);
        Site { front, tokens, app, office }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 50_000));
        let response = self.front.answer(peer, request).await;
        let header = |name| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        let (location, kind) = (header(http::header::LOCATION), header(http::header::CONTENT_TYPE));
        let cache = header(http::header::CACHE_CONTROL);
        let mut cookies = response.headers().get_all(http::header::SET_COOKIE).into_iter();
        let notice = cookies.find_map(|line| line.to_str().ok()?.split_once("notice="));
        let notice = notice.and_then(|(_, value)| value.split(';').next()).unwrap_or_default().to_owned();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Answer { status, location, kind, cache, notice, body }
    }

    fn request(&self, method: Method, path: &str, role: Option<Role>) -> http::request::Builder {
        let mut request = Request::builder().method(method).uri(path).header("host", HOST);
        if let Some(role) = role {
            request = request.header("cookie", format!("pn-session={}", self.tokens[&role]));
        }
        request
    }

    /// Opens a page.
    pub async fn get(&self, role: Role, path: &str) -> Answer {
        self.send(self.request(Method::GET, path, Some(role)).body(Body::empty()).unwrap()).await
    }

    /// Asks without being signed in.
    pub async fn stranger(&self, method: Method, path: &str) -> Answer {
        let origin = format!("http://{HOST}");
        let request = self.request(method, path, None).header("origin", origin);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form with the token of the page.
    pub async fn post(&self, role: Role, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = csrf::token(&self.tokens[&role]);
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.post_bare(role, path, &all).await
    }

    /// Sends a form without the token.
    pub async fn post_bare(&self, role: Role, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = staff::link::encode;
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = self
            .request(Method::POST, path, Some(role))
            .header("origin", format!("http://{HOST}"))
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(pairs.join("&"))).unwrap()).await
    }

    /// Sends a file.
    pub async fn upload(&self, role: Role, path: &str, name: &str, bytes: &[u8]) -> Answer {
        self.upload_with(role, path, &[], (name, bytes)).await
    }

    /// Sends a file with other fields.
    pub async fn upload_with(
        &self,
        role: Role,
        path: &str,
        fields: &[(&str, &str)],
        (name, bytes): (&str, &[u8]),
    ) -> Answer {
        let token = csrf::token(&self.tokens[&role]);
        let text = |(name, value): &(&str, &str)| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let fields: String = [("csrf", &*token)].iter().chain(fields).map(text).collect();
        let mut body = format!(
            "{fields}--x\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request = self
            .request(Method::POST, path, Some(role))
            .header("origin", format!("http://{HOST}"))
            .header("content-type", "multipart/form-data; boundary=x");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends several files at once.
    pub async fn upload_many(&self, role: Role, path: &str, files: &[(&str, &[u8])]) -> Answer {
        let token = csrf::token(&self.tokens[&role]);
        let mut body =
            format!("--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n").into_bytes();
        for (name, bytes) in files {
            let head = format!(
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--x--\r\n");
        let request = self
            .request(Method::POST, path, Some(role))
            .header("origin", format!("http://{HOST}"))
            .header("content-type", "multipart/form-data; boundary=x");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Imports a file as the clerk would, through the pages.
    pub async fn import(&self, name: &str, bytes: &[u8], action: &str) -> Answer {
        let sent = self.upload(Role::Clerk, "/import", name, bytes).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let preview = self.get(Role::Clerk, &sent.location).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
        let mut fields = choices(&preview);
        fields.push(("action".to_owned(), action.to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let path = sent.location.split('?').next().unwrap();
        self.post(Role::Clerk, path, &fields).await
    }
}

/// Every field of the form of a preview with the value it shows, as a browser would send them.
pub fn choices(preview: &Answer) -> Vec<(String, String)> {
    let mut fields = vec![("form_key".to_owned(), preview.hidden("form_key"))];
    for name in ["name", "seen"] {
        fields.push((name.to_owned(), preview.hidden(name)));
    }
    let page = preview.text();
    for index in 0.. {
        if !page.contains(&format!("name=\"g{index}-sheets\"")) {
            break;
        }
        let sheets = format!("g{index}-sheets");
        fields.push((sheets.clone(), preview.hidden(&sheets)));
    }
    let seen: BTreeMap<String, String> = serde_json::from_str(&preview.hidden("seen")).unwrap();
    fields.extend(seen);
    fields
}
