//! What limits are counted by: the working calendar, the dated rules, the calculator that explains itself.

mod add;
mod calculator;
mod calendar;
mod chain;
mod closing;
mod day;
pub(crate) mod duty;
mod ground;
mod law;
mod month;
mod template;

use axum::routing::{get, post};
use domain::access::Capability;

use crate::Route;
use crate::gate::Gate;

/// Where the calendar is.
pub const CALENDAR: &str = "/calendar";
/// Where the rules are.
pub const LAW: &str = "/law";
/// Where the templates of reports are.
const TEMPLATES: &str = "/law/templates";
/// Where the chains of clearance are.
const CHAINS: &str = "/law/chains";
/// Where the rows of the list of duties are.
pub const DUTIES: &str = "/law/duties";
/// Where the calculator is.
pub const DEADLINE: &str = "/deadline";

const READ: Gate = Gate::May(Capability::ReadReports);
const WRITE_CALENDAR: Gate = Gate::May(Capability::WriteCalendar);
const WRITE_LAW: Gate = Gate::May(Capability::WriteLaw);

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(CALENDAR, READ, || get(calendar::show)),
    Route::get("/calendar/day", WRITE_CALENDAR, || get(day::ask)),
    Route::post("/calendar/day", WRITE_CALENDAR, || post(day::set)),
    Route::post("/calendar/confirm", WRITE_CALENDAR, || post(day::confirm)),
    Route::get(LAW, READ, || get(law::show)),
    Route::get("/law/new", WRITE_LAW, || get(add::begin)),
    Route::post("/law/new", WRITE_LAW, || post(add::add)),
    Route::get("/law/grounds/new", WRITE_LAW, || get(ground::begin)),
    Route::post("/law/grounds/new", WRITE_LAW, || post(ground::add)),
    Route::get("/law/closings/new", WRITE_LAW, || get(closing::begin)),
    Route::post("/law/closings/new", WRITE_LAW, || post(closing::add)),
    Route::get(CHAINS, READ, || get(chain::list)),
    Route::get("/law/chains/new", WRITE_LAW, || get(chain::begin)),
    Route::post("/law/chains/new", WRITE_LAW, || post(chain::add)),
    Route::get("/law/duties/new", WRITE_LAW, || get(duty::begin)),
    Route::post("/law/duties/new", WRITE_LAW, || post(duty::add)),
    Route::get("/law/duties/{id}", READ, || get(duty::show)),
    Route::get("/law/duties/{id}/end", WRITE_LAW, || get(duty::ask_end)),
    Route::post("/law/duties/{id}/end", WRITE_LAW, || post(duty::end)),
    Route::get("/law/templates/new", WRITE_LAW, || get(template::begin)),
    Route::post("/law/templates/new", WRITE_LAW, || post(template::add)),
    Route::get("/law/templates/{id}", READ, || get(template::show)),
    Route::get(DEADLINE, READ, || get(calculator::show)),
];
