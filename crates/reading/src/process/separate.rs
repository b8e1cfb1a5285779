//! The side of the program that asks: starts the helper, hands it the file, takes the answer, ends it in time.

use std::io::{Read as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use rustix::process::{Pid, Signal, kill_process_group};

use super::{Bounds, COMMAND, Unread, helper};
use crate::file::{Answer, Ask};
use crate::limits::{Limits, Refused};

/// Helpers at a time: each may take half a gigabyte.
const AT_ONCE: usize = 2;

/// Reads files in helper processes. Cheap to clone; clones share the number of helpers.
#[derive(Debug, Clone)]
pub struct Separate {
    program: PathBuf,
    free: Arc<(Mutex<usize>, Condvar)>,
}

/// A place among the helpers, given back when dropped.
struct Place<'a>(&'a Separate);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let (free, freed) = &*self.0.free;
        *free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        freed.notify_one();
    }
}

impl Separate {
    /// `program` called with [`COMMAND`] and the word of a question must call [`super::help`].
    pub fn new(program: PathBuf) -> Separate {
        Separate { program, free: Arc::new((Mutex::new(AT_ONCE), Condvar::new())) }
    }

    fn place(&self) -> Place<'_> {
        let (free, freed) = &*self.free;
        let mut left = free.lock().unwrap_or_else(PoisonError::into_inner);
        while *left == 0 {
            left = freed.wait(left).unwrap_or_else(PoisonError::into_inner);
        }
        *left -= 1;
        Place(self)
    }

    /// Asks a helper about a file. Blocks: not for async threads.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn read(&self, ask: Ask, bytes: &[u8]) -> Result<Answer, Unread> {
        if bytes.len() > Limits::of(ask).bytes {
            return Ok(Answer::Refused(Refused::TooLarge));
        }
        let _place = self.place();
        let mut child = Command::new(&self.program)
            .arg(COMMAND)
            .arg(ask.word())
            .env_clear()
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| Unread::NotStarted)?;
        converse(&mut child, bytes, Bounds::of(ask))
    }
}

/// Hands over the file and takes the answer; whatever happens, the helper and what it started are ended.
fn converse(child: &mut Child, bytes: &[u8], bounds: Bounds) -> Result<Answer, Unread> {
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw).ok_or(Unread::NotStarted)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else { return Err(Unread::NotStarted) };
    let (done, ended) = mpsc::channel::<()>();
    let (told, too_long) = thread::scope(|scope| {
        // A helper that does not want the rest of the file closes its side; that is no fault of ours.
        scope.spawn(move || drop(stdin.write_all(bytes)));
        let watch = scope.spawn(move || {
            let is_over = ended.recv_timeout(bounds.wall) == Err(RecvTimeoutError::Timeout);
            // Not waited for yet, so the number cannot belong to anybody else.
            let _ = kill_process_group(group, Signal::KILL);
            is_over
        });
        let mut told = Vec::new();
        let read = stdout.take(bounds.answer + 1).read_to_end(&mut told);
        drop(done);
        let too_long = watch.join().unwrap_or(false);
        (read.is_ok().then_some(told), too_long)
    });
    let _ = child.wait();
    if too_long {
        return Err(Unread::TooLong);
    }
    let told = told.filter(|told| told.len() as u64 <= bounds.answer).ok_or(Unread::Died)?;
    helper::read(&told).ok_or(Unread::Died)
}
