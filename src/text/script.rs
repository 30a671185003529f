//! Which language a text is in, judged by its script alone, and how wide its characters are.

use super::Lang;
use crate::words::words;

/// Whether a character is Han: an ideograph, `々` or `〇`.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}' | '々' | '〇')
}

/// Languages that are written in another script than the Latin one.
const OTHERWISE: &str = "ar bg el fa he hi ja ka ko ru sr ta te th uk ur zh";

/// Whether a language is written in Latin letters.
pub fn is_latin(lang: Lang) -> bool {
    !OTHERWISE.split(' ').any(|other| other == lang.as_str())
}

/// Frequent characters that are written in two ways, the traditional one first.
const TWO_WAYS: &str = "國国這这們们說说對对時时會会個个來来為为請请檔档開开關关設设";

/// Whether a Chinese text is in traditional characters rather than simplified ones.
pub fn is_traditional(text: &str) -> bool {
    let (mut traditional, mut simplified) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match TWO_WAYS.chars().position(|known| known == c) {
            Some(at) if at.is_multiple_of(2) => traditional += 1,
            Some(_) => simplified += 1,
            None => {}
        }
    }
    traditional > simplified
}

/// Columns that a character takes up on a terminal: 2 for East Asian wide ones, else 1.
pub fn width(c: char) -> usize {
    let wide = matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}');
    1 + usize::from(wide)
}

/// What a text is written in, and how much of it there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// The language that its script points to; `en` stands for every language in Latin letters.
    pub lang: Lang,
    /// Its amount, in about thirds of a word.
    pub weight: usize,
}

/// The language of a passage by its script, or `None` when it has no letters.
///
/// What stands in quotation marks or brackets counts only when nothing stands outside of them,
/// so that a passage keeps its language when it quotes another one.
pub fn language(text: &str) -> Option<Evidence> {
    let (outer, inner, balanced) = tally(text);
    let mut all = outer.clone();
    all.add(&inner);
    let weight = all.total();
    let judged = if balanced && outer.total() >= 2 { outer } else { all };
    judged.lang().map(|lang| Evidence { lang, weight })
}

/// Amounts of text in each script, in about thirds of a word.
#[derive(Debug, Clone, Default)]
struct Tally {
    han: usize,
    kana: usize,
    hangul: usize,
    latin: usize,
    function_words: usize,
    chinese_marks: usize,
    other: [usize; OTHER.len()],
}

/// Scripts that point to one language well enough.
const OTHER: [&str; 7] = ["ru", "el", "ar", "he", "hi", "th", "ka"];

/// The place in [`OTHER`] of a letter's script.
fn other(c: char) -> Option<usize> {
    let tag = match c {
        '\u{400}'..='\u{52F}' => "ru",
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => "el",
        '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' => "ar",
        '\u{590}'..='\u{5FF}' => "he",
        '\u{900}'..='\u{97F}' => "hi",
        '\u{E00}'..='\u{E7F}' => "th",
        '\u{10A0}'..='\u{10FF}' => "ka",
        _ => return None,
    };
    OTHER.iter().position(|&other| other == tag)
}

impl Tally {
    fn add(&mut self, more: &Tally) {
        self.han += more.han;
        self.kana += more.kana;
        self.hangul += more.hangul;
        self.latin += more.latin;
        self.function_words += more.function_words;
        self.chinese_marks += more.chinese_marks;
        for (slot, n) in self.other.iter_mut().zip(more.other) {
            *slot += n;
        }
    }

    fn total(&self) -> usize {
        self.han + self.kana + self.hangul + self.latin + self.other.iter().sum::<usize>()
    }

    fn lang(&self) -> Option<Lang> {
        let (best, most) = OTHER
            .iter()
            .zip(self.other)
            .fold((None, 0), |(best, most), (&tag, n)| if n > most { (Some(tag), n) } else { (best, most) });
        let cjk = self.han + self.kana;
        if most > cjk.max(self.hangul).max(self.latin) {
            return best.and_then(Lang::parse);
        }
        if self.hangul > cjk.max(self.latin) {
            return Lang::parse("ko");
        }
        // A Chinese sentence is full of Latin names more often than an English one of Han ones; the
        // small words and the marks of the two tell which it is.
        let share = |of: usize| cjk * 100 >= (cjk + self.latin) * of;
        if cjk > 0 && (share(50) || share(25) && self.function_words <= self.chinese_marks) {
            let japanese = self.kana * 8 >= cjk;
            return if japanese { Lang::parse("ja") } else { Some(Lang::ZH) };
        }
        (self.latin > 0).then_some(Lang::EN)
    }
}

/// Tallies what stands outside and inside of quotation marks and brackets, and says whether these
/// were balanced.
fn tally(text: &str) -> (Tally, Tally, bool) {
    let (mut outer, mut inner) = (Tally::default(), Tally::default());
    let (mut depth, mut quoted, mut balanced) = (0usize, false, true);
    let mut word_start = None;
    for (at, c) in text.char_indices() {
        let into = if depth > 0 || quoted { &mut inner } else { &mut outer };
        // Letters that go with Latin ones only: basic, supplements and extended blocks.
        let latin = c.is_ascii_alphabetic()
            || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && c.is_alphabetic();
        if latin {
            word_start.get_or_insert(at);
            continue;
        }
        if let Some(start) = word_start.take() {
            into.word(&text[start..at]);
        }
        into.chinese_marks +=
            usize::from("，。、；：！？的是了在和与不有对为使用".contains(c) && !c.is_ascii());
        match c {
            '“' | '「' | '『' | '(' | '（' | '《' | '〈' | '[' => depth += 1,
            '”' | '」' | '』' | ')' | '）' | '》' | '〉' | ']' => {
                balanced &= depth > 0;
                depth = depth.saturating_sub(1);
            }
            '"' => quoted = !quoted,
            _ if is_han(c) => into.han += 2,
            '\u{3041}'..='\u{30FF}' => into.kana += 2,
            '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' => into.hangul += 2,
            _ if c.is_ascii() => {}
            _ => {
                if let Some(slot) = other(c).and_then(|index| into.other.get_mut(index)) {
                    *slot += 1;
                }
            }
        }
    }
    if let Some(start) = word_start {
        let into = if depth > 0 || quoted { &mut inner } else { &mut outer };
        into.word(&text[start..]);
    }
    (outer, inner, balanced && depth == 0 && !quoted)
}

impl Tally {
    fn word(&mut self, word: &str) {
        self.latin += 3;
        const FUNCTION: &[&str] = words!("function word", en);
        self.function_words += usize::from(FUNCTION.iter().any(|w| w.eq_ignore_ascii_case(word)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, want) in [
            ("网络主权的涵义", "zh"),
            ("The Concept of Sovereignty", "en"),
            ("Zhang San (张三) and Li Si (李四) met.", "en"),
            ("他说:“I have a dream that one day this nation will rise up.”", "zh"),
            ("使用 `Kubernetes` Gateway API 部署", "zh"),
            ("The word 主权 is rendered as sovereignty.", "en"),
            ("これは日本語の文です。", "ja"),
            ("한국어 문장입니다.", "ko"),
            ("Это русский текст.", "ru"),
            ("Another, on 主权.", "en"),
            ("使用 Bank of China 服务", "zh"),
            ("Huawei 的 HarmonyOS NEXT Developer Beta 发布", "zh"),
            ("2003–2015, 12 %", "-"),
        ] {
            let got = language(text).map_or("-".to_owned(), |e| e.lang.to_string());
            assert_eq!(got, want, "{text}");
        }
    }
}
