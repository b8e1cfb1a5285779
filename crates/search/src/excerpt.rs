//! Excerpts of the original text with the places to highlight.

use std::ops::Range;

use crate::query::{Asked, Part, Word};
use crate::words::{Forms, Memory, words};

/// An excerpt has about this many bytes.
const LENGTH: usize = 280;
/// At most this many words of a text are looked at for the best place.
const LOOKED_AT: usize = 8_000;

/// A piece of the original text and the places of what was asked for in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The text as it was put in, white space as single spaces in excerpts.
    pub text: String,
    /// Places of found words as ranges of bytes: ascending, apart from each other, on borders of signs.
    pub ranges: Vec<Range<usize>>,
    /// Whether text was left out before.
    pub cut_before: bool,
    /// Whether text was left out after.
    pub cut_after: bool,
}

impl Marked {
    /// The text in pieces, each with whether it is to be highlighted.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let mut at = 0;
        let mut pieces = Vec::with_capacity(self.ranges.len() * 2 + 1);
        for range in &self.ranges {
            pieces.push((&self.text[at..range.start], false));
            pieces.push((&self.text[range.clone()], true));
            at = range.end;
        }
        pieces.push((&self.text[at..], false));
        pieces.into_iter().filter(|(text, _)| !text.is_empty())
    }
}

/// A found word in a text.
#[derive(Debug, Clone)]
struct Spot {
    place: Range<usize>,
    /// Which word of the query; says how many different ones a window has.
    word: usize,
    /// Written with the same marks as asked, or asked without.
    same: bool,
}

/// Finds the words of a query in texts.
pub(crate) struct Finder<'a> {
    parts: Vec<(usize, &'a Part)>,
    memory: Memory,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(asked: &'a Asked) -> Self {
        let mut parts = Vec::new();
        let mut first = 0;
        for part in &asked.parts {
            parts.push((first, part));
            first += part.words().len();
        }
        Self { parts, memory: Memory::default() }
    }

    /// The whole text with its places.
    pub(crate) fn mark(&mut self, text: &str) -> Marked {
        let spots = self.spots(text);
        Marked { text: text.to_owned(), ranges: ranges(text, spots, 0), cut_before: false, cut_after: false }
    }

    /// The best piece of the first text that has a word of the query; the start of the first text that is not empty,
    /// when none has.
    pub(crate) fn excerpt(&mut self, texts: &[&str]) -> Marked {
        for text in texts {
            let spots = self.spots(text);
            if !spots.is_empty() {
                return window(text, spots);
            }
        }
        texts
            .iter()
            .find(|text| !text.trim().is_empty())
            .map(|text| window(text, Vec::new()))
            .unwrap_or_default()
    }

    fn spots(&mut self, text: &str) -> Vec<Spot> {
        if self.parts.is_empty() {
            return Vec::new();
        }
        let found: Vec<(Range<usize>, Forms)> = words(text)
            .take(LOOKED_AT)
            .map(|place| (place.clone(), self.memory.forms(&text[place])))
            .collect();
        let mut spots = Vec::new();
        for (first, part) in &self.parts {
            match part {
                Part::Phrase(wanted) | Part::Type(wanted, _) => runs(&found, wanted, *first, &mut spots),
                Part::Joined(wanted) => {
                    runs(&found, wanted, *first, &mut spots);
                    if spots.is_empty() && found.len() < 30 {
                        singles(&found, wanted, *first, &mut spots);
                    }
                }
                Part::Word(word) => singles(&found, std::slice::from_ref(word), *first, &mut spots),
            }
        }
        for word in 0..self.parts.iter().map(|(_, part)| part.words().len()).sum() {
            if spots.iter().any(|spot| spot.word == word && spot.same) {
                spots.retain(|spot| spot.word != word || spot.same);
            }
        }
        spots.sort_by_key(|spot| spot.place.start);
        spots
    }
}

fn same(asked: &Word, found: &Forms) -> bool {
    !asked.forms.marked() || asked.forms.key == found.key
}

fn singles(found: &[(Range<usize>, Forms)], wanted: &[Word], first: usize, spots: &mut Vec<Spot>) {
    for (place, forms) in found {
        for (word, asked) in (first..).zip(wanted) {
            if asked.forms.fold == forms.fold {
                spots.push(Spot { place: place.clone(), word, same: same(asked, forms) });
            }
        }
    }
}

fn runs(found: &[(Range<usize>, Forms)], wanted: &[Word], first: usize, spots: &mut Vec<Spot>) {
    for run in found.windows(wanted.len()) {
        if run.iter().zip(wanted).all(|((_, forms), asked)| asked.forms.fold == forms.fold) {
            for (word, ((place, forms), asked)) in (first..).zip(run.iter().zip(wanted)) {
                spots.push(Spot { place: place.clone(), word, same: same(asked, forms) });
            }
        }
    }
}

/// The places relative to `start`, each once; neighbours with only spaces or signs of numbers between become one.
fn ranges(text: &str, spots: Vec<Spot>, start: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for Spot { place, .. } in spots {
        let place = place.start - start..place.end - start;
        match ranges.last_mut() {
            Some(last) if place.start < last.end => {}
            Some(last) if joins(&text[start + last.end..start + place.start]) => last.end = place.end,
            _ => ranges.push(place),
        }
    }
    ranges
}

