//! Letters and the marks on them made one (NFC), so that it makes no difference how a file writes them.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text with its letters composed, and the offsets after which the original has a char more (see
/// [`Document::composed`](crate::text::Document::composed)). What would take more chars composed than apart stays.
pub(super) fn compose(text: String) -> (String, Vec<usize>) {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return (text, Vec::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut composed = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let len = first.len_utf8()
            + rest[first.len_utf8()..].find(|c| !joins(c)).unwrap_or(rest.len() - first.len_utf8());
        let (cluster, tail) = rest.split_at(len);
        rest = tail;
        if is_nfc_quick(cluster.chars()) == IsNormalized::Yes {
            out.push_str(cluster);
            continue;
        }
        let made: String = cluster.nfc().collect();
        let (before, after) = (cluster.chars().count(), made.chars().count());
        out.push_str(if after > before { cluster } else { &made });
        composed.extend(std::iter::repeat_n(out.len(), before.saturating_sub(after)));
    }
    (out, composed)
}

/// Whether a char may become one with those before it.
fn joins(c: char) -> bool {
    canonical_combining_class(c) != 0 || is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_composed_is_counted() {
        for (text, want, at) in [
            ("中文, plain", "中文, plain", vec![]),
            ("cafe\u{301} au lait", "café au lait", vec![5]),
            ("e\u{323}\u{302}x", "ệx", vec![3, 3]),
            ("\u{1112}\u{1161}\u{11ab}", "한", vec![3, 3]),
            ("か\u{3099}", "が", vec![3]),
            ("\u{212b}", "Å", vec![]),
            // a char that is never composed
            ("\u{958}", "\u{958}", vec![]),
            // marks that nothing carries
            ("\u{301}\u{301}", "\u{301}\u{301}", vec![]),
        ] {
            assert_eq!(compose(text.to_owned()), (want.to_owned(), at), "{text:?}");
        }
    }
}
