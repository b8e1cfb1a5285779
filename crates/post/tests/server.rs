//! Letters against a mail server of the test, good and hostile, over real TLS.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use post::{Client, Failure, Letter, Security, Server};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Good,
    /// Says this to the recipient.
    ToRecipient(&'static str),
    /// Offers no STARTTLS.
    Stripped,
    /// Puts replies behind the one to STARTTLS, before TLS begins.
    Injecting,
    /// Never ends its first line.
    Endless,
    /// Says nothing.
    Silent,
    /// Does not know the account.
    WrongPassword,
}

#[derive(Debug, Default, Clone)]
struct Heard {
    in_clear: Vec<String>,
    in_tls: Vec<String>,
}

struct Standing {
    server: Server,
    heard: Arc<Mutex<Heard>>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Drop for Standing {
    fn drop(&mut self) {
        self.runtime.take().unwrap().shutdown_background();
    }
}

fn stand(security: Security, manner: Manner) -> Standing {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let tls = TlsAcceptor::from(Arc::new(config));
    let heard = Arc::new(Mutex::new(Heard::default()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let port = listener.local_addr().unwrap().port();
    let hearing = Arc::clone(&heard);
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (tls, hearing) = (tls.clone(), Arc::clone(&hearing));
            tokio::spawn(async move {
                let _ = serve(stream, tls, security, manner, &hearing).await;
            });
        }
    });
    let server = Server {
        host: "localhost".to_owned(),
        port,
        security,
        account: "phatngon".to_owned(),
        password: "mật khẩu dài".to_owned(),
        authority: cert.pem(),
    };
    Standing { server, heard, runtime: Some(runtime) }
}

async fn serve(
    mut stream: TcpStream,
    tls: TlsAcceptor,
    security: Security,
    manner: Manner,
    heard: &Mutex<Heard>,
) -> std::io::Result<()> {
    match security {
        Security::Tls => {
            let stream = tls.accept(stream).await?;
            talk(stream, manner, true, |line| heard.lock().unwrap().in_tls.push(line)).await?;
        }
        Security::StartTls => {
            let clear = |line| heard.lock().unwrap().in_clear.push(line);
            if talk(&mut stream, manner, false, clear).await? {
                let stream = tls.accept(stream).await?;
                converse(stream, manner, true, |line| heard.lock().unwrap().in_tls.push(line)).await?;
            }
        }
    }
    Ok(())
}

/// Greets and converses. Says whether TLS was asked for.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    manner: Manner,
    is_safe: bool,
    hear: impl Fn(String),
) -> std::io::Result<bool> {
    match manner {
        Manner::Silent => {
            tokio::time::sleep(Duration::from_mins(1)).await;
            return Ok(false);
        }
        Manner::Endless => loop {
            stream.write_all(&[b'2'; 8192]).await?;
        },
        _ => stream.write_all(b"220 mail.test\r\n").await?,
    }
    converse(stream, manner, is_safe, hear).await
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    manner: Manner,
    is_safe: bool,
    hear: impl Fn(String),
) -> std::io::Result<bool> {
    let mut stream = BufReader::new(stream);
    let mut in_data = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(false);
        }
        hear(line.trim_end().to_owned());
        if in_data {
            if line.trim_end() == "." {
                in_data = false;
                stream.write_all(b"250 taken\r\n").await?;
            }
            continue;
        }
        let offers_tls = !is_safe && manner != Manner::Stripped;
        let word = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let reply = match (word.as_str(), manner) {
            ("EHLO", _) if offers_tls => "250-mail.test\r\n250 STARTTLS\r\n",
            ("EHLO", _) => "250-mail.test\r\n250 AUTH PLAIN\r\n",
            ("STARTTLS", Manner::Injecting) => {
                stream.write_all(b"220 go\r\n250-mail.test\r\n250 AUTH PLAIN\r\n235 in\r\n").await?;
                return Ok(true);
            }
            ("STARTTLS", _) => {
                stream.write_all(b"220 go\r\n").await?;
                return Ok(true);
            }
            ("AUTH", Manner::WrongPassword) => "535 no\r\n",
            ("AUTH", _) => "235 in\r\n",
            ("RCPT", Manner::ToRecipient(reply)) => reply,
            ("DATA", _) => {
                in_data = true;
                "354 go on\r\n"
            }
            ("QUIT", _) => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(false);
            }
            _ => "250 well\r\n",
        };
        stream.write_all(reply.as_bytes()).await?;
    }
}

