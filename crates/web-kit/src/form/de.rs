//! Named texts to a type. The type's own list of fields decides what may be there, so nobody has to remember to
//! refuse the rest; a field given twice is refused unless its type is a list.

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::read::Pairs;

type Error = de::value::Error;

/// Reads a struct from `pairs`.
pub(super) fn from_pairs<T: DeserializeOwned>(pairs: &Pairs) -> Result<T, Error> {
    T::deserialize(Top(pairs))
}

struct Top<'a>(&'a Pairs);

impl<'de> de::Deserializer<'de> for Top<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(de::Error::custom("a form needs a struct with named fields"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.0.keys().any(|name| !fields.contains(&name.as_str())) {
            return Err(de::Error::custom("a field that is not of this form"));
        }
        visitor.visit_map(Entries { rest: self.0.iter(), values: None })
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_empty() { visitor.visit_unit() } else { Err(de::Error::custom("no field is expected")) }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Entries<'a> {
    rest: std::collections::btree_map::Iter<'a, String, Vec<String>>,
    values: Option<&'a [String]>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((name, values)) = self.rest.next() else { return Ok(None) };
        self.values = Some(values);
        let name: StrDeserializer<'_, Error> = name.as_str().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let values = self.values.take().unwrap_or_default();
        seed.deserialize(One(values))
    }
}

/// The values of one name.
struct One<'a>(&'a [String]);

impl<'a> One<'a> {
    fn text(&self) -> Result<&'a str, Error> {
        match self.0 {
            [text] => Ok(text),
            _ => Err(de::Error::custom("a field given twice")),
        }
    }

    fn parsed<T: std::str::FromStr>(&self) -> Result<T, Error> {
        self.text()?.parse().map_err(|_| de::Error::custom("not a number in range"))
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.parsed()?)
        })*
    };
}

impl<'de> de::Deserializer<'de> for One<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text()?)
    }

    /// A check box: there and on, or not there.
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text()? {
            "on" | "true" | "1" => visitor.visit_bool(true),
            "false" | "0" => visitor.visit_bool(false),
            _ => Err(de::Error::custom("not yes or no")),
        }
    }

    numbers! {
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
        deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32 deserialize_u64 visit_u64
    }

    /// An empty field is no value.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.text()?.is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(All(self.0.iter()))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let word: StrDeserializer<'_, Error> = self.text()?.into_deserializer();
        visitor.visit_enum(word)
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier
        ignored_any
    }
}

struct All<'a>(std::slice::Iter<'a, String>);

impl<'de> SeqAccess<'de> for All<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|value| seed.deserialize(One(std::slice::from_ref(value)))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::pairs;
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Order {
        Up,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Shape {
        name: String,
        #[serde(default)]
        page: Option<u32>,
        #[serde(default)]
        chosen: Vec<String>,
        #[serde(default)]
        agreed: bool,
        #[serde(default)]
        order: Option<Order>,
    }

    fn read(text: &str) -> Result<Shape, Error> {
        from_pairs(&pairs(text.as_bytes()).unwrap())
    }

    #[test]
    fn a_form_is_read_into_its_type() {
        let full = read("name=a&page=3&chosen=x&chosen=y&agreed=on&order=up").unwrap();
        let chosen = vec!["x".into(), "y".into()];
        let order = Some(Order::Up);
        assert_eq!(full, Shape { name: "a".into(), page: Some(3), chosen, agreed: true, order });
        let bare = read("name=&page=").unwrap();
        let none = Shape { name: String::new(), page: None, chosen: vec![], agreed: false, order: None };
        assert_eq!(bare, none);
    }

    #[test]
    fn sec_gen_a07_unknown_and_doubled_fields_are_refused() {
        for bad in
            ["name=a&role=admin", "name=a&name=b", "page=1", "name=a&page=1&page=2", "name=a&order=sideways"]
        {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn sec_gen_a09_numbers_out_of_range_are_refused() {
        for bad in ["-1", "4294967296", "9223372036854775808", "1e3", "０"] {
            assert!(read(&format!("name=a&page={bad}")).is_err(), "{bad}");
        }
    }
}
