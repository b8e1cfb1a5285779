//! Names, succession, invariants, and the shipped units of Kim Bảng.

use super::*;
use jiff::civil::date;

fn id(number: u128) -> UnitId {
    UnitId::from_parts(0, number)
}

fn unit(number: u128, name: &str, parent: Option<u128>, valid_to: Option<Day>) -> Unit {
    Unit {
        id: id(number),
        name: name.to_owned(),
        short_name: name.replace("Ủy ban nhân dân", "UBND"),
        kind: UnitKind::Commune,
        parent: parent.map(id),
        valid_from: None,
        valid_to,
        aliases: vec!["Xã Thanh Sơn".to_owned()],
        tasks: Vec::new(),
    }
}

fn link(predecessor: u128, successor: u128, on: Day) -> Link {
    Link { predecessor: id(predecessor), successor: id(successor), on, basis: "Nghị quyết".to_owned() }
}

#[test]
fn a_unit_is_found_by_any_of_its_names_while_it_exists() {
    let units = vec![unit(1, "Ủy ban nhân dân xã Thanh Sơn", None, Some(date(2025, 6, 30)))];
    let tree = Tree::new(units, Vec::new()).unwrap();
    for name in ["Uỷ ban nhân dân xã Thanh Sơn", "UBND xã Thanh Sơn", "xã thanh  sơn"] {
        assert!(tree.find(name, date(2020, 1, 1)).is_some(), "{name}");
    }
    assert!(tree.find("UBND xã Thanh Sơn", date(2025, 7, 1)).is_none());
}

#[test]
fn succession_is_followed_through_two_changes_and_to_several_units() {
    let units = vec![
        unit(1, "huyện", None, Some(date(2024, 12, 31))),
        unit(2, "thị xã", None, Some(date(2025, 6, 30))),
        unit(3, "phường A", None, None),
        unit(4, "phường B", None, None),
    ];
    let links =
        vec![link(1, 2, date(2025, 1, 1)), link(2, 3, date(2025, 7, 1)), link(2, 4, date(2025, 7, 1))];
    let tree = Tree::new(units, links).unwrap();
    let names = |day| tree.successors(id(1), day).iter().map(|unit| unit.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(date(2025, 3, 1)), ["thị xã"]);
    assert_eq!(names(date(2026, 1, 1)), ["phường A", "phường B"]);
    assert!(names(date(2020, 1, 1)).is_empty());
}

#[test]
fn a_tree_that_breaks_an_invariant_is_refused() {
    let cycle = vec![unit(1, "a", Some(2), None), unit(2, "b", Some(1), None)];
    assert!(matches!(Tree::new(cycle, Vec::new()), Err(BadTree::Cycle(_))));
    assert!(matches!(Tree::new(vec![unit(1, "a", Some(9), None)], Vec::new()), Err(BadTree::Missing(_))));
    let living = vec![unit(1, "a", None, None), unit(2, "b", None, None)];
    assert!(matches!(Tree::new(living, vec![link(1, 2, date(2025, 1, 1))]), Err(BadTree::NotEnded(_))));
}

#[test]
fn units_below_come_after_the_one_above() {
    let units = vec![
        unit(1, "gốc", None, None),
        unit(2, "x", Some(1), None),
        unit(3, "y", Some(2), None),
        unit(4, "z", Some(1), None),
    ];
    let tree = Tree::new(units, Vec::new()).unwrap();
    let below: Vec<_> = tree
        .below(id(1), date(2026, 1, 1))
        .into_iter()
        .map(|(depth, unit)| (depth, unit.name.clone()))
        .collect();
    assert_eq!(below, [(1, "x".to_owned()), (2, "y".to_owned()), (1, "z".to_owned())]);
}

fn kim_bang() -> (Tree, impl Fn(&str) -> UnitId) {
    let seeds = Seeds::kim_bang();
    let codes: Vec<String> = seeds.units.iter().map(|seed| seed.code.clone()).collect();
    let id_of =
        move |code: &str| id(codes.iter().position(|own| own == code).map_or(999, |at| at as u128 + 1));
    let (units, links) = seeds.units_and_links(&id_of);
    (Tree::new(units, links).unwrap(), id_of)
}

fn names_of(units: &[&Unit]) -> Vec<String> {
    units.iter().map(|unit| unit.short_name.clone()).collect()
}

#[test]
fn kim_bang_of_2020_has_2_towns_16_communes_12_departments_and_a_radio_station() {
    let (tree, id_of) = kim_bang();
    let count = |kind| {
        tree.children(id_of("huyen-kim-bang"), date(2020, 11, 20)).filter(|unit| unit.kind == kind).count()
    };
    let kinds = [
        UnitKind::Town,
        UnitKind::Commune,
        UnitKind::Department,
        UnitKind::Office,
        UnitKind::RadioStation,
        UnitKind::Ward,
    ];
    assert_eq!(kinds.map(count), [2, 16, 11, 1, 1, 0]);
}

