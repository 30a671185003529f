//! What has been read so far; the first half of a range is mended here by its second.

use super::chars::{Chars, is_dash, is_space};
use super::{Amount, Unit, Value, ValueKind};

/// How many characters may join two centuries: "to the".
const JOINT: usize = 7;

/// What has been read so far, and what is needed to mend the first half of a range by its second.
pub(super) struct Out<'o, 't> {
    t: &'o Chars<'t>,
    pub(super) values: Vec<Value>,
    /// For each value: the number before its scale (3.5 of 3.5万), and the scale.
    raws: Vec<Raw>,
    last_start: usize,
    last_end: usize,
}

/// A number before its scale, and the scale.
#[derive(Clone, Copy)]
struct Raw {
    number: Amount,
    scale: Amount,
}

/// A value before it is pushed; `start` and `end` count characters.
pub(super) struct Draft {
    pub(super) kind: ValueKind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Amount,
    pub(super) unit: Option<Unit>,
    pub(super) approximate: bool,
    pub(super) weak: bool,
    pub(super) scale: Amount,
}

impl Draft {
    pub(super) fn new(kind: ValueKind, start: usize, end: usize, value: Amount) -> Draft {
        Draft { kind, start, end, value, unit: None, approximate: false, weak: false, scale: Amount::ONE }
    }

    /// Makes the value weak, if it is not already, where `weak` says so.
    pub(super) fn weak(mut self, weak: bool) -> Draft {
        self.weak |= weak;
        self
    }

    pub(super) fn unit(mut self, unit: Option<Unit>) -> Draft {
        self.unit = unit;
        self
    }

    pub(super) fn approximate(mut self, approximate: bool) -> Draft {
        self.approximate |= approximate;
        self
    }
}

impl<'o, 't> Out<'o, 't> {
    pub(super) fn new(t: &'o Chars<'t>) -> Self {
        Out { t, values: Vec::new(), raws: Vec::new(), last_start: 0, last_end: 0 }
    }

    /// Where the last value ended, in characters; 0 before the first.
    pub(super) fn last_end(&self) -> usize {
        self.last_end
    }

    /// Whether the last value is a century before Christ.
    pub(super) fn last_before_christ(&self) -> bool {
        self.values.last().is_some_and(|v| v.kind == ValueKind::Century && v.value.is_negative())
    }

    /// The kind of the last value, when it ends where the next begins (spaces between).
    pub(super) fn touching(&self, start: usize) -> Option<ValueKind> {
        let joined = self.last_end == start || self.t.past_space(self.last_end) == start;
        self.values.last().filter(|_| joined).map(|value| value.kind)
    }

    /// Adds a value and returns where to read on; one that is empty or begins before the last one's end is left out.
    pub(super) fn put(&mut self, d: Draft) -> usize {
        let end = d.end;
        self.push(d);
        end
    }

    /// Adds a value; one that is empty or begins before the last one's end is left out.
    pub(super) fn push(&mut self, d: Draft) {
        if d.start >= d.end || d.start < self.last_end || d.end > self.t.len() {
            return;
        }
        let mut v = Value {
            kind: d.kind,
            span: self.t.span(d.start, d.end),
            value: d.value,
            unit: d.unit,
            approximate: d.approximate,
            weak: d.weak,
        };
        let raw = Raw { number: d.value.div(d.scale).unwrap_or(d.value), scale: d.scale };
        if self.lists_a_year(&v, &d) {
            v.kind = ValueKind::Year;
        }
        if let (Some(p), Some(r)) = (self.values.last_mut(), self.raws.last_mut())
            && joins_range(self.t, self.last_start, self.last_end, d.start)
        {
            p.weak &= v.weak || p.kind != ValueKind::Number;
            mend_range((p, r), (&mut v, raw));
        }
        self.reckon_back(&mut v, d.start);
        (self.last_start, self.last_end) = (d.start, d.end);
        self.values.push(v);
        self.raws.push(raw);
    }

