//! The schema: the same on both databases, classified, in step with registers and migrations.

use std::collections::BTreeSet;

use domain::register::{FieldKind, Presence, Privacy, Register};
use store::schema::{self, Class, Kind};
use store::{Database, Sources, StoreError, Target};
use testkit::{Office, for_each_backend};

#[test]
fn both_databases_have_the_same_tables_columns_keys_and_unique_sets() {
    let sqlite = schema::living(&Office::on_sqlite().db).unwrap();
    let postgres = schema::living(&Office::on_postgres().db).unwrap();
    assert_eq!(sqlite, postgres);
}

#[test]
fn both_folders_hold_the_migrations_of_the_list_and_nothing_else() {
    for folder in ["sqlite", "postgres"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
        let found: BTreeSet<String> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let listed: BTreeSet<String> =
            schema::migrations().iter().map(|name| format!("{name}.sql")).collect();
        assert_eq!(found, listed, "{folder}");
    }
    let numbers: Vec<usize> = schema::migrations().iter().map(|name| name[..4].parse().unwrap()).collect();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
}

#[test]
fn every_column_has_a_class_and_every_class_a_column() {
    let classes = schema::classes().unwrap();
    let living: BTreeSet<(String, String)> = schema::living(&Office::on_sqlite().db)
        .unwrap()
        .into_iter()
        .flat_map(|table| {
            table.columns.into_iter().map(move |column| (table.name.clone(), column.name)).collect::<Vec<_>>()
        })
        .collect();
    let classified: BTreeSet<(String, String)> = classes
        .iter()
        .flat_map(|(table, columns)| columns.keys().map(move |column| (table.clone(), column.clone())))
        .collect();
    assert_eq!(living, classified);
}

#[test]
fn every_table_is_walked_by_backup_and_transfer() {
    let living: BTreeSet<String> =
        schema::living(&Office::on_sqlite().db).unwrap().into_iter().map(|table| table.name).collect();
    let walked: BTreeSet<String> = schema::load_order().into_iter().map(str::to_owned).collect();
    assert_eq!(living, walked);
}

#[test]
fn each_register_has_a_table_with_its_fields_their_kinds_and_their_privacy() {
    let classes = schema::classes().unwrap();
    let tables = schema::living(&Office::on_sqlite().db).unwrap();
    for register in Register::ALL {
        let table = tables.iter().find(|table| table.name == register.word()).unwrap();
        for field in register.fields() {
            let column = table.columns.iter().find(|column| column.name == field.key).unwrap();
            let kind = match field.kind {
                FieldKind::Count => Kind::Integer,
                FieldKind::Flag => Kind::Bool,
                _ => Kind::Text,
            };
            assert_eq!(column.kind, kind, "{register:?}.{}", field.key);
            assert_eq!(
                column.is_nullable,
                field.presence == Presence::Optional,
                "{register:?}.{}",
                field.key
            );
            let class = match field.privacy {
                Privacy::Public => Class::Public,
                Privacy::Internal => Class::Internal,
                Privacy::Personal => Class::Personal,
            };
            assert_eq!(classes[register.word()][field.key], class, "{register:?}.{}", field.key);
        }
        assert_eq!(table.columns.len(), 9 + register.fields().len());
    }
}

fn bare(office: &Office, name: &str) -> Target {
    if office.is_on_postgres() {
        Target::Postgres(testkit::bare_database(&format!("{name}_{}", std::process::id())))
    } else {
        Target::Sqlite(office.directory.join(name).join("phatngon.db"))
    }
}

#[test]
fn several_migrators_at_once_make_one_schema() {
    for_each_backend(|office| {
        let target = bare(office, "many");
        drop(Database::open_beside(&target, Sources::system()).unwrap());
        let applied: usize = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let db = Database::open_beside(&target, Sources::system()).unwrap();
                        db.migrate().unwrap().len()
                    })
                })
                .collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).sum()
        });
        assert_eq!(applied, schema::migrations().len());
        let db = Database::open_beside(&target, Sources::system()).unwrap();
        assert_eq!(schema::living(&db).unwrap(), schema::living(&office.db).unwrap());
        db.check_migrated().unwrap();
    });
}

