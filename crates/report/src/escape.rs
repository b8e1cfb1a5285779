//! Text for HTML, SVG and XML: escaped, and without the signs that XML cannot hold.

/// Escaped for element content and quoted attributes.
pub(crate) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            sign if allowed(sign) => out.push(sign),
            _ => {}
        }
    }
    out
}

/// Without the control signs and non-characters that XML 1.0 forbids.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|sign| allowed(*sign)).collect()
}

fn allowed(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\r')
        || (sign >= ' ' && !matches!(sign, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'))
}
