//! The extractors.

use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use http::request::Parts;
use serde::de::DeserializeOwned;

use super::read::{self, Pairs};
use super::{FormKey, FormState, de};
use crate::csrf;
use crate::fault::Fault;
use crate::visitor;

/// A form of ours, sent with the proof that it came from our page: the origin was checked by the server, the token
/// is checked here. The names `csrf` and `form_key` belong to us and never reach `T`.
#[derive(Debug)]
pub struct Form<T> {
    /// The fields.
    pub value: T,
    /// The one-time key, when the form had one.
    pub key: Option<FormKey>,
    /// What was typed, to be shown again.
    pub state: FormState,
}

/// The same as [`Form`], for a form without fields of its own: a button.
pub type Submitted = Form<()>;

/// A form whose fields are data. Nothing of it can be read before [`Fields::only`] has named what may be there.
#[derive(Debug)]
pub struct Fields {
    pairs: Pairs,
    /// The one-time key, when the form had one.
    pub key: Option<FormKey>,
}

impl Fields {
    /// The typed values, when only `known` names were sent, each at most once.
    ///
    /// # Errors
    /// 400 for any other name, and for a name given twice.
    pub fn only(self, known: &[&str]) -> Result<FormState, Fault> {
        let fits =
            self.pairs.iter().all(|(name, values)| known.contains(&name.as_str()) && values.len() == 1);
        if fits { Ok(FormState::typed(&self.pairs)) } else { Err(unknown_field()) }
    }
}

fn unknown_field() -> Fault {
    Fault::bad_request().event("unexpected_field")
}

/// Takes our own fields out of `pairs` and checks the token.
pub(super) fn proven(parts: &Parts, pairs: &mut Pairs) -> Result<Option<FormKey>, Fault> {
    let given = pairs.remove(csrf::FIELD).ok_or_else(Fault::forged)?;
    check_token(parts, &given)?;
    match pairs.remove(FormKey::FIELD).as_deref() {
        None => Ok(None),
        Some([text]) => FormKey::parse(text).map(Some).ok_or_else(unknown_field),
        Some(_) => Err(unknown_field()),
    }
}

pub(super) fn check_token(parts: &Parts, given: &[String]) -> Result<(), Fault> {
    let secret = visitor::of(parts)?.form_secret().ok_or_else(Fault::forged)?;
    match given {
        [given] if csrf::matches(secret, given) => Ok(()),
        _ => Err(Fault::forged()),
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Form<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Form<T>, Fault> {
        let (parts, body) = request.into_parts();
        let mut pairs = read::form(&parts.headers, body).await?;
        let key = proven(&parts, &mut pairs)?;
        let value = de::from_pairs(&pairs).map_err(|error| unknown_field().cause(error))?;
        Ok(Form { value, key, state: FormState::typed(&pairs) })
    }
}

impl<S: Sync> FromRequest<S> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Fields, Fault> {
        let (parts, body) = request.into_parts();
        let mut pairs = read::form(&parts.headers, body).await?;
        let key = proven(&parts, &mut pairs)?;
        Ok(Fields { pairs, key })
    }
}

/// The part of the address after `?`.
#[derive(Debug, Clone)]
pub struct Query<T>(
    /// The fields.
    pub T,
);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query<T>, Fault> {
        let pairs = read::pairs(parts.uri.query().unwrap_or_default().as_bytes())?;
        de::from_pairs(&pairs).map(Query).map_err(|error| Fault::bad_request().cause(error))
    }
}

/// The variable parts of the address, in order: `Path<String>`, `Path<(String, u64)>`. A part that does not fit is
/// a page that does not exist.
#[derive(Debug, Clone)]
pub struct Path<T>(
    /// The parts.
    pub T,
);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Fault> {
        let raw = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Fault::bad_request())?;
        for (_, value) in &raw {
            read::clean(value)?;
        }
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|path| Path(path.0)).map_err(|error| Fault::not_found().cause(error))
    }
}
