//! The press desk of the example: requests at each stage of their way, a late one, one that was refused, extraordinary
//! cases of two laws, the regulation sent to the units, a press conference to come. All of it is made up, and says so. It
//! is entered on the day the example is made; the extraordinary cases alone have dates of their own.

use app::press::{
    self, Act, AgencyEdit, Assignment, CaseRow, Identification, Intake, Issue, NewEmergency, NewPart, Plan,
    Sent, Speech, TemplateEdit,
};
use app::publication::{self, Act as TextAct, Uploaded};
use app::roll_out::{self, NewRollOut};
use app::{ActionError, Actor, App, installation, office};
use domain::id::{CaseId, PublicationId};
use domain::press::emergency::{Class, Moments};
use domain::press::part::Event as PartEvent;
use domain::press::request::{Answer, Asked, Delivery, Identity};
use domain::press::workflow::Event;
use domain::publication::workflow::Event as TextEvent;
use domain::roll_out::Event as AnswerEvent;
use domain::time::{self, Day};

use super::cast::Cast;

/// Who asks; invented.
const AGENCIES: [(&str, &str, &str, &str); 4] = [
    ("Báo Minh Họa", "press_agency", "daily_print", "toasoan@minhhoa.example"),
    ("Báo điện tử Thí Dụ", "press_agency", "online", "banthuky@thidu.example"),
    ("Đài Phát thanh và Truyền hình Thí Dụ", "press_agency", "television", "thoisu@ptth.example"),
    ("Tạp chí Đời sống Mẫu", "press_agency", "magazine", "bientap@doisongmau.example"),
];

/// Texts that answers begin with.
const TEMPLATES: [(&str, &str); 2] = [
    (
        "Cung cấp số liệu",
        "Về số liệu [nội dung], tính đến ngày [ngày], [đơn vị] báo cáo: [số liệu].\nSố liệu do [đơn vị] tổng hợp và chịu trách nhiệm.",
    ),
    (
        "Chuyển cơ quan có thẩm quyền",
        "Nội dung [câu hỏi] thuộc thẩm quyền của [cơ quan]. Đề nghị quý cơ quan liên hệ [cơ quan] theo địa chỉ [địa chỉ].",
    ),
];

/// A request that came some days ago.
struct Came {
    days_ago: i64,
    from: usize,
    kind: &'static str,
    subject: &'static str,
    questions: &'static str,
}

/// Fills the press desk of the example.
///
/// # Errors
/// When its people are missing, or the database fails.
pub fn desk(app: &App) -> Result<(), ActionError> {
    let cast = Cast::of(app)?;
    for (name, kind, medium, contact) in AGENCIES {
        let agency = AgencyEdit {
            name: name.into(),
            kind: kind.into(),
            medium: medium.into(),
            cycle_days: (medium == "magazine").then_some(7),
            contact: contact.into(),
            note: "Cơ quan hư cấu, dùng để minh họa.".into(),
            is_active: true,
        };
        press::save_agency(app, &cast.clerk, None, &agency)?;
    }
    for (title, body) in TEMPLATES {
        let template = TemplateEdit { title: title.into(), body: body.into(), is_active: true };
        press::save_reply_template(app, &cast.clerk, None, &template)?;
    }
    just_sent(app)?;
    late(app, &cast)?;
    with_another_unit(app, &cast)?;
    in_clearance(app, &cast)?;
    answered_and_posted(app, &cast)?;
    refused(app, &cast)?;
    extraordinary(app, &cast)?;
    regulation(app, &cast)?;
    conference(app, &cast)
}

fn take(app: &App, cast: &Cast, came: &Came) -> Result<(CaseId, String), ActionError> {
    let (requester, kind, _, _) = AGENCIES[came.from];
    let asked = Asked {
        requester: requester.into(),
        requester_kind: kind.into(),
        subject: came.subject.into(),
        questions: came.questions.into(),
        channel: "email".into(),
        ..Asked::default()
    };
    let day = time::days_later(app.today(), -came.days_ago);
    let at = time::at(day, 8, 30).filter(|at| *at <= app.now()).unwrap_or_else(|| app.now());
    let intake = Intake {
        asked,
        reporter: "Phóng viên Minh Họa".into(),
        contact: AGENCIES[came.from].3.into(),
        received_at: Some(at),
        ..Intake::default()
    };
    let (id, _) = press::take(app, &cast.clerk, &intake)?;
    let note = "Gọi tòa soạn theo số trên trang của báo (minh họa).";
    let known = Identification {
        identity: Identity::KnownContact,
        contact: AGENCIES[came.from].3.into(),
        note: note.into(),
    };
    let code = press::identify(app, &cast.clerk, (id, version(app, cast, id)?), &known)?;
    let assignment = Assignment {
        lead: cast.officer.unit,
        legal_kind: came.kind.into(),
        parts: Vec::new(),
        note: "Trả lời đúng hạn, số liệu đã kiểm tra.".into(),
    };
    press::assign(app, &cast.clerk, (id, version(app, cast, id)?), &assignment)?;
    Ok((id, code.unwrap_or_default()))
}

