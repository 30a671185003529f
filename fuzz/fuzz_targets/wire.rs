//! What an editor says to the language server, as it comes off the wire; nothing is done about it.
#![no_main]

use std::io::ErrorKind::InvalidData;

use duizhao::lsp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut rest = bytes;
    let messages: Vec<_> = lsp::messages_of(&mut rest).collect();
    let Some((_, before)) = messages.split_last() else { return };
    for message in before {
        assert!(message.as_ref().err().is_none_or(|error| error.kind() == InvalidData), "{message:?} is not the last");
    }
    for message in messages.into_iter().flatten() {
        // what was understood is understood when it is written again
        let mut written = Vec::new();
        message.write(&mut written).expect("memory");
        let again: Vec<_> = lsp::messages_of(&mut written.as_slice()).flatten().collect();
        assert_eq!(format!("{again:?}"), format!("{:?}", [message]));
    }
});
