//! temp
use duizhao::{align, read, text::Lang};
use std::path::Path;
fn main() {
    for stem in std::env::args().skip(1) {
        let s = read::lines(Path::new(&format!("{stem}.zh")), Some(Lang::ZH)).unwrap();
        let t = read::lines(Path::new(&format!("{stem}.en")), Some(Lang::EN)).unwrap();
        let (a, b) = align::null_features(&s, &t);
        for (side, f) in [(0, a), (1, b)] {
            for (i, x) in f.iter().enumerate() {
                println!("{stem} {side} {i} {}", x.map(|v| v.to_string()).join(" "));
            }
        }
    }
}
