"""Reads the reports for other programs with the programs or schemas of others, where there are some, and compares
what they hold with the JSON report of the same run.

formats.py FOLDER SARIF_SCHEMA

The folder holds report.FORMAT for each format. SARIF is held to the schema of the committee; JUnit is read by
junitparser, the other XML by Python's parser. The fields that GitLab and reviewdog document are written below as
schemas by us, and workflow commands are read back as GitHub describes them: no program of theirs looks at these.
"""
import json
import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path
from urllib.parse import unquote

import junitparser
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

folder, sarif_schema = Path(sys.argv[1]), Path(sys.argv[2])


def text(name):
    return (folder / f"report.{name}").read_text(encoding="utf8")


def report(name):
    return json.loads(text(name))


def same(name, read, written):
    if read != written:
        odd = next((pair for pair in zip(read, written) if pair[0] != pair[1]), None)
        sys.exit(f"{name}: {len(read)} read, {len(written)} written; the first that differ: {odd}")


def valid(name, schema, value):
    for error in validator_for(schema, Draft202012Validator)(schema).iter_errors(value):
        sys.exit(f"{name}: {error.json_path}: {error.message}")


def obj(**fields):
    return {"type": "object", "required": list(fields), "properties": fields}


NUMBER = {"type": "integer", "minimum": 1}
TEXT = {"type": "string", "minLength": 1}
GITLAB = {
    "type": "array",
    "items": obj(
        description=TEXT,
        check_name=TEXT,
        fingerprint=TEXT,
        severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
        location=obj(path={**TEXT, "not": {"pattern": "^\\./"}}, lines=obj(begin=NUMBER, end=NUMBER)),
    ),
}
POSITION = obj(line=NUMBER, column=NUMBER)
LOCATION = obj(path=TEXT, range=obj(start=POSITION, end=POSITION))
DIAGNOSTIC = obj(
    message=TEXT,
    location=LOCATION,
    severity={"enum": ["ERROR", "WARNING", "INFO"]},
    code=obj(value=TEXT),
    source=obj(name=TEXT),
)
DIAGNOSTIC["properties"]["related_locations"] = {"type": "array", "items": obj(message=TEXT, location=LOCATION)}
DIAGNOSTICS = obj(source=obj(name=TEXT), diagnostics={"type": "array", "items": DIAGNOSTIC})

# what every report must hold: the findings of the JSON report, by their main place
findings = [
    (finding["check"], pair[side]["path"].removeprefix("./"), finding[side]["start"], finding["status"])
    for pair in report("json")["pairs"]
    for finding in pair["findings"]
    for side in ["target" if finding["target"] else "source"]
]
places = [(check, path, start["line"], start["column"]) for check, path, start, _ in findings]
counted = [place for place, finding in zip(places, findings) if finding[3] == "new"]
lines = [place[:3] for place in counted]

sarif = report("sarif")
valid("sarif", json.loads(sarif_schema.read_text(encoding="utf-8-sig")), sarif)
results = sarif["runs"][0]["results"]
rules = [rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]]


def of_result(result):
    if rules[result["ruleIndex"]] != result["ruleId"]:
        sys.exit(f"sarif: {result['ruleIndex']} is no {result['ruleId']}")
    place = result["locations"][0]["physicalLocation"]
    region = place["region"]
    return result["ruleId"], unquote(place["artifactLocation"]["uri"]), region["startLine"], region["startColumn"]


same("sarif", [of_result(result) for result in results], places)
for result, finding in zip(results, findings):
    if bool(result["suppressions"]) != (finding[3] == "suppressed"):
        sys.exit(f"sarif: {result['ruleId']} is suppressed here or there")

gitlab = report("gitlab")
valid("gitlab", GITLAB, gitlab)
same("gitlab", [(one["check_name"], one["location"]["path"], one["location"]["lines"]["begin"]) for one in gitlab], lines)
if len({one["fingerprint"] for one in gitlab}) != len(gitlab):
    sys.exit("gitlab: a fingerprint stands twice")

rdjson = report("rdjson")
valid("rdjson", DIAGNOSTICS, rdjson)
same("rdjsonl", [json.loads(line) for line in text("rdjsonl").splitlines()], rdjson["diagnostics"])
read = [(one["code"]["value"], one["location"]["path"], one["location"]["range"]["start"]["line"]) for one in rdjson["diagnostics"]]
same("rdjson", read, lines)

cases = [case for suite in junitparser.JUnitXml.fromfile(str(folder / "report.junit")) for case in suite]
failed = [case for case in cases if case.result]
read = [(case.name.split(" ")[0], case._elem.get("file"), int(case._elem.get("line"))) for case in failed]
same("junit", read, lines)
suites = junitparser.JUnitXml.fromfile(str(folder / "report.junit"))
said = (suites.tests, suites.failures)
suites.update_statistics()
same("junit", [said], [(suites.tests, suites.failures)])

read = [
    (error.get("source").removeprefix("duizhao."), file.get("name"), int(error.get("line")), int(error.get("column")))
    for file in xml.fromstring(text("checkstyle")).iter("file")
    for error in file.iter("error")
]
same("checkstyle", sorted(read), sorted(counted))

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def command(line):
    match = COMMAND.fullmatch(line)
    if not match:
        sys.exit(f"github: no command: {line}")
    fields = dict(field.split("=", 1) for field in match[2].split(","))
    for code, char in [("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]:
        fields = {key: value.replace(code, char) for key, value in fields.items()}
    return fields["title"].split(" ")[0], fields["file"], int(fields["line"])


same("github", [command(line) for line in text("github").splitlines()], lines)

if len(text("markdown")) > 60_000:
    sys.exit("markdown: too long")

print(f"{len(findings)} findings, {len(counted)} of which count")
