//! Two decisions on the portal of the example, with their files: the second replaces the first, so that each page says
//! how it stands. Made up, and said so; posted on the day the example is made.

use std::collections::BTreeMap;

use app::publication::{self, Act, Draft, Uploaded};
use app::{ActionError, App, office};
use domain::publication::Kind;
use domain::publication::relation::{Act as Relates, Relation};
use domain::publication::workflow::Event;
use domain::time::Day;
use report::document::{Block, Document, Header, Inline, Pattern, Signature};

use super::cast::Cast;
use super::portal::act;

const SUMMARY: &str =
    "Ban hành Quy chế phát ngôn và cung cấp thông tin cho báo chí trên địa bàn huyện Kim Bảng (minh họa)";

/// A decision: number, year, day of issue, day of effect, what its articles say.
struct Decision {
    number: u32,
    issued: (i16, i8, i8),
    effective: (i16, i8, i8),
    articles: &'static [&'static str],
}

const FIRST: Decision = Decision {
    number: 4,
    issued: (2018, 5, 10),
    effective: (2018, 5, 20),
    articles: &[
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế phát ngôn và cung cấp thông tin cho báo chí.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày 20 tháng 5 năm 2018.",
        "Điều 3. Chánh Văn phòng HĐND và UBND huyện, Chủ tịch UBND các xã, thị trấn chịu trách nhiệm thi hành.",
    ],
};

const SECOND: Decision = Decision {
    number: 6,
    issued: (2023, 3, 15),
    effective: (2023, 3, 25),
    articles: &[
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế phát ngôn và cung cấp thông tin cho báo chí.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày 25 tháng 3 năm 2023 và thay thế Quyết định số \
         04/2018/QĐ-UBND ngày 10 tháng 5 năm 2018 của Ủy ban nhân dân huyện Kim Bảng.",
        "Điều 3. Đơn vị được đề nghị cung cấp nội dung, số liệu đúng hạn và chịu trách nhiệm về nội dung đã cung cấp.",
        "Điều 4. Chánh Văn phòng HĐND và UBND huyện, Chủ tịch UBND các xã, thị trấn chịu trách nhiệm thi hành.",
    ],
};

/// Puts the decisions on the portal of the example.
///
/// # Errors
/// When its people are missing, a file cannot be drawn, or the database fails.
pub fn decisions(app: &App) -> Result<(), ActionError> {
    let cast = Cast::of(app)?;
    post(app, &cast, &FIRST, Vec::new())?;
    let replaces = Relation {
        act: Relates::Replaces,
        symbol: symbol_of(&FIRST),
        issued_on: day(FIRST.issued),
        issuer: "UBND huyện Kim Bảng".into(),
    };
    post(app, &cast, &SECOND, vec![replaces])
}

fn day((year, month, day): (i16, i8, i8)) -> Option<Day> {
    Day::new(year, month, day).ok()
}

fn symbol_of(decision: &Decision) -> String {
    format!("{:02}/{}/QĐ-UBND", decision.number, decision.issued.0)
}

fn post(app: &App, cast: &Cast, decision: &Decision, relations: Vec<Relation>) -> Result<(), ActionError> {
    let (symbol, own) = (symbol_of(decision), office::office(app)?);
    let signer = own.signer.as_ref();
    let said = |day: Option<Day>| day.map(domain::time::day_in_table).unwrap_or_default();
    let fields: BTreeMap<String, String> = [
        ("symbol", symbol.clone()),
        ("issuer", "UBND huyện Kim Bảng".to_owned()),
        ("issued_on", said(day(decision.issued))),
        ("effective_on", said(day(decision.effective))),
        ("signer", signer.map(|signer| signer.name.clone()).unwrap_or_default()),
        ("signer_title", signer.map(|signer| signer.signer_title.clone()).unwrap_or_default()),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect();
    let draft = Draft {
        title: SUMMARY.into(),
        body: decision.articles.join("\n\n"),
        section: "Quyết định".into(),
        fields,
        relations,
        ..Draft::default()
    };
    let id = publication::begin(app, &cast.clerk, Kind::Document, &draft)?;
    let pdf = report::pdf(&drawn(app, decision)?, &app.fonts()?).map_err(anyhow::Error::new)?.bytes;
    let version = publication::show(app, &cast.clerk, id)?.row.version;
    let name = format!("{}.pdf", symbol.replace('/', "-"));
    publication::attach(
        app,
        &cast.clerk,
        (id, version),
        Uploaded { name, bytes: pdf, text: "Toàn văn".into() },
    )?;
    act(app, &cast.clerk, id, Event::Submit, Act::default())?;
    act(app, &cast.leader, id, Event::Approve, Act::default())?;
    act(app, &cast.clerk, id, Event::Publish, Act::default())
}

/// The decision in the decree's form.
fn drawn(app: &App, decision: &Decision) -> Result<Document, ActionError> {
    let own = office::office(app)?;
    let date = day(decision.issued).ok_or(ActionError::NotFound)?;
    let symbol = format!("{}/QĐ-{}", decision.issued.0, own.names.symbol);
    let borne = (Some(decision.number), symbol, date);
    Ok(document(&own, ("Quyết định", SUMMARY), borne, decision.articles))
}

/// What a press conference is given about: a report without a number, as a PDF file.
///
/// # Errors
/// When it cannot be drawn.
pub(super) fn figures(app: &App) -> Result<Vec<u8>, ActionError> {
    let own = office::office(app)?;
    let body = [
        "Số liệu dưới đây là số liệu minh họa, không phải số liệu thật.",
        "Thu ngân sách trên địa bàn: 100 tỷ đồng. Giải ngân vốn đầu tư công: 80 tỷ đồng. Số xã đạt chuẩn nông thôn mới nâng cao: 10.",
    ];
    let borne = (None, format!("BC-{}", own.names.symbol), app.today());
    let title = ("Báo cáo", "Số liệu kinh tế - xã hội phục vụ họp báo (minh họa)");
    let drawn = report::pdf(&document(&own, title, borne, &body), &app.fonts()?);
    Ok(drawn.map_err(anyhow::Error::new)?.bytes)
}

/// A document of the office of a type and about something; without a number it has no date yet.
fn document(
    own: &office::Office,
    (type_name, summary): (&str, &str),
    (number, symbol, date): (Option<u32>, String, Day),
    articles: &[&str],
) -> Document {
    let names = &own.names;
    Document {
        layout: report::layout::Layout::default(),
        header: Header {
            parent: names.parent.clone(),
            issuer: names.header.clone(),
            number,
            symbol,
            place: names.place.clone(),
            date: number.map(|_| date),
            counted_until: date,
        },
        type_name: type_name.into(),
        summary: summary.into(),
        addressees: Vec::new(),
        bases: vec!["Luật Tổ chức chính quyền địa phương".into(), "Nghị định số 09/2017/NĐ-CP".into()],
        pattern: Pattern::Numbered,
        body: articles.iter().map(|text| Block::Paragraph(Inline::text(*text))).collect(),
        signature: own.signer.as_ref().and_then(|signer| Signature::compose(signer).ok()),
        recipients: vec!["UBND các xã, thị trấn".into()],
        filing_unit: names.filing_unit.clone(),
        secretary: String::new(),
        annexes: Vec::new(),
        proof: None,
    }
}
