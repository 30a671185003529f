//! What holds of the settings file as a whole: its schema, and the file that `init` writes.

use std::fs;
use std::path::Path;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::file::parse;
use super::{CheckName, Config, File, Glob, Level, NAME, Reason, STARTER, Settings, Weight, find, show};
use crate::check::CHECKS;
use crate::read::Format;

/// A property for each check, with what it looks for.
pub(super) fn severities(generator: &mut SchemaGenerator) -> Schema {
    let level = generator.subschema_for::<Level>();
    let properties: serde_json::Map<String, serde_json::Value> = CHECKS
        .iter()
        .map(|check| {
            let mut own = level.clone();
            own.insert("description".to_owned(), check.summary.into());
            (check.name.to_owned(), own.to_value())
        })
        .collect();
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// Templates to templates.
pub(super) fn pairs(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "additionalProperties": { "type": "string" } })
}

/// Globs to formats.
pub(super) fn formats(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<String> = Format::names().split(", ").map(str::to_owned).collect();
    json_schema!({ "type": "object", "additionalProperties": { "type": "string", "examples": names } })
}

impl JsonSchema for CheckName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CheckName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        json_schema!({ "type": "string", "enum": names })
    }
}

impl JsonSchema for Weight {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Weight".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0, "maximum": Weight::MOST })
    }
}

impl JsonSchema for Reason {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Reason".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1 })
    }
}

impl JsonSchema for Glob {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Glob".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Config);
    schema.insert("title".to_owned(), "duizhao.toml".into());
    schema.to_value()
}

#[test]
fn the_schema_is_that_of_the_types() {
    let made = serde_json::to_string_pretty(&schema()).expect("a schema is JSON") + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("duizhao.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &made).expect("duizhao.schema.json can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "duizhao.schema.json differs from the settings; run `UPDATE=1 cargo test`");
}

#[test]
fn the_starter_is_valid_with_and_without_its_comment_marks() {
    let (set, _) = parse(STARTER).expect("the starter is valid");
    assert_eq!(format!("{set:?}"), format!("{:?}", Config::default()), "the starter sets nothing");
    // prose begins with two marks, or with one on the first lines
    let body = STARTER.split_once("\n\n").expect("a head and a body").1;
    let bare: String =
        body.lines().map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n").collect();
    parse(&bare).expect("without comment marks the starter is valid");
    let (config, allow_lines) = parse(&bare).expect("parsed before");
    let mut shown = Vec::new();
    let file = File { path: NAME.into(), config, allow_lines };
    show(&Settings::new(Some(file), Config::default()), &mut shown).expect("memory does not fail");
    parse(&String::from_utf8(shown).expect("text")).expect("what is shown is a settings file, too");
    let bare: toml::Table = bare.parse().expect("TOML");
    let schema = schema();
    let known: Vec<&String> = schema["properties"].as_object().expect("an object").keys().collect();
    let missing: Vec<_> = known.into_iter().filter(|name| !bare.contains_key(*name)).collect();
    assert!(missing.is_empty(), "the starter does not show {missing:?}");
}

#[test]
fn the_file_is_found_upwards_inside_of_the_work_tree() {
    let top = tempfile::tempdir().expect("a folder");
    let deep = top.path().join("tree/docs/zh");
    fs::create_dir_all(&deep).expect("folders");
    fs::write(top.path().join(NAME), "").expect("a file");
    let found = || find(&deep).map(|path| path.strip_prefix(&deep).expect("from there").to_path_buf());
    assert_eq!(found(), Some(Path::new("../../..").join(NAME)));
    fs::create_dir(top.path().join("tree/.git")).expect("a folder");
    assert_eq!(found(), None);
    fs::write(top.path().join("tree").join(NAME), "").expect("a file");
    assert_eq!(found(), Some(Path::new("../..").join(NAME)));
}

#[test]
fn paths_are_those_from_the_folder_of_the_file() {
    let top = tempfile::tempdir().expect("a folder");
    let file = top.path().join("a/b.md");
    fs::create_dir(top.path().join("a")).expect("a folder");
    fs::write(&file, "").expect("a file");
    let (config, allow_lines) = parse("exclude = [\"a/*.md\"]\ntermbase = \"terms.csv\"").expect("valid");
    let settings =
        Settings::new(Some(File { path: top.path().join(NAME), config, allow_lines }), Config::default());
    assert_eq!(settings.from_folder(&file), "a/b.md");
    assert!(settings.excludes(&file) && !settings.excludes(&top.path().join("b.md")));
    assert_eq!(settings.termbase.value, Some(top.path().join("terms.csv")));
}

/// Each wrong file, and where and how its fault is told.
#[test]
fn faults_are_told_with_their_place_and_the_way_out() {
    let cases = [
        (
            "source-lnag = \"zh\"",
            "line 1, column 1: there is no setting `source-lnag`, did you mean `source-lang`?; there are source-lang,",
        ),
        (
            "# 一\nfail-on = \"grave\"",
            "line 2, column 11: `grave` cannot be set here; write one of critical, major, minor, never",
        ),
        ("[severity]\n一 = \"off\"", "line 2, column 1: "),
        (
            "[severity]\nnumber-mismtach = \"off\"",
            "line 2, column 1: there is no check named `number-mismtach`, did you mean `number-mismatch`?",
        ),
        (
            "[severity]\nnumber-mismatch = \"of\"",
            "line 2, column 19: `of` cannot be set here, did you mean `off`?",
        ),
        ("min-confidence = 1.5", "line 1, column 18: 1.5 is not a number from 0 to 1"),
        ("target-lang = \"english\"", "line 1, column 15: `english` is not a language tag"),
        ("exclude = [\"docs/[a\"]", "line 1, column 11: error parsing glob"),
        (
            "[pairs]\n\"docs/{path}\" = \"i18n/{lang}/{path}\"",
            "line 2, column 17: `docs/{path}` and `i18n/{lang}/{path}` must have the same placeholders",
        ),
        (
            "[pairs]\n\"docs/{path\" = \"i18n/{path}\"",
            "line 2, column 16: `docs/{path` has a brace without its partner",
        ),
        (
            "[pairs]\n\"docs\" = \"i18n\"",
            "line 2, column 10: `docs` and `i18n` must have the same placeholders, and at least one",
        ),
        (
            "[[allow]]\nchecks = [\"missing-passage\"]\nfiles = [\"a\"]",
            "line 1, column 1: the setting `reason` is missing here",
        ),
        (
            "[[allow]]\nchecks = [\"missing-pasage\"]\nfiles = [\"a\"]\nreason = \"x\"",
            "line 2, column 10: there is no check named `missing-pasage`, did you mean `missing-passage`?",
        ),
        (
            "[[allow]]\nchecks = [\"missing-passage\"]\nfiles = [\"a\"]\nreason = \" \"",
            "line 4, column 10: the reason is empty",
        ),
        ("[[allow]]\nfile = [\"a\"]", "line 2, column 1: there is no setting `file`, did you mean `files`?"),
        (
            "[formats]\n\"*.lang\" = \"propreties\"",
            "line 2, column 12: `propreties` is not a format; write one of plain",
        ),
        ("[formats]\n\"[a\" = \"json\"", "line 2, column 1: error parsing glob"),
        ("[placeholders]\npatterns = [\"(\"]", "line 2, column 12: `(` is no regular expression"),
        ("base = ", "line 1, column "),
        ("base = \"a\"\nbase = \"b\"", "line 2, column 1: "),
    ];
    for (text, told) in cases {
        let error = parse(text).expect_err(text).to_string();
        assert!(error.starts_with(told), "{text}\n  {error}\n  {told}");
    }
}
