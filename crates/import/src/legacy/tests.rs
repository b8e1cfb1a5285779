use super::*;

/// The 134 letters with marks: 67 small, 67 capital.
fn letters() -> Vec<char> {
    let small = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
    let capital = small.to_uppercase();
    small.chars().chain(capital.chars()).collect()
}

/// The way back, made from the way there: every short sequence of Latin-1 signs that becomes the letter. A sign that is
/// the letter already counts only where the encoding has it so (ý in TCVN3; ì and í in VNI).
fn written(legacy: Legacy, letter: char) -> Vec<String> {
    let signs: Vec<char> = ('\u{A1}'..='\u{FF}').collect();
    let bases = ['a', 'e', 'o', 'u', 'y', 'A', 'E', 'O', 'U', 'Y', '\u{F4}', '\u{F6}', '\u{D4}', '\u{D6}'];
    let single = signs.iter().map(char::to_string);
    let double = bases.iter().flat_map(|base| signs.iter().map(move |sign| format!("{base}{sign}")));
    let own = match legacy {
        Legacy::Tcvn3 => "ý",
        Legacy::Vni => "ìíÌÍ",
    };
    let plain = |text: &String| *text != letter.to_string() || own.contains(letter);
    single.chain(double).filter(plain).filter(|text| legacy.to_unicode(text) == letter.to_string()).collect()
}

#[test]
fn there_are_134_letters_with_marks() {
    assert_eq!(letters().len(), 134);
}

#[test]
fn every_letter_can_be_written_in_vni() {
    for letter in letters() {
        assert!(!written(Legacy::Vni, letter).is_empty(), "{letter}");
    }
}

#[test]
fn every_letter_can_be_written_in_tcvn3_capitals_with_a_font_of_capitals() {
    let capitals = LegacyFont::named(".VnTimeH").unwrap();
    for letter in letters() {
        if letter.is_lowercase() || "ĂÂÊÔƠƯĐ".contains(letter) {
            assert_eq!(written(Legacy::Tcvn3, letter).len(), 1, "{letter}");
        }
        if letter.is_lowercase() {
            let written = written(Legacy::Tcvn3, letter).concat();
            assert_eq!(capitals.shown(&written), letter.to_uppercase().to_string());
        }
    }
}

#[test]
fn known_words_of_both_encodings_are_read() {
    assert_eq!(Legacy::Tcvn3.to_unicode("Sè, ký hiÖu v¨n b¶n"), "Số, ký hiệu văn bản");
    assert_eq!(
        Legacy::Tcvn3.to_unicode("Céng hoµ x· héi chñ nghÜa ViÖt Nam"),
        "Cộng hoà xã hội chủ nghĩa Việt Nam"
    );
    assert_eq!(Legacy::Vni.to_unicode("Soá, kyù hieäu vaên baûn"), "Số, ký hiệu văn bản");
    assert_eq!(
        Legacy::Vni.to_unicode("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM"),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    );
    assert_eq!(Legacy::Vni.to_unicode("ÑÖÔØNG ñöôøng"), "ĐƯỜNG đường");
}

#[test]
fn a_text_is_told_to_be_legacy_only_when_that_makes_it_vietnamese() {
    assert_eq!(detect_text("QuyÕt ®Þnh"), Some((Legacy::Tcvn3, "Quyết định".to_owned())));
    assert_eq!(detect_text("Quyeát ñònh"), Some((Legacy::Vni, "Quyết định".to_owned())));
    for honest in ["Quyết định", "Lê Hoàn", "café", "Müller", "Côte d'Ivoire", "25 °C", "São Paulo", "plain"]
    {
        assert_eq!(detect_text(honest), None, "{honest}");
    }
}

#[test]
fn a_sheet_needs_more_than_one_strange_word() {
    let sheet = ["Sè, ký hiÖu", "Ngµy th¸ng", "Ng\u{AD}êi ký"];
    assert_eq!(detect(sheet.into_iter()), Some(Legacy::Tcvn3));
    assert_eq!(detect(["Sè"].into_iter()), None);
    assert_eq!(detect(["Số, ký hiệu", "Ngày tháng", "Lê Hoàn", "Hà Nam"].into_iter()), None);
}

#[test]
fn conversion_leaves_text_alone_that_it_would_break() {
    assert_eq!(convert(Legacy::Tcvn3, "Lê Hoàn"), None);
    assert_eq!(convert(Legacy::Tcvn3, "Quyết định"), None);
    assert_eq!(convert(Legacy::Tcvn3, "Sè"), Some("Số".to_owned()));
}
