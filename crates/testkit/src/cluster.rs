//! The PostgreSQL of the tests: the cluster `scripts/with-postgres` started for the whole run, or one this
//! process starts for itself through the same script. Each test gets a copy of a template database.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use postgres::{Client, NoTls};
use store::{Database, Sources, Target};

/// Where the script leaves the address of its cluster.
const ADDRESS: &str = "PHATNGON_TEST_POSTGRES_URL";

/// Makes template and copies one at a time, across all test processes.
const LOCK: &str = "SELECT pg_advisory_lock(7008420002)";

/// The cluster of this process, when it started one; it ends when its standard input closes.
static OWN: Mutex<Option<Child>> = Mutex::new(None);

#[expect(clippy::disallowed_methods, reason = "tests are told their database by the script around them")]
fn address() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    URL.get_or_init(|| match std::env::var(ADDRESS) {
        Ok(url) => url,
        Err(_) => start_own(),
    })
}

/// Starts a cluster that ends with this process.
fn start_own() -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/with-postgres");
    let mut child = Command::new(script)
        .args(["sh", "-c", "echo $PHATNGON_TEST_POSTGRES_URL; cat >/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("scripts/with-postgres starts");
    let mut url = String::new();
    let output = child.stdout.take().expect("the script writes");
    BufReader::new(output).read_line(&mut url).expect("the script answers");
    let url = url.trim().to_owned();
    assert!(url.starts_with("postgres://"), "no PostgreSQL for tests: apt-get install postgresql");
    *OWN.lock().unwrap() = Some(child);
    url
}

/// A connection that holds the lock of all test processes while it lives. It works inside `postgres`.
fn locked() -> Client {
    let mut client = Client::connect(&database_url("postgres"), NoTls).unwrap();
    client.batch_execute(LOCK).unwrap();
    client
}

/// `postgres://user@host/postgres?…` → the same for another database.
fn database_url(name: &str) -> String {
    let url = address();
    let (base, options) = url.split_once('?').unwrap_or((url, ""));
    let (server, _) = base.rsplit_once('/').unwrap();
    format!("{server}/{name}?{options}")
}

/// Makes a database from the template; gives its address.
pub(crate) fn new_database(name: &str) -> String {
    let template = template();
    let mut client = locked();
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).unwrap();
    client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")).unwrap();
    database_url(name)
}

/// An empty database without our schema; gives its address.
pub fn bare_database(name: &str) -> String {
    let mut client = locked();
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).unwrap();
    client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0")).unwrap();
    database_url(name)
}

/// The migrated template, made once per cluster and per state of the migrations.
fn template() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let name = format!("template_{}", store::schema_digest());
        let mut client = locked();
        let exists = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).unwrap();
        if exists.is_none() {
            let making = format!("{name}_making");
            client.batch_execute(&format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)")).unwrap();
            client.batch_execute(&format!("CREATE DATABASE {making} TEMPLATE template0")).unwrap();
            let target = Target::Postgres(database_url(&making));
            Database::open(&target, Sources::system()).unwrap().migrate().unwrap();
            client.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}")).unwrap();
        }
        name
    })
}

/// Drops a database; a failure leaves it to the end of the cluster.
pub(crate) fn forget(name: &str) {
    if let Ok(mut client) = Client::connect(&database_url("postgres"), NoTls) {
        let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    }
}

/// Runs SQL in a database.
pub(crate) fn run(url: &str, sql: &str) {
    Client::connect(url, NoTls).unwrap().batch_execute(sql).unwrap();
}

/// Runs SQL in a SQLite file, without the checks of the program.
pub(crate) fn run_sqlite(path: &Path, sql: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
    connection.execute_batch(sql).unwrap();
}
