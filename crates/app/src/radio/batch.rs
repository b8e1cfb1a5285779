//! Many bulletins at once: recordings and texts with the same name, a list that tells what belongs together, a feed.
//! What each would become is proposed ([`super::proposal`]); what cannot be taken is told file by file.

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::publication::{Attachment, Purpose};
use domain::text::{self, fold};
use domain::time::{self, Day};
use import::ListColumn;
use serde::{Deserialize, Serialize};

use super::feed;
use super::proposal::{Doubt, Planned};
use crate::publication::{Picture, Uploaded, draw_article, prepare};
use crate::{ActionError, Actor, App, file_reader};

/// Bulletins of one sending.
const MOST: usize = 500;
/// Bytes of a text or a list.
const LARGEST_TEXT: usize = 20 * 1_024 * 1_024;

const COLUMNS: [ListColumn; 6] = [
    ListColumn {
        key: "day",
        headings: &["Ngày", "Ngày phát", "Ngày phát sóng", "Ngày phát thanh", "Date"],
        is_day: true,
    },
    ListColumn {
        key: "time",
        headings: &["Giờ", "Giờ phát", "Giờ phát sóng", "Thời gian", "Time"],
        is_day: false,
    },
    ListColumn {
        key: "title",
        headings: &["Tiêu đề", "Tên bản tin", "Tên chương trình", "Tên tin bài", "Bản tin", "Title"],
        is_day: false,
    },
    ListColumn { key: "section", headings: &["Chuyên mục", "Mục", "Section"], is_day: false },
    ListColumn {
        key: "sound",
        headings: &["Tệp âm thanh", "File âm thanh", "Âm thanh", "Tên tệp âm thanh", "Audio"],
        is_day: false,
    },
    ListColumn {
        key: "text",
        headings: &["Tệp lời văn", "File lời văn", "Lời văn", "Tệp văn bản", "File text", "Nội dung", "Text"],
        is_day: false,
    },
];

/// What is known of a bulletin before it is taken.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// Where it stands in a list or feed; the name of a file.
    pub(super) from: String,
    pub(super) title: String,
    /// HTML or plain text.
    pub(super) body: String,
    pub(super) section: String,
    pub(super) day: Option<Day>,
    pub(super) time: String,
    /// Names the files that belong to it, without ending.
    pub(super) sound: String,
    pub(super) text: String,
    /// Of a list: its row, and where it names recording, text and title.
    pub(super) cells: [String; 4],
}

struct Sound {
    name: String,
    file: Attachment,
    /// How long it is, when that is known.
    seconds: Option<u32>,
}

struct Text {
    name: String,
    title: String,
    body: String,
    pictures: Vec<Picture>,
}

/// Files as they arrive; nothing is kept before [`Batch::propose`].
#[derive(Default)]
pub struct Batch {
    sounds: BTreeMap<String, Sound>,
    texts: BTreeMap<String, Text>,
    entries: Vec<Entry>,
    left: Vec<Left>,
}

impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Batch({} sounds, {} texts, {} entries)",
            self.sounds.len(),
            self.texts.len(),
            self.entries.len()
        )
    }
}

/// What was not taken, and the code of why (`invalid.<code>`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The file, with the sheet where it is a list.
    pub from: String,
    /// The cell of a list that is at fault, or its row.
    pub cell: String,
    /// Why.
    pub code: String,
}

