//! What the editor can do about a finding.

use std::collections::HashMap;
use std::path::Path;

use lsp_types::{
    CodeAction, CodeActionKind, Command, Location, Position, Range, TextEdit, Uri, WorkspaceEdit,
};

use super::places::Units;
use super::suppress;
use super::workspace::Checked;
use crate::check::Tongue;
use crate::message::message;

/// The command that opens a file at a place; its one argument is a [`Location`].
pub(super) const OPEN: &str = "duizhao.open";

/// What can be done in a file about what is found in a range of it. Files can be shown where the client can do that.
pub(super) fn actions(
    checked: &Checked,
    path: &Path,
    uri: &Uri,
    range: Range,
    (units, tongue): (Units, Tongue),
    can_show: bool,
) -> Vec<CodeAction> {
    let view = checked.view(units, tongue);
    let mut actions = Vec::new();
    let here = view
        .shown()
        .into_iter()
        .filter(|shown| checked.paths[shown.side as usize] == path && touch(shown.diagnostic.range, range));
    for shown in here {
        let (side, check) = (shown.side, shown.finding.check);
        if let Some(places) = view.places(side)
            && let Some(insertion) =
                suppress::insertion(checked.pair.document(side), places, shown.span, check)
        {
            let at = places.shown(insertion.at);
            let edit = TextEdit::new(Range::new(at, at), insertion.text);
            #[expect(clippy::mutable_key_type, reason = "the protocol's type; nobody changes the address")]
            let changes = HashMap::from([(uri.clone(), vec![edit])]);
            actions.push(CodeAction {
                title: message!("lsp-suppress", check = check).said(tongue).into_owned(),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![shown.diagnostic.clone()]),
                edit: Some(WorkspaceEdit::new(changes)),
                ..CodeAction::default()
            });
        }
        let location = view.location(shown.finding, side.other());
        let elsewhere =
            location.filter(|location| location.uri != *uri || location.range != shown.diagnostic.range);
        if let Some(location) = elsewhere.filter(|_| can_show) {
            let title = message!("lsp-open", side = side.other()).said(tongue).into_owned();
            actions.push(CodeAction {
                title: title.clone(),
                diagnostics: Some(vec![shown.diagnostic]),
                command: Some(open(title, &location)),
                ..CodeAction::default()
            });
        }
    }
    actions
}

fn open(title: String, location: &Location) -> Command {
    Command::new(title, OPEN.to_owned(), serde_json::to_value(location).ok().map(|location| vec![location]))
}

/// Whether two ranges share a place; one that ends where the other begins does.
fn touch(one: Range, other: Range) -> bool {
    let before = |end: Position, start: Position| end < start;
    !before(one.end, other.start) && !before(other.end, one.start)
}
