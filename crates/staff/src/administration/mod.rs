//! Looking after the installation: backups, background jobs, what to look at.

mod backup;
mod events;
mod jobs;
mod mail;
mod show;
mod site;
mod times;
mod uploads;
pub mod warning;

use axum::routing::{get, post};
use domain::access::Capability;
use web_kit::form::with_file_of;

use crate::Route;
use crate::gate::Gate;

/// Where it is.
pub const PATH: &str = "/administration";
/// Where background work is.
pub const JOBS: &str = "/administration/jobs";
/// Where its timetable is.
pub const TIMES: &str = "/administration/jobs/times";

/// Where mail is.
pub const MAIL: &str = "/administration/mail";

/// Where the look of the public site is set.
pub const SITE: &str = "/administration/site";

/// Where the limits of uploads are set.
pub const UPLOADS: &str = "/administration/uploads";

/// Where the log of security events is.
pub const EVENTS: &str = "/administration/events";

const MAY: Gate = Gate::May(Capability::Administer);
const PROVED: Gate = Gate::Proved(Capability::Administer);

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, MAY, || get(show::show)),
    Route::post("/administration/backup", PROVED, || post(backup::make)),
    Route::get(JOBS, MAY, || get(jobs::show)),
    Route::post("/administration/jobs/{kind}/run", MAY, || post(jobs::run)),
    Route::get(EVENTS, Gate::May(Capability::ReadSecurityLog), || get(events::show)),
    Route::get(SITE, PROVED, || get(site::show)),
    Route::post(SITE, PROVED, || post(site::save)),
    Route::post("/administration/site/logo", PROVED, || with_file_of(site::MOST_BYTES, post(site::logo))),
    Route::get(MAIL, MAY, || get(mail::show)),
    Route::post("/administration/mail/trial", MAY, || post(mail::try_out)),
    Route::get("/administration/mail/settings", PROVED, || get(mail::settings)),
    Route::post("/administration/mail/settings", PROVED, || post(mail::save)),
    Route::post("/administration/mail/{id}/again", MAY, || post(mail::again)),
    Route::get(UPLOADS, PROVED, || get(uploads::show)),
    Route::post(UPLOADS, PROVED, || post(uploads::save)),
    Route::get(TIMES, PROVED, || get(times::show)),
    Route::post(TIMES, PROVED, || post(times::save)),
];
