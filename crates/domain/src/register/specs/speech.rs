//! Turns of speech, extraordinary cases, requests between units.

use super::{Field, NOTE, field, press::REPLY_FORMS};
use crate::register::FieldKind::{Day, Flag, Line, Symbol, Unit, Word};
use crate::register::Presence::{Optional, Required};
use crate::register::Privacy::Internal;

/// Turns of speech and turns of information, counted apart (Law 6.4, metric 9).
const TURNS: &[(&str, &[&str])] =
    &[("speech", &["Lượt phát ngôn"]), ("information", &["Lượt cung cấp thông tin"])];

/// Why it took place (metrics 4 and 5).
const OCCASIONS: &[(&str, &[&str])] = &[
    ("periodic", &["Định kỳ"]),
    ("extraordinary", &["Đột xuất"]),
    ("combined", &["Kết hợp trong hội nghị khác"]),
    ("own_initiative", &["Chủ động tham dự"]),
    ("on_request", &["Theo yêu cầu"]),
];

/// Classes of extraordinary cases (NĐ 09/2017 Đ6, NĐ 244/2026 Đ7).
const CASE_CLASSES: &[(&str, &[&str])] = &[
    ("high_impact", &["Sự kiện quan trọng, tác động lớn trong xã hội"]),
    ("divided_opinion", &["Dư luận xã hội có nhiều ý kiến khác nhau"]),
    ("press_request", &["Theo yêu cầu của cơ quan báo chí, chỉ đạo, quản lý báo chí"]),
    ("several_bodies", &["Liên quan nhiều cơ quan, địa phương"]),
    ("national", &["Phạm vi quốc gia"]),
];

/// What became of a request between units.
const PART_OUTCOMES: &[(&str, &[&str])] = &[
    ("answered", &["Đã gửi nội dung"]),
    ("declined", &["Từ chối phối hợp"]),
    ("waived", &["Được miễn phối hợp"]),
    ("open", &["Chưa gửi nội dung"]),
];

pub(super) const STATEMENTS: &[Field] = &[
    field(
        "held_on",
        Day,
        Required,
        Internal,
        &["Ngày phát ngôn", "Ngày tổ chức", "Ngày cung cấp thông tin cho báo chí"],
    ),
    field("form", Word(REPLY_FORMS), Required, Internal, &["Hình thức phát ngôn, cung cấp thông tin"]),
    field("turn", Word(TURNS), Optional, Internal, &["Loại lượt"]),
    field("occasion", Word(OCCASIONS), Optional, Internal, &["Tính chất (định kỳ, đột xuất)"]),
    field("subject", Line(500), Required, Internal, &["Nội dung phát ngôn", "Nội dung họp báo"]),
    field("unit", Unit, Optional, Internal, &["Đơn vị phát ngôn"]),
    field("speaker", Line(100), Optional, Internal, &["Người phát ngôn, chủ trì họp báo"]),
    field("notice_on", Day, Optional, Internal, &["Ngày gửi thông báo họp báo"]),
    field("minutes_symbol", Symbol, Optional, Internal, &["Biên bản họp báo"]),
    field("url", Line(1000), Optional, Internal, &["Đường dẫn đăng tải phát ngôn"]),
    NOTE,
];

pub(super) const EXTRAORDINARY_CASES: &[Field] = &[
    field("arose_on", Day, Required, Internal, &["Ngày phát sinh vụ việc"]),
    field("class", Word(CASE_CLASSES), Required, Internal, &["Loại vụ việc đột xuất"]),
    field("subject", Line(500), Required, Internal, &["Vụ việc đột xuất"]),
    field("trigger_at", Line(16), Optional, Internal, &["Thời điểm bắt đầu tính giờ"]),
    field("due_at", Line(16), Optional, Internal, &["Thời hạn thông tin ban đầu"]),
    field("due_basis", Line(200), Optional, Internal, &["Căn cứ tính giờ"]),
    field("spoken_on", Day, Optional, Internal, &["Ngày phát ngôn về vụ việc"]),
    field("spoken_at", Line(16), Optional, Internal, &["Giờ phát ngôn về vụ việc"]),
    field("on_time", Flag, Optional, Internal, &["Phát ngôn đúng hạn"]),
    field("speaker", Line(100), Optional, Internal, &["Người phát ngôn về vụ việc"]),
    NOTE,
];

pub(super) const INTERNAL_REQUESTS: &[Field] = &[
    field("asked_on", Day, Required, Internal, &["Ngày yêu cầu phối hợp"]),
    field("unit", Unit, Required, Internal, &["Đơn vị được yêu cầu phối hợp"]),
    field("subject", Line(500), Required, Internal, &["Nội dung yêu cầu phối hợp"]),
    field("request_code", Line(40), Optional, Internal, &["Số yêu cầu của báo chí liên quan"]),
    field("due_on", Day, Optional, Internal, &["Thời hạn phối hợp"]),
    field("answered_on", Day, Optional, Internal, &["Ngày đơn vị gửi nội dung"]),
    field("outcome", Word(PART_OUTCOMES), Optional, Internal, &["Kết quả phối hợp"]),
    NOTE,
];
