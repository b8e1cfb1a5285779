//! Takes security events up where they are logged and writes them down on a thread of its own, many at a time, so
//! that no request waits for it. What cannot be taken up is counted and noted as an event (LOG-A02); it still stands
//! in the log on standard error.

use std::fmt::{Debug, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use store::security::{NewEvent, append};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::{ActionError, Actor, App};

/// Events that may wait to be written.
const WAITING: usize = 10_000;
/// Events written in one transaction.
const BATCH: usize = 200;
/// Signs of a detail that are kept.
const SIGNS: usize = 500;

/// The thread that writes events down.
#[derive(Debug)]
pub struct Recorder {
    queue: SyncSender<Message>,
    stopped: Receiver<()>,
}

/// Takes events up from the log: a layer of its subscriber.
#[derive(Clone)]
pub struct Taker {
    app: App,
    queue: SyncSender<Message>,
    lost: Arc<AtomicU64>,
}

#[derive(Debug)]
enum Message {
    Note(NewEvent),
    Stop,
}

impl Recorder {
    /// Starts the thread; gives the layer that feeds it.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(app: App) -> Result<(Recorder, Taker), ActionError> {
        let (queue, waiting) = mpsc::sync_channel(WAITING);
        let (ended, stopped) = mpsc::channel();
        let lost = Arc::new(AtomicU64::new(0));
        let taker = Taker { app: app.clone(), queue: queue.clone(), lost: Arc::clone(&lost) };
        let work = move || {
            let _ended: mpsc::Sender<()> = ended;
            write_until_stopped(&app, &waiting, &lost);
        };
        std::thread::Builder::new()
            .name("security-log".to_owned())
            .spawn(work)
            .map_err(anyhow::Error::new)?;
        Ok((Recorder { queue, stopped }, taker))
    }

    /// Writes what waits and ends, within this time. Says whether it did.
    pub fn stop(self, patience: Duration) -> bool {
        let _ = self.queue.send(Message::Stop);
        self.stopped.recv_timeout(patience) == Err(RecvTimeoutError::Disconnected)
    }
}

fn write_until_stopped(app: &App, waiting: &Receiver<Message>, lost: &AtomicU64) {
    let mut is_running = true;
    while is_running {
        let mut batch = Vec::new();
        let mut next = waiting.recv().unwrap_or(Message::Stop);
        loop {
            match next {
                Message::Note(event) => batch.push(event),
                Message::Stop => is_running = false,
            }
            if !is_running || batch.len() >= BATCH {
                break;
            }
            let Ok(message) = waiting.try_recv() else { break };
            next = message;
        }
        let missing = lost.swap(0, Ordering::Relaxed);
        if missing > 0 {
            batch.push(NewEvent {
                at_milliseconds: app.now().as_millisecond(),
                event: "events_lost".to_owned(),
                detail: format!("count={missing}"),
                ..NewEvent::default()
            });
        }
        if let Err(error) = app.write(&Actor::system(), |tx| Ok(append(tx, &batch)?)) {
            let count = u64::try_from(batch.len()).unwrap_or(u64::MAX).max(missing);
            lost.fetch_add(count, Ordering::Relaxed);
            tracing::error!(%error, count, "security events could not be kept");
        }
    }
}

/// Where a request comes from, kept with its span.
#[derive(Debug, Clone, Default)]
struct Origin {
    request: String,
    address: String,
    port: i64,
    person: String,
}

impl Origin {
    /// Whether the field is one of these; then it is kept.
    fn take(&mut self, name: &str, value: &str) -> bool {
        match name {
            "id" => self.request = plain(value),
            "ip" => self.address = plain(value),
            "port" => self.port = value.parse().unwrap_or(0),
            "person" | "actor" => self.person = plain(value),
            _ => return false,
        }
        true
    }
}

/// The fields of an event.
#[derive(Default)]
struct Found {
    origin: Origin,
    event: String,
    detail: String,
}

fn plain(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control()).take(SIGNS).collect()
}

impl Found {
    fn take(&mut self, name: &str, value: &str) {
        if name == "event" {
            self.event = plain(value);
        } else if name != "message" && !self.origin.take(name, value) {
            let space = if self.detail.is_empty() { "" } else { " " };
            let _ = write!(self.detail, "{space}{name}={}", plain(value));
        }
    }
}

macro_rules! visit_as_text {
    ($($type:ty),+) => {$(
        impl Visit for $type {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                self.take(field.name(), &format!("{value:?}"));
            }

            fn record_str(&mut self, field: &Field, value: &str) {
                self.take(field.name(), value);
            }
        }
    )+};
}

visit_as_text!(OriginVisitor<'_>, Found);

struct OriginVisitor<'a>(&'a mut Origin);

impl OriginVisitor<'_> {
    fn take(&mut self, name: &str, value: &str) {
        self.0.take(name, value);
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Taker {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id).filter(|span| span.name() == "request") {
            let mut origin = Origin::default();
            attributes.record(&mut OriginVisitor(&mut origin));
            span.extensions_mut().insert(origin);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(origin) = span.extensions_mut().get_mut::<Origin>()
        {
            values.record(&mut OriginVisitor(origin));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != "security" {
            return;
        }
        let mut found = Found::default();
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(origin) = span.extensions().get::<Origin>() {
                found.origin = origin.clone();
            }
        }
        event.record(&mut found);
        let Found { origin, event, detail } = found;
        let note = NewEvent {
            at_milliseconds: self.app.now().as_millisecond(),
            event,
            person: origin.person,
            address: origin.address,
            port: origin.port,
            request: origin.request,
            detail: detail.chars().take(SIGNS).collect(),
        };
        if self.queue.try_send(Message::Note(note)).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}
