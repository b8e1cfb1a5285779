//! Registers as offices really send them: honest, and untidy. Xã Mẫu 2023 and Phường Mẫu 2026 do not exist.
//! `examples/messy/expected.json` says what the import finds in each.

use anyhow::Result;
use jiff::civil::{Date, date};

use super::sheet::{Cell, Table, csv_text, merged, plain, row, workbook};
use super::{File, MADE_UP, old_text};

pub(super) fn files() -> Result<Vec<File>> {
    Ok(vec![
        ("messy/xa-mau-2023/vb-di-2023.xlsx", workbook(&[outgoing()])?),
        ("messy/xa-mau-2023/so-vb-den-2023.csv", old_text::windows_1258(&csv_text(&incoming(), b',')?)?),
        ("messy/xa-mau-2023/tin-bai-2023.csv", old_text::utf_16(&csv_text(&news(), b'\t')?)),
        ("messy/xa-mau-2023/hoi-dap-tcvn3-2023.xlsx", workbook(&[in_tcvn3(questions())])?),
        ("messy/phuong-mau-2026/so-bao-chi-2026.xlsx", workbook(&[requests(), items()])?),
        ("messy/phuong-mau-2026/van-ban-dang-2026.csv", csv_text(&posted(), b';')?.into_bytes()),
    ])
}

fn day_in(year: i16, index: i16) -> Date {
    let month = 1 + i8::try_from(index % 12).unwrap_or(0);
    date(year, month, 3 + i8::try_from((index * 7) % 25).unwrap_or(0))
}

/// Headings without marks, days written in five ways, headings of months, a total, a signature, four bad rows.
fn outgoing() -> Table {
    let ways = |day: Date, way: i16| -> Cell {
        let (d, m, y) = (day.day(), day.month(), day.year());
        match way % 5 {
            0 => Cell::Day(day),
            1 => Cell::from(format!("{d}/{m}/{y}")),
            2 => Cell::from(format!("{d:02}.{m:02}.{y}")),
            3 => Cell::from(format!("ngày {d:02} tháng {m} năm {y}")),
            _ => Cell::from(format!("{d:02}-{m:02}-{y}")),
        }
    };
    let subjects = ["V/v rà soát hộ nghèo", "Kế hoạch tiêm phòng gia súc", "Thông báo lịch tiếp công dân"];
    let mut rows = Vec::new();
    for quarter in 0..4_i16 {
        rows.push(row![format!("Quý {}", quarter + 1)]);
        for number in 0..10_i16 {
            let index = quarter * 10 + number;
            let month = i8::try_from(quarter * 3 + number / 4 + 1).unwrap_or(1);
            let day = date(2023, month, 2 + i8::try_from(number).unwrap_or(0));
            rows.push(row![
                u32::from(index.unsigned_abs()) + 1,
                format!("{} /UBND", index + 1),
                ways(day, index),
                format!("{} lần {}", subjects[usize::from((index % 3).unsigned_abs())], index + 1),
                "Nguyễn Thị Mẫu",
                "Các thôn; Lưu VP",
            ]);
        }
    }
    rows.push(row![41_u32, "41/UBND", "31/02/2023", "Ngày không có trong lịch", "Nguyễn Thị Mẫu", ""]);
    rows.push(row![42_u32, "42/UBND", "15/12/2023", "", "Nguyễn Thị Mẫu", "Các thôn"]);
    rows.push(row![43_u32, "43/UBND", "hôm qua", "Ngày không đọc được", "Nguyễn Thị Mẫu", "Các thôn"]);
    rows.push(row![44_u32, "", "20/12/2023", "Chưa có số, ký hiệu", "Nguyễn Thị Mẫu", "Các thôn"]);
    Table {
        sheet: "VB di",
        titles: vec![
            MADE_UP.to_owned(),
            "UY BAN NHAN DAN XA MAU".to_owned(),
            "SO CONG VAN DI NAM 2023".to_owned(),
            String::new(),
        ],
        headings: plain(&["TT", "So ky hieu", "Ngay thang VB", "Trich yeu", "Nguoi ky", "Noi nhan"]),
        rows,
        foot: vec![
            row!["Tổng cộng: 44 văn bản"],
            vec![],
            vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::from("VĂN THƯ")],
        ],
    }
}

