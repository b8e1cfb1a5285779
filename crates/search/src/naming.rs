//! Words that name a type of document: in full, or by the code that stands in its symbol.

use crate::query::{Part, Word};

/// A type of document (*tên loại văn bản*).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Type {
    /// Its name without marks, in lower case.
    pub name: &'static str,
    /// The codes in its symbols (NĐ 30/2020/NĐ-CP Phụ lục III), without marks. `cv` is none: offices write it in their
    /// books only. A code that reads as a syllable, such as `ĐA`, is left out.
    pub codes: &'static [&'static str],
}

const fn named(name: &'static str, codes: &'static [&'static str]) -> Type {
    Type { name, codes }
}

/// Longer names before those they begin with.
static TYPES: [Type; 34] = [
    named("thong tu lien tich", &["ttlt"]),
    named("cong van", &["cv"]),
    named("quyet dinh", &["qd"]),
    named("nghi quyet", &["nq"]),
    named("nghi dinh", &["nd"]),
    named("thong tu", &["tt"]),
    named("phap lenh", &["pl"]),
    named("luat", &[]),
    named("chi thi", &["ct"]),
    named("quy che", &["qc"]),
    named("quy dinh", &["qyd"]),
    named("thong cao", &["tc"]),
    named("thong bao", &["tb"]),
    named("huong dan", &["hd"]),
    named("chuong trinh", &["ctr"]),
    named("ke hoach", &["kh"]),
    named("phuong an", &["pa"]),
    named("de an", &[]),
    named("du an", &[]),
    named("bao cao", &["bc"]),
    named("bien ban", &["bb"]),
    named("to trinh", &["ttr"]),
    named("hop dong", &["hd"]),
    named("cong dien", &["cd"]),
    named("ban ghi nho", &["bgn"]),
    named("ban thoa thuan", &["btt"]),
    named("giay uy quyen", &["guq"]),
    named("giay moi", &["gm"]),
    named("giay gioi thieu", &["ggt"]),
    named("giay nghi phep", &["gnp"]),
    named("phieu gui", &["pg"]),
    named("phieu chuyen", &["pc"]),
    named("phieu bao", &["pb"]),
    named("thu cong", &[]),
];

/// The only short form that is no code of symbols and no word: it names letters (*công văn*) wherever it stands.
const LETTER: &str = "cv";
/// Numbers that are read as years, which do not number a document.
const YEARS: std::ops::RangeInclusive<u32> = 1945..=2100;

/// Puts the parts that name types of documents together. Codes name a type only in a question that has a number: `tt`
/// is as often *thị trấn*.
pub(crate) fn read(parts: Vec<Part>) -> Vec<Part> {
    let is_numbered = parts.iter().any(|part| part.words().iter().any(|word| word.forms.is_number()));
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    let mut rest = parts.into_iter().flat_map(taken_apart).collect::<std::collections::VecDeque<_>>();
    while let Some(part) = rest.pop_front() {
        let Part::Word(word) = part else {
            out.push(part);
            continue;
        };
        if let Some(found) = TYPES.iter().find(|one| begins(one.name, &word, rest.iter())) {
            let mut words = vec![word];
            for _ in 1..found.name.split(' ').count() {
                words.extend(rest.pop_front().and_then(|part| part.words().first().cloned()));
            }
            out.push(Part::Type(words, vec![found]));
            skip_so(&mut rest);
            continue;
        }
        let fold = &*word.forms.fold;
        let of_code: Vec<&'static Type> = TYPES.iter().filter(|one| one.codes.contains(&fold)).collect();
        if of_code.is_empty() || !(is_numbered || fold == LETTER) {
            out.push(Part::Word(word));
        } else {
            out.push(Part::Type(vec![word], of_code));
            skip_so(&mut rest);
        }
    }
    out
}

/// `QĐ29` as `QĐ 29`, `cv538` and `538/CV` as `cv 538`; other pieces as they are.
fn taken_apart(part: Part) -> Vec<Part> {
    let Part::Joined(mut words) = part else { return vec![part] };
    let is_code = |word: &Word| TYPES.iter().any(|one| one.codes.contains(&&*word.forms.fold));
    let at = if words.len() > 1 && is_code(&words[0]) && words[1].forms.is_number() {
        Some(0)
    } else {
        words.iter().position(|word| &*word.forms.fold == LETTER)
    };
    let Some(at) = at else { return vec![Part::Joined(words)] };
    let code = words.remove(at);
    let others = if words.len() == 1 { Part::Word(words.remove(0)) } else { Part::Joined(words) };
    vec![Part::Word(code), others]
}

fn begins<'p>(name: &str, first: &Word, mut next: impl Iterator<Item = &'p Part>) -> bool {
    let mut wanted = name.split(' ');
    wanted.next() == Some(&*first.forms.fold)
        && wanted.all(|wanted| matches!(next.next(), Some(Part::Word(word)) if &*word.forms.fold == wanted))
}

