use super::chain::{self, Step as ChainStep};
use super::clock;
use super::part;
use super::request::{Answer, Bypass, Clearance};
use super::workflow::{
    Clock, Event, Facts, Given, Refusal, State, TRANSITIONS, Who, available, decide, waits_for,
};
use crate::access::{self, Capability, Role};
use crate::calendar::Calendar;
use crate::id::UnitId;
use crate::law::Law;
use crate::time::Timestamp;
use jiff::civil::date;

fn unit(n: u128) -> UnitId {
    UnitId::from_parts(0, n)
}

fn steps() -> Vec<ChainStep> {
    chain::shipped().into_iter().find(|chain| chain.kind == chain::DEFAULT).unwrap().steps
}

fn clearance(step: usize, person: &str) -> Clearance {
    Clearance { step, person: person.into(), at: Timestamp::UNIX_EPOCH, digest: "d".into() }
}

fn facts<'a>(state: State, chain: &'a [ChainStep], clearances: &'a [Clearance]) -> Facts<'a> {
    Facts {
        state,
        lead: Some(unit(1)),
        writers: &[],
        digest: "d",
        shortcoming: None,
        refuses: false,
        is_spoken: false,
        chain,
        clearances,
        bypass: None,
        open_parts: 0,
        is_identified: true,
        clock: Clock { may_extend: true, may_pause: true, is_paused: false, is_over: false },
    }
}

const GIVEN: Given<'static> = Given { reason: "vì", shown_digest: Some("d"), step: Some(0) };

fn who(roles: &[Role]) -> Who<'_> {
    Who { name: "me", roles, unit: Some(unit(1)) }
}

/// The whole machine as people who know the regulation read it: state × event → state after and who may.
#[test]
fn the_table_as_people_read_it() {
    let mut lines = Vec::new();
    for state in State::ALL {
        for event in Event::ALL {
            let Some(row) = TRANSITIONS.iter().find(|row| row.from == state && row.event == event) else {
                continue;
            };
            let roles = Role::ALL.into_iter().filter(|role| access::may(&[*role], row.needs));
            let roles: Vec<&str> = roles.map(Role::word).collect();
            lines.push(format!(
                "{} + {} -> {}: {}",
                state.word(),
                event.word(),
                row.to.word(),
                roles.join(" ")
            ));
        }
    }
    assert_eq!(lines.join("\n"), include_str!("machine.txt").trim_end());
}

#[test]
fn every_cell_that_is_not_in_the_table_is_refused_for_everybody() {
    let chain = steps();
    for state in State::ALL {
        for event in Event::ALL {
            let row = TRANSITIONS.iter().find(|row| row.from == state && row.event == event);
            for role in Role::ALL {
                let decided = decide(&facts(state, &chain, &[]), event, who(&[role]), GIVEN);
                match row {
                    None => assert_eq!(decided, Err(Refusal::NotNow), "{state:?} {event:?} {role:?}"),
                    Some(row) if !access::may(&[role], row.needs) => {
                        assert_eq!(decided, Err(Refusal::NotYours), "{state:?} {event:?} {role:?}");
                    }
                    Some(row) => {
                        if let Ok(step) = decided {
                            assert_eq!(step.to(), row.to);
                        }
                    }
                }
            }
        }
    }
}

