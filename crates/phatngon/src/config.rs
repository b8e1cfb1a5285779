//! Settings: read once at start, from the command line, the environment and one file, checked completely. After
//! that nobody reads the environment.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

/// What `phatngon.toml` may hold. Unknown keys stop the start.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    files: Option<String>,
    listen: Option<SocketAddr>,
    metrics_listen: Option<SocketAddr>,
    base_url: Option<String>,
    trusted_proxies: Option<Vec<std::net::IpAddr>>,
    fonts: Option<Vec<PathBuf>>,
    public_burst: Option<u32>,
    public_per_minute: Option<u32>,
    hsts_days: Option<u32>,
    hsts_subdomains: Option<bool>,
}

/// The settings of one run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the installation lives.
    pub data: PathBuf,
    /// `postgres://…`, or nothing for the embedded SQLite inside `data`.
    pub database: Option<String>,
    /// `s3://…` for files, or nothing for the folder inside `data`.
    pub files: Option<String>,
    /// Where pages are served. Loopback unless said otherwise.
    pub listen: SocketAddr,
    /// Where metrics are served, apart from pages. Nothing: not served.
    pub metrics_listen: Option<SocketAddr>,
    /// How the site is reached from outside; links and the host check use it.
    pub base_url: String,
    /// Proxies whose forwarding headers are believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Extra places to look for fonts.
    pub fonts: Vec<PathBuf>,
    /// Public pages one network may ask for at once (LIM-02). Offices and schools stand behind one address.
    pub public_burst: u32,
    /// Public pages one network may ask for each minute after that.
    pub public_per_minute: u32,
    /// For how many days browsers ask only over HTTPS (OUT-04).
    pub hsts_days: u32,
    /// Whether that holds for the names below the host too.
    pub hsts_subdomains: bool,
}

/// What the command line and the environment said; wins over the file.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// `--data`, `PHATNGON_DATA`.
    pub data: Option<PathBuf>,
    /// `--database`, `PHATNGON_DATABASE_URL`.
    pub database: Option<String>,
    /// `--config`, `PHATNGON_CONFIG`.
    pub config: Option<PathBuf>,
    /// `--listen`, `PHATNGON_LISTEN`.
    pub listen: Option<SocketAddr>,
}

impl Settings {
    /// Joins what was given with the file (`--config`, else `phatngon.toml` in the data folder, else here).
    ///
    /// # Errors
    /// With every complaint about the file, or when a public address has neither HTTPS nor a declared proxy.
    pub fn read(given: Given) -> anyhow::Result<Settings> {
        let folder = given.data.clone().unwrap_or_else(|| PathBuf::from("phatngon-data"));
        let file = match &given.config {
            Some(path) => File::read(path)?,
            None => File::find(&[&folder.join("phatngon.toml"), Path::new("phatngon.toml")])?,
        };
        let listen = given.listen.or(file.listen).unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8420)));
        let settings = Settings {
            data: given.data.or(file.data).unwrap_or(folder),
            database: given.database.or(file.database),
            files: file.files,
            listen,
            metrics_listen: file.metrics_listen,
            base_url: file.base_url.unwrap_or_else(|| format!("http://{listen}")),
            trusted_proxies: file.trusted_proxies.unwrap_or_default(),
            fonts: file.fonts.unwrap_or_default(),
            public_burst: file.public_burst.unwrap_or(120),
            public_per_minute: file.public_per_minute.unwrap_or(120),
            hsts_days: file.hsts_days.unwrap_or(365),
            hsts_subdomains: file.hsts_subdomains.unwrap_or(true),
        };
        settings.check()?;
        Ok(settings)
    }

    /// Refuses a public address without a proxy that speaks HTTPS for it (CFG-02, CFG-A02).
    fn check(&self) -> anyhow::Result<()> {
        if !(self.base_url.starts_with("https://") || self.base_url.starts_with("http://")) {
            bail!("base_url = {:?}: must start with https:// or http://", self.base_url);
        }
        if self.public_burst == 0 || !(1..=60_000).contains(&self.public_per_minute) {
            bail!(
                "public_burst = {}, public_per_minute = {}: the first must be at least 1, the second 1 to 60000",
                self.public_burst,
                self.public_per_minute
            );
        }
        let declared = self.base_url.starts_with("https://") && !self.trusted_proxies.is_empty();
        if !self.listen.ip().is_loopback() && !declared {
            bail!(
                "listen = {}: an address other than loopback needs a proxy that speaks HTTPS: set base_url = \"https://…\" and trusted_proxies = [\"<address of the proxy>\"] in phatngon.toml",
                self.listen
            );
        }
        Ok(())
    }

    /// Risky choices, for `check`.
    pub fn risks(&self) -> Vec<String> {
        let mut risks = Vec::new();
        if self.base_url.starts_with("http://") && !self.listen.ip().is_loopback() {
            risks.push("pages are served without HTTPS".to_owned());
        }
        if self.metrics_listen.is_some_and(|address| !address.ip().is_loopback()) {
            risks.push("metrics are served on an address other than loopback".to_owned());
        }
        if self.base_url.starts_with("https://") && (self.hsts_days < 365 || !self.hsts_subdomains) {
            risks.push("browsers are not told to use HTTPS for a year on this host and the names below it (hsts_days, hsts_subdomains)".to_owned());
        }
        risks
    }
}

impl File {
    fn find(paths: &[&Path]) -> anyhow::Result<File> {
        paths.iter().find(|path| path.is_file()).map_or_else(|| Ok(File::default()), |path| File::read(path))
    }

    fn read(path: &Path) -> anyhow::Result<File> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is not right", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> anyhow::Result<Settings> {
        let folder = std::env::temp_dir().join(format!("phatngon-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{:x}.toml", toml.len()));
        std::fs::write(&path, toml)?;
        Settings::read(Given { config: Some(path), ..Given::default() })
    }

    #[test]
    fn an_empty_configuration_listens_on_loopback_only() {
        let settings = read("").unwrap();
        assert!(settings.listen.ip().is_loopback());
        assert_eq!(settings.base_url, "http://127.0.0.1:8420");
    }

    #[test]
    fn sec_cfg_a02_a_public_address_without_a_declared_proxy_is_refused() {
        assert!(read("listen = \"0.0.0.0:80\"").is_err());
        assert!(read("listen = \"0.0.0.0:80\"\nbase_url = \"https://xa.tinh.gov.vn\"").is_err());
        let toml = "listen = \"0.0.0.0:80\"\nbase_url = \"https://xa.tinh.gov.vn\"\ntrusted_proxies = [\"10.0.0.1\"]";
        assert!(read(toml).is_ok());
    }

    #[test]
    fn sec_cfg_a02_an_unknown_key_stops_the_start() {
        let error = format!("{:#}", read("lisen = \"127.0.0.1:1\"").unwrap_err());
        assert!(error.contains("lisen"), "{error}");
    }

    #[test]
    fn rates_of_public_pages_and_the_promise_of_https_are_settings_with_defaults() {
        let usual = read("").unwrap();
        assert_eq!((usual.public_burst, usual.public_per_minute, usual.hsts_days), (120, 120, 365));
        let own = read("public_burst = 5\npublic_per_minute = 10\nhsts_days = 30\nhsts_subdomains = false");
        let own = own.unwrap();
        assert_eq!((own.public_burst, own.public_per_minute, own.hsts_days), (5, 10, 30));
        assert!(!own.hsts_subdomains);
        assert!(read("public_burst = 0 # none").is_err());
        assert!(read("public_per_minute = 0 # never").is_err());
    }
}
