use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn facts(state: State, writers: &[String]) -> Facts<'_> {
    Facts {
        state,
        writers,
        digest: "d",
        approved_digest: Some("d"),
        is_public: true,
        was_public: true,
        shortcoming: None,
        publish_at: Some(NOW),
        ends_at: None,
        expires_at: Some(NOW),
    }
}

fn given() -> Given<'static> {
    let later = NOW.checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
    Given { note: "Sửa ngày họp", publish_at: Some(later), shown_digest: Some("d"), now: NOW }
}

fn who(roles: &[Role]) -> Who<'_> {
    Who { name: "b", roles, is_program: false }
}

#[test]
fn every_cell_of_the_table_goes_where_it_says_and_every_other_is_refused() {
    for state in State::ALL {
        for event in Event::ALL {
            for role in Role::ALL {
                let decided = decide(&facts(state, &[]), event, who(&[role]), given());
                let row = TRANSITIONS.iter().find(|row| row.from == state && row.event == event);
                match row {
                    None => assert_eq!(decided, Err(Refusal::NotNow), "{state:?} {event:?} {role:?}"),
                    Some(row) if access::may(&[role], row.needs) => {
                        assert_eq!(decided.map(|step| step.to()), Ok(row.to), "{state:?} {event:?} {role:?}");
                    }
                    Some(_) => assert_eq!(decided, Err(Refusal::NotYours), "{state:?} {event:?} {role:?}"),
                }
            }
        }
    }
}

#[test]
fn every_state_can_be_reached_and_left() {
    for state in State::ALL {
        let reached =
            state == State::Draft || TRANSITIONS.iter().any(|row| row.to == state && row.from != state);
        assert!(reached, "{state:?}");
        assert!(TRANSITIONS.iter().any(|row| row.from == state), "{state:?}");
    }
}

#[test]
fn nobody_approves_what_they_wrote_nor_what_they_were_not_shown() {
    let writers = ["b".to_owned()];
    let leader = [Role::Leader];
    let own = decide(&facts(State::InReview, &writers), Event::Approve, who(&leader), given());
    assert_eq!(own, Err(Refusal::OwnText));
    let other = Given { shown_digest: Some("old"), ..given() };
    let stale = decide(&facts(State::InReview, &[]), Event::Approve, who(&leader), other);
    assert_eq!(stale, Err(Refusal::TextChanged));
}

#[test]
fn a_text_changed_after_its_approval_is_not_published() {
    for state in [State::Approved, State::Scheduled] {
        let changed = Facts { approved_digest: Some("before"), ..facts(state, &[]) };
        let decided = decide(&changed, Event::Publish, who(&[Role::Clerk]), given());
        assert_eq!(decided, Err(Refusal::TextChanged));
    }
}

#[test]
fn what_changed_must_be_said_only_when_it_was_public_before() {
    let silent = Given { note: " ", ..given() };
    let again = facts(State::Approved, &[]);
    assert_eq!(decide(&again, Event::Publish, who(&[Role::Clerk]), silent), Err(Refusal::NoReason));
    let first = Facts { was_public: false, is_public: false, ..again };
    assert!(decide(&first, Event::Publish, who(&[Role::Clerk]), silent).is_ok());
}

#[test]
fn the_program_publishes_at_the_instant_and_never_before_and_approves_nothing() {
    let program = Who { name: "system", roles: &[], is_program: true };
    let due = facts(State::Scheduled, &[]);
    assert!(decide(&due, Event::Publish, program, given()).is_ok());
    let early = Facts { publish_at: given().publish_at, ..due };
    assert_eq!(decide(&early, Event::Publish, program, given()), Err(Refusal::NotYet));
    let waiting = facts(State::InReview, &[]);
    assert_eq!(decide(&waiting, Event::Approve, program, given()), Err(Refusal::NotYours));
}

#[test]
fn what_lacks_something_is_neither_submitted_nor_approved() {
    for (state, event) in [(State::Draft, Event::Submit), (State::InReview, Event::Approve)] {
        let lacking = Facts { shortcoming: Some(Refusal::Empty), ..facts(state, &[]) };
        assert_eq!(decide(&lacking, event, who(&[Role::Spokesperson]), given()), Err(Refusal::Empty));
    }
}

#[test]
fn nothing_is_scheduled_into_the_past_or_withdrawn_that_nobody_sees() {
    let past = Given { publish_at: Some(NOW), ..given() };
    let approved = facts(State::Approved, &[]);
    assert_eq!(decide(&approved, Event::Schedule, who(&[Role::Clerk]), past), Err(Refusal::NotInFuture));
    let hidden = Facts { is_public: false, ..facts(State::Draft, &[]) };
    for event in [Event::Withdraw, Event::Discard] {
        assert_eq!(decide(&hidden, event, who(&[Role::Clerk]), given()), Err(Refusal::NotPublic));
    }
}

#[test]
fn what_readers_see_ends_whatever_becomes_of_the_next_version() {
    let program = Who { name: "system", roles: &[], is_program: true };
    for state in [State::Draft, State::InReview, State::Approved, State::Scheduled] {
        let decided = decide(&facts(state, &[]), Event::Expire, program, given());
        assert_eq!(decided.map(|step| step.to()), Ok(state), "the working copy stays where it is");
        let hidden = Facts { is_public: false, ..facts(state, &[]) };
        assert_eq!(decide(&hidden, Event::Expire, program, given()), Err(Refusal::NotPublic));
        let endless = Facts { expires_at: None, ..facts(state, &[]) };
        assert_eq!(decide(&endless, Event::Expire, program, given()), Err(Refusal::NotYet));
    }
    let published = decide(&facts(State::Published, &[]), Event::Expire, program, given());
    assert_eq!(published.map(|step| step.to()), Ok(State::Expired));
}

#[test]
fn what_would_be_over_before_it_is_shown_goes_no_further() {
    let half = NOW.checked_add(jiff::SignedDuration::from_mins(30)).unwrap();
    for (state, event, end) in [
        (State::Draft, Event::Submit, NOW),
        (State::InReview, Event::Approve, NOW),
        (State::Approved, Event::Publish, NOW),
        (State::Scheduled, Event::Publish, NOW),
        (State::Approved, Event::Schedule, half),
    ] {
        let over = Facts { ends_at: Some(end), ..facts(state, &[]) };
        assert_eq!(
            decide(&over, event, who(&[Role::Spokesperson]), given()),
            Err(Refusal::Over),
            "{event:?}"
        );
        let lasting = Facts {
            ends_at: given().publish_at.map(|at| at.checked_add(jiff::SignedDuration::from_secs(1)).unwrap()),
            ..over
        };
        assert!(decide(&lasting, event, who(&[Role::Spokesperson]), given()).is_ok(), "{event:?}");
    }
}
