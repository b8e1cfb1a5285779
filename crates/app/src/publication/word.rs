//! Writing in Word: a DOCX becomes the text of a working copy. The file is kept with what is shown beforehand, so what
//! is taken over is what was looked at.

use domain::access::Capability;
use domain::id::PublicationId;
use domain::publication::{Attachment, Kind, Purpose};
use domain::text;
use store::blob::{self, BlobRow};
use store::import;
use store::picture_size::{self, Size};
use store::{Digest, Tx};

use super::files::{LONGEST_SIDE, MOST_FILES, change, picture_within, safe_name};
use crate::file_reader::{self, Article, Format, LeftOut};
use crate::{ActionError, Actor, App};

/// What a Word file would become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromWord {
    /// Names the kept file.
    pub digest: String,
    /// Its title; may be empty.
    pub title: String,
    /// The text as it would be kept, with its pictures.
    pub body: String,
    /// What each picture shows, in order; empty where the writer did not say.
    pub pictures: Vec<String>,
    /// What is left out.
    pub left_out: Vec<LeftOut>,
}

/// Reads a Word file, keeps it, and gives what it would become; writes nothing into any publication.
///
/// # Errors
/// Without the right to write; field `file` when it cannot be read.
pub fn look_at_word(app: &App, actor: &Actor, bytes: Vec<u8>) -> Result<FromWord, ActionError> {
    actor.require(Capability::WritePublications)?;
    crate::uploads::spend(app, actor, bytes.len())?;
    let article = file_reader::article(app, &bytes)?;
    // Drawn as they would be kept, so that who describes them sees them; what is not taken over goes by itself.
    let (body, drawn) = draw(app, &article, &[])?;
    let body = clean(&body)?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let digest = app.blobs().put(bytes)?;
    let row = BlobRow {
        digest: digest.clone(),
        size_bytes: size,
        media_type: Format::Docx.media_type().to_owned(),
    };
    app.write(actor, |tx| {
        blob::register(tx, &row)?;
        import::claim_file(tx, &digest, import::Purpose::Word)?;
        drawn.iter().try_for_each(|picture| {
            picture.keep(tx)?;
            Ok(import::claim_file(tx, &picture.row.digest, import::Purpose::WordPicture)?)
        })
    })?;
    Ok(FromWord {
        digest: digest.to_string(),
        body,
        title: article.title,
        pictures: article.pictures.into_iter().map(|picture| picture.alt).collect(),
        left_out: article.left_out,
    })
}

/// A picture of a Word file this person looks at, by its digest: its type and its bytes.
///
/// # Errors
/// Without the right to write; [`ActionError::NotFound`] when this person sent no file with it.
pub fn word_picture(app: &App, actor: &Actor, digest: &str) -> Result<(String, Vec<u8>), ActionError> {
    actor.require(Capability::WritePublications)?;
    let digest = Digest::parse(digest).ok_or(ActionError::NotFound)?;
    let row = app.read(|r| own(r, actor, &digest, import::Purpose::WordPicture))?;
    Ok((row.media_type, app.blobs().get(&digest)?))
}

/// A kept file that is of this person for this purpose; for anybody else there is none (UPL-A10).
fn own(
    r: &mut store::Reader<'_>,
    actor: &Actor,
    digest: &Digest,
    purpose: import::Purpose,
) -> Result<BlobRow, ActionError> {
    if !import::is_file_of(r, digest, &actor.name, purpose)? {
        return Err(ActionError::NotFound);
    }
    blob::find(r, digest)?.ok_or(ActionError::NotFound)
}

/// The article of a Word file this person sent.
fn own_article(app: &App, actor: &Actor, digest: &str) -> Result<Article, ActionError> {
    let parsed = Digest::parse(digest).ok_or(ActionError::NotFound)?;
    app.read(|r| own(r, actor, &parsed, import::Purpose::Word))?;
    file_reader::article(app, &app.blobs().get(&parsed)?)
}

/// Begins a publication with the text of a kept Word file, under a title of its own. Gives its id.
///
/// # Errors
/// Without the right; without a title; when this person sent no such file, or it cannot be read.
pub fn begin_with_word(
    app: &App,
    actor: &Actor,
    kind: Kind,
    digest: &str,
    (title, told): (&str, &[String]),
) -> Result<PublicationId, ActionError> {
    actor.require(Capability::WritePublications)?;
    let article = own_article(app, actor, digest)?;
    let draft = super::Draft { title: title.to_owned(), ..super::Draft::default() };
    let id = super::begin(app, actor, kind, &draft)?;
    take_article(app, actor, (id, 1), &article, (false, told))?;
    Ok(id)
}

