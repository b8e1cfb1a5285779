//! Made-up public items in Vietnamese, the same for the same number.

use domain::time::Day;
use search::Entry;

/// Words of the trade, the first ones in nearly every text.
const WORDS: &str = "ủy ban|nhân dân|công tác|thực hiện|báo cáo|quy định|trên địa bàn|đơn vị|cơ quan|tổ chức|thông tin|\
phát triển|quản lý|nhà nước|kế hoạch|phường|xã|tỉnh|chủ tịch|hội đồng|quyết định|nghị quyết|văn bản|cán bộ|công chức|\
người dân|hoạt động|chỉ đạo|triển khai|tăng cường|bảo đảm|an toàn|giao thông|đất đai|xây dựng|môi trường|y tế|giáo dục|\
học sinh|trường học|giáo viên|văn hóa|du lịch|nông nghiệp|nông thôn mới|thủy lợi|phòng chống|thiên tai|cháy nổ|\
dịch bệnh|tiêm chủng|bảo hiểm|việc làm|đào tạo nghề|hộ nghèo|chính sách|hỗ trợ|bồi thường|giải phóng mặt bằng|dự án|\
đầu tư|đấu thầu|ngân sách|thu thuế|doanh nghiệp|hợp tác xã|khởi nghiệp|chuyển đổi số|dịch vụ công|một cửa|hồ sơ|\
thủ tục hành chính|tiếp công dân|khiếu nại|tố cáo|phát ngôn|báo chí|truyền thanh|phát thanh|tuyên truyền|hòa giải|\
bầu cử|đại biểu|cử tri|kiến nghị|giám sát|thanh tra|kỷ luật|khen thưởng|thi đua|phụ nữ|thanh niên|cựu chiến binh|\
người cao tuổi|trẻ em|bình đẳng giới|dân số|gia đình|thể thao|lễ hội|di tích|chùa|đình làng|làng nghề|chợ đêm|\
vỉa hè|lòng đường|chiếu sáng|cấp nước|thoát nước|rác thải|cây xanh|ô nhiễm|tiếng ồn|điện lực|mất điện|cắt điện|\
bão số|lũ lụt|sạt lở|đê điều|trồng rừng|cháy rừng|chăn nuôi|thú y|lúa xuân|sâu bệnh|phân bón|giá cả|thị trường|\
an ninh|trật tự|ma túy|tội phạm|lừa đảo|căn cước|cư trú|hộ tịch|khai sinh|kết hôn|chứng thực|quốc phòng|nghĩa vụ quân sự|\
tuyển quân|diễn tập|quy hoạch|nhà ở xã hội|cấp phép|trạm y tế|khám bệnh|thuốc men|sốt xuất huyết|vệ sinh thực phẩm";
const PLACES: &str = "Kim Bảng|Thụy Lôi|Đống Đa|Hoàng Mai|Phủ Lý|Duy Tiên|Lý Nhân|Thanh Liêm|Quế Sơn|Đọi Sơn|Châu Giang|\
Tiên Nội|Bạch Thượng|Yên Bắc|Ba Sao|Khả Phong|Liên Sơn|Tân Sơn|Ngọc Sơn|Đại Cương|Lê Hồ|Nguyễn Úy|Tượng Lĩnh|Văn Xá";
const ONSETS: [&str; 26] = [
    "", "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t",
    "th", "tr", "v", "x", "k", "p",
];
const RIMES: [&str; 40] = [
    "án", "ánh", "ạch", "ài", "ảo", "ầu", "ắc", "ặn", "ấp", "âm", "em", "ết", "ện", "ềnh", "ít", "iên",
    "iều", "ình", "ong", "ộc", "ối", "ồng", "ờm", "ợi", "ơn", "ung", "uất", "uyên", "uổi", "ương", "ước",
    "ựu", "ừng", "oa", "oè", "oan", "oát", "uỳnh", "iếp", "ươm",
];
pub const SECTIONS: [&str; 8] = [
    "Tin hoạt động",
    "Chỉ đạo điều hành",
    "Kinh tế",
    "Văn hóa – xã hội",
    "Quốc phòng – an ninh",
    "Cải cách hành chính",
    "Thông báo",
    "Hỏi đáp",
];
const FIELDS: [&str; 10] = [
    "Đất đai",
    "Xây dựng",
    "Y tế",
    "Giáo dục",
    "Tư pháp",
    "Nội vụ",
    "Nông nghiệp",
    "Tài chính",
    "Môi trường",
    "Báo chí",
];
const ISSUERS: [(&str, &str); 4] = [
    ("Ủy ban nhân dân tỉnh", "UBND"),
    ("Hội đồng nhân dân tỉnh", "HĐND"),
    ("Sở Thông tin và Truyền thông", "STTTT"),
    ("Văn phòng Ủy ban", "VPUB"),
];
const TYPES: [(&str, &str); 5] =
    [("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Báo cáo", "BC"), ("Thông báo", "TB"), ("Chỉ thị", "CT")];

