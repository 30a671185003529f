//! Reports on their way to where they belong: to standard output at once, to files and folders when all is there.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use indicatif::ProgressBar;

use super::{CheckArgs, width};
use crate::check::Tongue;
use crate::cli::told::{Tell as _, fail};
use crate::cli::{reader_left, spare_terminal, tell};
use crate::config;
use crate::files;
use crate::message::message;
use crate::report::{self, Format, Frame, Options, Parts, Spool, Totals};

/// A report on its way to where it belongs.
pub(super) struct Output {
    pub(super) format: &'static Format,
    pub(super) options: Options,
    pub(super) parts: Parts<'static>,
    pub(super) to: To,
}

pub(super) enum To {
    Stdout,
    /// What is written waits until all is there. For formats of pages, where those go.
    File {
        path: PathBuf,
        written: Spool,
        pages: Option<Box<Pages>>,
    },
}

/// The pages of an index. They wait with it, so that a run that is broken off leaves none of them.
pub(super) struct Pages {
    pub(super) folder: PathBuf,
    taken: BTreeSet<PathBuf>,
    /// One page after the other.
    written: Spool,
    /// Where each belongs below the folder, and its length in bytes.
    waiting: Vec<(PathBuf, u64)>,
    /// How many documents were not given back.
    left_out: usize,
}

pub(super) fn outputs(args: &CheckArgs, meant: &config::Settings, many: bool) -> Result<Vec<Output>> {
    let plain = Options { tongue: meant.lang.value, scoring: meant.scorecard.value, ..Options::default() };
    let mut outputs = Vec::new();
    for (format, path) in &args.reports {
        let pages = match format.frame {
            Frame::Pages { .. } if args.stdin => {
                return fail(message!("cli-pages-stdin", name = format.name));
            }
            Frame::Copies { .. } if args.stdin => {
                return fail(message!("cli-copies-stdin", name = format.name));
            }
            Frame::Pages { .. } if many => Some(Box::new(Pages::new(path.with_extension("pages")))),
            Frame::Copies { .. } if many => Some(Box::new(Pages::new(path.clone()))),
            _ => None,
        };
        let to = To::File { path: path.clone(), written: Spool::default(), pages };
        outputs.push(Output::new(format, plain, to));
    }
    if !args.quiet {
        spare_terminal(args.format.name, args.format.binary)?;
        if many && matches!(args.format.frame, Frame::Pages { .. }) {
            return fail(message!("cli-several-pages", name = args.format.name));
        }
        if many && matches!(args.format.frame, Frame::Copies { .. }) {
            return fail(message!("cli-several-copies", name = args.format.name));
        }
        outputs.push(Output::new(
            args.format,
            Options { colour: args.color.is_wanted(), width: width(), ..plain },
            To::Stdout,
        ));
    }
    Ok(outputs)
}

impl Output {
    fn new(format: &'static Format, options: Options, to: To) -> Output {
        Output { format, options, parts: Parts::new(format, &options), to }
    }

    /// Takes the part of the pair that was counted last.
    pub(super) fn add(&mut self, part: &[u8], totals: &mut Totals, progress: &ProgressBar) -> Result<()> {
        match &mut self.to {
            To::Stdout if part.is_empty() => Ok(()),
            To::Stdout => progress
                .suspend(|| {
                    let mut out = io::stdout().lock();
                    self.parts.add(part, &mut out).and_then(|()| out.flush()).or_else(reader_left)
                })
                .told(|| message!("cli-stdout")),
            To::File { path, written, pages } => {
                let unwritten = || message!("cli-report", path = path.display().to_string());
                if let (Some(pages), Some(tally)) = (pages, totals.pairs.last_mut()) {
                    match &self.format.frame {
                        Frame::Copies { side, .. } if !part.is_empty() => {
                            pages.add(&tally.paths[*side as usize], "", part).told(unwritten)?;
                        }
                        Frame::Copies { .. } => pages.left_out += 1,
                        _ if tally.all() > 0 => {
                            tally.page = Some(pages.add(&tally.paths[0], ".html", part).told(unwritten)?);
                        }
                        _ => {}
                    }
                }
                self.parts.add(part, written).told(unwritten)
            }
        }
    }

    pub(super) fn finish(self, totals: &Totals) -> Result<()> {
        match self.to {
            To::Stdout => {
                let mut out = io::BufWriter::new(io::stdout().lock());
                self.parts.finish(totals, &mut out).or_else(reader_left).told(|| message!("cli-stdout"))
            }
            To::File { path, mut written, pages } => {
                let save = || {
                    match (pages, &self.format.frame) {
                        (Some(pages), Frame::Copies { none, .. }) => {
                            return pages.give_back(none, self.options.tongue);
                        }
                        (Some(pages), _) => pages.save()?,
                        (None, _) => {}
                    }
                    self.parts.finish(totals, &mut written)?;
                    written.rewind()?;
                    files::save(&path, |out| io::copy(&mut written, out).map(|_| ()))
                };
                save().told(|| message!("cli-report", path = path.display().to_string()))
            }
        }
    }
}

impl Pages {
    fn new(folder: PathBuf) -> Pages {
        Pages { folder, taken: BTreeSet::new(), written: Spool::default(), waiting: Vec::new(), left_out: 0 }
    }

    /// Takes the page of a document, whose name ends with this, and gives the way to it from the index.
    fn add(&mut self, document: &str, end: &str, page: &[u8]) -> io::Result<String> {
        let way = report::way(&mut self.taken, document, end);
        self.written.write_all(page)?;
        let folder = self.folder.file_name().unwrap_or_default().to_string_lossy();
        let link = format!("{folder}/{}", way.to_string_lossy());
        self.waiting.push((way, page.len() as u64));
        Ok(link)
    }

    /// Puts every document where it belongs, and says how many are of other kinds.
    fn give_back(self, none: &'static str, tongue: Tongue) -> io::Result<()> {
        let (given, left, folder) = (self.waiting.len(), self.left_out, self.folder.clone());
        if given == 0 {
            return Err(io::Error::other(none));
        }
        self.save()?;
        if left > 0 {
            let told = message!(
                "cli-given-back",
                path = folder.display().to_string(),
                given = given.to_string(),
                left = left.to_string()
            );
            tell(&told.said(tongue));
        }
        Ok(())
    }

    /// Puts every page where it belongs.
    fn save(mut self) -> io::Result<()> {
        self.written.rewind()?;
        let folders: BTreeSet<&Path> = self.waiting.iter().filter_map(|(way, _)| way.parent()).collect();
        folders.into_iter().for_each(|folder| files::tidy(&self.folder.join(folder)));
        for (way, len) in self.waiting {
            files::save_below(&self.folder, &way, |out| {
                io::copy(&mut (&mut self.written).take(len), out).map(|_| ())
            })?;
        }
        Ok(())
    }
}
