//! The example office with its public site, and people who publish.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use app::account::{self, NewPerson};
use app::file_reader::FileReader as _;
use app::publication::{self, Act, Draft};
use app::search::{self, Keeper, Query};
use app::{Actor, App, Parts, SecretKey, installation};
use axum::body::Body;
use domain::access::Role;
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::publication::workflow::Event;
use domain::publication::{Attachment, Purpose};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use store::Blobs;
use testkit::Office;
use web_kit::server::{Front, Limits, Settings, Shelf};

pub const HOST: &str = "127.0.0.1:8080";

pub struct Site {
    pub front: Front,
    pub app: App,
    pub office: Office,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Site {
    pub fn new() -> Site {
        let office = Office::on_sqlite();
        let folder = office.directory.clone();
        let app = App::new(Parts {
            database: office.db.clone(),
            blobs: Blobs::open(&folder.join("files").display().to_string(), &[]).unwrap(),
            key: SecretKey::from_bytes([7; 32]),
            folder,
            base_url: format!("http://{HOST}"),
            font_places: Vec::new(),
        });
        installation::make(&app, &Actor::command_line(), &installation::example()).unwrap();
        let settings = Settings {
            site: Arc::new(web_kit::site::Site::new(&format!("http://{HOST}"), &[], &[]).unwrap()),
            limits: Limits::default(),
            random: |bytes| bytes.fill(1),
            ready: Arc::new(|| true),
        };
        Site { front: Front::over(portal::router(app.clone()), settings), app, office }
    }

    /// As it is served: with ready answers and an index that is made.
    pub fn served() -> Site {
        let mut site = Site::new();
        let app = site.app.clone();
        let edition = Arc::new(move || app.edition());
        site.front = site.front.with_shelf(Shelf::new(edition, 1 << 24));
        site.make_index();
        site
    }

    /// Has a keeper make the index.
    pub fn make_index(&self) {
        let keeper = Keeper::start(self.app.clone()).unwrap();
        let is_made = || {
            let query = Query::new("", self.app.today());
            matches!(search::find(&self.app, &query).unwrap(), search::Answer::Found(_))
        };
        while !is_made() {
            std::thread::yield_now();
        }
        assert!(keeper.stop(std::time::Duration::from_secs(20)));
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers, "").await
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", HOST);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 50_000));
        let response = self.front.answer(peer, request).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, headers, bytes, text }
    }

    /// Sends a form with this cookie.
    pub async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("host", HOST)
            .header("origin", format!("http://{HOST}"))
            .header("cookie", cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(pairs.join("&"))).unwrap()).await
    }

    /// The person who has this role; always the same one.
    pub fn person(&self, role: Role) -> Actor {
        let people = account::people(&self.app, &Actor::command_line()).unwrap();
        let known = people.into_iter().find(|person| person.account == role.word()).map(|person| person.id);
        let id = known.unwrap_or_else(|| {
            let new = NewPerson {
                account: role.word().to_owned(),
                full_name: format!("Người {}", role.word()),
                title: "Chuyên viên".to_owned(),
                email: String::new(),
                unit: None,
                roles: vec![role],
            };
            account::add_person(&self.app, &Actor::command_line(), &new).unwrap().0
        });
        Actor::person(id, None, vec![role])
    }

    pub fn act(&self, role: Role, id: PublicationId, event: Event, act: Act) {
        let row = publication::show(&self.app, &Actor::command_line(), id).unwrap().row;
        let act = Act { shown_digest: Some(row.content.digest()), ..act };
        publication::act(&self.app, &self.person(role), (id, row.version), event, &act).unwrap();
    }

    /// Writes, approves and publishes.
    pub fn publish(&self, kind: Kind, draft: &Draft) -> PublicationId {
        let id = publication::begin(&self.app, &self.person(Role::Clerk), kind, draft).unwrap();
        self.act(Role::Clerk, id, Event::Submit, Act::default());
        self.act(Role::Leader, id, Event::Approve, Act::default());
        self.act(Role::Clerk, id, Event::Publish, Act::default());
        id
    }

    pub fn withdraw(&self, id: PublicationId, reason: &str) {
        self.act(Role::Clerk, id, Event::Withdraw, Act { note: reason.into(), ..Act::default() });
    }

    /// A stored file, as a draft has it.
    pub fn file(&self, bytes: &[u8], name: &str, media_type: &str, purpose: Purpose) -> Attachment {
        // The store of files waits; a test's own thread may not.
        let put = || self.app.blobs().put(bytes.to_vec()).unwrap();
        let digest = std::thread::scope(|scope| scope.spawn(put).join().unwrap());
        let row = store::blob::BlobRow {
            digest: digest.clone(),
            media_type: media_type.into(),
            size_bytes: i64::try_from(bytes.len()).unwrap(),
        };
        let actor = self.office.actor();
        let seconds = match app::file_reader::InProcess.read(app::file_reader::Ask::Length, bytes) {
            Ok(app::file_reader::Answer::Length(seconds)) => seconds,
            _ => None,
        };
        let keep = |tx: &mut store::Tx<'_>| {
            store::blob::register(tx, &row)?;
            if purpose == Purpose::Sound { store::recording::put(tx, &digest, seconds) } else { Ok(()) }
        };
        self.office.db.write(&actor, keep).unwrap();
        Attachment {
            digest: digest.as_str().to_owned(),
            name: name.into(),
            media_type: media_type.into(),
            size: bytes.len() as u64,
            purpose,
            text: "Mô tả".into(),
        }
    }

    /// Adds a line to a register.
    pub fn line(&self, register: domain::register::Register, fields: &[(&str, &str)]) -> PublicationId {
        let typed = fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let id = app::register::add(&self.app, &Actor::command_line(), register, &typed).unwrap();
        id.to_string().parse().unwrap()
    }

    /// Where a public item is.
    pub fn path(&self, id: PublicationId) -> String {
        let found = app::public::item(&self.app, id).unwrap().item;
        publication::public_path(Kind::from_word(&found.kind).unwrap(), &found.slug, id)
    }
}

/// The page without the words that stand in the box of the search.
pub fn without_words(page: &str) -> String {
    let box_of_search = "name=\"q\" value=\"";
    let Some(start) = page.find(box_of_search).map(|at| at + box_of_search.len()) else {
        return page.to_owned();
    };
    let end = start + page[start..].find('"').unwrap();
    format!("{}{}", &page[..start], &page[end..])
}

/// A draft of any kind without a register's own fields.
pub fn draft(title: &str) -> Draft {
    Draft {
        title: title.into(),
        summary: "Tóm tắt của bài.".into(),
        body: "Sáng nay, huyện tổ chức hội nghị.".into(),
        section: "Thời sự".into(),
        ..Draft::default()
    }
}
