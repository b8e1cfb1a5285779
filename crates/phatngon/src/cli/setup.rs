//! `demo`, `init`, `migrate`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;

use app::importing::{Mode, Options};
use app::{Actor, App, installation};
use domain::unit::UnitKind;
use words::Language;

use super::{Context, Outcome, out};
use crate::{example, wiring};

/// Make a new installation for an office.
#[derive(Debug, clap::Args)]
pub struct Init {
    /// Full name: "Ủy ban nhân dân xã Mẫu".
    #[arg(long, value_name = "NAME")]
    office: String,
    /// Place name as it stands before the date (default: from the name).
    #[arg(long, value_name = "PLACE", default_value = "")]
    place: String,
    /// The body above, for the first header line, when there is one.
    #[arg(long, value_name = "NAME")]
    parent: Option<String>,
    /// To whom reports go (*Kính gửi*); may be given several times.
    #[arg(long, value_name = "NAME")]
    addressee: Vec<String>,
    /// Account of the first administrator.
    #[arg(long, default_value = "quantri")]
    admin: String,
    /// Name of the first administrator.
    #[arg(long, default_value = "Quản trị")]
    admin_name: String,
}

fn kind_of(level: &str) -> UnitKind {
    match level {
        "tỉnh" | "thành phố" => UnitKind::Province,
        "huyện" | "thị xã" => UnitKind::District,
        "phường" => UnitKind::Ward,
        "thị trấn" => UnitKind::Town,
        "đặc khu" => UnitKind::SpecialZone,
        _ => UnitKind::Commune,
    }
}

pub(super) fn office(name: &str, place: &str) -> installation::Init {
    let names = installation::names_from(name, place);
    installation::Init {
        kind: kind_of(&names.level),
        names,
        signer: None,
        radio_names: Vec::new(),
        is_example: false,
        seeds: None,
    }
}

pub(super) fn init(context: &Context, init: &Init) -> anyhow::Result<Outcome> {
    let app = wiring::open(&context.settings, true)?;
    let mut new = office(&init.office, &init.place);
    new.names.parent = init.parent.as_ref().map(|parent| parent.to_uppercase());
    new.names.addressees.clone_from(&init.addressee);
    installation::make(&app, &Actor::command_line(), &new).map_err(|error| super::explain(&error))?;
    let invitation = installation::first_administrator(&app, &init.admin, &init.admin_name)
        .map_err(|error| super::explain(&error))?;
    out::line(format!("{} — {}", new.names.name, context.settings.data.display()));
    out::line(format!("Người quản trị đầu tiên: {}", init.admin));
    out::line(format!(
        "Đặt mật khẩu trong vòng 1 giờ tại {}{} (sau khi chạy `phatngon serve`)",
        app.base_url(),
        invitation.path
    ));
    Ok(Outcome::Done)
}

pub(super) fn migrate(context: &Context) -> anyhow::Result<Outcome> {
    let database = store::Database::open(&wiring::target(&context.settings)?, store::Sources::system())?;
    let done = database.migrate()?;
    for name in &done {
        out::line(name);
    }
    if done.is_empty() {
        out::line("nothing to do");
    }
    Ok(Outcome::Done)
}

/// Builds the example installation, through the importer, unless it is there already.
pub(super) fn demo(context: &Context) -> anyhow::Result<App> {
    let app = wiring::open(&context.settings, true)?;
    if installation::is_made(&app).map_err(|error| super::explain(&error))? {
        if !app::office::office(&app).map_err(|error| super::explain(&error))?.is_example {
            anyhow::bail!(
                "{} holds a real office; choose another folder with --data",
                context.settings.data.display()
            );
        }
        return Ok(app);
    }
    let actor = Actor::command_line();
    installation::make(&app, &actor, &installation::example()).map_err(|error| super::explain(&error))?;
    for (name, bytes) in example::REGISTERS {
        let bar = out::bar(0, name, context.quiet);
        let options = Options::default();
        let preview = app::importing::preview(&app, &actor, name, bytes.to_vec(), &options, Language::Vi)
            .map_err(|error| super::explain(&error))?;
        app::importing::run(&app, &actor, (&preview.id, name), &options, Mode::AllOrNothing, &mut |done| {
            bar.set_position(done);
        })
        .map_err(|error| super::explain(&error).context(format!("example register {name}")))?;
        bar.finish_and_clear();
    }
    let accounts = installation::example_people(&app).map_err(|error| super::explain(&error))?;
    example::broadcast(&app)
        .map_err(|error| super::explain(&error).context("example of the radio station"))?;
    example::desk(&app).map_err(|error| super::explain(&error).context("example of the press desk"))?;
    example::decisions(&app).map_err(|error| super::explain(&error).context("example of decisions"))?;
    example::texts(&app).map_err(|error| super::explain(&error).context("example of the portal"))?;
    let made =
        app::reports::make(&app, &actor, &example::report()?).map_err(|error| super::explain(&error))?;
    tracing::debug!(report = %made.id, "example report made");
    // The first of a role by its word, another one by its account too.
    let mut by_role: BTreeMap<String, &installation::ExampleAccount> = BTreeMap::new();
    for (role, account) in &accounts {
        let word = role.word().to_owned();
        let taken = by_role.contains_key(&word);
        by_role.insert(if taken { format!("{word} {}", account.account) } else { word }, account);
    }
    let path = context.settings.data.join("demo-accounts.json");
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
    file.write_all(serde_json::to_string_pretty(&by_role)?.as_bytes())?;
    Ok(app)
}

/// Says how to sign in to the example.
pub(super) fn tell_accounts(context: &Context) -> anyhow::Result<()> {
    let path = context.settings.data.join("demo-accounts.json");
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(()) };
    let accounts: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(&text)?;
    let mut rows =
        vec![vec!["Tài khoản".to_owned(), "Mật khẩu".to_owned(), "Người dùng (minh họa)".to_owned()]];
    for account in accounts.values() {
        let cell = |key: &str| account.get(key).cloned().unwrap_or_default();
        rows.push(vec![cell("account"), cell("password"), cell("full_name")]);
    }
    out::line("UBND huyện Kim Bảng, năm 2020: DỮ LIỆU MINH HỌA, không phải hồ sơ thật.");
    out::table(&rows);
    Ok(())
}
