//! The style guide: every component with sample data, served on the address given (`cargo run -p web-kit --example
//! gallery -- 127.0.0.1:8099`). `/` is a page of the desk, `/cong-khai` a public one, `/khong-co` an error.

use std::net::SocketAddr;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::routing::{get, post};
use domain::access::{Capability, Role};
use web_kit::chrome::{Chrome, Link, NavPlan, Person};
use web_kit::component::{
    Badge, Banner, Cell, Choice, Column, Empty, ErrorSummary, Event, Fact, Facts, Field, FormStart, Kind,
    Pager, Sort, Table, Tile, Timeline, Tone,
};
use web_kit::form::{FieldError, FormState};
use web_kit::server::{Front, Limits, Settings, desk, serve};
use web_kit::site::Site;
use web_kit::{Cache, Language, PageResult, Visitor, page};

const MENU: &[NavPlan] = &[
    NavPlan { key: "", items: &[("register.regulations.name", "/", "home", Capability::ReadReports)] },
    NavPlan {
        key: "register.outgoing_documents.one",
        items: &[
            ("register.outgoing_documents.name", "/a", "book", Capability::ReadRegisters),
            ("register.press_requests.name", "/b", "doc", Capability::ReadRegisters),
            ("action.import", "/c", "upload", Capability::ImportRegisters),
        ],
    },
    NavPlan {
        key: "role.administrator",
        items: &[
            ("capability.write_calendar", "/d", "calendar", Capability::WriteCalendar),
            ("capability.write_people", "/e", "people", Capability::WritePeople),
            ("capability.read_ledger", "/f", "ledger", Capability::ReadLedger),
        ],
    },
];

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    chrome: Chrome,
    icons: Vec<(&'static str, web_kit::chrome::Icon)>,
    banners: Vec<Banner>,
    tiles: Vec<Tile>,
    badges: Vec<Badge>,
    wide: Table,
    pager: Pager,
    narrow: Table,
    facts: Facts,
    timeline: Timeline,
    empty: Empty,
    errors: ErrorSummary,
    start: FormStart,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "gallery_public.html")]
struct PublicPage {
    chrome: Chrome,
    tiles: Vec<Tile>,
    facts: Facts,
    narrow: Table,
}

async fn show(visitor: Visitor) -> PageResult {
    let t = visitor.language;
    let person = Person {
        name: "Nguyễn Thị Phương Thảo".into(),
        roles: t.text("role.clerk").into(),
        account: "/tai-khoan".into(),
        sign_out: "/dang-xuat".into(),
    };
    let roles = [Role::Clerk, Role::Administrator];
    let crumbs = vec![Link::new("Trang đầu", "/"), Link::new(t.text("register.press_requests.name"), "/b")];
    let chrome = Chrome::desk(&visitor, "Bộ thành phần giao diện".into(), (person, &roles), MENU)
        .office("Ủy ban nhân dân huyện Kim Bảng")
        .under(crumbs);
    let form = sample_form();
    page(
        &Gallery {
            icons: web_kit::chrome::Icon::NAMES.map(|name| (name, chrome.icon(name))).to_vec(),
            chrome,
            banners: banners(),
            tiles: tiles(),
            badges: badges(),
            wide: wide(t),
            pager: Pager::new(t, (7, 50, 1_634), |number| format!("/?trang={number}")),
            narrow: narrow(t),
            facts: facts(t),
            timeline: timeline(),
            empty: Empty::new(
                "Chưa có dòng nào trong sổ",
                "Nhập sổ đang giữ trong Excel, hoặc thêm từng dòng.",
            )
            .action(Link::new("Nhập từ tệp", "/c")),
            errors: ErrorSummary::new(&form, t, &fields(&form, t)),
            start: FormStart::once(&visitor),
            fields: fields(&form, t),
        },
        Cache::Private,
    )
}

async fn public(visitor: Visitor) -> PageResult {
    let t = visitor.language;
    let chrome = Chrome::bare(&visitor, "Bản chứng thực số liệu báo cáo năm 2020".into())
        .office("Ủy ban nhân dân huyện Kim Bảng")
        .under(vec![Link::new("Trang đầu", "/cong-khai")]);
    page(&PublicPage { chrome, tiles: tiles(), facts: facts(t), narrow: narrow(t) }, Cache::Public(60))
}

