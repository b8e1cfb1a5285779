//! The side of the helper: bounds on itself, one file in, one answer out.

use std::io::{self, Read, Write};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::{Bounds, recognise};
use crate::file::{Answer, Ask, answer};
use crate::limits::Limits;

/// Bounds this process for good, reads the file from `input` and writes the answer to `output`: the length of the
/// JSON, the JSON, then the bytes of the pictures.
///
/// # Errors
/// When the bounds cannot be set, or the other side is gone.
pub fn help(ask: Ask, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    confine(ask)?;
    let limits = Limits::of(ask);
    let mut bytes = Vec::new();
    // One more than allowed, so that too much is seen.
    input.take(limits.bytes as u64 + 1).read_to_end(&mut bytes)?;
    let mut found = answer(ask, &bytes, &limits);
    if let (Ask::Recognise, Answer::Document(document)) = (ask, &mut found) {
        recognise::complete(&bytes, document, &limits);
    }
    write(&found, output)
}

/// Sets the bounds; they hold for what this process starts too.
fn confine(ask: Ask) -> io::Result<()> {
    let bounds = Bounds::of(ask);
    let set = |resource, most: u64| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    set(Resource::As, bounds.memory)?;
    set(Resource::Cpu, bounds.cpu)?;
    set(Resource::Fsize, 0)?;
    set(Resource::Nofile, bounds.files)?;
    set(Resource::Core, 0)?;
    Ok(())
}

/// Writes an answer.
pub(super) fn write(answer: &Answer, output: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_vec(answer).map_err(io::Error::other)?;
    let pictures = match answer {
        Answer::Article(article) => article.pictures.as_slice(),
        _ => &[],
    };
    output.write_all(&(json.len() as u64).to_le_bytes())?;
    output.write_all(&json)?;
    for picture in pictures {
        output.write_all(&(picture.bytes.len() as u64).to_le_bytes())?;
        output.write_all(&picture.bytes)?;
    }
    output.flush()
}

/// Reads what [`write`] wrote; nothing when it is anything else.
pub(super) fn read(mut told: &[u8]) -> Option<Answer> {
    let mut answer: Answer = serde_json::from_slice(piece(&mut told)?).ok()?;
    if let Answer::Article(article) = &mut answer {
        for picture in &mut article.pictures {
            picture.bytes = piece(&mut told)?.to_vec();
        }
    }
    told.is_empty().then_some(answer)
}

fn piece<'a>(told: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = told.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (piece, rest) = rest.split_at_checked(length)?;
    *told = rest;
    Some(piece)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Picture};

    #[test]
    fn an_answer_comes_back_as_it_was_written_and_a_cut_one_not_at_all() {
        let picture = Picture {
            place: "/tep/word-1".into(),
            name: "a.png".into(),
            alt: "Ảnh".into(),
            bytes: vec![0, 1, 2, 255],
        };
        let whole =
            Answer::Article(Article { pictures: vec![picture.clone(), picture], ..Article::default() });
        let mut told = Vec::new();
        write(&whole, &mut told).unwrap();
        assert_eq!(read(&told).as_ref(), Some(&whole));
        for end in 0..told.len() {
            assert_eq!(read(&told[..end]), None, "cut at {end}");
        }
    }
}
