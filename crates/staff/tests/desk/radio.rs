//! The radio desk: many bulletins at once, handing them in, the months in numbers.

use app::links::{Answer as Heard, Fetched, Prober};
use app::publication::{self, Filter};
use app::{Actor, radio};
use domain::access::Role;
use domain::publication::workflow::State;
use domain::publication::{Kind, Purpose};
use http::StatusCode;

use crate::site::{Answer, Site};

/// A recording by its first bytes; `mark` makes it another one.
fn mp3(mark: &str) -> Vec<u8> {
    [b"ID3\x03\0\0\0\0\0\0", mark.as_bytes()].concat()
}

/// Sends files and opens the list of what they would become.
async fn send(site: &Site, files: &[(&str, &[u8])]) -> (String, Answer) {
    let sent = site.upload_many(Role::Radio, "/radio/upload", files).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = site.get(Role::Radio, &sent.location).await;
    (sent.location, page)
}

/// Confirms the rows with these numbers and opens what became of them.
async fn confirm(site: &Site, (path, page): &(String, Answer), rows: &[usize]) -> Answer {
    let names: Vec<String> = rows.iter().map(|row| format!("keep-{row}")).collect();
    let version = page.hidden("version");
    let mut fields = vec![("version", version.as_str())];
    fields.extend(names.iter().map(|name| (name.as_str(), "on")));
    let done = site.post(Role::Radio, path, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    site.get(Role::Radio, path).await
}

fn drafts(site: &Site) -> Vec<publication::PublicationRow> {
    let filter = Filter { kind: Some(Kind::Bulletin), per_page: 50, page: 1, ..Filter::default() };
    let mut found = publication::list(&site.app, &Actor::command_line(), &filter).unwrap().publications;
    found.sort_by(|a, b| a.content.title.cmp(&b.content.title));
    found
}

#[tokio::test]
async fn recordings_and_texts_of_one_name_become_drafts_and_none_is_lost_or_taken_twice() {
    let site = Site::new();
    assert!(site.get(Role::Radio, "/radio/upload").await.text().contains("Nhận nhiều bản tin"));
    let (first, second) = (mp3("1"), mp3("2"));
    let files: &[(&str, &[u8])] = &[
        ("Bản tin 05-03-2020.mp3", &first),
        ("ban-tin-05-03-2020.txt", "Bản tin sáng thứ Năm\nMở đầu bản tin.\n\nHết.".as_bytes()),
        ("chieu_2020-03-06.mp3", &second),
        ("anh.mp3", b"<html></html>"),
        ("danh sach.csv", b"a,b\n1,2\n"),
    ];
    let sent = send(&site, files).await;
    assert!(sent.1.text().contains("Tìm thấy 2 bản tin; không nhận 2."), "{}", sent.1.text());
    assert!(sent.1.text().contains("Không rõ độ dài"), "{}", sent.1.text());
    assert!(drafts(&site).is_empty(), "nothing is made before it is confirmed");
    let told = confirm(&site, &sent, &[0, 1]).await;
    assert!(told.text().contains("Đã nhận 2 bản tin; không nhận 2."), "{}", told.text());
    assert!(told.text().contains("Không thấy dòng tiêu đề cột"));
    let rows = drafts(&site);
    let titles: Vec<_> = rows.iter().map(|row| row.content.title.as_str()).collect();
    assert_eq!(titles, ["Bản tin sáng thứ Năm", "chieu 2020 03 06"]);
    let content = &rows[0].content;
    assert_eq!(content.summary, "Phát thanh ngày 05/03/2020.");
    assert!(content.body.contains("<p>Mở đầu bản tin.</p>"), "{}", content.body);
    assert_eq!(content.files.iter().map(|file| file.purpose).collect::<Vec<_>>(), [Purpose::Sound]);
    assert_eq!(rows[0].state, State::Draft);

    let (_, again) = send(&site, &files[..3]).await;
    assert!(again.text().contains("Đã nhận 0 bản tin; không nhận 2."), "{}", again.text());
    assert_eq!(drafts(&site).len(), 2);

    let handed = site.post(Role::Radio, "/radio/submit", &[("ids", &told.hidden("ids"))]).await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.text());
    assert!(site.get(Role::Radio, &handed.location).await.text().contains("Đã trình duyệt 2 bản tin; 0"));
    assert!(drafts(&site).iter().all(|row| row.state == State::InReview));
}

