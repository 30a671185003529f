//! What a check looks at, and the questions that several checks ask of it.

mod accounted;
mod faults;
mod leftovers;
mod passages;

use std::ops::Deref;
use std::sync::OnceLock;

pub(super) use self::faults::{content_faults, hidden_faults};
pub use self::leftovers::Leftovers;
pub use self::passages::Passage;
use super::{Demands, Evidence, Fault, Id, Message, Settings, Severity, Side, message};
use crate::align::Aligned;
use crate::markup::placeholders::Pattern;
use crate::meaning::View;
use crate::meaning::content::{self, Unexplained};
use crate::terms::{self, Term};
use crate::text::Lang;

/// What a check looks at: an aligned pair as [`View`] shows it, what the user demands, and what several checks ask for.
pub struct Context<'a> {
    view: View<'a>,
    demands: &'a Demands,
    placeholders: &'a [Pattern],
    verbatim: &'a [String],
    reading_speed: Option<f64>,
    languages_named: bool,
    terms: OnceLock<[Vec<Term>; 2]>,
    /// What two checks ask for, each for a side of its own.
    unexplained: OnceLock<Vec<(Unexplained, f64)>>,
}

/// A context shows what the view shows.
impl<'a> Deref for Context<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        &self.view
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(aligned: &'a Aligned, settings: &'a Settings) -> Context<'a> {
        let Settings { termbase, placeholders, verbatim, reading_speed, languages_named, .. } = settings;
        Context {
            view: View::new(aligned),
            demands: termbase,
            placeholders,
            verbatim,
            reading_speed: *reading_speed,
            languages_named: *languages_named,
            terms: OnceLock::new(),
            unexplained: OnceLock::new(),
        }
    }

    /// Whether the user names the languages of both versions.
    pub fn are_languages_named(&self) -> bool {
        self.languages_named
    }

    /// The patterns of the user's own placeholders.
    pub fn placeholders(&self) -> &'a [Pattern] {
        self.placeholders
    }

    /// The keys of front matter whose values must be the same.
    pub fn verbatim(&self) -> &'a [String] {
        self.verbatim
    }

    /// How many columns of text a cue of subtitles may show in a second.
    pub fn reading_speed(&self) -> Option<f64> {
        self.reading_speed
    }

    /// What the user wants words to mean.
    pub(super) fn demands(&self) -> &'a Demands {
        self.demands
    }

    /// The runs of words of both sides that nothing on the other side accounts for, each with how likely it is that
    /// they are left out there.
    pub fn unexplained(&self) -> &[(Unexplained, f64)] {
        self.unexplained.get_or_init(|| content::judged(self))
    }

    /// The terms of the source and those of the target, counted when they are first asked for.
    pub fn terms(&self) -> &[Vec<Term>; 2] {
        self.terms.get_or_init(|| terms::both(self.aligned()))
    }

    /// The same, for who is done with the rest.
    pub(super) fn into_terms(self) -> [Vec<Term>; 2] {
        let Context { view, terms, .. } = self;
        terms.into_inner().unwrap_or_else(|| terms::both(view.aligned()))
    }

    /// Whether the links of the blocks are those that the file gives, or the keys of two.
    pub fn is_given(&self) -> bool {
        let [one, other] = [Side::Source, Side::Target].map(|side| self.document(side));
        one.path == other.path && one.format.is_paired()
            || !one.entries.is_empty() && !other.entries.is_empty()
    }

    /// The side that is Chinese, of a bitext of Chinese and English.
    pub(super) fn chinese(&self) -> Side {
        if self.document(Side::Source).lang == Lang::ZH { Side::Source } else { Side::Target }
    }
}
