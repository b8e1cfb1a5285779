//! What is let through, what is not, and that cleaning twice changes nothing more.

use proptest::prelude::*;
use rich_text::{LONGEST, Refused, clean, from_typed, to_text};

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\" java\tscript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"vbscript:x\">x</a>",
    "<a href=\"//evil.example/x\">x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><img src=x onerror=alert(1)></template>",
    "<style>@import 'x'</style><p style=\"position:fixed\">x</p>",
    "<form action=x><input name=y><button>z</button></form>",
    "<iframe src=\"https://evil.example\"></iframe>",
    "<meta http-equiv=refresh content=0><base href=//x><link rel=stylesheet href=x>",
    "<p id=\"location\" name=\"x\" class=\"overlay\">x</p>",
    "<img src=\"https://elsewhere.example/a.png\" alt=\"x\">",
    "<img src=\"/tep/../etc/passwd\" alt=\"x\">",
    "<svg></p><style><a title=\"</style><img src onerror=alert(1)>\">",
];

#[test]
fn nothing_hostile_comes_through() {
    for html in HOSTILE {
        let cleaned = clean(html).unwrap();
        let lower = cleaned.to_lowercase();
        for bad in [
            "<script",
            "onerror",
            "script:",
            "data:",
            "<svg",
            "<math",
            "<style",
            "style=",
            "<form",
            "<input",
            "<iframe",
            "<meta",
            "<base",
            "<link",
            " id=",
            " name=",
            "class=",
            "<img",
            "//evil",
            "elsewhere",
        ] {
            assert!(!lower.contains(bad), "{html} gave {cleaned}");
        }
    }
}

#[test]
fn an_honest_article_keeps_its_shape() {
    let html = "<h2>Kết quả</h2><p>Ông <strong>An</strong> – <a href=\"https://hanam.gov.vn\">Cổng</a></p>\
                <figure><img src=\"/tep/ab12/hop.jpg\" alt=\"Toàn cảnh hội nghị\"><figcaption>Hội nghị</figcaption></figure>\
                <table><tbody><tr><th scope=\"col\">Xã</th><td colspan=\"2\">12</td></tr></tbody></table>";
    let cleaned = clean(html).unwrap();
    for kept in [
        "<h2>Kết quả</h2>",
        "<strong>An</strong>",
        "href=\"https://hanam.gov.vn\"",
        "alt=\"Toàn cảnh hội nghị\"",
        "<th scope=\"col\">",
        "colspan=\"2\"",
    ] {
        assert!(cleaned.contains(kept), "{kept} lost from {cleaned}");
    }
    assert!(cleaned.contains("rel=\"noopener noreferrer\""));
}

#[test]
fn plain_text_becomes_paragraphs_and_its_signs_stay_signs() {
    let html = from_typed("Dòng một\r\ndòng hai\r\n\r\nĐoạn sau: 1 < 2 & 3").unwrap();
    assert_eq!(html, "<p>Dòng một<br>dòng hai</p>\n<p>Đoạn sau: 1 &lt; 2 &amp; 3</p>");
    assert_eq!(to_text(&html), "Dòng một dòng hai Đoạn sau: 1 < 2 & 3");
}

#[test]
fn words_of_neighbouring_blocks_stay_apart() {
    assert_eq!(to_text("<ul><li>một</li><li>hai</li></ul><p>ba</p>"), "một hai ba");
}

#[test]
fn endless_text_and_endless_nesting_are_refused() {
    assert_eq!(clean(&"x".repeat(LONGEST + 1)), Err(Refused::TooLong));
    for tag in [
        "<blockquote>",
        "<b>",
        "<table><td>",
        "<SVG>",
        "<ul><li>",
        // What only looks like an end closes nothing.
        "<div></x>",
        "<table><td></x></x>",
        "<div title='</div>'>",
        "<div><!--</div>-->",
        "<div><textarea></div></textarea>",
    ] {
        let times = (LONGEST / tag.len()).min(100_000);
        assert!(clean(&tag.repeat(times)) == Err(Refused::TooDeep), "{tag}");
    }
    for shallow in [
        "<p>x",
        "<p><b></p>",
        "<table>",
        "<x y='",
        "<tr><td>x",
        "<ul><li>x<li>y</ul>",
        "x<br>",
        "<!--<div>-->",
    ] {
        assert!(clean(&shallow.repeat(10_000)).is_ok(), "{shallow}");
    }
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing_more(html in "(<(p|a href=\"/x\"|img src=\"/tep/a\"|script|svg|td|b|/p|/a|style|!--)>?|[a-zàđ<>\"'&; ]){0,40}") {
        let once = clean(&html).unwrap();
        prop_assert_eq!(&clean(&once).unwrap(), &once);
    }
}