#[tokio::test]
async fn a_list_tells_what_belongs_together_and_each_bad_row_is_named() {
    let site = Site::new();
    let sound = testkit::recording(12, "1");
    let list = "Ngày phát,Giờ phát,Tên bản tin,Chuyên mục,File âm thanh,Lời văn\n\
                05/3/2020,5:30,Bản tin số 1,Thời sự,mot.mp3,mot.txt\n\
                06/3/2020,17:00,Bản tin số 2,Thời sự,khong-co.mp3,\n\
                hôm kia,17:00,Bản tin số 3,Thời sự,,mot.txt\n";
    let files: &[(&str, &[u8])] = &[
        ("danh-sach.csv", list.as_bytes()),
        ("mot.mp3", &sound),
        ("mot.txt", "Chỉ có một đoạn.".as_bytes()),
    ];
    let sent = send(&site, files).await;
    let page = sent.1.text();
    assert!(page.contains("Tìm thấy 1 bản tin; không nhận 2."), "{page}");
    // The cells that are at fault.
    assert!(page.contains("E3") && page.contains("A4"), "{page}");
    assert!(page.contains("05/03/2020") && page.contains("mot.mp3") && page.contains("12 giây"), "{page}");
    let told = confirm(&site, &sent, &[0]).await;
    assert!(told.text().contains("Đã nhận 1 bản tin; không nhận 2."), "{}", told.text());
    let rows = drafts(&site);
    let content = &rows[0].content;
    assert_eq!((content.title.as_str(), content.section.as_str()), ("Bản tin số 1", "Thời sự"));
    assert_eq!(content.summary, "Phát thanh ngày 05/03/2020, lúc 5:30.");
    assert_eq!((content.files.len(), content.body.as_str()), (1, "<p>Chỉ có một đoạn.</p>"));
}

#[tokio::test]
async fn a_feed_of_another_site_becomes_drafts_with_the_recordings_sent_along() {
    let site = Site::new();
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Đài</title>\
        <item><title>Bản tin cũ</title><description>&lt;p onclick=\"x\"&gt;Lời&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</description>\
        <pubDate>Thu, 05 Mar 2020 05:30:00 +0700</pubDate>\
        <enclosure url=\"https://dai.example.vn/tep/ban%20tin.mp3\" length=\"3\" type=\"audio/mpeg\"/></item></channel></rss>";
    let sound = mp3("1");
    let files: &[(&str, &[u8])] = &[("dai.xml", feed.as_bytes()), ("ban tin.mp3", &sound)];
    let sent = send(&site, files).await;
    let told = confirm(&site, &sent, &[0]).await;
    assert!(told.text().contains("Đã nhận 1 bản tin; không nhận 0."), "{}", told.text());
    let rows = drafts(&site);
    let content = &rows[0].content;
    assert_eq!((content.body.as_str(), content.files.len()), ("<p>Lời</p>", 1));
    assert_eq!(content.summary, "Phát thanh ngày 05/03/2020.");
    let entry =
        |number: usize| format!("<item><title>Bản tin {number}</title><description>Lời</description></item>");
    let entries: String = (0..502).map(entry).collect();
    let long = format!("<rss version=\"2.0\"><channel><title>Đài</title>{entries}</channel></rss>");
    let sent = send(&site, &[("dai.xml", long.as_bytes())]).await;
    let page = sent.1.text();
    assert!(page.contains("Tìm thấy 150 bản tin; không nhận 2."), "{page}");
    assert!(page.contains("dai.xml, 502") && page.contains("Một lần gửi tối đa 500 bản tin"));
    let waiting = radio::waiting(&site.app, &Actor::command_line()).unwrap();
    assert_eq!(waiting.len(), 4, "the rest waits beside it");
    for (number, (id, ..)) in waiting.iter().rev().enumerate() {
        let path = format!("/radio/batches/{id}");
        assert!(number == 0 || page.contains(&path));
        let open = (path.clone(), site.get(Role::Radio, &path).await);
        let rows = open.1.text().matches("type=\"checkbox\"").count();
        let told = confirm(&site, &open, &(0..rows).collect::<Vec<_>>()).await;
        assert!(told.text().contains(&format!("Đã nhận {rows} bản tin")), "{}", told.text());
    }
    let filter = Filter { kind: Some(Kind::Bulletin), per_page: 1, page: 1, ..Filter::default() };
    assert_eq!(publication::list(&site.app, &Actor::command_line(), &filter).unwrap().total, 501);
    let (_, hostile) = send(&site, &[("x.xml", b"<html>")]).await;
    assert!(hostile.text().contains("Không phải nguồn tin RSS hoặc Atom"), "{}", hostile.text());
}

