//! Registers as files: what a query finds, and an empty one to fill in.

use axum::response::Response;
use domain::register::Register;
use web_kit::form::{Path, Query};
use web_kit::page::attachment;
use web_kit::{Fault, PageResult};

use super::list::Asked;
use super::of_word;
use crate::Staff;
use crate::refusal::fault;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

pub(super) async fn export_xlsx(
    staff: Staff,
    Path(word): Path<String>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let register = of_word(&word)?;
    let query = narrowed(&asked, register)?;
    let bytes =
        staff.run(move |app, actor| app::register::export_xlsx(app, actor, &query)).await.map_err(fault)?;
    Ok(file(&staff, register, bytes, (XLSX, "xlsx")))
}

pub(super) async fn export_csv(
    staff: Staff,
    Path(word): Path<String>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let register = of_word(&word)?;
    let query = narrowed(&asked, register)?;
    let bytes =
        staff.run(move |app, actor| app::register::export_csv(app, actor, &query)).await.map_err(fault)?;
    Ok(file(&staff, register, bytes, (CSV, "csv")))
}

/// A day that cannot be read must not silently export more than was meant.
fn narrowed(asked: &Asked, register: Register) -> Result<app::register::Query, Fault> {
    let (query, form) = asked.query(register);
    if form.has_errors() { Err(Fault::bad_request()) } else { Ok(query) }
}

pub(super) async fn template(staff: Staff, Path(word): Path<String>) -> PageResult {
    let register = of_word(&word)?;
    let bytes = staff.run(move |_, _| app::register::template_xlsx(register)).await.map_err(fault)?;
    let name =
        format!("{} ({}).xlsx", super::name(staff.t(), register), staff.t().text("register_list.blank"));
    Ok(attachment(bytes, XLSX, &name))
}

fn file(staff: &Staff, register: Register, bytes: Vec<u8>, (kind, ending): (&'static str, &str)) -> Response {
    let name = format!("{} {}.{ending}", super::name(staff.t(), register), staff.state.app.today());
    attachment(bytes, kind, &name)
}
