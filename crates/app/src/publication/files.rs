//! Files of a publication: what they are is found in their bytes, never in their names; pictures are drawn anew, so
//! that nothing hidden in them (place, camera, comments) is published.

use std::io::Cursor;
use std::sync::{Condvar, Mutex, PoisonError};

use domain::access::Capability;
use domain::id::PublicationId;
use domain::publication::workflow::{self, Event, Given};
use domain::publication::{Attachment, Purpose};
use domain::text;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use store::blob::{self, BlobRow};
use store::publication::{self as rows, PublicationRow};
use store::{file_check, file_text, picture_size, recording};

use super::draft::void_approval;
use super::size::size_of;
use super::{facts, who};
use crate::documents::look;
use crate::file_reader;
use crate::{ActionError, Actor, App};

/// Files of one publication.
pub const MOST_FILES: usize = 50;

/// The longest side of a published picture, in pixels.
pub const LONGEST_SIDE: u32 = 1_600;

/// Pixels of a picture that is read at all (checklist UPL-04): what a camera takes, and not what fills the memory.
const MOST_PIXELS: u64 = 40_000_000;

/// Pictures that are drawn at a time: each may take a quarter of a gigabyte.
const AT_ONCE: usize = 2;

/// Places to draw at, and the sign that one became free.
static DRAWING: (Mutex<usize>, Condvar) = (Mutex::new(AT_ONCE), Condvar::new());

/// A place to draw at, given back when dropped.
struct Place;

impl Place {
    fn wait() -> Place {
        let mut free = DRAWING.0.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = DRAWING.1.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Place
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *DRAWING.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        DRAWING.1.notify_one();
    }
}

/// Sides of a picture that is read at all, in pixels.
const WIDEST: u32 = 12_000;

/// A file as it comes.
#[derive(Debug, Clone)]
pub struct Uploaded {
    /// Its name, for display.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What a picture shows, or the title of a file.
    pub text: String,
}

/// Adds a file to the working copy, from the version the person saw; an approval is void after it. Gives the new
/// version.
///
/// # Errors
/// Without the right, when it changed meanwhile, or when the file is of a kind that is not taken.
pub fn attach(
    app: &App,
    actor: &Actor,
    (id, version): (PublicationId, i64),
    uploaded: Uploaded,
) -> Result<i64, ActionError> {
    actor.require(Capability::WritePublications)?;
    crate::uploads::spend(app, actor, uploaded.bytes.len())?;
    let (file, bytes) = prepare(uploaded)?;
    let looked = match file.purpose {
        Purpose::Attachment => {
            let looked = look(app, &bytes, &file.media_type);
            Some(looked.map_err(|code| ActionError::invalid("file", code))?)
        }
        _ => None,
    };
    let is_sound = file.purpose == Purpose::Sound;
    let seconds = if is_sound { file_reader::seconds(app, &bytes) } else { None };
    let is_picture = file.purpose == Purpose::Picture;
    let pixels = if is_picture { size_of(&bytes) } else { None };
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let digest = app.blobs().put(bytes)?;
    let file = Attachment { digest: digest.to_string(), ..file };
    let row = BlobRow { digest, size_bytes: size, media_type: file.media_type.clone() };
    change(app, actor, (id, version), move |tx, publication| {
        if publication.content.files.len() >= MOST_FILES {
            return Err(ActionError::invalid("file", "too_many_files"));
        }
        if publication.content.files.iter().any(|known| known.digest == file.digest) {
            return Err(ActionError::invalid("file", "exists_already"));
        }
        blob::register(tx, &row)?;
        if let Some(looked) = &looked {
            file_check::put(tx, &looked.check)?;
            if let Some(words) = &looked.words {
                file_text::put(tx, words)?;
            }
        }
        if is_sound {
            recording::put(tx, &row.digest, seconds)?;
        }
        if is_picture {
            picture_size::put(tx, &row.digest, pixels)?;
        }
        publication.content.files.push(file);
        Ok(())
    })
}

/// Takes a file out of the working copy; versions that were published keep it.
///
/// # Errors
/// Without the right, when it changed meanwhile, or when it has no such file.
pub fn detach(
    app: &App,
    actor: &Actor,
    (id, version): (PublicationId, i64),
    digest: &str,
) -> Result<i64, ActionError> {
    actor.require(Capability::WritePublications)?;
    change(app, actor, (id, version), |_, publication| {
        let before = publication.content.files.len();
        publication.content.files.retain(|file| file.digest != digest);
        if publication.content.files.len() == before { Err(ActionError::NotFound) } else { Ok(()) }
    })
}