fn joins(between: &str) -> bool {
    between.len() <= 4 && between.chars().all(|sign| sign.is_whitespace() || matches!(sign, '/' | '-' | '–'))
}

/// The window with most different words, then most words; begins a little before the first of them.
fn window(text: &str, spots: Vec<Spot>) -> Marked {
    let mut best = (0, 0, 0);
    for (index, first) in spots.iter().enumerate() {
        let inside =
            spots[index..].iter().take_while(|spot| spot.place.end <= first.place.start + LENGTH - 60);
        let (mut seen, mut count) = (0_u32, 0);
        for spot in inside {
            seen |= 1 << spot.word;
            count += 1 + i32::from(spot.same);
        }
        if (seen.count_ones(), count) > (best.0, best.1) {
            best = (seen.count_ones(), count, first.place.start);
        }
    }
    let start = if best.2 <= 80 { 0 } else { word_start(text, best.2 - 60) };
    let end = word_end(text, start + LENGTH);
    let inside =
        spots.into_iter().filter(|spot| spot.place.start >= start && spot.place.end <= end).collect();
    one_line(&text[start..end], ranges(text, inside, start), start > 0, end < text.len())
}

fn word_start(text: &str, near: usize) -> usize {
    let near = text.floor_char_boundary(near);
    text[near..].find(char::is_whitespace).filter(|step| *step < 40).map_or(near, |step| {
        let after = near + step;
        after + text[after..].chars().next().map_or(0, char::len_utf8)
    })
}

fn word_end(text: &str, near: usize) -> usize {
    if near >= text.len() {
        return text.len();
    }
    let near = text.floor_char_boundary(near);
    text[..near].rfind(char::is_whitespace).filter(|end| near - end < 40 && *end > 0).unwrap_or(near)
}

/// Line breaks and runs of white space become single spaces, places move along.
fn one_line(text: &str, ranges: Vec<Range<usize>>, cut_before: bool, cut_after: bool) -> Marked {
    let mut out = String::with_capacity(text.len());
    let mut moved = ranges.clone();
    let mut places = moved
        .iter_mut()
        .zip(&ranges)
        .flat_map(|(moved, range)| [(range.start, &mut moved.start), (range.end, &mut moved.end)])
        .peekable();
    for (at, sign) in text.char_indices() {
        while let Some((_, place)) = places.next_if(|(old, _)| *old <= at) {
            *place = out.len();
        }
        if !sign.is_whitespace() {
            out.push(sign);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    for (_, place) in places {
        *place = out.len();
    }
    out.truncate(out.trim_end().len());
    Marked { text: out, ranges: moved, cut_before, cut_after }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(query: &str, text: &str) -> String {
        let asked = Asked::read(query);
        let marked = Finder::new(&asked).mark(text);
        marked.pieces().map(|(text, on)| if on { format!("[{text}]") } else { text.to_owned() }).collect()
    }

    #[test]
    fn words_are_highlighted_in_the_text_as_it_was_written() {
        assert_eq!(shown("quyet dinh", "Về Quyết định số 5"), "Về [Quyết định] số 5");
        assert_eq!(shown("THUỶ", "ngành thủy sản, Thuỷ lợi"), "ngành [thủy] sản, [Thuỷ] lợi");
        assert_eq!(shown("bình", "Thái Bi\u{300}nh"), "Thái [Bi\u{300}nh]");
        assert_eq!(shown("29/2019", "số 29/2019/QĐ-UBND"), "số [29/2019]/QĐ-UBND");
    }

    #[test]
    fn a_word_with_marks_highlights_others_only_where_the_same_is_missing() {
        assert_eq!(shown("má", "má và mạ"), "[má] và mạ");
        assert_eq!(shown("má", "ma và mạ"), "[ma] và [mạ]");
    }

    #[test]
    fn a_phrase_is_highlighted_only_as_a_whole() {
        assert_eq!(shown("\"ủy ban\"", "ban ủy ban, ủy"), "ban [ủy ban], ủy");
    }

    #[test]
    fn an_excerpt_shows_the_place_with_most_of_the_words() {
        let asked = Asked::read("cháy rừng");
        let text = format!("rừng {}\n\nđám  cháy \n rừng lớn {}", "lá cây ".repeat(60), "đất đá ".repeat(80));
        let excerpt = Finder::new(&asked).excerpt(&["", &text]);
        assert!(excerpt.text.contains("đám cháy rừng lớn"), "{excerpt:?}");
        assert!(excerpt.cut_before && excerpt.cut_after && excerpt.text.len() <= LENGTH);
        assert_eq!(
            excerpt.ranges.iter().map(|range| &excerpt.text[range.clone()]).collect::<Vec<_>>(),
            ["cháy rừng"]
        );
    }

    #[test]
    fn without_a_find_the_excerpt_is_the_start_of_the_first_text() {
        let asked = Asked::read("xyz");
        assert_eq!(Finder::new(&asked).excerpt(&[" ", "Một hai"]).text, "Một hai");
        assert_eq!(Finder::new(&asked).excerpt(&[]), Marked::default());
    }
}
