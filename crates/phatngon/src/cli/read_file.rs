//! `read-file`: one uploaded file in on standard input, what it holds out on standard output.

use reading::file::Ask;

use super::{CallError, Outcome};

pub(super) fn run(question: &str) -> anyhow::Result<Outcome> {
    let ask = Ask::from_word(question).ok_or_else(|| CallError(format!("unknown question {question:?}")))?;
    reading::process::help(ask, &mut std::io::stdin().lock(), &mut std::io::stdout().lock())?;
    Ok(Outcome::Done)
}
