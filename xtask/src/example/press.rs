//! The workbook about the press: requests, coverage, the regulation, its roll-out, the spokespersons.

use jiff::civil::{Date, date};

use super::MADE_UP;
use super::document::{FEEDBACK, ROLL_OUT, SUPPLIED, Year};
use super::place::{self, CHAIRMAN, COMMUNES, DEPARTMENTS, DEPUTIES, OUTLETS, RADIO};
use super::sheet::{Cell, Table, plain, row};

/// All sheets of the workbook.
pub(super) fn sheets(year: &Year) -> Vec<Table> {
    vec![requests(year), items(year), regulations(), roll_outs(year), spokespersons()]
}

fn titled(sheet: &'static str, title: &str, headings: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        sheet,
        titles: vec![MADE_UP.to_owned(), title.to_owned()],
        headings: plain(headings),
        rows,
        foot: Vec::new(),
    }
}

const PRESS: &str = "Cơ quan báo chí";
const MANAGEMENT: &str = "Cơ quan quản lý nhà nước về báo chí";

/// Eight requests. Four of the five documents supplied answer one of them (one letter answers two papers); the fifth was
/// asked for by telephone and stands only in the register of outgoing documents.
fn requests(year: &Year) -> Table {
    let answered = |received: Date, requester: &str, kind: &str, subject: &str, which: usize| {
        let reply = year.fixed(SUPPLIED[which]);
        row![
            received,
            requester,
            kind,
            "",
            subject,
            "Văn bản",
            "Cung cấp thông tin",
            reply.day,
            reply.symbol.clone(),
            "Văn bản",
            CHAIRMAN,
            "Đã cung cấp",
            "",
        ]
    };
    let mut rows = vec![
        answered(
            date(2020, 3, 9),
            "Sở Thông tin và Truyền thông",
            MANAGEMENT,
            "Xác minh tin đồn về dịch bệnh COVID-19 trên mạng xã hội",
            0,
        ),
        answered(date(2020, 5, 12), OUTLETS[0], PRESS, "Hoạt động khai thác đá trên địa bàn huyện", 1),
        answered(date(2020, 5, 14), OUTLETS[1], PRESS, "Quản lý các mỏ đá trên địa bàn huyện", 1),
        answered(date(2020, 8, 17), OUTLETS[2], PRESS, "Kết quả xây dựng nông thôn mới", 3),
        answered(date(2020, 10, 13), OUTLETS[3], PRESS, "Tiến độ công trình giao thông", 4),
    ];
    rows.extend(without_document());
    let headings = [
        "Ngày tiếp nhận",
        "Cơ quan yêu cầu",
        "Loại cơ quan",
        "Phóng viên",
        "Nội dung yêu cầu",
        "Hình thức tiếp nhận",
        "Loại yêu cầu",
        "Ngày trả lời",
        "Số, ký hiệu văn bản trả lời",
        "Hình thức cung cấp",
        "Người phát ngôn",
        "Kết quả",
        "Lý do từ chối",
    ];
    titled("Yêu cầu của báo chí", "SỔ THEO DÕI YÊU CẦU CỦA BÁO CHÍ NĂM 2020", &headings, rows)
}

/// An interview, a refusal, a request taken back: none with a document.
fn without_document() -> Vec<Vec<Cell>> {
    vec![
        row![
            date(2020, 6, 3),
            OUTLETS[0],
            PRESS,
            "Phóng viên thường trú",
            "Phỏng vấn về phát triển du lịch",
            "Trực tiếp",
            "Phỏng vấn",
            date(2020, 6, 5),
            "",
            "Trả lời phỏng vấn",
            DEPUTIES[0],
            "Đã trả lời",
            "",
        ],
        row![
            date(2020, 7, 20),
            OUTLETS[4],
            PRESS,
            "",
            "Kết quả thanh tra đất đai đang tiến hành",
            "Văn bản",
            "Cung cấp thông tin",
            date(2020, 7, 24),
            "",
            "Văn bản",
            CHAIRMAN,
            "Từ chối",
            "Đang thanh tra",
        ],
        row![
            date(2020, 9, 8),
            OUTLETS[5],
            PRESS,
            "",
            "Số liệu thu ngân sách 8 tháng",
            "Điện thoại",
            "Cung cấp thông tin",
            "",
            "",
            "",
            "",
            "Rút yêu cầu",
            "",
        ],
    ]
}

