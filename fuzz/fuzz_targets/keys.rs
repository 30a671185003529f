//! Files that name their messages by keys, and those of messages in pairs; two files are linked by their keys.
#![no_main]

use duizhao::read::{self, Format, Paired};
use libfuzzer_sys::fuzz_target;

/// The formats of one version each.
const KEYED: [Format; 9] = [
    Format::Json,
    Format::Yaml,
    Format::Properties,
    Format::Android,
    Format::Strings,
    Format::Stringsdict,
    Format::Arb,
    Format::Fluent,
    Format::Resx,
];

// The first byte is the format; a byte that no text has, 0xFF, stands between the two files.
fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    match usize::from(first) % (KEYED.len() + 2) {
        9 => duizhao_fuzz::paired(rest, Format::Xcstrings),
        10 => duizhao_fuzz::paired(rest, Format::Qt),
        at => {
            let mut sides = rest.splitn(2, |&byte| byte == 0xFF);
            let mut side = || read::bytes("fuzz", sides.next()?, KEYED[at], None).ok();
            if let (Some(source), Some(target)) = (side(), side()) {
                let Paired { source, target, .. } = read::by_key(source, target);
                duizhao_fuzz::sound(&source);
                duizhao_fuzz::sound(&target);
            }
        }
    }
});
