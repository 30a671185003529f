//! Sessions with the language server, as an editor has them: over the pipes of the built binary.

use std::fs;
use std::io::{BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use tempfile::TempDir;

const ZH: &str = "# 学校\n\n学校成立于1998年。\n\n今天有35名学生。\n";
const EN: &str = "# The school\n\nThe school was founded in 1998.\n\nToday it has 35 students.\n";

/// An editor with a workspace.
struct Editor {
    folder: TempDir,
    server: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    requests: i32,
    /// What the server said and nobody waited for yet.
    heard: Vec<Message>,
}

impl Editor {
    /// Starts a server for a folder with these files, and shakes hands.
    fn start(files: &[(&str, &str)], capabilities: Value) -> (Editor, Value) {
        Editor::start_as(None, files, capabilities, Value::Null)
    }

    /// Does so with settings of its own.
    fn wishing(files: &[(&str, &str)], capabilities: Value, wishes: Value) -> (Editor, Value) {
        Editor::start_as(None, files, capabilities, wishes)
    }

    /// The same, in an editor of this language.
    fn start_in(locale: Option<&str>, files: &[(&str, &str)], capabilities: Value) -> (Editor, Value) {
        Editor::start_as(locale, files, capabilities, Value::Null)
    }

    fn start_as(
        locale: Option<&str>,
        files: &[(&str, &str)],
        capabilities: Value,
        wishes: Value,
    ) -> (Editor, Value) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        }
        let mut server = Command::new(env!("CARGO_BIN_EXE_duizhao"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let to = server.stdin.take();
        let from = BufReader::new(server.stdout.take().expect("piped"));
        let mut editor = Editor { folder, server, to, from, requests: 0, heard: Vec::new() };
        let root = editor.uri("");
        let told = editor.ask(
            "initialize",
            json!({
                "processId": null,
                "locale": locale,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "test"}],
                "capabilities": capabilities,
                "initializationOptions": wishes,
            }),
        );
        editor.tell("initialized", json!({}));
        (editor, told)
    }

    fn uri(&self, name: &str) -> String {
        let path: PathBuf = self.folder.path().canonicalize().expect("there").join(name);
        format!("file://{}", path.to_string_lossy().trim_end_matches('/'))
    }

    fn send(&mut self, message: Message) {
        message.write(self.to.as_mut().expect("open")).expect("sent");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params }.into());
    }

    /// The answer to a request; an error as `{"error": …}`.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.send(Request { id: id.clone(), method: method.to_owned(), params }.into());
        let message =
            self.wait(|message| matches!(message, Message::Response(response) if response.id == id));
        let Message::Response(response) = message else { unreachable!("waited for") };
        match response.response_result {
            Ok(value) => value,
            Err(error) => json!({ "error": error.message }),
        }
    }

    /// The first message from now on, or from what nobody waited for, that is meant.
    fn wait(&mut self, meant: impl Fn(&Message) -> bool) -> Message {
        if let Some(at) = self.heard.iter().position(&meant) {
            return self.heard.remove(at);
        }
        loop {
            let message = Message::read(&mut self.from).expect("a message").expect("the server lives");
            if meant(&message) {
                return message;
            }
            self.heard.push(message);
        }
    }

    fn notified(&mut self, method: &str, meant: impl Fn(&Value) -> bool) -> Value {
        let message = self.wait(
            |message| matches!(message, Message::Notification(told) if told.method == method && meant(&told.params)),
        );
        let Message::Notification(told) = message else { unreachable!("waited for") };
        told.params
    }

    /// What is shown next in a file.
    fn shown(&mut self, name: &str) -> Vec<Value> {
        let uri = self.uri(name);
        let told = self.notified("textDocument/publishDiagnostics", |params| params["uri"] == *uri);
        told["diagnostics"].as_array().expect("a list").clone()
    }

    fn open(&mut self, name: &str, text: &str) {
        let document = json!({"uri": self.uri(name), "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, name: &str, version: i32, text: &str) {
        let document = json!({"uri": self.uri(name), "version": version});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.tell("textDocument/didChange", params);
    }

    fn actions(&mut self, name: &str, range: &Value) -> Vec<Value> {
        let params = json!({
            "textDocument": {"uri": self.uri(name)}, "range": range, "context": {"diagnostics": []},
        });
        self.ask("textDocument/codeAction", params).as_array().expect("a list").clone()
    }

    /// Says goodbye; the exit code.
    fn stop(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.server.wait().expect("ended").code()
    }
}

fn codes(shown: &[Value]) -> Vec<&str> {
    shown.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap_or_default()).collect()
}