/// A small generator of numbers (SplitMix64), the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap_or(0)
    }

    /// Small numbers often, large ones seldom.
    fn skewed(&mut self, bound: usize) -> usize {
        let first = self.below(bound);
        let second = self.below(bound);
        first * second / bound
    }

    pub fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// Makes items by their number.
pub struct Maker {
    pub words: Vec<&'static str>,
    pub places: Vec<&'static str>,
}

impl Maker {
    pub fn new() -> Self {
        Self { words: WORDS.split('|').collect(), places: PLACES.split('|').collect() }
    }

    /// Item `number` with a body of about 450 syllables.
    pub fn item(&self, number: u64) -> Entry {
        let mut dice = Dice::new(number.wrapping_mul(0x1234_5678_9abc_def1));
        let document = dice.below(4) == 0;
        let day = Day::constant(
            2015 + small::<i16>(dice.below(11)),
            1 + small::<i8>(dice.below(12)),
            1 + small::<i8>(dice.below(28)),
        );
        let (issuer, code) = ISSUERS[dice.below(ISSUERS.len())];
        let (kind_of, short) = TYPES[dice.below(TYPES.len())];
        let number_symbol =
            document.then(|| format!("{}/{}/{short}-{code}", 1 + dice.below(4_000), day.year()));
        Entry {
            course: Vec::new(),
            id: format!("01{number:024}"),
            kind: if document { "document" } else { "news" }.into(),
            title: self.title(&mut dice),
            number_symbol,
            summary: self.sentences(&mut dice, 20),
            body: self.sentences(&mut dice, 270),
            attachments: Vec::new(),
            section: (!document).then(|| dice.one(&SECTIONS).to_owned()),
            field: document.then(|| dice.one(&FIELDS).to_owned()),
            issuer: document.then(|| issuer.to_owned()),
            document_type: document.then(|| kind_of.to_owned()),
            signer: None,
            day,
            visible_from: day,
            url: format!("/tin/{number}"),
        }
    }

    fn title(&self, dice: &mut Dice) -> String {
        let mut title = String::new();
        for place in 0..3 + dice.below(3) {
            if place > 0 {
                title.push(' ');
            }
            title.push_str(self.words[dice.skewed(self.words.len())]);
        }
        title.push_str(" tại ");
        title.push_str(dice.one(&self.places));
        let first = title.chars().next().map(|sign| sign.to_uppercase().to_string()).unwrap_or_default();
        title.chars().next().map_or_else(String::new, |sign| first + &title[sign.len_utf8()..])
    }

    fn sentences(&self, dice: &mut Dice, words: usize) -> String {
        let mut text = String::with_capacity(words * 12);
        for place in 0..words {
            match dice.below(40) {
                0 => text.push_str(dice.one(&self.places)),
                1 | 2 => text.push_str(&rare(dice)),
                3 => text.push_str(&dice.below(2_000).to_string()),
                _ => text.push_str(self.words[dice.skewed(self.words.len())]),
            }
            text.push_str(if place % 14 == 13 { ". " } else { " " });
        }
        text
    }
}

/// A syllable from the long tail.
pub fn rare(dice: &mut Dice) -> String {
    format!("{}{}", dice.one(&ONSETS), dice.one(&RIMES))
}

fn small<T: TryFrom<usize> + Default>(number: usize) -> T {
    T::try_from(number).unwrap_or_default()
}
