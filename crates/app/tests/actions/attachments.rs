//! Files that are to be published as they are: harmful ones are refused, those nobody could read are marked, what is
//! hidden is shown, and what turns out to be a state secret is gone (checklist UPL-02, UPL-03, UPL-A07, DOC-A05).

use std::io::Write as _;
use std::sync::{Arc, Mutex};

use app::documents::{self, FileFindings, Taken};
use app::file_reader::{Answer, Ask, FileReader, Hidden, InProcess, Unread, can_recognise};
use app::jobs::{self, Kind as Job};
use app::publication::{self, Uploaded};
use app::{ActionError, Actor, App, radio};
use domain::access::Role;
use domain::id::PublicationId;
use domain::publication::{Attachment, Kind, Purpose};
use store::Digest;
use store::blob::BlobRow;

use crate::publications::{World, draft, on_each};

/// A reader that says what it is told to, or reads.
#[derive(Default)]
struct Told(Mutex<Option<Result<Answer, Unread>>>);

impl Told {
    fn say(&self, answer: Option<Result<Answer, Unread>>) {
        *self.0.lock().unwrap() = answer;
    }
}

impl FileReader for Told {
    fn read(&self, ask: Ask, bytes: &[u8]) -> Result<Answer, Unread> {
        let told = self.0.lock().unwrap().clone();
        told.unwrap_or_else(|| InProcess.read(ask, bytes))
    }
}

fn begin(app: &App, world: &World) -> (Arc<Told>, PublicationId, Actor) {
    let reader = Arc::new(Told::default());
    let _ = app.clone().with_reader(Arc::clone(&reader) as Arc<dyn FileReader>);
    let radio = world.person(Role::Radio);
    let id = publication::begin(app, &radio, Kind::News, &draft("Tin có tệp")).unwrap();
    (reader, id, radio)
}

fn attach(app: &App, actor: &Actor, id: PublicationId, name: &str, bytes: &[u8]) -> Result<(), String> {
    let version = publication::show(app, actor, id).unwrap().row.version;
    let file = Uploaded { name: name.into(), bytes: bytes.to_vec(), text: String::new() };
    match publication::attach(app, actor, (id, version), file) {
        Ok(_) => Ok(()),
        Err(ActionError::Invalid(fields)) => Err(fields[0].code.to_owned()),
        Err(other) => panic!("{other:?}"),
    }
}

fn findings(app: &App, actor: &Actor, id: PublicationId) -> Vec<FileFindings> {
    documents::findings_of(app, &publication::show(app, actor, id).unwrap().row.content.files).unwrap()
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        let options = if *name == "mimetype" { plain } else { zip::write::SimpleFileOptions::default() };
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const TYPES: &[u8] = b"<Types xmlns='t'/>";

pub fn word(more: &[(&str, &[u8])]) -> Vec<u8> {
    let body =
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Thông báo</w:t></w:r></w:p></w:body></w:document>";
    let parts =
        [&[("[Content_Types].xml", TYPES), ("word/document.xml", body.as_bytes())][..], more].concat();
    zip(&parts)
}

fn sheet(more: &[(&str, &[u8])]) -> Vec<u8> {
    let book = b"<workbook/>".as_slice();
    zip(&[&[("[Content_Types].xml", TYPES), ("xl/workbook.xml", book)][..], more].concat())
}

fn open(kind: &str, content: &str) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    zip(&[("mimetype", kind.as_bytes()), ("content.xml", content.as_bytes())])
}

#[test]
fn harmful_files_and_those_that_are_not_what_they_say_are_not_attached() {
    on_each(|app, world| {
        let (_, id, radio) = begin(app, world);
        let bomb = vec![b' '; 8 << 20];
        for (name, bytes, code) in [
            ("bom.docx", word(&[("word/media/a.bin", &bomb)]), "reading_too_large"),
            ("bom.xlsx", sheet(&[("xl/media/a.bin", &bomb)]), "reading_too_large"),
            ("macro.xlsx", sheet(&[("xl/vbaProject.bin", b"\0")]), "reading_macros"),
            ("hong.docx", word(&[])[..300].to_vec(), "reading_broken"),
            ("mat.ods", open("spreadsheet", "<o><p>TỐI MẬT</p></o>"), "reading_secret"),
            ("mat.odt", open("text", "<o><p>MẬT</p></o>"), "reading_secret"),
            ("van-ban.pdf", word(&[]), "file_ending"),
            ("bang.docx", sheet(&[]), "file_ending"),
            ("hai-loai.pdf", [b"%PDF-1.4\n%%EOF\n".to_vec(), word(&[])].concat(), "reading_two_kinds"),
        ] {
            assert_eq!(attach(app, &radio, id, name, &bytes), Err(code.to_owned()), "{name}");
        }
        assert_eq!(findings(app, &radio, id), []);
    });
}

