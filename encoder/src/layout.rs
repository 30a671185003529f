//! How the bytes of the data are laid out: what the command that makes them and the code that reads them share.

/// Numbers of a vector.
pub const WIDTH: usize = 384;
/// Heads of attention; each sees [`WIDTH`] / [`HEADS`] numbers.
pub const HEADS: usize = 12;
/// Numbers between the two halves of a feed-forward step.
pub const INNER: usize = 1536;
/// Layers of the encoder.
pub const LAYERS: usize = 12;
/// The most pieces that are seen at once, with the two marks around them.
pub const POSITIONS: usize = 512;
/// What keeps a normalisation from dividing by nothing.
pub const EPSILON: f32 = 1e-12;

/// The number of the mark that begins a text.
pub const BEGIN: u32 = 0;
/// The number of the mark that ends a text.
pub const END: u32 = 1;
/// The number of what no piece is known for; its score is what such a character costs.
pub const UNKNOWN: u32 = 2;
/// The number of the first piece; the others follow in the order of their bytes.
pub const FIRST: u32 = 3;

/// Weights that share a scale.
const BLOCK: usize = 32;
/// Bytes of a block: its scale as a half-precision number, then two weights a byte, the low halves of the bytes first.
const BLOCK_BYTES: usize = 18;

/// The bytes of so many weights; a multiple of 32.
pub const fn weights(count: usize) -> usize {
    count / BLOCK * BLOCK_BYTES
}

/// The bytes of so many `f32`.
pub const fn floats(count: usize) -> usize {
    count * 4
}

/// The tensors of a layer in the order of the file, as the model names them, and their bytes. A matrix has a row for
/// each number that comes out.
pub const TENSORS: [(&str, usize); 16] = [
    ("q.w", weights(WIDTH * WIDTH)),
    ("k.w", weights(WIDTH * WIDTH)),
    ("v.w", weights(WIDTH * WIDTH)),
    ("q.b", floats(WIDTH)),
    ("k.b", floats(WIDTH)),
    ("v.b", floats(WIDTH)),
    ("ao.w", weights(WIDTH * WIDTH)),
    ("ao.b", floats(WIDTH)),
    ("aln.w", floats(WIDTH)),
    ("aln.b", floats(WIDTH)),
    ("fi.w", weights(INNER * WIDTH)),
    ("fi.b", floats(INNER)),
    ("fo.w", weights(WIDTH * INNER)),
    ("fo.b", floats(WIDTH)),
    ("oln.w", floats(WIDTH)),
    ("oln.b", floats(WIDTH)),
];

/// The bytes of one layer.
#[derive(Debug, Clone, Copy)]
pub struct Layer<'a> {
    /// Queries, keys and values: 3 × [`WIDTH`] rows of [`WIDTH`] weights.
    pub attend: &'a [u8],
    /// What is added to them.
    pub attend_bias: &'a [u8],
    /// From what was attended to: [`WIDTH`] rows of [`WIDTH`] weights.
    pub attended: &'a [u8],
    /// What is added to it.
    pub attended_bias: &'a [u8],
    /// Scale of the normalisation after attention, then its shift.
    pub attended_norm: &'a [u8],
    /// The first half of the feed-forward step: [`INNER`] rows of [`WIDTH`] weights.
    pub widen: &'a [u8],
    /// What is added to it.
    pub widen_bias: &'a [u8],
    /// The second half: [`WIDTH`] rows of [`INNER`] weights.
    pub narrow: &'a [u8],
    /// What is added to it.
    pub narrow_bias: &'a [u8],
    /// Scale of the last normalisation, then its shift.
    pub norm: &'a [u8],
}

impl<'a> Layer<'a> {
    /// Bytes of a layer.
    pub const SIZE: usize = {
        let (mut size, mut at) = (0, 0);
        while at < TENSORS.len() {
            size += TENSORS[at].1;
            at += 1;
        }
        size
    };

    /// The layer of that number, from 0; `None` when `data` ends before.
    pub fn find(data: &'a [u8], number: usize) -> Option<Layer<'a>> {
        let mut rest = data.get(number * Self::SIZE..)?;
        let mut sizes = TENSORS.iter().map(|&(_, size)| size);
        let mut take = |tensors: usize| {
            let size = sizes.by_ref().take(tensors).sum();
            let (taken, after) = rest.split_at_checked(size)?;
            rest = after;
            Some(taken)
        };
        Some(Layer {
            attend: take(3)?,
            attend_bias: take(3)?,
            attended: take(1)?,
            attended_bias: take(1)?,
            attended_norm: take(2)?,
            widen: take(1)?,
            widen_bias: take(1)?,
            narrow: take(1)?,
            narrow_bias: take(1)?,
            norm: take(2)?,
        })
    }
}

/// The weights of blocks as numbers; as many as `out` takes.
pub fn read_weights(blocks: &[u8], out: &mut [f32]) {
    for (block, out) in blocks.chunks_exact(BLOCK_BYTES).zip(out.chunks_exact_mut(BLOCK)) {
        let scale = half(u16::from_le_bytes([block[0], block[1]]));
        let (low, high) = out.split_at_mut(BLOCK / 2);
        for ((&pair, low), high) in block[2..].iter().zip(low).zip(high) {
            *low = f32::from(i16::from(pair & 15) - 8) * scale;
            *high = f32::from(i16::from(pair >> 4) - 8) * scale;
        }
    }
}

/// Numbers written as `f32`, little endian.
pub fn read_floats(bytes: &[u8]) -> impl ExactSizeIterator<Item = f32> {
    bytes.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes))
}

/// A half-precision number, which must be finite.
fn half(bits: u16) -> f32 {
    // the exponents of the two formats are 112 apart, also below the normal numbers
    let magnitude = f32::from_bits(u32::from(bits & 0x7fff) << 13) * 2f32.powi(112);
    if bits & 0x8000 == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_numbers() {
        let numbers = [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
        ];
        for (bits, number) in numbers {
            assert_eq!(half(bits), number, "{bits:04x}");
        }
    }

    #[test]
    fn the_data_are_as_long_as_the_layout_says() {
        let pieces = crate::SCORES.len() / 4;
        assert_eq!(crate::VECTORS.len(), pieces * weights(WIDTH));
        assert_eq!(crate::POSITIONS.len(), floats((POSITIONS + 2) * WIDTH));
        assert_eq!(crate::LAYERS.len(), LAYERS * Layer::SIZE);
        assert!(Layer::find(crate::LAYERS, LAYERS).is_none());
    }

    #[test]
    fn weights_of_a_block() {
        let mut block = [0x98; BLOCK_BYTES];
        block[..2].copy_from_slice(&[0x00, 0x3c]);
        let mut out = [0.0; BLOCK];
        read_weights(&block, &mut out);
        assert_eq!((out[0], out[15], out[16], out[31]), (0.0, 0.0, 1.0, 1.0));
    }
}
