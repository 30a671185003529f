//! A language server: what is found in a pair, shown in both of its files while one of them is edited.

mod actions;
mod diagnostics;
mod hover;
mod places;
mod suppress;
mod uri;
mod wire;
mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self as told, Notification as _};
use lsp_types::request::{self as asked, Request as _};
use lsp_types::{
    CodeActionParams, CodeActionProviderCapability, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, ExecuteCommandOptions, ExecuteCommandParams,
    HoverParams, HoverProviderCapability, InitializeParams, InitializeResult, Location, MarkupKind,
    MessageType, PublishDiagnosticsParams, SaveOptions, ServerCapabilities, ServerInfo, ShowDocumentParams,
    ShowMessageParams, TextDocumentSyncKind, TextDocumentSyncOptions, Uri,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use self::places::Units;
use self::workspace::{Buffer, Workspace};
use crate::check::Tongue;
use crate::config::{CheckName, Config, Level};
use crate::pairing::Found;
use crate::text::foreign;

/// How long nothing must come from the editor before what changed is checked.
const QUIET: Duration = Duration::from_millis(100);

/// Serves an editor over a pair of streams until it says that it is done or closes them; whether it said so in the
/// order that the protocol demands.
///
/// The working folder of the process becomes that of the editor's workspace.
///
/// # Errors
/// When nothing can be written any more.
pub fn serve(
    mut input: impl BufRead + Send + 'static,
    locale: Option<Tongue>,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let (send, messages) = channel();
    std::thread::spawn(move || {
        // whoever does not listen any more has left
        let _ = messages_of(&mut input).try_for_each(|message| send.send(message));
    });
    let mut server = Server::new(locale, out);
    loop {
        let message = match server.dirty.is_empty() {
            true => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            false => messages.recv_timeout(QUIET),
        };
        match message {
            Ok(Ok(Message::Request(request))) => server.answer(request)?,
            Ok(Ok(Message::Notification(notification))) if notification.method == told::Exit::METHOD => {
                return Ok(server.stage == Stage::Done);
            }
            Ok(Ok(Message::Notification(notification))) => server.take(notification)?,
            Ok(Ok(Message::Response(response))) => server.hear(&response)?,
            Ok(Err(error)) => server.complain(&format!("a message cannot be understood: {error}"))?,
            Err(RecvTimeoutError::Timeout) => server.settle()?,
            Err(RecvTimeoutError::Disconnected) => return Ok(server.stage == Stage::Done),
        }
    }
}

/// What comes off the wire, to the end or to where it breaks. What is no message is an error of the kind `InvalidData`,
/// has been read over, and more may follow; any other error is the last that comes.
pub fn messages_of(input: &mut impl BufRead) -> impl Iterator<Item = io::Result<Message>> {
    let mut broken = false;
    std::iter::from_fn(move || {
        let message = if broken { None } else { wire::read(input).transpose() };
        broken = matches!(&message, Some(Err(error)) if error.kind() != io::ErrorKind::InvalidData);
        message
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nobody has said hello.
    New,
    Ready,
    /// Only the end may follow.
    Done,
}

struct Server<'a> {
    out: &'a mut dyn Write,
    stage: Stage,
    units: Units,
    /// The language of the editor, else of the system, if things are told in it.
    locale: Option<Tongue>,
    /// Whether the client can be asked to show a file.
    can_show: bool,
    /// How the client reads what is shown when somebody points at a finding.
    hovers_in: MarkupKind,
    wishes: Wishes,
    /// None until a folder is known.
    workspace: Option<Workspace>,
    /// What is to be checked.
    dirty: BTreeSet<Found>,
    /// The last error that was shown, so that it is not shown at every stroke of a key.
    said: Option<String>,
    /// How many requests were made of the client.
    requests: i32,
}

/// What the editor's own settings say: the `initializationOptions`. They come before `duizhao.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
struct Wishes {
    /// In which language findings are told.
    lang: Option<Tongue>,
    /// Whether the encoder is asked.
    deep: Option<bool>,
    /// How grave the findings of a check are.
    severity: BTreeMap<CheckName, Level>,
    /// Whether a pair is checked only when one of its files is opened, closed or saved.
    check_on_save: bool,
}

impl Wishes {
    fn flags(&self) -> Config {
        let Wishes { lang, deep, severity, .. } = self.clone();
        Config { lang, deep, severity, ..Config::default() }
    }
}

/// Why a request fails.
type Refusal = (ErrorCode, String);

impl<'a> Server<'a> {
    fn new(locale: Option<Tongue>, out: &'a mut dyn Write) -> Server<'a> {
        Server {
            out,
            stage: Stage::New,
            units: Units::default(),
            locale,
            can_show: false,
            hovers_in: MarkupKind::PlainText,
            wishes: Wishes::default(),
            workspace: None,
            dirty: BTreeSet::new(),
            said: None,
            requests: 0,
        }
    }

    fn answer(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        let made = match (self.stage, method.as_str()) {
            (Stage::New, asked::Initialize::METHOD) => self.initialize(params),
            (Stage::New, _) => Err((ErrorCode::ServerNotInitialized, "initialize comes first".to_owned())),
            (Stage::Done, _) => Err((ErrorCode::InvalidRequest, "only exit may follow shutdown".to_owned())),
            (Stage::Ready, asked::Initialize::METHOD) => {
                Err((ErrorCode::InvalidRequest, "initialize was there already".to_owned()))
            }
            (Stage::Ready, asked::Shutdown::METHOD) => {
                self.stage = Stage::Done;
                self.dirty.clear();
                Ok(serde_json::Value::Null)
            }
            (Stage::Ready, asked::CodeActionRequest::METHOD) => match parsed(params) {
                Ok(params) => Ok(self.code_actions(&params)?),
                Err(refusal) => Err(refusal),
            },
            (Stage::Ready, asked::HoverRequest::METHOD) => match parsed(params) {
                Ok(params) => Ok(self.hover(&params)?),
                Err(refusal) => Err(refusal),
            },
            (Stage::Ready, asked::ExecuteCommand::METHOD) => match parsed(params).and_then(opened) {
                Ok(location) => {
                    self.show(location)?;
                    Ok(serde_json::Value::Null)
                }
                Err(refusal) => Err(refusal),
            },
            (Stage::Ready, _) => Err((ErrorCode::MethodNotFound, format!("`{method}` is not offered"))),
        };
        self.respond(id, made)
    }

    fn respond(&mut self, id: RequestId, made: Result<serde_json::Value, Refusal>) -> io::Result<()> {
        let response = match made {
            Ok(value) => Response::new_ok(id, value),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        self.write(response.into())
    }

    fn initialize(&mut self, params: serde_json::Value) -> Result<serde_json::Value, Refusal> {
        let params: InitializeParams = parsed(params)?;
        let general = params.capabilities.general.as_ref();
        self.units = Units::chosen(general.and_then(|general| general.position_encodings.as_deref()));
        self.locale = params.locale.as_deref().and_then(Tongue::of_locale).or(self.locale);
        let show = params.capabilities.window.as_ref().and_then(|window| window.show_document.as_ref());
        self.can_show = show.is_some_and(|show| show.support);
        let text = params.capabilities.text_document.as_ref();
        let formats = text.and_then(|text| text.hover.as_ref()?.content_format.as_ref());
        let marked = formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown));
        self.hovers_in = if marked { MarkupKind::Markdown } else { MarkupKind::PlainText };
        self.wishes = match &params.initialization_options {
            None | Some(serde_json::Value::Null) => Wishes::default(),
            Some(wishes) => parsed(wishes.clone())
                .map_err(|(code, what)| (code, format!("initializationOptions: {what}")))?,
        };
        if let Some(folder) = folder(&params) {
            let entered = Workspace::enter(&folder, self.units, self.wishes.flags(), self.locale);
            self.workspace = Some(entered.map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?);
        }
        self.stage = Stage::Ready;
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::FULL),
            save: Some(SaveOptions::default().into()),
            ..TextDocumentSyncOptions::default()
        };
        let capabilities = ServerCapabilities {
            position_encoding: Some(self.units.kind()),
            text_document_sync: Some(sync.into()),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
            execute_command_provider: self.can_show.then(|| ExecuteCommandOptions {
                commands: vec![actions::OPEN.to_owned()],
                ..ExecuteCommandOptions::default()
            }),
            ..ServerCapabilities::default()
        };
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let server_info = Some(ServerInfo { name: diagnostics::SOURCE.to_owned(), version: Some(version) });
        value(InitializeResult { capabilities, server_info })
    }

    fn take(&mut self, notification: Notification) -> io::Result<()> {
        if self.stage != Stage::Ready {
            return Ok(());
        }
        let Notification { method, params } = notification;
        let taken = match method.as_str() {
            told::DidOpenTextDocument::METHOD => parsed(params).map(|params| self.open(params)),
            told::DidChangeTextDocument::METHOD => parsed(params).map(|params| self.change(params)),
            told::DidCloseTextDocument::METHOD => parsed(params).map(|params| self.close(&params)),
            told::DidSaveTextDocument::METHOD => parsed(params).map(|params| self.save(&params)),
            told::DidChangeWatchedFiles::METHOD => Ok(self.refresh()),
            _ => return Ok(()),
        };
        match taken {
            Ok(made) => made,
            Err((_, what)) => self.complain(&format!("{method} cannot be understood: {what}")),
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) -> io::Result<()> {
        let document = params.text_document;
        let Some(path) = uri::path_of(&document.uri) else { return Ok(()) };
        if self.workspace.is_none()
            && let Some(folder) = path.parent()
        {
            // an editor without a workspace: that of the first file
            match Workspace::enter(folder, self.units, self.wishes.flags(), self.locale) {
                Ok(workspace) => self.workspace = Some(workspace),
                Err(error) => return self.complain(&error.to_string()),
            }
        }
        let Some(workspace) = &mut self.workspace else { return Ok(()) };
        if let Some(path) = workspace.inside(&path) {
            let buffer =
                Buffer { uri: document.uri, version: document.version, text: document.text, saved: true };
            workspace.open.insert(path, buffer);
            self.refresh()?;
        }
        Ok(())
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) -> io::Result<()> {
        let Some((workspace, path)) = self.place(&params.text_document.uri) else { return Ok(()) };
        let Some(buffer) = workspace.open.get_mut(&path) else { return Ok(()) };
        buffer.version = params.text_document.version;
        buffer.saved = false;
        match params.content_changes.into_iter().next_back() {
            Some(change) if change.range.is_none() => buffer.text = change.text,
            Some(_) => {
                return self.complain("the whole text is needed at each change; that is what was offered");
            }
            None => {}
        }
        if !self.wishes.check_on_save {
            self.touch(&params.text_document.uri);
        }
        Ok(())
    }

    /// Has the pairs checked that a file is in.
    fn touch(&mut self, uri: &Uri) {
        let pairs = self.place(uri).map(|(workspace, path)| workspace.pairs_of(&path));
        self.dirty.extend(pairs.into_iter().flatten());
    }

    fn save(&mut self, params: &DidSaveTextDocumentParams) -> io::Result<()> {
        if let Some((workspace, path)) = self.place(&params.text_document.uri)
            && let Some(buffer) = workspace.open.get_mut(&path)
        {
            buffer.saved = true;
        }
        self.refresh()
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) -> io::Result<()> {
        let Some((workspace, path)) = self.place(&params.text_document.uri) else { return Ok(()) };
        workspace.open.remove(&path);
        self.refresh()
    }

    /// Looks again for what belongs together; what has an open file is to be checked, and what has none, forgotten.
    fn refresh(&mut self) -> io::Result<()> {
        let Some(workspace) = &mut self.workspace else { return Ok(()) };
        let made = workspace.refresh();
        let wanted = workspace.pairs_open();
        let gone: Vec<Found> =
            workspace.outcomes.keys().filter(|found| !wanted.contains(found)).cloned().collect();
        let touched: BTreeSet<PathBuf> = gone.iter().flat_map(|found| workspace.forget(found)).collect();
        self.dirty = wanted;
        self.publish(&touched)?;
        match made {
            Ok(()) => Ok(()),
            Err(error) => self.complain(&error.to_string()),
        }
    }

    /// Checks what is to be checked, and tells the editor.
    fn settle(&mut self) -> io::Result<()> {
        for found in std::mem::take(&mut self.dirty) {
            let Some(workspace) = &mut self.workspace else { return Ok(()) };
            // what was shown may be gone where nothing can be said any more
            let before: BTreeSet<PathBuf> = workspace
                .outcomes
                .get(&found)
                .into_iter()
                .flat_map(|old| old.diagnostics.keys().cloned())
                .collect();
            match workspace.check(&found) {
                Ok(mut touched) => {
                    touched.extend([found.path(), found.translation()].map(Path::to_path_buf));
                    self.said = None;
                    self.publish(&touched)?;
                }
                Err(error) => {
                    self.publish(&before)?;
                    self.complain(&error.to_string())?;
                }
            }
        }
        Ok(())
    }

    fn publish(&mut self, paths: &BTreeSet<PathBuf>) -> io::Result<()> {
        for path in paths {
            let Some(workspace) = &self.workspace else { return Ok(()) };
            let Some(uri) = workspace.uri(path) else { continue };
            let version = workspace.open.get(path).map(|buffer| buffer.version);
            let params = PublishDiagnosticsParams::new(uri, workspace.diagnostics(path), version);
            self.notify::<told::PublishDiagnostics>(params)?;
        }
        Ok(())
    }

    /// Checks what must be for the places to be those of the text that the editor has now.
    fn catch_up(&mut self, uri: &Uri) -> io::Result<()> {
        if self.wishes.check_on_save && self.is_unsaved(uri) {
            self.touch(uri);
        }
        self.settle()
    }

    fn hover(&mut self, params: &HoverParams) -> io::Result<serde_json::Value> {
        let (units, kind) = (self.units, self.hovers_in.clone());
        let at = &params.text_document_position_params;
        self.catch_up(&at.text_document.uri)?;
        let Some((workspace, path)) = self.place(&at.text_document.uri) else {
            return Ok(serde_json::Value::Null);
        };
        let told = (units, workspace.tongue());
        let mut checked = workspace.outcomes.values().filter_map(|outcome| outcome.checked.as_ref());
        let hover = checked.find_map(|checked| hover::hover(checked, &path, at.position, told, &kind));
        Ok(hover.and_then(|hover| serde_json::to_value(hover).ok()).unwrap_or_default())
    }

    fn code_actions(&mut self, params: &CodeActionParams) -> io::Result<serde_json::Value> {
        let (units, can_show) = (self.units, self.can_show);
        let uri = &params.text_document.uri;
        self.catch_up(uri)?;
        let Some((workspace, path)) = self.place(uri) else { return Ok(serde_json::Value::Null) };
        let told = (units, workspace.tongue());
        let checked = workspace.outcomes.values().filter_map(|outcome| outcome.checked.as_ref());
        let here = checked.filter(|checked| checked.paths.contains(&path));
        let actions =
            here.flat_map(|checked| actions::actions(checked, &path, uri, params.range, told, can_show));
        Ok(actions.filter_map(|action| serde_json::to_value(action).ok()).collect())
    }

    fn is_unsaved(&mut self, uri: &Uri) -> bool {
        let place = self.place(uri);
        place.is_some_and(|(workspace, path)| workspace.open.get(&path).is_some_and(|buffer| !buffer.saved))
    }

    fn show(&mut self, location: Location) -> io::Result<()> {
        self.requests += 1;
        let params = ShowDocumentParams {
            uri: location.uri,
            external: None,
            take_focus: Some(true),
            selection: Some(location.range),
        };
        let id = RequestId::from(self.requests);
        self.write(Request::new(id, asked::ShowDocument::METHOD.to_owned(), params).into())
    }

    fn hear(&mut self, response: &Response) -> io::Result<()> {
        match &response.response_result {
            Err(error) => {
                let what = format!("the file cannot be shown: {}", error.message);
                self.complain(&what)
            }
            Ok(_) => Ok(()),
        }
    }

    fn place(&mut self, uri: &Uri) -> Option<(&mut Workspace, PathBuf)> {
        let workspace = self.workspace.as_mut()?;
        let path = workspace.inside(&uri::path_of(uri)?)?;
        Some((workspace, path))
    }

    /// Shows an error, unless it is the one shown last.
    fn complain(&mut self, what: &str) -> io::Result<()> {
        if self.said.as_deref() == Some(what) {
            return Ok(());
        }
        self.said = Some(what.to_owned());
        let message = format!("duizhao: {}", foreign::shown(what));
        self.notify::<told::ShowMessage>(ShowMessageParams { typ: MessageType::ERROR, message })
    }

    fn notify<N: told::Notification>(&mut self, params: N::Params) -> io::Result<()> {
        self.write(Notification::new(N::METHOD.to_owned(), params).into())
    }

    fn write(&mut self, message: Message) -> io::Result<()> {
        message.write(&mut self.out)
    }
}

/// The folder that the editor has open; of several, the first.
#[expect(deprecated, reason = "clients that know of one folder only still send it so")]
fn folder(params: &InitializeParams) -> Option<PathBuf> {
    let first = params.workspace_folders.as_ref().and_then(|all| all.first()).map(|folder| &folder.uri);
    uri::path_of(first.or(params.root_uri.as_ref())?)
}

fn parsed<T: DeserializeOwned>(params: serde_json::Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn value(result: impl serde::Serialize) -> Result<serde_json::Value, Refusal> {
    serde_json::to_value(result).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

/// The place that a command is to open.
fn opened(params: ExecuteCommandParams) -> Result<Location, Refusal> {
    if params.command != actions::OPEN {
        return Err((ErrorCode::InvalidParams, format!("there is no command `{}`", params.command)));
    }
    let location = params.arguments.into_iter().next();
    parsed(location.ok_or((ErrorCode::InvalidParams, "the place to open is missing".to_owned()))?)
}
