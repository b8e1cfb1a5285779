//! Packets of electronic document exchange (*gói tin edXML*, QCVN 102:2016/BTTTT), as the exchange practises them: read
//! tolerantly, written strictly. A packet is untrusted: no document type, no entities, nothing is fetched, and sizes,
//! counts and ratios are checked before and while reading. The signature of a packet is neither made nor checked.

mod read;
mod write;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

pub use read::{read, read_status};
pub use write::{write, write_status};

/// The namespace of the envelope.
pub const NAMESPACE: &str = "http://www.mic.gov.vn/TBT/QCVN_102_2016";
/// Bytes of a packet (a gateway of the exchange takes about 50 MB).
pub const MOST_BYTES: usize = 50 * 1024 * 1024;
/// Files in a packet.
pub const MOST_FILES: usize = 50;
/// Signs of any text in a packet; what is longer is cut.
pub const MOST_SIGNS: usize = 2_000;

/// A body that sends or receives (*cơ quan, tổ chức*).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organ {
    /// *Mã định danh*, of either order (QĐ 20/2020/QĐ-TTg, QCVN 102:2016).
    pub id: String,
    /// The body above it.
    pub in_charge: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its mail address.
    pub email: String,
    /// Its telephone.
    pub telephone: String,
    /// Its fax.
    pub fax: String,
    /// Its site.
    pub website: String,
}

/// Who signed the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signer {
    /// *KT.*, *TL.*; empty for the head.
    pub competence: String,
    /// *Chức vụ.*
    pub position: String,
    /// *Họ và tên.*
    pub full_name: String,
}

/// What the packet does with the document (*nghiệp vụ*).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Business {
    /// *Văn bản mới.*
    #[default]
    New,
    /// *Thu hồi.*
    Recall,
    /// *Cập nhật.*
    Update,
    /// *Thay thế.*
    Replace,
}

/// The document this one answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// Of whom.
    pub organ: String,
    /// Its number and symbol.
    pub code: String,
    /// Its day.
    pub day: Option<Date>,
    /// Its identifier in the exchange.
    pub document: String,
}

/// A file of a packet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// Its name, as the sender gave it: for display only.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Its declared type: never trusted.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A document on its way from one body to others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packet {
    /// Who sends it.
    pub from: Organ,
    /// Who is to receive it.
    pub to: Vec<Organ>,
    /// Its identifier in the exchange: `<organ>,<yyyy/MM/dd>,<số>/<ký hiệu>`.
    pub document: String,
    /// *Số.*
    pub number: String,
    /// *Ký hiệu.*
    pub notation: String,
    /// *Địa danh.*
    pub place: String,
    /// *Ngày ban hành.*
    pub day: Option<Date>,
    /// *Tên loại*: trusted before the number of the type, which differs between systems.
    pub type_name: String,
    /// *Trích yếu.*
    pub subject: String,
    /// A short content.
    pub content: String,
    /// Who signed.
    pub signer: Signer,
    /// *Hạn trả lời.*
    pub due: Option<Date>,
    /// *Nơi nhận.*
    pub places: Vec<String>,
    /// *Độ khẩn*: 0 normal, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc hẹn giờ.
    pub priority: u8,
    /// What it answers.
    pub answers: Vec<Answered>,
    /// What it does with the document.
    pub business: Business,
    /// When it was made.
    pub made_at: Option<Timestamp>,
    /// The files.
    pub files: Vec<File>,
}

/// Where a document stands at a receiver. Statuses are weak evidence: systems report them together, or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusCode {
    /// *Đã đến.*
    Arrived,
    /// *Từ chối tiếp nhận.*
    Refused,
    /// *Đã tiếp nhận.*
    Accepted,
    /// *Đã phân công.*
    Assigned,
    /// *Đang xử lý.*
    InProgress,
    /// *Hoàn thành.*
    Finished,
    /// *Lấy lại.*
    TakeBack,
    /// *Đồng ý thu hồi, cập nhật.*
    Agreed,
    /// *Từ chối thu hồi, cập nhật.*
    Disagreed,
}

