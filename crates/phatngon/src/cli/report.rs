//! `report`.

use std::path::PathBuf;

use app::Actor;
use app::reports::{self, Make};
use domain::period::Period;
use report::document::Citation;
use report::figures_json;
use serde_json::json;

use super::{CallError, Context, Format, Outcome, out};
use crate::wiring;

/// Figures and documents of a periodic report.
#[derive(Debug, clap::Subcommand)]
pub enum Report {
    /// Compute the figures of a period.
    Figures {
        /// 2020 (calendar year), 2020-closing (15/12 to 14/12), 2020-H1, 2020-Q3, 2020-06 or 2019-12-15..2020-12-14.
        #[arg(long)]
        period: Period,
    },
    /// Freeze the figures and write bao-cao.docx, .pdf, .html, so-lieu.xlsx, .json.
    Make(MakeArgs),
    /// Compute a so-lieu.json again from the ledger and compare.
    Verify {
        /// The file.
        file: PathBuf,
    },
}

/// What `report make` takes.
#[derive(Debug, clap::Args)]
pub struct MakeArgs {
    /// 2020 (calendar year), 2020-closing (15/12 to 14/12), 2020-H1, 2020-Q3, 2020-06 or 2019-12-15..2020-12-14.
    #[arg(long)]
    period: Period,
    /// Folder for the files; made when it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// press-speech-five-parts or nd-244-2026 (default: the one in force at the end of the period).
    #[arg(long)]
    template: Option<String>,
    /// Symbol of the letter that asked for the report.
    #[arg(long, value_name = "SYMBOL")]
    letter: Option<String>,
    /// Its date, 20/11/2020.
    #[arg(long, value_name = "DAY", requires = "letter")]
    letter_date: Option<String>,
    /// Who issued it.
    #[arg(long, value_name = "NAME", requires = "letter", default_value = "")]
    letter_issuer: String,
    /// What it is about.
    #[arg(long, value_name = "TEXT", requires = "letter", default_value = "")]
    letter_about: String,
}

impl MakeArgs {
    fn letter(&self) -> Result<Option<Citation>, CallError> {
        let Some(symbol) = &self.letter else { return Ok(None) };
        let date = match &self.letter_date {
            Some(typed) => Some(
                app::rules::read_day(typed)
                    .ok_or_else(|| CallError(format!("{typed:?} is no day; write 20/11/2020")))?,
            ),
            None => None,
        };
        Ok(Some(Citation {
            kind: "Công văn".to_owned(),
            symbol: symbol.clone(),
            date,
            issuer: self.letter_issuer.clone(),
            about: self.letter_about.clone(),
        }))
    }
}

pub(super) fn run(context: &Context, report: &Report) -> anyhow::Result<Outcome> {
    match report {
        Report::Figures { period } => figures(context, *period),
        Report::Make(args) => make(context, args),
        Report::Verify { file } => verify(context, file),
    }
}

fn figures(context: &Context, period: Period) -> anyhow::Result<Outcome> {
    let app = wiring::open_beside(&context.settings)?;
    let figures = reports::frozen_figures(&app, period).map_err(|error| super::explain(&error))?;
    if context.format == Format::Json {
        out::json(&figures_json(&figures))?;
        return Ok(Outcome::Done);
    }
    let mut rows = Vec::new();
    for figure in &figures {
        let left = if figure.left_out.is_empty() {
            String::new()
        } else {
            format!("(không tính {})", figure.left_out.len())
        };
        rows.push(vec![figure.id.clone(), figure.text(), figure.unit.clone(), left, figure.title.clone()]);
    }
    out::line(format!("Số liệu {}", period.in_words()));
    out::table(&rows);
    Ok(Outcome::Done)
}

fn make(context: &Context, args: &MakeArgs) -> anyhow::Result<Outcome> {
    let app = wiring::open(&context.settings, false)?;
    let letter = args.letter()?;
    let make = Make { period: args.period, template: args.template.clone(), letter, signer: None };
    let made = reports::make(&app, &Actor::command_line(), &make).map_err(|error| super::explain(&error))?;
    std::fs::create_dir_all(&args.out)?;
    let mut paths = Vec::new();
    for (name, bytes) in &made.files {
        let path = args.out.join(name);
        std::fs::write(&path, bytes)?;
        paths.push(path.display().to_string());
    }
    if context.format == Format::Json {
        out::json(&json!({
            "report": made.id.to_string(), "version": made.version, "digest": made.digest, "files": paths,
        }))?;
    } else {
        paths.iter().for_each(out::line);
        out::line(format!("Bộ số liệu số {}, mã {}", made.version, made.digest));
    }
    Ok(Outcome::Done)
}

fn verify(context: &Context, file: &std::path::Path) -> anyhow::Result<Outcome> {
    let text =
        std::fs::read_to_string(file).map_err(|error| CallError(format!("{}: {error}", file.display())))?;
    let app = wiring::open_beside(&context.settings)?;
    let checked = match reports::verify(&app, &text) {
        Ok(checked) => checked,
        Err(error @ app::ActionError::Refused(_)) => {
            out::note(format!("{:#}", super::explain(&error)));
            return Ok(Outcome::No);
        }
        Err(error) => return Err(super::explain(&error)),
    };
    let is_equal = checked.is_on_this_ledger && checked.differences.is_empty();
    if context.format == Format::Json {
        let differences: Vec<_> = checked
            .differences
            .iter()
            .map(|d| {
                json!({
                    "figure": d.figure, "title": d.title, "file": d.first, "ledger": d.second,
                    "only_file": d.only_first, "only_ledger": d.only_second, "changed": d.changed,
                })
            })
            .collect();
        out::json(&json!({
            "equal": is_equal, "on_this_ledger": checked.is_on_this_ledger, "digest": checked.set.digest(),
            "ledger_sequence": checked.set.ledger_sequence, "differences": differences,
        }))?;
    } else if is_equal {
        out::line(format!(
            "Khớp: {} số liệu tính lại từ nhật ký đến mục {} đều bằng số liệu trong tệp.",
            checked.set.figures.len(),
            checked.set.ledger_sequence
        ));
    } else if !checked.is_on_this_ledger {
        out::line(format!(
            "Không đối chiếu được: mốc {} ghi trong tệp không có trong nhật ký này. \
             Tệp thuộc về hệ thống khác; hãy kiểm tra ở nơi đã lập báo cáo.",
            checked.set.ledger_sequence
        ));
    } else {
        for d in &checked.differences {
            out::line(format!(
                "Khác: {} {}: tệp ghi {}, nhật ký cho {}",
                d.figure, d.title, d.first, d.second
            ));
        }
    }
    Ok(if is_equal { Outcome::Done } else { Outcome::No })
}