/// Coverage that was true, or one-sided: outlet, title, month, assessment.
const COVERAGE: [(usize, &str, i8, &str); 15] = [
    (0, "Vùng rau an toàn vào vụ Tết", 1, "Đúng"),
    (2, "Làng nghề chuẩn bị hàng Tết", 1, "Đúng"),
    (3, "Ra quân trồng cây đầu xuân", 2, "Đúng"),
    (1, "Chợ quê thời giãn cách", 4, "Đúng"),
    (5, "Đường liên xã xuống cấp, dân kêu khó", 4, "Một chiều"),
    (0, "Nhiều cách làm hay trong xây dựng nông thôn mới", 5, "Đúng"),
    (4, "Doanh nghiệp phục hồi sản xuất sau dịch", 6, "Đúng"),
    (5, "Bụi đá quanh khu dân cư", 6, "Một chiều"),
    (2, "Mô hình nuôi cá lồng trên sông Đáy", 7, "Đúng"),
    (1, "Bãi rác tạm gây mùi, chính quyền nói gì", 8, "Đúng"),
    (3, "Khai giảng năm học mới ở vùng chiêm trũng", 9, "Đúng"),
    (5, "Người dân chờ nước sạch", 9, "Một chiều"),
    (0, "Vụ đông trên đất hai lúa", 10, "Đúng"),
    (4, "Chậm tiến độ, vì sao?", 11, "Một chiều"),
    (2, "Ngày hội Đại đoàn kết ở khu dân cư", 11, "Đúng"),
];

/// A line of coverage that was not false.
fn not_false((outlet, title, month, found): (usize, &str, i8, &str), number: i8) -> Vec<Cell> {
    let needs_answer = title.contains("chính quyền nói gì");
    row![
        date(2020, month, 3 + (number * 5) % 24),
        OUTLETS[outlet],
        title,
        if number % 4 == 3 { "Cấp trên chuyển" } else { "Tự phát hiện" },
        if needs_answer { "Có" } else { "Không" },
        found,
        if needs_answer { "Phản hồi" } else { "Theo dõi" },
        "",
        needs_answer.then(|| date(2020, month, 28)),
        "",
        "",
        "",
    ]
}

/// Eighteen items: three false or partly true, for each of which the press was written to.
fn items(year: &Year) -> Table {
    let asked = |published: Date, outlet: &str, title: &str, found: &str, action: &str, which: usize| {
        let letter = year.fixed(FEEDBACK[which]);
        let later = letter.day.checked_add(jiff::Span::new().days(9)).unwrap_or(letter.day);
        let (rounds, outcome): (u32, &str) =
            [(1, "Đã đăng phản hồi"), (2, "Đã cải chính"), (1, "Đã cải chính")][which];
        row![
            published,
            outlet,
            title,
            "Tự phát hiện",
            "Có",
            found,
            action,
            letter.symbol.clone(),
            letter.day,
            rounds,
            outcome,
            later,
        ]
    };
    let mut rows = vec![
        asked(
            date(2020, 4, 13),
            OUTLETS[1],
            "Khu cách ly thiếu nước sinh hoạt",
            "Đúng một phần",
            "Phản hồi",
            0,
        ),
        asked(
            date(2020, 6, 15),
            OUTLETS[5],
            "Cả làng nghề xả thải không qua xử lý",
            "Sai",
            "Đề nghị cải chính",
            1,
        ),
        asked(
            date(2020, 9, 24),
            OUTLETS[4],
            "Hàng trăm hộ chưa nhận tiền đền bù",
            "Sai",
            "Đề nghị cải chính",
            2,
        ),
    ];
    rows.extend(COVERAGE.iter().zip(0_i8..).map(|(item, number)| not_false(*item, number)));
    rows.sort_by_key(|row| match row.first() {
        Some(Cell::Day(day)) => Some(*day),
        _ => None,
    });
    let headings = [
        "Ngày đăng, phát",
        "Cơ quan báo chí",
        "Tiêu đề tin, bài",
        "Nguồn phát hiện",
        "Cần trả lời",
        "Kết quả xác minh",
        "Hình thức xử lý",
        "Văn bản phản hồi",
        "Ngày phản hồi",
        "Số lần phản hồi",
        "Kết quả cải chính",
        "Ngày cải chính",
    ];
    titled("Báo chí phản ánh", "SỔ THEO DÕI TIN, BÀI BÁO CHÍ PHẢN ÁNH NĂM 2020", &headings, rows)
}

