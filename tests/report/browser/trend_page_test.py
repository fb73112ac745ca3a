"""Opens the page of `bootperf trend report` in a headless Chromium and reads what is there.

trend_page_test.py PROGRAM RECORDINGS DIRECTORY: the page and screenshots are left in DIRECTORY. Exits
with 77, which CTest shows as skipped, where there is no browser to drive.
"""
import json
import pathlib
import random
import re
import subprocess
import sys
import unittest

from headless import NARROW, WIDE, PageTest  # skips without selenium, so comes before it

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

HOSTILE = "</script><script>window.evil = 1</script><img src=x onerror='window.evil = 2'>"
POLICY = """
gates:
  wall:
    - {phase: launch, tolerance: 5 %, modes: [traced]}
    - {phase: /init, tolerance: 5 %, modes: [traced]}
    - {phase: guestfsd, tolerance: 5 %, modes: [traced]}
"""
NIGHTS = 80
KERNEL = "run > launch > qemu > kernel"
INIT = f"{KERNEL} > /init"


def steps_of(night):
    """By how many nanoseconds phases are slower in a night: two got over it, one is open."""
    return {f"{INIT} > /init:mount-special": 900_000_000 if night >= 24 else 0,     # accepted
            f"{KERNEL} > guestfsd": 700_000_000 if 34 <= night < 46 else 0,          # taken back
            f"{INIT} > /init:lvm-probe": 1_600_000_000 if night >= 70 else 0}        # open


def play(launch, night, noise):
    """A launch of that night: the steps in their phases and in all around them, and a little noise."""
    wobble = 1 + noise.gauss(0, 0.003)
    for phase in launch["phases"]:
        slower = sum(ns for slow, ns in steps_of(night).items() if slow == phase["id"] or slow.startswith(phase["id"] + " > "))
        phase["wall_ns"] = round((phase["wall_ns"] + slower) * wobble * (1 + noise.gauss(0, 0.002)))


def make_page(program, recordings, directory):
    """Eighty nights of recorded launches, of the last of them two shards; beside them a class of three nights."""
    def bootperf(*arguments):
        return subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE, cwd=directory, text=True)

    (directory / "policy.yaml").write_text(POLICY)
    (directory / "trend.db").unlink(missing_ok=True)
    bootperf("import", "--force", "-o", "recorded.json", *(recordings / f"traced-{i}.jsonl" for i in (1, 2, 3)))
    recorded = (directory / "recorded.json").read_text()
    noise = random.Random(1)

    def session(night, name, commit, system="debian-12"):
        made = json.loads(recorded)
        made.update(id=name, created=f"2024-{5 + night // 30:02}-{night % 30 + 1:02}T01:00:00Z", commit=commit)
        made["scenarios"][0]["keys"]["os"] = system
        for launch in made["launches"]:
            play(launch, night, noise)
        (directory / f"{name}.json").write_text(json.dumps(made))
        return f"{name}.json"

    sessions = [session(night, f"night-{night:02}", f"{0xabc0000 + night:x}".ljust(40, "0")) for night in range(NIGHTS)]
    sessions.append(session(NIGHTS - 1, "shard-2", HOSTILE))
    sessions += [session(night, f"new-{night}", "", "debian-13") for night in range(NIGHTS - 3, NIGHTS)]
    assert bootperf("trend", "add", "--thresholds", ".", *sessions).returncode == 0
    bootperf("trend", "check", "--thresholds", ".", "--accept", "special files are made by a program now", "--by", "R. Jones",
             "--phase", "/init:mount-special")
    assert bootperf("trend", "check", "--thresholds", ".").returncode == 1
    bootperf("trend", "report", "--thresholds", ".", "-o", "page", "--repository", "https://example.org/appliance")
    return directory / "page" / "index.html"