fn row(app: &App, cast: &Cast, id: CaseId) -> Result<CaseRow, ActionError> {
    Ok(press::show(app, &cast.clerk, id)?.row)
}

fn version(app: &App, cast: &Cast, id: CaseId) -> Result<i64, ActionError> {
    Ok(row(app, cast, id)?.version)
}

fn act(app: &App, actor: &Actor, id: CaseId, event: Event) -> Result<(), ActionError> {
    let shown = press::show(app, actor, id)?;
    let given = Act { shown_digest: Some(shown.digest), ..Act::default() };
    press::act(app, actor, (id, shown.row.version), event, &given)
}

fn write(app: &App, cast: &Cast, id: CaseId, (text, ground): (&str, &str)) -> Result<(), ActionError> {
    let answer = Answer {
        text: text.into(),
        form: "press_release_or_written".into(),
        ground: ground.into(),
        ..Answer::default()
    };
    press::write(app, &cast.officer, (id, version(app, cast, id)?), &answer)
}

/// Sent by the public form a moment ago: nobody took it in hand.
fn just_sent(app: &App) -> Result<(), ActionError> {
    let sent = Sent {
        agency: AGENCIES[0].0.into(),
        reporter: "Phóng viên Minh Họa".into(),
        contact: AGENCIES[0].3.into(),
        subject: "Lịch cấp nước sạch mùa khô tại thị trấn Quế".into(),
        questions: "Những tổ dân phố nào bị cắt nước luân phiên?\nKhi nào việc cấp nước trở lại bình thường?"
            .into(),
        consent: true,
        network: "192.0.2.1".into(),
        ..Sent::default()
    };
    press::send(app, &sent).map(drop)
}

/// Assigned weeks ago, and nobody wrote anything.
fn late(app: &App, cast: &Cast) -> Result<(), ActionError> {
    let came = Came {
        days_ago: 28,
        from: 3,
        kind: "information",
        subject: "Kinh phí tu bổ di tích trên địa bàn huyện",
        questions: "Kinh phí đã cấp và đã chi là bao nhiêu?",
    };
    let (id, code) = take(app, cast, &came)?;
    act(app, &cast.officer, id, Event::Accept)?;
    press::complain(app, &code, "Yêu cầu đã quá ngày hẹn mà chưa có trả lời.", "192.0.2.1")
}

/// Another unit is asked for its part, and they talk about it.
fn with_another_unit(app: &App, cast: &Cast) -> Result<(), ActionError> {
    let came = Came {
        days_ago: 2,
        from: 1,
        kind: "information",
        subject: "Xử lý bãi tập kết rác thải tại xã Thanh Sơn",
        questions: "Khối lượng rác tồn đọng là bao nhiêu?\nBao giờ đóng cửa bãi tập kết?",
    };
    let (id, _) = take(app, cast, &came)?;
    act(app, &cast.officer, id, Event::Accept)?;
    let part = NewPart {
        unit: cast.helper.unit,
        question: "Khối lượng rác tồn đọng, phương án và ngày đóng cửa bãi.".into(),
        due_on: None,
    };
    let part = press::ask(app, &cast.officer, Some(id), &part)?;
    press::act_on_part(app, &cast.helper, (part, 1), PartEvent::Accept, "")?;
    press::discuss(app, &cast.helper, part, "Số liệu tính đến hết tháng trước có được không?")?;
    press::discuss(app, &cast.officer, part, "Được. Xin ghi rõ ngày chốt số liệu.")?;
    write(app, cast, id, ("Bãi tập kết nhận rác sinh hoạt của bốn thôn. Số liệu đang được kiểm tra.", ""))
}

/// The head of the unit agreed; the spokesperson is next.
fn in_clearance(app: &App, cast: &Cast) -> Result<(), ActionError> {
    let came = Came {
        days_ago: 3,
        from: 2,
        kind: "information",
        subject: "Tiến độ số hóa hồ sơ thủ tục hành chính ở các xã, thị trấn",
        questions: "Bao nhiêu xã đã hoàn thành? Vướng mắc là gì?",
    };
    let (id, _) = take(app, cast, &came)?;
    act(app, &cast.officer, id, Event::Accept)?;
    let text = "Đến nay 15 trên 18 xã, thị trấn đã số hóa xong hồ sơ còn hiệu lực.\n\
                Ba xã còn lại thiếu thiết bị quét; huyện đã bố trí và dự kiến xong trong quý này.";
    write(app, cast, id, (text, ""))?;
    act(app, &cast.officer, id, Event::Submit)?;
    act(app, &cast.head, id, Event::Endorse)
}

