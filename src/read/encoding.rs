//! Bytes to text: UTF-8, UTF-16, GB18030 and Big5, or where the bytes stop making sense.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::error::ErrorKind;

/// Decodes a whole file, and names its encoding. A byte order mark is a sign of the encoding and no part of the text, so
/// that lines and columns come out as editors count them. Where lines end with carriage returns alone, as they once
/// did on the Macintosh, these are read as line feeds. Nothing else is changed.
///
/// Errors name the first byte that is wrong: a NUL, or what is invalid in the encoding that a byte
/// order mark promised, or in UTF-8 when no other encoding fits the whole file well.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), ErrorKind> {
    let (text, encoding) = decoded(bytes)?;
    Ok((with_line_ends(text), encoding))
}

/// Takes a text that was decoded by others as [`decode`] does a file in UTF-8, which it stays whatever it holds.
///
/// # Errors
/// When it holds a NUL.
pub(super) fn known(text: &str) -> Result<String, ErrorKind> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = utf8(body.as_bytes()).map_err(|bad| bad.shifted(text.len() - body.len(), text.as_bytes()))?;
    Ok(with_line_ends(text))
}

fn with_line_ends(text: String) -> String {
    if text.contains('\n') { text } else { text.replace('\r', "\n") }
}

fn decoded(bytes: &[u8]) -> Result<(String, &'static str), ErrorKind> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = &bytes[mark.min(bytes.len())..];
        if encoding == encoding_rs::UTF_8 {
            return utf8(body).map(|text| (text, UTF_8)).map_err(|bad| bad.shifted(mark, bytes));
        }
        let text = exactly(encoding, body).ok_or_else(|| {
            let (at, line) = wrong_unit(body, encoding == UTF_16BE);
            ErrorKind::Encoding { encoding: encoding.name(), offset: mark + at, line }
        })?;
        return match text.find('\0') {
            None => Ok((text, encoding.name())),
            Some(at) => {
                let (units, line) = (text[..at].encode_utf16().count(), line_of(text.as_bytes(), at));
                Err(ErrorKind::Binary { offset: mark + 2 * units, line })
            }
        };
    }
    match utf8(bytes) {
        Ok(text) => Ok((text, UTF_8)),
        Err(bad) => match (utf16(bytes), other(bytes)) {
            (Some(found), _) => Ok(found),
            (None, Some(encoding)) => Err(ErrorKind::OtherEncoding { encoding }),
            (None, None) => chinese(bytes).ok_or_else(|| bad.shifted(0, bytes)),
        },
    }
}

/// The encoding that needs no mention.
pub(super) const UTF_8: &str = "UTF-8";

/// Why bytes are not text in UTF-8, and where.
enum Bad {
    Nul(usize),
    Invalid(usize),
}

impl Bad {
    fn shifted(self, by: usize, bytes: &[u8]) -> ErrorKind {
        match self {
            Bad::Nul(at) => ErrorKind::Binary { offset: at + by, line: line_of(bytes, at + by) },
            Bad::Invalid(at) => {
                ErrorKind::Encoding { encoding: "UTF-8", offset: at + by, line: line_of(bytes, at + by) }
            }
        }
    }
}

fn utf8(bytes: &[u8]) -> Result<String, Bad> {
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(Bad::Nul(at));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(Bad::Invalid(error.valid_up_to())),
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes.iter().take(at).filter(|&&b| b == b'\n').count()
}

fn exactly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// The first byte that is wrong in UTF-16, and its line: half of a surrogate pair, or half of a unit at the end.
fn wrong_unit(bytes: &[u8], big: bool) -> (usize, usize) {
    let unit = |pair: [u8; 2]| if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
    let (pairs, _) = bytes.as_chunks::<2>();
    let (mut at, mut line) = (0, 1);
    for c in char::decode_utf16(pairs.iter().copied().map(unit)) {
        match c {
            Ok(c) => {
                at += 2 * c.len_utf16();
                line += usize::from(c == '\n');
            }
            Err(_) => break,
        }
    }
    (at, line)
}