/// Windows-1258; symbol and day in one cell; two-digit years.
fn incoming() -> Table {
    let rows = (0..30_i16).map(|index| {
        let day = day_in(2023, index);
        let arrived = format!("{:02}/{:02}/{:02}", day.day(), day.month(), day.year() % 100);
        row![
            u32::from(index.unsigned_abs()) + 1,
            arrived,
            if index % 2 == 0 { "UBND huyện Thí Dụ" } else { "Công an xã" },
            format!("{}/UBND-VP ngày {:02}/{:02}/2023", 100 + index, day.day(), day.month()),
            format!("V/v triển khai nhiệm vụ số {}", index + 1),
            "Văn phòng – Thống kê",
        ]
    });
    Table {
        sheet: "so-vb-den-2023",
        titles: vec![MADE_UP.to_owned(), "SỔ CÔNG VĂN ĐẾN NĂM 2023".to_owned()],
        headings: plain(&[
            "Số đến",
            "Ngày đến",
            "Nơi gửi",
            "Số, ký hiệu, ngày tháng VB",
            "Trích yếu",
            "Người nhận",
        ]),
        rows: rows.collect(),
        foot: Vec::new(),
    }
}

/// UTF-16 with tabs; a heading in other words; the same supplier in two spellings.
fn news() -> Table {
    let rows = (0..24_i16).map(|index| {
        let day = day_in(2023, index);
        row![
            format!("Tin số {} của xã trong tháng {}", index + 1, day.month()),
            format!("{}/{}/{}", day.day(), day.month(), day.year()),
            if index % 3 == 0 { "Đài truyền thanh xã" } else { "Đài Truyền thanh xã" },
            "Tin tức",
        ]
    });
    Table {
        sheet: "tin-bai-2023",
        titles: vec![MADE_UP.to_owned(), "TIN, BÀI ĐĂNG TRANG THÔNG TIN XÃ MẪU NĂM 2023".to_owned()],
        headings: plain(&["Tên tin", "Ngày đăng tin", "Nguồn tin", "Chuyên mục"]),
        rows: rows.collect(),
        foot: Vec::new(),
    }
}

/// Answered on time, but one late, one open and one passed on.
fn questions() -> Table {
    let rows = (0..12_i16).map(|index| {
        let received = date(2023, 1 + i8::try_from(index).unwrap_or(0), 6);
        let wait = if index == 4 { 60 } else { 9 };
        let answered = received.checked_add(jiff::Span::new().days(wait)).unwrap_or(received);
        let is_done = index != 7 && index != 9;
        row![
            u32::from(index.unsigned_abs()) + 1,
            format!("Thủ tục chứng thực bản sao lần {}", index + 1),
            received,
            is_done.then_some(answered),
            match index {
                7 => "Đang giải quyết",
                9 => "Chuyển cơ quan khác",
                _ => "Đã trả lời",
            },
        ]
    });
    Table {
        sheet: "Hoi dap",
        titles: vec![MADE_UP.to_owned(), "Sổ theo dõi câu hỏi của công dân năm 2023".to_owned()],
        headings: plain(&["TT", "Câu hỏi", "Ngày hỏi", "Ngày trả lời", "Kết quả"]),
        rows: rows.collect(),
        foot: Vec::new(),
    }
}

/// All texts of a table in TCVN3, but for the line that says it is made up.
fn in_tcvn3(table: Table) -> Table {
    let old = |cell: Cell| match cell {
        Cell::Text(text) => Cell::Text(old_text::tcvn3(&text)),
        other => other,
    };
    let titles = table.titles.into_iter();
    Table {
        titles: titles.map(|title| if title == MADE_UP { title } else { old_text::tcvn3(&title) }).collect(),
        headings: table
            .headings
            .into_iter()
            .map(|row| row.into_iter().map(|(text, span)| (old_text::tcvn3(&text), span)).collect())
            .collect(),
        rows: table.rows.into_iter().map(|row| row.into_iter().map(old).collect()).collect(),
        ..table
    }
}

