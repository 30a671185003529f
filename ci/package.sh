#!/usr/bin/env bash
# Writes the pages of the manual and the completions of shells into target/package, as packages hold them:
# ci/package.sh [PROGRAM], by default the one that `cargo build --release` built.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/duizhao}
out=target/package
rm -rf "$out"
mkdir -p "$out/man" "$out/completions"
"$program" man >"$out/man/duizhao.1"
"$program" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p' | while read -r command; do
    [ "$command" = help ] || "$program" man "$command" >"$out/man/duizhao-$command.1"
done
"$program" completions bash >"$out/completions/duizhao"
"$program" completions zsh >"$out/completions/_duizhao"
"$program" completions fish >"$out/completions/duizhao.fish"