/// What a receiver reports about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Who reports.
    pub from: Organ,
    /// To whom: the sender of the document.
    pub to: String,
    /// The document, by its identifier in the exchange.
    pub document: String,
    /// Its number and symbol.
    pub code: String,
    /// Its day.
    pub day: Option<Date>,
    /// Where it stands.
    pub status: StatusCode,
    /// Why, or what more there is to say.
    pub description: String,
    /// When.
    pub at: Option<Timestamp>,
    /// Who acted: the person's name.
    pub staff: String,
}

/// Why a packet is not read. The word is stable: the application has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// More bytes than [`MOST_BYTES`], or a file that unpacks to more.
    TooLarge,
    /// Not XML, cut off, or with a document type.
    NotXml,
    /// XML, but no packet.
    NotPacket,
    /// A packet of another kind: a status where a document is asked for, or the other way.
    OtherKind,
    /// A file that is not base64 or whose archive cannot be opened.
    BadFile,
    /// More than [`MOST_FILES`] files.
    TooManyFiles,
}

impl Fault {
    /// All of them.
    pub const ALL: [Fault; 6] = [
        Fault::TooLarge,
        Fault::NotXml,
        Fault::NotPacket,
        Fault::OtherKind,
        Fault::BadFile,
        Fault::TooManyFiles,
    ];

    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Fault::TooLarge => "too_large",
            Fault::NotXml => "not_xml",
            Fault::NotPacket => "not_packet",
            Fault::OtherKind => "other_kind",
            Fault::BadFile => "bad_file",
            Fault::TooManyFiles => "too_many_files",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl std::error::Error for Fault {}

impl Packet {
    /// Number and symbol as the document bears them: `125/UBND-VP`.
    pub fn code(&self) -> String {
        match (self.number.as_str(), self.notation.as_str()) {
            ("", code) | (code, "") => code.to_owned(),
            (number, notation) => format!("{number}/{notation}"),
        }
    }

    /// Its identifier in the exchange: as it was given, or put together from sender, day, number and symbol.
    pub fn identifier(&self) -> String {
        if !self.document.is_empty() {
            return self.document.clone();
        }
        let day = self.day.map(|day| day.strftime("%Y/%m/%d").to_string()).unwrap_or_default();
        format!("{},{day},{}", self.from.id, self.code())
    }
}

impl Business {
    /// The number in a packet.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// What a number in a packet means.
    pub const fn from_number(number: u8) -> Option<Business> {
        match number {
            0 => Some(Business::New),
            1 => Some(Business::Recall),
            2 => Some(Business::Update),
            3 => Some(Business::Replace),
            _ => None,
        }
    }

    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Business::New => "new",
            Business::Recall => "recall",
            Business::Update => "update",
            Business::Replace => "replace",
        }
    }
}

impl StatusCode {
    /// All of them.
    pub const ALL: [StatusCode; 9] = [
        StatusCode::Arrived,
        StatusCode::Refused,
        StatusCode::Accepted,
        StatusCode::Assigned,
        StatusCode::InProgress,
        StatusCode::Finished,
        StatusCode::TakeBack,
        StatusCode::Agreed,
        StatusCode::Disagreed,
    ];

    /// The two digits in a packet.
    pub const fn digits(self) -> &'static str {
        match self {
            StatusCode::Arrived => "01",
            StatusCode::Refused => "02",
            StatusCode::Accepted => "03",
            StatusCode::Assigned => "04",
            StatusCode::InProgress => "05",
            StatusCode::Finished => "06",
            StatusCode::TakeBack => "13",
            StatusCode::Agreed => "15",
            StatusCode::Disagreed => "16",
        }
    }

    /// What two digits mean.
    pub fn from_digits(digits: &str) -> Option<StatusCode> {
        StatusCode::ALL.into_iter().find(|code| code.digits() == digits)
    }
}

/// Whether a text is an organisation code: at most 35 of digits, capitals and dots, no group empty (QĐ 20/2020 Đ4;
/// the old order of QCVN 102:2016 is one too).
pub fn is_organ_id(text: &str) -> bool {
    let fits = |group: &str| {
        !group.is_empty() && group.chars().all(|sign| sign.is_ascii_digit() || sign.is_ascii_uppercase())
    };
    !text.is_empty() && text.len() <= 35 && text.split('.').all(fits)
}
