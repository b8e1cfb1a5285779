//! What a person hands in: so much on one day, and reached by nobody else.

use app::publication::{self, Uploaded};
use app::uploads::{self, Quota, QuotaForm};
use app::{ActionError, Actor, documents, importing};
use domain::access::Role;
use domain::publication::Kind;
use domain::time::at as instant;
use testkit::for_each_backend;
use words::Language;

use crate::attachments::word;
use crate::world::{World, invalid};

fn form(files: &str, megabytes: &str) -> QuotaForm {
    QuotaForm { files: files.into(), megabytes: megabytes.into() }
}

fn over() -> Vec<(String, &'static str)> {
    vec![("file".into(), "upload_quota")]
}

#[test]
fn sec_upl_a09_a_person_hands_in_so_many_files_and_bytes_on_one_day_wherever_they_go() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let administrator = world.person("administrator", &[Role::Administrator]);
        assert_eq!(uploads::quota(app, &administrator).unwrap(), Quota::default());
        let wrong = uploads::save_quota(app, &administrator, &form("0", "nhiều"));
        assert_eq!(
            invalid(wrong),
            [("files".into(), "number_between"), ("megabytes".into(), "number_between")]
        );
        uploads::save_quota(app, &administrator, &form("3", "1")).unwrap();
        assert_eq!(uploads::quota(app, &administrator).unwrap(), Quota { files: 3, megabytes: 1 });
        let clerk = world.person("clerk", &[Role::Clerk]);
        let look = |who: &Actor, bytes: usize| publication::look_at_word(app, who, vec![b'x'; bytes]);
        assert_eq!(invalid(look(&clerk, 1024 * 1024 + 1)), over(), "more bytes than a day");
        // A file that is not taken for another reason was handed in all the same.
        assert_ne!(invalid(look(&clerk, 600 * 1024)), over());
        assert_eq!(invalid(look(&clerk, 600 * 1024)), over());
        assert_ne!(invalid(look(&clerk, 10)), over());
        let csv = |who: &Actor| {
            importing::preview(
                app,
                who,
                "x.csv",
                b"a;b".to_vec(),
                &importing::Options::default(),
                Language::Vi,
            )
        };
        let _ = csv(&clerk);
        // Three were handed in; every other way is closed too.
        assert_eq!(invalid(csv(&clerk)), over());
        assert_eq!(invalid(look(&clerk, 10)), over());
        let file = || Uploaded { name: "a.pdf".into(), bytes: b"%PDF-1.4".to_vec(), text: String::new() };
        let text = publication::begin(app, &clerk, Kind::News, &crate::publications::draft("Tin")).unwrap();
        let version = publication::show(app, &clerk, text).unwrap().row.version;
        assert_eq!(invalid(publication::attach(app, &clerk, (text, version), file())), over());
        let listed = documents::take(app, &clerk, "a.pdf", b"%PDF-1.4".to_vec()).unwrap();
        assert!(matches!(listed, documents::Taken::Refused(_, "upload_quota")), "{listed:?}");
        let received = app::exchange::Received { bytes: b"<x/>".to_vec(), ..Default::default() };
        assert_eq!(invalid(app::exchange::receive(app, &clerk, &received)), over());
        // Somebody else, another day and the command line go on.
        let other = world.person("other", &[Role::Clerk]);
        assert_ne!(invalid(look(&other, 10)), over());
        assert_ne!(invalid(look(&Actor::command_line(), 2 * 1024 * 1024)), over());
        let tomorrow = app.today().tomorrow().unwrap();
        world.clock.set(instant(tomorrow, 0, 1).unwrap());
        assert_ne!(invalid(look(&clerk, 10)), over());
    });
}

#[test]
fn sec_upl_a10_a_word_file_of_another_person_or_purpose_is_not_there() {
    for_each_backend(|office| {
        let mut world = World::new(office);
        world.app = world.app.with_reader(std::sync::Arc::new(app::file_reader::InProcess));
        let app = &world.app;
        let (clerk, other) = (world.person("clerk", &[Role::Clerk]), world.person("other", &[Role::Clerk]));
        let found = publication::look_at_word(app, &clerk, word(&[])).unwrap();
        let draft = crate::publications::draft("Tin");
        let text = publication::begin(app, &other, Kind::News, &draft).unwrap();
        let version = || publication::show(app, &other, text).unwrap().row.version;
        let is_missing = |result: Result<(), ActionError>| {
            assert!(matches!(result, Err(ActionError::NotFound)), "{result:?}");
        };
        let take = |who: &Actor, digest: &str| {
            publication::take_word(app, who, (text, version()), digest, (false, &[])).map(drop)
        };
        let begin = |who: &Actor, digest: &str| {
            publication::begin_with_word(app, who, Kind::News, digest, ("Tin mới", &[])).map(drop)
        };
        let all = || {
            let filter = publication::Filter { page: 1, ..Default::default() };
            publication::list(app, &clerk, &filter).unwrap().total
        };
        let before = all();
        is_missing(take(&other, &found.digest));
        is_missing(begin(&other, &found.digest));
        // A file attached elsewhere is no Word file of this person, and no picture.
        let uploaded =
            Uploaded { name: "tep.docx".into(), bytes: word(&[("x.txt", b"x")]), text: String::new() };
        publication::attach(app, &other, (text, version()), uploaded).unwrap();
        let attached = publication::show(app, &other, text).unwrap().row.content.files[0].digest.clone();
        is_missing(take(&other, &attached));
        is_missing(publication::word_picture(app, &other, &attached).map(drop));
        is_missing(publication::word_picture(app, &clerk, &found.digest).map(drop));
        assert_eq!(all(), before, "nothing was begun");
        begin(&clerk, &found.digest).unwrap();
        take(&clerk, &found.digest).unwrap();
    });
}
