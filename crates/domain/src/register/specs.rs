//! The fields of each register. Column order follows NĐ 30/2020 Phụ lục IV for the two document registers.

use super::FieldKind::{Count, Day, Flag, Line, Symbol, Text, Unit, Word};
use super::Presence::{Optional, Required};
use super::Privacy::{Internal, Personal, Public};
use super::{Field, FieldKind, Presence, Privacy, Register};

const fn field(
    key: &'static str,
    kind: FieldKind,
    presence: Presence,
    privacy: Privacy,
    headings: &'static [&'static str],
) -> Field {
    Field { key, kind, presence, privacy, headings }
}

pub(super) const fn fields(register: Register) -> &'static [Field] {
    match register {
        Register::OutgoingDocuments => OUTGOING_DOCUMENTS,
        Register::IncomingDocuments => INCOMING_DOCUMENTS,
        Register::PressRequests => PRESS_REQUESTS,
        Register::PressItems => PRESS_ITEMS,
        Register::News => NEWS,
        Register::PortalDocuments => PORTAL_DOCUMENTS,
        Register::Questions => QUESTIONS,
        Register::Regulations => REGULATIONS,
        Register::RollOuts => ROLL_OUTS,
        Register::Spokespersons => SPOKESPERSONS,
        Register::Statements => STATEMENTS,
        Register::ExtraordinaryCases => EXTRAORDINARY_CASES,
        Register::InternalRequests => INTERNAL_REQUESTS,
        Register::Trainings => TRAININGS,
    }
}

pub(super) const fn key_fields(register: Register) -> &'static [&'static str] {
    match register {
        Register::OutgoingDocuments | Register::PortalDocuments => &["symbol", "issued_on", "summary"],
        Register::IncomingDocuments => &["arrived_on", "arrival_number", "symbol"],
        Register::PressRequests => &["received_on", "requester", "subject"],
        Register::PressItems => &["published_on", "outlet", "title"],
        Register::News => &["posted_on", "title", "supplier"],
        Register::Questions => &["code", "received_on", "subject"],
        Register::Regulations => &["symbol", "issued_on"],
        Register::RollOuts => &["regulation", "recipient"],
        Register::Spokespersons => &["full_name", "kind", "matter", "starts_on"],
        Register::Statements => &["held_on", "form", "subject"],
        Register::ExtraordinaryCases => &["arose_on", "subject"],
        Register::InternalRequests => &["asked_on", "unit", "subject"],
        Register::Trainings => &["held_on", "title"],
    }
}

pub(super) const fn day_field(register: Register) -> &'static str {
    match register {
        Register::OutgoingDocuments | Register::Regulations => "issued_on",
        Register::IncomingDocuments => "arrived_on",
        Register::PressRequests | Register::Questions => "received_on",
        Register::PressItems => "published_on",
        Register::News | Register::PortalDocuments => "posted_on",
        Register::RollOuts => "sent_on",
        Register::Spokespersons => "starts_on",
        Register::Statements => "held_on",
        Register::ExtraordinaryCases => "arose_on",
        Register::InternalRequests => "asked_on",
        Register::Trainings => "held_on",
    }
}

pub(super) const fn title_field(register: Register) -> &'static str {
    match register {
        Register::OutgoingDocuments | Register::IncomingDocuments | Register::PortalDocuments => "summary",
        Register::PressRequests | Register::Questions => "subject",
        Register::PressItems | Register::News | Register::Regulations => "title",
        Register::RollOuts => "recipient",
        Register::Spokespersons => "full_name",
        Register::Statements => "subject",
        Register::ExtraordinaryCases => "subject",
        Register::InternalRequests => "subject",
        Register::Trainings => "title",
    }
}

const NOTE: Field = field("note", Text, Optional, Internal, &["Ghi chú"]);

