//! Requests of the press, and what the press wrote.

use super::{Field, NOTE, REQUESTER_KINDS, field};
use crate::register::FieldKind::{Count, Day, Flag, Line, Symbol, Unit, Word};
use crate::register::Presence::{Optional, Required};
use crate::register::Privacy::{Internal, Personal};

pub(super) const PRESS_REQUESTS: &[Field] = &[
    field("code", Line(40), Optional, Internal, &["Mã yêu cầu", "Mã số", "Mã"]),
    field(
        "received_on",
        Day,
        Required,
        Internal,
        &[
            "Ngày tiếp nhận",
            "Ngày nhận",
            "Ngày nhận yêu cầu",
            "Ngày yêu cầu",
            "Ngày đến",
            "Ngày tháng",
            "Ngày",
        ],
    ),
    field(
        "requester",
        Line(200),
        Required,
        Internal,
        &[
            "Cơ quan yêu cầu",
            "Cơ quan báo chí, đơn vị yêu cầu",
            "Cơ quan báo chí",
            "Đơn vị yêu cầu",
            "Tên cơ quan báo chí",
            "Cơ quan, đơn vị yêu cầu",
            "Báo, đài",
        ],
    ),
    field(
        "requester_kind",
        Word(REQUESTER_KINDS),
        Optional,
        Internal,
        &["Loại cơ quan yêu cầu", "Loại cơ quan", "Đối tượng yêu cầu", "Loại đối tượng"],
    ),
    field(
        "reporter",
        Line(100),
        Optional,
        Personal,
        &["Phóng viên", "Nhà báo", "Người yêu cầu", "Họ tên phóng viên", "Người liên hệ"],
    ),
    field(
        "request_symbol",
        Symbol,
        Optional,
        Internal,
        &["Số, ký hiệu văn bản yêu cầu", "Văn bản yêu cầu", "Số công văn yêu cầu", "Giấy giới thiệu"],
    ),
    field(
        "subject",
        Line(500),
        Required,
        Internal,
        &["Nội dung yêu cầu", "Nội dung", "Nội dung đề nghị cung cấp", "Vấn đề", "Chủ đề"],
    ),
    field(
        "channel",
        Word(CHANNELS),
        Optional,
        Internal,
        &["Hình thức tiếp nhận", "Kênh tiếp nhận", "Hình thức yêu cầu"],
    ),
    field("legal_kind", Word(PRESS_REQUEST_KINDS), Optional, Internal, &["Loại yêu cầu", "Loại"]),
    field(
        "lead_unit",
        Unit,
        Optional,
        Internal,
        &["Đơn vị chủ trì", "Đơn vị xử lý", "Đơn vị thực hiện", "Đơn vị tham mưu", "Phòng ban xử lý"],
    ),
    field("due_on", Day, Optional, Internal, &["Thời hạn trả lời", "Hạn trả lời", "Thời hạn", "Hạn xử lý"]),
    field("due_basis", Line(200), Optional, Internal, &["Căn cứ tính thời hạn"]),
    field(
        "answered_on",
        Day,
        Optional,
        Internal,
        &["Ngày trả lời", "Ngày cung cấp", "Ngày cung cấp thông tin", "Ngày phản hồi"],
    ),
    field(
        "reply_symbol",
        Symbol,
        Optional,
        Internal,
        &[
            "Số, ký hiệu văn bản trả lời",
            "Văn bản trả lời",
            "Số văn bản trả lời",
            "Văn bản cung cấp",
            "Số công văn trả lời",
        ],
    ),
    field(
        "reply_form",
        Word(REPLY_FORMS),
        Optional,
        Internal,
        &["Hình thức cung cấp", "Hình thức trả lời", "Hình thức phát ngôn"],
    ),
    field("speaker", Line(100), Optional, Internal, &["Người phát ngôn", "Người trả lời", "Người cung cấp"]),
    field(
        "outcome",
        Word(PRESS_REQUEST_OUTCOMES),
        Optional,
        Internal,
        &["Kết quả", "Kết quả xử lý", "Tình trạng", "Trạng thái"],
    ),
    field("refusal_ground", Word(REFUSAL_GROUNDS), Optional, Internal, &["Căn cứ từ chối", "Lý do từ chối"]),
    NOTE,
];

