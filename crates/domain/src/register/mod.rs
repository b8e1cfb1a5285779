//! The registers (*sổ*) an office keeps: what it keeps in Excel today and what its daily work writes tomorrow.
//!
//! A register is data: its fields, in the order of the decree where one orders them, with the kind of value, the
//! headings under which offices write them and who may see them. Import, storage, lists, export and figures read
//! the same table ([`Register::fields`]), so a field is added in one place (and in the two migrations).
//!
//! Invariants:
//! - a [`Record`] holds only fields of its register, each with a [`Value`] of the field's kind;
//! - the *key* of a record ([`Values::key`]) names the same thing in the world each time a file is imported, so
//!   importing a file twice adds nothing.

pub mod due;
mod field;
pub mod keeping;
mod record;
mod specs;

pub use field::{Field, FieldKind, Presence, Privacy, Value};
pub use record::{Record, RecordRef, Values};

/// A register (*sổ*). The order is that of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    /// *Sổ đăng ký văn bản đi*, NĐ 30/2020 Phụ lục IV.
    OutgoingDocuments,
    /// *Sổ đăng ký văn bản đến* with the follow-up columns (*sổ theo dõi giải quyết*), NĐ 30/2020 Phụ lục IV.
    IncomingDocuments,
    /// *Sổ theo dõi yêu cầu của báo chí* and what was answered.
    PressRequests,
    /// *Sổ theo dõi tin, bài báo chí phản ánh*: monitoring, assessment, feedback and correction.
    PressItems,
    /// *Tin, bài đăng Cổng thông tin điện tử*.
    News,
    /// *Văn bản đăng Cổng thông tin điện tử*.
    PortalDocuments,
    /// *Sổ theo dõi câu hỏi của công dân* (chuyên mục Hỏi – Đáp).
    Questions,
    /// *Quy chế*: the regulation on speaking to the press, provincial or internal.
    Regulations,
    /// *Triển khai quy chế*: one line per unit the regulation was rolled out to.
    RollOuts,
    /// *Danh sách người phát ngôn*.
    Spokespersons,
    /// *Phát ngôn và cung cấp thông tin*: press conferences, interviews, releases, briefings (NĐ 244/2026 Đ5).
    Statements,
    /// *Vụ việc đột xuất, bất thường* (NĐ 09/2017 Đ6, NĐ 244/2026 Đ7).
    ExtraordinaryCases,
    /// *Yêu cầu phối hợp* between the spokesperson and units: the measure of coordination.
    InternalRequests,
    /// *Tập huấn* of spokespersons (NĐ 244/2026 Đ8 k2).
    Trainings,
    /// *Gián đoạn của trang*: when the public site could not be reached (Law 6.4, metric 17).
    Outages,
}

impl Register {
    /// All registers, in the order of the menu.
    pub const ALL: [Register; 15] = [
        Register::OutgoingDocuments,
        Register::IncomingDocuments,
        Register::PressRequests,
        Register::PressItems,
        Register::News,
        Register::PortalDocuments,
        Register::Questions,
        Register::Regulations,
        Register::RollOuts,
        Register::Spokespersons,
        Register::Statements,
        Register::ExtraordinaryCases,
        Register::InternalRequests,
        Register::Trainings,
        Register::Outages,
    ];

    /// The stored word: table name, URL part, locale key. Never derived from the Rust name.
    pub const fn word(self) -> &'static str {
        match self {
            Register::OutgoingDocuments => "outgoing_documents",
            Register::IncomingDocuments => "incoming_documents",
            Register::PressRequests => "press_requests",
            Register::PressItems => "press_items",
            Register::News => "news",
            Register::PortalDocuments => "portal_documents",
            Register::Questions => "questions",
            Register::Regulations => "regulations",
            Register::RollOuts => "roll_outs",
            Register::Spokespersons => "spokespersons",
            Register::Statements => "statements",
            Register::ExtraordinaryCases => "extraordinary_cases",
            Register::InternalRequests => "internal_requests",
            Register::Trainings => "trainings",
            Register::Outages => "outages",
        }
    }

    /// The register with this stored word.
    pub fn from_word(word: &str) -> Option<Register> {
        Register::ALL.into_iter().find(|register| register.word() == word)
    }

    /// The fields, in the order of the decree or of habit. The key fields come first among those that make a key.
    pub const fn fields(self) -> &'static [Field] {
        specs::fields(self)
    }

    /// The field with this key.
    pub fn field(self, key: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.key == key)
    }

    /// The fields that together name the same thing in the world in every copy of the register.
    pub const fn key_fields(self) -> &'static [&'static str] {
        specs::key_fields(self)
    }

    /// The day field that puts a record into a period by default and by which lists are ordered.
    pub const fn day_field(self) -> &'static str {
        specs::day_field(self)
    }

    /// The field shown as the name of a record in lists and drill-downs.
    pub const fn title_field(self) -> &'static str {
        specs::title_field(self)
    }
}

#[cfg(test)]
mod tests;
