"""Opens the page of `bootperf trend report` in a headless Chromium and reads what is there.

trend_page_test.py PROGRAM RECORDINGS DIRECTORY: the page and screenshots are left in DIRECTORY. Exits
with 77, which CTest shows as skipped, where there is no browser to drive.
"""
import json
import pathlib
import subprocess
import sys
import unittest

from headless import NARROW, WIDE, PageTest  # skips without selenium, so comes before it

from selenium.webdriver.common.action_chains import ActionChains

HOSTILE = "</script><script>window.evil = 1</script><img src=x onerror='window.evil = 2'>"
POLICY = "gates:\n  wall:\n    - {phase: launch, tolerance: 5 %}\n"


def make_page(program, recordings, directory):
    """Thirty nights of recorded launches; the launch is slower by a fifth in the last four."""
    def bootperf(*arguments):
        subprocess.run([program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, cwd=directory)

    (directory / "policy.yaml").write_text(POLICY)
    (directory / "trend.db").unlink(missing_ok=True)
    bootperf("import", "--force", "-o", "recorded.json", *(recordings / f"traced-{i}.jsonl" for i in (1, 2, 3)))
    recorded = json.loads((directory / "recorded.json").read_text())
    nights = []
    for night in range(30):
        recorded.update(id=f"night-{night:02}", created=f"2024-05-{night + 1:02}T01:00:00Z",
                        commit=HOSTILE if night == 29 else f"{night:040x}")
        if night == 26:
            for launch in recorded["launches"]:
                for phase in launch["phases"]:
                    if phase["id"] == "run > launch":
                        phase["wall_ns"] = phase["wall_ns"] * 6 // 5
        nights.append(f"{night}.json")
        (directory / nights[-1]).write_text(json.dumps(recorded))
    bootperf("trend", "add", "--thresholds", ".", *nights)
    bootperf("trend", "report", "--thresholds", ".", "-o", "page")
    return directory / "page" / "index.html"


class TrendPage(PageTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        program, recordings, cls.directory = (pathlib.Path(each).resolve() for each in ARGUMENTS)
        cls.directory.mkdir(parents=True, exist_ok=True)
        cls.page = make_page(program, recordings, cls.directory)

    def test_shows_the_new_step_with_its_commits_and_its_phase(self):
        self.show(self.page)
        self.assertIn("1 new step", self.shown("#verdict"))
        self.assertEqual(self.shown("#phase-title"), "launch")
        self.assertIn("+20.0 %", self.shown("#chart"))
        self.assertIn("000000000000..000000000000", self.shown("#steps"))
        self.assertEqual(len(self.all("#chart .step.new line")), 1)

    def test_has_a_line_for_every_phase_and_shows_the_one_that_is_chosen(self):
        self.show(self.page)
        strips = self.all(".strip")
        self.assertEqual(len(strips), len(self.all("#phase option")))
        self.assertGreater(len(strips), 20)
        strips[5].click()
        self.assertEqual(self.shown("#phase-title"), strips[5].text.split("\n")[0])
        self.assertEqual(strips[5].get_attribute("aria-pressed"), "true")

    def test_tells_a_night_and_its_commit_beside_the_pointer(self):
        self.show(self.page)
        chart = self.all("#chart svg")[0]
        ActionChains(self.browser).move_to_element_with_offset(chart, 0, 0).perform()
        self.assertRegex(self.shown("#tooltip"), r"2024-05-1\d 01:00:00 UTC\ncommit 0{12}\nsession night-1\d")

    def test_runs_nothing_that_a_session_says_and_reports_no_error(self):
        self.show(self.page)
        for option in range(len(self.all("#class option"))):
            self.all("#class option")[option].click()
        self.assertIsNone(self.run_script("return window.evil || null"))
        self.assertEqual([entry["message"] for entry in self.browser.get_log("browser")], [])

    def test_fits_a_narrow_window_in_the_dark_too(self):
        for width, scheme in ((NARROW, "light"), (NARROW, "dark"), (WIDE, "dark")):
            self.show(self.page, width, scheme)
            self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), width)
            self.browser.save_screenshot(str(self.directory / f"{width}-{scheme}.png"))


if __name__ == "__main__":
    ARGUMENTS = sys.argv[1:4]
    unittest.main(argv=sys.argv[:1])