#[test]
fn a_schema_upgraded_step_by_step_is_the_fresh_one() {
    for_each_backend(|office| {
        let target = bare(office, "steps");
        let db = Database::open_beside(&target, Sources::system()).unwrap();
        for (index, name) in schema::migrations().into_iter().enumerate() {
            assert!(matches!(db.check_migrated(), Err(StoreError::NotMigrated { .. })));
            let number = i64::try_from(index).unwrap() + 1;
            assert_eq!(schema::migrate_to(&db, number).unwrap(), [name]);
        }
        assert_eq!(schema::living(&db).unwrap(), schema::living(&office.db).unwrap());
        assert_eq!(db.migrate().unwrap(), [""; 0]);
    });
}

#[test]
fn documents_that_were_public_before_are_found_by_their_symbol_and_have_their_state() {
    use domain::publication::effect::Status;
    for_each_backend(|office| {
        let target = bare(office, "related");
        let db = Database::open_beside(&target, Sources::system()).unwrap();
        let names = schema::migrations();
        let step = names.iter().position(|name| name.ends_with("_relate_documents")).unwrap();
        schema::migrate_to(&db, i64::try_from(step).unwrap()).unwrap();
        let [law, letter, gone] =
            ["01J9ZZZZZZZZZZZZZZZZZZZZZ1", "01J9ZZZZZZZZZZZZZZZZZZZZZ2", "01J9ZZZZZZZZZZZZZZZZZZZZZ3"];
        for (id, section, fields, is_withdrawn) in [
            (law, "Quyết định", r#"{"symbol":"07/2020/QĐ-UBND","effective_on":"2020-03-15"}"#, "FALSE"),
            (letter, "Công văn", r#"{"symbol":"12/UBND-VP"}"#, "FALSE"),
            (gone, "Quyết định", "{}", "TRUE"),
        ] {
            testkit::damage(
                &target,
                &format!(
                    "INSERT INTO public_items (id, kind, slug, title, summary, body, section, day, posted_on, fields,
                     files, notes, is_withdrawn, withdrawal_reason, updated_at, changed)
                     VALUES ('{id}', 'document', 's', 't', '', '', '{section}', '2020-03-02', '2020-03-05',
                     '{fields}', '[]', '[]', {is_withdrawn}, '', 0, 0)"
                ),
            );
        }
        db.migrate().unwrap();
        let on = |day: &str| {
            let day = day.parse().unwrap();
            db.read(|r| store::public_relation::statuses(r, &[law, letter, gone], day)).unwrap()
        };
        assert_eq!(on("2020-03-14"), [(law.to_owned(), Status::NotYet)].into());
        assert_eq!(on("2020-03-15"), [(law.to_owned(), Status::InForce)].into());
    });
}

#[test]
fn data_of_a_newer_program_and_a_changed_migration_are_refused() {
    for_each_backend(|office| {
        office.damage("UPDATE schema_migrations SET digest = 'x' WHERE number = 3");
        assert!(
            matches!(office.db.migrate(), Err(StoreError::MigrationChanged(name)) if name == "0003_create_people")
        );
        office.damage("INSERT INTO schema_migrations VALUES (9999, '9999_later', '', 0)");
        let result = Database::open_beside(office.db.target(), Sources::system());
        assert!(matches!(result, Err(StoreError::Newer { found: 9999, .. })));
    });
}

/// The columns that the rows of an inventory name in their first cell; each row says all seven things.
fn inventory(part: &str) -> BTreeSet<String> {
    let rows = part.lines().filter(|line| line.starts_with("| `"));
    let mut columns = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert!(cells.len() == 7 && cells.iter().all(|cell| !cell.is_empty()), "{row}");
        assert!(cells[2].contains("basic") || cells[2].contains("sensitive"), "{row}");
        for name in cells[0].split_whitespace() {
            let column = name.trim_matches('`').to_owned();
            assert!(columns.insert(column), "{name} stands twice");
        }
    }
    columns
}

#[test]
fn sec_pii_01_the_inventory_of_personal_data_names_every_personal_column_and_no_other() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/security/personal-data.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (masked, shown) = text.split_once("\n## ").unwrap();
    let classes = schema::classes().unwrap();
    let of = |wanted: fn(Class) -> bool| -> BTreeSet<String> {
        let columns = classes.iter().flat_map(|(table, columns)| {
            columns
                .iter()
                .filter(move |(_, class)| wanted(**class))
                .map(move |(column, _)| format!("{table}.{column}"))
        });
        columns.collect()
    };
    assert_eq!(inventory(masked), of(|class| class == Class::Personal));
    let others = inventory(shown);
    assert!(others.is_subset(&of(|class| class != Class::Personal && class != Class::Secret)), "{others:?}");
}