    /// Says of both of two centuries that they are before Christ, where only one does: the fifth and fourth centuries BC,
    /// 公元前五世纪至四世纪, 公元前五至前三世纪.
    fn reckon_back(&mut self, v: &mut Value, start: usize) {
        let joint = self.t.before_space(start).saturating_sub(self.t.past_space(self.last_end)) <= JOINT;
        let Some(p) = self.values.last_mut().filter(|_| v.kind == ValueKind::Century && joint) else {
            return;
        };
        let opened = self.last_start >= 3 && self.t.is(self.last_start - 3, "公元前");
        let rank = p.kind == ValueKind::Ordinal || p.kind == ValueKind::Century;
        if v.value.is_negative() && rank && !p.value.is_negative() && v.value.neg() < p.value {
            (p.kind, p.value) = (ValueKind::Century, p.value.neg());
        } else if !v.value.is_negative() && p.kind == ValueKind::Century {
            if opened && !p.value.is_negative() {
                p.value = p.value.neg();
            }
            if p.value.is_negative() && v.value < p.value.neg() {
                v.value = v.value.neg();
            }
        }
    }

    /// 2013, 2015 and 2021: years all.
    fn lists_a_year(&self, v: &Value, d: &Draft) -> bool {
        v.kind == ValueKind::Number
            && v.unit.is_none()
            && d.end == d.start + 4
            && year_like(v.value)
            && self.values.last().is_some_and(|p| p.kind == ValueKind::Year)
            && listed(self.t, self.last_end, d.start)
    }
}

fn year_like(a: Amount) -> bool {
    a.as_int().is_some_and(|n| (1000..2200).contains(&n))
}

/// Gives the two ends of a range what only one of them says: 10 to 20 million, 1—3月, $10-20, 2019—2021年.
fn mend_range((p, r): (&mut Value, &mut Raw), (v, raw): (&mut Value, Raw)) {
    let bare = |v: &Value| v.kind == ValueKind::Number && v.unit.is_none();
    let mut rescale = |p: &mut Value| {
        if r.scale == Amount::ONE
            && raw.scale != Amount::ONE
            && r.number < raw.number
            && let Some(scaled) = r.number.mul(raw.scale)
        {
            p.value = scaled;
            r.scale = raw.scale;
        }
    };
    if bare(p) {
        let copy = match v.kind {
            ValueKind::Year => year_like(p.value),
            ValueKind::Number
            | ValueKind::Ordinal
            | ValueKind::Fraction
            | ValueKind::Multiple
            | ValueKind::Decade => false,
            _ => true,
        };
        if copy {
            p.kind = v.kind;
        }
        if copy || v.kind == ValueKind::Number {
            p.unit = v.unit;
            rescale(p);
        }
    } else if bare(v) && matches!(p.kind, ValueKind::Money | ValueKind::Day) {
        (v.kind, v.unit) = (p.kind, p.unit);
        if v.kind == ValueKind::Money {
            rescale(p);
        }
    } else if bare(v) && p.kind == ValueKind::Year && year_like(v.value) {
        v.kind = ValueKind::Year;
    } else if v.kind == ValueKind::Money && p.kind == ValueKind::Money && p.unit == v.unit {
        rescale(p);
    }
}

/// Whether what stands from `a` to `b` joins two members of a list.
fn listed(t: &Chars<'_>, a: usize, b: usize) -> bool {
    let from = t.past_space(a);
    let to = t.before_space(b);
    match to.saturating_sub(from) {
        1 => matches!(t.c(from), ',' | '、' | '和' | '与' | '及'),
        3 => t.is(from, "and"),
        5 => t.is(from, ", and"),
        _ => false,
    }
}

/// Whether what stands from `a` to `b` joins two numbers to a range.
fn joins_range(t: &Chars<'_>, start: usize, a: usize, b: usize) -> bool {
    if b <= a || b - a > 5 {
        return false;
    }
    let (mut a, mut b) = (a, b);
    while a < b && is_space(t.c(a)) {
        a += 1;
    }
    while b > a && is_space(t.c(b - 1)) {
        b -= 1;
    }
    match b - a {
        1 => is_dash(t.c(a)) || matches!(t.c(a), '至' | '到'),
        2 => (is_dash(t.c(a)) && is_dash(t.c(a + 1))) || t.is(a, "to"),
        3 => t.is(a, "and") && t.any_before(t.before_space(start), &["between", "Between"]),
        _ => false,
    }
}
