//! The last day of a text: approved with it, and kept whatever becomes of the next version.

use app::App;
use app::publication::{self, Act, Draft};
use domain::access::Role;
use domain::publication::Kind;
use domain::publication::workflow::{Event, State};

use crate::publications::{code, draft, on_each, publish, titles, try_act, version};

fn until(app: &App, days: i64, title: &str) -> Draft {
    let last_day = app.today().checked_add(jiff::Span::new().days(days)).ok();
    Draft { last_day, ..draft(title) }
}

#[test]
fn sec_wf_a02_the_last_day_is_approved_with_the_text_and_dropped_with_it() {
    on_each(|app, world| {
        let radio = world.person(Role::Radio);
        let id = publication::begin(app, &radio, Kind::Notice, &until(app, 2, "Lịch tiếp dân")).unwrap();
        publish(world, id, "");
        let published = publication::show(app, &radio, id).unwrap().row;
        for other in [until(app, -1, "Lịch tiếp dân"), draft("Lịch tiếp dân")] {
            publication::edit(app, &radio, (id, version(app, id)), &other).unwrap();
            let row = publication::show(app, &radio, id).unwrap().row;
            assert_ne!(row.content.digest(), published.content.digest(), "the last day is part of the text");
            assert_eq!(row.expires_at, published.expires_at, "what readers see ends when it was approved to");
            assert_eq!((publication::run_due(app).unwrap(), titles(app).len()), (0, 1));
            try_act(app, &radio, id, Event::Discard, "").unwrap();
            let row = publication::show(app, &radio, id).unwrap().row;
            assert_eq!(row.content, published.content, "the last day comes back with the text");
        }
        let kept = publication::show(app, &radio, id).unwrap().versions.remove(0);
        assert_eq!(kept.content.last_day, published.content.last_day);
        world.world.clock.advance_minutes(3 * 24 * 60);
        assert_eq!((publication::run_due(app).unwrap(), titles(app).len()), (1, 0));
    });
}

#[test]
fn sec_pub_02_what_is_public_ends_while_its_next_version_is_in_any_state() {
    on_each(|app, world| {
        let (radio, clerk) = (world.person(Role::Radio), world.person(Role::Clerk));
        let way = [State::Draft, State::InReview, State::Approved, State::Scheduled];
        let mut open = Vec::new();
        for state in way {
            let title = format!("Lịch {}", state.word());
            let id = publication::begin(app, &radio, Kind::News, &until(app, 1, &title)).unwrap();
            publish(world, id, "");
            let next = until(app, 30, &format!("{title}, bản sau"));
            publication::edit(app, &radio, (id, version(app, id)), &next).unwrap();
            let later = app.now().checked_add(jiff::SignedDuration::from_hours(24 * 20)).ok();
            for (step, (role, event)) in
                [(Role::Radio, Event::Submit), (Role::Leader, Event::Approve), (Role::Clerk, Event::Schedule)]
                    .into_iter()
                    .enumerate()
            {
                if way.iter().position(|of| *of == state) <= Some(step) {
                    break;
                }
                let row = publication::show(app, &radio, id).unwrap().row;
                let act = Act {
                    note: "Sửa giờ".into(),
                    shown_digest: Some(row.content.digest()),
                    publish_at: later,
                    ..Act::default()
                };
                publication::act(app, &world.person(role), (id, row.version), event, &act).unwrap();
            }
            open.push((id, state, publication::make_preview(app, &radio, id).unwrap()));
        }
        assert_eq!(titles(app).len(), 4);
        world.world.clock.advance_minutes(2 * 24 * 60);
        assert_eq!((publication::run_due(app).unwrap(), publication::run_due(app).unwrap()), (4, 0));
        assert_eq!(titles(app), Vec::<String>::new());
        for (id, state, token) in &open {
            let row = publication::show(app, &radio, *id).unwrap().row;
            assert_eq!((row.state, row.is_public, row.expires_at), (*state, false, None));
            assert!(row.content.title.ends_with("bản sau"));
            assert_eq!(row.approved_digest.is_some(), matches!(state, State::Approved | State::Scheduled));
            assert_eq!(publication::by_preview(app, token).unwrap().id, *id, "still being written");
        }
        let (approved, ..) = open[2];
        try_act(app, &clerk, approved, Event::Publish, "Lịch mới").unwrap();
        assert_eq!(titles(app), ["Lịch approved, bản sau"]);
        world.world.clock.advance_minutes(20 * 24 * 60);
        assert_eq!((publication::run_due(app).unwrap(), titles(app).len()), (1, 2), "the scheduled one");
    });
}

#[test]
fn a_text_whose_last_day_is_over_goes_no_further_until_the_day_is_changed() {
    on_each(|app, world| {
        let radio = world.person(Role::Radio);
        let id = publication::begin(app, &radio, Kind::Notice, &until(app, 0, "Lịch hôm nay")).unwrap();
        try_act(app, &radio, id, Event::Submit, "").unwrap();
        try_act(app, &world.person(Role::Leader), id, Event::Approve, "").unwrap();
        world.world.clock.advance_minutes(24 * 60);
        let clerk = world.person(Role::Clerk);
        assert_eq!(code(try_act(app, &clerk, id, Event::Publish, "")), "publication_over");
        publication::edit(app, &radio, (id, version(app, id)), &until(app, 0, "Lịch hôm nay")).unwrap();
        publish(world, id, "");
        assert_eq!(titles(app), ["Lịch hôm nay"]);
    });
}