#[tokio::test]
async fn the_months_agree_with_the_figure_and_are_a_table_for_a_sheet_too() {
    let site = Site::new();
    let csv = "Ngày đăng,Tiêu đề,Chuyên mục,Đơn vị cung cấp\n05/3/2020,Tin một,Thời sự,Đài Truyền thanh huyện\n\
               06/3/2020,Tin hai,Thời sự,Phòng Văn hóa\n07/4/2020,Tin ba,Thời sự,Đài Truyền thanh huyện\n";
    site.import("tin.csv", csv.as_bytes(), "all").await;
    let months = radio::months(&site.app, &Actor::command_line(), 2020).unwrap();
    let supplied: Vec<u64> = months.iter().map(|month| month.supplied).collect();
    let period = domain::period::Period::calendar_year(2020).unwrap();
    let figures = app::figures::of_period(&site.app, &Actor::command_line(), period).unwrap();
    let figure = figures.iter().find(|figure| figure.id == radio::SUPPLIED).unwrap();
    assert_eq!(supplied.iter().sum::<u64>(), figure.counted.len() as u64);
    assert_eq!((supplied[2], supplied[3]), (1, 1));
    let page = site.get(Role::Radio, "/radio?year=2020").await.text();
    assert!(
        page.contains("/registers/news?from=2020-03-01&amp;to=2020-03-31")
            || page.contains("from=2020-03-01&#38;to=2020-03-31"),
        "{page}"
    );
    let sheet = site.get(Role::Radio, "/radio/months.csv?year=2020").await.text();
    assert!(sheet.contains("\r\n3/2020,0,0,0,0,1\r\n4/2020,0,0,0,0,1\r\n"), "{sheet}");
}

