//! What the base templates show around a page: title, menu, person, notices, language.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::access::{Capability, Role, may};
use words::Language;

use crate::asset;
use crate::component::{Banner, Tone};
use crate::form::display::{LANGUAGE_PATH, TEXT_SIZE_PATH, THEME_PATH};
use crate::visitor::{TextSize, Theme, Visitor};

/// Everything around the content of a page. Templates that extend `base.html` or `public.html` hold it in a field
/// named `chrome`.
#[derive(Debug, Clone)]
pub struct Chrome {
    /// The language of all words.
    pub t: Language,
    /// The title: heading of the page and name of the window.
    pub title: String,
    /// The name of the office, `Ủy ban nhân dân huyện Kim Bảng`. May be empty.
    pub office: String,
    /// Path and query of this page.
    pub path: String,
    /// Light or dark.
    pub theme: Theme,
    /// How large the letters are; only public pages follow it.
    pub text_size: TextSize,
    /// Who is signed in.
    pub person: Option<Person>,
    /// The menu, already without what the person may not do.
    pub nav: Vec<NavGroup>,
    /// Where this page stands, from the top; without the page itself.
    pub crumbs: Vec<Link>,
    /// Notices above the content.
    pub banners: Vec<Banner>,
    /// The token for the forms of this page. Empty where there are none.
    pub csrf: String,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Roles, as text.
    pub roles: String,
    /// Where the own account is.
    pub account: String,
    /// Where the sign-out form goes.
    pub sign_out: String,
}

/// A link with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The text.
    pub label: String,
    /// Path on this site.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Link {
        Link { label: label.into(), href: href.into() }
    }
}

/// A part of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavGroup {
    /// Its heading; empty for the first.
    pub label: &'static str,
    /// Its entries.
    pub items: Vec<NavItem>,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// The text.
    pub label: &'static str,
    /// Path.
    pub href: &'static str,
    /// The picture.
    pub icon: Icon,
    /// Whether the page shown is this one or below it.
    pub current: bool,
}

/// The plan of a menu, written once by the crate that owns the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NavPlan {
    /// Key of the heading; empty for none.
    pub key: &'static str,
    /// Entries: key of the text, path, picture, what one must be allowed.
    pub items: &'static [(&'static str, &'static str, &'static str, Capability)],
}

impl Chrome {
    /// A page without a menu: errors, sign-in.
    pub fn bare(visitor: &Visitor, title: String) -> Chrome {
        let t = visitor.language;
        let notice = visitor.notice.as_deref().map(|key| Banner::new(Tone::Done, t.text(key)));
        Chrome {
            t,
            title,
            office: String::new(),
            path: visitor.path.clone(),
            theme: visitor.theme,
            text_size: visitor.text_size,
            person: None,
            nav: Vec::new(),
            crumbs: Vec::new(),
            banners: notice.into_iter().collect(),
            csrf: String::new(),
        }
    }

    /// A page of a signed-in person with these roles: forms have their token, the menu what the roles allow.
    pub fn desk(
        visitor: &Visitor,
        title: String,
        (person, roles): (Person, &[Role]),
        menu: &[NavPlan],
    ) -> Chrome {
        let mut chrome = Chrome::bare(visitor, title);
        chrome.csrf = visitor.form_token();
        chrome.nav = menu.iter().filter_map(|plan| group(plan, visitor, roles)).collect();
        chrome.person = Some(person);
        chrome
    }

    /// The same, of this office.
    #[must_use]
    pub fn office(mut self, office: impl Into<String>) -> Chrome {
        self.office = office.into();
        self
    }

    /// The same, below these pages.
    #[must_use]
    pub fn under(mut self, crumbs: Vec<Link>) -> Chrome {
        self.crumbs = crumbs;
        self
    }

    /// The same, with one more notice.
    #[must_use]
    pub fn banner(mut self, banner: Banner) -> Chrome {
        self.banners.push(banner);
        self
    }

