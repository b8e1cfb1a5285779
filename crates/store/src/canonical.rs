//! Canonical JSON of rows: keys in byte order at every depth, no white space. What ledger digests are made of.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::StoreError;

/// The canonical JSON of a row.
pub(crate) fn canonical(row: &impl Serialize) -> Result<String, StoreError> {
    let value = serde_json::to_value(row).map_err(|error| StoreError::Database(error.to_string()))?;
    Ok(sorted(value).to_string())
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut pairs: Vec<(String, Value)> = object.into_iter().collect();
            pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(pairs.into_iter().map(|(key, value)| (key, sorted(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => other,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_stand_in_byte_order_at_every_depth() {
        let value = serde_json::json!({ "b": [{ "z": 1, "a": null }], "a": true });
        assert_eq!(super::canonical(&value).unwrap(), r#"{"a":true,"b":[{"a":null,"z":1}]}"#);
    }
}
