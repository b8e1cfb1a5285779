//! Who signs and how it is written (NĐ 30/2020 Đ13, PL I.II.7): composed from parts, forbidden pairs refused.
//!
//! The report that this system learned from was signed "KT. CHỦ TỊCH / CHỦ TỊCH", which says that the chairman
//! signs for himself. That cannot be written here.

use serde::{Deserialize, Serialize};

/// By which right the signer signs (*quyền hạn*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// The head himself.
    Head,
    /// *KT.*, a deputy for the head (FM-SG-2).
    Deputy,
    /// *Q.*, acting head (FM-SG-4).
    Acting,
    /// *TL.*, a unit head by order (FM-SG-5).
    ByOrder,
    /// *TUQ.*, by authorisation in writing (FM-SG-6).
    ByAuthorisation,
}

/// The parts of a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// By which right.
    pub authority: Authority,
    /// The body signed for (*TM.*) when the matter is one of the collective: `Ủy ban nhân dân`. Whether it is follows
    /// the working rules (FM-SG-8).
    #[serde(default)]
    pub collective: Option<String>,
    /// Title of the head: `Chủ tịch`.
    pub head_title: String,
    /// Title of the signer: `Phó Chủ tịch`, `Chánh Văn phòng`; that of the head when the head signs.
    pub signer_title: String,
    /// Name, without academic or honorary titles.
    pub name: String,
}

/// A composed signature block. Its fields cannot be set from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    lines: Vec<String>,
    name: String,
}

/// Why a signature may not be written so. Stable codes: [`SignatureFault::code`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// KT. with the title of the head: the seed's error.
    #[error(
        "KT. {0} cannot be signed by {0}: a deputy signs as PHÓ {0}, or the head signs without KT. (NĐ 30/2020, PL I.II.7b)"
    )]
    DeputyIsHead(String),
    /// KT. by somebody who is no deputy of the head.
    #[error("KT. {head} is signed by a deputy of the head, not by {signer} (NĐ 30/2020, PL I.II.7b)")]
    NoDeputy {
        /// The head's title.
        head: String,
        /// The signer's title.
        signer: String,
    },
    /// The head's own form with another title.
    #[error("{signer} is not {head}: choose KT., TL., TUQ. or Q. (NĐ 30/2020, Đ13)")]
    NotTheHead {
        /// The head's title.
        head: String,
        /// The signer's title.
        signer: String,
    },
    /// TL. or TUQ. by the head or a deputy.
    #[error(
        "TL. and TUQ. are for the head of a unit; {0} signs in the own name or by KT. (NĐ 30/2020, Đ13 k3, k4)"
    )]
    NotAUnitHead(String),
    /// TM. together with TL. or TUQ.
    #[error(
        "TM. is signed by the head or a deputy; by order (TL.) or authorisation (TUQ.) one signs for the head (NĐ 30/2020, Đ13)"
    )]
    CollectiveByOrder,
    /// A title or the name is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// An academic or honorary title before the name.
    #[error("no academic or honorary title before the name: {0:?} (NĐ 30/2020, PL I.II.7c)")]
    TitleInName(String),
}

impl SignatureFault {
    /// Locale key `report.signature_fault.<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            SignatureFault::DeputyIsHead(_) => "deputy_is_head",
            SignatureFault::NoDeputy { .. } => "no_deputy",
            SignatureFault::NotTheHead { .. } => "not_the_head",
            SignatureFault::NotAUnitHead(_) => "not_a_unit_head",
            SignatureFault::CollectiveByOrder => "collective_by_order",
            SignatureFault::Missing(_) => "missing",
            SignatureFault::TitleInName(_) => "title_in_name",
        }
    }
}

/// Titles of learning and honour that must not stand before the name.
const NAME_TITLES: &[&str] = &[
    "gs",
    "pgs",
    "ts",
    "ths",
    "tskh",
    "bs",
    "ks",
    "cn",
    "ds",
    "ls",
    "kts",
    "ngnd",
    "ngut",
    "nsnd",
    "nsut",
    "tien si",
    "thac si",
    "giao su",
    "pho giao su",
    "bac si",
    "ky su",
];

impl Signature {
    /// Composes the block.
    ///
    /// # Errors
    /// When the pair of authority and title is forbidden, something is missing or the name carries a title.
    pub fn compose(signer: &Signer) -> Result<Signature, SignatureFault> {
        let head = required("head_title", &signer.head_title)?;
        let own = required("signer_title", &signer.signer_title)?;
        let name = domain::text::clean_line(&signer.name);
        if name.is_empty() {
            return Err(SignatureFault::Missing("name"));
        }
        refuse_titles(&name)?;
        let is_head = own == head;
        let is_deputy = is_deputy_of(&own, &head);
        let mut lines = Vec::new();
        if let Some(body) = signer.collective.as_deref().map(upper).filter(|body| !body.is_empty()) {
            if matches!(signer.authority, Authority::ByOrder | Authority::ByAuthorisation) {
                return Err(SignatureFault::CollectiveByOrder);
            }
            lines.push(format!("TM. {body}"));
        }
        match signer.authority {
            Authority::Head if is_head => lines.push(head),
            // The acting head is named by the head's title alone.
            Authority::Acting if is_head => lines.push(format!("Q. {head}")),
            Authority::Head | Authority::Acting => {
                return Err(SignatureFault::NotTheHead { head, signer: own });
            }
            Authority::Deputy if is_head => return Err(SignatureFault::DeputyIsHead(head)),
            Authority::Deputy if is_deputy => lines.extend([format!("KT. {head}"), own]),
            Authority::Deputy => return Err(SignatureFault::NoDeputy { head, signer: own }),
            Authority::ByOrder | Authority::ByAuthorisation if is_head || is_deputy => {
                return Err(SignatureFault::NotAUnitHead(own));
            }
            Authority::ByOrder => lines.extend([format!("TL. {head}"), own]),
            Authority::ByAuthorisation => lines.extend([format!("TUQ. {head}"), own]),
        }
        Ok(Signature { lines, name })
    }