/// UTF-16 without a byte order mark: nearly all its characters are common ones in one byte order.
/// Such a text has zero bytes (in its line ends, spaces, digits), or it would not be asked for.
fn utf16(bytes: &[u8]) -> Option<(String, &'static str)> {
    let zeros = bytes.iter().filter(|&&byte| byte == 0).count();
    // Without a byte beyond ASCII every other one would be zero; fewer are strays in a text of single bytes.
    let strays = bytes.is_ascii() && 3 * zeros < bytes.len();
    if !bytes.len().is_multiple_of(2) || zeros == 0 || strays {
        return None;
    }
    let mut best: Option<(usize, String, &Encoding)> = None;
    for encoding in [UTF_16LE, UTF_16BE] {
        let Some(text) = exactly(encoding, bytes).filter(|text| !text.contains('\0')) else { continue };
        let all = text.chars().count();
        let hits = text.chars().filter(|&c| is_plausible(c)).count();
        if hits * 10 >= all * 9 && best.as_ref().is_none_or(|&(most, ..)| hits > most) {
            best = Some((hits, text, encoding));
        }
    }
    best.map(|(_, text, encoding)| (text, encoding.name()))
}

/// Letters and marks of the languages that are read most; unlikely to come out of other bytes.
fn is_plausible(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | ' '..='~' | '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{203B}'
        | '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{FF01}'..='\u{FF5E}')
}

/// GB18030 or Big5, whichever makes more of its characters common ones; `None` when neither makes
/// most of them so, or when the bytes are rather UTF-8 with a fault.
fn chinese(bytes: &[u8]) -> Option<(String, &'static str)> {
    if bytes.contains(&0) || mostly_utf8(bytes) {
        return None;
    }
    let candidates = [
        // GB 2312 keeps its marks in rows A1–A3 and its level of common characters in B0–D7.
        (GB18030, common(bytes, |lead, trail| trail >= 0xA1 && matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7))),
        // Big5 keeps its marks in rows A1–A3 and its level of common characters in A4–C6.
        (BIG5, common(bytes, |lead, _| matches!(lead, 0xA1..=0xC6))),
    ];
    let fitting = candidates
        .into_iter()
        .filter_map(|(encoding, (hits, all))| Some((hits, all, (exactly(encoding, bytes)?, encoding.name()))))
        .filter(|&(hits, all, _)| hits * 10 >= all * 6);
    // On a tie the first, GB18030, stays.
    let mut best: Option<(usize, usize, (String, &str))> = None;
    for (hits, all, found) in fitting {
        if best.as_ref().is_none_or(|&(h, a, _)| hits * a > h * all) {
            best = Some((hits, all, found));
        }
    }
    best.map(|(_, _, found)| found)
}

/// How many characters beyond ASCII are common ones, and how many there are. What GB18030 writes with four bytes is
/// common where it is a letter; other encodings have no such sequences.
fn common(bytes: &[u8], is_common: impl Fn(u8, u8) -> bool) -> (usize, usize) {
    let (mut hits, mut all, mut rest) = (0, 0, bytes);
    loop {
        rest = match rest {
            [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', tail @ ..] => {
                let letter = exactly(GB18030, &rest[..4]).is_some_and(|c| c.chars().all(char::is_alphabetic));
                hits += usize::from(letter);
                all += 1;
                tail
            }
            [lead @ 0x80..=0xFF, trail, tail @ ..] => {
                hits += usize::from(is_common(*lead, *trail));
                all += 1;
                tail
            }
            [0x80..=0xFF] => return (hits, all + 1),
            [_, tail @ ..] => tail,
            [] => return (hits, all),
        };
    }
}

/// How many characters of two bytes tell EUC-KR or EUC-JP from Chinese. In running Chinese 35 to 47 % of them stand in
/// rows behind those of Hangul, and of 2,515 stretches of so many (every fifth place of the Chinese texts in `texts/` and
/// `tests/genres/`) none would be taken for Korean; of 20, two would.
const ENOUGH: usize = 32;

/// EUC-KR or EUC-JP, which have the same bytes as GB 2312 for other characters: nearly all Hangul in the first rows of
/// ideographs, or Hiragana, which Chinese lacks, between them.
fn other(bytes: &[u8]) -> Option<&'static str> {
    if bytes.contains(&0) || mostly_utf8(bytes) {
        return None;
    }
    let (mut words, mut hangul, mut hiragana, mut rest) = (0, 0, 0, bytes);
    while let [lead, tail @ ..] = rest {
        rest = tail;
        if *lead < 0x80 {
            continue;
        }
        let [0xA1..=0xFF, tail @ ..] = rest else { return None };
        rest = tail;
        words += usize::from(matches!(lead, 0xA4..=0xA5 | 0xB0..));
        hangul += usize::from(matches!(lead, 0xB0..=0xC8));
        hiragana += usize::from(*lead == 0xA4);
    }
    let found = |encoding: &'static Encoding, hits: usize, share: usize| {
        (words >= ENOUGH && hits * 100 >= words * share && exactly(encoding, bytes).is_some())
            .then(|| encoding.name())
    };
    found(EUC_KR, hangul, 95).or_else(|| found(EUC_JP, hiragana, 20))
}

