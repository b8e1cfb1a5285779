//! What people can do. One function per action, named by what people do; it is the only place where a transaction is
//! opened, and the desk, the command line and the jobs all call the same one.
//!
//! Everything is synchronous and short; handlers come through [`App::run`]. Nothing slow stands inside a transaction:
//! passwords are hashed, files read and documents drawn before or after it.

pub mod absence;
pub mod account;
mod actor;
pub mod data_breach;
pub mod data_request;
pub mod documents;
pub mod duty;
mod edition;
mod error;
pub mod exchange;
pub mod figures;
pub mod file_reader;
pub mod importing;
pub mod installation;
pub mod jobs;
mod kept_file;
mod kept_line;
pub mod links;
pub mod mail;
pub mod notice;
mod numbering;
pub mod office;
pub mod open_data;
pub mod outages;
pub mod overseeing;
pub mod page_views;
pub mod press;
pub mod public;
pub mod publication;
pub mod radio;
pub mod register;
pub mod reports;
mod retention;
pub mod roll_out;
pub mod rules;
pub mod search;
mod secret;
pub mod security;
pub mod site;
pub mod uploads;
pub mod work;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use domain::time::{self, Day, Timestamp};
use store::{Blobs, Database};
use typeset::Fonts;

pub use actor::Actor;
pub use error::{ActionError, Invalid};
pub use secret::SecretKey;

/// The application: what every action needs. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    blobs: Blobs,
    key: SecretKey,
    folder: PathBuf,
    base_url: String,
    font_places: Vec<PathBuf>,
    fonts: OnceLock<Result<Arc<Fonts>, String>>,
    edition: edition::Edition,
    search: search::Place,
    views: page_views::Views,
    reader: OnceLock<Arc<dyn file_reader::FileReader>>,
    prober: OnceLock<Arc<dyn links::Prober>>,
    carrier: OnceLock<Arc<dyn mail::Carrier>>,
}

/// What an application is made of.
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The files.
    pub blobs: Blobs,
    /// The key of secrets at rest.
    pub key: SecretKey,
    /// The data folder; backups stand in it.
    pub folder: PathBuf,
    /// How the site is reached from outside; printed in documents.
    pub base_url: String,
    /// Extra places to look for fonts.
    pub font_places: Vec<PathBuf>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App({:?})", self.inner.database)
    }
}

impl App {
    /// Puts an application together.
    pub fn new(parts: Parts) -> App {
        let Parts { database, blobs, key, folder, base_url, font_places } = parts;
        let fonts = OnceLock::new();
        App {
            inner: Arc::new(Inner {
                database,
                blobs,
                key,
                folder,
                base_url,
                font_places,
                fonts,
                edition: edition::Edition::unknown(),
                search: search::Place::default(),
                views: page_views::Views::default(),
                reader: OnceLock::new(),
                prober: OnceLock::new(),
                carrier: OnceLock::new(),
            }),
        }
    }

    /// Sets who reads files from outside; only the first one counts. Without one such files are not read.
    #[must_use]
    pub fn with_reader(self, reader: Arc<dyn file_reader::FileReader>) -> App {
        let _ = self.inner.reader.set(reader);
        self
    }

    /// Sets who asks other servers for links; only the first one counts. Without one nothing is asked.
    #[must_use]
    pub fn with_prober(self, prober: Arc<dyn links::Prober>) -> App {
        let _ = self.inner.prober.set(prober);
        self
    }

    /// Sets who hands letters to a mail server; only the first one counts. Without one letters wait.
    #[must_use]
    pub fn with_carrier(self, carrier: Arc<dyn mail::Carrier>) -> App {
        let _ = self.inner.carrier.set(carrier);
        self
    }

    pub(crate) fn carrier(&self) -> Option<&dyn mail::Carrier> {
        self.inner.carrier.get().map(AsRef::as_ref)
    }

    pub(crate) fn prober(&self) -> Option<&dyn links::Prober> {
        self.inner.prober.get().map(AsRef::as_ref)
    }

    pub(crate) fn reader(&self) -> Option<&dyn file_reader::FileReader> {
        self.inner.reader.get().map(AsRef::as_ref)
    }

    /// Runs an action on a thread that may wait.
    ///
    /// # Errors
    /// Those of the action; an internal one when it panicked.
    pub async fn run<T, F>(&self, work: F) -> Result<T, ActionError>
    where
        F: FnOnce(&App) -> Result<T, ActionError> + Send + 'static,
        T: Send + 'static,
    {
        let app = self.clone();
        // What is logged there belongs to the request that asked for it.
        let span = tracing::Span::current();
        tokio::task::spawn_blocking(move || span.in_scope(|| work(&app)))
            .await
            .map_err(|error| ActionError::Internal(anyhow::Error::new(error).context("an action panicked")))?
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.inner.database.sources().clock.now()
    }

    /// Today in Vietnam.
    pub fn today(&self) -> Day {
        time::day_of(self.now())
    }

    /// How the site is reached from outside.
    pub fn base_url(&self) -> &str {
        &self.inner.base_url
    }

    /// The database.
    pub fn database(&self) -> &Database {
        &self.inner.database
    }

    /// The files.
    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// The data folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.inner.folder
    }

    /// The fonts documents are set in; found once.
    ///
    /// # Errors
    /// When no font with all Vietnamese letters is found, which the one carried inside prevents.
    pub fn fonts(&self) -> Result<Arc<Fonts>, ActionError> {
        let places = &self.inner.font_places;
        let found = self
            .inner
            .fonts
            .get_or_init(|| Fonts::find(places).map(Arc::new).map_err(|error| error.to_string()));
        found.clone().map_err(|error| ActionError::Internal(anyhow::anyhow!(error)))
    }

    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], ActionError> {
        let mut bytes = [0; N];
        self.inner.database.sources().random.fill(&mut bytes)?;
        Ok(bytes)
    }

    pub(crate) fn own_edition(&self) -> &edition::Edition {
        &self.inner.edition
    }

    pub(crate) fn key(&self) -> &SecretKey {
        &self.inner.key
    }

    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&mut store::Reader<'_>) -> Result<T, ActionError>,
    ) -> Result<T, ActionError> {
        self.inner.database.read(work)
    }

    pub(crate) fn write<T>(
        &self,
        actor: &Actor,
        work: impl FnOnce(&mut store::Tx<'_>) -> Result<T, ActionError>,
    ) -> Result<T, ActionError> {
        let done = self.inner.database.write(&store::Actor { name: actor.name.clone() }, work);
        self.inner.edition.outdate();
        done
    }
}