fn banners() -> Vec<Banner> {
    vec![
        Banner::new(Tone::Done, "Đã lưu 513 dòng vào sổ tin, bài."),
        Banner::new(Tone::Info, "Lịch năm 2027 là tạm tính, chưa được xác nhận."),
        Banner::new(Tone::Warning, "Ba câu hỏi sắp hết thời hạn trả lời.")
            .title("Cần xử lý hôm nay")
            .link(Link::new("Xem ba câu hỏi", "/b")),
        Banner::new(Tone::Bad, "Tệp có 12 ô không đọc được ngày tháng.").title("Chưa nhập được"),
    ]
}

fn tiles() -> Vec<Tile> {
    vec![
        Tile::new("Tin, bài do đài truyền thanh cung cấp", "513", "tin, bài")
            .href("/so-lieu/1")
            .note("Kỳ 15/12/2019 – 14/12/2020"),
        Tile::new("Văn bản đăng Cổng thông tin điện tử", "1.634", "văn bản").href("/so-lieu/2"),
        Tile::new("Câu hỏi trả lời đúng hạn", "100", "%")
            .href("/so-lieu/3")
            .badge(Badge::new(Tone::Warning, "1 điểm cần kiểm tra")),
        Tile::missing("Vụ việc đột xuất, bất thường", "Chưa có dữ liệu"),
    ]
}

fn badges() -> Vec<Badge> {
    vec![
        Badge::new(Tone::Done, "Đã trả lời"),
        Badge::new(Tone::Info, "Đang xử lý"),
        Badge::new(Tone::Warning, "Còn 1 ngày"),
        Badge::new(Tone::Bad, "Quá hạn 3 ngày"),
        Badge::new(Tone::Plain, "Tạm tính"),
    ]
}

fn wide(t: Language) -> Table {
    let label = |field| t.field("press_requests", field).to_owned();
    let columns = vec![
        Column::new(label("received_on")).sorted(Sort::Down, "/?xep=received_on"),
        Column::new(label("requester")).sorted(Sort::None, "/?xep=requester"),
        Column::new(label("subject")).wide(),
        Column::new(label("lead_unit")),
        Column::new(label("due_on")),
        Column::new(label("reply_symbol")),
        Column::new(label("outcome")),
    ];
    let row = |day: &str, who: &str, what: &str, symbol: &str, badge: Badge| {
        vec![
            Cell::link(day, "/b/1"),
            Cell::new(who),
            Cell::new(what),
            Cell::new("Phòng Văn hóa và Thông tin"),
            Cell::new("25/11/2020").note("05 ngày làm việc"),
            Cell::new(symbol),
            Cell::badge(badge),
        ]
    };
    Table::new(t, "requests", "Yêu cầu của báo chí, năm 2020", columns).rows(vec![
        row(
            "20/11/2020",
            "Báo Hà Nam",
            "Đề nghị cung cấp thông tin về tiến độ giải phóng mặt bằng đường T3 qua xã Thanh Sơn",
            "1140/UBND-VHTT",
            Badge::new(Tone::Done, "Đã trả lời"),
        ),
        row(
            "12/10/2020",
            "Đài Phát thanh và Truyền hình tỉnh Hà Nam",
            "Phỏng vấn Chủ tịch UBND huyện về xây dựng nông thôn mới nâng cao",
            "",
            Badge::new(Tone::Info, "Đang xử lý"),
        ),
        row(
            "03/09/2020",
            "Tạp chí Môi trường và Đô thị Việt Nam",
            "Khai thác đá tại khu vực núi Ngọc Sơn",
            "967/UBND-TNMT",
            Badge::new(Tone::Bad, "Quá hạn 3 ngày"),
        ),
    ])
}

