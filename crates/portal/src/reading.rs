//! Which part of the site a path is of, for the count of views.

use std::sync::Arc;

use app::App;
use domain::page_view::Part;
use domain::publication::Kind;

/// Counts each page of the site that is read.
pub fn counting(app: App) -> Arc<dyn Fn(&str) + Send + Sync> {
    Arc::new(move |path| {
        if let Some(part) = part_of(path) {
            app.count_view(part);
        }
    })
}

/// The part of the site; none for what is no page of it (the desk, working copies).
fn part_of(path: &str) -> Option<Part> {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    if let Some(kind) = Kind::from_path(first) {
        return Some(match kind {
            Kind::News => Part::News,
            Kind::Bulletin => Part::Bulletin,
            Kind::Document => Part::Document,
            Kind::Statement => Part::Statement,
            Kind::Correction => Part::Correction,
            Kind::Answer => Part::Answer,
            Kind::Notice => Part::Notice,
        });
    }
    match first {
        "" => Some(Part::Home),
        "tim-kiem" => Some(Part::Search),
        "lien-he" | "so-do" | "du-lieu-mo" | "so-lieu" | "thoi-han" | "gop-y" | "yeu-cau-bao-chi"
        | "hop-bao" | "tro-nang" | "gioi-thieu" | "quyen-rieng-tu" => Some(Part::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_site_have_a_part_and_others_none() {
        for (path, part) in [
            ("/", Some(Part::Home)),
            ("/tin-tuc", Some(Part::News)),
            ("/van-ban/29-2019-01ABC", Some(Part::Document)),
            ("/tim-kiem", Some(Part::Search)),
            ("/gop-y/phieu", Some(Part::Other)),
            ("/xem-truoc/abc", None),
            ("/desk", None),
            ("/sign-in", None),
        ] {
            assert_eq!(part_of(path), part, "{path}");
        }
    }
}
