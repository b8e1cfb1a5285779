//! Outages of the public site (Law 6.4, metric 17).

use super::{Field, NOTE, field};
use crate::register::FieldKind::{Clock, Day, Line, Word};
use crate::register::Presence::{Optional, Required};
use crate::register::Privacy::Internal;

/// Whether an outage was announced work or came by itself.
const KINDS: &[(&str, &[&str])] =
    &[("planned", &["Có kế hoạch", "Bảo trì"]), ("unplanned", &["Sự cố", "Không có kế hoạch", "Đột xuất"])];

pub(super) const OUTAGES: &[Field] = &[
    field("started_on", Day, Required, Internal, &["Ngày bắt đầu gián đoạn", "Ngày gián đoạn"]),
    field("started_at", Clock, Optional, Internal, &["Giờ bắt đầu gián đoạn", "Giờ gián đoạn"]),
    field("ended_on", Day, Optional, Internal, &["Ngày kết thúc gián đoạn", "Ngày khắc phục xong"]),
    field("ended_at", Clock, Optional, Internal, &["Giờ kết thúc gián đoạn", "Giờ khắc phục xong"]),
    field("subject", Line(500), Required, Internal, &["Nội dung không truy cập được", "Phần bị gián đoạn"]),
    field("kind", Word(KINDS), Optional, Internal, &["Loại gián đoạn"]),
    field("cause", Line(500), Optional, Internal, &["Nguyên nhân gián đoạn"]),
    field("noted_by", Line(100), Optional, Internal, &["Người ghi nhận gián đoạn"]),
    NOTE,
];