/// Whether most bytes beyond ASCII are in valid UTF-8 sequences.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| !b.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    good > bad
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一、网络主权的涵义\r\n主权国家是开展网络空间活动的关键行为体。 Yes.\r\n";
    const TRADITIONAL: &str = "今天晚上，很好的月光。我不見他，已是三十多年；今天見了，精神分外爽快。\n";

    const KOREAN: &str =
        "대한민국은 민주공화국이다. 대한민국의 주권은 국민에게 있고, 모든 권력은 국민으로부터 나온다.\n";
    const JAPANESE: &str = "メロスは激怒した。必ず、かの邪智暴虐の王を除かなければならぬと決意した。メロスには政治がわからぬ。\n";

    fn wide(text: &str, mark: bool, big: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn encodings_come_out_as_the_same_text() {
        let with_mark = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        for (what, bytes) in [
            ("UTF-8", TEXT.as_bytes().to_vec()),
            ("UTF-8 with a mark", with_mark),
            ("UTF-16LE with a mark", wide(TEXT, true, false)),
            ("UTF-16BE with a mark", wide(TEXT, true, true)),
            ("UTF-16LE", wide(TEXT, false, false)),
            ("UTF-16BE", wide(TEXT, false, true)),
            ("gb18030", GB18030.encode(TEXT).0.into_owned()),
        ] {
            let encoding = what.split(' ').next().expect("a name");
            assert_eq!(decode(&bytes).ok(), Some((TEXT.to_owned(), encoding)), "{what}");
        }
        // half of its characters have four bytes
        let rare = "\u{20000}一\u{20001}丁\u{20002}丂\u{20003}七\u{3400}丄\n";
        let bytes = GB18030.encode(rare).0.into_owned();
        assert_eq!(decode(&bytes).ok(), Some((rare.to_owned(), "gb18030")));
        let big5 = BIG5.encode(TRADITIONAL).0.into_owned();
        assert_eq!(decode(&big5).ok(), Some((TRADITIONAL.to_owned(), "Big5")));
        assert_eq!(decode(b"").ok(), Some((String::new(), "UTF-8")));
        assert_eq!(decode(b"one\rtwo\r").ok(), Some(("one\ntwo\n".to_owned(), "UTF-8")));
        assert_eq!(decode(b"one\r\ntwo\r").ok(), Some(("one\r\ntwo\r".to_owned(), "UTF-8")));
    }

    #[test]
    fn faults_are_named_with_their_place() {
        let mut broken = "第一行\n第二行主权国家\n".as_bytes().to_vec();
        broken.splice(13..13, [0xFF]);
        for (bytes, want) in [
            (b"one\ntwo \xFF three\n".to_vec(), "not valid UTF-8 at byte 8 (line 2)"),
            (broken, "not valid UTF-8 at byte 13 (line 2)"),
            (b"\xEF\xBB\xBFa\n\xFF\n".to_vec(), "not valid UTF-8 at byte 5 (line 2)"),
            ("好的\n\u{0}".as_bytes().to_vec(), "not a text file: byte 7 (line 2) is NUL"),
            (b"abc\0def\n".to_vec(), "not a text file: byte 3 (line 1) is NUL"),
            (b"PK\x03\x04\x00\x00\x00\xFF".to_vec(), "not a text file: byte 4 (line 1) is NUL"),
            (b"\xFF\xFE\x00\xD8".to_vec(), "not valid UTF-16LE at byte 2 (line 1)"),
            (b"\xFF\xFEa\0\n\0\x00\xDCb\0".to_vec(), "not valid UTF-16LE at byte 6 (line 2)"),
            (b"\xFE\xFF\0a\xD8\x00\0b".to_vec(), "not valid UTF-16BE at byte 4 (line 1)"),
            (b"\xFF\xFEa\0b".to_vec(), "not valid UTF-16LE at byte 4 (line 1)"),
            (EUC_KR.encode(KOREAN).0.into_owned(), "text in EUC-KR, which is not read"),
            (EUC_JP.encode(JAPANESE).0.into_owned(), "text in EUC-JP, which is not read"),
            ("我们\n的".as_bytes()[..8].to_vec(), "not valid UTF-8 at byte 7 (line 2)"),
        ] {
            let message = decode(&bytes).map_err(|e| e.to_string()).expect_err("a fault");
            assert!(message.starts_with(want), "{message} / {want}");
        }
    }
}