impl Batch {
    /// Adds a file: a recording, a text in Word or plain, a list, or a feed. What it is stands in its bytes.
    ///
    /// # Errors
    /// Without the right to write, or when the database or the files fail. A file that cannot be read is no error.
    pub fn add(&mut self, app: &App, actor: &Actor, name: &str, bytes: Vec<u8>) -> Result<(), ActionError> {
        actor.require(Capability::WritePublications)?;
        let name = text::clean_line(name);
        match crate::uploads::spend(app, actor, bytes.len()).and_then(|()| self.sort(app, &name, bytes)) {
            Ok(()) => Ok(()),
            Err(ActionError::Invalid(fields)) => {
                let code = fields.first().map_or("file_kind", |field| field.code).to_owned();
                // Even the name of a file with a mark of state secrets may say too much.
                let from = if code == "reading_secret" { String::new() } else { name };
                self.left.push(Left { from, code, ..Left::default() });
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// What a feed holds; none when the bytes are no feed.
    pub(super) fn of_feed(name: &str, bytes: &[u8]) -> Option<Batch> {
        let mut batch = Batch::default();
        batch.feed(name, bytes).is_ok().then_some(batch)
    }

    /// Notes a file that was larger than one may be.
    pub fn note_too_large(&mut self, name: &str) {
        self.left.push(Left {
            from: text::clean_line(name),
            code: "reading_too_large".into(),
            ..Left::default()
        });
    }

    /// Whether no file came at all.
    pub fn is_empty(&self) -> bool {
        self.sounds.is_empty() && self.texts.is_empty() && self.entries.is_empty() && self.left.is_empty()
    }

    fn sort(&mut self, app: &App, name: &str, bytes: Vec<u8>) -> Result<(), ActionError> {
        let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
        match ending.as_str() {
            _ if self.sounds.len() + self.texts.len() + self.entries.len() >= 2 * MOST => {
                Err(ActionError::invalid("file", "too_many_bulletins"))
            }
            "xlsx" | "xls" | "ods" | "csv" => self.list(name, &bytes),
            "xml" | "rss" | "atom" => self.feed(name, &bytes),
            "txt" => self.plain(name, &bytes),
            "docx" => self.word(app, name, &bytes),
            _ => self.sound(app, name, bytes),
        }
    }

    fn sound(&mut self, app: &App, name: &str, bytes: Vec<u8>) -> Result<(), ActionError> {
        let (file, bytes) = prepare(Uploaded { name: name.to_owned(), bytes, text: String::new() })?;
        if file.purpose != Purpose::Sound {
            return Err(ActionError::invalid("file", "not_a_recording"));
        }
        let seconds = file_reader::seconds(app, &bytes);
        let file = Attachment { digest: app.blobs().put(bytes)?.to_string(), ..file };
        let replaced = self.sounds.insert(stem(name), Sound { name: name.to_owned(), file, seconds });
        self.left.extend(replaced.map(|twice| same_name(twice.name)));
        Ok(())
    }

    fn word(&mut self, app: &App, name: &str, bytes: &[u8]) -> Result<(), ActionError> {
        let article = file_reader::article(app, bytes)?;
        let (body, pictures) = draw_article(app, &article, &[])?;
        let body = rich_text::clean(&body).map_err(|_| ActionError::invalid("file", "reading_too_large"))?;
        let title = text::clean_line(&article.title);
        self.text(Text { name: name.to_owned(), title, body, pictures });
        Ok(())
    }

    /// The first line is the title, unless it is as long as a paragraph.
    fn plain(&mut self, name: &str, bytes: &[u8]) -> Result<(), ActionError> {
        if bytes.len() > LARGEST_TEXT || bytes.contains(&0) && !bytes.starts_with(&[0xFF, 0xFE]) {
            return Err(ActionError::invalid("file", "file_kind"));
        }
        let all = text::clean_text(&import::plain_text(bytes));
        let (first, rest) = all.split_once('\n').unwrap_or((&all, ""));
        let (title, body) = if first.chars().count() <= 200 && !rest.trim().is_empty() {
            (first.trim().to_owned(), rest.trim().to_owned())
        } else {
            (String::new(), all.clone())
        };
        if body.is_empty() {
            return Err(ActionError::invalid("file", "file_empty"));
        }
        self.text(Text { name: name.to_owned(), title, body, pictures: Vec::new() });
        Ok(())
    }

    fn text(&mut self, text: Text) {
        let replaced = self.texts.insert(stem(&text.name), text);
        self.left.extend(replaced.map(|twice| same_name(twice.name)));
    }

    fn list(&mut self, name: &str, bytes: &[u8]) -> Result<(), ActionError> {
        let rows = import::list(name, bytes, &COLUMNS).map_err(|refused| {
            ActionError::invalid(
                "file",
                if refused.0.code == import::Code::NoHeader {
                    "list_without_headings"
                } else {
                    "list_unreadable"
                },
            )
        })?;
        for row in rows {
            let cell = |key: &str| row.cells.get(key).cloned().unwrap_or_default();
            let from = format!("{name}, {}", row.sheet);
            let place = |key: &str| row.place(key);
            let day = cell("day");
            let entry = Entry {
                title: cell("title"),
                section: cell("section"),
                day: day.parse().ok(),
                time: cell("time"),
                sound: cell("sound"),
                text: cell("text"),
                ..Entry::default()
            };
            if !day.is_empty() && entry.day.is_none() {
                self.left.push(Left { from, cell: place("day"), code: "list_day".into() });
            } else if self.entries.len() < MOST {
                let cells = [place(""), place("sound"), place("text"), place("title")];
                self.entries.push(Entry { from, cells, ..entry });
            } else {
                self.left.push(Left { from, cell: place(""), code: "too_many_bulletins".into() });
            }
        }
        Ok(())
    }

    fn feed(&mut self, name: &str, bytes: &[u8]) -> Result<(), ActionError> {
        if bytes.len() > LARGEST_TEXT {
            return Err(ActionError::invalid("file", "reading_too_large"));
        }
        let entries =
            feed::entries(name, bytes).ok_or_else(|| ActionError::invalid("file", "feed_unreadable"))?;
        for entry in entries {
            if self.entries.len() < MOST {
                self.entries.push(entry);
            } else {
                let code = "too_many_bulletins".into();
                self.left.push(Left { from: entry.from, code, ..Left::default() });
            }
        }
        Ok(())
    }

    /// What each bulletin would become, and what is left.
    pub(super) fn planned(mut self) -> (Vec<Planned>, Vec<Left>) {
        let mut left = std::mem::take(&mut self.left);
        let planned = self.join(&mut left);
        (planned, left)
    }

    /// Puts together what belongs together: rows of lists and feeds first, then files with the same name.
    fn join(self, left: &mut Vec<Left>) -> Vec<Planned> {
        let Batch { mut sounds, mut texts, entries, .. } = self;
        let mut bulletins = Vec::new();
        for entry in entries {
            let named = |name: &str| if name.is_empty() { String::new() } else { stem(name) };
            let (sound, text) = (named(&entry.sound), named(&entry.text));
            let [_, at_sound, at_text, _] = entry.cells.clone();
            let lacks_sound = !sound.is_empty() && !sounds.contains_key(&sound);
            if lacks_sound && entry.body.is_empty() && text.is_empty() {
                left.push(Left { from: entry.from, cell: at_sound, code: "recording_missing".into() });
                continue;
            }
            if !text.is_empty() && !texts.contains_key(&text) {
                left.push(Left { from: entry.from, cell: at_text, code: "text_missing".into() });
                continue;
            }
            let words = texts.remove(&text).or_else(|| texts.remove(&sound));
            let mut planned = plan(entry, sounds.remove(&sound), words);
            if lacks_sound {
                planned.doubts.insert(0, Doubt::RecordingMissing);
            }
            bulletins.push(planned);
        }
        for (stem, sound) in sounds {
            let entry = Entry { from: sound.name.clone(), day: day_in(&sound.name), ..Entry::default() };
            bulletins.push(plan(entry, Some(sound), texts.remove(&stem)));
        }
        for text in texts.into_values() {
            let entry = Entry { from: text.name.clone(), day: day_in(&text.name), ..Entry::default() };
            bulletins.push(plan(entry, None, Some(text)));
        }
        bulletins
    }
}

fn same_name(from: String) -> Left {
    Left { from, code: "same_name".into(), ..Left::default() }
}

fn plan(entry: Entry, sound: Option<Sound>, text: Option<Text>) -> Planned {
    let file_name = sound.as_ref().map(|sound| sound.name.clone());
    let (words_title, body, pictures) =
        text.map_or((String::new(), entry.body, Vec::new()), |text| (text.title, text.body, text.pictures));
    let named = [entry.title, words_title].into_iter().find(|title| !title.is_empty());
    let title = named.unwrap_or_else(|| readable(file_name.as_deref().unwrap_or(&entry.from)));
    let seconds = sound.as_ref().and_then(|sound| sound.seconds);
    let mut doubts = Vec::new();
    match &sound {
        None => doubts.push(Doubt::NoSound),
        Some(_) if seconds.is_none() => doubts.push(Doubt::LengthUnknown),
        Some(_) => {}
    }
    doubts.extend(body.trim().is_empty().then_some(Doubt::NoWords));
    doubts.extend(entry.day.is_none().then_some(Doubt::NoDay));
    let files =
        sound.map(|sound| sound.file).into_iter().chain(pictures.into_iter().map(|picture| picture.file));
    let [row, _, _, at_title] = entry.cells;
    Planned {
        from: entry.from,
        row,
        at_title,
        title,
        summary: entry.day.map_or(String::new(), |day| broadcast(day, &entry.time)),
        body,
        section: entry.section,
        day: entry.day,
        files: files.collect(),
        seconds,
        doubts,
    }
}

/// *Phát thanh ngày 05/3/2020, 05:30.* What readers are told of when it was broadcast.
fn broadcast(day: Day, time: &str) -> String {
    let t = words::Language::Vi;
    let day = time::day_in_table(day);
    let time = text::clean_line(time);
    if time.is_empty() {
        t.fill("radio.broadcast_on", &[("day", &day)])
    } else {
        t.fill("radio.broadcast_at", &[("day", &day), ("time", &time)])
    }
}

/// A name without folder and ending, so that `Bản tin 05-03.MP3` and `ban-tin-05-03.docx` belong together.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name =
        name.rsplit_once('.').map_or(name, |(stem, ending)| if ending.len() <= 4 { stem } else { name });
    fold(name).chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// A file's name as a title: `ban_tin-05.mp3` → `ban tin 05`.
fn readable(name: &str) -> String {
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    text::clean_line(&name.replace(['_', '-'], " "))
}

/// The day that a file name tells: `2020-03-05`, `05-03-2020`, `05.03.2020 sang`, `20200305`.
fn day_in(name: &str) -> Option<Day> {
    let parts: Vec<&str> =
        name.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |text: &str| text.parse::<i16>().ok();
    let day = |year: &str, month: &str, day: &str| {
        let (month, day) = (i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?);
        Day::new(number(year).filter(|year| (1945..=2100).contains(year))?, month, day).ok()
    };
    let in_three = parts.windows(3).find_map(|three| match three {
        [year, month, on] if year.len() == 4 => day(year, month, on),
        [on, month, year] if year.len() == 4 => day(year, month, on),
        _ => None,
    });
    in_three.or_else(|| {
        let whole = parts.iter().find(|part| part.len() == 8)?;
        day(whole.get(..4)?, whole.get(4..6)?, whole.get(6..)?)
            .or_else(|| day(whole.get(4..)?, whole.get(2..4)?, whole.get(..2)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_belong_together_without_marks_case_and_ending() {
        assert_eq!(stem("Bản tin 05-03-2020.MP3"), stem("ban-tin-05-03-2020.docx"));
        assert_eq!(stem("thu muc/ban tin.v2.mp3"), "bantinv2");
        assert_ne!(stem("sang 05.mp3"), stem("chieu 05.mp3"));
        assert_eq!(readable("ban_tin-sang.mp3"), "ban tin sang");
    }

    #[test]
    fn a_file_name_tells_its_day_in_the_ways_offices_write_it() {
        let day = Day::new(2020, 3, 5).ok();
        for name in [
            "2020-03-05 sang.mp3",
            "BT 05.03.2020.mp3",
            "bt_05-3-2020_2.mp3",
            "20200305.mp3",
            "bt05032020.mp3",
        ] {
            assert_eq!(day_in(name), day, "{name}");
        }
        for name in ["ban tin 12.mp3", "31-02-2020.mp3", "1234567.mp3"] {
            assert_eq!(day_in(name), None, "{name}");
        }
    }
}
