//! Making a backup.

use app::overseeing;
use web_kit::PageResult;
use web_kit::form::Submitted;
use web_kit::page::redirect_with_notice;
use words::key;

use super::PATH;
use crate::gate::Staff;
use crate::refusal;

/// Makes one, once for each time the page was opened.
pub async fn make(staff: Staff, form: Submitted) -> PageResult {
    let worker = staff.clone();
    let work = async move { worker.run(overseeing::make_backup).await.map(|_| PATH.to_owned()) };
    let path = staff.state.once(form.key.as_ref(), work).await.map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, &path, key!("administration.notice.backup")))
}