/// *công văn **số** 538*: the word says nothing that the number does not.
fn skip_so(rest: &mut std::collections::VecDeque<Part>) {
    let is_so = matches!(rest.front(), Some(Part::Word(word)) if &*word.forms.fold == "so");
    if is_so
        && rest.get(1).is_some_and(|part| part.words().first().is_some_and(|word| word.forms.is_number()))
    {
        rest.pop_front();
    }
}

/// The word by which a part numbers the document whose type stands before it.
pub(crate) fn number_of(part: &Part) -> Option<&Word> {
    let (Part::Word(_) | Part::Joined(_)) = part else { return None };
    let first = part.words().first().filter(|word| word.forms.is_number())?;
    let is_year = part.words().len() == 1 && first.forms.fold.parse().is_ok_and(|year| YEARS.contains(&year));
    (!is_year).then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::query::{Asked, Part};

    fn shape(text: &str) -> Vec<String> {
        let mut asked = Asked::read(text);
        asked.name_types();
        let fold =
            |part: &Part| part.words().iter().map(|word| &*word.forms.fold).collect::<Vec<_>>().join(" ");
        asked
            .parts
            .iter()
            .map(|part| match part {
                Part::Type(_, types) => {
                    format!(
                        "<{}: {}>",
                        fold(part),
                        types.iter().map(|one| one.name).collect::<Vec<_>>().join(", ")
                    )
                }
                Part::Joined(_) => format!("{{{}}}", fold(part)),
                Part::Word(_) | Part::Phrase(_) => fold(part),
            })
            .collect()
    }

    #[test]
    fn names_and_codes_of_types_are_read_as_such() {
        assert_eq!(shape("công văn số 538"), ["<cong van: cong van>", "538"]);
        assert_eq!(shape("cv 538"), ["<cv: cong van>", "538"]);
        assert_eq!(shape("CV538"), ["<cv: cong van>", "538"]);
        assert_eq!(shape("538/CV-UBND"), ["<cv: cong van>", "{538 ubnd}"]);
        assert_eq!(shape("QĐ29/2019"), ["<qd: quyet dinh>", "{29 2019}"]);
        assert_eq!(shape("hd 5"), ["<hd: huong dan, hop dong>", "5"]);
        assert_eq!(shape("Thông tư liên tịch 12"), ["<thong tu lien tich: thong tu lien tich>", "12"]);
    }

    #[test]
    fn a_code_is_a_word_without_a_number_and_a_symbol_stays_whole() {
        assert_eq!(shape("tt que"), ["tt", "que"]);
        assert_eq!(shape("29/QĐ-UBND"), ["{29 qd ubnd}"]);
        assert_eq!(shape("qđ-ubnd 29"), ["{qd ubnd}", "29"]);
        assert_eq!(shape("số 538"), ["so", "538"]);
        assert_eq!(shape("quyết tâm"), ["quyet", "tam"]);
    }
}
