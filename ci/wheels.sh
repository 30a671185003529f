#!/usr/bin/env bash
# Builds wheels into wheels/: ci/wheels.sh [TARGET...], by default the one of this machine. PROFILE names the profile of
# cargo, by default `release`.
#
# A wheel of Linux runs on every distribution since 2014 (manylinux2014, glibc 2.17): zig links it, which maturin asks
# for it and PyPI has as `ziglang`. One wheel serves all Pythons from 3.10 (abi3).
#
# TARGET is what rustc calls a platform, whose standard library must be there (`rustup target add TARGET`). zig also
# links for other processors, for musl and for macOS without its frameworks; none of that was tried, since only
# x86_64-unknown-linux-gnu was at hand. A wheel for Windows is built on Windows: ci/release.yml builds each on its own
# system.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/pip" install --quiet 'maturin>=1.16,<2' ziglang
export PATH="$tools/bin:$PATH"
host=$(rustc -vV | sed -n 's/^host: //p')
targets=("$@")
[ $# -gt 0 ] || targets=("$host")
installed=$(rustc --print sysroot)/lib/rustlib
for target in "${targets[@]}"; do
    if [ ! -d "$installed/$target/lib" ]; then
        echo "ci/wheels.sh: there is no standard library for $target: run \`rustup target add $target\`" >&2
        exit 1
    fi
    case $target in
        *-linux-gnu) platform=(--compatibility manylinux2014) ;;
        *-linux-musl) platform=(--compatibility musllinux_1_2) ;;
        *) platform=() ;;
    esac
    maturin build --locked --profile "${PROFILE:-release}" --zig --target "$target" "${platform[@]}" --out wheels
done

# a wheel of this machine is tried in an environment of its own
for wheel in wheels/*-manylinux*_"$(uname -m)".whl; do
    [ -e "$wheel" ] || continue
    python3 -m venv "$tools/try"
    "$tools/try/bin/pip" install --quiet --no-index "$wheel"
    "$tools/try/bin/duizhao" --version
    "$tools/try/bin/python" -c 'import duizhao; print(len(duizhao.check("水 12", "water 13")["findings"]), "finding")'
done
