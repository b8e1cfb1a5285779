//! Texts in the old Vietnamese encoding TCVN 5712:1993 (*TCVN3, ABC*): their signs are those of Latin-1, and only the
//! name of the font (`.VnTime`, capitals `.VnTimeH`) tells that they mean Vietnamese.

/// Sign in the file, sign meant, in pairs.
const SIGNS: &str = "¸áµà¶ả·ã¹ạ¨ă¾ắ»ằ¼ẳ½ẵÆặ©âÊấÇầÈẩÉẫËậ®đÐéÌèÎẻÏẽÑẹªêÕếÒềÓểÔễÖệÝí×ìØỉÜĩÞịãóßòáỏâõäọ«ôèốåồæổçỗéộ¬ơíớêờëởìỡîợóúïùñủòũôụ\u{ad}ưøứõừöửù\
    ự÷ữýýúỳûỷüỹþỵ¡Ă¢Â§Đ£Ê¤Ô¥Ơ¦Ư";

/// Whether a font writes this encoding.
pub(crate) fn is_font(name: &str) -> bool {
    name.starts_with(".Vn")
}

/// What a text in such a font means; capitals of its own has the font whose name ends in `H`.
pub(crate) fn meant(text: &str, font: &str) -> String {
    let plain: String = text.chars().map(sign).collect();
    if font.ends_with('H') { plain.to_uppercase() } else { plain }
}

fn sign(c: char) -> char {
    let mut signs = SIGNS.chars();
    while let (Some(written), Some(meant)) = (signs.next(), signs.next()) {
        if written == c {
            return meant;
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_signs_become_vietnamese_by_their_font() {
        assert!(is_font(".VnTime") && !is_font("Times New Roman"));
        assert_eq!(meant("ñy ban nh©n d©n", ".VnTimeH"), "ỦY BAN NHÂN DÂN");
        assert_eq!(meant("§éc lËp - Tù do - H¹nh phóc", ".VnTime"), "Độc lập - Tự do - Hạnh phúc");
        assert_eq!(meant("L\u{ad}u: VT; ng\u{ad}êi ph¸t ng«n", ".VnTime"), "Lưu: VT; người phát ngôn");
    }
}