/// The table of rights in full: role × state × event × own or another unit.
#[test]
fn people_of_another_unit_may_what_is_bound_to_no_unit_and_nothing_of_the_leading_one() {
    let chain = steps();
    for state in State::ALL {
        for event in Event::ALL {
            let Some(row) = TRANSITIONS.iter().find(|row| row.from == state && row.event == event) else {
                continue;
            };
            for role in Role::ALL {
                let roles = [role];
                let of = |unit| decide(&facts(state, &chain, &[]), event, Who { unit, ..who(&roles) }, GIVEN);
                let (own, other, none) = (of(Some(unit(1))), of(Some(unit(2))), of(None));
                let case = format!("{state:?} {event:?} {role:?}");
                if !access::may(&roles, row.needs) {
                    assert_eq!([own, other, none], [Err(Refusal::NotYours); 3], "{case}");
                } else if row.needs == Capability::DraftPress {
                    assert_eq!([other, none], [Err(Refusal::NotYourUnit); 2], "{case}");
                    assert_ne!(own, Err(Refusal::NotYourUnit), "{case}");
                } else {
                    // A step of the chain may be for the leading unit; nothing else looks at the unit.
                    let first = chain.first().unwrap();
                    let is_step = row.needs == Capability::ClearPress && state == State::InClearance;
                    if is_step && first.in_lead_unit && own != Err(Refusal::NotNow) {
                        assert_eq!([other, none], [Err(Refusal::NotYourStep); 2], "{case}");
                    } else {
                        assert_eq!([other, none], [own; 2], "{case}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_state_can_be_reached_and_only_closed_ones_end() {
    for state in State::ALL {
        let is_reached =
            state == State::Received || TRANSITIONS.iter().any(|row| row.to == state && row.from != state);
        assert!(is_reached, "{state:?}");
        let is_left = TRANSITIONS.iter().any(|row| row.from == state && row.to != state);
        assert_eq!(is_left, !state.is_closed(), "{state:?}");
    }
}

#[test]
fn the_chain_is_walked_step_by_step_each_by_its_role_and_by_another_person() {
    let chain = steps();
    let head = [Role::UnitHead];
    let first = facts(State::InClearance, &chain, &[]);
    assert_eq!(decide(&first, Event::Endorse, who(&head), GIVEN).unwrap().to(), State::InClearance);
    assert_eq!(decide(&first, Event::Clear, who(&head), GIVEN), Err(Refusal::NotNow));
    let stranger = Who { unit: Some(unit(2)), ..who(&head) };
    assert_eq!(decide(&first, Event::Endorse, stranger, GIVEN), Err(Refusal::NotYourStep));
    assert_eq!(decide(&first, Event::Endorse, who(&[Role::Leader]), GIVEN), Err(Refusal::NotYourStep));

    let two = [clearance(0, "a"), clearance(1, "b")];
    let last = facts(State::InClearance, &chain, &two);
    assert_eq!(decide(&last, Event::Clear, who(&[Role::Leader]), GIVEN).unwrap().to(), State::Cleared);
    let again = [clearance(0, "a"), clearance(1, "me")];
    let again = facts(State::InClearance, &chain, &again);
    assert_eq!(decide(&again, Event::Clear, who(&[Role::Leader]), GIVEN), Err(Refusal::Twice));
}

#[test]
fn nobody_clears_what_they_wrote_by_any_route() {
    let chain = steps();
    let writers = ["me".to_owned()];
    let both = [Role::UnitHead, Role::Spokesperson, Role::Leader];
    let own = Facts { writers: &writers, ..facts(State::InClearance, &chain, &[]) };
    for event in [Event::Endorse, Event::Bypass] {
        assert_eq!(decide(&own, event, who(&both), GIVEN), Err(Refusal::OwnText), "{event:?}");
    }
    let bypass = Bypass {
        person: "x".into(),
        at: Timestamp::UNIX_EPOCH,
        digest: "d".into(),
        reason: "lũ".into(),
        look_by: None,
        looked: None,
    };
    let looked = Facts { bypass: Some(&bypass), ..own };
    let looked = Facts { state: State::Answered, ..looked };
    assert_eq!(decide(&looked, Event::SecondLook, who(&both), GIVEN), Err(Refusal::OwnText));
    let by_me = Bypass { person: "me".into(), ..bypass.clone() };
    let by_me = Facts { bypass: Some(&by_me), writers: &[], ..looked };
    assert_eq!(decide(&by_me, Event::SecondLook, who(&both), GIVEN), Err(Refusal::Twice));
}

#[test]
fn a_text_changed_since_it_was_cleared_does_not_leave() {
    let chain = steps();
    let all = [clearance(0, "a"), clearance(1, "b"), clearance(2, "c")];
    let cleared = facts(State::Cleared, &chain, &all);
    assert!(decide(&cleared, Event::Issue, who(&[Role::Clerk]), GIVEN).is_ok());
    let changed = Facts { digest: "other", ..cleared };
    assert_eq!(decide(&changed, Event::Issue, who(&[Role::Clerk]), GIVEN), Err(Refusal::TextChanged));
    let forged = Facts { is_identified: false, ..cleared };
    assert_eq!(decide(&forged, Event::Issue, who(&[Role::Clerk]), GIVEN), Err(Refusal::SenderUnverified));
    let short = facts(State::Cleared, &chain, &all[..2]);
    assert_eq!(decide(&short, Event::Issue, who(&[Role::Clerk]), GIVEN), Err(Refusal::TextChanged));
    let unseen = Given { shown_digest: Some("old"), ..GIVEN };
    let waiting = facts(State::InClearance, &chain, &[]);
    assert_eq!(decide(&waiting, Event::Endorse, who(&[Role::UnitHead]), unseen), Err(Refusal::TextChanged));
}

#[test]
fn what_waits_for_a_unit_is_not_handed_in_and_what_refuses_leaves_as_a_refusal() {
    let chain = steps();
    let waiting = Facts { open_parts: 1, ..facts(State::Drafting, &chain, &[]) };
    assert_eq!(decide(&waiting, Event::Submit, who(&[Role::Officer]), GIVEN), Err(Refusal::PartsOpen));
    let all = [clearance(0, "a"), clearance(1, "b"), clearance(2, "c")];
    let refusing = Facts { refuses: true, ..facts(State::Cleared, &chain, &all) };
    assert_eq!(decide(&refusing, Event::Issue, who(&[Role::Clerk]), GIVEN), Err(Refusal::NotNow));
    let step = decide(&refusing, Event::IssueRefusal, who(&[Role::Clerk]), GIVEN).unwrap();
    assert_eq!((step.from(), step.to(), step.event()), (State::Cleared, State::Refused, Event::IssueRefusal));
}

#[test]
fn only_an_answer_that_is_to_be_said_ends_without_a_document() {
    let chain = steps();
    let all: Vec<Clearance> = (0..chain.len()).map(|step| clearance(step, &format!("p{step}"))).collect();
    let written = facts(State::Cleared, &chain, &all);
    let spokesperson = who(&[Role::Spokesperson]);
    assert_eq!(decide(&written, Event::Tell, spokesperson, GIVEN), Err(Refusal::NotNow));
    let spoken = Facts { is_spoken: true, ..written };
    assert_eq!(decide(&spoken, Event::Tell, spokesperson, GIVEN).unwrap().to(), State::Answered);
    assert_eq!(decide(&spoken, Event::Issue, who(&[Role::Clerk]), GIVEN).unwrap().to(), State::Answered);
    assert_eq!(waits_for(&spoken, spokesperson), Some(Event::Tell));
    assert_eq!(waits_for(&written, who(&[Role::Clerk])), Some(Event::Issue));
    let refuses = Facts { refuses: true, ..spoken };
    assert_eq!(decide(&refuses, Event::Tell, spokesperson, GIVEN), Err(Refusal::NotNow));
    let changed = Facts { digest: "other", ..spoken };
    assert_eq!(decide(&changed, Event::Tell, spokesperson, GIVEN), Err(Refusal::TextChanged));
    let unknown = Facts { is_identified: false, ..spoken };
    assert_eq!(decide(&unknown, Event::Tell, spokesperson, GIVEN), Err(Refusal::SenderUnverified));
}

#[test]
fn only_the_leading_unit_writes() {
    let chain = steps();
    let drafting = facts(State::Drafting, &chain, &[]);
    let other = Who { unit: Some(unit(2)), ..who(&[Role::Officer]) };
    assert_eq!(decide(&drafting, Event::Write, other, GIVEN), Err(Refusal::NotYourUnit));
    let nobody = Who { unit: None, ..other };
    let unled = Facts { lead: None, ..drafting };
    assert_eq!(decide(&unled, Event::Write, nobody, GIVEN), Err(Refusal::NotYourUnit));
}

#[test]
fn no_extension_and_no_pause_where_the_law_of_the_day_has_none() {
    let law = Law::shipped();
    for (kind, day) in [("answer_in_press", date(2020, 6, 1)), ("forwarded_opinion", date(2026, 7, 2))] {
        let rule = clock::rule(&law, Some(kind), day).unwrap();
        assert!(clock::extension(&law, &rule.id, day).is_none(), "{kind}");
        assert!(clock::pause(&law, &rule.id, day).is_none(), "{kind}");
    }
    let promise = clock::rule(&law, Some("information"), date(2026, 7, 2)).unwrap();
    assert_eq!(promise.id, clock::PROMISE);
    assert!(clock::extension(&law, &promise.id, date(2026, 7, 2)).is_some());
    let chain = steps();
    let clock = Clock { may_extend: false, may_pause: false, is_paused: false, is_over: false };
    let strict = Facts { clock, ..facts(State::Drafting, &chain, &[]) };
    let clerk = [Role::Clerk];
    assert_eq!(decide(&strict, Event::Extend, who(&clerk), GIVEN), Err(Refusal::NoExtension));
    assert_eq!(decide(&strict, Event::Pause, who(&clerk), GIVEN), Err(Refusal::NoPause));
}

#[test]
fn a_limit_that_is_over_is_neither_extended_nor_paused_but_a_pause_that_lasts_ends() {
    let chain = steps();
    let clerk = [Role::Clerk];
    let over = Clock { may_extend: true, may_pause: true, is_paused: false, is_over: true };
    let late = Facts { clock: over, ..facts(State::Drafting, &chain, &[]) };
    assert_eq!(decide(&late, Event::Extend, who(&clerk), GIVEN), Err(Refusal::AlreadyLate));
    assert_eq!(decide(&late, Event::Pause, who(&clerk), GIVEN), Err(Refusal::AlreadyLate));
    let paused = Facts { clock: Clock { is_paused: true, ..over }, ..late };
    assert!(decide(&paused, Event::Resume, who(&clerk), GIVEN).is_ok());
}

#[test]
fn the_limits_are_those_of_the_day_of_receipt() {
    let (law, calendar) = (Law::shipped(), Calendar::shipped());
    let due = |kind, day| clock::deadline(&law, &calendar, Some(kind), day).unwrap().due.day();
    assert_eq!(due("forwarded_opinion", date(2026, 6, 1)), date(2026, 7, 1));
    assert_eq!(due("forwarded_opinion", date(2026, 7, 2)), date(2026, 7, 23));
    assert_eq!(due("answer_in_press", date(2026, 4, 1)), date(2026, 5, 4));
}

#[test]
fn drafts_of_policy_are_a_ground_until_30_june_2026_and_no_longer() {
    let law = Law::shipped();
    let offered = |day| law.grounds_at(day).any(|ground| ground.code == "draft_policy");
    assert!(offered(date(2026, 6, 30)));
    assert!(!offered(date(2026, 7, 1)));
    let refusal = Answer { text: "Từ chối".into(), ground: "draft_policy".into(), ..Answer::default() };
    let lacks = |day| {
        let codes: Vec<&str> = law.grounds_at(day).map(|ground| ground.code.as_str()).collect();
        refusal.shortcoming(&codes)
    };
    assert_eq!(lacks(date(2026, 6, 30)), None);
    assert_eq!(lacks(date(2026, 7, 1)), Some(Refusal::GroundNotInForce));
}

#[test]
fn buttons_are_what_can_be_done_and_a_refused_one_says_why() {
    let chain = steps();
    let writers = ["me".to_owned()];
    let own = Facts { writers: &writers, ..facts(State::InClearance, &chain, &[]) };
    let buttons = available(&own, who(&[Role::UnitHead]));
    assert!(buttons.contains(&(Event::Endorse, Err(Refusal::OwnText))));
    assert!(!buttons.iter().any(|(event, _)| *event == Event::Clear));
    assert!(available(&facts(State::Withdrawn, &chain, &[]), who(&Role::ALL)).is_empty());
}

#[test]
fn a_request_waits_for_who_leads_it_on_and_for_nobody_to_clear_an_own_text() {
    let chain = steps();
    let waits = |facts: &Facts<'_>, role: Role| waits_for(facts, who(&[role]));
    let received = facts(State::Received, &chain, &[]);
    assert_eq!(waits(&received, Role::Clerk), Some(Event::Assign));
    assert_eq!(waits(&received, Role::Officer), None);
    assert_eq!(waits(&facts(State::Assigned, &chain, &[]), Role::Officer), Some(Event::Accept));
    assert_eq!(waits(&facts(State::Assigned, &chain, &[]), Role::Clerk), None, "it may be assigned again");
    let empty = Facts { shortcoming: Some(Refusal::Empty), ..facts(State::Drafting, &chain, &[]) };
    assert_eq!(waits(&empty, Role::Officer), Some(Event::Write));
    assert_eq!(waits(&facts(State::Drafting, &chain, &[]), Role::Officer), Some(Event::Submit));
    assert_eq!(waits(&facts(State::Drafting, &chain, &[]), Role::Leader), None, "a way past is no duty");
    let cleared = facts(State::InClearance, &chain, &[]);
    assert_eq!(waits(&cleared, Role::UnitHead), Some(Event::Endorse));
    assert_eq!(waits(&cleared, Role::Leader), None, "not yet");
    let writers = ["me".to_owned()];
    assert_eq!(waits(&Facts { writers: &writers, ..cleared }, Role::UnitHead), None, "an own text");
    for state in State::ALL.into_iter().filter(|state| state.is_closed()) {
        assert_eq!(waits_for(&facts(state, &chain, &[]), who(&Role::ALL)), None, "{state:?}");
    }
}

#[test]
fn every_cell_of_the_machine_of_parts() {
    for state in part::State::ALL {
        for event in part::Event::ALL {
            let row = part::TRANSITIONS.iter().find(|row| row.from == state && row.event == event);
            for role in Role::ALL {
                let who = part::Who { roles: &[role], unit: Some(unit(1)), leads: false };
                let decided = part::decide((state, unit(1)), event, who, "x");
                match row {
                    None => assert_eq!(decided, Err(part::Refusal::NotNow)),
                    Some(row) if access::may(&[role], row.needs) => assert_eq!(decided, Ok(row.to)),
                    Some(_) => assert_eq!(decided, Err(part::Refusal::NotYours)),
                }
            }
        }
    }
    let officer = part::Who { roles: &[Role::Officer], unit: Some(unit(2)), leads: false };
    let decided = part::decide((part::State::Asked, unit(1)), part::Event::Accept, officer, "");
    assert_eq!(decided, Err(part::Refusal::NotYours));
    let own = part::Who { unit: Some(unit(1)), ..officer };
    let decided = part::decide((part::State::Accepted, unit(1)), part::Event::Deliver, own, " ");
    assert_eq!(decided, Err(part::Refusal::Empty));
}

#[test]
fn the_unit_that_leads_asks_and_sends_back_but_waives_nothing_and_talks_with_who_was_asked() {
    let (asked, lead, other) = (unit(1), unit(2), unit(3));
    for role in Role::ALL {
        let person = |of, leads| part::Who { roles: std::slice::from_ref(&role), unit: Some(of), leads };
        let drafts = access::may(&[role], Capability::DraftPress);
        let takes = access::may(&[role], Capability::TakePress);
        let approves = access::may(&[role], Capability::ApprovePress);
        assert_eq!(person(lead, true).asks(), drafts || takes, "{role:?}");
        assert_eq!(person(other, false).asks(), takes, "{role:?}");
        let returned =
            part::decide((part::State::Delivered, asked), part::Event::Return, person(lead, true), "x");
        assert_eq!(returned.is_ok(), drafts || takes, "{role:?}");
        let waived =
            part::decide((part::State::Accepted, asked), part::Event::Waive, person(lead, true), "x");
        assert_eq!(waived.is_ok(), takes, "{role:?}");
        assert_eq!(person(asked, false).discusses(asked), drafts || takes || approves, "{role:?}");
        assert_eq!(person(lead, true).discusses(asked), drafts || takes || approves, "{role:?}");
        assert_eq!(person(other, false).discusses(asked), takes || approves, "{role:?}");
    }
}

#[test]
fn the_chain_of_a_kind_is_its_own_or_the_default_one() {
    let chains = chain::shipped();
    let interview = chain::of(&chains, Some("interview"), date(2026, 11, 23)).unwrap();
    assert_eq!(interview.steps.len(), 2);
    let other = chain::of(&chains, Some("information"), date(2020, 1, 1)).unwrap();
    assert_eq!(other.kind, chain::DEFAULT);
    assert!(chain::of(&chains, None, date(2000, 1, 1)).is_none());
    let toml = "[[chain]]\nkind = \"x\"\nvalid_from = \"2020-01-01\"\nbasis = \"b\"\nsteps = []";
    assert!(chain::parse(toml).is_err());
}

#[test]
fn words_are_found_again() {
    for state in State::ALL {
        assert_eq!(State::from_word(state.word()), Some(state));
    }
    for event in Event::ALL {
        assert_eq!(Event::from_word(event.word()), Some(event));
    }
    for state in part::State::ALL {
        assert_eq!(part::State::from_word(state.word()), Some(state));
    }
    for event in part::Event::ALL {
        assert_eq!(part::Event::from_word(event.word()), Some(event));
    }
}

mod emergencies {
    use super::super::emergency::{Class, Moments, Start, clock};
    use super::*;
    use crate::time::at;

    fn moments(happened: Timestamp, received: Timestamp) -> Moments {
        Moments { happened_at: Some(happened), received_at: Some(received), determined_at: None }
    }

    #[test]
    fn the_same_case_of_2020_and_of_august_2026_gets_the_clock_of_its_date() {
        let (law, calendar) = (Law::shipped(), Calendar::shipped());
        let of = |year: i16| {
            // Saturday night in 2026: hours run through nights, weekends and holidays.
            let happened = at(date(year, 8, 29), 20, 0).unwrap();
            let received = at(date(year, 8, 29), 22, 30).unwrap();
            clock(&law, &calendar, Class::HighImpact, moments(happened, received)).unwrap()
        };
        let old = of(2020);
        assert_eq!((old.start, old.deadline.rule.as_str()), (Start::Happened, "PS-EXT-3"));
        assert_eq!(old.deadline.due.in_words(), "30/08/2020 20:00");
        let new = of(2026);
        assert_eq!((new.start, new.deadline.rule.as_str()), (Start::Received, "PS-EXT-4"));
        assert_eq!(new.deadline.due.in_words(), "30/08/2026 22:30");
        assert!(!new.deadline.describe_vi().is_empty());
    }

    #[test]
    fn a_case_that_happened_on_30_june_2026_keeps_the_old_clock_and_opinion_starts_with_its_determination() {
        let (law, calendar) = (Law::shipped(), Calendar::shipped());
        let happened = at(date(2026, 6, 30), 23, 0).unwrap();
        let received = at(date(2026, 7, 1), 8, 0).unwrap();
        let case = clock(&law, &calendar, Class::HighImpact, moments(happened, received)).unwrap();
        assert_eq!(case.start, Start::Happened);
        let later = at(date(2026, 7, 2), 8, 0).unwrap();
        assert!(clock(&law, &calendar, Class::DividedOpinion, moments(later, later)).is_none());
        let known = Moments { determined_at: Some(later), ..moments(later, later) };
        let case = clock(&law, &calendar, Class::DividedOpinion, known).unwrap();
        assert_eq!((case.start, case.deadline.rule.as_str()), (Start::Determined, "PS-EXT-5"));
        assert!(clock(&law, &calendar, Class::PressRequest, known).is_none(), "no hour limit in the decree");
    }
}

mod speakers {
    use super::super::speaker::{NotEntitled, Speaks, entitled, may_have_regular, missing_of_publication};
    use super::*;
    use crate::register::{Register, Value, Values};
    use crate::time::Day;
    use crate::unit::UnitKind;

    fn line(name: &str, kind: &'static str, more: &[(&str, Value)]) -> Values {
        let register = Register::Spokespersons;
        let mut values = Values::new();
        let mut put =
            |key: &str, value: Value| assert!(values.set(register.field(key).unwrap(), value), "{key}");
        put("full_name", Value::Text(name.into()));
        put("title", Value::Text("Chủ tịch".into()));
        put("kind", Value::Word(kind));
        put("starts_on", Value::Day(date(2020, 1, 1)));
        for (key, value) in more {
            put(key, value.clone());
        }
        values
    }

    fn asked(lines: &[Values], name: &str, matter: &str, day: Day) -> Result<(), NotEntitled> {
        let names = ["Ủy ban nhân dân huyện Kim Bảng".to_owned()];
        let office = Speaks { law: &Law::shipped(), kind: UnitKind::District, names: &names };
        entitled(lines, (name, matter), day, office)
    }

    #[test]
    fn the_head_speaks_a_stranger_does_not_and_nobody_outside_their_days() {
        let lines = [line("Phạm Hoàng Tùng", "head", &[("ends_on", Value::Day(date(2020, 12, 31)))])];
        assert_eq!(asked(&lines, "phạm hoàng tùng", "x", date(2020, 6, 1)), Ok(()));
        assert_eq!(asked(&lines, "Ai Đó", "x", date(2020, 6, 1)), Err(NotEntitled::NotNamed));
        assert_eq!(asked(&lines, "Phạm Hoàng Tùng", "x", date(2021, 1, 1)), Err(NotEntitled::NotThatDay));
    }

    #[test]
    fn an_authorisation_is_in_writing_for_one_matter_for_a_limited_time() {
        let written = [
            ("matter", Value::Text("Sự cố hồ Tam Chúc".into())),
            ("decision_symbol", Value::Text("12/GUQ-UBND".into())),
            ("ends_on", Value::Day(date(2020, 7, 1))),
        ];
        let written = [&written[..], &[("title", Value::Text("Phó Chủ tịch".into()))]].concat();
        let lines = [line("Đỗ Hoàng Giang", "authorised", &written)];
        let on = |matter| asked(&lines, "Đỗ Hoàng Giang", matter, date(2020, 6, 1));
        assert_eq!(on("Thông tin về sự cố hồ Tam Chúc"), Ok(()));
        assert_eq!(on("Cứu hộ tại hồ Tam Chúc sau sự cố"), Ok(()));
        for other in ["Giá đất năm 2020", "Hồ sơ nhà đất", "Hồ", "", "Sự cố môi trường làng nghề"]
        {
            assert_eq!(on(other), Err(NotEntitled::OtherMatter), "{other}");
        }
        let vague = [
            ("matter", Value::Text("Vụ".into())),
            ("decision_symbol", Value::Text("12/GUQ-UBND".into())),
            ("ends_on", Value::Day(date(2030, 7, 1))),
        ];
        let vague = [line("Đỗ Hoàng Giang", "authorised", &vague)];
        let decided = asked(&vague, "Đỗ Hoàng Giang", "Vụ cháy chợ Quế", date(2020, 6, 1));
        assert_eq!(decided, Err(NotEntitled::OtherMatter));
        let unwritten = [line("Đỗ Hoàng Giang", "authorised", &written[..1])];
        let decided = asked(&unwritten, "Đỗ Hoàng Giang", "Sự cố hồ Tam Chúc", date(2020, 6, 1));
        assert_eq!(decided, Err(NotEntitled::NotInWriting));
    }

    #[test]
    fn districts_and_communes_authorised_none_but_a_deputy_before_1_july_2026() {
        let authorised = |title: &str, body: &str| {
            [line(
                "Đỗ Hoàng Giang",
                "authorised",
                &[
                    ("title", Value::Text(title.into())),
                    ("body", Value::Text(body.into())),
                    ("matter", Value::Text("Sự cố hồ Tam Chúc".into())),
                    ("decision_symbol", Value::Text("12/GUQ-UBND".into())),
                    ("ends_on", Value::Day(date(2026, 12, 31))),
                ],
            )]
        };
        let law = Law::shipped();
        let on = |kind, title: &str, day| {
            let office = Speaks { law: &law, kind, names: &["UBND huyện Kim Bảng".to_owned()] };
            entitled(
                &authorised(title, "UBND huyện Kim Bảng"),
                ("Đỗ Hoàng Giang", "Sự cố hồ Tam Chúc"),
                day,
                office,
            )
        };
        let (last, first) = (date(2026, 6, 30), date(2026, 7, 1));
        for deputy in [
            "Phó Chủ tịch",
            "Phó Chủ tịch UBND huyện",
            "phó chủ tịch thường trực Ủy ban nhân dân huyện",
            "Ủy viên Ban Thường vụ, Phó Chủ tịch Ủy ban nhân dân xã",
        ] {
            assert_eq!(on(UnitKind::District, deputy, last), Ok(()), "{deputy}");
        }
        for other in [
            "Chánh Văn phòng HĐND và UBND",
            "Trưởng phòng Tài chính - Kế hoạch",
            "Phó Chánh Văn phòng",
            "Phó Chủ tịch HĐND huyện",
            "Phó Chủ tịch Thường trực Hội đồng nhân dân",
            "Phó Chủ tịch Ủy ban MTTQ huyện",
        ] {
            let decided = on(UnitKind::District, other, last);
            assert_eq!(decided, Err(NotEntitled::NotADeputy), "{other}");
            assert_eq!(on(UnitKind::District, other, first), Ok(()), "{other}");
        }
        for kind in [UnitKind::Commune, UnitKind::Ward, UnitKind::Town, UnitKind::SpecialZone] {
            assert_eq!(on(kind, "Công chức văn hóa - xã hội", last), Err(NotEntitled::NotADeputy));
        }
        // A province may authorise any responsible person (PS-WHO-1).
        assert_eq!(on(UnitKind::Province, "Giám đốc Sở", last), Ok(()));
        let of_a_commune = authorised("Phó Chủ tịch", "UBND xã Thi Sơn");
        let matter = "Sự cố hồ Tam Chúc";
        assert_eq!(asked(&of_a_commune, "Đỗ Hoàng Giang", matter, last), Err(NotEntitled::OtherBody));
        assert_eq!(asked(&of_a_commune, "Đỗ Hoàng Giang", matter, first), Ok(()));
    }

    #[test]
    fn the_head_of_another_body_does_not_speak_for_this_office() {
        let of = |body: &str| {
            let lines = [line("Lê Thị Chi", "head", &[("body", Value::Text(body.into()))])];
            asked(&lines, "Lê Thị Chi", "x", date(2020, 6, 1))
        };
        assert_eq!(of("UBND huyện Kim Bảng"), Ok(()));
        assert_eq!(of("ỦY BAN NHÂN DÂN HUYỆN KIM BẢNG"), Ok(()));
        assert_eq!(of("UBND xã Thi Sơn"), Err(NotEntitled::OtherBody));
    }

    #[test]
    fn a_regular_spokesperson_published_from_1_july_2026_has_telephone_and_email() {
        let law = Law::shipped();
        let missing = |kind, more: &[(&str, Value)]| missing_of_publication(&law, &line("A", kind, more));
        let on = |day| ("published_on", Value::Day(day));
        let text = |text: &str| Value::Text(text.into());
        assert_eq!(missing("regular", &[on(date(2026, 7, 1))]), ["phone", "email"]);
        let named = [on(date(2026, 7, 1)), ("phone", text("0226 1")), ("email", text("không có"))];
        assert_eq!(missing("regular", &named), ["email"]);
        let whole = [on(date(2026, 7, 1)), ("phone", text("0226 1")), ("email", text("a@x.gov.vn"))];
        assert!(missing("regular", &whole).is_empty());
        assert!(missing("regular", &[on(date(2026, 6, 30))]).is_empty(), "PS-PUB-1 sets no more here");
        assert!(missing("regular", &[]).is_empty(), "not published yet");
        assert!(missing("head", &[on(date(2026, 7, 1))]).is_empty());
    }

    #[test]
    fn communes_and_districts_had_no_regular_spokesperson_before_1_july_2026() {
        let lines = [line("Lê Thị Chi", "regular", &[])];
        let decided = asked(&lines, "Lê Thị Chi", "x", date(2026, 6, 30));
        assert_eq!(decided, Err(NotEntitled::NoRegularAtThisLevel));
        assert_eq!(asked(&lines, "Lê Thị Chi", "x", date(2026, 7, 1)), Ok(()));
        let law = Law::shipped();
        assert!(may_have_regular(&law, UnitKind::Province, date(2020, 6, 1)));
        assert!(!may_have_regular(&law, UnitKind::Ward, date(2020, 6, 1)));
    }
}