/// Who asked for information (metric 7).
const REQUESTER_KINDS: &[(&str, &[&str])] = &[
    ("press_agency", &["Cơ quan báo chí", "Báo chí", "Báo", "Đài", "Tạp chí", "Nhà báo", "Phóng viên"]),
    (
        "management_body",
        &[
            "Cơ quan quản lý nhà nước về báo chí",
            "Cơ quan quản lý báo chí",
            "Sở Thông tin và Truyền thông",
            "Sở TTTT",
            "Sở TT&TT",
            "Sở Văn hóa và Thể thao",
            "Sở",
        ],
    ),
    ("directing_body", &["Cơ quan chỉ đạo báo chí", "Ban Tuyên giáo", "Ban Tuyên giáo và Dân vận"]),
    ("other", &["Khác", "Cơ quan khác", "Tổ chức, cá nhân khác"]),
];

const OUTGOING_DOCUMENTS: &[Field] = &[
    field(
        "symbol",
        Symbol,
        Required,
        Public,
        &[
            "Số, ký hiệu văn bản",
            "Số, ký hiệu",
            "Số ký hiệu",
            "Số/Ký hiệu",
            "Số và ký hiệu",
            "Số hiệu",
            "Số văn bản",
            "Số",
        ],
    ),
    field(
        "issued_on",
        Day,
        Required,
        Public,
        &[
            "Ngày tháng văn bản",
            "Ngày, tháng, năm văn bản",
            "Ngày văn bản",
            "Ngày ban hành",
            "Ngày ký",
            "Ngày tháng",
            "Ngày",
        ],
    ),
    field(
        "summary",
        Line(500),
        Required,
        Public,
        &[
            "Tên loại và trích yếu nội dung văn bản",
            "Tên loại và trích yếu",
            "Trích yếu nội dung",
            "Trích yếu",
            "Nội dung văn bản",
            "Nội dung",
        ],
    ),
    field("signer", Line(50), Optional, Public, &["Người ký", "Họ tên người ký"]),
    field("recipients", Line(1000), Optional, Public, &["Nơi nhận văn bản", "Nơi nhận", "Cơ quan nhận"]),
    field(
        "file_copy_holder",
        Line(200),
        Optional,
        Internal,
        &["Đơn vị, người nhận bản lưu", "Người nhận bản lưu", "Nơi nhận bản lưu", "Đơn vị lưu"],
    ),
    field("copies", Count, Optional, Internal, &["Số lượng bản", "Số bản", "Số lượng"]),
    field("sent_on", Day, Optional, Internal, &["Ngày chuyển", "Ngày gửi", "Ngày phát hành"]),
    field("receipt", Line(200), Optional, Internal, &["Ký nhận"]),
    NOTE,
    field(
        "drafting_unit",
        Unit,
        Optional,
        Internal,
        &["Đơn vị soạn thảo", "Đơn vị tham mưu", "Phòng ban soạn thảo"],
    ),
    field(
        "supplied_to",
        Word(REQUESTER_KINDS),
        Optional,
        Internal,
        &["Cung cấp thông tin theo yêu cầu của", "Cung cấp thông tin cho", "Loại cơ quan yêu cầu"],
    ),
];