#[test]
fn addresses_and_numbers_are_written_as_the_standard_asks() {
    let table = [
        (
            "<a href=' https://a.vn/?b=1 2|3 '>x</a>",
            "<a href=\"https://a.vn/?b=1%202%7C3\" rel=\"noopener noreferrer\">x</a>",
        ),
        ("<a href=\"/văn bản\">x</a>", "<a href=\"/văn%20bản\" rel=\"noopener noreferrer\">x</a>"),
        ("<table><tr><td colspan=0 rowspan=1001>x", "<table><tbody><tr><td>x</td></tr></tbody></table>"),
        ("<table><tr><td colspan=02>x", "<table><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>"),
    ];
    for (html, expected) in table {
        assert_eq!(clean(html).unwrap(), expected);
    }
}

#[test]
fn pictures_that_are_left_out_are_counted() {
    let html = "<p><img src=\"/tep/ab/a.png\" alt=\"\"><img src=https://elsewhere.example/b.png><IMG SRC='data:x'></p>";
    assert_eq!(rich_text::pictures_left_out(html), 2);
    assert_eq!(rich_text::pictures_left_out("<p>chữ <script><img src=x></script></p>"), 0);
    assert_eq!(rich_text::pictures_left_out("gõ <img src=x>"), 0, "plain text has no pictures");
}

#[test]
fn links_and_pictures_of_clean_text_are_listed_in_order() {
    let text =
        clean("<p>href=\"/x\" <a href='/tin-tuc?a=1&amp;b=2'>a</a> <img src=\"/tep/ab/a.png\" alt=\"\"></p>")
            .unwrap();
    let found = rich_text::links(&text);
    assert_eq!(found.first().map(String::as_str), Some("/tin-tuc?a=1&b=2"), "{text}");
}

#[test]
fn a_text_is_compared_block_by_block_with_where_its_links_and_pictures_lead() {
    let html = clean(
        "<h2>Mục</h2><p>Một <a href=\"https://a.example/?x=1&amp;y=2\">trang</a></p>\n<ul><li>hai</li><li>ba</li></ul>\
         <figure><img src=\"/tep/ab/anh.jpg\" alt=\"Hội nghị\"></figure><p>bốn<br>năm</p>",
    )
    .unwrap();
    assert_eq!(
        rich_text::to_lines(&html),
        "Mục\nMột trang [https://a.example/?x=1&y=2]\nhai\nba\nHội nghị [/tep/ab/anh.jpg]\nbốn\nnăm\n"
    );
    assert_eq!(rich_text::to_lines(""), "");
}

#[test]
fn pictures_are_shown_with_their_sides_and_loaded_when_they_come_into_sight() {
    let sizes = |file: &str| match file {
        "ab" => Some((1_600, 1_067)),
        "cd" => Some((0, 10)),
        _ => None,
    };
    let table = [
        // What the text says, whether the first is seen at once, what the page says.
        ("<img src=\"/tep/ab/a.png\" alt=\"x &gt; y\">", true, " width=\"1600\" height=\"1067\""),
        (
            "<img src=\"/tep/ab/a.png\" alt=\"x &gt; y\">",
            false,
            " width=\"1600\" height=\"1067\" loading=\"lazy\" decoding=\"async\"",
        ),
        (
            "<img src=\"/tep/ab/a.png\" width=\"800\" height=\"9\" alt=\"x &gt; y\">",
            true,
            " width=\"800\" height=\"534\"",
        ),
        (
            "<img height=\"534\" src=\"/tep/ab/a.png\" alt=\"x &gt; y\">",
            true,
            " width=\"801\" height=\"534\"",
        ),
    ];
    for (html, is_seen, ending) in table {
        let shown = rich_text::with_sizes(&clean(html).unwrap(), is_seen, sizes);
        assert_eq!(shown, format!("<img src=\"/tep/ab/a.png\" alt=\"x &gt; y\"{ending}>"), "{html}");
    }
    // One nobody could measure, or that has no sides, keeps what it says; all but the first wait.
    let html = "<p><img src=\"/tep/cd/a.png\" width=\"3\"> <img src=\"/tep/ef/a.png\">.</p>";
    assert_eq!(
        rich_text::with_sizes(html, true, sizes),
        "<p><img src=\"/tep/cd/a.png\" width=\"3\"> <img src=\"/tep/ef/a.png\" loading=\"lazy\" decoding=\"async\">.</p>"
    );
    assert_eq!(rich_text::with_sizes("<p>&lt;img src=x&gt;</p>", true, sizes), "<p>&lt;img src=x&gt;</p>");
}
