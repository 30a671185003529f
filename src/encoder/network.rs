//! Pieces → vectors: a transformer (Vaswani et al. 2017, as arranged in BERT), on as many threads as there are.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::OnceLock;

use duizhao_encoder::layout::{self, BEGIN, END, EPSILON, HEADS, INNER, POSITIONS};
use rayon::prelude::*;
use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::{Matrix, NdTensorView};
use rten_vecmath::{Gelu, Normalize, NormalizeOptions, Softmax, Sum, SumSquareSub};

use super::pieces::{self, Piece};
use super::{ALL_LAYERS, Encoded, LAYERS, WIDTH};

const _: () = assert!(WIDTH == layout::WIDTH && ALL_LAYERS == layout::LAYERS);
/// What each head sees of a vector.
const HEAD: usize = WIDTH / HEADS;
/// Sentences are seen in portions of about so many pieces: enough for the matrices to pay, few enough to stay in the
/// cache. Portions do not depend on the number of threads, so neither does a bit of what comes out.
const PORTION: usize = 256;
/// What the model was trained to see before a text that is compared with others like it.
const PREFIX: &str = "query:";

/// Does what [`super::Encoder::encode`] says.
pub(super) fn encode(texts: &[&str], layers: usize, told: &(dyn Fn(usize) + Sync)) -> Vec<Encoded> {
    let prefix: Vec<u32> = pieces::cut(PREFIX).iter().map(|piece| piece.number).collect();
    let cut: Vec<Vec<Piece>> = texts.par_iter().map(|text| pieces::cut(text)).collect();
    // the longest first, so that threads end together; the sort is stable
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|&at| Reverse(cut[at].len()));
    let seen: Vec<Vec<Encoded>> = portions(&order, |at| cut[at].len() + prefix.len() + 2)
        .into_par_iter()
        .map(|portion| {
            let texts: Vec<&[Piece]> = portion.iter().map(|&at| &cut[at][..]).collect();
            let encoded = encode_portion(&texts, &prefix, layers);
            told(texts.len());
            encoded
        })
        .collect();
    let mut encoded: Vec<(usize, Encoded)> = order.into_iter().zip(seen.into_iter().flatten()).collect();
    encoded.sort_by_key(|&(at, _)| at);
    encoded.into_iter().map(|(_, encoded)| encoded).collect()
}

/// Parts of a list whose sizes add up to [`PORTION`] at most, or single items that are larger.
fn portions<T: Copy>(items: &[T], size: impl Fn(T) -> usize) -> Vec<&[T]> {
    let mut portions = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (at, &item) in items.iter().enumerate() {
        if at > start && sum + size(item) > PORTION {
            portions.push(&items[start..at]);
            (start, sum) = (at, 0);
        }
        sum += size(item);
    }
    if start < items.len() {
        portions.push(&items[start..]);
    }
    portions
}

/// Encodes a few texts together, or one that may need several windows, one after the other.
fn encode_portion(texts: &[&[Piece]], prefix: &[u32], layers: usize) -> Vec<Encoded> {
    let room = POSITIONS - prefix.len() - 2;
    let windows: Vec<(usize, &[Piece])> = texts
        .iter()
        .enumerate()
        .flat_map(|(text, pieces)| pieces.chunks(room).map(move |window| (text, window)))
        .collect();
    let empty = Encoded { pieces: Vec::new(), vectors: Vec::new(), pooled: vec![0.0; WIDTH] };
    let mut encoded = vec![empty; texts.len()];
    let together = if texts.len() == 1 { 1 } else { windows.len().max(1) };
    for windows in windows.chunks(together) {
        let rows: Vec<Vec<u32>> = windows
            .iter()
            .map(|(_, pieces)| {
                let own = pieces.iter().map(|piece| piece.number);
                [BEGIN].into_iter().chain(prefix.iter().copied()).chain(own).chain([END]).collect()
            })
            .collect();
        let (words, last) = see(&rows, layers);
        let mut rest = (&words[..], &last[..]);
        for ((text, pieces), row) in windows.iter().zip(rows) {
            let (of_words, words) = rest.0.split_at(row.len() * WIDTH);
            let (seen, last) = rest.1.split_at(row.len() * WIDTH);
            rest = (words, last);
            let encoded = &mut encoded[*text];
            for vector in seen.chunks_exact(WIDTH) {
                encoded.pooled.iter_mut().zip(vector).for_each(|(sum, number)| *sum += number);
            }
            for (piece, vector) in pieces.iter().zip(of_words.chunks_exact(WIDTH).skip(1 + prefix.len())) {
                // a space that the text does not have is no piece of it
                if !piece.span.is_empty() {
                    encoded.pieces.push(piece.span.clone());
                    encoded.vectors.extend(vector);
                }
            }
        }
    }
    for (encoded, pieces) in encoded.iter_mut().zip(texts) {
        let rows = pieces.len() + pieces.len().div_ceil(room) * (prefix.len() + 2);
        encoded.pooled.iter_mut().for_each(|sum| *sum /= rows as f32);
    }
    encoded
}