const QD_29: &str = "29/2019/QĐ-UBND";

/// The provincial regulation, and the one it replaced: public acts.
fn regulations() -> Table {
    let rows = vec![
        row![
            "557/QĐ-UBND",
            date(2014, 6, 9),
            "UBND tỉnh Hà Nam",
            "Quy chế phát ngôn và cung cấp thông tin cho báo chí",
            "",
            date(2019, 9, 15),
            "",
        ],
        row![
            QD_29,
            date(2019, 8, 30),
            "UBND tỉnh Hà Nam",
            "Quy chế phát ngôn và cung cấp thông tin cho báo chí của các cơ quan hành chính nhà nước trên địa bàn tỉnh Hà Nam",
            date(2019, 9, 16),
            "",
            "557/QĐ-UBND",
        ],
    ];
    let headings = [
        "Số, ký hiệu",
        "Ngày ban hành",
        "Cơ quan ban hành",
        "Tên quy chế",
        "Ngày có hiệu lực",
        "Ngày hết hiệu lực",
        "Thay thế văn bản",
    ];
    titled("Quy chế", "DANH MỤC QUY CHẾ PHÁT NGÔN", &headings, rows)
}

/// To every body, to the radio station and to every commune and town.
fn roll_outs(year: &Year) -> Table {
    let letter = year.fixed(ROLL_OUT);
    let communes = COMMUNES.iter().map(|commune| place::committee(commune));
    let units = DEPARTMENTS.iter().chain([&RADIO]).map(|name| (*name).to_owned()).chain(communes);
    let rows = units.zip(0_i8..).map(|(unit, number)| {
        row![unit, QD_29, letter.day, letter.symbol.clone(), date(2020, 1, 13 + number % 9), ""]
    });
    let headings =
        ["Đơn vị nhận", "Quy chế", "Ngày gửi", "Số, ký hiệu văn bản triển khai", "Ngày xác nhận", "Ghi chú"];
    let title = "SỔ THEO DÕI TRIỂN KHAI QUY CHẾ PHÁT NGÔN NĂM 2020";
    titled("Triển khai quy chế", title, &headings, rows.collect())
}

/// The Chairman speaks as head; his deputies are invented, and authorised in writing for one matter: at this level the
/// law of 2020 knew no regular spokesperson, and nobody but a deputy could be authorised (NĐ 09/2017 Đ3 k3).
fn spokespersons() -> Table {
    let body = "UBND huyện Kim Bảng";
    let rows = vec![
        row![
            CHAIRMAN,
            "Chủ tịch UBND huyện",
            body,
            "0226 000 0001",
            "Người đứng đầu",
            "",
            "",
            date(2019, 9, 16),
            "",
            "",
            date(2019, 9, 17),
        ],
        row![
            DEPUTIES[1],
            "Phó Chủ tịch UBND huyện",
            body,
            "0226 000 0002",
            "Được ủy quyền",
            "12/QĐ-UBND",
            "Cung cấp thông tin định kỳ về kinh tế - xã hội của huyện năm 2020",
            date(2020, 1, 13),
            date(2020, 12, 31),
            CHAIRMAN,
            date(2020, 1, 13),
        ],
        row![
            DEPUTIES[0],
            "Phó Chủ tịch UBND huyện",
            body,
            "0226 000 0003",
            "Được ủy quyền",
            "214/QĐ-UBND",
            "Công tác phòng, chống dịch COVID-19 trên địa bàn huyện",
            date(2020, 3, 16),
            date(2020, 6, 30),
            CHAIRMAN,
            date(2020, 3, 16),
        ],
    ];
    let headings = [
        "Họ và tên",
        "Chức vụ",
        "Cơ quan, đơn vị",
        "Điện thoại",
        "Loại người phát ngôn",
        "Số, ký hiệu quyết định",
        "Vụ việc được ủy quyền",
        "Từ ngày",
        "Đến ngày",
        "Người ủy quyền",
        "Ngày công bố",
    ];
    titled("Người phát ngôn", "DANH SÁCH NGƯỜI PHÁT NGÔN NĂM 2020", &headings, rows)
}
