//! Puts the application together from settings: database, files, key, fonts.

use std::sync::Arc;

use anyhow::Context as _;
use app::{App, Parts, SecretKey};
use reading::process::Separate;
use store::{Blobs, Database, Sources, Target};

use crate::config::Settings;

/// Where the database is, by the settings.
///
/// # Errors
/// When the address is none.
pub fn target(settings: &Settings) -> anyhow::Result<Target> {
    match &settings.database {
        Some(url) => Ok(Target::parse(url)?),
        None => Ok(Target::Sqlite(settings.data.join("phatngon.db"))),
    }
}

/// Where the files are, by the settings.
///
/// # Errors
/// When the place cannot be used.
pub fn blobs(settings: &Settings) -> anyhow::Result<Blobs> {
    let place = match &settings.files {
        Some(place) => place.clone(),
        None => settings.data.join("files").display().to_string(),
    };
    Ok(Blobs::open(&place, &[])?)
}

/// Opens the installation of the settings. `migrate` makes or upgrades it; else it must stand at this program's schema.
///
/// # Errors
/// When there is none, it is in use, or the data is newer than the program.
pub fn open(settings: &Settings, migrate: bool) -> anyhow::Result<App> {
    if settings.database.is_none() && !migrate && !settings.data.join("phatngon.db").exists() {
        anyhow::bail!(
            "there is no installation in {}: run `phatngon init` or `phatngon demo` first",
            settings.data.display()
        );
    }
    let database = Database::open(&target(settings)?, Sources::system())?;
    if migrate {
        database.migrate()?;
    } else {
        database.check_migrated()?;
    }
    let app = put_together(settings, database)?;
    if migrate {
        // What a newer version of the program knows of the law, an older installation learns with its schema.
        app::rules::add_shipped(&app, &domain::law::Law::shipped())?;
    }
    Ok(app)
}

/// Opens the installation beside a server that may be running: reading works, writing is refused while it runs.
///
/// # Errors
/// As [`open`].
pub fn open_beside(settings: &Settings) -> anyhow::Result<App> {
    if settings.database.is_none() && !settings.data.join("phatngon.db").exists() {
        anyhow::bail!(
            "there is no installation in {}: run `phatngon init` or `phatngon demo` first",
            settings.data.display()
        );
    }
    let database = Database::open_beside(&target(settings)?, Sources::system())?;
    database.check_migrated()?;
    put_together(settings, database)
}

fn put_together(settings: &Settings, database: Database) -> anyhow::Result<App> {
    std::fs::create_dir_all(&settings.data).with_context(|| settings.data.display().to_string())?;
    let random = Arc::clone(&database.sources().random);
    let key = SecretKey::open(&settings.data.join("secret.key"), random.as_ref())?;
    // Files from outside are read by this same program in a process of its own.
    let program = std::env::current_exe().context("the program does not find itself")?;
    let app = App::new(Parts {
        blobs: blobs(settings)?,
        key,
        folder: settings.data.clone(),
        base_url: settings.base_url.clone(),
        font_places: settings.fonts.clone(),
        database,
    });
    let asking =
        outgoing::Client::new(format!("PhatNgon/{} (+{})", env!("CARGO_PKG_VERSION"), settings.base_url));
    let host = settings.base_url.split_once("://").map_or("localhost", |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or("localhost");
    let carrying = post::Client::new(host, std::time::Duration::from_mins(1));
    Ok(app
        .with_reader(Arc::new(Separate::new(program)))
        .with_prober(Arc::new(asking))
        .with_carrier(Arc::new(carrying)))
}