fn range(line: u32, from: u32, to: u32) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

#[test]
fn a_fault_is_shown_in_both_files_until_it_is_mended() {
    let wrong = EN.replace("1998", "1989");
    let (mut editor, told) = Editor::start(&[("a.zh.md", ZH), ("a.en.md", EN)], json!({}));
    assert_eq!(told["capabilities"]["positionEncoding"], "utf-16");
    // what is open counts, not what is on disk
    editor.open("a.en.md", &wrong);
    let shown = editor.shown("a.en.md");
    assert_eq!(codes(&shown), ["date-mismatch"], "{shown:#?}");
    let there = editor.shown("a.zh.md");
    assert_eq!(codes(&there), ["date-mismatch"], "{there:#?}");
    let (one, other) = (&shown[0], &there[0]);
    assert_eq!(one["source"], "duizhao");
    assert_eq!(other["range"], range(2, 5, 10), "{other:#?}");
    let related = &one["relatedInformation"][0]["location"];
    assert_eq!((&related["uri"], &related["range"]), (&json!(editor.uri("a.zh.md")), &other["range"]));
    assert!(one["data"].as_str().is_some_and(|fingerprint| !fingerprint.is_empty()));
    assert_eq!(one["data"], other["data"]);

    editor.change("a.en.md", 2, EN);
    assert_eq!(editor.shown("a.zh.md"), Vec::<Value>::new());
    assert_eq!(editor.shown("a.en.md"), Vec::<Value>::new());

    // mended on the other side
    editor.change("a.en.md", 3, &wrong);
    assert_eq!(editor.shown("a.en.md").len(), 1);
    assert_eq!(editor.shown("a.zh.md").len(), 1);
    editor.open("a.zh.md", &ZH.replace("1998", "1989"));
    assert_eq!(editor.shown("a.en.md"), Vec::<Value>::new());
    assert_eq!(editor.shown("a.zh.md"), Vec::<Value>::new());
    assert_eq!(editor.stop(), Some(0));
}

/// The language of the editor, unless the settings name one.
#[test]
fn a_finding_that_is_pointed_at_is_explained() {
    let wrong = EN.replace("35", "53").replace("students", "students ![x](https://example.org/x.png)");
    let files = [("zh/a.md", ZH), ("en/a.md", &*wrong)];
    for (formats, marked) in [(json!(["markdown", "plaintext"]), true), (json!(["plaintext"]), false)] {
        let capabilities = json!({"textDocument": {"hover": {"contentFormat": formats}}});
        let (mut editor, told) = Editor::start(&files, capabilities);
        assert_eq!(told["capabilities"]["hoverProvider"], true);
        editor.open("zh/a.md", ZH);
        let found = editor.shown("zh/a.md").into_iter().find(|one| one["code"] == "number-mismatch");
        let range = found.expect("a number that differs")["range"].clone();
        let uri = editor.uri("zh/a.md");
        let mut at = |position: &Value| {
            editor.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}))
        };
        let hover = at(&range["start"]);
        let value = hover["contents"]["value"].as_str().expect("words");
        assert_eq!(hover["range"], range);
        assert!(value.contains("number-mismatch") && value.contains("Today it has 53 students"), "{value}");
        assert!(!value.contains("zh:"), "no examples: {value}");
        // what a document says is never taken for marks
        assert_eq!(value.contains("```text\nToday"), marked, "{value}");
        assert_eq!(hover["contents"]["kind"], if marked { "markdown" } else { "plaintext" });
        assert_eq!(at(&json!({"line": 0, "character": 0})), Value::Null);
        assert_eq!(editor.stop(), Some(0));
    }
}

