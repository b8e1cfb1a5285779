//! How registers are called in the names of sheets and files and in titles above the headings.

use domain::register::Register;

use crate::value::plain::bare;

/// The official name of a register, for the sheets we write. Vietnamese: the sheets are Vietnamese.
pub const fn register_name(register: Register) -> &'static str {
    match register {
        Register::OutgoingDocuments => "Sổ đăng ký văn bản đi",
        Register::IncomingDocuments => "Sổ đăng ký văn bản đến",
        Register::PressRequests => "Sổ theo dõi yêu cầu của báo chí",
        Register::PressItems => "Sổ theo dõi báo chí phản ánh",
        Register::News => "Tin, bài đăng Cổng thông tin",
        Register::PortalDocuments => "Văn bản đăng Cổng thông tin",
        Register::Questions => "Sổ theo dõi câu hỏi",
        Register::Regulations => "Quy chế",
        Register::RollOuts => "Triển khai quy chế",
        Register::Spokespersons => "Danh sách người phát ngôn",
        Register::Statements => "Sổ phát ngôn",
        Register::ExtraordinaryCases => "Sổ vụ việc đột xuất",
        Register::InternalRequests => "Sổ yêu cầu phối hợp",
        Register::Trainings => "Sổ tập huấn phát ngôn",
        Register::Outages => "Sổ theo dõi gián đoạn của trang",
    }
}

/// Words that name a register, folded; longer ones weigh more.
const fn called(register: Register) -> &'static [&'static str] {
    match register {
        Register::OutgoingDocuments => {
            &["van ban di", "cong van di", "vb di", "cv di", "so di", "phat hanh van ban"]
        }
        Register::IncomingDocuments => {
            &["van ban den", "cong van den", "vb den", "cv den", "so den", "tiep nhan van ban"]
        }
        Register::PressRequests => &[
            "yeu cau cua bao chi",
            "yeu cau bao chi",
            "yeu cau cung cap thong tin",
            "cung cap thong tin cho bao chi",
            "cung cap thong tin",
            "tra loi bao chi",
            "bao chi yeu cau",
        ],
        Register::PressItems => &[
            "bao chi phan anh",
            "bao phan anh",
            "diem bao",
            "cai chinh",
            "theo doi bao chi",
            "tin bai bao chi",
            "thong tin bao chi neu",
        ],
        Register::News => &["tin bai dang", "tin bai", "ban tin", "tin tuc", "tin dang cong"],
        Register::PortalDocuments => &[
            "van ban dang cong",
            "van ban dang tai",
            "van ban dang",
            "cong khai van ban",
            "van ban cong khai",
            "van ban len cong",
        ],
        Register::Questions => &["cau hoi", "hoi dap", "cong dan hoi"],
        Register::Regulations => &["danh muc quy che", "quy che phat ngon", "quy che"],
        Register::RollOuts => &["trien khai quy che", "trien khai", "quan triet"],
        Register::Spokespersons => &["danh sach nguoi phat ngon", "nguoi phat ngon"],
        Register::Statements => &["so phat ngon", "luot phat ngon"],
        Register::ExtraordinaryCases => &["vu viec dot xuat", "dot xuat bat thuong"],
        Register::InternalRequests => &["yeu cau phoi hop"],
        Register::Trainings => &["tap huan phat ngon", "lop tap huan", "tap huan"],
        Register::Outages => &["gian doan cua trang", "gian doan cua cong", "gian doan"],
    }
}

/// How strongly a title or name speaks for a register: 0, or the number of words of the longest match.
pub(super) fn named(register: Register, title: &str) -> f64 {
    let bare_title = format!(" {} ", bare(title));
    let stored = register.word().replace('_', " ");
    let words = called(register).iter().copied().chain([stored.as_str()]);
    let longest = words
        .filter(|word| bare_title.contains(&format!(" {word} ")))
        .map(|word| word.split(' ').count())
        .max();
    longest.map_or(0.0, |words| f64::from(u8::try_from(words).unwrap_or(5)).min(5.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_name_names_its_register_most_strongly() {
        for register in Register::ALL {
            let own = named(register, register_name(register));
            assert!(own > 0.0, "{register:?}");
            for other in Register::ALL.into_iter().filter(|other| *other != register) {
                assert!(named(other, register_name(register)) < own, "{register:?} is also {other:?}");
            }
        }
    }

    #[test]
    fn file_names_and_titles_name_registers() {
        assert!(named(Register::OutgoingDocuments, "SO CONG VAN DI 2021") > 0.0);
        assert!(named(Register::IncomingDocuments, "vb-den_2020") > 0.0);
        assert!(named(Register::OutgoingDocuments, "outgoing_documents") > 0.0);
        assert!(named(Register::OutgoingDocuments, "Sheet1") == 0.0);
    }
}
