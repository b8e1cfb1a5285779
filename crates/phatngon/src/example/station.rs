//! The radio station of the example: bulletins on the portal, some that wait for approval, the programme of two days.
//! All of it is made up, and says so. It is posted on the day the example is made, so that the year 2020 stays as it is.

use app::publication::{self, Draft, Uploaded};
use app::radio::programme::{self, Typed};
use app::{ActionError, Actor, App};
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::publication::workflow::Event;
use domain::time::{self, Day};

use super::cast::Cast;
use super::press::act_on_text;
use super::sound;

/// A bulletin: how many days ago it was broadcast, when, its title, its words, seconds of its recording.
struct Bulletin {
    days_ago: i64,
    start: &'static str,
    title: &'static str,
    words: &'static [&'static str],
    seconds: usize,
    is_public: bool,
}

const BULLETINS: [Bulletin; 7] = [
    Bulletin {
        days_ago: 2,
        start: "5:30",
        title: "Bản tin sáng: lịch tiêm phòng cho đàn vật nuôi vụ xuân",
        words: &[
            "Trạm thú y (minh họa) thông báo lịch tiêm phòng cho đàn gia súc, gia cầm của các xã, thị trấn.",
            "Bà con mang sổ theo dõi và nhốt vật nuôi trước giờ tiêm. Cán bộ thú y đến từng thôn, không thu tiền công.",
            "Hộ nào vắng nhà xin báo trưởng thôn để được tiêm bổ sung vào tuần sau.",
        ],
        seconds: 312,
        is_public: true,
    },
    Bulletin {
        days_ago: 2,
        start: "17:00",
        title: "Bản tin chiều: cấp thẻ căn cước lưu động tại nhà văn hóa thôn",
        words: &[
            "Đội cấp thẻ căn cước lưu động (minh họa) làm việc tại nhà văn hóa thôn trong hai ngày cuối tuần.",
            "Người dân mang giấy tờ đang có; người già yếu được phục vụ tại nhà nếu đăng ký trước.",
        ],
        seconds: 204,
        is_public: true,
    },
    Bulletin {
        days_ago: 1,
        start: "5:30",
        title: "Bản tin sáng: ra quân làm thủy lợi nội đồng",
        words: &[
            "Các hợp tác xã (minh họa) ra quân nạo vét kênh mương, chuẩn bị lấy nước gieo cấy.",
            "Khối lượng đào đắp dự kiến hoàn thành trong mười ngày.",
        ],
        seconds: 268,
        is_public: true,
    },
    Bulletin {
        days_ago: 1,
        start: "17:00",
        title: "Bản tin chiều: thời tiết và khuyến cáo phòng cháy rừng",
        words: &[],
        seconds: 95,
        is_public: true,
    },
    Bulletin {
        days_ago: 0,
        start: "5:30",
        title: "Bản tin sáng: hướng dẫn nộp hồ sơ trực tuyến",
        words: &[
            "Bộ phận một cửa (minh họa) hướng dẫn cách nộp hồ sơ trên Cổng dịch vụ công từ điện thoại.",
            "Người chưa quen được cán bộ giúp làm ngay tại quầy.",
        ],
        seconds: 240,
        is_public: true,
    },
    Bulletin {
        days_ago: 0,
        start: "11:00",
        title: "Bản tin trưa: lịch cắt điện để sửa đường dây",
        words: &["Điện lực (minh họa) thông báo lịch cắt điện luân phiên để sửa chữa đường dây."],
        seconds: 128,
        is_public: false,
    },
    Bulletin {
        days_ago: 0,
        start: "17:00",
        title: "Bản tin chiều: hội thi văn nghệ quần chúng",
        words: &["Hội thi văn nghệ quần chúng (minh họa) mở màn tối mai tại sân vận động trung tâm."],
        seconds: 176,
        is_public: false,
    },
];