fn narrow(t: Language) -> Table {
    let columns =
        vec![Column::new("Đơn vị"), Column::new("Tin, bài").numeric(), Column::new("Tỷ lệ").numeric()];
    let row = |unit: &str, count: &str, share: &str| {
        vec![Cell::link(unit, "/a"), Cell::new(count), Cell::new(share)]
    };
    Table::new(t, "units", "Tin, bài theo đơn vị cung cấp", columns)
        .rows(vec![
            row("Đài Truyền thanh huyện", "513", "31,4 %"),
            row("Phòng Văn hóa và Thông tin", "402", "24,6 %"),
            row("Văn phòng HĐND và UBND", "719", "44,0 %"),
        ])
        .foot(vec![Cell::new("Cộng"), Cell::new("1.634"), Cell::new("100 %")])
        .cards()
}

fn facts(t: Language) -> Facts {
    Facts::new(
        t,
        vec![
            Fact::new("Số, ký hiệu", "1140/UBND-VHTT").href("/b/1"),
            Fact::new("Ngày nhận", "20/11/2020"),
            Fact::new("Thời hạn trả lời", "25/11/2020").badge(Badge::new(Tone::Done, "Đúng hạn")),
            Fact::new("Căn cứ từ chối", ""),
        ],
    )
}

fn timeline() -> Timeline {
    let event = |when: &str, datetime: &str, title: &str, tone| Event {
        when: when.into(),
        datetime: datetime.into(),
        title: title.into(),
        detail: "Nguyễn Thị Phương Thảo, Văn thư".into(),
        tone,
    };
    Timeline::new(vec![
        event("20/11/2020 08:30", "2020-11-20T08:30:00+07:00", "Tiếp nhận yêu cầu", Tone::Plain),
        event("20/11/2020 10:05", "2020-11-20T10:05:00+07:00", "Giao Phòng Văn hóa và Thông tin", Tone::Info),
        event("25/11/2020 16:40", "2020-11-25T16:40:00+07:00", "Đã trả lời bằng văn bản", Tone::Done),
    ])
}

fn sample_form() -> FormState {
    let mut form = FormState::of([
        ("requester", "Báo Hà Nam".to_owned()),
        ("received_on", "31/02/2020".to_owned()),
        ("channel", "letter".to_owned()),
        ("agreed", "on".to_owned()),
    ]);
    form.refuse(FieldError::new("received_on", "form.not_a_day"));
    form.refuse(FieldError::new("subject", "form.required"));
    form.refuse(FieldError::new("track", "form.not_a_choice"));
    form
}

fn fields(form: &FormState, t: Language) -> Vec<Field> {
    let channels = || {
        ["letter", "in_person", "phone", "email"]
            .map(|word| Choice::new(word, t.word("press_requests", "channel", word)))
            .to_vec()
    };
    let field = |name: &str, kind| Field::new(form, t, name, t.field("press_requests", name), kind);
    vec![
        field("requester", Kind::Line("text")).required().help("Ghi đúng tên trên giấy giới thiệu."),
        field("received_on", Kind::Day).required(),
        field("subject", Kind::Text(4)).required().help("Không quá 500 ký tự."),
        field("channel", Kind::Select(channels())),
        Field::new(form, t, "track", "Loại yêu cầu", Kind::Radios(channels())).required(),
        Field::new(form, t, "copies", "Số lượng bản", Kind::Number),
        Field::new(form, t, "password", "Mật khẩu", Kind::Password).autocomplete("current-password"),
        Field::new(form, t, "file", "Tệp sổ", Kind::File(".xlsx,.xls,.ods,.csv"))
            .help("XLSX, XLS, ODS hoặc CSV, tối đa 50 MB."),
        Field::new(form, t, "agreed", "Đã đối chiếu với bản giấy", Kind::Check),
    ]
}

#[expect(clippy::expect_used, reason = "an example without randomness is of no use")]
fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system has randomness");
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address: SocketAddr = std::env::args().nth(1).as_deref().unwrap_or("127.0.0.1:8099").parse()?;
    let site = Site::new(&format!("http://{address}"), &[], &[])?;
    let settings =
        Settings { site: Arc::new(site), limits: Limits::default(), random, ready: Arc::new(|| true) };
    let router = desk(Router::new().route("/", get(show)).route("/gui", post(show)));
    let router = router.route("/cong-khai", get(public));
    let listener = tokio::net::TcpListener::bind(address).await?;
    serve(listener, Front::new(router, settings), std::future::pending()).await?;
    Ok(())
}