/// Cleared by everybody, sent with a number, rated, and put on the portal with a telephone number covered.
fn answered_and_posted(app: &App, cast: &Cast) -> Result<(), ActionError> {
    let came = Came {
        days_ago: 5,
        from: 0,
        kind: "information",
        subject: "Kết quả xây dựng nông thôn mới nâng cao",
        questions: "Có bao nhiêu xã đạt chuẩn? Xã nào đạt gần đây nhất?",
    };
    let (id, code) = take(app, cast, &came)?;
    act(app, &cast.officer, id, Event::Accept)?;
    let text = "Toàn huyện có 10 trên 16 xã đạt chuẩn nông thôn mới nâng cao (số liệu minh họa).\n\
                Xã được công nhận gần đây nhất là xã Nhật Tựu. Đầu mối liên hệ thêm: 0900 000 000.";
    write(app, cast, id, (text, ""))?;
    act(app, &cast.officer, id, Event::Submit)?;
    act(app, &cast.head, id, Event::Endorse)?;
    act(app, &cast.speaker, id, Event::Endorse)?;
    act(app, &cast.leader, id, Event::Clear)?;
    send_out(app, cast, id)?;
    press::rate(app, &code, 5, "Trả lời nhanh, đúng câu hỏi.")?;
    let proposed = press::for_portal(app, &cast.clerk, id, &[])?.proposed;
    let hidden: Vec<String> = proposed.into_iter().map(|(_, text)| text).collect();
    let text = press::to_portal(app, &cast.clerk, id, &hidden)?;
    for (actor, event) in [
        (&cast.clerk, TextEvent::Submit),
        (&cast.leader, TextEvent::Approve),
        (&cast.clerk, TextEvent::Publish),
    ] {
        act_on_text(app, actor, text, event)?;
    }
    Ok(())
}

fn send_out(app: &App, cast: &Cast, id: CaseId) -> Result<(), ActionError> {
    let (_, symbol) = press::next_number(app, &cast.clerk, app.today())?;
    let issue = Issue { symbol, day: Some(app.today()), delivery: Some(Delivery::Page), ..Issue::default() };
    press::send_out(app, &cast.clerk, (id, version(app, cast, id)?), &issue)
}

pub(super) fn act_on_text(
    app: &App,
    actor: &Actor,
    id: PublicationId,
    event: TextEvent,
) -> Result<(), ActionError> {
    let row = publication::show(app, actor, id)?.row;
    let seen = TextAct { shown_digest: Some(row.content.digest()), ..TextAct::default() };
    publication::act(app, actor, (id, row.version), event, &seen)
}

/// Refused with a ground in force on the day it came.
fn refused(app: &App, cast: &Cast) -> Result<(), ActionError> {
    let came = Came {
        days_ago: 4,
        from: 1,
        kind: "information",
        subject: "Nội dung đoàn thanh tra đang làm việc tại một đơn vị sự nghiệp",
        questions: "Thanh tra đã phát hiện những sai phạm gì?",
    };
    let (id, _) = take(app, cast, &came)?;
    act(app, &cast.officer, id, Event::Accept)?;
    let grounds = press::show(app, &cast.officer, id)?.grounds;
    let ground = grounds.iter().find(|ground| ground.code == "inspection_pending");
    let ground = ground.map(|ground| ground.code.as_str()).ok_or(ActionError::NotFound)?;
    let text =
        "Cuộc thanh tra đang tiến hành, chưa có kết luận. Khi có kết luận, huyện sẽ thông tin theo quy định.";
    write(app, cast, id, (text, ground))?;
    act(app, &cast.officer, id, Event::Submit)?;
    act(app, &cast.head, id, Event::Endorse)?;
    act(app, &cast.speaker, id, Event::Endorse)?;
    act(app, &cast.leader, id, Event::Clear)?;
    send_out(app, cast, id)
}

