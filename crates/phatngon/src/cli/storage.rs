//! `backup`, `restore`, `export`, `verify`, `check`.

use std::path::{Path, PathBuf};

use app::register::Query;
use app::{Actor, overseeing};
use domain::register::Register;
use serde_json::json;
use store::{Database, Sources, Target};

use super::{CallError, Context, Format, Outcome, out};
use crate::wiring;

/// Write registers in open formats, or copy the whole installation to another database.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Folder for one XLSX and one CSV per register.
    #[arg(long, value_name = "DIR", required_unless_present = "to")]
    out: Option<PathBuf>,
    /// Another, empty database: postgres://… or the data folder of a new installation.
    #[arg(long, value_name = "URL or DIR", conflicts_with = "out")]
    to: Option<String>,
}

pub(super) fn backup(context: &Context, folder: &Path) -> anyhow::Result<Outcome> {
    let app = wiring::open_beside(&context.settings)?;
    let bar = out::bar(0, "backup", context.quiet);
    let path = store::archive::create(app.database(), app.blobs(), folder, |step, done| {
        bar.set_message(step.to_owned());
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    if context.format == Format::Json {
        out::json(&json!({"file": path.display().to_string()}))?;
    } else {
        out::line(path.display().to_string());
    }
    Ok(Outcome::Done)
}

pub(super) fn restore(context: &Context, file: &Path, dry_run: bool) -> anyhow::Result<Outcome> {
    let target = wiring::target(&context.settings)?;
    let blobs = wiring::blobs(&context.settings)?;
    let manifest = store::archive::restore(file, &target, &blobs, &Sources::system(), dry_run)?;
    if !dry_run {
        // What is found may be of another state of the database; the next server makes the index anew.
        app::search::forget(&context.settings.data)?;
    }
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    if context.format == Format::Json {
        out::json(&json!({"rows": rows, "dry_run": dry_run, "migration": manifest.migration}))?;
    } else if dry_run {
        out::line(format!("Bản sao lưu tốt: {rows} dòng. Chưa thay đổi gì."));
    } else {
        out::line(format!("Đã khôi phục {rows} dòng. Mọi người phải đăng nhập lại."));
    }
    Ok(Outcome::Done)
}

pub(super) fn export(context: &Context, export: &Export) -> anyhow::Result<Outcome> {
    match (&export.out, &export.to) {
        (_, Some(to)) => transfer(context, to),
        (Some(folder), None) => registers(context, folder),
        (None, None) => Err(CallError("give --out or --to".to_owned()).into()),
    }
}

fn registers(context: &Context, folder: &Path) -> anyhow::Result<Outcome> {
    let app = wiring::open(&context.settings, false)?;
    let actor = Actor::command_line();
    std::fs::create_dir_all(folder)?;
    for register in Register::ALL {
        let query = Query::all(register);
        let xlsx =
            app::register::export_xlsx(&app, &actor, &query).map_err(|error| super::explain(&error))?;
        let csv = app::register::export_csv(&app, &actor, &query).map_err(|error| super::explain(&error))?;
        for (end, bytes) in [("xlsx", xlsx), ("csv", csv)] {
            let path = folder.join(format!("{}.{end}", register.word()));
            std::fs::write(&path, bytes)?;
            out::line(path.display().to_string());
        }
    }
    Ok(Outcome::Done)
}

fn transfer(context: &Context, to: &str) -> anyhow::Result<Outcome> {
    let from = wiring::open(&context.settings, false)?;
    let target = if to.contains("://") {
        Target::parse(to)?
    } else {
        Target::Sqlite(Path::new(to).join("phatngon.db"))
    };
    let database = Database::open(&target, Sources::system())?;
    database.migrate()?;
    let bar = out::bar(0, "export", context.quiet);
    let sums = store::archive::copy(from.database(), &database, |table, done| {
        bar.set_message(table.to_owned());
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    if let Target::Sqlite(path) = &target {
        let place = path.with_file_name("files").display().to_string();
        let blobs = store::Blobs::open(&place, &[])?;
        store::archive::copy_blobs(from.database(), from.blobs(), &blobs, |_, _| {})?;
        std::fs::copy(context.settings.data.join("secret.key"), path.with_file_name("secret.key"))?;
    } else {
        out::note("các tệp vẫn ở thư mục dữ liệu; giữ nguyên --data cùng với --database");
    }
    let rows: u64 = sums.iter().map(|table| table.rows).sum();
    out::line(format!("Đã chép {rows} dòng trong {} bảng; số lượng và mã băm từng bảng khớp.", sums.len()));
    Ok(Outcome::Done)
}

pub(super) fn verify(context: &Context) -> anyhow::Result<Outcome> {
    let app = wiring::open_beside(&context.settings)?;
    let bar = out::bar(0, "verify", context.quiet);
    let health = overseeing::verify(&app, &Actor::command_line(), &mut |done, all| {
        bar.set_length(u64::try_from(all).unwrap_or(0));
        bar.set_position(u64::try_from(done).unwrap_or(0));
    })
    .map_err(|error| super::explain(&error))?;
    bar.finish_and_clear();
    if context.format == Format::Json {
        out::json(&json!({
            "good": health.is_good(),
            "entries": health.ledger.entries,
            "hash": health.ledger.checkpoint.hash,
            "first_fault": health.first_fault(),
            "first_bad_entry": health.ledger.first_fault.as_ref().map(|fault| fault.sequence),
            "security_events": health.security.events,
            "first_bad_security_event": health.security.first_fault.map(|(sequence, _)| sequence),
            "database": health.database,
            "files": health.files,
        }))?;
    } else if let Some(fault) = health.first_fault() {
        out::line(format!("SAI: {fault}"));
    } else {
        out::line(format!(
            "Tốt: {} mục nhật ký, mốc {}; {} sự kiện an toàn thông tin; mọi dòng sổ và tệp đều khớp.",
            health.ledger.entries, health.ledger.checkpoint.hash, health.security.events
        ));
    }
    Ok(if health.is_good() { Outcome::Done } else { Outcome::No })
}

pub(super) fn check(context: &Context) -> anyhow::Result<Outcome> {
    let mut complaints: Vec<String> = context.settings.risks();
    let app = wiring::open_beside(&context.settings)?;
    match app.fonts() {
        Ok(fonts) if fonts.has_times_widths() => out::line(format!("phông chữ: {}", fonts.family())),
        Ok(fonts) => complaints.push(format!(
            "phông chữ {} không cùng độ rộng với Times New Roman: cài gói fonts-liberation2",
            fonts.family()
        )),
        Err(error) => complaints.push(format!("phông chữ: {error}")),
    }
    if let Err(error) = app::office::office(&app) {
        complaints.push(format!("cơ quan: {:#}", super::explain(&error)));
    }
    let calendar = app::rules::policy(&app).map_err(|error| super::explain(&error))?.calendar;
    let year = app.today().year();
    if calendar.is_provisional(app.today()) {
        complaints
            .push(format!("lịch làm việc năm {year} chưa được xác nhận: phatngon calendar confirm {year}"));
    }
    out::line(format!("cơ sở dữ liệu: {}", app.database().target()));
    for complaint in &complaints {
        out::line(format!("CẦN XEM: {complaint}"));
    }
    Ok(if complaints.is_empty() { Outcome::Done } else { Outcome::No })
}