const INCOMING_DOCUMENTS: &[Field] = &[
    field("arrived_on", Day, Required, Internal, &["Ngày đến", "Ngày nhận", "Ngày tháng đến"]),
    field("arrival_number", Line(11), Required, Internal, &["Số đến", "Số văn bản đến"]),
    field(
        "author",
        Line(200),
        Required,
        Internal,
        &["Tác giả", "Cơ quan ban hành", "Cơ quan gửi", "Nơi gửi", "Nơi ban hành"],
    ),
    field(
        "symbol",
        Symbol,
        Optional,
        Internal,
        &["Số, ký hiệu văn bản", "Số, ký hiệu", "Số ký hiệu", "Số/Ký hiệu", "Số và ký hiệu", "Số hiệu"],
    ),
    field(
        "issued_on",
        Day,
        Optional,
        Internal,
        &["Ngày tháng văn bản", "Ngày văn bản", "Ngày ban hành", "Ngày, tháng, năm văn bản", "Ngày tháng"],
    ),
    field(
        "summary",
        Line(500),
        Required,
        Internal,
        &[
            "Tên loại và trích yếu nội dung văn bản",
            "Tên loại và trích yếu",
            "Trích yếu nội dung",
            "Trích yếu",
            "Nội dung văn bản",
            "Nội dung",
        ],
    ),
    field(
        "handler",
        Line(1000),
        Optional,
        Internal,
        &[
            "Đơn vị hoặc người nhận",
            "Đơn vị, người nhận",
            "Người nhận",
            "Nơi nhận",
            "Đơn vị xử lý",
            "Người xử lý",
        ],
    ),
    field("forwarded_on", Day, Optional, Internal, &["Ngày chuyển", "Ngày chuyển xử lý"]),
    field("receipt", Line(200), Optional, Internal, &["Ký nhận"]),
    NOTE,
    field(
        "due_on",
        Day,
        Optional,
        Internal,
        &["Thời hạn giải quyết", "Hạn giải quyết", "Hạn xử lý", "Hạn trả lời", "Thời hạn"],
    ),
    field("progress", Line(500), Optional, Internal, &["Tiến độ giải quyết", "Tiến độ", "Tình trạng"]),
    field(
        "reply_symbol",
        Symbol,
        Optional,
        Internal,
        &["Số, ký hiệu văn bản trả lời", "Văn bản trả lời", "Số văn bản trả lời"],
    ),
];