fn letter() -> Letter {
    Letter {
        message_id: "m1@kimbang.example".to_owned(),
        date: SystemTime::UNIX_EPOCH,
        from_name: "UBND huyện Kim Bảng".to_owned(),
        from: "phatngon@kimbang.example".to_owned(),
        to: "an@kimbang.example".to_owned(),
        subject: "Việc đến hạn ngày 24/11/2026".to_owned(),
        text: "Kính gửi Anh/Chị\n.\nhết\n".to_owned(),
    }
}

fn send(standing: &Standing) -> Result<(), Failure> {
    Client::new("kimbang.example", Duration::from_secs(5)).send(&standing.server, &letter())
}

#[test]
fn a_letter_is_handed_over_inside_tls_both_ways() {
    for security in Security::ALL {
        let standing = stand(security, Manner::Good);
        send(&standing).unwrap();
        let heard = standing.heard.lock().unwrap().clone();
        assert!(heard.in_tls.iter().any(|line| line == "RCPT TO:<an@kimbang.example>"), "{heard:?}");
        assert!(heard.in_tls.iter().any(|line| line == "Message-ID: <m1@kimbang.example>"));
        assert_eq!(heard.in_tls.iter().filter(|line| line.starts_with("RCPT")).count(), 1);
        let clear: Vec<&str> = heard.in_clear.iter().map(|line| line.split(' ').next().unwrap()).collect();
        assert_eq!(clear, if security == Security::Tls { vec![] } else { vec!["EHLO", "STARTTLS"] });
    }
}

#[test]
fn nothing_is_sent_in_clear_or_to_somebody_else() {
    for (security, manner) in
        [(Security::StartTls, Manner::Stripped), (Security::StartTls, Manner::Injecting)]
    {
        let standing = stand(security, manner);
        assert!(matches!(send(&standing), Err(Failure::Unreachable(_))), "{manner:?}");
        let heard = standing.heard.lock().unwrap().clone();
        let said = [heard.in_clear, heard.in_tls].concat();
        assert!(!said.iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")), "{said:?}");
    }
    for security in Security::ALL {
        let mut standing = stand(security, Manner::Good);
        standing.server.authority = String::new();
        assert!(matches!(send(&standing), Err(Failure::Unreachable(_))), "a certificate of nobody known");
        let other = stand(security, Manner::Good);
        standing.server.authority.clone_from(&other.server.authority);
        assert!(matches!(send(&standing), Err(Failure::Unreachable(_))), "another authority");
        assert!(!standing.heard.lock().unwrap().in_tls.iter().any(|line| line.starts_with("AUTH")));
    }
}

#[test]
fn what_the_server_says_decides_whether_it_is_worth_another_try() {
    let refused = stand(Security::Tls, Manner::ToRecipient("550 5.1.1 no such box\r\n"));
    assert!(matches!(send(&refused), Err(Failure::Refused(why)) if why.contains("no such box")));
    let later = stand(Security::Tls, Manner::ToRecipient("450 4.2.0 greylisted\r\n"));
    assert!(matches!(send(&later), Err(Failure::Later(why)) if why.contains("greylisted")));
    let wrong = stand(Security::Tls, Manner::WrongPassword);
    assert!(matches!(send(&wrong), Err(Failure::Unreachable(_))));
}

#[test]
fn a_server_that_never_ends_or_never_begins_is_left() {
    for security in Security::ALL {
        for manner in [Manner::Endless, Manner::Silent] {
            let standing = stand(security, manner);
            let client = Client::new("kimbang.example", Duration::from_millis(1500));
            let sent = client.send(&standing.server, &letter());
            assert!(matches!(sent, Err(Failure::Unreachable(_))), "{security:?} {manner:?}");
        }
    }
    let mut nobody = stand(Security::Tls, Manner::Good);
    nobody.server.port = 1;
    assert!(matches!(send(&nobody), Err(Failure::Unreachable(_))));
}

#[test]
fn an_authority_is_certificates_and_nothing_else() {
    let standing = stand(Security::Tls, Manner::Good);
    assert!(post::is_authority(&standing.server.authority));
    for text in ["", "abc", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        assert!(!post::is_authority(text), "{text}");
    }
}