#[test]
fn every_commune_of_2020_ends_in_one_of_six_wards_as_it_was_planned() {
    let (tree, id_of) = kim_bang();
    for (code, ward) in [
        ("xa-dai-cuong", "UBND phường Lê Hồ"),
        ("xa-nguyen-uy", "UBND phường Nguyễn Úy"),
        ("xa-thanh-son", "UBND phường Lý Thường Kiệt"),
        ("xa-nhat-tan", "UBND phường Kim Thanh"),
        ("xa-nhat-tuu", "UBND phường Kim Thanh"),
        ("thi-tran-ba-sao", "UBND phường Tam Chúc"),
        ("thi-tran-que", "UBND phường Kim Bảng"),
    ] {
        assert_eq!(names_of(&tree.successors(id_of(code), date(2026, 7, 1))), [ward], "{code}");
    }
    for unit in tree.children(id_of("huyen-kim-bang"), date(2020, 11, 20)) {
        assert!(!tree.successors(unit.id, date(2026, 7, 1)).is_empty(), "{} has no successor", unit.name);
    }
    assert_eq!(tree.successors(id_of("huyen-kim-bang"), date(2026, 7, 1)).len(), 6);
}

#[test]
fn a_commune_that_stayed_keeps_the_committee_above_it_in_old_reports() {
    let (tree, id_of) = kim_bang();
    let above = |day| {
        let unit = tree.find("UBND xã Thanh Sơn", day).unwrap();
        names_of(&tree.ancestors(unit.id))
    };
    assert_eq!(above(date(2020, 11, 20)), ["UBND huyện Kim Bảng", "UBND tỉnh Hà Nam"]);
    assert_eq!(above(date(2025, 3, 1)), ["UBND thị xã Kim Bảng", "UBND tỉnh Hà Nam"]);
    let same = tree.successors(id_of("xa-thanh-son"), date(2025, 3, 1));
    assert_eq!(names_of(&same), ["UBND xã Thanh Sơn"]);
}

#[test]
fn press_and_portal_of_the_department_of_information_went_to_two_departments() {
    let (tree, id_of) = kim_bang();
    let heir = |task, day| {
        tree.successor_for(id_of("so-tttt-ha-nam"), task, day).map(|unit| unit.short_name.clone())
    };
    assert_eq!(heir(Task::Press, date(2025, 3, 1)).as_deref(), Some("Sở VHTTDL Hà Nam"));
    assert_eq!(heir(Task::Portal, date(2025, 3, 1)).as_deref(), Some("Sở KHCN Hà Nam"));
    assert_eq!(heir(Task::Press, date(2026, 7, 1)).as_deref(), Some("Sở VHTT Ninh Bình"));
    assert_eq!(heir(Task::Press, date(2020, 7, 1)).as_deref(), Some("Sở TTTT Hà Nam"));
    assert_eq!(heir(Task::Reception, date(2026, 7, 1)), None);
}

#[test]
fn units_are_found_by_what_clerks_write() {
    let (tree, _) = kim_bang();
    let day = date(2020, 11, 20);
    for (written, name) in [
        ("Phòng VHTT", "Phòng Văn hóa và Thông tin"),
        ("phòng văn hoá, thông tin", "Phòng Văn hóa và Thông tin"),
        ("Phong Van hoa va Thong tin", "Phòng Văn hóa và Thông tin"),
        ("Uỷ ban nhân dân xã Thụy Lôi", "Ủy ban nhân dân xã Thụy Lôi"),
        ("UBND  XÃ THUỴ LÔI", "Ủy ban nhân dân xã Thụy Lôi"),
        ("TT Quế", "Ủy ban nhân dân thị trấn Quế"),
        ("UBND TT. Ba Sao", "Ủy ban nhân dân thị trấn Ba Sao"),
        ("Đài truyền thanh huyện", "Đài Truyền thanh huyện"),
        ("Sở Thông tin - Truyền thông", "Sở Thông tin và Truyền thông tỉnh Hà Nam"),
        ("Phòng Tài nguyên và Môi trường huyện Kim Bảng", "Phòng Tài nguyên và Môi trường"),
    ] {
        assert_eq!(tree.find(written, day).map(|unit| unit.name.as_str()), Some(name), "{written}");
    }
    assert_eq!(tree.find("Phòng Khoáng sản", day), None);
    assert_eq!(tree.find("", day), None);
}

#[test]
fn a_loose_name_that_fits_two_units_finds_none() {
    let mut one = unit(1, "Phòng Đất", None, None);
    let mut two = unit(2, "Phòng Dạt", None, None);
    one.aliases.clear();
    two.aliases.clear();
    let tree = Tree::new(vec![one, two], Vec::new()).unwrap();
    assert_eq!(tree.find("phong dat", date(2020, 1, 1)), None);
    assert!(tree.find("phòng đất", date(2020, 1, 1)).is_some());
}

#[test]
fn what_is_only_planned_or_inferred_is_marked() {
    let seeds = Seeds::kim_bang();
    let ward = seeds.units.iter().find(|unit| unit.code == "so-vhtt-ninh-binh").unwrap();
    assert!(ward.confidence.is_doubtful());
    let links = seeds.links.iter().filter(|link| link.on == date(2025, 7, 1));
    assert!(links.into_iter().all(|link| link.confidence.is_doubtful()));
}

#[test]
fn all_faults_of_a_seed_file_are_told_at_once_with_the_unit() {
    let text = r#"
[[unit]]
code = "a"
name = ""
short_name = "A"
kind = "department"
parent = "nowhere"
confidence = "read_in_text"
source = "x"

[[unit]]
code = "b"
name = "B"
short_name = "B"
kind = "castle"
confidence = "read_in_text"
source = "x"

[[link]]
predecessor = "a"
successor = "c"
on = "2025-07-01"
basis = "x"
confidence = "doubtful"
"#;
    let faults = Seeds::parse(text).unwrap_err().0;
    for expected in ["a: name is empty", "a: parent \"nowhere\"", "unit b: ", "a -> c"] {
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{expected}: {faults:?}");
    }
}
