//! The fields of each register. Column order follows NĐ 30/2020 Phụ lục IV for the two document registers.

mod documents;
mod portal;
mod press;
mod questions;
mod regulation;
mod speech;

use super::FieldKind::Text;
use super::Presence::Optional;
use super::Privacy::Internal;
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
        Register::OutgoingDocuments => documents::OUTGOING_DOCUMENTS,
        Register::IncomingDocuments => documents::INCOMING_DOCUMENTS,
        Register::PressRequests => press::PRESS_REQUESTS,
        Register::PressItems => press::PRESS_ITEMS,
        Register::News => documents::NEWS,
        Register::PortalDocuments => documents::PORTAL_DOCUMENTS,
        Register::Questions => questions::QUESTIONS,
        Register::Regulations => regulation::REGULATIONS,
        Register::RollOuts => regulation::ROLL_OUTS,
        Register::Spokespersons => regulation::SPOKESPERSONS,
        Register::Statements => speech::STATEMENTS,
        Register::ExtraordinaryCases => speech::EXTRAORDINARY_CASES,
        Register::InternalRequests => speech::INTERNAL_REQUESTS,
        Register::Trainings => regulation::TRAININGS,
        Register::Outages => portal::OUTAGES,
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
        Register::Outages => &["started_on", "started_at", "subject"],
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
        Register::Outages => "started_on",
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
        Register::Outages => "subject",
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
