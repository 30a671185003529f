//! Prints the values of every line of standard input: `values --lang L`.

use std::io::{self, BufWriter, Write};

use duizhao::text::Lang;
use duizhao::values::write_json;

fn main() -> io::Result<()> {
    let lang = std::env::args().nth(3).and_then(|tag| Lang::parse(&tag)).unwrap_or(Lang::EN);
    let mut out = BufWriter::new(io::stdout().lock());
    write_json(io::stdin().lock(), lang, &mut out)?;
    out.flush()
}
