//! `serve`: the desk and the public pages, background jobs and metrics beside them, a graceful end.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use app::App;
use app::jobs::Worker;
use app::page_views::Counter;
use app::search::Keeper;
use app::security::Recorder;
use tokio::net::TcpListener;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use web_kit::limit::{self, Limiter};
use web_kit::server::{Front, Metrics, Shelf};
use web_kit::site::Hsts;

use super::{Context, Outcome, out};

/// Networks whose visits of public pages are counted at a time; about 5 MB.
const NETWORKS: usize = 50_000;
/// A background job begun before the stop gets so long to finish.
const LAST_JOB: Duration = Duration::from_secs(30);
/// An update of the search index begun before the stop gets so long.
const LAST_UPDATE: Duration = Duration::from_secs(5);
/// Views of pages counted before the stop get so long to be written down.
const LAST_VIEWS: Duration = Duration::from_secs(5);
/// Security events that wait at the stop get so long to be written.
const LAST_EVENTS: Duration = Duration::from_secs(10);

pub(super) fn run(context: &Context, app: App) -> anyhow::Result<Outcome> {
    let filter = tracing_subscriber::EnvFilter::new("info,typst=error");
    let (recorder, taker) = Recorder::start(app.clone()).map_err(|error| super::explain(&error))?;
    let lines = tracing_subscriber::fmt::layer().json().with_span_list(false).with_writer(std::io::stderr);
    tracing_subscriber::registry().with(filter).with(lines).with(taker).init();
    let worker = Worker::start(app.clone()).map_err(|error| super::explain(&error))?;
    let keeper = Keeper::start(app.clone()).map_err(|error| super::explain(&error))?;
    let counter = Counter::start(app.clone()).map_err(|error| super::explain(&error))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(serve(context, app));
    if !counter.stop(LAST_VIEWS) {
        tracing::warn!("the last views of pages were not written down");
    }
    if !keeper.stop(LAST_UPDATE) {
        tracing::warn!("the search index was left unfinished; it goes on after the next start");
    }
    if !worker.stop(LAST_JOB) {
        tracing::warn!("a background job was left unfinished; it is done again after the next start");
    }
    if !recorder.stop(LAST_EVENTS) {
        tracing::error!("the last security events stand in this log only");
    }
    served?;
    Ok(Outcome::Done)
}

/// Bytes of ready public pages kept in memory.
const READY_BYTES: u64 = 64 * 1_024 * 1_024;

async fn serve(context: &Context, app: App) -> anyhow::Result<()> {
    let settings = &context.settings;
    let site = web_kit::site::Site::new(&settings.base_url, &[], &settings.trusted_proxies)?
        .with_hsts(Hsts { days: settings.hsts_days, with_subdomains: settings.hsts_subdomains });
    let site = Arc::new(site);
    // Fonts are looked for and tested at start, so that a missing letter is told before a report is due.
    let fonts = app.fonts().map_err(|error| super::explain(&error))?;
    tracing::info!(font = fonts.family(), "fonts found");
    let metrics = match settings.metrics_listen {
        Some(address) => Some((TcpListener::bind(address).await?, Metrics::install()?)),
        None => None,
    };
    let ready = {
        let app = app.clone();
        Arc::new(move || app.database().fence().is_none())
    };
    let edition = {
        let app = app.clone();
        Arc::new(move || app.edition())
    };
    let every = Duration::from_mins(1) / settings.public_per_minute;
    let limiter = Arc::new(Limiter::new(settings.public_burst, every, NETWORKS));
    let public = limit::per_network(portal::router(app.clone()), limiter);
    let reading = portal::reading::counting(app.clone());
    let router = staff::router(&staff::State::new(app)).merge(public);
    let front = Front::over(
        router,
        web_kit::server::Settings { site, limits: web_kit::server::Limits::default(), random: fill, ready },
    )
    .with_shelf(Shelf::new(edition, READY_BYTES))
    .with_reading(reading);
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("cannot listen on {}", settings.listen))?;
    out::line(format!("Phát Ngôn: http://{}", settings.listen));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        wait_for_signal().await;
        let _ = stop.send(true);
    });
    let until = |mut stopped: tokio::sync::watch::Receiver<bool>| async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    if let Some((listener, metrics)) = metrics {
        let stopped = until(stopped.clone());
        tokio::spawn(
            async move { web_kit::server::serve_metrics(listener, metrics.router(), stopped).await },
        );
    }
    web_kit::server::serve(listener, front, until(stopped)).await?;
    Ok(())
}

async fn wait_for_signal() {
    let terminate = async {
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

fn fill(bytes: &mut [u8]) {
    use store::Random as _;
    // Without randomness no token may be made: all zeros are recognised as no token at all.
    if store::SystemRandom.fill(bytes).is_err() {
        bytes.fill(0);
    }
}