#[test]
fn findings_are_told_in_the_language_of_the_editor() {
    let wrong = EN.replace("1998", "1989");
    let (english, chinese) = (["stands against", "the original"], ["日期不符", "原文"]);
    let cases = [
        (None, "", english),
        (Some("fr"), "", english),
        (Some("zh-cn"), "", chinese),
        (Some("zh-cn"), "lang = \"en\"\n", english),
    ];
    for (locale, settings, said) in cases {
        let files = [("a.zh.md", ZH), ("a.en.md", EN), ("duizhao.toml", settings)];
        let (mut editor, _) = Editor::start_in(locale, &files, json!({}));
        editor.open("a.en.md", &wrong);
        let shown = editor.shown("a.en.md");
        let told = [&shown[0]["message"], &shown[0]["relatedInformation"][0]["message"]];
        for (told, said) in told.into_iter().zip(said) {
            assert!(told.as_str().is_some_and(|told| told.contains(said)), "{locale:?}: {told}");
        }
    }
}

/// What an editor sends is a text already: with zero bytes in it, it is none in UTF-16, but refused.
#[test]
fn a_text_of_an_editor_is_not_decoded() {
    let (mut editor, _) = Editor::start(&[("a.zh.md", ZH), ("a.en.md", EN)], json!({}));
    let wide: String = EN.chars().flat_map(|c| [c, '\0']).collect();
    editor.open("a.en.md", &wide);
    let shown = editor.shown("a.en.md");
    assert_eq!(shown.len(), 1, "{shown:#?}");
    assert!(shown[0]["message"].as_str().is_some_and(|said| said.contains("is NUL")), "{shown:#?}");
    editor.change("a.en.md", 2, EN);
    assert_eq!(editor.shown("a.en.md"), Vec::<Value>::new());
    assert_eq!(editor.stop(), Some(0));
}

#[test]
fn a_suppressed_finding_is_gone() {
    for (format, units) in [("md", "utf-8"), ("txt", "utf-16"), ("html", "utf-32"), ("rst", "utf-16")] {
        let marked = |text: &str| match format {
            "html" => text
                .lines()
                .filter(|line| !line.is_empty())
                .map(|line| format!("<p>{}</p>\n", line.trim_start_matches("# ")))
                .collect(),
            "md" => text.to_owned(),
            _ => text.replace("# ", ""),
        };
        let (zh, en) = (marked(ZH), marked(&EN.replace("1998", "1989")));
        let (source, target) = (format!("zh/a.{format}"), format!("en/a.{format}"));
        let capabilities = json!({
            "general": {"positionEncodings": [units, "utf-16"]},
            "window": {"showDocument": {"support": true}},
        });
        let (mut editor, told) = Editor::start(&[(&source, &zh), (&target, &en)], capabilities);
        assert_eq!(told["capabilities"]["positionEncoding"], *units);
        editor.open(&source, &zh);
        let shown = editor.shown(&source);
        assert_eq!(codes(&shown), ["date-mismatch"], "{format}");
        assert_eq!(editor.shown(&target).len(), 1);
        let actions = editor.actions(&source, &shown[0]["range"]);
        let titles: Vec<&Value> = actions.iter().map(|action| &action["title"]).collect();
        assert_eq!(titles, ["Suppress date-mismatch here", "Open the translation here"], "{format}");
        let edit = &actions[0]["edit"]["changes"][editor.uri(&source)][0];
        let at = &edit["range"]["start"];
        assert_eq!(*at, edit["range"]["end"]);
        // the insertions of these files are in places where all characters before are of ASCII
        let row = at["line"].as_u64().expect("a line") as usize;
        let column = at["character"].as_u64().expect("a column") as usize;
        let before: usize = zh.split_inclusive('\n').take(row).map(str::len).sum();
        let mut after = zh.clone();
        after.insert_str(before + column, edit["newText"].as_str().expect("text"));
        assert!(after.contains("duizhao: allow date-mismatch: say why"), "{after}");
        editor.change(&source, 2, &after);
        assert_eq!(editor.shown(&source), Vec::<Value>::new(), "{after}");
        assert_eq!(editor.shown(&target), Vec::<Value>::new(), "{after}");

        let command = &actions[1]["command"];
        let params = json!({"command": command["command"], "arguments": command["arguments"]});
        assert_eq!(editor.ask("workspace/executeCommand", params), Value::Null);
        let asked = editor.wait(|message| matches!(message, Message::Request(_)));
        let Message::Request(asked) = asked else { unreachable!("waited for") };
        assert_eq!(asked.method, "window/showDocument");
        assert_eq!(asked.params["uri"], *editor.uri(&target));
        assert_eq!(editor.stop(), Some(0));
    }
}

