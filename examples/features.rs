//! temporary
#![allow(clippy::print_stdout)]
use duizhao::align::align;
use duizhao::meaning::{View, candidates};
use duizhao::read::{self};
use duizhao::segment::segment;
fn main() {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let p: Vec<&str> = line.split('\t').collect();
        let doc = |path: &str| segment(read::file(std::path::Path::new(path), None, &read::Limits::default()).unwrap());
        let a = align(doc(p[1]), doc(p[2]));
        let v = View::new(&a);
        for (run, sure) in duizhao::meaning::content::all(&v) {
            println!("{}\tC\t{sure:.3}\t{:?}\t{}\t{}", p[0], run.side, v.document(run.side).slice(run.span).replace(['\n','\t'], " "), run.features.iter().map(|x| format!("{x:.3}")).collect::<Vec<_>>().join(" "));
        }
        for (class, f) in candidates(&View::new(&a)) {
            println!("{}\t{class:?}\t{}", p[0], f.iter().map(|x| format!("{x:.3}")).collect::<Vec<_>>().join(" "));
        }
    }
}
