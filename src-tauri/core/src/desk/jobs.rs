//! Long calls: how far each has come, and stopping them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

use super::Desk;
use crate::api::Progress;
use crate::error::{Error, Result};
use crate::record::Wire;

/// Names a long call, as its caller named it.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct JobName {
    /// A random text that the caller made up.
    pub job: String,
}

/// Tells how far a long call has come; nothing where none runs by that name or it has not told yet.
pub fn progress(desk: &Desk, asked: &JobName) -> Result<Option<Progress>> {
    Ok(desk.jobs.find(&asked.job).and_then(|job| *held(&job.progress)))
}

/// Asks a long call to stop; it ends as stopped at its next word, with nothing written. One that has ended is left alone.
pub fn stop(desk: &Desk, asked: &JobName) -> Result<()> {
    if let Some(job) = desk.jobs.find(&asked.job) {
        job.stop.store(true, Ordering::Relaxed);
    }
    Ok(())
}

/// The long calls that run.
#[derive(Default)]
pub(super) struct Jobs(Mutex<HashMap<String, Arc<Job>>>);

#[derive(Default)]
struct Job {
    progress: Mutex<Option<Progress>>,
    stop: AtomicBool,
}

/// A long call while it runs; forgotten when it ends, however it ends.
pub(super) struct Running<'j> {
    jobs: &'j Jobs,
    name: String,
    job: Arc<Job>,
}

impl Jobs {
    /// Notes that a call runs; refuses a name that another one has.
    pub fn start(&self, name: &str) -> Result<Running<'_>> {
        let job = Arc::new(Job::default());
        let mut jobs = held(&self.0);
        if jobs.contains_key(name) {
            return Err(Error::Usage(format!("已有名为“{name}”的操作正在进行")));
        }
        jobs.insert(name.to_owned(), Arc::clone(&job));
        Ok(Running { jobs: self, name: name.to_owned(), job })
    }

    fn find(&self, name: &str) -> Option<Arc<Job>> {
        held(&self.0).get(name).cloned()
    }
}

impl Running<'_> {
    /// Notes how far the call has come; [`Error::Stopped`] where somebody asked it to stop.
    pub fn tell(&self, progress: Progress) -> Result<()> {
        *held(&self.job.progress) = Some(progress);
        if self.job.stop.load(Ordering::Relaxed) { Err(Error::Stopped) } else { Ok(()) }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        held(&self.jobs.0).remove(&self.name);
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
