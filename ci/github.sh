#!/usr/bin/env bash
# The check of action.yml: annotations to the log, a summary to the page of the job, SARIF to a file. Ends as
# `duizhao check` does.
set -o pipefail

# What is checked out may hold a bare repository among its files, with programs in its settings: none of them runs.
safely() {
    GIT_OPTIONAL_LOCKS=0 GIT_NO_LAZY_FETCH=1 GIT_TERMINAL_PROMPT=0 GIT_ALLOW_PROTOCOL=file:http:https:ssh \
        git -c safe.bareRepository=explicit -c core.fsmonitor=false -c core.hooksPath=/dev/null "$@"
}

paths=()
[ -z "$SOURCE" ] || paths+=("$SOURCE")
[ -z "$TARGET" ] || paths+=("$TARGET")
read -r -a options <<<"${ARGS//$'\n'/ }"
if [ -n "$BASE" ]; then
    # a checkout without history has only its own commit
    safely rev-parse --verify --quiet --end-of-options "$BASE^{commit}" >/dev/null ||
        safely fetch --quiet --depth=1 --no-recurse-submodules --no-auto-maintenance --end-of-options \
            origin "$BASE" || exit 2
    options+=("--base=$BASE")
fi

sarif="$RUNNER_TEMP/duizhao.sarif"
summary="$RUNNER_TEMP/duizhao.md"
rm -f "$sarif" "$summary"
"${BINARY:-$RUNNER_TEMP/duizhao/bin/duizhao}" check --format github \
    --report "sarif=$sarif" --report "markdown=$summary" "${options[@]}" -- "${paths[@]}"
code=$?
# there are no reports when the run could not be done
[ ! -f "$sarif" ] || echo "sarif=$sarif" >>"$GITHUB_OUTPUT"
[ ! -f "$summary" ] || cat "$summary" >>"$GITHUB_STEP_SUMMARY"
exit "$code"
