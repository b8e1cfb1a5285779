//! How often something may be done, counted per network in bounded memory (LIM-04). For limits that must survive a
//! restart the database counts instead.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use tokio::time::Instant;

use crate::fault::Fault;
use crate::visitor::Visitor;

/// Who shares one allowance: an IPv4 address, or an IPv6 network of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Network(IpAddr);

impl From<IpAddr> for Network {
    fn from(ip: IpAddr) -> Network {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Network(ip.into()),
            IpAddr::V6(ip) => Network(Ipv6Addr::from_bits(ip.to_bits() & !u128::from(u64::MAX)).into()),
        }
    }
}

/// An allowance of `burst` at once, refilled by one every `every`. Remembers at most `capacity` networks; when that
/// is reached, the older half is forgotten.
#[derive(Debug)]
pub struct Limiter {
    every: Duration,
    burst: u32,
    half: usize,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// When each network's allowance is full again.
    new: HashMap<Network, Instant>,
    old: HashMap<Network, Instant>,
}

impl Limiter {
    /// `burst` at once, then one every `every`, for at most `capacity` networks.
    pub fn new(burst: u32, every: Duration, capacity: usize) -> Limiter {
        Limiter { every, burst, half: (capacity / 2).max(1), seen: Mutex::default() }
    }

    /// Takes one from the allowance of `network`.
    ///
    /// # Errors
    /// When nothing is left: how long until there is.
    pub fn take(&self, network: Network, now: Instant) -> Result<(), Duration> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at =
            seen.new.get(&network).or_else(|| seen.old.get(&network)).copied().unwrap_or(now).max(now);
        let next = full_at + self.every;
        let allowed_until = now + self.every * self.burst;
        if next > allowed_until {
            return Err(next - allowed_until);
        }
        if seen.new.len() >= self.half && !seen.new.contains_key(&network) {
            seen.old = std::mem::take(&mut seen.new);
        }
        seen.new.insert(network, next);
        Ok(())
    }

    /// How many networks are remembered.
    pub fn len(&self) -> usize {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.new.len() + seen.old.len()
    }

    /// Whether none is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// These pages, of which each network may ask as many as `limiter` allows; more get 429 with the time to wait.
pub fn per_network(router: Router, limiter: Arc<Limiter>) -> Router {
    router.layer(middleware::from_fn(move |visitor: Visitor, request: Request, next: Next| {
        let limiter = Arc::clone(&limiter);
        async move {
            match limiter.take(visitor.client.ip.into(), Instant::now()) {
                Ok(()) => next.run(request).await,
                Err(wait) => Fault::too_often(wait.as_secs() + 1).into_response(),
            }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        text.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn a_burst_is_allowed_then_one_each_interval_and_others_are_not_harmed() {
        let limiter = Limiter::new(3, Duration::from_secs(1), 100);
        let start = Instant::now();
        let one = network("203.0.113.5");
        assert_eq!([0; 3].map(|_| limiter.take(one, start)), [Ok(()); 3]);
        assert_eq!(limiter.take(one, start), Err(Duration::from_secs(1)));
        assert_eq!(limiter.take(network("203.0.113.6"), start), Ok(()));
        let later = start + Duration::from_secs(1);
        assert_eq!(limiter.take(one, later), Ok(()));
        assert!(limiter.take(one, later).is_err());
    }

    #[test]
    fn sec_lim_a03_ipv6_counts_by_64_bits_and_a_million_networks_take_bounded_memory() {
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:10.0.0.1"), network("10.0.0.1"));
        let limiter = Limiter::new(3, Duration::from_secs(1), 1_000);
        let now = Instant::now();
        for index in 0..1_000_000_u128 {
            _ = limiter.take(Network::from(IpAddr::from(Ipv6Addr::from_bits(index << 64))), now);
        }
        assert!(limiter.len() <= 1_000);
    }
}