/// The same landslide under two laws: the clock of 2020 and that of August 2026 differ.
fn extraordinary(app: &App, cast: &Cast) -> Result<(), ActionError> {
    for year in [2020, 2026] {
        let (Ok(night), Ok(morning)) = (Day::new(year, 8, 20), Day::new(year, 8, 21)) else { continue };
        let moments = Moments {
            happened_at: time::at(night, 22, 30),
            received_at: time::at(morning, 7, 15),
            determined_at: None,
        };
        let spoken = time::at(morning, 15, 0);
        if spoken.is_none_or(|at| at > app.now()) {
            continue;
        }
        let new = NewEmergency {
            subject: format!("Sạt lở tại mỏ đá xã Thanh Sơn đêm 20/8/{year} (minh họa)"),
            class: Class::HighImpact,
            moments,
            determined_by: String::new(),
            determined_why: String::new(),
        };
        let id = press::open_emergency(app, &cast.clerk, &new)?;
        let speech = Speech {
            at: spoken,
            speaker: installation::EXAMPLE_CHAIRMAN.into(),
            text: "Khoảng 200 m³ đất đá sạt xuống đường nội bộ của mỏ, không có người bị nạn. Huyện đã phong tỏa khu vực."
                .into(),
            form: "press_release_or_written".into(),
            is_holding: true,
        };
        let version = press::emergency(app, &cast.leader, id)?.row.version;
        press::speak(app, &cast.leader, (id, version), &speech)?;
        if year == 2020 {
            let version = press::emergency(app, &cast.leader, id)?.row.version;
            press::close_emergency(app, &cast.leader, (id, version))?;
        }
    }
    Ok(())
}

/// The regulation goes to every unit; one acknowledged it, one asks.
fn regulation(app: &App, cast: &Cast) -> Result<(), ActionError> {
    let tree = office::tree(app)?;
    let own = office::office(app)?.unit;
    let day = office::day_of_units(app)?;
    let body = "Điều 1. Phạm vi điều chỉnh\n\
                Quy chế này quy định việc phát ngôn và cung cấp thông tin cho báo chí của Ủy ban nhân dân huyện.\n\
                Điều 2. Người phát ngôn\n\
                Chủ tịch Ủy ban nhân dân huyện phát ngôn; khi cần, ủy quyền bằng văn bản cho người khác về từng việc.\n\
                Điều 3. Trách nhiệm của các đơn vị\n\
                Đơn vị được đề nghị cung cấp nội dung, số liệu đúng hạn và chịu trách nhiệm về nội dung đã cung cấp.";
    let new = NewRollOut {
        symbol: "06/2023/QĐ-UBND".into(),
        title: "Quy chế phát ngôn và cung cấp thông tin cho báo chí (minh họa)".into(),
        body: body.into(),
        due_on: Some(time::days_later(app.today(), 14)),
        audience: tree.children(own, day).map(|unit| unit.id).collect(),
        ..NewRollOut::default()
    };
    let id = roll_out::send(app, &cast.clerk, &new)?;
    for (actor, event, words) in [
        (&cast.head, AnswerEvent::Acknowledge, ""),
        (&cast.helper, AnswerEvent::Ask, "Số liệu môi trường hằng tháng có phải qua người phát ngôn không?"),
    ] {
        let shown = roll_out::show(app, actor, id)?;
        let answer = shown
            .answers
            .iter()
            .find(|shown| Some(shown.row.unit) == actor.unit)
            .ok_or(ActionError::NotFound)?;
        let digest = shown.progress.campaign.digest.as_str();
        roll_out::act(app, actor, (answer.row.id, answer.row.version), event, (words, Some(digest)))?;
    }
    Ok(())
}

/// A press conference in a week with the document that proves what it says; its notice is still to be sent.
fn conference(app: &App, cast: &Cast) -> Result<(), ActionError> {
    let day = time::days_later(app.today(), 7);
    let plan = Plan {
        subject: "Tình hình kinh tế - xã hội và nhiệm vụ trọng tâm (minh họa)".into(),
        occasion: "periodic".into(),
        place: "Hội trường Ủy ban nhân dân huyện".into(),
        starts_at: time::at(day, 8, 30),
        minutes_long: Some(90),
        chair: installation::EXAMPLE_CHAIRMAN.into(),
        is_public: true,
        guests: AGENCIES.map(|(name, _, _, _)| name).join("\n"),
        ..Plan::default()
    };
    let id = press::plan_conference(app, &cast.clerk, &plan)?;
    let proof = Uploaded {
        name: "so-lieu-kinh-te-xa-hoi.pdf".into(),
        bytes: super::documents::figures(app)?,
        text: "Báo cáo số liệu kinh tế - xã hội (minh họa)".into(),
    };
    let version = press::conference(app, &cast.clerk, id)?.row.version;
    press::attach_to_conference(app, &cast.clerk, (id, version), proof)
}