/// Parts of the programme that are no bulletin: when, minutes, what.
const REST: [(&str, &str, &str); 3] = [
    ("5:00", "30", "Tiếp âm Đài Tiếng nói Việt Nam"),
    ("5:45", "15", "Ca nhạc quê hương"),
    ("17:30", "20", "Tiếp âm đài tỉnh"),
];

/// Fills the radio desk of the example.
///
/// # Errors
/// When its people are missing, or the database fails.
pub fn broadcast(app: &App) -> Result<(), ActionError> {
    let Cast { station, leader, clerk, .. } = Cast::of(app)?;
    let today = app.today();
    for (number, bulletin) in BULLETINS.iter().enumerate() {
        let day = time::days_later(today, -bulletin.days_ago);
        let id = begin(app, &station, bulletin, (day, number))?;
        act_on_text(app, &station, id, Event::Submit)?;
        if bulletin.is_public {
            act_on_text(app, &leader, id, Event::Approve)?;
            act_on_text(app, &clerk, id, Event::Publish)?;
        }
        let part = Typed {
            start: bulletin.start.into(),
            minutes: "15".into(),
            title: String::new(),
            bulletin: Some(id),
        };
        programme::add(app, &station, day, &part)?;
    }
    for day in [time::days_later(today, -1), today] {
        for (start, minutes, title) in REST {
            let part =
                Typed { start: start.into(), minutes: minutes.into(), title: title.into(), bulletin: None };
            programme::add(app, &station, day, &part)?;
        }
    }
    Ok(())
}

fn begin(
    app: &App,
    station: &Actor,
    bulletin: &Bulletin,
    (day, number): (Day, usize),
) -> Result<PublicationId, ActionError> {
    let t = words::Language::Vi;
    let on = time::day_in_table(day);
    let when = t.fill("radio.broadcast_at", &[("day", &on), ("time", &bulletin.start)]);
    let draft = Draft {
        title: bulletin.title.into(),
        summary: format!("{when} Nội dung và âm thanh minh họa, không phải bản tin thật."),
        body: bulletin.words.join("\n\n"),
        section: "Truyền thanh".into(),
        ..Draft::default()
    };
    let id = publication::begin(app, station, Kind::Bulletin, &draft)?;
    let version = publication::show(app, station, id)?.row.version;
    let file = Uploaded {
        name: format!("ban-tin-{day}-{}.mp3", number + 1),
        bytes: sound::recording(bulletin.seconds, number),
        text: bulletin.title.into(),
    };
    publication::attach(app, station, (id, version), file)?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use app::{Parts, SecretKey, installation, radio};
    use testkit::Office;

    use super::*;

    #[test]
    fn the_station_has_bulletins_to_hear_some_to_approve_and_a_programme() {
        let office = Office::on_sqlite();
        let folder = office.directory.clone();
        let app = App::new(Parts {
            database: office.db.clone(),
            blobs: store::Blobs::open(&folder.join("files").display().to_string(), &[]).unwrap(),
            key: SecretKey::from_bytes([7; 32]),
            folder,
            base_url: "http://127.0.0.1".into(),
            font_places: Vec::new(),
        })
        .with_reader(Arc::new(app::file_reader::InProcess));
        installation::make(&app, &Actor::command_line(), &installation::example()).unwrap();
        installation::example_people(&app).unwrap();
        broadcast(&app).unwrap();
        let months = radio::months(&app, &Actor::command_line(), app.today().year()).unwrap();
        let sum = |of: fn(&radio::Month) -> u64| months.iter().map(of).sum::<u64>();
        assert_eq!((sum(|month| month.bulletins), sum(|month| month.with_sound)), (5, 5));
        assert_eq!((sum(|month| month.seconds), sum(|month| month.unknown)), (1_119, 0));
        let shown = programme::of_day(&app, app.today()).unwrap();
        assert_eq!(shown.len(), 6);
        assert!(shown.iter().any(|part| part.bulletin.is_some()));
    }
}