#[tokio::test]
async fn the_programme_of_a_day_is_written_copied_and_cleared() {
    let site = Site::new();
    let part = |start: &'static str, minutes: &'static str, title: &'static str| {
        [("day", "2020-03-05"), ("start", start), ("minutes", minutes), ("bulletin", ""), ("title", title)]
    };
    let empty = site.get(Role::Radio, "/radio/programme?day=05/03/2020").await.text();
    assert!(empty.contains("Chưa có chương trình"), "{empty}");
    for (part, code) in [
        (part("sáng", "30", "Thời sự"), "Không phải giờ"),
        (part("5:30", "0", "Thời sự"), "Hãy ghi số phút"),
        (part("23:50", "30", "Thời sự"), "kéo qua nửa đêm"),
        (part("5:30", "30", ""), "Chưa nhập mục này"),
    ] {
        let refused = site.post(Role::Radio, "/radio/programme", &part).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        assert!(refused.text().contains(code), "{code}: {}", refused.text());
        assert!(refused.text().contains(&format!("value=\"{}\"", part[1].1)), "what was typed stays");
    }
    for part in [part("17h00", "30", "Tin chiều"), part("5:30", "30", "Thời sự sáng")] {
        let added = site.post(Role::Radio, "/radio/programme", &part).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    }
    let taken = site.post(Role::Radio, "/radio/programme", &part("5:45", "5", "Xen")).await;
    assert!(taken.text().contains("05:30 – 06:00"), "{}", taken.text());
    let page = site.get(Role::Radio, "/radio/programme?day=2020-03-05").await.text();
    let (morning, evening) = (page.find("Thời sự sáng").unwrap(), page.find("Tin chiều").unwrap());
    assert!(morning < evening);

    let week = [("day", "2020-03-12"), ("from", "2020-03-05")];
    let copied = site.post(Role::Radio, "/radio/programme/copy", &week).await;
    assert_eq!(copied.status, StatusCode::SEE_OTHER, "{}", copied.text());
    let copy = site.get(Role::Radio, &copied.location).await.text();
    assert!(copy.contains("Thời sự sáng") && copy.contains("12/03/2020"), "{copy}");
    let twice = site.post(Role::Radio, "/radio/programme/copy", &week).await;
    assert!(twice.text().contains("Ngày này đã có chương trình"), "{}", twice.text());

    let (_, rest) = copy.split_once("action=\"/radio/programme/").unwrap();
    let remove = format!("/radio/programme/{}", rest.split('"').next().unwrap());
    assert_eq!(site.post(Role::Radio, &remove, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.post(Role::Radio, &remove, &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_sent_waits_until_it_is_confirmed_once_or_put_aside_and_no_row_is_lost_silently() {
    let site = Site::new();
    let sounds: Vec<Vec<u8>> = ["1", "2", "3"].iter().map(|mark| testkit::recording(5, mark)).collect();
    let files: &[(&str, &[u8])] =
        &[("mot.mp3", &sounds[0]), ("hai.mp3", &sounds[1]), ("hai.txt", "Lời văn hai.".as_bytes())];
    let sent = send(&site, files).await;
    let waiting = site.get(Role::Clerk, "/radio/upload").await.text();
    assert!(waiting.contains(&sent.0) && waiting.contains("chờ xác nhận"), "{waiting}");
    let version = sent.1.hidden("version");
    let none = site.post(Role::Radio, &sent.0, &[("version", version.as_str())]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text().contains("Chưa chọn bản tin nào") && none.text().contains("mot"), "{}", none.text());
    // The first of the two, by name: the other is named as left.
    let told = confirm(&site, &sent, &[0]).await;
    assert!(told.text().contains("Đã nhận 1 bản tin; không nhận 1."), "{}", told.text());
    assert!(told.text().contains("đã bỏ chọn bản tin này"), "{}", told.text());
    let fields = [("version", version.as_str()), ("keep-1", "on")];
    assert_eq!(site.post(Role::Radio, &sent.0, &fields).await.status, StatusCode::CONFLICT);
    assert_eq!(drafts(&site).len(), 1);

    let (path, page) = send(&site, &[("ba.mp3", &sounds[2])]).await;
    let version = page.hidden("version");
    let dropped = site.post(Role::Radio, &format!("{path}/drop"), &[("version", version.as_str())]).await;
    assert_eq!(dropped.status, StatusCode::SEE_OTHER);
    assert!(!site.get(Role::Radio, "/radio/upload").await.text().contains(&path));
    assert_eq!(drafts(&site).len(), 1);
}

const FEED: &str = r#"<rss version="2.0"><channel><title>Đài huyện</title><item><title>Bản tin sáng</title>
<description>&lt;p&gt;Lời văn&lt;/p&gt;</description><pubDate>Thu, 05 Mar 2020 05:30:00 +0700</pubDate></item></channel></rss>"#;

/// One site on the Internet of the test.
struct Station;

impl Prober for Station {
    fn look(&self, _: &[String]) -> std::io::Result<Vec<(String, Heard)>> {
        unreachable!("no link is checked")
    }

    fn fetch(&self, link: &str, most: usize) -> std::io::Result<Fetched> {
        assert_eq!(most, 10 << 20);
        Ok(match link {
            "https://dai.example.vn/rss.xml" => Fetched::Document(FEED.into()),
            "https://dai.example.vn/" => Fetched::Document(b"<!doctype html><p>x</p>".to_vec()),
            "https://dai.example.vn/bomb.xml" => {
                Fetched::Document(FEED.replacen("<rss", "<!DOCTYPE x><rss", 1).into())
            }
            "https://dai.example.vn/large.xml" => Fetched::TooLarge,
            "https://dai.example.vn/gone.xml" => Fetched::Not(Heard::Status(410)),
            "https://dai.example.vn/round.xml" => Fetched::Not(Heard::Lost),
            "https://dai.example.vn/slow.xml" => Fetched::Not(Heard::Silent),
            _ => Fetched::Not(Heard::Forbidden),
        })
    }
}

#[tokio::test]
async fn a_feed_is_fetched_by_its_address_and_confirmed_like_a_file() {
    let site = Site::new();
    let _ = site.app.clone().with_prober(std::sync::Arc::new(Station));
    let page = site.get(Role::Radio, "/radio/upload").await.text();
    assert!(page.contains("Địa chỉ nguồn tin (RSS)"), "{page}");
    let address = [("address", " https://dai.example.vn/rss.xml ")];
    let sent = site.post(Role::Radio, "/radio/feed", &address).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = site.get(Role::Radio, &sent.location).await;
    assert!(
        page.text().contains("Tìm thấy 1 bản tin; không nhận 0.") && drafts(&site).is_empty(),
        "{}",
        page.text()
    );
    assert!(page.text().contains("https://dai.example.vn/rss.xml"), "{}", page.text());
    confirm(&site, &(sent.location, page), &[0]).await;
    let rows = drafts(&site);
    assert_eq!((rows.len(), rows[0].content.title.as_str()), (1, "Bản tin sáng"));
    assert_eq!(rows[0].content.body, "<p>Lời văn</p>");
    assert_eq!(site.post(Role::UnitHead, "/radio/feed", &address).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn sec_mon_01_a_feed_that_may_not_or_cannot_be_fetched_says_why_and_keeps_the_address() {
    let site = Site::new();
    let ask = async |address: &str| site.post(Role::Radio, "/radio/feed", &[("address", address)]).await;
    assert!(ask("https://dai.example.vn/rss.xml").await.text().contains("không trả lời trong 30 giây"));
    let site = Site::new();
    let _ = site.app.clone().with_prober(std::sync::Arc::new(Station));
    for (name, why) in [
        ("", "Không phải nguồn tin RSS"),
        ("bomb.xml", "Không phải nguồn tin RSS"),
        ("large.xml", "10 MB"),
        ("gone.xml", "mã 410"),
        ("round.xml", "chuyển hướng quá nhiều lần"),
        ("slow.xml", "không trả lời trong 30 giây"),
        ("inside.xml", "không lấy địa chỉ trong mạng nội bộ"),
    ] {
        let address = format!("https://dai.example.vn/{name}");
        let refused = site.post(Role::Radio, "/radio/feed", &[("address", &address)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(refused.text().contains(why), "{name}: {}", refused.text());
        assert!(refused.text().contains(&format!("value=\"{address}\"")), "{name}");
    }
    assert!(drafts(&site).is_empty());
}