/// The vectors of every piece of some texts, each of at most [`POSITIONS`] pieces, which do not see each other: after
/// [`LAYERS`] or as many as there are, and after all that there are.
fn see(texts: &[Vec<u32>], layers: usize) -> (Vec<f32>, Vec<f32>) {
    let mut vectors = opening(texts);
    let ends = texts.iter().scan(0, |end, text| {
        *end += text.len();
        Some(*end)
    });
    let places: Vec<Range<usize>> = ends.zip(texts).map(|(end, text)| end - text.len()..end).collect();
    let gemm = GemmExecutor::new();
    let mut words = None;
    for (at, layer) in (0..layers.min(ALL_LAYERS)).filter_map(Layer::get).enumerate() {
        if at == LAYERS {
            words = Some(vectors.clone());
        }
        layer.apply(&gemm, &mut vectors, &places);
    }
    (words.unwrap_or_else(|| vectors.clone()), vectors)
}

/// What the first layer sees: what each piece is, and where it stands.
fn opening(texts: &[Vec<u32>]) -> Vec<f32> {
    static PLACES: OnceLock<(Vec<f32>, Norm)> = OnceLock::new();
    let (places, norm) = PLACES.get_or_init(|| {
        let (places, norm) = duizhao_encoder::POSITIONS.split_at(layout::floats(POSITIONS * WIDTH));
        (layout::read_floats(places).collect(), Norm::read(norm))
    });
    let row = layout::weights(WIDTH);
    let mut vectors = vec![0.0; texts.iter().map(Vec::len).sum::<usize>() * WIDTH];
    let numbered = texts.iter().flat_map(|text| text.iter().zip(places.chunks_exact(WIDTH)));
    for (vector, (&number, place)) in vectors.chunks_exact_mut(WIDTH).zip(numbered) {
        let start = number as usize * row;
        layout::read_weights(&duizhao_encoder::VECTORS[start..start + row], vector);
        vector.iter_mut().zip(place).for_each(|(number, place)| *number += place);
    }
    norm.apply(&mut vectors);
    vectors
}

/// A layer with its weights as numbers: 7 MB.
struct Layer {
    attend: Linear,
    attended: Linear,
    attended_norm: Norm,
    widen: Linear,
    narrow: Linear,
    norm: Norm,
}

impl Layer {
    /// The layer of that number, unpacked when it is first asked for and kept from then on.
    fn get(number: usize) -> Option<&'static Layer> {
        static LAYERS: [OnceLock<Option<Layer>>; layout::LAYERS] =
            [const { OnceLock::new() }; layout::LAYERS];
        LAYERS.get(number)?.get_or_init(|| Layer::read(number)).as_ref()
    }

    fn read(number: usize) -> Option<Layer> {
        let bytes = layout::Layer::find(duizhao_encoder::LAYERS, number)?;
        Some(Layer {
            attend: Linear::read(bytes.attend, bytes.attend_bias, WIDTH),
            attended: Linear::read(bytes.attended, bytes.attended_bias, WIDTH),
            attended_norm: Norm::read(bytes.attended_norm),
            widen: Linear::read(bytes.widen, bytes.widen_bias, WIDTH),
            narrow: Linear::read(bytes.narrow, bytes.narrow_bias, INNER),
            norm: Norm::read(bytes.norm),
        })
    }

    /// One step of the vectors of texts, which lie at `places`.
    fn apply(&self, gemm: &GemmExecutor, vectors: &mut [f32], places: &[Range<usize>]) {
        let mut asked = vec![0.0; vectors.len() * 3];
        self.attend.apply(gemm, vectors, &mut asked, 0.0);
        let mut attended = vec![0.0; vectors.len()];
        for place in places {
            attend(gemm, &asked, place, &mut attended);
        }
        self.attended.apply(gemm, &attended, vectors, 1.0);
        self.attended_norm.apply(vectors);
        let mut wide = vec![0.0; vectors.len() / WIDTH * INNER];
        self.widen.apply(gemm, vectors, &mut wide, 0.0);
        Gelu {}.map_mut(&mut wide);
        self.narrow.apply(gemm, &wide, vectors, 1.0);
        self.norm.apply(vectors);
    }
}