    /// The address of an asset, for templates.
    pub fn asset(&self, name: &str) -> String {
        asset::href(name)
    }

    /// A picture, for templates.
    pub fn icon(&self, name: &'static str) -> Icon {
        Icon::new(name)
    }

    /// The other language, for the switch.
    pub fn other_language(&self) -> Language {
        match self.t {
            Language::Vi => Language::En,
            Language::En => Language::Vi,
        }
    }

    /// Themes for the switch: word, text, whether it is the chosen one.
    pub fn themes(&self) -> [(&'static str, &'static str, bool); 3] {
        Theme::ALL.map(|theme| {
            let key = format!("web.theme.{}", theme.word());
            (theme.word(), self.t.text(&key), theme == self.theme)
        })
    }

    /// Sizes of letters for the switch: word, text, whether it is the chosen one.
    pub fn text_sizes(&self) -> [(&'static str, &'static str, bool); 3] {
        TextSize::ALL.map(|size| {
            let key = format!("web.text_size.{}", size.word());
            (size.word(), self.t.text(&key), size == self.text_size)
        })
    }

    /// Where the form of the size of letters goes.
    pub fn text_size_path(&self) -> &'static str {
        TEXT_SIZE_PATH
    }

    /// Where the language form goes.
    pub fn language_path(&self) -> &'static str {
        LANGUAGE_PATH
    }

    /// Where the theme form goes.
    pub fn theme_path(&self) -> &'static str {
        THEME_PATH
    }
}

fn group(plan: &NavPlan, visitor: &Visitor, roles: &[Role]) -> Option<NavGroup> {
    let t = visitor.language;
    let path = visitor.path.split('?').next().unwrap_or_default();
    let hrefs = plan.items.iter().map(|(_, href, _, _)| *href);
    let here = nearest(path, hrefs);
    let items: Vec<NavItem> = plan
        .items
        .iter()
        .filter(|(_, _, _, needs)| may(roles, *needs))
        .map(|(key, href, icon, _)| NavItem {
            label: t.text(key),
            href,
            icon: Icon::new(icon),
            current: here == Some(*href),
        })
        .collect();
    let label = if plan.key.is_empty() { "" } else { t.text(plan.key) };
    (!items.is_empty()).then_some(NavGroup { label, items })
}

/// The one of `hrefs` that a path stands at or below; of several the longest.
fn nearest<'a>(path: &str, hrefs: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let is_here = |href: &&str| {
        let below = path.strip_prefix(*href).is_some_and(|rest| rest.starts_with('/'));
        path == *href || (below && *href != "/")
    };
    hrefs.filter(is_here).max_by_key(|href| href.len())
}

/// A picture of our own set (`assets/icons.svg`), beside a text that says the same.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r##"<svg class="icon" aria-hidden="true" focusable="false"><use href="{{ href }}#{{ name }}"/></svg>"##,
    ext = "html"
)]
pub struct Icon {
    name: &'static str,
    href: String,
}

impl HtmlSafe for Icon {}

impl Icon {
    /// The names in the sheet.
    pub const NAMES: [&'static str; 22] = [
        "alert",
        "book",
        "calendar",
        "chart",
        "check",
        "chevron-left",
        "chevron-right",
        "clock",
        "doc",
        "download",
        "edit",
        "gear",
        "home",
        "info",
        "law",
        "ledger",
        "menu",
        "people",
        "plus",
        "search",
        "unit",
        "upload",
    ];

    /// The picture with this name.
    pub fn new(name: &'static str) -> Icon {
        Icon { name, href: asset::href("icons.svg") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entry_of_the_menu_is_where_a_page_stands() {
        let of = |path| nearest(path, ["/", "/press", "/press/emergencies"].into_iter());
        assert_eq!(of("/press/emergencies/01"), Some("/press/emergencies"));
        assert_eq!(of("/press/01"), Some("/press"));
        assert_eq!(of("/presses"), None);
        assert_eq!(of("/"), Some("/"));
    }
}
