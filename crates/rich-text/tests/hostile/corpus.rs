//! Hostile texts, made of parts: elements × attributes × ways of writing, carriers × schemes × ways of hiding them,
//! and what starts a program inside two contexts that parsers read differently. Each would call `ran()`, if it did.

/// What starts a program by itself in a page.
const STARTERS: [&str; 10] = [
    "<script>ran()</script>",
    "<img src=x onerror=ran()>",
    "<svg onload=ran()>",
    "<details open ontoggle=ran()>x",
    "<video><source onerror=ran()></video>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<input autofocus onfocus=ran()>",
    "<style onload=ran()></style>",
    "<a href=javascript:ran() id=clobber name=body>x</a>",
    "<p title='</p><img src=x onerror=ran()>'>x",
];

const ELEMENTS: [&str; 45] = [
    "a",
    "abbr",
    "address",
    "animate",
    "area",
    "article",
    "audio",
    "base",
    "blockquote",
    "body",
    "button",
    "caption",
    "code",
    "details",
    "dialog",
    "div",
    "embed",
    "figure",
    "font",
    "form",
    "frameset",
    "h2",
    "html",
    "iframe",
    "img",
    "input",
    "isindex",
    "li",
    "link",
    "marquee",
    "math",
    "meta",
    "object",
    "ol",
    "p",
    "portal",
    "pre",
    "select",
    "svg",
    "table",
    "td",
    "template",
    "textarea",
    "video",
    "x-y",
];

const ATTRIBUTES: [(&str, &str); 30] = [
    ("onerror", "ran()"),
    ("onload", "ran()"),
    ("onclick", "ran()"),
    ("onfocus", "ran()"),
    ("ontoggle", "ran()"),
    ("onbeforetoggle", "ran()"),
    ("onanimationstart", "ran()"),
    ("onpointerrawupdate", "ran()"),
    ("oncontentvisibilityautostatechange", "ran()"),
    ("onscrollend", "ran()"),
    ("onbegin", "ran()"),
    ("style", "background:url(javascript:ran());behavior:url(x);-moz-binding:url(x);width:expression(ran())"),
    ("srcdoc", "<script>parent.ran()</script>"),
    ("srcset", "javascript:ran() 1x"),
    ("formaction", "javascript:ran()"),
    ("action", "javascript:ran()"),
    ("xlink:href", "javascript:ran()"),
    ("background", "javascript:ran()"),
    ("poster", "javascript:ran()"),
    ("ping", "https://evil.example/"),
    ("data", "data:text/html,<script>parent.ran()</script>"),
    ("code", "javascript:ran()"),
    ("to", "javascript:ran()"),
    ("http-equiv", "refresh"),
    ("content", "0;url=javascript:ran()"),
    ("id", "ran"),
    ("name", "cookie"),
    ("class", "overlay"),
    ("is", "x-y"),
    ("contenteditable", "true"),
];

const SCHEMES: [&str; 12] = [
    "javascript:ran()",
    "vbscript:ran()",
    "livescript:ran()",
    "data:text/html,<script>parent.ran()</script>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='ran()'/>",
    "blob:https://evil.example/x",
    "file:///etc/passwd",
    "filesystem:https://evil.example/x",
    "view-source:javascript:ran()",
    "feed:javascript:ran()",
    "intent:#Intent;end",
    "ms-its:x",
];

/// A scheme as it stands and as people hide it.
fn hidden(scheme: &str) -> Vec<String> {
    let (name, rest) = scheme.split_once(':').unwrap_or((scheme, ""));
    let every = |sign: &str| {
        let signs: Vec<String> = name.chars().map(String::from).collect();
        format!("{}:{rest}", signs.join(sign))
    };
    let entities = |write: &dyn Fn(u32) -> String| {
        format!("{}:{rest}", name.chars().map(|sign| write(u32::from(sign))).collect::<String>())
    };
    let mixed: String = name
        .char_indices()
        .map(|(at, sign)| if at % 2 == 0 { sign.to_ascii_uppercase() } else { sign })
        .collect();
    vec![
        scheme.to_owned(),
        format!("{}:{rest}", name.to_uppercase()),
        format!("{mixed}:{rest}"),
        format!(" \t\n{scheme}"),
        format!("\u{1}{scheme}"),
        format!("\u{a0}{scheme}"),
        format!("\u{feff}{scheme}"),
        format!("&#0;{scheme}"),
        every("\t"),
        every("\n"),
        every("&Tab;"),
        every("&NewLine;"),
        every("&#x0d"),
        every("\0"),
        entities(&|sign| format!("&#{sign};")),
        entities(&|sign| format!("&#x{sign:x};")),
        entities(&|sign| format!("&#{sign:07}")),
        format!("{name}&colon;{rest}"),
        format!("{name}&#58{rest}"),
        format!("{name}\u{200b}:{rest}"),
        format!("{name} :{rest}"),
        format!("%6a{scheme}"),
        format!("//x:{scheme}"),
        format!("{scheme}//https://hanam.gov.vn"),
    ]
}

