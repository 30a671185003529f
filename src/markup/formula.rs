//! The formula of a catalogue of gettext that says which plural form a number takes: `Plural-Forms: nplurals=3;
//! plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 ? 1 : 2);`, an expression of C over `n`.

/// How many of its forms stand for several numbers, of those from 0 to 1,000; the others are for one, two and their like,
/// which may be said in words. A form for at least five numbers is for several (`plural_distribution` of GNU gettext
/// 0.21, `OFTEN`). `None` where the text declares no forms, or none that can be worked out.
pub(crate) fn for_several(catalogue: &str) -> Option<Vec<bool>> {
    let (_, rest) = catalogue.split_once("nplurals=")?;
    let (count, rest) = rest.split_once(';')?;
    let count: usize = count.trim().parse().ok().filter(|count| (1..=MOST).contains(count))?;
    let (_, rest) = rest.split_once("plural=")?;
    // a long one stands on several lines of the catalogue
    let formula: String =
        rest.split([';', '\\']).next()?.chars().filter(|c| !"\"\r\n".contains(*c)).collect();
    let mut often = vec![0; count];
    for number in 0..=1000 {
        let mut parser = Parser { rest: &formula, number, depth: 0 };
        let form = parser.choice().filter(|_| parser.rest.trim().is_empty())?;
        *often.get_mut(usize::try_from(form).ok()?)? += 1;
    }
    Some(often.into_iter().map(|numbers| numbers >= SEVERAL).collect())
}

/// No language has more forms than Arabic with six; twice that is plenty.
const MOST: usize = 12;
/// See [`for_several`].
const SEVERAL: usize = 5;
/// How deep parentheses and choices may stand in each other: real formulas reach five.
const DEEPEST: usize = 32;

/// Works out an expression while it is read; both sides of what need not be worked out are, since nothing has effects.
struct Parser<'f> {
    rest: &'f str,
    number: i64,
    depth: usize,
}

/// The operators with two sides, the loosest first; of those with the same beginning, the longer first.
const LEVELS: [&[&str]; 6] =
    [&["||"], &["&&"], &["==", "!="], &["<=", ">=", "<", ">"], &["+", "-"], &["*", "/", "%"]];

impl Parser<'_> {
    fn takes(&mut self, mark: &str) -> bool {
        let rest = self.rest.trim_start();
        let taken = rest.strip_prefix(mark);
        self.rest = taken.unwrap_or(rest);
        taken.is_some()
    }

    /// `a ? b : c`, or less.
    fn choice(&mut self) -> Option<i64> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let condition = self.sides(0)?;
        let value = if self.takes("?") {
            let yes = self.choice()?;
            let no = self.takes(":").then(|| self.choice()).flatten()?;
            if condition == 0 { no } else { yes }
        } else {
            condition
        };
        self.depth -= 1;
        Some(value)
    }

    fn sides(&mut self, level: usize) -> Option<i64> {
        let Some(operators) = LEVELS.get(level) else { return self.operand() };
        let mut value = self.sides(level + 1)?;
        while let Some(operator) = operators.iter().find(|operator| self.takes(operator)) {
            let other = self.sides(level + 1)?;
            value = match *operator {
                "||" => i64::from(value != 0 || other != 0),
                "&&" => i64::from(value != 0 && other != 0),
                "==" => i64::from(value == other),
                "!=" => i64::from(value != other),
                "<=" => i64::from(value <= other),
                ">=" => i64::from(value >= other),
                "<" => i64::from(value < other),
                ">" => i64::from(value > other),
                "+" => value.checked_add(other)?,
                "-" => value.checked_sub(other)?,
                "*" => value.checked_mul(other)?,
                "/" => value.checked_div(other)?,
                _ => value.checked_rem(other)?,
            };
        }
        Some(value)
    }

    fn operand(&mut self) -> Option<i64> {
        let mut not = false;
        while self.takes("!") {
            not = !not;
        }
        let value = if self.takes("(") {
            self.choice().filter(|_| self.takes(")"))?
        } else if self.takes("n") {
            self.number
        } else {
            let digits = self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, rest) = self.rest.split_at(digits);
            self.rest = rest;
            number.parse().ok()?
        };
        Some(if not { i64::from(value == 0) } else { value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formulas of GNU gettext's manual, and what is none.
    #[test]
    fn forms_for_several_numbers_are_told_from_those_for_one() {
        let cases: [(&str, Option<&[bool]>); 10] = [
            ("nplurals=2; plural=n \"\n\"!= !!1;", Some(&[false, true])),
            ("nplurals=1; plural=0;", Some(&[true])),
            ("nplurals=2; plural=n != 1;", Some(&[false, true])),
            ("nplurals=2; plural=n>1;\\n", Some(&[false, true])),
            (
                "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
                Some(&[true, true, true]),
            ),
            ("nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;", Some(&[false, false, true])),
            (
                "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
                Some(&[false, false, false, true, true, true]),
            ),
            ("nplurals=2; plural=n/0;", None),
            ("nplurals=2; plural=n;", None),
            ("no header", None),
        ];
        for (written, told) in cases {
            assert_eq!(for_several(written).as_deref(), told, "{written}");
        }
        let deep = format!("nplurals=2; plural={}n;", "(".repeat(100_000));
        assert_eq!(for_several(&deep), None);
    }
}
