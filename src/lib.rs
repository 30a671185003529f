//! duizhao (对照) checks a translation against its original.
//!
//! ```text
//! read → segment → align → check → report → gate
//! ```
//!
//! Each stage is a function from data to data, and only reading can fail: a faulty text is a finding, a faulty run an
//! error. This is a tour of them; `ARCHITECTURE.md` says what stands where, and [`run`] goes through all of them for
//! files.
//!
//! # Read
//!
//! Bytes become a [`Document`](text::Document): the text as it is, and the blocks in it by their spans, which are bytes
//! of that text. A block falls into pieces: prose, code, markup and link targets. [`read::file`] finds out by itself
//! which format a file is of; the language is found in the text, unless it is said.
//!
//! ```
//! use duizhao::read::{self, Format};
//! use duizhao::text::{BlockKind, Lang};
//!
//! let text = "# 桥\n\n2021年，镇上修了一座新桥。运行`bridge --open`。";
//! let document = read::bytes("zh.md", text.as_bytes(), Format::Markdown, None)?;
//! assert_eq!(document.lang, Lang::ZH);
//! assert_eq!(document.blocks[0].kind, BlockKind::Heading);
//! assert_eq!(document.slice(document.blocks[0].span), "# 桥");
//! # Ok::<(), duizhao::error::Error>(())
//! ```
//!
//! # Segment
//!
//! Blocks fall into sentences. A sentence ends inside of prose alone, never in code or an address.
//!
//! ```
//! # use duizhao::{read, segment};
//! let text = "Dr. Li lives at No. 3. See `a.b. C` there.";
//! let document = read::bytes("en.md", text.as_bytes(), read::Format::Markdown, None)?;
//! let document = segment::segment(document);
//! let sentences: Vec<&str> = document.sentences.iter().map(|one| document.slice(one.span)).collect();
//! assert_eq!(sentences, ["Dr. Li lives at No. 3.", "See `a.b. C` there."]);
//! # Ok::<(), duizhao::error::Error>(())
//! ```
//!
//! # Align
//!
//! Blocks are linked with blocks, and the sentences inside of linked blocks with sentences; every one is in exactly one
//! [`Link`](align::Link), which may be empty on one side, and never on both.
//!
//! ```
//! # use duizhao::{align, read, segment};
//! # let document = |name: &str, text: &str| {
//! #     read::bytes(name, text.as_bytes(), read::Format::Markdown, None).map(segment::segment)
//! # };
//! let source = document("zh.md", "学校在寺庙旁边，很小。\n\n2021年，镇上修了一座新桥。")?;
//! let target = document("en.md", "The school stands beside the temple. It is small.\n\nIn 2012 the town built a new bridge.")?;
//! let aligned = align::align(source, target);
//! let links = &aligned.bitext().alignment.sentences;
//! assert_eq!((&*links[0].source, &*links[0].target), (&[0][..], &[0, 1][..]));
//! # Ok::<(), duizhao::error::Error>(())
//! ```
//!
//! # Check
//!
//! Every [check](check::CHECKS) looks at the aligned pair, and what it finds names the words concerned, what is wrong,
//! how grave that is and how likely the check is right. [`check::Settings`] switch checks off and say what words must
//! mean.
//!
//! ```
//! # use duizhao::{align, check, message, read, segment};
//! # let document = |name: &str, text: &str| {
//! #     read::bytes(name, text.as_bytes(), read::Format::Markdown, None).map(segment::segment)
//! # };
//! # let source = document("zh.md", "学校就在寺庙旁边。\n\n2021年，镇上修了一座新桥。")?;
//! # let target = document("en.md", "The school stands beside the temple.\n\nIn 2012 the town built a new bridge.")?;
//! # let aligned = align::align(source, target);
//! let findings = check::check(&aligned, &check::Settings::default());
//! let place = findings[0].target.map(|span| aligned.bitext().target.slice(span));
//! assert_eq!((findings[0].check, place), ("date-mismatch", Some("2012")));
//! let said = findings[0].message.said(message::Tongue::English);
//! assert!(said.contains("2021") && said.contains("2012"), "{said}");
//! # Ok::<(), duizhao::error::Error>(())
//! ```
//!
//! # Gate, and report
//!
//! The [`Gate`](gate::Gate) makes a verdict of the findings, and a [report format](report::FORMATS) writes both down.
//! Lines and columns are known to reports alone.
//!
//! ```
//! # use duizhao::{align, check, gate, read, report, segment};
//! # let document = |name: &str, text: &str| {
//! #     read::bytes(name, text.as_bytes(), read::Format::Markdown, None).map(segment::segment)
//! # };
//! # let source = document("zh.md", "学校就在寺庙旁边。\n\n2021年，镇上修了一座新桥。")?;
//! # let target = document("en.md", "The school stands beside the temple.\n\nIn 2012 the town built a new bridge.")?;
//! # let aligned = align::align(source, target);
//! # let findings = check::check(&aligned, &check::Settings::default());
//! let verdict = gate::Gate::default().judge(&findings);
//! assert_eq!(verdict, report::Verdict::Fail);
//!
//! let pair = report::Pair { id: None, bitext: aligned.into_bitext(), findings, terms: Vec::new(), verdict };
//! let format = report::Format::parse("github").expect("a format");
//! let mut out = Vec::new();
//! format.write(&[pair], &report::Options::default(), &mut out)?;
//! let out = String::from_utf8(out)?;
//! assert!(out.starts_with("::error file=en.md,line=3,"), "{out}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod align;
pub mod check;
pub mod cli;
pub mod config;
pub mod encoder;
pub mod error;
pub mod files;
pub mod gate;
pub mod lexicon;
pub mod loopback;
pub mod lsp;
pub mod manual;
pub mod markup;
pub mod meaning;
pub mod message;
pub mod pairing;
pub mod read;
pub mod report;
pub mod review;
pub mod run;
pub mod segment;
pub mod serve;
pub mod termbase;
pub mod terms;
pub mod text;
pub mod values;

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
