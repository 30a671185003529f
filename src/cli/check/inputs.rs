//! What is to be checked: files that are named or found, or lines of standard input as they come.

use std::io::{self, BufRead};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};

use anyhow::Result;
use serde::Deserialize;

use super::CheckArgs;
use crate::cli::pairs::found;
use crate::cli::tell;
use crate::config;
use crate::message::{Message, message};
use crate::pairing::{Found, Left};
use crate::read;
use crate::run::{Input, Text, Versions};
use crate::text::foreign;

/// So many of the files that documents bring in and that are not read are told one by one.
const TOLD: usize = 20;

/// What is to be checked, as it comes.
pub(super) enum Inputs {
    Known { all: std::vec::IntoIter<Input>, count: usize },
    Lines(Receiver<Result<Input, Message>>),
}

impl Inputs {
    pub(super) fn are_many(&self) -> bool {
        self.len().is_none_or(|count| count > 1)
    }

    pub(super) fn len(&self) -> Option<usize> {
        match self {
            Inputs::Known { count, .. } => Some(*count),
            Inputs::Lines(_) => None,
        }
    }

    /// The next inputs, at most `most`; none when there are no more. Of lines, waits for no more than one.
    pub(super) fn next(&mut self, most: usize) -> Vec<Result<Input, Message>> {
        match self {
            Inputs::Known { all, .. } => all.take(most).map(Ok).collect(),
            Inputs::Lines(lines) => {
                let first = lines.recv().into_iter();
                first.chain(lines.try_iter().take(most - 1)).collect()
            }
        }
    }
}

pub(super) fn inputs(args: &CheckArgs, meant: &config::Settings) -> Result<Inputs> {
    if args.stdin {
        let (send, lines) = sync_channel(1024);
        std::thread::spawn(move || {
            for (index, line) in io::stdin().lock().lines().enumerate() {
                let line = line.map_err(|error| message!("cli-stdin-unread", error = error.to_string()));
                let blank = line.as_ref().is_ok_and(|line| line.trim().is_empty());
                // a receiver that is gone wants no more
                if !blank && send.send(line.and_then(|line| input(index + 1, &line))).is_err() {
                    break;
                }
            }
        });
        return Ok(Inputs::Lines(lines));
    }
    let limits = args.reading.limits(args.source.as_deref(), args.target.as_deref());
    let below = found(args.source.as_deref(), args.target.as_deref(), meant, &limits)?;
    let tongue = meant.lang.value;
    if let Some(unread) = below.unread() {
        tell(&message!("left-unread", kinds = unread).said(tongue));
    }
    for Left { by, name, why } in below.left.iter().take(TOLD) {
        let by = foreign::shown_path(by).to_string();
        let told = message!("check-brought-in", path = by, name = foreign::shown(name), why = why.told());
        tell(&told.said(tongue));
    }
    if let Some(more) = below.left.len().checked_sub(TOLD).filter(|more| *more > 0) {
        tell(&message!("check-brought-in-more", count = more).said(tongue));
    }
    let count = below.found.len();
    let all: Vec<Input> = below.found.into_iter().map(Input::from).collect();
    Ok(Inputs::Known { all: all.into_iter(), count })
}

/// A line of `--stdin`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default)]
    id: Option<serde_json::Value>,
    source: Option<PathBuf>,
    target: Option<PathBuf>,
    source_text: Option<String>,
    target_text: Option<String>,
    format: Option<String>,
}

/// Reads the line of that number, from 1, of standard input.
fn input(number: usize, line: &str) -> Result<Input, Message> {
    let wrong = |what: Message| message!("cli-stdin-line", line = number.to_string(), what = what);
    let line: Line = serde_json::from_str(line).map_err(|error| wrong(Message::alike(&error.to_string())))?;
    let versions = match line {
        Line { source: Some(source), target, source_text: None, target_text: None, format: None, .. } => {
            Versions::Files(match target {
                Some(target) => Found::Pair { source, target },
                None => Found::Both(source),
            })
        }
        Line {
            source: None,
            target: None,
            source_text: Some(source),
            target_text: Some(target),
            format,
            ..
        } => {
            let end = format.as_deref().unwrap_or("txt");
            let named = |side: &str, text| Text { name: format!("{number}.{side}.{end}"), text };
            if read::Format::parse(end).is_none_or(|format| !format.is_text() && !format.is_keyed()) {
                return Err(wrong(message!("cli-stdin-format", end = end)));
            }
            Versions::Texts(named("source", source), named("target", target))
        }
        _ => {
            return Err(wrong(message!("cli-stdin-form")));
        }
    };
    Ok(Input { id: line.id, versions })
}
