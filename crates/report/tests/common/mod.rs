//! The office and year that the tests draw: that of the seed, with its totals.

use std::collections::BTreeMap;

use domain::figure::Amount;
use domain::period::Period;
use report::document::{Authority, Citation, OfficeNames, ProofLink, Signer};
use report::layout::Layout;
use report::{FigureView, ReportInput, Template};

pub const COUNT: fn(u64) -> Amount = |count| Amount::Count { count };
pub const RATIO: fn(u64, u64) -> Amount = |part, whole| Amount::Ratio { part, whole };

pub fn template() -> Template {
    Template::shipped_by_id("press-speech-five-parts").unwrap()
}

pub fn statutory() -> Template {
    Template::shipped_by_id("nd-244-2026").unwrap()
}

pub fn figures(amounts: &[(&str, Amount)]) -> BTreeMap<String, FigureView> {
    amounts
        .iter()
        .map(|(id, amount)| {
            let view = FigureView {
                id: (*id).to_owned(),
                title: format!("Số liệu {id}"),
                definition: "Cách tính".into(),
                unit: "văn bản".into(),
                amount: *amount,
                parts: vec![],
            };
            ((*id).to_owned(), view)
        })
        .collect()
}

pub fn seed_amounts() -> Vec<(&'static str, Amount)> {
    vec![
        ("regulation.units_total", COUNT(38)),
        ("regulation.units_sent", COUNT(38)),
        ("regulation.units_acknowledged", COUNT(36)),
        ("corrections.requested", RATIO(3, 3)),
        ("corrections.corrected", COUNT(3)),
        ("corrections.refused", COUNT(0)),
        ("corrections.pending", COUNT(0)),
        ("press_requests.received", COUNT(5)),
        ("press_requests.answered", COUNT(5)),
        ("press_requests.refused", COUNT(0)),
        ("press_requests.open", COUNT(0)),
        ("press_requests.overdue", COUNT(0)),
        ("documents_supplied_on_request", COUNT(5)),
        ("news.total", COUNT(513)),
        ("news.from_radio", COUNT(513)),
        ("documents_posted.total", COUNT(1627)),
        ("questions.answered", RATIO(128, 128)),
        ("questions.on_time", RATIO(128, 128)),
        ("press_conferences.held", Amount::NoData),
        ("briefings.attended", Amount::NoData),
        ("extraordinary.spoken", Amount::NoData),
        ("extraordinary.on_time", Amount::NoData),
    ]
}

pub fn office() -> OfficeNames {
    OfficeNames {
        parent: None,
        header: vec!["ỦY BAN NHÂN DÂN".into(), "HUYỆN KIM BẢNG".into()],
        name: "Ủy ban nhân dân huyện Kim Bảng".into(),
        short: "UBND huyện Kim Bảng".into(),
        level: "huyện".into(),
        place: "Kim Bảng".into(),
        symbol: "UBND".into(),
        subordinates: "UBND các xã, thị trấn".into(),
        radio_station: "Đài Truyền thanh huyện".into(),
        addressees: vec!["Sở Thông tin và Truyền thông tỉnh Hà Nam".into()],
        recipients: vec!["Lãnh đạo UBND huyện".into()],
        filing_unit: "VHTT".into(),
    }
}

pub fn signer() -> Signer {
    Signer {
        authority: Authority::Deputy,
        collective: Some("Ủy ban nhân dân".into()),
        head_title: "Chủ tịch".into(),
        signer_title: "Phó Chủ tịch".into(),
        name: "Phạm Hoàng Tùng".into(),
    }
}

pub fn input() -> ReportInput {
    ReportInput {
        office: office(),
        period: Period::calendar_year(2020).unwrap(),
        request: Some(Citation {
            kind: "công văn".into(),
            symbol: "1140/STTTT-TTBCXB".into(),
            date: Some(jiff::civil::date(2020, 11, 20)),
            issuer: "Sở Thông tin và Truyền thông tỉnh Hà Nam".into(),
            about: "báo cáo kết quả thực hiện Quy chế Phát ngôn và cung cấp thông tin cho báo chí năm 2020".into(),
        }),
        regulation: Some(Citation {
            kind: "Quyết định".into(),
            symbol: "29/2019/QĐ-UBND".into(),
            date: Some(jiff::civil::date(2019, 8, 30)),
            issuer: "UBND tỉnh Hà Nam".into(),
            about: "ban hành Quy chế Phát ngôn và cung cấp thông tin cho báo chí của các cơ quan hành chính nhà nước trên địa bàn tỉnh Hà Nam".into(),
        }),
        figures: figures(&seed_amounts()),
        narrative: BTreeMap::new(),
        number: Some(245),
        date: Some(jiff::civil::date(2020, 12, 15)),
        signer: Some(signer()),
        proof: Some(ProofLink {
            url: "https://kimbang.hanam.gov.vn/s/BC2020".into(),
            digest: "3f1c9ad07be24d5c8a1e".into(),
            checkpoint: 2411,
        }),
        layout: Layout::default(),
    }
}
