//! Patterns shared by the readers of head, body and foot.

use std::sync::LazyLock;

use regex::Regex;

/// A pattern written in this crate; one that does not compile would match nothing, which every test would show.
fn pattern(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $source:expr;)*) => {
        $($(#[$doc])* pub(super) static $name: LazyLock<Option<Regex>> = LazyLock::new(|| pattern($source));)*
    };
}

patterns! {
    /// `Số: 12/QĐ-UBND`, `Số:     /2025/NQ-HĐND`, `Số 12 /BC - UBND`.
    NUMBER = r"(?i)^\s*số\s*[:.]?\s*(?P<number>\d[\d ]*[a-z]?)?[\s.…_]*[/-]\s*(?P<symbol>(?:(?:19|20)\d\d\s*/\s*)?[\p{L}][\p{L}\d\s./&,–-]*?)\s*$";
    /// `Hà Nội, ngày 02 tháng 3 năm 2025`, with any spaces, day and month perhaps empty.
    DATE = r"(?i)^\s*(?P<place>(?:(?:quận|phường|xã|thị trấn|khu)\s+\d+|[^\d:;])*?)[\s,.]*ngày\s*(?P<day>\d(?:\s?\d)?)?[\s.…_]*tháng\s*(?P<month>\d(?:\s?\d)?)?[\s.…_]*năm\s*(?P<year>(?:19|2\s?0)\s?\d\s?\d)?[\s.…_]*$";
    /// The authority a document is signed by.
    AUTHORITY = r"(?i)^\s*(?:T\s?/?\s?M|K\s?/?\s?T|T\s?/?\s?L|T\s?/?\s?U\s?/?\s?Q)(?:\s*[./]\s*|\s+)\p{L}";
    /// A title of office.
    TITLE = r"(?i)^\s*(?:quyền\s+|q\.\s*)?(?:phó\s+)?(?:chủ tịch|giám đốc|trưởng|bộ trưởng|thứ trưởng|thủ tướng|chánh|bí thư|chủ nhiệm|hiệu trưởng|cục trưởng|chi cục|tổng|viện trưởng|chỉ huy|đội trưởng|người|kế toán|thư ký|chủ tọa|chủ trì|ủy viên|uỷ viên|phó|hiệu phó|quyền|tổ trưởng|thường trực|đại diện|thủ trưởng|cán bộ|công chức|chuyên viên|viên chức|văn thư)";
    /// The beginning of the list of recipients.
    RECIPIENTS = r"(?i)^\s*n[ơo]i\s+nh[ậa]n\s*:?";
    /// Where the abstract is over.
    BODY = r"(?i)^\s*(?:căn cứ\b|kính gửi|điều\s+1\b|chương\s+i\b|phần\s+(?:i|thứ)\b|[-–_*─]{3,}|thực hiện\b|theo\s|xét\s|i\s*\.|1\s*\.|để\s|trên cơ sở|.{0,80}\sđiện:)";
    /// Where the abstract is over even before its first line.
    NO_ABSTRACT = r"(?i)^\s*(?:căn cứ\b|kính gửi|điều\s+1\b|chương\s+i\b|phần\s+(?:i|thứ)\b|[-–_*─]{3,}|i\s*\.)";
    /// Urgency, state of the text or of the copy: stamped or written near the head, part of no field.
    MARK = r"(?i)^[\s(*\[]*(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn|dự thảo|sao y|sao lục|trích sao|lưu hành nội bộ|xem xong trả lại|đến\s*số|bản chính|bản sao)(?:\s+(?:hẹn giờ|lần\s.*|bản chính|\d+.*))?[\s)*\].:;]*$|(?i)^\s*(?:sao y|sao lục|trích sao)\s*[;:].*";
    /// What a body decides begins here: behind it no legal bases stand.
    OPERATIVE = r"(?i)^\s*(?:quyết định|quyết nghị|chỉ thị|nghị quyết|thông báo|ban hành)\s*:|^\s*điều\s+\d|^\s*chương\s+i\b|^\s*(?:[ivx]+|[0-9]+|[a-h])\s*[.)]\s|^\s*phần\s+(?:i|thứ)\b";
    /// What opens a paragraph among the legal bases.
    BASE_OPENS = r"(?i)^[-–+\s]*(?:căn cứ|theo|xét|thực hiện|trên cơ sở|sau khi|để|thi hành)\s";
    /// Words no issuer line has.
    MOTTO = r"(?i)c[ộo]ng\s+h[òoà][àa]?\s+x[ãa]\s+h[ộo]i|độc\s*lập\s*[-–]|^[-–_*─=\s.]+$";
    /// The name of the state, first line of the motto.
    NATION = r"(?i)c[ộo]ng\s+h[òoà][àa]?\s+x[ãa]\s+h[ộo]i";
    /// A word an organisation's name begins with.
    BODY_NAME = r"(?i)^\s*(?:ủy ban|uỷ ban|ubnd|hội đồng|hđnd|sở|phòng|ban|văn phòng|trung tâm|bộ|cục|chi cục|thanh tra|chính phủ|trường|đảng|tỉnh ủy|huyện ủy|viện|kho bạc|công an|đài|quốc hội|thủ tướng|chủ tịch|tổng cục|vụ|đoàn|đội|hạt|bệnh viện|trạm|quỹ|liên đoàn|hội|chủ tịch|tòa án|mặt trận)(?:\s|$)";
    /// Annexes stand behind the signature.
    ANNEX = r"(?i)^\s*(?:phụ lục|danh sách|biểu mẫu|biểu số|mẫu số|quy chế|quy định|kế hoạch|đề án|chương trình|điều lệ|nội quy|phương án)\b";
    /// An item of a list.
    ITEM = r"(?i)^\s*(?:\d+(?:\.\d+)*\s*[.)]|[a-zđ]\s*\)|[-–+•])\s";
    /// A full number with symbol inside a sentence.
    TARGET = r"(?i)\b(?P<number>\d+[a-z]?)\s*/\s*(?P<symbol>(?:(?:19|20)\d\d\s*/\s*)?[\p{Lu}][\p{Lu}\d]*(?:\s?[-–]\s?[\p{Lu}\d&]+)*)";
    /// What stands behind the number of another document: its day.
    ISSUED = r"(?i)^[\s,(]*(?:(?:được\s+)?(?:ban hành|ký)\s+)?ngày\s*(?P<day>\d{1,2})\s*(?:tháng|[/.-])\s*(?P<month>\d{1,2})\s*(?:năm|[/.-])\s*(?P<year>(?:19|20)\d\d)";
    /// Behind it: its issuer.
    ISSUER = r"(?i)^[\s,)]*của\s+(?P<issuer>\p{Lu}[^;,.:()“”\x22]*)";
    /// Words behind which a name of an issuer is over.
    ISSUER_ENDS = r"(?i)\s(?:ban hành|về|quy định|sửa đổi|bổ sung|hướng dẫn|phê duyệt|tại|được|đã|có hiệu lực|hết hiệu lực|thay thế|kể từ|thành lập|công bố|giao|thông qua|v/v|và các|và quyết định|và nghị quyết|và thông tư)(?:\s|$)";
    /// When something takes effect.
    EFFECT = r"(?i)có\s+hiệu\s+lực(?:\s+thi\s+hành|\s+pháp\s+luật)?\s*,?\s*(?:sau\s+(?P<days>\d{1,3})\s*(?:\([^)]{1,40}\))?\s*ngày\s*,?\s*)?(?:kể\s+)?từ\s+ngày\s+(?:(?P<day>\d{1,2})\s*(?:tháng|[/.-])\s*(?P<month>\d{1,2})\s*(?:năm|[/.-])\s*(?P<year>(?:19|20)\d\d)|(?P<sign>ký|ban\s+hành))";
    /// An abstract that says how another document is carried out.
    GUIDES = r"(?i)^\s*(?:v/v\s+|về\s+(?:việc\s+)?)?(?:hướng dẫn|quy định chi tiết)\s";
}

/// The day in the groups `day`, `month`, `year`, when it can be one.
pub(super) fn day(found: &regex::Captures<'_>) -> Option<super::Day> {
    let part = |name: &str| found.name(name)?.as_str().parse::<u16>().ok();
    let (day, month) = (part("day")?, part("month")?);
    if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
        return None;
    }
    Some(super::Day { year: part("year")?, month: u8::try_from(month).ok(), day: u8::try_from(day).ok() })
}