#[test]
fn what_nobody_could_read_is_attached_with_a_mark_and_what_is_hidden_is_shown() {
    on_each(|app, world| {
        let (reader, id, radio) = begin(app, world);
        for (at, unread) in [Unread::TooLong, Unread::Died, Unread::NotStarted].into_iter().enumerate() {
            reader.say(Some(Err(unread)));
            let file = word(&[("word/media/a.bin", &[u8::try_from(at).unwrap()])]);
            attach(app, &radio, id, "tep.docx", &file).unwrap();
        }
        reader.say(None);
        assert!(findings(app, &radio, id).iter().all(|file| !file.is_read));
        let core = "<c xmlns:d='d'><d:creator>Nguyễn Văn An</d:creator></c>";
        attach(app, &radio, id, "tac-gia.docx", &word(&[("docProps/core.xml", core.as_bytes())])).unwrap();
        attach(app, &radio, id, "bang.ods", &open("spreadsheet", "<o><p>Dân số</p></o>")).unwrap();
        let found = findings(app, &radio, id);
        assert_eq!(
            found.iter().map(|file| file.is_read).collect::<Vec<_>>(),
            [false, false, false, true, true]
        );
        let author = &found[3].findings[0];
        assert_eq!((author.hidden, author.example.as_str()), (Hidden::Author, "Nguyễn Văn An"));
        assert_eq!(found[4].findings, []);
        // What was attached before files were looked into counts as not read.
        let old = Attachment { digest: Digest::of(b"cu").to_string(), ..old_file() };
        assert!(!documents::findings_of(app, &[old]).unwrap()[0].is_read);
    });
}

fn old_file() -> Attachment {
    Attachment {
        digest: String::new(),
        name: "cu.pdf".into(),
        media_type: "application/pdf".into(),
        size: 2,
        purpose: Purpose::Attachment,
        text: String::new(),
    }
}

#[test]
fn a_mark_of_state_secrets_recognised_in_a_scan_takes_the_file_out_of_the_system() {
    // The action asks the machine first; the reader of this test recognises without it.
    if !can_recognise() {
        return;
    }
    on_each(|app, world| {
        let (reader, _, radio) = begin(app, world);
        let bytes = word(&[]);
        let digest = Digest::of(&bytes);
        let take = |name: &str| match documents::take(app, &radio, name, bytes.clone()).unwrap() {
            Taken::Proposed(id) => id,
            Taken::Refused(_, code) => panic!("{code}"),
        };
        let (id, twin) = (take("Kế hoạch phòng thủ.docx"), take("bản sao.docx"));
        let Answer::Document(mut document) = InProcess.read(Ask::Document, &bytes).unwrap() else { panic!() };
        document.secret = Some("TỐI MẬT".into());
        document.recognised = vec![1];
        reader.say(Some(Ok(Answer::Document(document))));
        let done = documents::recognise(app, &radio, (id, 1));
        assert!(matches!(done, Err(ActionError::Refused("reading_secret"))), "{done:?}");
        for id in [id, twin] {
            let row = documents::show(app, &radio, id).unwrap().row;
            assert_eq!((row.problem.as_str(), row.file_name.as_str()), ("reading_secret", ""));
            assert_eq!((row.digest, row.reading.as_str(), row.document_key.as_str()), (None, "", ""));
        }
        assert!(!app.blobs().exists(&digest).unwrap());
        let database = app.database();
        assert_eq!(database.read(|r| store::file_text::find(r, &digest)).unwrap(), None);
        assert_eq!(database.read(|r| store::blob::find(r, &digest)).unwrap(), None);
        let said =
            database.read(|r| store::ledger::history(r, "uploaded_document", &id.to_string())).unwrap();
        let contents: Vec<Option<String>> = said.into_iter().map(|(_, content)| content).collect();
        assert!(contents.iter().flatten().all(|content| !content.contains("phòng thủ")), "{contents:?}");
        assert_eq!(contents.iter().filter(|content| content.is_none()).count(), 1);
        let checked = database.read(|r| store::ledger::verify(r, |_, _| {})).unwrap();
        assert!(checked.first_fault.is_none(), "the chain holds");
    });
}