#[test]
fn what_is_missing_is_shown_at_the_gap() {
    let [zh, short] = [include_str!("../cli/check.in/zh.md"), include_str!("../cli/check.in/fewer.md")];
    let (mut editor, _) = Editor::start(&[("a.zh.md", zh), ("a.en.md", short)], json!({}));
    editor.open("a.en.md", short);
    let shown = editor.shown("a.en.md");
    assert_eq!(codes(&shown), ["missing-passage"]);
    assert_eq!(shown[0]["range"]["start"], shown[0]["range"]["end"]);
    assert_eq!(shown[0]["severity"], 1);
    // no client that can show files: nothing but the remark is offered
    let actions = editor.actions("a.en.md", &shown[0]["range"]);
    assert_eq!(actions.len(), 1, "{actions:#?}");
    assert_eq!(editor.stop(), Some(0));
}

#[test]
fn the_settings_hold() {
    let settings = "[pairs]\n\"docs/{path}\" = \"i18n/{path}\"\n[severity]\ndate-mismatch = \"off\"\n";
    let wrong = EN.replace("1998", "1989");
    let files = [
        ("duizhao.toml", settings),
        ("docs/a.md", ZH),
        ("i18n/a.md", wrong.as_str()),
        ("docs/b.md", ZH),
        ("other.md", EN),
    ];
    let (mut editor, _) = Editor::start(&files, json!({}));
    editor.open("other.md", EN);
    editor.open("i18n/a.md", &wrong);
    assert_eq!(editor.shown("i18n/a.md"), Vec::<Value>::new());
    editor.open("docs/b.md", ZH);
    let shown = editor.shown("docs/b.md");
    assert_eq!(codes(&shown), ["missing-file"]);
    assert!(
        shown[0]["message"].as_str().is_some_and(|message| message.contains("no i18n/b.md")),
        "{shown:#?}"
    );

    // a changed settings file holds from the next save on; a broken one is told of, and the old one holds
    let path = |name: &str| editor.folder.path().join(name);
    let file = path("duizhao.toml");
    fs::write(&file, "[pairs]\n\"docs/{path}\" = \"i18n/{path}\"\n").expect("written");
    let saved = json!({"textDocument": {"uri": editor.uri("i18n/a.md")}});
    editor.heard.clear();
    editor.tell("textDocument/didSave", saved.clone());
    editor.notified("textDocument/publishDiagnostics", |params| {
        params["uri"].as_str().is_some_and(|uri| uri.ends_with("i18n/a.md"))
            && params["diagnostics"][0]["code"] == "date-mismatch"
    });
    fs::write(&file, "nonsense = 1\n").expect("written");
    editor.tell("textDocument/didSave", saved);
    let told = editor.notified("window/showMessage", |_| true);
    assert!(
        told["message"].as_str().is_some_and(|message| message.contains("duizhao.toml: line 1")),
        "{told}"
    );
    let other = editor.uri("other.md");
    let about_other =
        |message: &Message| matches!(message, Message::Notification(told) if told.params["uri"] == *other);
    assert!(!editor.heard.iter().any(about_other), "a file of no pair is none of ours");
    assert_eq!(editor.stop(), Some(0));
}