/// Headings in two merged rows, words written in other ways.
fn requests() -> Table {
    let rows = vec![
        row![
            1_u32,
            "Báo Minh Họa",
            "Báo",
            "Thu phí vỉa hè",
            "2/3/2026",
            "10/3/2026",
            "15/UBND-VP",
            "Đã trả lời"
        ],
        row![
            2_u32,
            "Sở VHTT",
            "Sở",
            "Danh sách người phát ngôn",
            "5/5/2026",
            "8/5/2026",
            "44/UBND-VP",
            "Xong"
        ],
        row![3_u32, "Báo Thí Dụ", "Báo chí", "Vụ cháy chợ", "6/7/2026", "7/7/2026", "", "Hoàn thành"],
        row![4_u32, "Tạp chí Mẫu", "Tạp chí", "Quy hoạch", "1/12/2026", "", "", "Đang xử lý"],
        row![5_u32, "Báo Minh Họa", "Hội", "Số liệu", "3/12/2026", "", "", "chờ ý kiến"],
    ];
    let upper = vec![
        ("TT", 1),
        ("Thông tin yêu cầu", 3),
        ("Thời gian", 2),
        ("Văn bản trả lời", 1),
        ("Tình trạng", 1),
    ];
    let lower = vec![
        ("", 1),
        ("Cơ quan báo chí, đơn vị yêu cầu", 1),
        ("Loại cơ quan", 1),
        ("Nội dung", 1),
        ("Ngày nhận", 1),
        ("Ngày trả lời", 1),
        ("", 1),
        ("", 1),
    ];
    Table {
        sheet: "Cung cấp thông tin",
        titles: vec![
            MADE_UP.to_owned(),
            "PHƯỜNG MẪU – THEO DÕI CUNG CẤP THÔNG TIN CHO BÁO CHÍ 2026".to_owned(),
        ],
        headings: merged(&upper, &lower),
        rows,
        foot: vec![row!["Cộng: 5"]],
    }
}

/// Coverage: short headings, the year only in the title.
fn items() -> Table {
    let rows = vec![
        row!["15/3", "Báo Minh Họa", "Vỉa hè thông thoáng", "Đúng", "Theo dõi", "", ""],
        row![
            "8/7",
            "Trang tin Vùng Mẫu",
            "Chợ cháy do chập điện",
            "Không đúng",
            "Yêu cầu cải chính",
            "10/7",
            "Báo đã cải chính"
        ],
        row!["20/9", "Báo Thí Dụ", "Phường chậm trả hồ sơ", "Thiếu khách quan", "Không", "", ""],
        row![
            "2/11",
            "Báo Minh Họa",
            "Lớp học quá tải",
            "Sai một phần",
            "Có văn bản phản hồi",
            "5/11",
            "Đang chờ"
        ],
    ];
    Table {
        sheet: "Diem bao",
        titles: vec![MADE_UP.to_owned(), "PHƯỜNG MẪU – TIN, BÀI BÁO CHÍ PHẢN ÁNH NĂM 2026".to_owned()],
        headings: plain(&[
            "Ngày đăng",
            "Tên báo",
            "Tên bài",
            "Đánh giá",
            "Xử lý",
            "Ngày phản hồi",
            "Kết quả cải chính",
        ]),
        rows,
        foot: Vec::new(),
    }
}

/// Semicolons, `QD` for `QĐ`, a symbol twice, one not posted, one impossible day.
fn posted() -> Table {
    let mut rows: Vec<Vec<Cell>> = (0..20_i16)
        .map(|index| {
            let day = day_in(2026, index);
            let posted = day.checked_add(jiff::Span::new().days(1)).unwrap_or(day);
            row![
                format!("{}/QD-UBND", index + 1),
                format!("Quyết định về việc phân công nhiệm vụ số {}", index + 1),
                day,
                posted,
                "UBND phường Mẫu",
            ]
        })
        .collect();
    rows.push(row!["21/QĐ-UBND", "Quyết định chưa đăng", date(2026, 12, 1), "", "UBND phường Mẫu"]);
    rows.push(row!["22/QĐ-UBND", "Quyết định ghi sai ngày", "30/02/2026", "", "UBND phường Mẫu"]);
    Table {
        sheet: "van-ban-dang-2026",
        titles: vec![MADE_UP.to_owned(), "VĂN BẢN ĐĂNG CỔNG PHƯỜNG MẪU NĂM 2026".to_owned()],
        headings: plain(&["Số ký hiệu", "Tên văn bản", "Ngày ban hành", "Ngày đăng", "Nơi ban hành"]),
        rows,
        foot: Vec::new(),
    }
}
