//! Tables of words as data: lines of columns with tabs between them.

/// The rows of a table as their columns, without comments and empty lines.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// The first column of a table: a list of words.
pub(super) fn words(table: &'static str) -> Vec<&'static str> {
    rows(table).filter_map(|row| row.first().copied()).collect()
}
