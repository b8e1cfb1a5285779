//! The signature block of a text.

use super::Finding;
use super::text::Line;
use crate::document::{Authority, Signature, Signer};

/// Reads the authority line and the one after it, and asks whether the pair may be written.
pub(super) fn check(lines: &[Line]) -> Vec<Finding> {
    let mut out = Vec::new();
    for pair in lines.windows(2) {
        let [upper, lower] = pair else { continue };
        let Some((authority, head)) = authority(&upper.text) else { continue };
        // Under TM. follows KT. or the head's title: nothing to compare.
        let own = lower.text.to_uppercase();
        if authority == Authority::Acting {
            continue;
        }
        let signer = Signer {
            authority,
            collective: None,
            head_title: head.clone(),
            signer_title: own.clone(),
            name: "x".to_owned(),
        };
        if let Err(fault) = Signature::compose(&signer) {
            let found = format!("{} / {}", upper.text, lower.text);
            let (rule, should_be) = match authority {
                Authority::Deputy => ("FM-SG-2", format!("KT. {head} / PHÓ {head}")),
                Authority::ByOrder => ("FM-SG-5", format!("TL. {head} / <chức vụ người đứng đầu đơn vị>")),
                _ => ("FM-SG-6", format!("TUQ. {head} / <chức vụ người được ủy quyền>")),
            };
            let code = match fault.code() {
                "deputy_is_head" => "signature.deputy_is_head",
                "no_deputy" => "signature.no_deputy",
                _ => "signature.forbidden_pair",
            };
            out.push(Finding::fault(rule, code, lower.number, &found, should_be));
        }
    }
    out
}

fn authority(line: &str) -> Option<(Authority, String)> {
    let upper = line.to_uppercase();
    [
        ("KT.", Authority::Deputy),
        ("TL.", Authority::ByOrder),
        ("TUQ.", Authority::ByAuthorisation),
        ("Q.", Authority::Acting),
    ]
    .into_iter()
    .find_map(|(sign, authority)| {
        let head = upper.strip_prefix(sign)?.trim().to_owned();
        (!head.is_empty() && head.split_whitespace().count() <= 5).then_some((authority, head))
    })
}
