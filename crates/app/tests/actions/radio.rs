//! The radio desk: lengths of recordings and what is counted of them.

use std::sync::Arc;

use app::file_reader::{Answer, Ask, FileReader, InProcess, Unread};
use app::publication::{self, Uploaded};
use app::radio;
use app::{Actor, App};
use domain::access::Role;
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::publication::workflow::Event;

use crate::publications::{code, draft, on_each, publish, try_act};

/// A reader that dies over whatever holds these words.
struct Fragile;

impl FileReader for Fragile {
    fn read(&self, ask: Ask, bytes: &[u8]) -> Result<Answer, Unread> {
        let kills = bytes.windows(5).any(|part| part == b"cruel");
        if kills { Err(Unread::Died) } else { InProcess.read(ask, bytes) }
    }
}

fn attach(app: &App, actor: &Actor, id: PublicationId, bytes: Vec<u8>) {
    let version = publication::show(app, actor, id).unwrap().row.version;
    let file = Uploaded { name: "ban tin.mp3".into(), bytes, text: String::new() };
    publication::attach(app, actor, (id, version), file).unwrap();
}

#[test]
fn minutes_of_a_month_come_from_the_recordings_and_one_that_kills_the_reader_is_taken_without_a_length() {
    on_each(|app, world| {
        let app = &app.clone().with_reader(Arc::new(Fragile));
        let clerk = world.person(Role::Radio);
        let begin = |title: &str| publication::begin(app, &clerk, Kind::Bulletin, &draft(title)).unwrap();
        let (long, short, cruel) = (begin("Một"), begin("Hai"), begin("Ba"));
        attach(app, &clerk, long, testkit::recording(312, "a"));
        attach(app, &clerk, short, testkit::recording(48, "b"));
        attach(app, &clerk, cruel, testkit::recording(60, "cruel"));
        let files = publication::show(app, &clerk, long).unwrap().row.content.files;
        assert_eq!(radio::lengths(app, &files).unwrap().into_values().collect::<Vec<_>>(), [312]);
        for id in [long, short, cruel] {
            publish(world, id, "");
        }
        let months = radio::months(app, &clerk, 2020).unwrap();
        let month = months.iter().find(|month| month.bulletins > 0).unwrap();
        assert_eq!((month.bulletins, month.with_sound, month.seconds, month.unknown), (3, 3, 360, 1));
        assert_eq!(months.iter().map(|month| month.seconds).sum::<u64>(), 360);
    });
}

#[test]
fn who_sent_a_bulletin_and_who_confirmed_it_both_wrote_it_and_approve_it_neither() {
    on_each(|app, world| {
        let sender = world.world.person("gui", &[Role::Radio, Role::Leader]);
        let clerk = world.person(Role::Radio);
        let mut batch = radio::Batch::default();
        batch.add(app, &sender, "sang.txt", "Bản tin sáng\nLời văn.".into()).unwrap();
        let id = batch.propose(app, &sender).unwrap();
        assert_eq!(radio::waiting(app, &clerk).unwrap().len(), 1);
        radio::confirm(app, &clerk, (id, 1), &[0].into()).unwrap();
        assert!(radio::waiting(app, &clerk).unwrap().is_empty());
        let bulletin = radio::batch(app, &clerk, id).unwrap().taken[0].id;
        try_act(app, &clerk, bulletin, Event::Submit, "").unwrap();
        assert_eq!(code(try_act(app, &sender, bulletin, Event::Approve, "")), "publication_own_text");
        try_act(app, &world.person(Role::Leader), bulletin, Event::Approve, "").unwrap();
    });
}
