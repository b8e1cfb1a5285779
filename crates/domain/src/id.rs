//! One newtype per kind of id: 128 bits, ordered by time of making, written as 26 signs. An id is never a secret.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ulid::Ulid;

/// A text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct BadId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(Ulid);

        impl $name {
            /// An id from the milliseconds of its making and 80 random bits.
            pub fn from_parts(milliseconds: u64, random: u128) -> Self {
                Self(Ulid::from_parts(milliseconds, random))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Ulid::from_string(text).map(Self).map_err(|_| BadId)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }
    )+};
}

ids! {
    /// A record of a register (*dòng của sổ*).
    RecordId,
    /// An office or unit (*cơ quan, đơn vị*).
    UnitId,
    /// A person with an account (*người dùng*).
    PersonId,
    /// One import of one file (*lần nhập sổ*).
    ImportId,
    /// A periodic report (*báo cáo định kỳ*).
    ReportId,
    /// A publication (*tin, bài, văn bản đăng*); a line of a register that is published bears the same signs.
    PublicationId,
    /// A reader's notice of an error (*báo lỗi nội dung*).
    NoticeId,
    /// Bulletins sent many at once (*nhận nhiều bản tin*).
    BatchId,
    /// A part of the programme of a day (*chương trình phát thanh*).
    SlotId,
    /// A request of the press (*yêu cầu của báo chí*); its line of the register bears the same signs.
    CaseId,
    /// What a unit was asked (*nội dung phối hợp*).
    PartId,
    /// A packet of electronic document exchange (*gói tin liên thông văn bản*).
    PacketId,
    /// An extraordinary case (*vụ việc đột xuất*); its line of the register bears the same signs.
    EmergencyId,
    /// A regulation sent to units (*đợt triển khai quy chế*).
    RollOutId,
    /// A press conference (*họp báo*); its line of the register of statements bears the same signs.
    ConferenceId,
    /// A press release or what was said to the press (*thông cáo báo chí, phát ngôn*); its line of the register bears the
    /// same signs.
    StatementId,
    /// A request of a person about their own data (*yêu cầu của chủ thể dữ liệu cá nhân*).
    DataRequestId,
    /// A breach of the protection of personal data (*vi phạm quy định về bảo vệ dữ liệu cá nhân*).
    BreachId,
    /// When somebody is away (*vắng mặt*).
    AbsenceId,
    /// A time without a sign of life of the servers (*khoảng ngừng hoạt động*).
    StandstillId,
    /// A press agency (*cơ quan báo chí*).
    AgencyId,
    /// A reporter (*phóng viên*).
    ReporterId,
    /// A text that answers to the press begin with (*mẫu trả lời*).
    ReplyTemplateId,
    /// A letter to somebody of the office (*thư nhắc việc*).
    MailId,
    /// A background job (*việc nền*).
    JobId,
    /// A file with an official document, uploaded to be read (*tệp văn bản tải lên*).
    UploadId,
}
