//! The commands. Each returns an error or an outcome; only [`main`] prints errors and ends the process.
//!
//! Exit codes: 0 done; 1 the answer is no (bad rows, a difference, a fault in the ledger); 2 wrong call or settings;
//! 3 something failed.

mod import;
mod index;
mod out;
mod read_file;
mod report;
mod rules;
mod serve;
mod setup;
mod storage;
mod user;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use app::ActionError;
use clap::{Parser, Subcommand, ValueEnum};
use words::Language;

use crate::config::{Given, Settings};

/// Phát Ngôn: người phát ngôn, cung cấp thông tin cho báo chí và báo cáo định kỳ của Ủy ban nhân dân.
#[derive(Debug, Parser)]
#[command(name = "phatngon", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// Where the installation lives (default ./phatngon-data).
    #[arg(long, global = true, value_name = "DIR", env = "PHATNGON_DATA")]
    data: Option<PathBuf>,
    /// PostgreSQL instead of the embedded database: postgres://user@host/name.
    #[arg(long, global = true, value_name = "URL", env = "PHATNGON_DATABASE_URL", hide_env_values = true)]
    database: Option<String>,
    /// Settings file (default phatngon.toml in the data folder, then in this folder).
    #[arg(long, global = true, value_name = "FILE", env = "PHATNGON_CONFIG")]
    config: Option<PathBuf>,
    /// For people or for programs.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// No progress bars.
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// For whom the output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the example installation (UBND huyện Kim Bảng, 2020) through the importer and serve it.
    Demo {
        /// Build it and end.
        #[arg(long)]
        no_serve: bool,
        /// Where to serve (default 127.0.0.1:8420).
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<SocketAddr>,
    },
    /// Serve the desk and the public pages.
    Serve {
        /// Where to serve (default 127.0.0.1:8420).
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<SocketAddr>,
    },
    /// Make a new installation for an office.
    Init(setup::Init),
    /// Bring the database to this program's schema.
    Migrate,
    /// Take register files (XLSX, XLS, ODS, CSV) into the registers.
    Import(import::Import),
    /// Figures and documents of a periodic report.
    #[command(subcommand)]
    Report(report::Report),
    /// Days and years of the working calendar.
    #[command(subcommand)]
    Calendar(rules::Calendar),
    /// Compute a limit and say how.
    Deadline(rules::Deadline),
    /// People and their rights.
    #[command(subcommand)]
    User(user::User),
    /// Write one verified file with everything in it.
    Backup {
        /// Folder for the file.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Bring an installation back from a backup.
    Restore {
        /// The backup.
        file: PathBuf,
        /// Check only.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write registers in open formats, or copy the whole installation to another database.
    Export(storage::Export),
    /// The search index of the public site.
    #[command(subcommand)]
    Index(index::Index),
    /// Check the ledger, every register row and every file.
    Verify,
    /// Check settings, folder, database, fonts, calendar and backups.
    Check,
    /// Read one file from outside within strict bounds: the helper that the server starts for each uploaded file.
    #[command(name = reading::process::COMMAND, hide = true)]
    ReadFile {
        /// What is asked of the file.
        question: String,
    },
}

/// What a command works with.
pub struct Context {
    settings: Settings,
    format: Format,
    quiet: bool,
}

fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let Cli { global, command } = cli;
    // The helper holds nothing and reads no settings.
    if let Command::ReadFile { question } = &command {
        return read_file::run(question);
    }
    let listen = match &command {
        Command::Demo { listen, .. } | Command::Serve { listen } => *listen,
        _ => None,
    };
    let given = Given { data: global.data, database: global.database, config: global.config, listen };
    let settings = Settings::read(given).map_err(|error| CallError(format!("{error:#}")))?;
    let context = Context { settings, format: global.format, quiet: global.quiet };
    match command {
        Command::Demo { no_serve, .. } => {
            let app = setup::demo(&context)?;
            if !context.quiet {
                setup::tell_accounts(&context)?;
            }
            if no_serve { Ok(Outcome::Done) } else { serve::run(&context, app) }
        }
        Command::Serve { .. } => {
            let app = crate::wiring::open(&context.settings, true)?;
            serve::run(&context, app)
        }
        Command::Init(args) => setup::init(&context, &args),
        Command::Migrate => setup::migrate(&context),
        Command::Import(args) => import::run(&context, &args),
        Command::Report(command) => report::run(&context, &command),
        Command::Calendar(command) => rules::calendar(&context, &command),
        Command::Deadline(args) => rules::deadline(&context, &args),
        Command::User(command) => user::run(&context, &command),
        Command::Backup { out } => storage::backup(&context, &out),
        Command::Restore { file, dry_run } => storage::restore(&context, &file, dry_run),
        Command::Export(args) => storage::export(&context, &args),
        Command::Index(index::Index::Rebuild) => index::rebuild(&context),
        Command::Verify => storage::verify(&context),
        Command::Check => storage::check(&context),
        Command::ReadFile { question } => read_file::run(&question),
    }
}

/// An action's error in words for the command line.
pub(crate) fn explain(error: &ActionError) -> anyhow::Error {
    let vi = Language::Vi;
    match error {
        ActionError::Refused(code) => anyhow::anyhow!(vi.text(&format!("refusal.{code}"))),
        ActionError::Invalid(problems) => {
            let lines: Vec<String> = problems
                .iter()
                .map(|problem| {
                    let values: Vec<(&str, &dyn std::fmt::Display)> =
                        problem.args.iter().map(|(name, value)| (*name, value as _)).collect();
                    let key = if problem.field == "file" { "import.finding" } else { "invalid" };
                    format!("{}: {}", problem.field, vi.fill(&format!("{key}.{}", problem.code), &values))
                })
                .collect();
            CallError(lines.join("\n")).into()
        }
        ActionError::Internal(error) => anyhow::anyhow!("{error:#}"),
        other => anyhow::anyhow!("{other}"),
    }
}

/// Runs the command that was called.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match run(cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::No) => ExitCode::from(1),
        Err(error) => {
            out::error(&error);
            ExitCode::from(if error.is::<CallError>() { 2 } else { 3 })
        }
    }
}

/// How a command that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done; or the answer is yes.
    Done,
    /// The answer is no: bad rows, a difference, a fault.
    No,
}

/// A wrong call or wrong settings.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CallError(pub String);