/// Takes the text of a kept Word file over into a working copy, from the version the person saw: the body is replaced,
/// pictures are drawn anew and added, the title is taken when asked. `told` describes the pictures, in order.
/// Gives the new version.
///
/// # Errors
/// Without the right, when it changed meanwhile, when this person sent no such file, or it cannot be read.
pub fn take_word(
    app: &App,
    actor: &Actor,
    (id, version): (PublicationId, i64),
    digest: &str,
    (takes_title, told): (bool, &[String]),
) -> Result<i64, ActionError> {
    actor.require(Capability::WritePublications)?;
    take_article(app, actor, (id, version), &own_article(app, actor, digest)?, (takes_title, told))
}

fn take_article(
    app: &App,
    actor: &Actor,
    (id, version): (PublicationId, i64),
    article: &Article,
    (takes_title, told): (bool, &[String]),
) -> Result<i64, ActionError> {
    let (body, pictures) = draw(app, article, told)?;
    let body = clean(&body)?;
    let title = text::clean_line(&article.title);
    change(app, actor, (id, version), move |tx, publication| {
        let content = &mut publication.content;
        for picture in pictures {
            let is_full = content.files.len() >= MOST_FILES;
            picture.keep(tx)?;
            let file = picture.file;
            match content.files.iter_mut().find(|known| known.digest == file.digest) {
                Some(known) if known.text.is_empty() => known.text = file.text,
                Some(_) => {}
                None if is_full => {
                    return Err(ActionError::invalid("file", "too_many_files"));
                }
                None => content.files.push(file),
            }
        }
        content.body = body;
        if takes_title && !title.is_empty() {
            content.title = title.chars().take(500).collect();
        }
        Ok(())
    })
}

/// A picture of a text, drawn anew and put among the files.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// As the text has it.
    pub(crate) file: Attachment,
    row: BlobRow,
    size: Size,
}

impl Picture {
    /// Registers its file and how large it is.
    fn keep(&self, tx: &mut Tx<'_>) -> Result<(), ActionError> {
        blob::register(tx, &self.row)?;
        Ok(picture_size::put(tx, &self.row.digest, Some(self.size))?)
    }
}

/// The text with every picture at the address where it is kept, and the pictures; `told` describes them, in order.
pub(crate) fn draw(
    app: &App,
    article: &Article,
    told: &[String],
) -> Result<(String, Vec<Picture>), ActionError> {
    let mut body = article.html.clone();
    let mut pictures = Vec::new();
    for (at, picture) in article.pictures.iter().enumerate() {
        let own = told.get(at).map(|told| text::clean_line(told)).filter(|told| !told.is_empty());
        let alt: String = own.unwrap_or_else(|| picture.alt.clone()).chars().take(300).collect();
        let mark = format!("<img src=\"{}\" alt=\"{}\">", picture.place, escape(&picture.alt));
        // A picture that cannot be drawn leaves its place empty; the person sees that in the text.
        let Some(drawn) = picture_within(&picture.bytes, LONGEST_SIDE) else {
            body = body.replace(&format!("<figure>{mark}</figure>"), "").replace(&mark, "");
            continue;
        };
        let bytes = drawn.bytes.len();
        let digest = app.blobs().put(drawn.bytes)?;
        let media_type = drawn.media_type.to_owned();
        let file = Attachment {
            digest: digest.to_string(),
            name: safe_name(&picture.name, drawn.ending),
            media_type: media_type.clone(),
            size: bytes as u64,
            purpose: Purpose::Picture,
            text: alt.clone(),
        };
        let shown = format!("<img src=\"/tep/{digest}/{}\" alt=\"{}\">", file.name, escape(&alt));
        body = body.replace(&mark, &shown);
        let row = BlobRow { digest, size_bytes: i64::try_from(bytes).unwrap_or(i64::MAX), media_type };
        pictures.push(Picture { file, row, size: (drawn.width, drawn.height) });
    }
    Ok((body, pictures))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn clean(html: &str) -> Result<String, ActionError> {
    rich_text::clean(html).map_err(|_| ActionError::invalid("file", "reading_too_large"))
}
