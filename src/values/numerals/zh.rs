//! Chinese numerals, in characters or mixed with digits.

use crate::values::Amount;
use crate::values::chars::Chars;
use crate::values::numerals::magnitudes::{Lead, start};

/// The digit that a character stands for; 两 and 俩 are 2, 仨 is 3.
pub(in crate::values) fn digit(c: char) -> Option<i64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' | '俩' => 2,
        '三' | '叁' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

pub(in crate::values) fn small_magnitude(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

pub(in crate::values) fn big_magnitude(c: char) -> Option<i64> {
    Some(match c {
        '万' => 10_000,
        '亿' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

pub(in crate::values) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || small_magnitude(c).is_some() || big_magnitude(c).is_some()
}

/// Words that count what follows a numeral.
pub(in crate::values) const CLASSIFIERS: &str = "个只条张件位名人家本部台辆艘架座栋间所套双对副把根支枝颗粒片块篇章节页行列排层级阶期届次回遍趟轮番种类样项款例份封幅笔股群批组队班箱袋瓶杯碗盘桶罐盒桌岁年月日天周时分秒点里米斤克吨元角毛亩顷升度倍口匹尾朵株棵滴堆串捆卷册集曲幕句字户村县市省州国步号代者方大成折星场重则处桩宗颁枚门声眼脚拳刀笼帧杆扇盏道起";

/// A numeral as read at one place.
#[derive(Clone, Copy)]
pub(in crate::values) struct Num {
    pub(in crate::values) value: Amount,
    pub(in crate::values) end: usize,
    pub(in crate::values) approximate: bool,
    pub(in crate::values) vague: bool,
    /// Begun by Arabic digits.
    pub(in crate::values) arabic: bool,
    /// How many digits, when it is Arabic digits and nothing else; or Chinese digits one by one (二〇二一).
    pub(in crate::values) run: usize,
    /// How many characters or digit groups it is made of.
    pub(in crate::values) tokens: usize,
    /// The factor after the first digits: 10,000 in 3.5万.
    pub(in crate::values) scale: Amount,
}

pub(in crate::values) enum Read {
    No,
    /// Nothing to be read before this place.
    Skip(usize),
    /// Two neighbours, 三五 or 二三十: either; the place where the second begins, and the end.
    Either(Amount, Amount, usize, usize),
    Num(Num),
}

/// Reads the numeral at `i`, without sign.
pub(in crate::values) fn numeral(t: &Chars<'_>, i: usize) -> Read {
    let Some(mut s) = start(t, i) else { return Read::No };
    match s.lead {
        Lead::Skip(end) => return Read::Skip(end),
        Lead::Pair(a, b) => {
            if let Some(read) = either(t, i, a, b, s.j) {
                return read;
            }
        }
        Lead::One => {}
    }
    while s.step(t).is_some() {}
    match s.finish() {
        Some(num) => Read::Num(num),
        None => Read::No,
    }
}

/// Two digits side by side: 三五个, 二三十 and 七八万 mean the one or the other; 五四 and 三八 are names.
fn either(t: &Chars<'_>, i: usize, a: i64, b: i64, j: usize) -> Option<Read> {
    if matches!(t.c(t.past_space(j)), '折' | '点') || t.is(j, "年") && b != a + 1 {
        return None;
    }
    let mut factor = 1_i64;
    let mut end = j;
    while let Some(m) = small_magnitude(t.c(end)).or_else(|| big_magnitude(t.c(end))) {
        factor = factor.checked_mul(m)?;
        end += 1;
        if end > j + 3 {
            break;
        }
    }
    let near = b == a + 1 || (a, b) == (3, 5);
    if near && !is_numeral(t.c(end)) && (end > j || CLASSIFIERS.contains(t.c(end)) || t.c(end) == '百') {
        let scaled = |n: i64| n.checked_mul(factor).map(Amount::int);
        return Some(Read::Either(scaled(a)?, scaled(b)?, i + 1, end));
    }
    Some(Read::Skip(j.max(end)))
}

/// 10k, 5w: letters that scale the number they touch.
pub(in crate::values) fn letter_scale(t: &Chars<'_>, at: usize, num: &Num) -> Option<(Amount, usize)> {
    let (factor, end) = scan_scale(t, num.end)?;
    // 5G and 4K are names.
    let small = num.end - at == 1 && matches!(t.c(num.end), 'G' | 'K');
    let memory = ["内存", "显存", "硬盘", "存储", "流量"]
        .iter()
        .any(|w| t.is(t.past_space(end), w) || t.is(t.past_space(end), &format!("的{w}")));
    (!small || memory).then_some((factor, end))
}

pub(in crate::values) fn scan_scale(t: &Chars<'_>, k: usize) -> Option<(Amount, usize)> {
    if t.c(k + 1).is_ascii_alphanumeric() {
        return None;
    }
    let power = match t.c(k) {
        'k' | 'K' => 3,
        'w' | 'W' => 4,
        'M' => 6,
        'G' | 'B' | 'b' => 9,
        'T' => 12,
        _ => return None,
    };
    Some((Amount::ten_to(power)?, k + 1))
}
