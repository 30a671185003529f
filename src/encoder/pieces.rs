//! Cuts text into the pieces that the encoder knows: the most probable path over them (Kudo 2018), as SentencePiece
//! finds it.

use std::ops::Range;
use std::sync::LazyLock;

use duizhao_encoder::layout::{self, UNKNOWN};
use duizhao_encoder::{PIECES, SCORES};
use fst::raw::Fst;
use unicode_normalization::UnicodeNormalization;

// `None` would mean a damaged build; the test `index_opens` proves that it does not happen.
static INDEX: LazyLock<Option<Fst<&[u8]>>> = LazyLock::new(|| Fst::new(PIECES).ok());
static COSTS: LazyLock<Vec<f32>> = LazyLock::new(|| layout::read_floats(SCORES).collect());

/// A run without spaces that is longer than this (in bytes) is cut there, so that memory stays bounded.
const LONGEST_RUN: usize = 4096;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// What the encoder knows it by.
    pub(super) number: u32,
    /// Where it lies in the text, in bytes; empty for a space that the text does not have.
    pub(super) span: Range<usize>,
}

/// The pieces of a text that stands after a space; there is at least one.
pub(super) fn cut(text: &str) -> Vec<Piece> {
    let form = Form::of(text);
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < form.text.len() {
        // only its first character may be a space of a piece, so that paths may be parted before any space
        let run = &form.text[start..];
        let longest = run.floor_char_boundary(LONGEST_RUN);
        let space = run.match_indices(' ').map(|(at, _)| at).find(|&at| at > 0);
        let end = space.unwrap_or(run.len()).min(longest);
        form.cut(start..start + end, &mut pieces);
        start += end;
    }
    pieces
}

/// A text as pieces are written: normalised, with one space for any white space and one before all.
struct Form {
    text: String,
    /// For each byte where a character of `text` begins, where what it stands for lies in the original.
    origins: Vec<(usize, Range<usize>)>,
}

impl Form {
    fn of(text: &str) -> Form {
        let mut form = Form { text: String::with_capacity(text.len() + 1), origins: Vec::new() };
        for (at, c) in text.char_indices() {
            let span = at..at + c.len_utf8();
            match c {
                _ if is_space(c) => form.push(' ', span),
                // the wave dash of Chinese is no tilde
                '～' => form.push(c, span),
                _ if is_dropped(c) => {}
                _ => std::iter::once(c).nfkc().for_each(|c| form.push(c, span.clone())),
            }
        }
        if !form.text.starts_with(' ') {
            form.text.insert(0, ' ');
            form.origins.iter_mut().for_each(|(at, _)| *at += 1);
            form.origins.insert(0, (0, 0..0));
        }
        form
    }

    fn push(&mut self, c: char, origin: Range<usize>) {
        if c != ' ' || !self.text.ends_with(' ') {
            self.origins.push((self.text.len(), origin));
            self.text.push(c);
        }
    }

    /// Appends the pieces of the most probable path through a part of the text.
    fn cut(&self, part: Range<usize>, pieces: &mut Vec<Piece>) {
        let Some(index) = INDEX.as_ref() else { return };
        let text = &self.text[part.clone()];
        let unknown = COSTS[UNKNOWN as usize];
        // for each end: the best sum of scores, where its last piece begins, and which it is
        let mut best = vec![(f32::NEG_INFINITY, 0, UNKNOWN); text.len() + 1];
        best[0].0 = 0.0;
        for (start, c) in text.char_indices() {
            let (before, ..) = best[start];
            let mut reach = |end: usize, score: f32, number| {
                if before + score > best[end].0 {
                    best[end] = (before + score, start, number);
                }
            };
            let mut node = index.root();
            let mut number = 0;
            for (at, &byte) in text.as_bytes().iter().enumerate().skip(start) {
                let Some(found) = node.find_input(byte) else { break };
                let transition = node.transition(found);
                number += transition.out.value();
                node = index.node(transition.addr);
                if node.is_final() {
                    let number = number + node.final_output().value();
                    reach(at + 1, COSTS[number as usize], number as u32);
                }
            }
            reach(start + c.len_utf8(), unknown, UNKNOWN);
        }
        let first = pieces.len();
        let mut end = text.len();
        while end > 0 {
            let (_, start, number) = best[end];
            pieces.push(Piece { number, span: self.origin(part.start + start..part.start + end) });
            end = start;
        }
        pieces[first..].reverse();
    }

    /// Where in the original a part of the text comes from that is not empty.
    fn origin(&self, part: Range<usize>) -> Range<usize> {
        let first = self.origins.partition_point(|(at, _)| *at < part.start);
        let after = self.origins.partition_point(|(at, _)| *at < part.end);
        match &self.origins[first..after] {
            [(_, first), .., (_, last)] => first.start..last.end,
            [(_, only)] => only.clone(),
            [] => 0..0,
        }
    }
}

/// What SentencePiece's rules take for a space before Unicode's NFKC is applied to a character.
fn is_space(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n' | '\u{c}' | '\r' | ' ' | '\u{1680}' | '\u{200b}'
            ..='\u{200f}' | '\u{2028}' | '\u{2029}' | '▁' | '\u{feff}' | '\u{fffd}'
    )
}

/// What these rules leave out.
fn is_dropped(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}' | '\u{8f}' | '\u{9f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn index_opens() {
        assert!(INDEX.is_some());
        assert_eq!(INDEX.as_ref().map(Fst::len), Some(COSTS.len() - layout::FIRST as usize));
    }

    fn shown(text: &str) -> Vec<&str> {
        cut(text).into_iter().map(|piece| &text[piece.span]).collect()
    }

    #[test]
    fn texts_are_cut_in_pieces() {
        let cases: [(&str, &[&str]); 6] = [
            ("维护网络主权", &["", "维护", "网络", "主权"]),
            ("Cyber sovereignty", &["Cy", "ber", " sover", "eign", "ty"]),
            ("ａｂｃ　12", &["ａｂ", "ｃ", "　12"]),
            ("a  \n b", &["a", "  \n b"]),
            ("½", &["½"]),
            ("", &[""]),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_run_is_cut_all_the_same() {
        let text = "网络主权".repeat(30_000);
        let pieces = cut(&text);
        assert!(pieces.len() >= 60_000);
        assert_eq!(pieces.last().map(|piece| piece.span.end), Some(text.len()));
    }

    proptest! {
        #[test]
        fn pieces_ascend_on_boundaries(text in "\\PC*|[a-z 中文，。½\t\u{200b}ａ]*") {
            let mut end = 0;
            for piece in cut(&text) {
                prop_assert!(piece.span.end >= end && text.get(piece.span.clone()).is_some());
                end = piece.span.end;
            }
        }
    }
}
