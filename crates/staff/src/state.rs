//! What every page of the desk works with.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use app::App;
use tokio::sync::OnceCell;
use web_kit::form::FormKey;

/// How many forms are remembered after they were sent.
const REMEMBERED: usize = 2_000;

/// What every page of the desk works with. Cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    /// The actions.
    pub app: App,
    sent: Arc<Mutex<Sent>>,
}

/// Where each form that was sent led to, by its one-time key.
#[derive(Debug, Default)]
struct Sent {
    new: HashMap<String, Arc<OnceCell<String>>>,
    old: HashMap<String, Arc<OnceCell<String>>>,
}

impl State {
    /// The desk of this application.
    pub fn new(app: App) -> State {
        State { app, sent: Arc::default() }
    }

    /// Does `work` once for this key: a second sending of the same form, even at the same moment, gets the path the
    /// first one got (GEN-18). Work that failed may be sent again. Without a key the work is simply done.
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn once<E, F>(&self, key: Option<&FormKey>, work: F) -> Result<String, E>
    where
        F: Future<Output = Result<String, E>>,
    {
        let Some(key) = key else { return work.await };
        let cell = self.cell(key.as_str());
        cell.get_or_try_init(|| work).await.cloned()
    }

    fn cell(&self, key: &str) -> Arc<OnceCell<String>> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cell) = sent.new.get(key).or_else(|| sent.old.get(key)) {
            return Arc::clone(cell);
        }
        if sent.new.len() >= REMEMBERED / 2 {
            sent.old = std::mem::take(&mut sent.new);
        }
        let cell = Arc::<OnceCell<String>>::default();
        sent.new.insert(key.to_owned(), Arc::clone(&cell));
        cell
    }
}
