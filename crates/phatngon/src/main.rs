//! The binary: commands, settings, wiring. Holds no business rule; each command calls `app`.

mod cli;
mod config;
mod example;
mod wiring;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
