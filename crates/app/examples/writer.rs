//! Writes one record after another into an installation and prints the id of each once it is durable; `scripts/crash`
//! kills it and then asks whether every printed id is there.
//!
//!     writer DATA             writes until it is killed
//!     writer DATA FILE        checks that every id in FILE is a record; exit code 1 names the first that is not

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of a script")]

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use app::{Actor, App, Parts, SecretKey};
use domain::register::Register;
use store::{Blobs, Database, Sources, Target};

fn open(data: &str) -> Result<App, Box<dyn Error>> {
    let folder = PathBuf::from(data);
    let database = Database::open(&Target::Sqlite(folder.join("phatngon.db")), Sources::system())?;
    database.check_migrated()?;
    let random = std::sync::Arc::clone(&database.sources().random);
    Ok(App::new(Parts {
        blobs: Blobs::open(&folder.join("files").display().to_string(), &[])?,
        key: SecretKey::open(&folder.join("secret.key"), random.as_ref())?,
        folder,
        base_url: "http://127.0.0.1".to_owned(),
        font_places: Vec::new(),
        database,
    }))
}

fn write(app: &App) -> Result<(), Box<dyn Error>> {
    let actor = Actor::command_line();
    let mut out = std::io::stdout().lock();
    for number in 0_u64.. {
        // The instant keeps lines of different runs apart.
        let title = format!("Tin {number} lúc {}", app.now());
        let typed = [("posted_on", "02/03/2020"), ("title", &*title), ("supplier", "Đài Truyền thanh huyện")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()));
        let id = app::register::add(app, &actor, Register::News, &typed.into())?;
        writeln!(out, "{id}")?;
        out.flush()?;
    }
    Ok(())
}

fn check(app: &App, file: &str) -> Result<bool, Box<dyn Error>> {
    let actor = Actor::command_line();
    let text = std::fs::read_to_string(file)?;
    let mut found = 0;
    // A last line cut by the kill was never read by anybody.
    for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        let id = line.parse()?;
        if app::register::show(app, &actor, Register::News, id).is_err() {
            eprintln!("{line} was acknowledged and is not there");
            return Ok(false);
        }
        found += 1;
    }
    println!("{found}");
    Ok(true)
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [data] => write(&open(data)?)?,
        [data, file] => {
            if !check(&open(data)?, file)? {
                return Ok(ExitCode::FAILURE);
            }
        }
        _ => return Err("writer DATA [FILE]".into()),
    }
    Ok(ExitCode::SUCCESS)
}
