"""Opens the page of `bootperf trend report` in a headless Chromium and reads what is there.

trend_page_test.py PROGRAM RECORDINGS DIRECTORY: the page and screenshots are left in DIRECTORY. Exits
with 77, which CTest shows as skipped, where there is no browser to drive.
"""
import json
import pathlib
import subprocess
import sys
import unittest

try:
    from selenium import webdriver
    from selenium.common.exceptions import WebDriverException
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
except ImportError:
    print("skipped: python3-selenium is not installed")
    sys.exit(77)

HOSTILE = "</script><script>window.evil = 1</script><img src=x onerror='window.evil = 2'>"
POLICY = "gates:\n  wall:\n    - {phase: launch, tolerance: 5 %}\n"


def make_page(program, recordings, directory):
    """Thirty nights of recorded launches; the launch is slower by a fifth in the last four."""
    def bootperf(*arguments):
        subprocess.run([program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, cwd=directory)

    (directory / "policy.yaml").write_text(POLICY)
    (directory / "trend.db").unlink(missing_ok=True)
    bootperf("import", "-o", "recorded.json", *(recordings / f"traced-{i}.jsonl" for i in (1, 2, 3)))
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


def open_browser():
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    try:
        return webdriver.Chrome(options=options)
    except WebDriverException as error:
        print("skipped: no Chromium with its driver:", error.msg)
        sys.exit(77)


class TrendPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        program, recordings, directory = (pathlib.Path(each).resolve() for each in ARGUMENTS)
        directory.mkdir(parents=True, exist_ok=True)
        cls.directory = directory
        cls.page = make_page(program, recordings, directory)
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def show(self, width=1280, scheme="light"):
        command = self.browser.execute_cdp_cmd
        command("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
        command("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        self.browser.get(self.page.as_uri())

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector).text

    def test_shows_the_new_step_with_its_commits_and_its_phase(self):
        self.show()
        self.assertIn("1 new step", self.text("#verdict"))
        self.assertEqual(self.text("#phase-title"), "launch")
        self.assertIn("+20.0 %", self.text("#chart"))
        self.assertIn("000000000000..000000000000", self.text("#steps"))
        self.assertEqual(len(self.all("#chart .step.new line")), 1)

    def test_has_a_line_for_every_phase_and_shows_the_one_that_is_chosen(self):
        self.show()
        strips = self.all(".strip")
        self.assertEqual(len(strips), len(self.all("#phase option")))
        self.assertGreater(len(strips), 20)
        strips[5].click()
        self.assertEqual(self.text("#phase-title"), strips[5].text.split("\n")[0])
        self.assertEqual(strips[5].get_attribute("aria-pressed"), "true")

    def test_tells_a_night_and_its_commit_beside_the_pointer(self):
        self.show()
        chart = self.all("#chart svg")[0]
        ActionChains(self.browser).move_to_element_with_offset(chart, 0, 0).perform()
        self.assertRegex(self.text("#tooltip"), r"2024-05-1\d 01:00:00 UTC\ncommit 0{12}\nsession night-1\d")

    def test_runs_nothing_that_a_session_says_and_reports_no_error(self):
        self.show()
        for option in range(len(self.all("#class option"))):
            self.all("#class option")[option].click()
        self.assertIsNone(self.browser.execute_script("return window.evil || null"))
        self.assertEqual([entry["message"] for entry in self.browser.get_log("browser")], [])

    def test_fits_a_narrow_window_in_the_dark_too(self):
        for width, scheme in ((360, "light"), (360, "dark"), (1280, "dark")):
            self.show(width, scheme)
            self.assertLessEqual(self.browser.execute_script("return document.documentElement.scrollWidth"), width)
            self.browser.save_screenshot(str(self.directory / f"{width}-{scheme}.png"))


if __name__ == "__main__":
    ARGUMENTS = sys.argv[1:4]
    unittest.main(argv=sys.argv[:1])
