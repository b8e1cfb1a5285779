//! Questions of citizens (*Hỏi - Đáp*).

use super::{Field, NOTE, field};
use crate::register::FieldKind::{Day, Line, Unit, Word};
use crate::register::Presence::{Optional, Required};
use crate::register::Privacy::{Internal, Personal};

pub(super) const QUESTIONS: &[Field] = &[
    field("code", Line(40), Optional, Internal, &["Mã câu hỏi", "Mã số", "Mã", "Mã hồ sơ", "Số câu hỏi"]),
    field(
        "received_on",
        Day,
        Required,
        Internal,
        &["Ngày nhận", "Ngày tiếp nhận", "Ngày gửi", "Ngày hỏi", "Ngày gửi câu hỏi", "Ngày tháng", "Ngày"],
    ),
    field(
        "asker",
        Line(100),
        Optional,
        Personal,
        &["Người hỏi", "Họ tên người hỏi", "Họ và tên", "Công dân", "Người gửi"],
    ),
    field(
        "contact",
        Line(200),
        Optional,
        Personal,
        &["Liên hệ", "Điện thoại", "Địa chỉ", "Số điện thoại", "Email"],
    ),
    field("topic", Line(200), Optional, Internal, &["Lĩnh vực", "Chuyên mục"]),
    field(
        "subject",
        Line(500),
        Required,
        Internal,
        &["Nội dung câu hỏi", "Câu hỏi", "Tiêu đề", "Nội dung", "Tiêu đề câu hỏi"],
    ),
    field(
        "unit",
        Unit,
        Optional,
        Internal,
        &["Đơn vị trả lời", "Cơ quan trả lời", "Đơn vị xử lý", "Đơn vị được giao"],
    ),
    field("track", Word(TRACKS), Optional, Internal, &["Phân loại", "Loại", "Loại nội dung"]),
    field("due_on", Day, Optional, Internal, &["Hạn trả lời", "Thời hạn trả lời", "Thời hạn", "Hạn xử lý"]),
    field("due_basis", Line(200), Optional, Internal, &["Căn cứ tính thời hạn"]),
    field(
        "notice_on",
        Day,
        Optional,
        Internal,
        &["Ngày thông báo tiến độ", "Ngày thông báo", "Ngày thông báo quá trình xử lý"],
    ),
    field("promised_on", Day, Optional, Internal, &["Ngày hẹn trả lời", "Ngày hẹn"]),
    field("answered_on", Day, Optional, Internal, &["Ngày trả lời", "Ngày có câu trả lời", "Ngày phản hồi"]),
    field("published_on", Day, Optional, Internal, &["Ngày đăng trả lời", "Ngày đăng", "Ngày công khai"]),
    field(
        "outcome",
        Word(QUESTION_OUTCOMES),
        Optional,
        Internal,
        &["Kết quả", "Tình trạng", "Trạng thái", "Kết quả xử lý"],
    ),
    NOTE,
];

/// What a submission is in law (Law section 5.1).
const TRACKS: &[(&str, &[&str])] = &[
    ("question", &["Hỏi đáp", "Hỏi - Đáp", "Câu hỏi", "Hỏi – Đáp"]),
    ("information_request", &["Yêu cầu cung cấp thông tin"]),
    ("recommendation", &["Kiến nghị, phản ánh", "Kiến nghị", "Phản ánh"]),
    ("rule_feedback", &["Phản ánh, kiến nghị về quy định hành chính"]),
    ("complaint", &["Khiếu nại"]),
    ("denunciation", &["Tố cáo"]),
    ("press_request", &["Yêu cầu của báo chí"]),
    ("no_content", &["Không có nội dung", "Thư rác", "Spam"]),
];

const QUESTION_OUTCOMES: &[(&str, &[&str])] = &[
    (
        "answered",
        &["Đã trả lời", "Hoàn thành", "Đã hoàn thành", "Đã giải quyết", "Đã phản hồi", "Đã xong", "Xong"],
    ),
    ("open", &["Đang xử lý", "Chưa trả lời", "Đang giải quyết", "Đang xác minh", "Chưa xong"]),
    ("rerouted", &["Đã chuyển", "Chuyển cơ quan khác", "Chuyển đơn"]),
    ("refused", &["Từ chối", "Không trả lời"]),
];
