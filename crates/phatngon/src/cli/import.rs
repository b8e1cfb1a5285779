//! `import`.

use std::path::{Path, PathBuf};

use app::importing::{self, FindingView, Legacy, Mode, Options, Preview};
use app::{Actor, App, installation};
use domain::register::Register;
use serde_json::json;
use words::Language;

use super::{CallError, Context, Format, Outcome, out, setup};
use crate::wiring;

/// Take register files (XLSX, XLS, ODS, CSV) into the registers.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Show what would be done; write nothing.
    #[arg(long)]
    preview: bool,
    /// Take the good rows when there are bad ones; the rest is written beside the file as …-khong-nhap.xlsx.
    #[arg(long)]
    good_rows: bool,
    /// The register of every sheet, when it is not recognised: news, questions, outgoing_documents …
    #[arg(long, value_name = "REGISTER")]
    register: Option<String>,
    /// The year of days written without one.
    #[arg(long, value_name = "YEAR")]
    year: Option<i16>,
    /// Convert text of an old encoding, after the preview offered it.
    #[arg(long, value_parser = ["tcvn3", "vni"])]
    convert_legacy: Option<String>,
}

impl Import {
    fn options(&self) -> Result<Options, CallError> {
        let register = match &self.register {
            Some(word) => Some(Register::from_word(word).ok_or_else(|| {
                let words: Vec<&str> = Register::ALL.iter().map(|register| register.word()).collect();
                CallError(format!("there is no register {word:?}; one of: {}", words.join(", ")))
            })?),
            None => None,
        };
        let convert_legacy = self.convert_legacy.as_deref().map(|word| match word {
            "vni" => Legacy::Vni,
            _ => Legacy::Tcvn3,
        });
        Ok(Options { register, year_hint: self.year, convert_legacy, ..Options::default() })
    }
}

pub(super) fn run(context: &Context, import: &Import) -> anyhow::Result<Outcome> {
    let options = import.options()?;
    let app = wiring::open(&context.settings, true)?;
    if !installation::is_made(&app).map_err(|error| super::explain(&error))? {
        // Registers come first for many offices; the name follows with `phatngon serve`, page Cơ quan.
        let nameless = setup::office("Ủy ban nhân dân", "");
        installation::make(&app, &Actor::command_line(), &nameless)
            .map_err(|error| super::explain(&error))?;
        out::note(
            "cơ quan chưa đặt tên: chạy `phatngon user add` để tạo người quản trị, đặt tên ở trang Cơ quan",
        );
    }
    let mut outcome = Outcome::Done;
    let mut results = Vec::new();
    for file in &import.files {
        let result = one(context, &app, import, &options, file);
        let (value, is_good) = match result {
            Ok(answer) => answer,
            Err(error) if import.files.len() > 1 => {
                out::note(format!("{}: {error:#}", file.display()));
                (json!({"file": file.display().to_string(), "error": format!("{error:#}")}), false)
            }
            Err(error) => return Err(error),
        };
        if !is_good {
            outcome = Outcome::No;
        }
        results.push(value);
    }
    if context.format == Format::Json {
        out::json(&results)?;
    }
    Ok(outcome)
}