/// What the heads take from a text: `asked` has queries, keys and values of every piece, side by side.
fn attend(gemm: &GemmExecutor, asked: &[f32], place: &Range<usize>, attended: &mut [f32]) {
    let asked = NdTensorView::from_data([asked.len() / (3 * WIDTH), 3 * WIDTH], asked);
    let len = place.len();
    let mut shares = vec![0.0; len * len];
    let mut taken = vec![0.0; len * HEAD];
    for head in 0..HEADS {
        let part = |which: usize| {
            let start = which * WIDTH + head * HEAD;
            asked.slice((place.clone(), start..start + HEAD))
        };
        let (queries, keys, values) = (part(0), part(1), part(2));
        let alpha = 1.0 / (HEAD as f32).sqrt();
        multiply(
            gemm,
            queries,
            GemmInputB::Unpacked(keys.transposed()),
            &mut shares,
            GemmOptions { alpha, ..GemmOptions::default() },
        );
        for row in shares.chunks_exact_mut(len) {
            Softmax::new_mut(row).dispatch();
        }
        let shares = NdTensorView::from_data([len, len], &shares[..]);
        multiply(gemm, shares, GemmInputB::Unpacked(values), &mut taken, GemmOptions::default());
        let rows = attended[place.start * WIDTH..place.end * WIDTH].chunks_exact_mut(WIDTH);
        for (row, taken) in rows.zip(taken.chunks_exact(HEAD)) {
            row[head * HEAD..(head + 1) * HEAD].copy_from_slice(taken);
        }
    }
}

/// A matrix, and what is added to what comes out of it.
struct Linear {
    weights: PackedBMatrix<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

impl Linear {
    fn read(weights: &[u8], bias: &[u8], inputs: usize) -> Linear {
        let bias: Vec<f32> = layout::read_floats(bias).collect();
        let mut numbers = vec![0.0; bias.len() * inputs];
        layout::read_weights(weights, &mut numbers);
        let rows = NdTensorView::from_data([bias.len(), inputs], &numbers[..]);
        Linear { weights: GemmExecutor::new().prepack_b(rows.transposed()), bias, inputs }
    }

    /// Adds to `out`, times `kept`, what comes out for `vectors`.
    fn apply(&self, gemm: &GemmExecutor, vectors: &[f32], out: &mut [f32], kept: f32) {
        let vectors = NdTensorView::from_data([vectors.len() / self.inputs, self.inputs], vectors);
        multiply(
            gemm,
            vectors,
            GemmInputB::Packed(&self.weights),
            out,
            GemmOptions { beta: kept, bias: Some(BiasVector::Row(&self.bias)), ..GemmOptions::default() },
        );
    }
}

/// Multiplies two matrices with the widest instructions that this processor has.
fn multiply(
    gemm: &GemmExecutor,
    a: Matrix<f32>,
    b: GemmInputB<f32>,
    out: &mut [f32],
    options: GemmOptions<f32, f32, f32>,
) {
    let done = gemm.gemm(out, GemmInputA::Unpacked(a), b, options);
    assert!(done.is_ok(), "matrices whose sizes do not agree");
}

/// Does what [`super::Encoder::products`] says.
pub(super) fn products(of: &[f32], with: &[f32], mut each: impl FnMut(&mut [f32])) {
    let size = with.len() / WIDTH;
    if size == 0 {
        return;
    }
    let weights = GemmExecutor::new().prepack_b(NdTensorView::from_data([size, WIDTH], with).transposed());
    // as many at once as there is room for beside the matrix itself
    for of in of.chunks(2 * PORTION * WIDTH) {
        let mut products = vec![0.0; of.len() / WIDTH * size];
        let rows = products.par_chunks_mut(size * PORTION / 4).zip(of.par_chunks(WIDTH * PORTION / 4));
        rows.for_each(|(products, of)| {
            let of = NdTensorView::from_data([of.len() / WIDTH, WIDTH], of);
            let gemm = GemmExecutor::new();
            multiply(&gemm, of, GemmInputB::Packed(&weights), products, GemmOptions::default());
        });
        products.chunks_exact_mut(size).for_each(&mut each);
    }
}

/// Scale and shift after mean and variance were taken out of a vector.
struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

impl Norm {
    fn read(bytes: &[u8]) -> Norm {
        let (scale, shift) = bytes.split_at(layout::floats(WIDTH));
        Norm { scale: layout::read_floats(scale).collect(), shift: layout::read_floats(shift).collect() }
    }

    fn apply(&self, vectors: &mut [f32]) {
        for vector in vectors.chunks_exact_mut(WIDTH) {
            let mean = Sum::new(vector).dispatch() / WIDTH as f32;
            let variance = SumSquareSub::new(vector, mean).dispatch() / WIDTH as f32;
            let options = NormalizeOptions {
                pre_scale_bias: mean,
                scale: 1.0 / (variance + EPSILON).sqrt(),
                element_scale: Some(&self.scale),
                element_bias: Some(&self.shift),
                ..NormalizeOptions::default()
            };
            Normalize::new_mut(vector, options).dispatch();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_hold_what_fits() {
        let sizes = [300, 256, 200, 56, 1, 100];
        let portions: Vec<&[usize]> = portions(&sizes, |size| size);
        assert_eq!(portions, [&[300][..], &[256], &[200, 56], &[1, 100]]);
        assert!(super::portions(&[], |size: usize| size).is_empty());
    }
}
