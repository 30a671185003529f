//! The checks of a session: waiting, under way, done, cancelled or failed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use serde::Serialize;

use super::upload::Upload;
use super::{SEVERITIES, words};
use crate::check::Tongue;
use crate::gate::Gate;
use crate::loopback::locked;
use crate::message::{Message, message};
use crate::pairing::Found;
use crate::report::{Pair, Totals, Verdict};
use crate::review::{Counts, Session};
use crate::run::{self, Failure, Input, Settings, Stage};

/// The most checks that a session keeps.
const MOST: usize = 200;

/// All checks of a session.
pub(super) struct Checks {
    all: Mutex<Kept>,
    queue: Sender<Arc<Check>>,
    waiting: Mutex<Receiver<Arc<Check>>>,
    held: Arc<AtomicU64>,
    /// The most bytes that they hold together.
    total: u64,
}

#[derive(Default)]
struct Kept {
    last: u32,
    checks: BTreeMap<u32, Arc<Check>>,
}

/// Room for some bytes among those that a session may hold; given back when it is dropped.
pub(super) struct Room {
    held: Arc<AtomicU64>,
    bytes: u64,
}

impl Drop for Room {
    fn drop(&mut self) {
        self.held.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

impl Checks {
    pub(super) fn new(total: u64) -> Checks {
        let (queue, waiting) = channel();
        let waiting = Mutex::new(waiting);
        Checks { all: Mutex::default(), queue, waiting, held: Arc::default(), total }
    }

    /// Room for so many bytes; `None` when there is none.
    pub(super) fn room(&self, bytes: u64) -> Option<Room> {
        let more = |held: u64| held.checked_add(bytes).filter(|held| *held <= self.total);
        self.held.try_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        Some(Room { held: Arc::clone(&self.held), bytes })
    }

    /// How many bytes they hold together.
    pub(super) fn held(&self) -> u64 {
        self.held.load(Ordering::Relaxed)
    }

    /// Has something checked as soon as others are done, and gives its number; `None` when there are too many.
    pub(super) fn begin(&self, upload: Upload, room: Room) -> Option<u32> {
        let mut all = locked(&self.all);
        if all.checks.len() >= MOST {
            return None;
        }
        all.last += 1;
        let number = all.last;
        let check = Check {
            number,
            upload,
            cancelled: AtomicBool::new(false),
            state: Mutex::new(State::Waiting),
            _room: room,
        };
        let check = Arc::new(check);
        all.checks.insert(number, Arc::clone(&check));
        // the other end is in here, too
        let _ = self.queue.send(check);
        Some(number)
    }

    /// Waits for the next that is to be checked.
    pub(super) fn next(&self) -> Option<Arc<Check>> {
        locked(&self.waiting).recv().ok()
    }

    pub(super) fn get(&self, number: u32) -> Option<Arc<Check>> {
        locked(&self.all).checks.get(&number).cloned()
    }

    pub(super) fn remove(&self, number: u32) {
        locked(&self.all).checks.remove(&number);
    }

    /// All of them, in the order in which they came.
    pub(super) fn all(&self) -> Vec<Arc<Check>> {
        locked(&self.all).checks.values().cloned().collect()
    }
}

/// Something that is checked.
pub(super) struct Check {
    pub(super) number: u32,
    pub(super) upload: Upload,
    cancelled: AtomicBool,
    state: Mutex<State>,
    _room: Room,
}

enum State {
    Waiting,
    /// How many pairs are done, of how many, and what the one is taken through if there is one.
    Running {
        done: usize,
        all: usize,
        stage: Stage,
    },
    Done(Arc<Done>),
    Cancelled,
    Failed(Message),
}

/// What was found.
pub(super) struct Done {
    pub(super) session: Mutex<Session>,
    /// What could not be checked.
    pub(super) failed: Vec<Message>,
    /// What else is to be said.
    pub(super) notes: Vec<Message>,
    summary: Mutex<Summary>,
}

#[derive(Clone, Copy, Serialize)]
struct Summary {
    /// The findings that count, the gravest first.
    counts: [usize; 3],
    passes: bool,
    /// How far the review is.
    review: Counts,
    pairs: usize,
    /// How many could not be checked.
    failed: usize,
}

/// A check as the page shows it.
#[derive(Serialize)]
pub(super) struct View {
    number: u32,
    name: String,
    /// `waiting`, `running`, `done`, `cancelled` or `failed`.
    state: &'static str,
    /// Of a running one: how many pairs are done, of how many, and what one is taken through.
    progress: Option<(usize, usize, &'static str)>,
    summary: Option<Summary>,
    /// Why it failed.
    why: Option<String>,
}

impl Check {
    /// Ends it, wherever it is: what is under way of it ends with its stage.
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
        let mut state = locked(&self.state);
        if matches!(*state, State::Waiting | State::Running { .. }) {
            *state = State::Cancelled;
        }
    }

    pub(super) fn fail(&self, why: Message) {
        self.turn(State::Failed(why));
    }

    pub(super) fn done(&self) -> Option<Arc<Done>> {
        match &*locked(&self.state) {
            State::Done(done) => Some(Arc::clone(done)),
            _ => None,
        }
    }

    pub(super) fn view(&self, tongue: Tongue) -> View {
        let (number, name) = (self.number, self.upload.name());
        let view = View { number, name, state: "waiting", progress: None, summary: None, why: None };
        match &*locked(&self.state) {
            State::Waiting => view,
            State::Running { done, all, stage } => {
                let stage = match stage {
                    Stage::Aligning => "aligning",
                    Stage::Encoding => "encoding",
                    Stage::Checking => "checking",
                };
                View { state: "running", progress: Some((*done, *all, stage)), ..view }
            }
            State::Done(done) => View { state: "done", summary: Some(*locked(&done.summary)), ..view },
            State::Cancelled => View { state: "cancelled", ..view },
            State::Failed(why) => View { state: "failed", why: Some(why.said(tongue).into_owned()), ..view },
        }
    }

    /// Takes all pairs through all stages; does nothing if it was cancelled before.
    pub(super) fn run(&self, settings: &Settings, baseline: Option<&Path>) {
        let ended = self.checked(settings, baseline).unwrap_or_else(|failure| match failure {
            Failure::Cancelled => State::Cancelled,
            failure => State::Failed(words::failure(&failure)),
        });
        self.turn(ended);
    }

    fn checked(&self, settings: &Settings, baseline: Option<&Path>) -> Result<State, Failure> {
        self.go_on()?;
        let below = self.upload.found(&settings.meant)?;
        let all = below.found.len();
        self.turn(State::Running { done: 0, all, stage: Stage::Aligning });
        let mut notes: Vec<Message> = below.unread().iter().map(|kinds| words::unread(kinds)).collect();
        let outcomes: Vec<_> = below
            .found
            .into_par_iter()
            .map(|found| {
                let name = found.path().to_string_lossy().into_owned();
                let outcome = self.pair(found, settings);
                self.progress(|done, _| *done += 1);
                (name, outcome)
            })
            .collect();
        self.go_on()?;
        let (mut pairs, mut failed, mut unseen) = (Vec::new(), Vec::new(), 0);
        for (name, outcome) in outcomes {
            match outcome {
                Ok(checked) => {
                    unseen += usize::from(checked.unseen);
                    notes.extend(read_as(&checked.pair));
                    pairs.push(checked.pair);
                }
                // what failed names its file, but for what has none
                Err(failure @ Failure::File(_)) => failed.push(words::failure(&failure)),
                Err(failure) => failed.push(message!("error-at", path = name, what = failure.message())),
            }
        }
        if unseen > 0 {
            notes.push(words::unseen(unseen));
        }
        if pairs.is_empty() {
            let all =
                failed.into_iter().reduce(|before, more| message!("lines", before = before, more = more));
            return Ok(State::Failed(all.unwrap_or_else(|| Message::alike(""))));
        }
        let session = match Session::new(pairs, baseline, &settings.limits) {
            Ok(session) => session,
            Err(failure) => return Ok(State::Failed(failure.message())),
        };
        let summary = Summary {
            counts: [0; 3],
            passes: true,
            review: Counts::default(),
            pairs: session.pairs().len(),
            failed: failed.len(),
        };
        let done = Done { session: Mutex::new(session), failed, notes, summary: Mutex::new(summary) };
        done.count(settings.gate());
        Ok(State::Done(Arc::new(done)))
    }

    fn pair(&self, found: Found, settings: &Settings) -> Result<run::Checked, Failure> {
        let content = |path: &Path| {
            self.go_on()?;
            Ok(self.upload.content(path).map(<[u8]>::to_vec))
        };
        let begins = |stage| {
            self.progress(|_, now| *now = stage);
            self.go_on()
        };
        run::pair_of(&Input::from(found), settings, &content, &begins)
    }

    fn progress(&self, change: impl FnOnce(&mut usize, &mut Stage)) {
        if let State::Running { done, stage, .. } = &mut *locked(&self.state) {
            change(done, stage);
        }
    }

    fn go_on(&self) -> Result<(), Failure> {
        match self.cancelled.load(Ordering::Relaxed) {
            true => Err(Failure::Cancelled),
            false => Ok(()),
        }
    }

    /// What was cancelled stays so.
    fn turn(&self, state: State) {
        let mut own = locked(&self.state);
        if !matches!(*own, State::Cancelled) {
            *own = state;
        }
    }
}

impl Done {
    /// Counts again what was found and decided.
    pub(super) fn count(&self, gate: Gate) {
        let mut session = locked(&self.session);
        let totals: Totals = session.judged(gate).iter().collect();
        let mut summary = locked(&self.summary);
        summary.counts = SEVERITIES.map(|severity| totals.count(severity));
        summary.passes = totals.verdict == Verdict::Pass;
        summary.review = session.counts();
    }
}

/// The documents of a pair, each once, whose encoding was found out from their bytes.
fn read_as(pair: &Pair) -> Vec<Message> {
    let (source, target) = (&pair.bitext.source, &pair.bitext.target);
    let both = [Some(source), Some(target).filter(|target| target.path != source.path)];
    let encoded = both.into_iter().flatten().filter(|document| document.encoding != "UTF-8");
    encoded.map(|document| words::read_as(&document.path, document.encoding)).collect()
}