#[test]
fn the_wishes_of_the_editor_come_before_the_settings() {
    let wrong = EN.replace("1998", "1989").replace("35 students", "53 students");
    let settings = "lang = \"en\"\n[severity]\ndate-mismatch = \"critical\"\n";
    let files = [("duizhao.toml", settings), ("a.zh.md", ZH), ("a.en.md", wrong.as_str())];
    let wishes = json!({"lang": "zh", "severity": {"number-mismatch": "off"}, "checkOnSave": true});
    let (mut editor, _) = Editor::wishing(&files, json!({}), wishes);
    editor.open("a.en.md", &wrong);
    let shown = editor.shown("a.en.md");
    assert_eq!(codes(&shown), ["date-mismatch"]);
    assert_eq!(shown[0]["severity"], 1);
    assert!(shown[0]["message"].as_str().is_some_and(|said| said.contains("请")), "{shown:#?}");
    let actions = editor.actions("a.en.md", &shown[0]["range"]);
    assert_eq!(actions[0]["title"], "在此豁免 date-mismatch");

    // what is not saved is checked when somebody asks for its places, and else when it is saved
    let moved = format!("Once upon a time.\n\n{wrong}");
    editor.change("a.en.md", 2, &moved);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(editor.ask("textDocument/rename", json!({}))["error"], "`textDocument/rename` is not offered");
    let uri = editor.uri("a.en.md");
    let about =
        |message: &Message| matches!(message, Message::Notification(told) if told.params["uri"] == *uri);
    assert!(!editor.heard.iter().any(about), "nothing is checked between two saves");
    let line = shown[0]["range"]["start"]["line"].as_u64().expect("a line") as u32 + 2;
    let actions = editor.actions("a.en.md", &range(line, 0, 80));
    assert_eq!(actions.len(), 1, "{actions:#?}");
    editor.change("a.en.md", 3, EN);
    editor.tell("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
    editor.notified("textDocument/publishDiagnostics", |params| {
        params["uri"] == *uri && params["version"] == 3 && params["diagnostics"] == json!([])
    });
    assert_eq!(editor.stop(), Some(0));

    let (_editor, told) = Editor::wishing(&files, json!({}), json!({"severity": {"nombre-mismatch": "off"}}));
    assert!(told["error"].as_str().is_some_and(|said| said.contains("nombre-mismatch")), "{told}");
    let (_editor, told) = Editor::wishing(&files, json!({}), json!({"depp": true}));
    assert!(told["error"].as_str().is_some_and(|said| said.contains("initializationOptions")), "{told}");
}

#[test]
fn what_cannot_be_understood_is_answered() {
    let (mut editor, _) = Editor::start(&[("a.zh.md", ZH), ("a.en.md", EN)], json!({}));
    for raw in ["{\"jsonrpc\": \"2.0\", \"method\": ", "[1, 2]", "{}"] {
        let to = editor.to.as_mut().expect("open");
        write!(to, "Content-Length: {}\r\n\r\n{raw}", raw.len()).expect("sent");
        to.flush().expect("sent");
        editor.notified("window/showMessage", |_| true);
    }
    editor.tell("textDocument/didOpen", json!({"nothing": 1}));
    editor.notified("window/showMessage", |params| params.to_string().contains("didOpen"));
    editor.tell(
        "textDocument/didOpen",
        json!({"textDocument": {
        "uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": "text"}}),
    );
    editor.change("a.en.md", 2, "not open");
    let refused = [
        ("textDocument/hover", json!({})),
        ("textDocument/codeAction", json!({"range": 7})),
        ("workspace/executeCommand", json!({"command": "duizhao.open", "arguments": []})),
        ("workspace/executeCommand", json!({"command": "rm", "arguments": []})),
        ("initialize", json!({"capabilities": {}})),
    ];
    for (method, params) in refused {
        let answer = editor.ask(method, params);
        assert!(answer["error"].is_string(), "{method}: {answer}");
    }
    // a remark that nobody can understand is shown where it stands
    editor.open("a.en.md", &format!("<!-- duizhao: allow -->\n{EN}"));
    let shown = editor.shown("a.en.md");
    assert_eq!((shown.len(), &shown[0]["severity"]), (1, &json!(1)), "{shown:#?}");
    assert_eq!(editor.stop(), Some(0));
}

#[test]
fn an_end_out_of_order_is_no_success() {
    let (mut editor, _) = Editor::start(&[("a.zh.md", ZH)], json!({}));
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.wait().expect("ended").code(), Some(1));
    let (mut editor, _) = Editor::start(&[("a.zh.md", ZH)], json!({}));
    editor.to = None;
    assert_eq!(editor.server.wait().expect("ended").code(), Some(1));
}