/// Where an address stands; `@` is its place.
const CARRIERS: [&str; 18] = [
    "<a href=\"@\">x</a>",
    "<a href='@'>x</a>",
    "<A HREF=\"@\" TARGET=_top>x</A>",
    "<a\u{c}href=\"@\">x</a>",
    "<a/href=\"@\">x</a>",
    "<img src=\"@\">",
    "<img src=\"/tep/a.png\" src=\"@\" srcset=\"@\">",
    "<area href=\"@\">",
    "<base href=\"@\">",
    "<form action=\"@\"><button formaction=\"@\">x</button></form>",
    "<iframe src=\"@\"></iframe>",
    "<object data=\"@\"></object>",
    "<embed src=\"@\">",
    "<link rel=stylesheet href=\"@\">",
    "<svg><a xlink:href=\"@\" href=\"@\"><text>x</text></a></svg>",
    "<svg><use href=\"@\"/><animate attributeName=href to=\"@\"/></svg>",
    "<math href=\"@\"><mi xlink:href=\"@\">x</mi></math>",
    "<meta http-equiv=refresh content=\"0;url=@\">",
];

/// Addresses of elsewhere that look like ours, and ways out of the folder of files.
const DRESSED: [&str; 18] = [
    "//evil.example/x",
    "\\\\evil.example/x",
    "/\\evil.example/x",
    "\\/evil.example/x",
    "/\t/evil.example/x",
    "/\n/evil.example/x",
    "/&#9;/evil.example/x",
    "&#10;//evil.example/x",
    "\u{1}//evil.example/x",
    "\u{a0}//evil.example/x",
    "/\r\\evil.example/x",
    "///evil.example/x",
    "/tep/../x",
    "/tep/%2e%2e/x",
    "/tep/.%2E/x",
    "/tep/a/%2e./../x",
    "/tep/\\..\\x",
    "/tep//evil.example",
];

/// Contexts that change how what follows is read; `@` is its place.
const CONTEXTS: [&str; 38] = [
    "<svg>@</svg>",
    "<math>@</math>",
    "<svg><style>@</style></svg>",
    "<svg><title>@</title></svg>",
    "<svg><desc>@</desc></svg>",
    "<svg><foreignObject>@</foreignObject></svg>",
    "<svg></p><style><a id=\"</style>@\">",
    "<math><mtext>@</mtext></math>",
    "<math><mi><style>@</style></mi></math>",
    "<math><annotation-xml encoding=\"text/html\">@</annotation-xml></math>",
    "<math><mtext><table><mglyph><style><!--</style>@--></style></mglyph></table></mtext></math>",
    "<form><math><mtext></form><form><mglyph><style></math>@",
    "<math><mtext><h2><style><a title=\"</style>@\">",
    "<noscript>@</noscript>",
    "<noscript><p title=\"</noscript>@\">",
    "<template>@</template>",
    "<style>@</style>",
    "<style><!--</style>@-->",
    "<title>@</title>",
    "<textarea>@</textarea>",
    "<xmp>@</xmp>",
    "<noembed>@</noembed>",
    "<noframes>@</noframes>",
    "<iframe>@</iframe>",
    "<plaintext>@",
    "<select><option>@</select>",
    "<select><style></select>@</style>",
    "<table>@</table>",
    "<table><caption>@<td>",
    "<!--@-->",
    "<!-->@-->",
    "<!--->@-->",
    "<!-- --!>@",
    "<![CDATA[@]]>",
    "<?xml >@?>",
    "<!doctype @>",
    "</p/@>",
    "<a title='@",
];

/// An attribute as people write it.
fn written(element: &str, attribute: &str, value: &str) -> Vec<String> {
    let escaped = value.replace('<', "&lt;");
    vec![
        format!("<{element} {attribute}=\"{value}\">x</{element}>"),
        format!("<{}/{}='{escaped}'>x", element.to_uppercase(), attribute.to_uppercase()),
        format!("<{element}\n\u{c}{attribute}\t= {value}\n>x"),
        format!("<{element} x=\"><\" \"{attribute}={value} //>x</{element}>"),
    ]
}

/// All of them.
pub(crate) fn all() -> Vec<String> {
    let mut all = Vec::new();
    for element in ELEMENTS {
        for (attribute, value) in ATTRIBUTES {
            all.extend(written(element, attribute, value));
        }
    }
    for carrier in CARRIERS {
        for scheme in SCHEMES {
            all.extend(hidden(scheme).iter().map(|address| carrier.replace('@', address)));
        }
        all.extend(DRESSED.iter().map(|address| carrier.replace('@', address)));
    }
    for outer in CONTEXTS {
        for starter in STARTERS {
            all.push(outer.replace('@', starter));
            all.push(outer.replace('@', &starter.replace('<', "&lt;").replace('>', "&gt;")));
            for inner in CONTEXTS {
                all.push(outer.replace('@', &inner.replace('@', starter)));
            }
        }
    }
    all
}
