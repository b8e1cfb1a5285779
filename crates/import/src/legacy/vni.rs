//! VNI-Windows: a letter, then a sign for its shape and tone; a few letters are signs of their own.

/// Sign after the letter: for a, e, o, u, y the tone alone.
const TONES: [(char, char); 5] = [
    ('\u{F8}', '\u{300}'),
    ('\u{F9}', '\u{301}'),
    ('\u{FB}', '\u{309}'),
    ('\u{F5}', '\u{303}'),
    ('\u{EF}', '\u{323}'),
];
/// Sign after a, e or o: circumflex, with or without a tone.
const ROOF: [(char, &str); 6] = [
    ('\u{E2}', "\u{302}"),
    ('\u{E0}', "\u{302}\u{300}"),
    ('\u{E1}', "\u{302}\u{301}"),
    ('\u{E5}', "\u{302}\u{309}"),
    ('\u{E3}', "\u{302}\u{303}"),
    ('\u{E4}', "\u{302}\u{323}"),
];
/// Sign after a: breve, with or without a tone.
const BREVE: [(char, &str); 6] = [
    ('\u{EA}', "\u{306}"),
    ('\u{E8}', "\u{306}\u{300}"),
    ('\u{E9}', "\u{306}\u{301}"),
    ('\u{FA}', "\u{306}\u{309}"),
    ('\u{FC}', "\u{306}\u{303}"),
    ('\u{EB}', "\u{306}\u{323}"),
];
/// Signs that are letters by themselves; ô and ö take a tone after them.
const ALONE: [(char, char); 8] = [
    ('\u{EC}', 'ì'),
    ('\u{ED}', 'í'),
    ('\u{E6}', 'ỉ'),
    ('\u{F3}', 'ĩ'),
    ('\u{F2}', 'ị'),
    ('\u{F4}', 'ơ'),
    ('\u{F6}', 'ư'),
    ('\u{F1}', 'đ'),
];
const Y_BELOW: (char, char) = ('\u{EE}', 'ỵ');

/// The small form of a sign of Latin-1, and whether it was a capital.
fn small(sign: char) -> (char, bool) {
    let lower = sign.to_lowercase().next().unwrap_or(sign);
    (lower, lower != sign)
}

fn letter(sign: char) -> char {
    let (lower, capital) = small(sign);
    let found = ALONE.iter().chain([&Y_BELOW]).find(|(byte, _)| *byte == lower).map(|(_, letter)| *letter);
    match found {
        Some(letter) if capital => letter.to_uppercase().next().unwrap_or(letter),
        Some(letter) => letter,
        None => sign,
    }
}

/// The combining marks that `mark` stands for after `base`.
fn marks(base: char, mark: char) -> Option<String> {
    let (mark, _) = small(mark);
    let base = small(base).0;
    let tone = || TONES.iter().find(|(byte, _)| *byte == mark).map(|(_, tone)| tone.to_string());
    let shape = |table: &[(char, &str)]| {
        table.iter().find(|(byte, _)| *byte == mark).map(|(_, marks)| (*marks).to_owned())
    };
    match base {
        'a' => tone().or_else(|| shape(&ROOF)).or_else(|| shape(&BREVE)),
        'e' | 'o' => tone().or_else(|| shape(&ROOF)),
        'u' | 'y' | '\u{F4}' | '\u{F6}' => tone(),
        _ => None,
    }
}

pub(super) fn to_unicode(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        out.push(letter(sign));
        if let Some(found) = signs.peek().and_then(|mark| marks(sign, *mark)) {
            out.push_str(&found);
            signs.next();
        }
    }
    out.nfc().collect()
}
