//! The reader of notebooks: JSON as it is, and anything else as the text of a cell.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"{") {
        duizhao_fuzz::one(bytes, Format::Notebook);
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        let cell = serde_json::json!({"cell_type": "markdown", "source": text});
        let notebook = serde_json::json!({"nbformat": 4, "cells": [cell]});
        duizhao_fuzz::one(notebook.to_string().as_bytes(), Format::Notebook);
    }
});