/// Whether the pattern matches.
pub(super) fn hits(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Whether every letter is upper case.
pub(super) fn is_upper(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

/// The names of types (NĐ 30/2020 Art. 7) and of legal normative documents (Luật 64/2025/QH15 Art. 4), longest first.
pub(super) const KINDS: &[&str] = &[
    "NGHỊ QUYẾT",
    "QUYẾT ĐỊNH",
    "CHỈ THỊ",
    "QUY CHẾ",
    "QUY ĐỊNH",
    "THÔNG CÁO",
    "THÔNG BÁO",
    "HƯỚNG DẪN",
    "CHƯƠNG TRÌNH",
    "KẾ HOẠCH",
    "PHƯƠNG ÁN",
    "ĐỀ ÁN",
    "DỰ ÁN",
    "BÁO CÁO",
    "BIÊN BẢN",
    "TỜ TRÌNH",
    "HỢP ĐỒNG",
    "CÔNG ĐIỆN",
    "CÔNG VĂN",
    "BẢN GHI NHỚ",
    "BẢN THỎA THUẬN",
    "GIẤY ỦY QUYỀN",
    "GIẤY MỜI",
    "GIẤY GIỚI THIỆU",
    "GIẤY NGHỈ PHÉP",
    "PHIẾU GỬI",
    "PHIẾU CHUYỂN",
    "PHIẾU BÁO",
    "THƯ CÔNG",
    "NGHỊ ĐỊNH",
    "THÔNG TƯ LIÊN TỊCH",
    "THÔNG TƯ",
    "NGHỊ QUYẾT LIÊN TỊCH",
    "LỆNH",
    "PHÁP LỆNH",
    "LUẬT",
    "GIẤY BÁO",
    "BẢN CAM KẾT",
    "PHIẾU TRÌNH",
    "KẾ HOẠCH LIÊN TỊCH",
    "KẾ HOẠCH PHỐI HỢP",
    "HƯỚNG DẪN LIÊN TỊCH",
    "CHƯƠNG TRÌNH LIÊN TỊCH",
    "CHƯƠNG TRÌNH PHỐI HỢP",
    "QUY CHẾ PHỐI HỢP",
    "THÔNG CÁO BÁO CHÍ",
    "THƯ MỜI",
];

/// The type a whole line names, if it does; a spaced line (`Q U Y Ế T  Đ Ị N H`) counts.
pub(super) fn kind_of(text: &str) -> Option<&'static str> {
    let squeeze = |text: &str| -> String {
        text.replace("UỶ", "ỦY").replace("THOẢ", "THỎA").chars().filter(|c| c.is_alphabetic()).collect()
    };
    let bare = squeeze(text.trim());
    is_upper(text).then(|| KINDS.iter().copied().find(|kind| squeeze(kind) == bare)).flatten()
}

/// The type a line begins with when its abstract stands in the same line, and that abstract.
pub(super) fn kind_with_rest(text: &str) -> Option<(&'static str, &str)> {
    let end = text.char_indices().find(|(_, c)| c.is_lowercase()).map(|(at, _)| at)?;
    // The abstract begins with the last capital before the first small letter.
    let start = text[..end].trim_end().rfind(' ').map(|at| at + 1)?;
    let kind = kind_of(text[..start].trim().trim_end_matches([':', '-', '–', ' ']))?;
    (text[start..].split_whitespace().count() > 2).then_some((kind, &text[start..]))
}