const CHANNELS: &[(&str, &[&str])] = &[
    ("letter", &["Văn bản", "Công văn", "Bằng văn bản"]),
    ("in_person", &["Trực tiếp", "Gặp trực tiếp"]),
    ("phone", &["Điện thoại"]),
    ("email", &["Thư điện tử", "Email", "E-mail"]),
    ("portal", &["Cổng thông tin điện tử", "Trực tuyến"]),
    ("briefing", &["Giao ban báo chí", "Họp báo"]),
];

const PRESS_REQUEST_KINDS: &[(&str, &[&str])] = &[
    ("information", &["Cung cấp thông tin", "Đề nghị cung cấp thông tin"]),
    ("answer_in_press", &["Trả lời trên báo chí", "Yêu cầu trả lời trên báo chí"]),
    (
        "forwarded_opinion",
        &["Ý kiến, kiến nghị, phê bình do báo chí chuyển đến", "Ý kiến, kiến nghị", "Kiến nghị"],
    ),
    ("forwarded_complaint", &["Khiếu nại, tố cáo do báo chí chuyển đến", "Khiếu nại, tố cáo", "Đơn thư"]),
    ("interview", &["Phỏng vấn", "Trả lời phỏng vấn"]),
    ("extraordinary", &["Đột xuất, bất thường", "Đột xuất"]),
];

/// Forms of speaking (NĐ 09/2017 Đ4, NĐ 244/2026 Đ5).
pub(super) const REPLY_FORMS: &[(&str, &[&str])] = &[
    (
        "press_release_or_written",
        &["Văn bản", "Bằng văn bản", "Thông cáo báo chí", "Trả lời bằng văn bản", "Thư điện tử"],
    ),
    ("direct_or_interview", &["Trả lời phỏng vấn", "Phát ngôn trực tiếp", "Trực tiếp", "Phỏng vấn"]),
    ("press_conference", &["Họp báo"]),
    ("portal_post", &["Đăng Cổng thông tin điện tử", "Cổng thông tin điện tử", "Trang thông tin điện tử"]),
    ("exchange_or_briefing", &["Giao ban báo chí", "Trao đổi trực tiếp"]),
];

const PRESS_REQUEST_OUTCOMES: &[(&str, &[&str])] = &[
    (
        "answered",
        &[
            "Đã trả lời",
            "Đã cung cấp",
            "Hoàn thành",
            "Đã hoàn thành",
            "Đã giải quyết",
            "Đã phản hồi",
            "Đã xong",
            "Xong",
        ],
    ),
    ("refused", &["Từ chối", "Không cung cấp"]),
    (
        "open",
        &["Đang xử lý", "Chưa trả lời", "Đang giải quyết", "Đang xác minh", "Chưa xong", "Chưa cung cấp"],
    ),
    ("withdrawn", &["Rút yêu cầu", "Cơ quan báo chí rút"]),
];

/// Refusal grounds (Luật Báo chí 2016 Đ38 k2; 2025 Đ31 k2). Which of them is in force on a day is law data.
const REFUSAL_GROUNDS: &[(&str, &[&str])] = &[
    ("secret", &["Bí mật nhà nước, bí mật đời tư", "Bí mật nhà nước", "Bí mật"]),
    ("case_pending", &["Vụ án đang điều tra hoặc chưa xét xử", "Đang điều tra", "Chưa xét xử"]),
    (
        "inspection_pending",
        &["Đang thanh tra, giải quyết khiếu nại, tố cáo", "Đang thanh tra", "Chưa có kết luận"],
    ),
    ("draft_policy", &["Dự thảo chính sách chưa được phép công bố", "Dự thảo chưa được phép công bố"]),
];

