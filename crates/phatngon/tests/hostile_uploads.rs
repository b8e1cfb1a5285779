//! Some 300 hostile files through the desk's real pages, read by the real helper: each is answered with a clear
//! refusal or a clean result, and the program that serves goes on (checklist UPL-A01 to UPL-A07, UPL-A14).

#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up fails the test")]

#[path = "../../staff/tests/desk/site.rs"]
#[expect(dead_code, reason = "shared with the tests of the desk")]
mod site;

mod hostile;

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::documents::{self, State};
use app::{Actor, publication};
use domain::access::Role;
use http::StatusCode;
use reading::process::Separate;

use site::Site;

/// The desk with the real helper.
fn desk() -> Site {
    Site::read_by(Arc::new(Separate::new(env!("CARGO_BIN_EXE_phatngon").into())))
}

/// The memory this process has ever held, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1_024
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_hostile_documents_harm_nothing_and_each_is_listed() {
    let site = desk();
    let files = hostile::all();
    assert!(files.len() >= 300, "only {} files", files.len());
    let sent: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let begun = Instant::now();
    for part in files.chunks(40) {
        let part: Vec<(&str, &[u8])> =
            part.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let answer = site.upload_many(Role::Clerk, "/publications/documents/upload", &part).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }
    // The desk is as quick as before.
    let page = site.get(Role::Clerk, "/publications/documents?state=refused").await;
    assert_eq!(page.status, StatusCode::OK);
    let found = |state| documents::list(&site.app, &Actor::command_line(), state, 1).unwrap().total;
    let (read, refused) = (found(State::Proposed), found(State::Refused));
    println!(
        "{read} read, {refused} refused, {sent} bytes in {:?}, peak {} MB",
        begun.elapsed(),
        peak() >> 20
    );
    assert_eq!(usize::try_from(read + refused).unwrap(), files.len(), "none is lost");
    assert!(refused >= 200, "only {refused} refused");
    // The bombs alone would unpack to many gigabytes.
    assert!(peak() < 1 << 30, "{} MB", peak() >> 20);
    // What was kept says what it is by its bytes, never by its name.
    let kept = documents::list(&site.app, &Actor::command_line(), State::Proposed, 1).unwrap().documents;
    for shown in kept {
        let kind = shown.row.media_type;
        assert!(kind == "application/pdf" || kind.ends_with("wordprocessingml.document"), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_files_do_no_harm_as_attachments_or_as_articles() {
    let site = desk();
    let begun = [
        ("title", "Tin"),
        ("section", ""),
        ("summary", ""),
        ("body", ""),
        ("last_day", ""),
        ("review_on", ""),
    ];
    let made = site.post(Role::Clerk, "/publications/new/notice", &begun).await;
    let path = made.location.split('?').next().unwrap().to_owned();
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    for (name, bytes) in hostile::all().into_iter().step_by(4) {
        let word = site.upload(Role::Clerk, &format!("{path}/word"), &name, &bytes).await;
        let is_clean = matches!(word.status, StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY);
        assert!(is_clean, "{name} as article: {}", word.status);
        let version =
            publication::show(&site.app, &Actor::command_line(), id).unwrap().row.version.to_string();
        let fields = [("text", "Tệp"), ("version", version.as_str())];
        let answer = site.upload_with(Role::Clerk, &format!("{path}/attach"), &fields, (&name, &bytes)).await;
        let is_clean = matches!(answer.status, StatusCode::SEE_OTHER | StatusCode::UNPROCESSABLE_ENTITY);
        assert!(is_clean, "{name} as attachment: {}", answer.status);
    }
    let row = publication::show(&site.app, &Actor::command_line(), id).unwrap().row;
    for file in &row.content.files {
        let active = ["html", "svg", "xml", "exe", "js", "docm"];
        assert!(!active.iter().any(|ending| file.name.ends_with(ending)), "{}", file.name);
    }
}

#[test]
fn a_helper_that_runs_on_and_on_is_ended_and_one_that_says_nonsense_is_not_believed() {
    use reading::file::Ask;
    use reading::process::Unread;
    // Programs of the system in place of ours: one that never answers, one that answers with the file.
    let folder = std::env::temp_dir().join(format!("phatngon-helper-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let program = |name: &str, text: &str| {
        use std::os::unix::fs::PermissionsExt as _;
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        Separate::new(path)
    };
    assert_eq!(program("nonsense", "cat").read(Ask::Document, b"%PDF-1.7").unwrap_err(), Unread::Died);
    assert_eq!(program("dead", "kill -9 $$").read(Ask::Document, b"x").unwrap_err(), Unread::Died);
    assert_eq!(Separate::new(folder.join("none")).read(Ask::Document, b"x").unwrap_err(), Unread::NotStarted);
    let begun = Instant::now();
    // The helper's own child would outlive it, were the whole group not ended.
    let endless = program("endless", "sleep 600 & sleep 600");
    assert_eq!(endless.read(Ask::Document, b"x").unwrap_err(), Unread::TooLong);
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn the_helper_tells_the_length_of_a_recording_and_survives_broken_ones() {
    use reading::file::{Answer, Ask};
    let helper = Separate::new(env!("CARGO_BIN_EXE_phatngon").into());
    let length = |bytes: &[u8]| match helper.read(Ask::Length, bytes) {
        Ok(Answer::Length(seconds)) => seconds,
        Ok(Answer::Refused(_)) | Err(_) => None,
        Ok(other) => panic!("{other:?}"),
    };
    let whole = testkit::recording(312, "a");
    assert_eq!(length(&whole), Some(312));
    assert_eq!(length(&whole[..whole.len() / 2]), Some(156));
    for (_, bytes) in hostile::all().into_iter().step_by(16) {
        assert_eq!(length(&bytes), None);
        // The same behind the signs of a recording.
        for head in [
            &b"ID3\x04\0\0\x7F\x7F\x7F\x7F"[..],
            b"OggS\0\x02",
            b"\0\0\0\x14ftypM4A ",
            b"RIFF\xFF\xFF\xFF\xFFWAVE",
        ] {
            assert!(length(&[head, &bytes].concat()).is_none_or(|seconds| seconds <= 24 * 60 * 60));
        }
    }
}
