//! The regulation, to whom it was sent, who may speak by it, who was trained.

use super::{Field, NOTE, field};
use crate::register::FieldKind::{Clock, Count, Day, Line, Symbol, Unit, Word};
use crate::register::Presence::{Optional, Required};
use crate::register::Privacy::{Internal, Public};

pub(super) const REGULATIONS: &[Field] = &[
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

pub(super) const ROLL_OUTS: &[Field] = &[
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
    field("replaces", Symbol, Optional, Internal, &["Thay thế quy chế"]),
    field("effective_on", Day, Optional, Internal, &["Quy chế có hiệu lực từ"]),
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

pub(super) const SPOKESPERSONS: &[Field] = &[
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
    field("signed_at", Clock, Optional, Internal, &["Giờ ký văn bản"]),
    field("ends_on", Day, Optional, Public, &["Đến ngày", "Ngày kết thúc"]),
    field(
        "decision_symbol",
        Symbol,
        Optional,
        Public,
        &["Số, ký hiệu quyết định", "Văn bản giao nhiệm vụ", "Quyết định", "Văn bản ủy quyền"],
    ),
    field("authorised_by", Line(100), Optional, Public, &["Người ủy quyền", "Người ký ủy quyền"]),
    field("published_on", Day, Optional, Public, &["Ngày công bố", "Ngày đăng công khai", "Ngày đăng"]),
    field("published_at", Clock, Optional, Internal, &["Giờ đăng công khai"]),
    field("publish_due_on", Day, Optional, Internal, &["Hạn công bố"]),
    field("publish_due_at", Clock, Optional, Internal, &["Hạn công bố (giờ)"]),
    field("due_basis", Line(200), Optional, Internal, &["Căn cứ tính thời hạn"]),
    NOTE,
];

/// Who speaks and by what right (NĐ 09/2017 Đ3, NĐ 244/2026 Đ2, Đ3).
const SPOKESPERSON_KINDS: &[(&str, &[&str])] = &[
    ("head", &["Người đứng đầu", "Thủ trưởng", "Chủ tịch"]),
    ("regular", &["Người phát ngôn thường xuyên", "Thường xuyên", "Được giao nhiệm vụ phát ngôn"]),
    ("authorised", &["Người được ủy quyền phát ngôn", "Được ủy quyền", "Ủy quyền"]),
];

pub(super) const TRAININGS: &[Field] = &[
    field("held_on", Day, Required, Internal, &["Ngày tập huấn"]),
    field("title", Line(500), Required, Internal, &["Nội dung tập huấn"]),
    field("people", Count, Optional, Internal, &["Số người được tập huấn"]),
    field("audience", Line(500), Optional, Internal, &["Thành phần dự tập huấn"]),
    field("document_symbol", Symbol, Optional, Internal, &["Kế hoạch, giấy mời tập huấn"]),
    NOTE,
];