pub(super) fn change(
    app: &App,
    actor: &Actor,
    (id, version): (PublicationId, i64),
    work: impl FnOnce(&mut store::Tx<'_>, &mut PublicationRow) -> Result<(), ActionError>,
) -> Result<i64, ActionError> {
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        let digest = row.content.digest();
        let given = Given { note: "", publish_at: None, shown_digest: None, now: tx.now() };
        let step = workflow::decide(&facts(&row, &digest), Event::Edit, who(actor), given)
            .map_err(|refusal| ActionError::Refused(refusal.code()))?;
        work(tx, &mut row)?;
        row.state = step.to();
        void_approval(&mut row);
        if !row.writers.contains(&actor.name) {
            row.writers.push(actor.name.clone());
        }
        Ok(rows::update(tx, "publication.edit", &row)?.version)
    })
}

/// A file of a working copy with its bytes, for people of the desk.
///
/// # Errors
/// Without the right to see what is being written, or when it has no such file.
pub fn read_file(
    app: &App,
    actor: &Actor,
    id: PublicationId,
    digest: &str,
) -> Result<(Attachment, Vec<u8>), ActionError> {
    actor.require(Capability::ReadPublications)?;
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    let file =
        row.content.files.into_iter().find(|file| file.digest == digest).ok_or(ActionError::NotFound)?;
    let stored = store::Digest::parse(&file.digest).ok_or(ActionError::NotFound)?;
    Ok((file, app.blobs().get(&stored)?))
}

/// Checks a file and makes it ready to be published. Its digest is filled in by whoever keeps it.
pub(crate) fn prepare(uploaded: Uploaded) -> Result<(Attachment, Vec<u8>), ActionError> {
    let Uploaded { name, bytes, text } = uploaded;
    if bytes.is_empty() {
        return Err(ActionError::invalid("file", "file_empty"));
    }
    let (purpose, ending, media_type) =
        kind_of(&bytes).ok_or_else(|| ActionError::invalid("file", "file_kind"))?;
    if !agrees(&name, ending) {
        return Err(ActionError::invalid("file", "file_ending"));
    }
    let (bytes, ending, media_type) = if purpose == Purpose::Picture {
        picture_of(&bytes).ok_or_else(|| ActionError::invalid("file", "picture_unreadable"))?
    } else {
        (bytes, ending, media_type)
    };
    let file = Attachment {
        digest: String::new(),
        name: safe_name(&name, ending),
        media_type: media_type.to_owned(),
        size: bytes.len() as u64,
        purpose,
        text: text::clean_line(&text).chars().take(300).collect(),
    };
    Ok((file, bytes))
}

/// The media type of a Word file.
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The media type of an Excel file.
const SHEETS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a file is by its first bytes: purpose, ending, media type. Nothing else is taken.
fn kind_of(bytes: &[u8]) -> Option<(Purpose, &'static str, &'static str)> {
    let found = infer::get(bytes)?.mime_type();
    // Archives whose parts stand in an unusual order; the helper looks whether they are what their parts say.
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let found = match found {
        "application/zip" if holds(b"word/document.xml") => WORD,
        "application/zip" if holds(b"xl/workbook.xml") => SHEETS,
        other => other,
    };
    Some(match found {
        "image/jpeg" => (Purpose::Picture, "jpg", "image/jpeg"),
        "image/png" => (Purpose::Picture, "png", "image/png"),
        "image/webp" => (Purpose::Picture, "webp", "image/webp"),
        "audio/mpeg" => (Purpose::Sound, "mp3", "audio/mpeg"),
        "audio/m4a" | "audio/mp4" => (Purpose::Sound, "m4a", "audio/mp4"),
        "audio/ogg" | "audio/opus" => (Purpose::Sound, "ogg", "audio/ogg"),
        "application/pdf" => (Purpose::Attachment, "pdf", "application/pdf"),
        WORD => (Purpose::Attachment, "docx", WORD),
        SHEETS => (Purpose::Attachment, "xlsx", SHEETS),
        "application/vnd.oasis.opendocument.text" => {
            (Purpose::Attachment, "odt", "application/vnd.oasis.opendocument.text")
        }
        "application/vnd.oasis.opendocument.spreadsheet" => {
            (Purpose::Attachment, "ods", "application/vnd.oasis.opendocument.spreadsheet")
        }
        _ => return None,
    })
}

/// Whether the ending of a name says what the bytes are; a name without an ending says nothing.
fn agrees(name: &str, ending: &str) -> bool {
    let Some((_, told)) = name.rsplit_once('.') else { return true };
    let told = told.trim().to_ascii_lowercase();
    match ending {
        "jpg" => matches!(told.as_str(), "jpg" | "jpeg" | "jpe" | "jfif"),
        "m4a" => matches!(told.as_str(), "m4a" | "mp4"),
        "ogg" => matches!(told.as_str(), "ogg" | "oga" | "opus"),
        other => told == other,
    }
}

