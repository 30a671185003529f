//! The help of the command line in the reader's language. The English stands beside the flags; other languages have a
//! file of it, `locales/TAG/help.ftl`. Nothing is parsed here.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use super::locale;
use crate::message::{Tongue, help};

/// In which language to answer some arguments: that of `--lang`, as far as it is one, else that of the system.
pub(super) fn tongue(arguments: &[OsString]) -> Tongue {
    let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
    // the flag of `values` names the language of a text
    if texts.clone().nth(1) == Some("values") {
        return locale::tongue().unwrap_or_default();
    }
    let mut named = None;
    while let Some(text) = texts.next() {
        match text.strip_prefix("--lang") {
            Some("") => named = texts.next(),
            Some(rest) if rest.starts_with('=') => named = rest.strip_prefix('='),
            _ if text == "--" => break,
            _ => {}
        }
    }
    named.and_then(Tongue::parse).or_else(locale::tongue).unwrap_or_default()
}

/// A command with its help in a language.
pub(super) fn said(mut command: Command, tongue: Tongue) -> Command {
    if tongue == Tongue::English {
        return command;
    }
    // what clap adds by itself is there from now on
    command.build();
    translated(command, tongue)
}

fn translated(command: Command, tongue: Tongue) -> Command {
    let name = command.get_name().to_owned();
    let word = |id: &str| help(tongue, id, &[]).unwrap_or_else(|| id.to_owned());
    let template = format!("{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}\n", word("heading-usage"));
    let about = word(&name);
    let [arguments, options] = ["heading-arguments", "heading-options"].map(word);
    let command = command
        .about(about)
        .help_template(template)
        .subcommand_help_heading(word("heading-commands"))
        .mut_args(|arg| {
            let heading = if arg.is_positional() { &arguments } else { &options };
            of_arg(arg, &name, tongue).help_heading(heading.clone())
        });
    command.mut_subcommands(|command| translated(command, tongue))
}

fn of_arg(arg: Arg, command: &str, tongue: Tongue) -> Arg {
    let id = arg.get_id().as_str();
    let ids = [format!("{command}-{id}"), format!("any-{id}")];
    let Some(mut words) = ids.iter().find_map(|id| help(tongue, id, &[])) else { return arg };
    let takes = !matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::Help | ArgAction::Version);
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let values: Vec<String> =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let more = [("with-default", "value", default.join(" ")), ("with-values", "values", values.join("、"))];
    for (id, name, value) in more.into_iter().filter(|(.., value)| takes && !value.is_empty()) {
        words.extend(help(tongue, id, &[(name, &value)]).map(|more| format!(" {more}")));
    }
    arg.help(words).hide_default_value(true).hide_possible_values(true)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;

    /// All that can be said of a command and what is in it: the ids by which it is looked for.
    fn ids(command: &Command, found: &mut Vec<Vec<String>>) {
        let name = command.get_name();
        found.push(vec![name.to_owned()]);
        let of_arg = |arg: &Arg| vec![format!("{name}-{}", arg.get_id()), format!("any-{}", arg.get_id())];
        found.extend(command.get_arguments().map(of_arg));
        // `help` names all commands once more
        command.get_subcommands().filter(|_| name != "help").for_each(|command| ids(command, found));
    }

    #[test]
    fn every_flag_has_its_help_in_every_language_and_no_help_is_idle() {
        let mut command = super::super::Cli::command();
        command.build();
        let mut found = Vec::new();
        ids(&command, &mut found);
        for tongue in Tongue::ALL.into_iter().filter(|tongue| *tongue != Tongue::English) {
            let lacking: Vec<_> =
                found.iter().filter(|ids| !ids.iter().any(|id| help(tongue, id, &[]).is_some())).collect();
            assert!(lacking.is_empty(), "{tongue:?}: {lacking:?}");
            let mut used: BTreeSet<String> = found
                .iter()
                .filter_map(|ids| ids.iter().find(|id| help(tongue, id, &[]).is_some()).cloned())
                .collect();
            used.extend(
                [
                    "heading-usage",
                    "heading-commands",
                    "heading-arguments",
                    "heading-options",
                    "with-default",
                    "with-values",
                ]
                .map(str::to_owned),
            );
            let idle: Vec<_> = crate::message::helps(tongue).filter(|id| !used.contains(*id)).collect();
            assert!(idle.is_empty(), "{tongue:?}: {idle:?}");
        }
    }

    #[test]
    fn the_language_is_that_of_the_flag() {
        let asked = |arguments: &[&str]| tongue(&arguments.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked(&["duizhao", "check", "--help", "--lang", "zh"]), Tongue::Chinese);
        assert_eq!(asked(&["duizhao", "--lang=zh", "--lang", "en"]), Tongue::English);
        assert_eq!(asked(&["duizhao", "values", "--lang", "zh"]), locale::tongue().unwrap_or_default());
    }

    #[test]
    fn help_is_in_the_language_asked_for() {
        let help = |arguments: [&str; 3]| {
            let command = said(super::super::Cli::command(), Tongue::Chinese);
            command.try_get_matches_from(arguments).expect_err("help").render().to_string()
        };
        let said = help(["duizhao", "check", "--help"]);
        assert!(said.starts_with("对照原文检查译文\n\n用法：duizhao check"), "{said}");
        for words in ["参数:", "选项:", "[默认：text]", "[可选：critical、major、minor、never]", "显示帮助"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
        for words in ["Usage", "Options", "Arguments", "default:", "Print"] {
            assert!(!said.contains(words), "{words}: {said}");
        }
    }
}
