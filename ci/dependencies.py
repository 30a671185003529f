#!/usr/bin/env python3
"""Holds the crates of Cargo.lock against ci/dependencies.toml: licences, sources, bans, versions, advisories.

    ci/dependencies.py [ADVISORIES]

ADVISORIES is a checkout of https://github.com/rustsec/advisory-db; without it one is fetched, and where there is no
network, that is said and advisories are left out. Exit code 1 when something is wrong. `python3 -m doctest` runs the
examples.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATABASE = "https://github.com/rustsec/advisory-db"


def usable(licence, allowed):
    """Whether one may use what is under an SPDX expression with some licences.

    >>> usable("MIT OR GPL-3.0", {"MIT"}), usable("MIT AND GPL-3.0", {"MIT"}), usable("MIT/Apache-2.0", {"MIT"})
    (True, False, True)
    >>> usable("(MIT OR X) AND Y", {"MIT", "Y"}), usable("Z WITH exception OR MIT", {"Z"}), usable("", {"Z"})
    (True, True, False)
    """
    words = re.findall(r"[()]|[^()\s]+", licence.replace("/", " OR "))

    def either():
        found = both()
        while words and words[0] == "OR":
            words.pop(0)
            found = both() or found
        return found

    def both():
        found = one()
        while words and words[0] == "AND":
            words.pop(0)
            found = one() and found
        return found

    def one():
        word = words.pop(0) if words else ""
        if word == "(":
            found = either()
            words[:1] = []
            return found
        if words and words[0] == "WITH":  # an exception allows more, never less
            words[:2] = []
        return word in allowed

    return either() and not words


def numbers(version):
    """A version as what sorts: a release comes after its candidates.

    >>> numbers("1.10.0") > numbers("1.9.3"), numbers("1.0.0-rc.1") < numbers("1.0.0")
    (True, True)
    """
    core, _, before = version.split("+")[0].partition("-")
    parts = [int(part) for part in core.split(".")]
    return parts + [0] * (3 - len(parts)), before == "", before


def fits(version, requirement):
    """Whether a version fits a requirement of an advisory.

    >>> fits("1.2.3", ">= 1.2.0, < 2"), fits("0.3.9", "^0.3.1"), fits("0.4.0", "^0.3.1"), fits("1.5.0", "^1.2")
    (True, True, False, True)
    >>> fits("0.8.1", "=0.8.1"), fits("1.4.9", "~1.4.2"), fits("1.5.0", "~1.4.2"), fits("2.0.0", "1.9")
    (True, True, False, False)
    """

    def one(comparator):
        sign, wanted = re.fullmatch(r"\s*([<>=^~]*)\s*(\S+)\s*", comparator).groups()
        given = wanted.split("-")[0].split(".")
        have, want = numbers(version), numbers(wanted)
        if sign in (">", ">=", "<", "<=", "="):
            return {">": have > want, ">=": have >= want, "<": have < want, "<=": have <= want, "=": have == want}[sign]
        # ^ (or nothing) keeps the first part that is not zero, ~ the part before the last that is named
        parts = want[0]
        kept = next((at for at in range(len(given)) if parts[at]), len(given) - 1)
        if sign == "~":
            kept = min(len(given) - 1, 1)
        above = parts[:kept] + [parts[kept] + 1] + [0] * (2 - kept)
        return have >= want and have[0] < above

    return all(one(comparator) for comparator in requirement.split(","))


def advisories(database, crates):
    """The advisories that hold for crates: name, version, and the file that says it."""
    for crate in crates:
        for path in sorted((database / "crates" / crate["name"]).glob("*.md")):
            head = path.read_text().split("```")[1].removeprefix("toml")
            told = tomllib.loads(head)
            versions = told["versions"]
            fine = versions.get("patched", []) + versions.get("unaffected", [])
            if "withdrawn" in told["advisory"] or any(fits(crate["version"], one) for one in fine):
                continue
            yield crate["name"], crate["version"], told["advisory"]["id"]


def built_in(metadata):
    """The crates that the program is made of or built with, by their ids."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    waiting = [package["id"] for package in metadata["packages"] if package["name"] == "duizhao"]
    found = set()
    while waiting:
        crate = waiting.pop()
        if crate not in found:
            found.add(crate)
            deps = nodes[crate]["deps"]
            waiting += [dep["pkg"] for dep in deps if any(kind["kind"] != "dev" for kind in dep["dep_kinds"])]
    return found


def faults(metadata, wanted):
    """What is wrong with licences, sources, bans and versions."""
    crates = metadata["packages"]
    for crate in crates:
        name = f"{crate['name']} {crate['version']}"
        more = wanted["licence-exceptions"].get(crate["name"], {}).get("licences", [])
        if not usable(crate["license"] or "", {*wanted["licences"], *more}):
            yield f"{name}: its licence is {crate['license']}, which is none of those in ci/dependencies.toml"
        if crate["name"] in wanted["banned"]:
            yield f"{name}: is banned: {wanted['banned'][crate['name']]}"
        source, ours = crate["source"], pathlib.Path(crate["manifest_path"]).is_relative_to(ROOT)
        if source is None and not ours or source is not None and not source.startswith("registry+"):
            yield f"{name}: comes from {source or crate['manifest_path']}; take it from the registry"
    registries = sorted({crate["source"] for crate in crates if (crate["source"] or "").startswith("registry+")})
    if len(registries) > 1:
        yield f"crates come from several registries: {', '.join(registries)}"
    versions = {}
    own = built_in(metadata)
    for crate in crates:
        if crate["id"] in own:
            versions.setdefault(crate["name"], []).append(crate["version"])
    twice = {name for name, found in versions.items() if len(found) > 1}
    for name in sorted(twice - wanted["twice"].keys()):
        yield f"{name}: is built in {len(versions[name])} versions: {', '.join(versions[name])}"
    for name in sorted(wanted["twice"].keys() - twice):
        yield f"{name}: is there once; take it out of [twice] in ci/dependencies.toml"


def main():
    """Tells what is wrong, and how many crates were looked at."""
    wanted = tomllib.loads((ROOT / "ci/dependencies.toml").read_text())
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if made.returncode != 0:
        sys.exit(made.stderr)
    metadata = json.loads(made.stdout)
    found = list(faults(metadata, wanted))
    with tempfile.TemporaryDirectory() as folder:
        database = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(folder, "advisory-db")
        asked = True
        if len(sys.argv) < 2:
            clone = ["git", "clone", "--quiet", "--depth", "1", DATABASE, str(database)]
            try:
                asked = subprocess.run(clone, capture_output=True, timeout=60).returncode == 0
            except (OSError, subprocess.TimeoutExpired):
                asked = False
        if asked:
            for name, version, advisory in advisories(database, metadata["packages"]):
                if advisory not in wanted["advisories"]:
                    found.append(f"{name} {version}: {advisory}; take a version without it")
    for fault in found:
        print(fault)
    told = "advisories asked" if asked else f"advisories not asked: {DATABASE} cannot be reached"
    print(f"{len(metadata['packages'])} crates, {len(found)} faults, {told}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
