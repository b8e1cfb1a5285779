//! Many links in one run: politely, and each hop checked.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::{Host, Url};

use crate::request::{Asking, Head, send};
use crate::{Answer, Fetched, Internet, Network, target};

/// Redirects that are followed: of a link, of a document.
const HOPS: usize = 5;
const HOPS_OF_DOCUMENT: usize = 3;
/// Hosts that are asked at the same time; each answers one request at a time.
const HOSTS: usize = 8;
/// Addresses of one name that are tried.
const TRIED: usize = 2;

/// Asks other servers.
#[derive(Clone)]
pub struct Client {
    network: Arc<dyn Network>,
    agent: String,
    /// For one request: name, connection and answer. A document may take three times as long, redirects and all.
    patience: Duration,
    /// Between two requests to one host.
    pause: Duration,
    /// For all of a run; what is not reached is left for the next.
    run: Duration,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({})", self.agent)
    }
}

impl Client {
    /// A client of the public Internet that calls itself `agent`.
    pub fn new(agent: impl Into<String>) -> Client {
        Client {
            network: Arc::new(Internet),
            agent: agent.into(),
            patience: Duration::from_secs(10),
            pause: Duration::from_millis(500),
            run: Duration::from_mins(15),
        }
    }

    /// The same on another network and with less patience: for tests.
    #[must_use]
    pub fn on(self, network: Arc<dyn Network>, patience: Duration) -> Client {
        Client { network, patience, pause: Duration::ZERO, ..self }
    }

    /// Asks for each link once. Blocks; what was not reached in time has no answer.
    ///
    /// # Errors
    /// When the system gives no thread or TLS cannot be set up.
    pub fn look(&self, links: &[String]) -> io::Result<Vec<(String, Answer)>> {
        let tls = tls()?;
        let mut hosts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for link in links {
            hosts.entry(target::host(link).unwrap_or_default()).or_default().push(link.clone());
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let answers = runtime.block_on(async {
            let until = Instant::now() + self.run;
            let places = Arc::new(Semaphore::new(HOSTS));
            let mut tasks = JoinSet::new();
            for links in hosts.into_values() {
                let (client, tls, places) = (self.clone(), Arc::clone(&tls), Arc::clone(&places));
                tasks.spawn(async move {
                    let _place = places.acquire().await;
                    let mut answers = Vec::new();
                    for link in links {
                        if Instant::now() >= until {
                            break;
                        }
                        let answer = client.ask(&link, &tls).await;
                        answers.push((link, answer));
                        sleep(client.pause).await;
                    }
                    answers
                });
            }
            tasks.join_all().await.into_iter().flatten().collect()
        });
        // A question for a name may still wait for its answer.
        runtime.shutdown_background();
        Ok(answers)
    }

    /// Fetches the document at `link`, of at most so many bytes. Blocks.
    ///
    /// # Errors
    /// When the system gives no thread or TLS cannot be set up.
    pub fn fetch(&self, link: &str, most: usize) -> io::Result<Fetched> {
        let tls = tls()?;
        let asking = Asking { method: Method::GET, hops: HOPS_OF_DOCUMENT, most: Some(most) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let fetched = runtime.block_on(async {
            match timeout(self.patience * 3, self.follow(&asking, link, &tls)).await {
                Ok(Ok(Head { document: Some(document), .. })) => document,
                Ok(Ok(head)) => Fetched::Not(Answer::Status(head.status.as_u16())),
                Ok(Err(answer)) => Fetched::Not(answer),
                Err(_) => Fetched::Not(Answer::Silent),
            }
        });
        runtime.shutdown_background();
        Ok(fetched)
    }

    /// HEAD first; GET where a server does not like that.
    async fn ask(&self, link: &str, tls: &Arc<ClientConfig>) -> Answer {
        match self.look_with(Method::HEAD, link, tls).await {
            Answer::Status(_) | Answer::Unanswered => self.look_with(Method::GET, link, tls).await,
            answer => answer,
        }
    }

    async fn look_with(&self, method: Method, link: &str, tls: &Arc<ClientConfig>) -> Answer {
        let asking = Asking { method, hops: HOPS, most: None };
        self.follow(&asking, link, tls).await.map_or_else(|answer| answer, |head| answer_of(head.status))
    }

    async fn follow(&self, asking: &Asking, link: &str, tls: &Arc<ClientConfig>) -> Result<Head, Answer> {
        let mut url = target::parse(link).ok_or(Answer::Forbidden)?;
        // The time for a document is given for all of it.
        let patience = if asking.most.is_some() { self.patience * 3 } else { self.patience };
        for _ in 0..=asking.hops {
            let head = timeout(patience, self.hop(asking, &url, tls)).await.map_err(|_| Answer::Silent)??;
            let Some(location) = head.location.as_ref().filter(|_| is_redirect(head.status)) else {
                return Ok(head);
            };
            url = match target::join(&url, location) {
                Some(next) if target::may_be_asked(&next) => next,
                Some(_) => return Err(Answer::Forbidden),
                None => return Err(Answer::Lost),
            };
        }
        Err(Answer::Lost)
    }

    /// One request. Every address of the name must be allowed; the connection goes to one of those that were checked.
    async fn hop(&self, asking: &Asking, url: &Url, tls: &Arc<ClientConfig>) -> Result<Head, Answer> {
        let addresses = self.addresses(url).await?;
        if addresses.is_empty() || !addresses.iter().all(|address| self.network.may_reach(*address)) {
            return Err(if addresses.is_empty() { Answer::Silent } else { Answer::Forbidden });
        }
        let mut last = Answer::Silent;
        for address in addresses.into_iter().take(TRIED) {
            match send(asking, url, address, (tls, &self.agent)).await {
                Err(answer @ (Answer::Silent | Answer::Unanswered)) => last = answer,
                other => return other,
            }
        }
        Err(last)
    }

    async fn addresses(&self, url: &Url) -> Result<Vec<SocketAddr>, Answer> {
        let port = url.port_or_known_default().unwrap_or_default();
        match url.host() {
            Some(Host::Ipv4(address)) => Ok(vec![SocketAddr::from((address, port))]),
            Some(Host::Ipv6(address)) => Ok(vec![SocketAddr::from((address, port))]),
            Some(Host::Domain(name)) => {
                let (network, name) = (Arc::clone(&self.network), name.to_owned());
                let found = tokio::task::spawn_blocking(move || network.addresses(&name, port)).await;
                found.map_err(|_| Answer::Silent)?.map_err(|_| Answer::Silent)
            }
            None => Err(Answer::Forbidden),
        }
    }
}

fn is_redirect(status: StatusCode) -> bool {
    [301, 302, 303, 307, 308].contains(&status.as_u16())
}

/// Of the answers that are no success only those count that say that nothing is there: many servers refuse programs.
fn answer_of(status: StatusCode) -> Answer {
    match status.as_u16() {
        status @ (404 | 410 | 500..=599) => Answer::Status(status),
        _ => Answer::Leads,
    }
}

/// TLS by the certificates the system trusts.
fn tls() -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
