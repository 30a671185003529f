#!/usr/bin/env bash
# Runs the script of the action, and the command of the pre-commit hook, in a repository of their own.
#
# action.sh DUIZHAO PRE_COMMIT
set -euo pipefail
duizhao=$1 pre_commit=$2
script="$(cd "$(dirname "$0")/.." && pwd)/ci/github.sh"
hook=$(sed -n 's/^  entry: duizhao //p' "$(dirname "$script")/../.pre-commit-hooks.yaml")
files="$(cd "$(dirname "$0")" && pwd)/formats"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "action.sh: $1" >&2
    exit 1
}

# a clone without history, and the commit before it only in its origin
git init --quiet "$work/origin"
cd "$work/origin"
git config user.name test
git config user.email test@example.org
git config uploadpack.allowAnySHA1InWant true
cp -r "$files" docs
git add .
git commit --quiet --message one
base=$(git rev-parse HEAD)
sed -i 's/runs twice/does not run twice/' docs/good.en.md
git commit --quiet --all --message two
git clone --quiet --depth 1 "file://$work/origin" "$work/clone"
cd "$work/clone"

# run CODE: runs the script, which must end so
run() {
    local code=0
    : >"$work/output"
    : >"$work/summary"
    RUNNER_TEMP=$work GITHUB_OUTPUT=$work/output GITHUB_STEP_SUMMARY=$work/summary BINARY=$duizhao \
        "$script" >"$work/log" 2>"$work/said" || code=$?
    [ $code -eq "$1" ] || fail "ends with $code, not $1: $(cat "$work/said")"
}

export SOURCE=docs TARGET= BASE=$base ARGS=
run 1
grep -q '^::error file=docs/good.en.md,line=3,.*title=stale-passage' "$work/log" || fail "no annotation"
! grep -q 'number-mismatch' "$work/log" || fail "what was there before is annotated"
grep -q '^## Translation check: failed' "$work/summary" || fail "no summary"
test -s "$(sed -n 's/^sarif=//p' "$work/output")" || fail "no SARIF"
ARGS=$'--severity number-mismatch=off\n--fail-on never' BASE='' run 0
grep -q '^## Translation check: passed' "$work/summary" || fail "no summary"
SOURCE=gone BASE='' run 2
! test -s "$work/output" || fail "a report of nothing"
BASE=nonsense run 2

# the hook: what the commit breaks stops it, what was there before does not
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: local
    hooks:
      - {id: duizhao, name: duizhao, language: system, entry: $duizhao $hook, types: [text], pass_filenames: false, args: [docs]}
YAML
export PRE_COMMIT_HOME=$work/pre-commit
git add .
"$pre_commit" run >"$work/log" || fail "the hook fails: $(cat "$work/log")"
sed -i 's/In 2021/In 2012/' docs/good.en.md
git add .
! "$pre_commit" run >"$work/log" || fail "the hook passes"
grep -q 'date-mismatch' "$work/log" || fail "the hook fails otherwise: $(cat "$work/log")"
echo "the action and the hook end as they should"
