//! What an office is called in its documents, how texts are cited, where the figures can be checked.

use domain::time::{self, Day};
use serde::{Deserialize, Serialize};

/// The names of an office as they stand in documents. All NFC, with the capitals of Annex II.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfficeNames {
    /// *Cơ quan chủ quản trực tiếp* in capitals, if any.
    pub parent: Option<String>,
    /// *Cơ quan ban hành* in capitals, one or more lines: `ỦY BAN NHÂN DÂN`, `HUYỆN KIM BẢNG`.
    pub header: Vec<String>,
    /// In full: `Ủy ban nhân dân huyện Kim Bảng`.
    pub name: String,
    /// Short: `UBND huyện Kim Bảng`.
    pub short: String,
    /// The word of its level: `huyện`, `xã`, `phường`, `tỉnh`.
    pub level: String,
    /// *Địa danh*: `Kim Bảng`.
    pub place: String,
    /// The body's group of the symbol: `UBND` in `BC-UBND`.
    pub symbol: String,
    /// To whom its regulation is rolled out, after "thủ trưởng các cơ quan, đơn vị": `UBND các xã, thị trấn`.
    pub subordinates: String,
    /// Who supplies the news: `Đài Truyền thanh huyện`.
    pub radio_station: String,
    /// *Kính gửi*.
    pub addressees: Vec<String>,
    /// *Nơi nhận* without "Như trên" and "Lưu".
    pub recipients: Vec<String>,
    /// The drafting unit in "Lưu: VT, …": `VHTT`.
    pub filing_unit: String,
}

/// A text that a report cites (FM-CT-2, FM-CT-3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Citation {
    /// *Tên loại*, with a capital when a specific text is meant (FM-VH-9): `Công văn`, `Quyết định`.
    pub kind: String,
    /// `29/2019/QĐ-UBND`.
    pub symbol: String,
    /// Its date.
    pub date: Option<Day>,
    /// Who issued it: `UBND tỉnh Hà Nam`.
    pub issuer: String,
    /// What it is about, without "về việc": `ban hành Quy chế phát ngôn và cung cấp thông tin cho báo chí …`.
    pub about: String,
}

impl Citation {
    /// The first mention: type, number and symbol, date, issuer, summary. Nothing unknown is made up.
    pub fn full(&self) -> String {
        let mut out = self.short();
        if let Some(day) = self.date {
            out.push(' ');
            out.push_str(&time::day_in_words(day));
        }
        for (before, what) in [(" của ", &self.issuer), (" về việc ", &self.about)] {
            let what = what.trim().trim_start_matches("về việc ").trim_start_matches("V/v ");
            if !what.is_empty() {
                out.push_str(before);
                out.push_str(what);
            }
        }
        out
    }

    /// Every later mention: type, number and symbol only.
    pub fn short(&self) -> String {
        let mut letters = self.kind.trim().chars();
        let kind: String =
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        if self.symbol.trim().is_empty() { kind } else { format!("{kind} số {}", self.symbol.trim()) }
    }
}

/// Where the public can check the figures of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofLink {
    /// The short link, also in the QR code: `https://kimbang.hanam.gov.vn/bc/2020`.
    pub url: String,
    /// Digest of the frozen set; its first signs are printed.
    pub digest: String,
    /// Sequence of the ledger entry up to which the figures were counted.
    pub checkpoint: i64,
}

impl ProofLink {
    /// Enough of the digest to compare by eye: 16 signs in groups of 4.
    pub fn digest_on_paper(&self) -> String {
        let signs: Vec<char> = self.digest.chars().take(16).collect();
        signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mention_is_full_and_the_next_short() {
        let decision = Citation {
            kind: "quyết định".into(),
            symbol: "29/2019/QĐ-UBND".into(),
            date: Some(jiff::civil::date(2019, 8, 30)),
            issuer: "UBND tỉnh Hà Nam".into(),
            about: "ban hành Quy chế".into(),
        };
        assert_eq!(
            decision.full(),
            "Quyết định số 29/2019/QĐ-UBND ngày 30 tháng 8 năm 2019 của UBND tỉnh Hà Nam về việc ban hành Quy chế"
        );
        assert_eq!(decision.short(), "Quyết định số 29/2019/QĐ-UBND");
    }

    #[test]
    fn what_is_unknown_of_a_text_is_left_out() {
        let letter =
            Citation { kind: "Công văn".into(), symbol: "12/UBND-VX".into(), ..Citation::default() };
        assert_eq!(letter.full(), "Công văn số 12/UBND-VX");
    }
}