fn one(
    context: &Context,
    app: &App,
    import: &Import,
    options: &Options,
    file: &Path,
) -> anyhow::Result<(serde_json::Value, bool)> {
    let actor = Actor::command_line();
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = std::fs::read(file).map_err(|error| CallError(format!("{}: {error}", file.display())))?;
    let language = Language::Vi;
    let preview = importing::preview(app, &actor, &name, bytes, options, language)
        .map_err(|error| super::explain(&error))?;
    if import.preview {
        if context.format == Format::Text {
            tell(&preview);
        }
        return Ok((preview_json(&preview), preview.bad == 0));
    }
    let mode = if import.good_rows { Mode::GoodRows } else { Mode::AllOrNothing };
    if mode == Mode::AllOrNothing && preview.rejected > 0 {
        if context.format == Format::Text {
            tell(&preview);
            out::line("Không nhập dòng nào: sửa các ô trên, hoặc thêm --good-rows để nhập các dòng đúng.");
        }
        return Ok((preview_json(&preview), false));
    }
    let bar = out::bar(preview.new + preview.duplicates + preview.rejected, &name, context.quiet);
    let outcome =
        importing::run(app, &actor, (&preview.id, &name), options, mode, &mut |done| bar.set_position(done))
            .map_err(|error| super::explain(&error))?;
    bar.finish_and_clear();
    let rest = match &outcome.rejected_file {
        Some(digest) => {
            let bytes =
                importing::rejected_file(app, &actor, digest).map_err(|error| super::explain(&error))?;
            let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let path = file.with_file_name(format!("{stem}-khong-nhap.xlsx"));
            std::fs::write(&path, bytes)?;
            Some(path.display().to_string())
        }
        None => None,
    };
    let registers: serde_json::Map<String, serde_json::Value> = outcome
        .by_register
        .iter()
        .map(|(register, (added, duplicates))| {
            (register.word().to_owned(), json!({"added": added, "duplicates": duplicates}))
        })
        .collect();
    if context.format == Format::Text {
        for (register, (added, duplicates)) in &outcome.by_register {
            let title = Language::Vi.text(&format!("register.{}.name", register.word()));
            out::line(format!("{name}: {title}: thêm {added} dòng, {duplicates} dòng đã có"));
        }
        if outcome.by_register.is_empty() {
            tell(&preview);
        } else {
            tell_doubts(&preview);
        }
        if let Some(rest) = &rest {
            out::line(format!("{} dòng không nhập được, xem {rest}", outcome.rejected));
        }
    }
    let value = json!({
        "file": name,
        "import": outcome.import.to_string(),
        "added": outcome.added,
        "duplicates": outcome.duplicates,
        "rejected": outcome.rejected,
        "rejected_file": rest,
        "registers": registers,
        "findings": preview.findings,
    });
    Ok((value, outcome.rejected == 0))
}

fn preview_json(preview: &Preview) -> serde_json::Value {
    json!({
        "file": preview.file_name,
        "sheets": preview.sheets,
        "findings": preview.findings,
        "bad": preview.bad,
        "doubts": preview.doubts,
        "rejected": preview.rejected,
        "new": preview.new,
        "duplicates": preview.duplicates,
    })
}

fn tell(preview: &Preview) {
    for sheet in &preview.sheets {
        let register = sheet.register.map_or("không nhận ra", |register| {
            Language::Vi.text(&format!("register.{}.name", register.word()))
        });
        out::line(format!(
            "{} [{}]: {register}; {} dòng đúng, {} dòng sai",
            preview.file_name, sheet.name, sheet.rows_good, sheet.rows_bad
        ));
        for column in &sheet.mapping {
            out::line(format!("  {} {:?} → {}", column.letter, column.heading, column.field));
        }
    }
    preview.findings.iter().take(50).for_each(tell_finding);
    if preview.findings.len() > 50 {
        out::line(format!("  … và {} điểm nữa (--format json để xem hết)", preview.findings.len() - 50));
    }
    out::line(format!(
        "Sẽ thêm {} dòng; {} dòng đã có; {} dòng không nhập được; {} điểm cần xem.",
        preview.new, preview.duplicates, preview.rejected, preview.doubts
    ));
}

fn tell_finding(finding: &FindingView) {
    out::line(format!(
        "  [{}] {} {}: {:?} {} {}",
        finding.severity, finding.sheet, finding.cell, finding.value, finding.message, finding.remedy
    ));
}

/// What was taken with a doubt, after the import.
fn tell_doubts(preview: &Preview) {
    const SHOWN: usize = 20;
    preview.findings.iter().filter(|finding| finding.severity == "doubt").take(SHOWN).for_each(tell_finding);
    if preview.doubts > SHOWN {
        let rest = preview.doubts - SHOWN;
        out::line(format!("  … và {rest} điểm cần xem nữa (--preview --format json để xem hết)"));
    }
}
