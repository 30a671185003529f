//! The data that duizhao reads: Chinese words, English glosses, names and places, as ready-made indices.
