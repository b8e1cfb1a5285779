use std::collections::BTreeSet;

use super::*;
use crate::text;
use jiff::civil::date;

#[test]
fn every_register_is_found_by_its_word_and_words_are_unique() {
    let words: BTreeSet<_> = Register::ALL.iter().map(|register| register.word()).collect();
    assert_eq!(words.len(), Register::ALL.len());
    for register in Register::ALL {
        assert_eq!(Register::from_word(register.word()), Some(register));
    }
}

#[test]
fn the_fields_named_as_key_day_and_title_exist() {
    for register in Register::ALL {
        let fields: BTreeSet<_> = register.fields().iter().map(|field| field.key).collect();
        assert_eq!(fields.len(), register.fields().len(), "a field stands twice in {register:?}");
        for key in register.key_fields() {
            assert!(fields.contains(key), "{register:?}: no key field {key}");
        }
        assert_eq!(register.field(register.day_field()).map(|field| field.kind), Some(FieldKind::Day));
        assert!(fields.contains(register.title_field()));
    }
}

#[test]
fn headings_and_words_are_nfc_and_no_word_list_has_an_ambiguous_spelling() {
    for register in Register::ALL {
        for field in register.fields() {
            assert!(!field.headings.is_empty());
            for heading in field.headings {
                assert_eq!(*heading, text::clean_line(heading));
            }
            if let FieldKind::Word(words) = field.kind {
                let mut seen = BTreeSet::new();
                for (_, spellings) in words {
                    for spelling in *spellings {
                        assert!(seen.insert(text::fold(spelling)), "{register:?}.{}: {spelling}", field.key);
                    }
                }
            }
        }
    }
}

#[test]
fn the_document_registers_keep_the_decrees_columns_in_the_decrees_order() {
    let outgoing: Vec<_> = Register::OutgoingDocuments.fields().iter().take(10).map(|f| f.key).collect();
    assert_eq!(
        outgoing,
        [
            "symbol",
            "issued_on",
            "summary",
            "signer",
            "recipients",
            "file_copy_holder",
            "copies",
            "sent_on",
            "receipt",
            "note"
        ]
    );
    let incoming: Vec<_> = Register::IncomingDocuments.fields().iter().take(10).map(|f| f.key).collect();
    assert_eq!(
        incoming,
        [
            "arrived_on",
            "arrival_number",
            "author",
            "symbol",
            "issued_on",
            "summary",
            "handler",
            "forwarded_on",
            "receipt",
            "note"
        ]
    );
}

#[test]
fn canonical_json_is_read_back_equal() {
    let register = Register::Questions;
    let mut values = Values::new();
    let set = |values: &mut Values, key: &str, value: Value| {
        assert!(values.set(register.field(key).unwrap(), value));
    };
    set(&mut values, "subject", Value::Text("Thủ tục cấp \"giấy\" | đất".into()));
    set(&mut values, "received_on", Value::Day(date(2020, 12, 24)));
    set(&mut values, "track", Value::Word("question"));
    let json = values.to_canonical_json();
    assert_eq!(
        json,
        r#"{"received_on":"2020-12-24","subject":"Thủ tục cấp \"giấy\" | đất","track":"question"}"#
    );
    assert_eq!(Values::from_canonical_json(register, &json), Some(values));
}

#[test]
fn a_value_of_the_wrong_kind_is_not_set() {
    let mut values = Values::new();
    let field = Register::Questions.field("received_on").unwrap();
    assert!(!values.set(field, Value::Text("20/11/2020".into())));
    let track = Register::Questions.field("track").unwrap();
    assert!(!values.set(track, Value::Word("unknown")));
    assert!(values.is_empty());
}

#[test]
fn the_key_does_not_see_case_spaces_or_the_style_of_tone_marks() {
    let key = |title: &str| {
        let mut values = Values::new();
        values.set(Register::News.field("posted_on").unwrap(), Value::Day(date(2020, 3, 2)));
        values.set(Register::News.field("title").unwrap(), Value::Text(title.into()));
        values.key(Register::News)
    };
    assert_eq!(key("Hoà bình  ở Kim Bảng"), key("HÒA BÌNH Ở KIM BẢNG"));
    assert_ne!(key("Hòa bình"), key("Hoa binh"));
}