/// The readable part of a name with the ending that fits the bytes: `Kế hoạch.PDF.exe` → `ke-hoach-pdf.pdf`.
pub(crate) fn safe_name(name: &str, ending: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{}.{ending}", domain::publication::slug(stem))
}

/// A picture drawn anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// The bytes of its file.
    pub(crate) bytes: Vec<u8>,
    /// The ending of its name.
    pub(crate) ending: &'static str,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Pixels across.
    pub(crate) width: u32,
    /// Pixels down.
    pub(crate) height: u32,
}

/// A picture drawn anew: turned as the camera meant, no larger than a screen needs, nothing else kept. Gives the
/// bytes, their ending and media type; nothing for what is no picture or too large to draw.
pub fn picture_of(bytes: &[u8]) -> Option<(Vec<u8>, &'static str, &'static str)> {
    picture_within(bytes, LONGEST_SIDE).map(|drawn| (drawn.bytes, drawn.ending, drawn.media_type))
}

/// The same, with no side longer than `side` pixels.
pub(crate) fn picture_within(bytes: &[u8], side: u32) -> Option<Drawn> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    limits.max_alloc = Some(256 * 1_024 * 1_024);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let _place = Place::wait();
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > side {
        picture = picture.resize(side, side, image::imageops::FilterType::CatmullRom);
    }
    let (width, height) = (picture.width(), picture.height());
    let mut drawn = Cursor::new(Vec::new());
    let (ending, media_type) = if picture.color().has_alpha() {
        picture.write_to(&mut drawn, ImageFormat::Png).ok()?;
        ("png", "image/png")
    } else {
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut drawn, 82);
        picture.to_rgb8().write_with_encoder(encoder).ok()?;
        ("jpg", "image/jpeg")
    };
    Some(Drawn { bytes: drawn.into_inner(), ending, media_type, width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_is_made_small_and_loses_what_is_hidden_in_it() {
        let mut bytes = jpeg(3_000, 1_500);
        // An APP1 segment as cameras write it, with a place in it.
        let exif = [&[0xFF, 0xE1, 0, 20][..], b"Exif\0\0GPS 20.5N105E"].concat();
        bytes.splice(2..2, exif[..22].iter().copied());
        let (drawn, ending, _) = picture_of(&bytes).unwrap();
        assert_eq!(ending, "jpg");
        assert!(!drawn.windows(3).any(|part| part == b"GPS"));
        let again = image::load_from_memory(&drawn).unwrap();
        assert_eq!((again.width(), again.height()), (1_600, 800));
    }

    #[test]
    fn what_a_file_is_stands_in_its_bytes_and_its_name_follows() {
        let file = |name: &str, bytes: &[u8]| {
            prepare(Uploaded {
                name: name.into(), bytes: bytes.to_vec(), text: " Ảnh  hội nghị ".into()
            })
        };
        let (picture, _) = file("Ảnh hội nghị.PNG.JPEG", &jpeg(4, 4)).unwrap();
        assert_eq!((picture.name.as_str(), picture.text.as_str()), ("anh-hoi-nghi-png.jpg", "Ảnh hội nghị"));
        // What a name promises and the bytes are not is refused, whichever of them is harmless.
        for name in ["bien-ban.pdf", "anh.png", "anh.jpg.exe", "anh.html"] {
            let refused = file(name, &jpeg(4, 4)).unwrap_err();
            assert!(matches!(&refused, ActionError::Invalid(fields) if fields[0].code == "file_ending"));
        }
        assert!(file("Ảnh không đuôi", &jpeg(4, 4)).is_ok());
        for (bytes, code) in [
            (&b""[..], "file_empty"),
            (b"<html><script>alert(1)</script>", "file_kind"),
            (b"MZ\x90\0\x03\0\0\0", "file_kind"),
            (b"\xFF\xD8\xFF\xE0 broken", "picture_unreadable"),
        ] {
            let refused = file("anh.jpg", bytes).unwrap_err();
            assert!(
                matches!(&refused, ActionError::Invalid(fields) if fields[0].code == code),
                "{refused:?}"
            );
        }
    }

    #[test]
    fn a_picture_that_claims_to_be_endless_is_not_drawn() {
        let mut png = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(1, 1).write_to(&mut png, ImageFormat::Png).unwrap();
        let mut bytes = png.into_inner();
        bytes[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
        assert!(picture_of(&bytes).is_none());
    }

    #[test]
    fn a_picture_of_more_than_forty_megapixels_is_refused_by_its_header() {
        let told = |width: u32, height: u32| {
            let mut png = Cursor::new(Vec::new());
            DynamicImage::new_luma8(width, height).write_to(&mut png, ImageFormat::Png).unwrap();
            picture_of(&png.into_inner()).is_some()
        };
        // Each side is one that is taken; together they are too many.
        assert!(!told(8_000, 5_001));
        assert!(told(800, 500));
    }
}
