//! Shows which marks the tables find in a Chinese and an English sentence, and which of them contradict each other:
//! `cargo run --example marks -- 密码不得少于八个字符。 "Passwords may have eight characters."`

#![allow(clippy::print_stdout, clippy::print_stderr)]

use duizhao::align::align;
use duizhao::meaning::{View, outline};
use duizhao::read::{self, Format};
use duizhao::segment::segment;
use duizhao::text::Lang;

fn main() {
    let texts: Vec<String> = std::env::args().skip(1).collect();
    let [zh, en] = &texts[..] else {
        eprintln!("give a Chinese and an English sentence");
        std::process::exit(2);
    };
    let [zh, en] = [(zh, Lang::ZH), (en, Lang::EN)]
        .map(|(text, lang)| read::bytes("sentence", text.as_bytes(), Format::Plain, Some(lang)).map(segment));
    match (zh, en) {
        (Ok(zh), Ok(en)) => println!("{}", outline(&View::new(&align(zh, en)))),
        (Err(error), _) | (_, Err(error)) => eprintln!("{error}"),
    }
}