    /// Of somebody who signs by what they did at a meeting and not by their office: `CHỦ TỌA` of minutes. The name
    /// stands without titles of learning or honour, as everywhere (PL I.II.7c).
    ///
    /// # Errors
    /// When something is missing or the name carries a title.
    pub fn of_part(part: &str, name: &str) -> Result<Signature, SignatureFault> {
        let name = domain::text::clean_line(name);
        if name.is_empty() {
            return Err(SignatureFault::Missing("name"));
        }
        refuse_titles(&name)?;
        Ok(Signature { lines: vec![required("signer_title", part)?], name })
    }

    /// Authority and title, one line each, in capitals.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The signer's name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

fn upper(text: &str) -> String {
    domain::text::clean_line(text).to_uppercase()
}

fn required(what: &'static str, text: &str) -> Result<String, SignatureFault> {
    let text = upper(text);
    if text.is_empty() { Err(SignatureFault::Missing(what)) } else { Ok(text) }
}

/// A deputy's title: "PHÓ …" of the head's office, or the one title of another word (a minister's deputy).
pub(crate) fn is_deputy_of(own: &str, head: &str) -> bool {
    own == format!("PHÓ {head}")
        || (head == "CHÁNH VĂN PHÒNG" && own == "PHÓ VĂN PHÒNG")
        || (head == "BỘ TRƯỞNG" && own == "THỨ TRƯỞNG")
        || (head.starts_with("TRƯỞNG ") && own == format!("PHÓ {head}"))
}

fn refuse_titles(name: &str) -> Result<(), SignatureFault> {
    let folded = domain::text::fold(name);
    let starts = |title: &&&str| {
        let rest = folded.strip_prefix(**title).unwrap_or("x");
        // "TS." and "Tiến sĩ " are titles; "Tsang" is not.
        rest.starts_with('.') || (title.contains(' ') && rest.starts_with(' '))
    };
    match NAME_TITLES.iter().find(|title| starts(title)) {
        Some(_) => Err(SignatureFault::TitleInName(name.to_owned())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(authority: Authority, own: &str) -> Signer {
        Signer {
            authority,
            collective: None,
            head_title: "Chủ tịch".into(),
            signer_title: own.into(),
            name: "Phạm Hoàng Tùng".into(),
        }
    }

    #[test]
    fn the_forms_of_the_decree_can_be_written() {
        let lines = |signer: &Signer| Signature::compose(signer).unwrap().lines().join(" / ");
        assert_eq!(lines(&signer(Authority::Head, "Chủ tịch")), "CHỦ TỊCH");
        assert_eq!(lines(&signer(Authority::Deputy, "Phó Chủ tịch")), "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH");
        assert_eq!(lines(&signer(Authority::Acting, "Chủ tịch")), "Q. CHỦ TỊCH");
        assert_eq!(lines(&signer(Authority::ByOrder, "Chánh Văn phòng")), "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG");
        assert_eq!(
            lines(&signer(Authority::ByAuthorisation, "Trưởng phòng Văn hóa")),
            "TUQ. CHỦ TỊCH / TRƯỞNG PHÒNG VĂN HÓA"
        );
        let collective = Signer {
            collective: Some("Ủy ban nhân dân".into()),
            ..signer(Authority::Deputy, "Phó Chủ tịch")
        };
        assert_eq!(lines(&collective), "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH");
    }

    #[test]
    fn the_seed_error_cannot_be_written_however_it_is_typed() {
        for own in ["Chủ tịch", "CHỦ TỊCH", " chủ  tịch ", "Chu\u{309} ti\u{323}ch"] {
            let fault = Signature::compose(&signer(Authority::Deputy, own)).unwrap_err();
            assert_eq!(fault.code(), "deputy_is_head", "{own:?}");
        }
    }

    #[test]
    fn forbidden_pairs_are_refused() {
        let code = |authority, own| Signature::compose(&signer(authority, own)).unwrap_err().code();
        assert_eq!(code(Authority::Deputy, "Chánh Văn phòng"), "no_deputy");
        assert_eq!(code(Authority::Head, "Phó Chủ tịch"), "not_the_head");
        assert_eq!(code(Authority::Acting, "Phó Chủ tịch"), "not_the_head");
        assert_eq!(code(Authority::ByOrder, "Phó Chủ tịch"), "not_a_unit_head");
        assert_eq!(code(Authority::ByAuthorisation, "Chủ tịch"), "not_a_unit_head");
        assert_eq!(code(Authority::Head, ""), "missing");
        let collective = Signer {
            collective: Some("Ủy ban nhân dân".into()),
            ..signer(Authority::ByOrder, "Chánh Văn phòng")
        };
        assert_eq!(Signature::compose(&collective).unwrap_err().code(), "collective_by_order");
    }

    #[test]
    fn no_learned_title_stands_before_the_name() {
        for name in ["TS. Nguyễn Văn A", "Tiến sĩ Nguyễn Văn A", "PGS.TS. Lê B", "ThS.Trần C"] {
            let signer = Signer { name: name.into(), ..signer(Authority::Head, "Chủ tịch") };
            assert_eq!(Signature::compose(&signer).unwrap_err().code(), "title_in_name", "{name}");
        }
        let plain = Signer { name: "Ksor Phước".into(), ..signer(Authority::Head, "Chủ tịch") };
        assert!(Signature::compose(&plain).is_ok());
    }
}