const PRESS_REQUESTS: &[Field] = &[
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
const REPLY_FORMS: &[(&str, &[&str])] = &[
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

const PRESS_ITEMS: &[Field] = &[
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

const NEWS: &[Field] = &[
    field(
        "posted_on",
        Day,
        Required,
        Public,
        &["Ngày đăng", "Ngày đăng tải", "Ngày đăng tin", "Ngày xuất bản", "Ngày phát", "Ngày tháng", "Ngày"],
    ),
    field(
        "title",
        Line(500),
        Required,
        Public,
        &["Tiêu đề", "Tên tin, bài", "Tiêu đề tin, bài", "Tin, bài", "Tên tin", "Tên bài", "Nội dung tin"],
    ),
    field("category", Line(200), Optional, Public, &["Chuyên mục", "Lĩnh vực", "Thể loại", "Mục"]),
    field(
        "supplier",
        Unit,
        Optional,
        Public,
        &["Đơn vị cung cấp", "Nguồn tin", "Đơn vị cung cấp tin", "Nguồn", "Nơi cung cấp"],
    ),
    field("author", Line(100), Optional, Public, &["Tác giả", "Người viết", "Người thực hiện", "Phóng viên"]),
    field("url", Line(1000), Optional, Public, &["Đường dẫn", "Link", "Đường link", "Liên kết", "Địa chỉ"]),
    field("withdrawn_on", Day, Optional, Public, &["Ngày gỡ", "Ngày gỡ bài", "Ngày rút"]),
    NOTE,
];

const PORTAL_DOCUMENTS: &[Field] = &[
    field(
        "symbol",
        Symbol,
        Required,
        Public,
        &[
            "Số, ký hiệu",
            "Số, ký hiệu văn bản",
            "Số ký hiệu",
            "Số/Ký hiệu",
            "Số và ký hiệu",
            "Số hiệu",
            "Số văn bản",
        ],
    ),
    field(
        "type_name",
        Line(100),
        Optional,
        Public,
        &["Loại văn bản", "Tên loại", "Hình thức văn bản", "Loại"],
    ),
    field("issuer", Unit, Optional, Public, &["Cơ quan ban hành", "Nơi ban hành", "Đơn vị ban hành"]),
    field(
        "issued_on",
        Day,
        Required,
        Public,
        &["Ngày ban hành", "Ngày tháng văn bản", "Ngày văn bản", "Ngày ký"],
    ),
    field("effective_on", Day, Optional, Public, &["Ngày có hiệu lực", "Ngày hiệu lực", "Hiệu lực từ"]),
    field(
        "summary",
        Line(500),
        Required,
        Public,
        &["Trích yếu", "Trích yếu nội dung", "Tên loại và trích yếu", "Nội dung", "Tên văn bản"],
    ),
    field("signer", Line(50), Optional, Public, &["Người ký", "Họ tên người ký"]),
    field(
        "posted_on",
        Day,
        Optional,
        Public,
        &["Ngày đăng", "Ngày đăng tải", "Ngày đăng cổng", "Ngày cập nhật"],
    ),
    field("url", Line(1000), Optional, Public, &["Đường dẫn", "Link", "Đường link", "Liên kết", "Địa chỉ"]),
    field("withdrawn_on", Day, Optional, Public, &["Ngày gỡ", "Ngày rút"]),
    field("post_due_on", Day, Optional, Internal, &["Hạn đăng", "Thời hạn đăng tải"]),
    field("due_basis", Line(200), Optional, Internal, &["Căn cứ tính thời hạn"]),
    NOTE,
];

const QUESTIONS: &[Field] = &[
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

const REGULATIONS: &[Field] = &[
    field(
        "symbol",
        Symbol,
        Required,
        Public,
        &["Số, ký hiệu", "Số, ký hiệu văn bản", "Số ký hiệu", "Số quyết định", "Số/Ký hiệu"],
    ),
    field(
        "issued_on",
        Day,
        Required,
        Public,
        &["Ngày ban hành", "Ngày tháng văn bản", "Ngày văn bản", "Ngày ký"],
    ),
    field("issuer", Line(200), Required, Public, &["Cơ quan ban hành", "Nơi ban hành"]),
    field("title", Line(500), Required, Public, &["Tên quy chế", "Trích yếu", "Tên văn bản", "Nội dung"]),
    field("effective_on", Day, Optional, Public, &["Ngày có hiệu lực", "Ngày hiệu lực"]),
    field("ended_on", Day, Optional, Public, &["Ngày hết hiệu lực"]),
    field("replaces", Symbol, Optional, Public, &["Thay thế văn bản", "Thay thế"]),
    NOTE,
];

const ROLL_OUTS: &[Field] = &[
    field(
        "regulation",
        Symbol,
        Required,
        Internal,
        &["Quy chế", "Số, ký hiệu quy chế", "Văn bản triển khai", "Số quyết định"],
    ),
    field(
        "recipient",
        Unit,
        Required,
        Internal,
        &["Đơn vị nhận", "Đơn vị", "Cơ quan, đơn vị", "Nơi nhận", "Tên đơn vị"],
    ),
    field(
        "sent_on",
        Day,
        Required,
        Internal,
        &["Ngày gửi", "Ngày triển khai", "Ngày chuyển", "Ngày quán triệt"],
    ),
    field(
        "sent_symbol",
        Symbol,
        Optional,
        Internal,
        &["Số, ký hiệu văn bản triển khai", "Văn bản gửi", "Công văn triển khai"],
    ),
    field(
        "acknowledged_on",
        Day,
        Optional,
        Internal,
        &["Ngày xác nhận", "Ngày tiếp nhận", "Ngày quán triệt tại đơn vị"],
    ),
    field(
        "own_regulation_symbol",
        Symbol,
        Optional,
        Internal,
        &["Quy chế nội bộ", "Số, ký hiệu quy chế nội bộ", "Số quyết định quy chế nội bộ"],
    ),
    field(
        "own_regulation_on",
        Day,
        Optional,
        Internal,
        &["Ngày ban hành quy chế nội bộ", "Ngày quy chế nội bộ"],
    ),
    field("own_regulation_due_on", Day, Optional, Internal, &["Hạn ban hành quy chế nội bộ"]),
    field("due_basis", Line(200), Optional, Internal, &["Căn cứ tính thời hạn"]),
    NOTE,
];

const SPOKESPERSONS: &[Field] = &[
    field("full_name", Line(50), Required, Public, &["Họ và tên", "Họ tên", "Người phát ngôn", "Tên"]),
    field("title", Line(100), Required, Public, &["Chức vụ", "Chức danh"]),
    field("body", Unit, Optional, Public, &["Cơ quan, đơn vị", "Cơ quan", "Đơn vị"]),
    field("phone", Line(40), Optional, Public, &["Điện thoại", "Số điện thoại"]),
    field(
        "email",
        Line(100),
        Optional,
        Public,
        &["Thư điện tử", "Thư điện tử công vụ", "Email", "E-mail", "Địa chỉ email"],
    ),
    field(
        "kind",
        Word(SPOKESPERSON_KINDS),
        Required,
        Public,
        &["Loại người phát ngôn", "Loại", "Tư cách", "Hình thức"],
    ),
    field(
        "matter",
        Line(500),
        Optional,
        Public,
        &["Vụ việc được ủy quyền", "Nội dung ủy quyền", "Vụ việc", "Phạm vi"],
    ),
    field(
        "starts_on",
        Day,
        Required,
        Public,
        &["Từ ngày", "Ngày giao nhiệm vụ", "Ngày bắt đầu", "Ngày ủy quyền"],
    ),
    field("ends_on", Day, Optional, Public, &["Đến ngày", "Ngày kết thúc"]),
    field(
        "decision_symbol",
        Symbol,
        Optional,
        Public,
        &["Số, ký hiệu quyết định", "Văn bản giao nhiệm vụ", "Quyết định", "Văn bản ủy quyền"],
    ),
    field("published_on", Day, Optional, Public, &["Ngày công bố", "Ngày đăng công khai", "Ngày đăng"]),
    field("publish_due_on", Day, Optional, Internal, &["Hạn công bố"]),
    field("due_basis", Line(200), Optional, Internal, &["Căn cứ tính thời hạn"]),
    NOTE,
];

/// Who speaks and by what right (NĐ 09/2017 Đ3, NĐ 244/2026 Đ2, Đ3).
const SPOKESPERSON_KINDS: &[(&str, &[&str])] = &[
    ("head", &["Người đứng đầu", "Thủ trưởng", "Chủ tịch"]),
    ("regular", &["Người phát ngôn thường xuyên", "Thường xuyên", "Được giao nhiệm vụ phát ngôn"]),
    ("authorised", &["Người được ủy quyền phát ngôn", "Được ủy quyền", "Ủy quyền"]),
];

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

const STATEMENTS: &[Field] = &[
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

const EXTRAORDINARY_CASES: &[Field] = &[
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

const INTERNAL_REQUESTS: &[Field] = &[
    field("asked_on", Day, Required, Internal, &["Ngày yêu cầu phối hợp"]),
    field("unit", Unit, Required, Internal, &["Đơn vị được yêu cầu phối hợp"]),
    field("subject", Line(500), Required, Internal, &["Nội dung yêu cầu phối hợp"]),
    field("request_code", Line(40), Optional, Internal, &["Số yêu cầu của báo chí liên quan"]),
    field("due_on", Day, Optional, Internal, &["Thời hạn phối hợp"]),
    field("answered_on", Day, Optional, Internal, &["Ngày đơn vị gửi nội dung"]),
    field("outcome", Word(PART_OUTCOMES), Optional, Internal, &["Kết quả phối hợp"]),
    NOTE,
];

const TRAININGS: &[Field] = &[
    field("held_on", Day, Required, Internal, &["Ngày tập huấn"]),
    field("title", Line(500), Required, Internal, &["Nội dung tập huấn"]),
    field("people", Count, Optional, Internal, &["Số người được tập huấn"]),
    field("audience", Line(500), Optional, Internal, &["Thành phần dự tập huấn"]),
    field("document_symbol", Symbol, Optional, Internal, &["Kế hoạch, giấy mời tập huấn"]),
    NOTE,
];