#[test]
fn recordings_from_before_lengths_were_kept_get_one_at_night() {
    on_each(|app, world| {
        let (reader, _, _) = begin(app, world);
        let keep = |bytes: Vec<u8>| {
            let size_bytes = i64::try_from(bytes.len()).unwrap();
            let digest = app.blobs().put(bytes).unwrap();
            let row = BlobRow { digest: digest.clone(), size_bytes, media_type: "audio/mpeg".into() };
            app.database().write(&store::Actor::system(), |tx| store::blob::register(tx, &row)).unwrap();
            digest.to_string()
        };
        let (whole, broken) = (keep(testkit::recording(312, "a")), keep(b"ID3 khong co gi".to_vec()));
        let sound =
            |digest: &str| Attachment { digest: digest.into(), purpose: Purpose::Sound, ..old_file() };
        let lengths = || radio::lengths(app, &[sound(&whole), sound(&broken)]).unwrap();
        let run = || {
            world.world.clock.advance_minutes(1);
            jobs::run_now(app, &Actor::command_line(), Job::Lengths).unwrap();
            jobs::run_due(app, "w").unwrap();
        };
        // While no reader answers, nothing is noted, and the next night tries again.
        reader.say(Some(Err(Unread::NotStarted)));
        run();
        assert!(lengths().is_empty());
        reader.say(None);
        run();
        assert_eq!(lengths().into_iter().collect::<Vec<_>>(), [(whole.clone(), 312)]);
        let left = app.database().read(|r| store::recording::unmeasured(r, 10)).unwrap();
        assert_eq!(left, []);
    });
}

fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn sizes_of_pictures_are_noted_when_they_come_and_those_from_before_at_night() {
    on_each(|app, world| {
        let (_, id, radio) = begin(app, world);
        attach(app, &radio, id, "anh.png", &picture(40, 30)).unwrap();
        let new = publication::show(app, &radio, id).unwrap().row.content.files.remove(0);
        let keep = |bytes: Vec<u8>| {
            let size_bytes = i64::try_from(bytes.len()).unwrap();
            let digest = app.blobs().put(bytes).unwrap();
            let row = BlobRow { digest: digest.clone(), size_bytes, media_type: "image/png".into() };
            app.database().write(&store::Actor::system(), |tx| store::blob::register(tx, &row)).unwrap();
            Attachment { digest: digest.to_string(), purpose: Purpose::Picture, ..old_file() }
        };
        let (old, broken) = (keep(picture(20, 10)), keep(b"khong phai anh".to_vec()));
        let noted = || {
            let asked = [&new, &old, &broken].map(|file| file.digest.as_str());
            let found = app.database().read(|r| store::picture_size::of(r, &asked)).unwrap();
            asked.map(|digest| found.get(digest).copied())
        };
        assert_eq!(noted(), [Some(Some((40, 30))), None, None]);
        let shown = || publication::sizes(app, &[new.clone(), old.clone(), broken.clone()], "").unwrap();
        let expected = [(new.digest.clone(), (40, 30)), (old.digest.clone(), (20, 10))].into_iter().collect();
        assert_eq!(shown(), expected, "a page says the same before the night");
        world.world.clock.advance_minutes(1);
        jobs::run_now(app, &Actor::command_line(), Job::Pictures).unwrap();
        jobs::run_due(app, "w").unwrap();
        assert_eq!(noted(), [Some(Some((40, 30))), Some(Some((20, 10))), Some(None)]);
        assert_eq!(shown(), expected);
        // A text may show a picture of another publication.
        let body = format!("<p><img src=\"/tep/{}/a.png\" alt=\"\"></p>", old.digest);
        assert_eq!(
            publication::sizes(app, &[], &body).unwrap().into_values().collect::<Vec<_>>(),
            [(20, 10)]
        );
    });
}