class TrendPage(PageTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        program, recordings, cls.directory = (pathlib.Path(each).resolve() for each in ARGUMENTS)
        cls.directory.mkdir(parents=True, exist_ok=True)
        cls.page = make_page(program, recordings, cls.directory)

    def press(self, *keys):
        for key in keys:
            self.one("#chart svg").send_keys(key)

    def test_tells_an_open_step_once_by_its_deepest_phase_with_amount_night_and_commits(self):
        self.show(self.page)
        self.assertIn("1 open step", self.shown("#verdict"))
        self.assertEqual(len(self.all("#verdict .cause")), 1)
        self.assertRegex(self.shown("#verdict"), r"/init › lvm-probe takes 1\.\d+ s more \(\+\d+\.\d %\) since the night of 2024-07-11")
        self.assertRegex(self.shown("#verdict"), r"also in launch \+\d\.\d %, /init \+\d+\.\d %")
        self.assertIn("bootperf trend check --accept", self.shown("#verdict"))
        link = self.one("#verdict .cause a")
        self.assertRegex(link.get_attribute("href"), r"^https://example\.org/appliance/compare/abc00[0-9a-f]{2}0{5}\.\.\.abc00[0-9a-f]{2}0{5}$")
        self.assertEqual(self.shown("#phase-title"), "/init › lvm-probe")
        self.assertEqual(len(self.all("#chart .step.open line")), 1)

    def test_keeps_who_accepted_a_step_and_why_and_when_one_was_taken_back(self):
        self.show(self.page)
        self.assertRegex(self.shown("#steps .accepted"), r"by R\. Jones: special files are made by a program now")
        self.assertRegex(self.shown("#steps .reversed"), r"guestfsd .*\n?.*\n?.*Taken back in the night of 2024-06-1\d")

    def test_names_classes_by_what_they_are(self):
        self.show(self.page)
        names = [option.text for option in self.all("#class option")]
        self.assertEqual(names[:2], ["Debian 12, qemu 7.2, kernel 6.1 · traced", "Debian 13, qemu 7.2, kernel 6.1 · traced"])
        self.assertRegex(self.shown("#verdict"), r"Debian 13.*: decides nothing yet, 3 of the 14 nights")

    def test_has_the_phases_as_a_tree_with_the_quiet_ones_folded(self):
        self.show(self.page)
        names = [each.text for each in self.all("#phases .strip-name")]
        for loud in ("launch", "/init", "/init:lvm-probe", "guestfsd"):
            self.assertIn(loud, names)
        self.assertNotIn("(other)", names)
        self.assertLess(len(names), 15)
        fold = next(each for each in self.all(".fold") if "quiet phases" in each.text)
        self.assertEqual(fold.get_attribute("aria-expanded"), "false")
        fold.click()
        self.assertEqual(fold.get_attribute("aria-expanded"), "true")
        self.assertGreater(len([each for each in self.all("#phases .strip-name") if each.text]), len(names))

    def test_shows_the_phase_that_is_chosen_in_the_tree_or_in_the_list_folded_or_not(self):
        self.show(self.page)
        strip = next(each for each in self.all(".strip") if each.text.startswith("guestfsd"))
        strip.click()
        self.assertEqual(self.shown("#phase-title"), "guestfsd")
        self.assertEqual(strip.get_attribute("aria-pressed"), "true")
        self.run_script("const list = document.getElementById('phase');"
                        f"list.value = '{INIT} > /init:udev-overhead > udevd start'; list.onchange();")
        self.assertEqual(self.shown(".strip[aria-pressed=true] .strip-name"), "udevd start")

    def test_has_an_axis_in_percent_on_which_noise_stays_small(self):
        self.show(self.page)
        strip = next(each for each in self.all(".strip") if each.text.startswith("launch"))
        strip.click()
        ticks = [each.text for each in self.all("#chart .axis text") if "%" in each.text]
        self.assertIn("0 %", ticks)
        self.run_script("""
            const model = {metric: 'wall', nights: [], causes: []}, series = {values: [], spreads: [], least: 0.05};
            for (let i = 0; i < 20; ++i) { series.values.push(1000 + 0.15 * (i % 2)); series.spreads.push(20); model.nights.push(['d', '', '', 3]); }
            window.range = shownRange(series, pointsOf(series));""")
        low, high = self.run_script("return window.range")
        self.assertLess(low, -0.05)
        self.assertGreater(high, 0.05)

    def test_has_no_number_that_nobody_reads(self):
        self.show(self.page)
        for option in range(len(self.all("#class option"))):
            self.run_script("const list = document.getElementById('class'); list.value = arguments[0]; list.onchange()", option)
            self.run_script("document.querySelectorAll('.fold[aria-expanded=false]').forEach(each => each.click())")
            self.assertNotRegex(self.text("main"), re.compile(r"0\.000\d+ [MG]|\de-\d|NaN|Infinity|undefined"))

    def test_tells_a_night_and_its_commit_beside_the_pointer(self):
        self.show(self.page)
        chart = self.all("#chart svg")[0]
        ActionChains(self.browser).move_to_element_with_offset(chart, 0, 0).perform()
        self.assertRegex(self.shown("#tooltip"), r"^2024-06-\d\d: \d\.\d+ s\n[+−]?\d+(\.\d\d)? % from the first night\n"
                                                 r"launches vary by .*; 3 launches\ncommit abc00[0-9a-f]{2}0{5}\nsession night-\d\d")

    def test_goes_from_night_to_night_by_keyboard_and_says_it(self):
        self.show(self.page)
        self.press(Keys.HOME)
        self.assertTrue(self.text("#night").startswith("2024-05-01: "))
        self.press(Keys.ARROW_RIGHT)
        self.assertTrue(self.text("#night").startswith("2024-05-02: "))
        self.assertIn("2024-05-02", self.shown("#tooltip"))
        self.press(Keys.END)
        self.assertTrue(self.text("#night").startswith("2024-07-20: "))
        self.assertIn("6 launches", self.text("#night"), "two shards are one night")
        self.assertEqual(self.one("#night").get_attribute("aria-live"), "polite")
        self.press(Keys.ESCAPE)
        self.assertFalse(self.one("#tooltip").is_displayed())

    def test_has_the_nights_as_a_table(self):
        self.show(self.page)
        self.one("#table summary").click()
        self.run_script("return new Promise(done => setTimeout(done))")  # the opening is told a moment later
        self.assertEqual(len(self.all("#rows tbody tr")), NIGHTS)
        self.assertRegex(self.all("#rows tbody tr")[0].text, r"2024-05-01 \d\.\d+ s 0 % ")

    def test_names_every_control_for_those_who_do_not_see_it(self):
        self.show(self.page)
        unnamed = self.run_script("""
            return [...document.querySelectorAll('button, select, a, svg[tabindex], canvas')]
              .filter(each => !each.closest('[aria-hidden=true]') && !(each.textContent.trim() || each.getAttribute('aria-label') || each.labels))
              .map(each => each.outerHTML.slice(0, 200))""")
        self.assertEqual(unnamed, [])
        doubled = self.run_script("""
            const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
            return ids.filter((id, i) => ids.indexOf(id) !== i)""")
        self.assertEqual(doubled, [])

    def test_runs_nothing_that_a_session_says_and_reports_no_error(self):
        self.show(self.page)
        for option in range(len(self.all("#class option"))):
            self.all("#class option")[option].click()
        self.assertIsNone(self.run_script("return window.evil || null"))
        self.assertEqual([entry["message"] for entry in self.browser.get_log("browser")], [])

    def test_fits_a_narrow_window_in_the_dark_too(self):
        for width, scheme in ((NARROW, "light"), (NARROW, "dark"), (390, "light"), (WIDE, "light"), (WIDE, "dark")):
            self.show(self.page, width, scheme)
            self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), width)
            self.browser.save_screenshot(str(self.directory / f"{width}-{scheme}.png"))


if __name__ == "__main__":
    ARGUMENTS = sys.argv[1:4]
    unittest.main(argv=sys.argv[:1])
