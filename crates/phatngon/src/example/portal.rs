//! Texts on the portal of the example: articles one can read, one that was corrected, one that was withdrawn, a
//! correction of the press, an answer to a citizen, a notice. All of it is made up, and says so; it is posted on the day
//! the example is made, so that the year 2020 stays as it is.

use app::office::{self, Office};
use app::publication::{self, Act, Draft};
use app::{ActionError, Actor, App, site};
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::publication::workflow::Event;
use domain::time;

use super::cast::Cast;

/// A text: its kind, section, title, summary, and its body as the editor writes it.
struct Text {
    kind: Kind,
    section: &'static str,
    title: &'static str,
    summary: &'static str,
    body: &'static str,
}

const TEXTS: [Text; 5] = [
    Text {
        kind: Kind::News,
        section: "Kinh tế - xã hội",
        title: "Ra quân nạo vét kênh mương, chuẩn bị nước cho vụ xuân",
        summary: "Các hợp tác xã đồng loạt làm thủy lợi nội đồng trong mười ngày (tin minh họa).",
        body: "<p>Sáng nay, các hợp tác xã nông nghiệp trong huyện ra quân nạo vét kênh mương, tu sửa bờ vùng, \
               bờ thửa. Khối lượng đào đắp dự kiến hoàn thành trong mười ngày.</p>\
               <h2>Việc bà con cần làm</h2>\
               <ul><li>Thu dọn bèo rác trên đoạn kênh qua ruộng nhà mình.</li>\
               <li>Báo trưởng thôn khi thấy cống, bờ bị sạt.</li>\
               <li>Theo dõi lịch lấy nước trên hệ thống truyền thanh.</li></ul>\
               <h2>Lịch lấy nước</h2>\
               <table><thead><tr><th>Đợt</th><th>Các xã phía bắc</th><th>Các xã phía nam</th></tr></thead>\
               <tbody><tr><td>1</td><td>Tuần thứ nhất</td><td>Tuần thứ hai</td></tr>\
               <tr><td>2</td><td>Tuần thứ ba</td><td>Tuần thứ tư</td></tr></tbody></table>\
               <p>Số liệu và lịch trong bài là minh họa, không phải thông báo thật.</p>",
    },
    Text {
        kind: Kind::News,
        section: "Cải cách hành chính",
        title: "Ba bước nộp hồ sơ trực tuyến từ điện thoại",
        summary: "Hướng dẫn cho người lần đầu nộp hồ sơ trên Cổng dịch vụ công (tin minh họa).",
        body: "<p>Người dân có thể nộp hồ sơ ở nhà và theo dõi kết quả trên điện thoại. Ai chưa quen được cán bộ \
               bộ phận một cửa giúp làm ngay tại quầy.</p>\
               <ol><li>Đăng nhập Cổng dịch vụ công bằng tài khoản định danh điện tử.</li>\
               <li>Chọn thủ tục, điền mẫu và chụp giấy tờ theo hướng dẫn.</li>\
               <li>Ghi lại mã hồ sơ để tra cứu kết quả.</li></ol>\
               <blockquote><p>Không ai được yêu cầu người dân nộp tiền để được giúp nộp hồ sơ trực tuyến.</p></blockquote>",
    },
    Text {
        kind: Kind::Correction,
        section: "Phản hồi báo chí",
        title: "Phản hồi thông tin về việc cấp nước tại thị trấn Quế",
        summary: "Thông tin “cắt nước hai tuần liền” đăng trên một trang tin là không đúng (minh họa).",
        body: "<p>Trang tin Vùng Mẫu (hư cấu) nêu thị trấn Quế bị cắt nước hai tuần liền. Qua kiểm tra, việc cấp nước \
               chỉ tạm ngừng hai ngày, mỗi ngày sáu giờ, để sửa đường ống và đã thông báo trước trên hệ thống truyền \
               thanh.</p><p>Trang tin đã sửa bài và đăng lời cáo lỗi.</p>",
    },
    Text {
        kind: Kind::Answer,
        section: "Hỏi - Đáp",
        title: "Thời gian giải quyết thủ tục cấp bản sao trích lục hộ tịch",
        summary: "Trả lời câu hỏi của người dân (minh họa).",
        body: "<p><strong>Hỏi:</strong> Tôi xin bản sao trích lục khai sinh thì bao lâu có kết quả?</p>\
               <p><strong>Đáp:</strong> Ủy ban nhân dân xã trả kết quả ngay trong ngày làm việc; hồ sơ nhận sau 15 giờ \
               mà không trả được ngay thì trả trong ngày làm việc tiếp theo. Có thể nộp hồ sơ trực tuyến.</p>",
    },
    Text {
        kind: Kind::Notice,
        section: "Thông báo",
        title: "Lịch tiếp công dân định kỳ của lãnh đạo huyện",
        summary: "Tiếp công dân tại trụ sở, mỗi tháng hai buổi (minh họa).",
        body: "<p>Lãnh đạo huyện tiếp công dân định kỳ vào sáng thứ Năm tuần thứ nhất và tuần thứ ba hằng tháng, từ 7 giờ \
               30 phút đến 11 giờ, tại phòng tiếp công dân.</p><p>Nếu trùng ngày nghỉ, lịch chuyển sang ngày làm việc \
               tiếp theo.</p>",
    },
];