pub(super) const PRESS_ITEMS: &[Field] = &[
    field(
        "published_on",
        Day,
        Required,
        Internal,
        &[
            "Ngày đăng, phát",
            "Ngày đăng",
            "Ngày phát",
            "Ngày phản ánh",
            "Ngày đăng báo",
            "Ngày tháng",
            "Ngày",
        ],
    ),
    field(
        "outlet",
        Line(200),
        Required,
        Internal,
        &["Cơ quan báo chí", "Tên báo", "Báo, đài", "Báo", "Nguồn"],
    ),
    field(
        "title",
        Line(500),
        Required,
        Internal,
        &[
            "Tiêu đề tin, bài",
            "Tiêu đề",
            "Tên bài",
            "Tên bài báo",
            "Tên tin, bài",
            "Tin, bài",
            "Nội dung phản ánh",
            "Nội dung",
        ],
    ),
    field("url", Line(1000), Optional, Internal, &["Đường dẫn", "Link", "Đường link", "Liên kết", "Địa chỉ"]),
    field("topic", Line(200), Optional, Internal, &["Lĩnh vực", "Chủ đề"]),
    field(
        "unit_concerned",
        Unit,
        Optional,
        Internal,
        &["Đơn vị liên quan", "Đơn vị được phản ánh", "Đơn vị chịu trách nhiệm", "Đơn vị xác minh"],
    ),
    field(
        "detected_by",
        Word(DETECTED_BY),
        Optional,
        Internal,
        &["Nguồn phát hiện", "Đơn vị phát hiện", "Phát hiện bởi"],
    ),
    field("needs_answer", Flag, Optional, Internal, &["Cần trả lời", "Cần phản hồi", "Phải phản hồi"]),
    field(
        "assessment",
        Word(ASSESSMENTS),
        Optional,
        Internal,
        &["Kết quả xác minh", "Đánh giá", "Kết quả kiểm tra", "Tính chính xác"],
    ),
    field(
        "action",
        Word(PRESS_ITEM_ACTIONS),
        Optional,
        Internal,
        &["Hình thức xử lý", "Biện pháp xử lý", "Xử lý"],
    ),
    field(
        "action_symbol",
        Symbol,
        Optional,
        Internal,
        &["Số, ký hiệu văn bản phản hồi", "Văn bản phản hồi", "Số văn bản phản hồi"],
    ),
    field(
        "action_on",
        Day,
        Optional,
        Internal,
        &["Ngày phản hồi", "Ngày văn bản phản hồi", "Ngày gửi văn bản"],
    ),
    field("rounds", Count, Optional, Internal, &["Số lần phản hồi", "Số lần"]),
    field(
        "outcome",
        Word(PRESS_ITEM_OUTCOMES),
        Optional,
        Internal,
        &["Kết quả cải chính", "Kết quả", "Kết quả xử lý của báo"],
    ),
    field("outcome_on", Day, Optional, Internal, &["Ngày cải chính", "Ngày kết quả", "Ngày báo cải chính"]),
    NOTE,
];

const DETECTED_BY: &[(&str, &[&str])] = &[
    ("unit", &["Tự phát hiện", "Đơn vị tự phát hiện", "Cơ quan tự phát hiện"]),
    ("superior", &["Cấp trên chuyển", "Cấp trên giao", "Sở chuyển", "Được giao"]),
];

const ASSESSMENTS: &[(&str, &[&str])] = &[
    ("true", &["Đúng", "Chính xác", "Đúng sự thật"]),
    ("partly", &["Đúng một phần", "Chính xác một phần", "Sai một phần"]),
    ("false", &["Sai", "Không chính xác", "Sai sự thật", "Không đúng", "Không đúng sự thật"]),
    ("one_sided", &["Một chiều", "Phản ánh một chiều", "Thiếu khách quan"]),
];

const PRESS_ITEM_ACTIONS: &[(&str, &[&str])] = &[
    ("none", &["Không", "Không xử lý", "Theo dõi"]),
    ("feedback", &["Phản hồi", "Văn bản phản hồi", "Có văn bản phản hồi"]),
    (
        "correction_request",
        &[
            "Đề nghị cải chính",
            "Yêu cầu cải chính",
            "Đề nghị cải chính, xin lỗi",
            "Đề nghị đính chính",
            "Yêu cầu đính chính",
        ],
    ),
];

const PRESS_ITEM_OUTCOMES: &[(&str, &[&str])] = &[
    (
        "corrected",
        &[
            "Đã cải chính",
            "Báo đã cải chính",
            "Đã cải chính, xin lỗi",
            "Cải chính",
            "Đã đính chính",
            "Đã đính chính, xin lỗi",
        ],
    ),
    ("feedback_published", &["Đã đăng phản hồi", "Đăng phản hồi"]),
    ("removed", &["Đã gỡ bài", "Gỡ bài"]),
    ("refused", &["Từ chối", "Báo từ chối", "Không cải chính"]),
    ("pending", &["Chưa có kết quả", "Đang chờ", "Chưa cải chính", "Đang xử lý"]),
];
