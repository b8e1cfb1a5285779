//! How many connections there are, in all and per source (LIM-05).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::limit::Network;

#[derive(Debug, Default)]
struct Open {
    all: usize,
    by_source: HashMap<Network, usize>,
}

/// The count of open connections.
#[derive(Debug, Clone, Default)]
pub(super) struct Connections {
    open: Arc<Mutex<Open>>,
}

/// One counted connection; dropping it uncounts it.
#[derive(Debug)]
pub(super) struct Place {
    open: Arc<Mutex<Open>>,
    source: Option<Network>,
}

impl Connections {
    /// Counts one more connection. `source` is `None` for a listed proxy, which speaks for many.
    pub(super) fn enter(&self, source: Option<Network>, most: usize, per_source: usize) -> Option<Place> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.all >= most {
            return None;
        }
        if let Some(source) = source {
            let count = open.by_source.entry(source).or_default();
            if *count >= per_source {
                return None;
            }
            *count += 1;
        }
        open.all += 1;
        Some(Place { open: Arc::clone(&self.open), source })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.all -= 1;
        if let Some(source) = self.source
            && let Some(count) = open.by_source.get_mut(&source)
        {
            *count -= 1;
            if *count == 0 {
                open.by_source.remove(&source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    #[test]
    fn places_are_given_back_and_a_proxy_has_no_limit_of_its_own() {
        let connections = Connections::default();
        let source = Some(Network::from("203.0.113.1".parse::<IpAddr>().unwrap()));
        let first = connections.enter(source, 3, 1).unwrap();
        assert!(connections.enter(source, 3, 1).is_none());
        let through = [connections.enter(None, 3, 1), connections.enter(None, 3, 1)];
        assert!(through.iter().all(Option::is_some));
        assert!(connections.enter(None, 3, 1).is_none());
        drop(first);
        assert!(connections.enter(source, 3, 1).is_some());
        assert!(connections.open.lock().unwrap().by_source.is_empty());
    }
}