/// Puts the texts on the portal of the example.
///
/// # Errors
/// When its people are missing, or the database fails.
pub fn texts(app: &App) -> Result<(), ActionError> {
    let cast = Cast::of(app)?;
    present(app)?;
    for text in TEXTS {
        let draft = draft(&text);
        let draft = match text.kind {
            Kind::Notice => Draft { last_day: Some(time::days_later(app.today(), 60)), ..draft },
            _ => draft,
        };
        post(app, &cast, text.kind, &draft)?;
    }
    corrected(app, &cast)?;
    withdrawn(app, &cast)
}

/// What the site says of itself: everything but the name is made up.
fn present(app: &App) -> Result<(), ActionError> {
    let mut typed = site::Typed { palette: "red".into(), ..site::Typed::default() };
    let lines = [
        ("slogan", "Cổng thông tin điện tử (dữ liệu minh họa)"),
        ("address", "Số 1, đường Minh Họa, thị trấn Quế, huyện Kim Bảng, tỉnh Hà Nam"),
        ("phone", "0226 000 0000"),
        ("email", "vanthu@kimbang.example"),
        ("responsible", "Chánh Văn phòng HĐND và UBND huyện"),
        ("name_en", "People's Committee of Kim Bảng District"),
    ];
    for (name, text) in lines {
        if let Some(place) = site::LINES.iter().position(|known| *known == name) {
            typed.lines[place] = text.into();
        }
    }
    let about = "Ủy ban nhân dân huyện Kim Bảng là cơ quan hành chính nhà nước ở huyện Kim Bảng, tỉnh Hà Nam, đến hết ngày \
                 31/12/2024. Trang này là bản minh họa của phần mềm Phát Ngôn với dữ liệu năm 2020.\n\n\
                 Trụ sở tiếp công dân vào sáng thứ Năm tuần thứ nhất và tuần thứ ba hằng tháng (minh họa).";
    if let Some(place) = site::TEXTS.iter().position(|known| *known == "about") {
        typed.texts[place] = about.into();
    }
    let operator = Actor::command_line();
    site::change(app, &operator, &typed)?;
    // A code that no organisation has, so that packets of the exchange can be tried.
    let office = Office { organ_id: "H99.05".into(), ..office::office(app)? };
    office::change_office(app, &operator, &office)
}

fn draft(text: &Text) -> Draft {
    Draft {
        title: text.title.into(),
        summary: text.summary.into(),
        body: text.body.into(),
        section: text.section.into(),
        ..Draft::default()
    }
}

pub(super) fn act(
    app: &App,
    by: &app::Actor,
    id: PublicationId,
    event: Event,
    act: Act,
) -> Result<(), ActionError> {
    let row = publication::show(app, by, id)?.row;
    let act = Act { shown_digest: Some(row.content.digest()), ..act };
    publication::act(app, by, (id, row.version), event, &act)
}

fn post(app: &App, cast: &Cast, kind: Kind, draft: &Draft) -> Result<PublicationId, ActionError> {
    let id = publication::begin(app, &cast.officer, kind, draft)?;
    through(app, cast, id, Act::default())?;
    Ok(id)
}

/// Submitted by who wrote it, approved by the leader, published by the clerk with what is said of the change.
fn through(app: &App, cast: &Cast, id: PublicationId, said: Act) -> Result<(), ActionError> {
    act(app, &cast.officer, id, Event::Submit, Act::default())?;
    act(app, &cast.leader, id, Event::Approve, Act::default())?;
    act(app, &cast.clerk, id, Event::Publish, said)
}

/// An own mistake, corrected in place with the date.
fn corrected(app: &App, cast: &Cast) -> Result<(), ActionError> {
    let wrong = Draft {
        title: "Tiêm phòng cho đàn vật nuôi tại 16 xã, thị trấn".into(),
        summary: "Lịch tiêm vắc xin cho gia súc, gia cầm (tin minh họa).".into(),
        body: "<p>Trạm thú y (minh họa) tiêm phòng cho đàn vật nuôi của 16 xã, thị trấn. Bà con nhốt vật nuôi trước \
               giờ tiêm và mang sổ theo dõi.</p>"
            .into(),
        section: "Kinh tế - xã hội".into(),
        ..Draft::default()
    };
    let id = post(app, cast, Kind::News, &wrong)?;
    let mended =
        Draft { title: wrong.title.replace("16", "18"), body: wrong.body.replace("16", "18"), ..wrong };
    let version = publication::show(app, &cast.officer, id)?.row.version;
    publication::edit(app, &cast.officer, (id, version), &mended)?;
    let note = "Bản đăng lúc đầu ghi nhầm 16 xã, thị trấn; đúng là 18 xã, thị trấn.";
    through(app, cast, id, Act { note: note.into(), is_correction: true, ..Act::default() })
}

/// A text that was withdrawn: its address says so, and why.
fn withdrawn(app: &App, cast: &Cast) -> Result<(), ActionError> {
    let text = Draft {
        title: "Lịch cắt điện luân phiên cuối tuần".into(),
        summary: "Lịch cắt điện để sửa đường dây (tin minh họa).".into(),
        body: "<p>Điện lực (minh họa) cắt điện luân phiên ở bốn xã trong hai ngày cuối tuần.</p>".into(),
        section: "Kinh tế - xã hội".into(),
        ..Draft::default()
    };
    let id = post(app, cast, Kind::News, &text)?;
    let why = "Điện lực đã hủy lịch cắt điện.";
    act(app, &cast.clerk, id, Event::Withdraw, Act { note: why.into(), ..Act::default() })
}
