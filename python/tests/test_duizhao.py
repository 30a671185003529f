"""The Python package gives what the command line writes: `python test_duizhao.py DUIZHAO`, with its path."""

import doctest
import json
import pickle
import subprocess
import sys
import unittest
from pathlib import Path

import duizhao

ROOT = Path(__file__).parents[2]
PAIR = [ROOT / "texts/sovereignty-3.0" / name for name in ("zh.txt", "en.txt")]
ZH = "学校就在寺庙旁边。\n\n2021年，镇上修了一座新桥。\n"
EN = "The school stands beside the temple.\n\nIn 2012 the town built a new bridge.\n"
PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else None


@unittest.skipUnless(PROGRAM, "the path of the program is not given")
class SameAsTheProgram(unittest.TestCase):
    def written(self, command, *flags):
        made = subprocess.run([PROGRAM, command, *PAIR, "--format", "json", *flags], capture_output=True, check=False)
        return json.loads(made.stdout)

    def test_check(self):
        report = duizhao.check(*PAIR)
        expected = self.written("check")["pairs"][0]
        for side in ("source", "target"):
            self.assertEqual(Path(report[side].pop("path")).name, Path(expected[side].pop("path")).name)
        self.assertEqual(report.pop("verdict"), "fail")
        self.assertEqual(report, expected)

    def test_the_program(self):
        installed = Path(sys.executable).with_name("duizhao")
        for arguments in (["check", *PAIR, "--fail-on", "never"], ["check", *PAIR], ["--help"], ["check", "nowhere"], ["no-command"]):
            ran = [subprocess.run([one, *arguments], capture_output=True, check=False) for one in (PROGRAM, installed)]
            self.assertEqual(*((one.returncode, one.stdout, one.stderr) for one in ran))

    def test_align(self):
        for unit in ("block", "sentence"):
            self.assertEqual(duizhao.align(*PAIR, unit=unit), self.written("align", "--unit", unit)["links"])

    def test_terms(self):
        for flags, options in (([], {}), (["--reverse", "--min-count", "5"], {"reverse": True, "min_count": 5})):
            self.assertEqual(duizhao.terms(*PAIR, **options), self.written("terms", *flags)["terms"])


class Texts(unittest.TestCase):
    def test_settings(self):
        self.assertEqual(duizhao.check(ZH, EN)["verdict"], "fail")
        self.assertEqual(duizhao.check(ZH, EN, severity={"date-mismatch": "off"})["findings"], [])
        self.assertEqual(duizhao.check(ZH, EN, fail_on="never")["verdict"], "pass")
        self.assertIn("2012", duizhao.check(ZH, EN, lang="zh").findings[0]["message"])

    def test_views(self):
        report = duizhao.check(ZH, EN)
        self.assertTrue(report.html().startswith("<!DOCTYPE html>"))
        self.assertTrue(report._repr_html_().startswith("<iframe sandbox"))
        self.assertNotIn("<script", report._repr_html_())
        self.assertEqual(pickle.loads(pickle.dumps(report)), dict(report))

    def test_what_cannot_be_used(self):
        for told, error, call in (
            ("two texts", TypeError, lambda: duizhao.check("a", Path("b"))),
            ("two texts", TypeError, lambda: duizhao.check("a")),
            ("absent.md: cannot be read", ValueError, lambda: duizhao.check(Path("absent.md"), PAIR[1])),
            ("did you mean `date-mismatch`", ValueError, lambda: duizhao.check(ZH, EN, severity={"date-mismach": "off"})),
            ("from 0 to 1", ValueError, lambda: duizhao.check(ZH, EN, min_confidence=2)),
            ("not a language tag", ValueError, lambda: duizhao.align(ZH, EN, source_lang="chinese")),
            ("block or sentence", ValueError, lambda: duizhao.align(ZH, EN, unit="word")),
            ("critical, major", ValueError, lambda: duizhao.check(ZH, EN, fail_on="grave")),
            ("format", ValueError, lambda: duizhao.check(ZH, EN, format="exe")),
        ):
            with self.assertRaisesRegex(error, told):
                call()


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(duizhao))
    return tests


if __name__ == "__main__":
    unittest.main()
