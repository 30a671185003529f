//! What is printed on page after page and belongs to no passage: running heads and feet, and the numbers of pages.

use std::collections::BTreeMap;

/// The lines of pages, without what runs through these; `None` stands where such a line stood.
pub(super) fn taken_out<'t>(pages: &[&'t str]) -> Vec<Vec<Option<&'t str>>> {
    let mut pages: Vec<Vec<Option<&str>>> =
        pages.iter().map(|page| page.lines().map(Some).collect()).collect();
    // heads of several lines come off one by one, as each is the first once those above it are gone
    for _ in 0..MOST {
        let found = running(&pages);
        if found.is_empty() {
            break;
        }
        for of_page in found.chunk_by(|one, other| one.0 == other.0) {
            let page = &mut pages[of_page[0].0];
            // all that a page says is its text, unless it is its number
            let whole = page.iter().flatten().filter(|line| says(line)).count() == of_page.len();
            for &(_, line) in of_page {
                let worded = page[line].is_some_and(|line| line.contains(char::is_alphabetic));
                page[line] = page[line].filter(|_| whole && worded);
            }
        }
    }
    pages
}

/// Whether there is more in a line than white space.
fn says(line: &str) -> bool {
    !line.trim().is_empty()
}

/// How many lines a head or a foot may have.
const MOST: usize = 4;

/// A line of a page.
struct Place {
    page: usize,
    line: usize,
    /// Whether it is the first or the last that says something.
    edge: bool,
    /// The numbers in it; what is too large to be that of a page is none.
    numbers: Vec<Option<usize>>,
}

/// The lines that run through the pages: by page and line.
fn running(pages: &[Vec<Option<&str>>]) -> Vec<(usize, usize)> {
    let mut alike: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (page, lines) in pages.iter().enumerate() {
        let says = |line: &Option<&str>| line.is_some_and(says);
        let (first, last) = (lines.iter().position(says), lines.iter().rposition(says));
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| says(line)) {
            let edge = Some(at) == first || Some(at) == last;
            // between the columns of a page a foot stands apart from what goes on behind it
            if !edge && says(&lines[at - 1]) && says(&lines[at + 1]) {
                continue;
            }
            let (form, numbers) = form(line.unwrap_or_default());
            alike.entry(form).or_default().push(Place { page, line: at, edge, numbers });
        }
    }
    let mut found = Vec::new();
    for (form, places) in alike {
        let mut of_pages: Vec<&[Place]> = places.chunk_by(|one, other| one.page == other.page).collect();
        // a title may stand below the head that repeats it; what stands on a page again and again is of that page
        if places.len() > of_pages.len() + 1 || !runs(&form, &of_pages, pages.len()) {
            continue;
        }
        for places in of_pages.drain(..) {
            let at_edge = places.iter().find(|place| place.edge).or(places.first());
            found.extend(at_edge.map(|place| (place.page, place.line)));
        }
    }
    found.sort_unstable();
    found
}

/// Whether lines of one form that stand on these of `all` pages run through them: the words are the same, and a number
/// either is as well, or grows by one from page to page.
fn runs(form: &str, places: &[&[Place]], all: usize) -> bool {
    let ([first, ..], [last, ..]) = (places[0], places[places.len() - 1]) else { return false };
    let numbers = || places.iter().map(|of_page| &of_page[0]);
    let constant = numbers().all(|place| place.numbers == first.numbers);
    let in_step = (0..first.numbers.len()).any(|at| {
        let ahead = |place: &Place| {
            place.numbers.get(at).copied().flatten().map(|number| (number + first.page, place.page))
        };
        let begin = first.numbers[at];
        begin.is_some_and(|begin| {
            numbers().all(|place| ahead(place).is_some_and(|(number, page)| number == begin + page))
        })
    });
    if !constant && !in_step {
        return false;
    }
    let edges = numbers().all(|place| place.edge);
    // heads of left and of right pages take turns, and a chapter ends
    let dense = last.page - first.page < 2 * places.len();
    match (places.len(), edges) {
        (0 | 1, _) => false,
        // the first page of three may have none
        (2, edges) => edges && all <= 3 && last.page - first.page == 1,
        (_, true) => dense,
        // between the columns of a page: wherever the program puts it
        (many, false) => dense && 2 * many >= all && (in_step || form.contains(char::is_alphabetic)),
    }
}

/// A line without white space, a mark for each number in it, and the numbers.
fn form(line: &str) -> (String, Vec<Option<usize>>) {
    let (mut form, mut numbers, mut digits) = (String::new(), Vec::new(), String::new());
    for c in line.chars().chain(['\n']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            form.push('0');
            numbers.push(digits.parse().ok().filter(|&number: &usize| number < 1 << 20));
            digits.clear();
        }
        form.extend((!c.is_whitespace()).then_some(c));
    }
    (form, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_through_pages_is_taken_out() {
        for (pages, left) in [
            // a head, and a foot that is printed between columns
            (
                &["Head\na\nPage 1\n\nb", "Head\nc\nPage 2\n\nd", "Head\ne\nPage 3\n\nf"][..],
                &["a\n\nb", "c\n\nd", "e\n\nf"][..],
            ),
            // a title below the head that repeats it
            (&["T\nT\na\n1", "T\nb\n2", "T\nc\n3"], &["T\na", "b", "c"]),
            // heads of left and right pages, and of two chapters
            (
                &["A 1\na", "2 B\nb", "A 3\nc", "4 B\nd", "A 5\ne", "6 B\nf", "A 7\ng", "8 C\nh"],
                &["a", "b", "c", "d", "e", "f", "g", "8 C\nh"],
            ),
            (&["- 7 -\na", "- 8 -\nb"], &["a", "b"]),
            (&["第 1 页 共 2 页\n甲", "第 2 页 共 2 页\n乙"], &["甲", "乙"]),
            // lines that are alike, and numbers that count something else
            (
                &["Table 1\na\nyes", "Table 4\nb\nno", "Table 6\nc\nyes"],
                &["Table 1\na\nyes", "Table 4\nb\nno", "Table 6\nc\nyes"],
            ),
            (&["a\nyes\nb\nyes\nc\nyes\nd", "e\nyes\nf"], &["a\nyes\nb\nyes\nc\nyes\nd", "e\nyes\nf"]),
            // a word that stands on a line of its own on every page
            (&["a\nthe\nb", "c\nthe\nd", "e\nthe\nf"], &["a\nthe\nb", "c\nthe\nd", "e\nthe\nf"]),
            (&["a\n1"], &["a\n1"]),
            (
                &["Exercise 1\n1", "Exercise 2\n2", "Exercise 3\n3"],
                &["Exercise 1", "Exercise 2", "Exercise 3"],
            ),
            (&["H 1\na", "H 2\nb", "H 3\nc", "H 4"], &["a", "b", "c", "H 4"]),
        ] {
            let kept = taken_out(pages);
            let kept: Vec<String> = kept
                .into_iter()
                .map(|lines| lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))
                .collect();
            assert_eq!(kept, left, "{pages:?}");
        }
    }
}
