"""Opens the pages of `bootperf report` in a headless Chromium, clicks, zooms, and reads what is there.

report_page_test.py PROGRAM RECORDINGS DIRECTORY: pages and screenshots are left in DIRECTORY. Exits
with 77, which CTest shows as skipped, where there is no browser to drive.
"""
from fixture import HOSTILE
from headless import NARROW, WIDE  # skips without selenium, so comes before it
from report_page import ReportPage, main

from selenium.webdriver.common.keys import Keys


class RegressedPage(ReportPage):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regressed = cls.fixture.regressed()

    def test_begins_with_the_verdict(self):
        self.show(self.regressed)
        self.assertIn("regressed", self.text("#verdict .word"))
        self.assertIn("Boot is ", self.text("#verdict .sentence"))
        self.assertRegex(self.text("#verdict li"), r"/init › lvm-probe \+\d+\.\d %")
        self.assertIn("exit code 1", self.text("#session"))
        first = self.run_script("return document.querySelector('main').firstElementChild.id")
        self.assertEqual(first, "verdict")
        self.screenshot("light-wide")
        self.screenshot("report-light", 1430)

    def test_draws_base_above_head(self):
        self.show(self.regressed)
        self.assertEqual([each.text for each in self.all(".timeline .track")],
                         ["base, mean of 12 launches", "head, mean of 12 launches"])
        self.assertGreater(self.width_of(self.bar("/init", 1)), self.width_of(self.bar("/init", 0)))
        self.assertIn("regressed", self.bar("/init:lvm-probe", 1).get_attribute("class"))

    def test_shows_every_launch_of_a_phase_that_is_clicked(self):
        self.show(self.regressed)
        self.bar("seabios").click()
        self.assertIn("seabios", self.text("#detail h2"))
        dots = self.all("#detail [data-metric=wall] circle")
        self.assertEqual(len(dots), 36, "12 of the baseline, 12 of base, 12 of head")
        self.assertEqual(len(self.all("#detail [data-metric=instructions] circle")), 24)
        self.assertIn("pass", self.text("#detail .chip"))
        self.assertIn("seabios", self.text("#phases tr.selected"))

    def test_shows_ratio_and_interval(self):
        self.show(self.regressed)
        self.assertRegex(self.text("#detail"), r"\+\d+\.\d % \(± \d+\.\d %\).*ratio 1\.\d{4}")
        self.assertEqual(len(self.all("#gates svg.interval :is(.whisker, path.beyond)")), len(self.all("#gates svg.interval")))
        self.assertGreaterEqual(len(self.all("#gates svg.interval")), 5)

    def test_zooms_by_wheel_once_it_has_the_focus(self):
        self.show(self.regressed)
        before = self.width_of(self.bar("seabios"))
        self.wheel(self.bar("seabios"))
        self.assertEqual(self.width_of(self.bar("seabios")), before, "the page scrolls")
        self.run_script("window.scrollTo(0, 0)")
        self.bar("seabios").click()
        self.wheel(self.bar("seabios"))
        self.assertGreater(self.width_of(self.bar("seabios")), 1.2 * before)
        self.screenshot("zoomed", 900)
        self.one("#zoom-all").click()
        self.assertAlmostEqual(self.width_of(self.bar("seabios")), before, delta=1)

    def test_works_by_keyboard(self):
        self.show(self.regressed)
        self.run_script("document.querySelector('.timeline').focus()")
        self.press(Keys.ARROW_UP, Keys.ARROW_LEFT)
        self.assertIn("mini-initrd", self.text("#detail h2"))
        before = self.width_of(self.bar("supermin:mini-initrd"))
        self.press("+")
        self.assertGreater(self.width_of(self.bar("supermin:mini-initrd")), before)
        self.press("0", Keys.ENTER)
        self.assertGreater(self.width_of(self.bar("supermin:mini-initrd")), 0.8 * self.width_of(self.bar("launch")))
        self.press("0")
        self.assertAlmostEqual(self.width_of(self.bar("supermin:mini-initrd")), before, delta=1)
        row = self.one("#phases tbody tr")
        rows = len(self.all("#phases tbody tr"))
        self.run_script("arguments[0].focus()", row)
        self.press(Keys.ARROW_LEFT)
        self.assertEqual(len(self.all("#phases tbody tr")), 1, "the root is folded")
        self.press(Keys.ARROW_RIGHT)
        self.assertEqual(len(self.all("#phases tbody tr")), rows)

    def test_zooms_into_a_phase_by_double_click(self):
        self.show(self.regressed)
        self.double_click(self.bar("guestfsd"))
        self.assertGreater(self.width_of(self.bar("guestfsd")), 0.6 * WIDE)

    def test_shows_one_launch_when_asked(self):
        self.show(self.regressed)
        self.one("#which option[value='2']").click()
        self.assertEqual([each.text for each in self.all(".timeline .track")], ["base, launch 3", "head, launch 15"])

    def test_has_a_tab_for_each_scenario(self):
        self.show(self.regressed)
        tabs = self.all("[role=tab]")
        self.assertEqual([tab.text for tab in tabs], ["Launch/traced", "Launch/quiet"])
        tabs[1].click()
        self.assertEqual(self.all("#failures h2"), [])
        self.assertIn("no baseline", self.text("#gates"))

    def test_shows_the_console_of_a_failed_launch_and_runs_none_of_it(self):
        self.show(self.regressed)
        console = self.text("#failures pre")
        self.assertIn(HOSTILE[0], console)
        self.assertIn(HOSTILE[1], console)
        self.assertIn(r"\x1b[2J\x1b]0;evil\x07", console)
        self.assertNotRegex(console, "[\x00-\x09\x0b-\x1f\u202e]")
        self.assertIn("kernel panic: <b>VFS</b>", self.text("#failures summary"))
        self.assertIsNone(self.run_script("return window.evil || null"))
        self.assertEqual(self.all("main script, main img, main b"), [])

    def test_asks_nobody_for_anything(self):
        self.show(self.regressed)
        self.assertEqual(self.run_script("return performance.getEntriesByType('resource').length"), 0)
        policy = self.one("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        # Even a script that got into the page would not run.
        self.run_script("const s = document.createElement('script'); s.textContent = 'window.evil = 1'; document.body.append(s)")
        self.assertIsNone(self.run_script("return window.evil || null"))
        self.browser.get_log("browser")  # holds what this test provoked

    def test_says_where_it_was_measured(self):
        self.show(self.regressed)
        environment = self.text("#environment")
        for expected in ("x86_64", "LIBGUESTFS_PATH", "/tmp/appliance"):
            self.assertIn(expected, environment)
        self.assertIn("Mike Bostock", self.text(".licence"))

    def test_fits_a_phone_in_the_dark(self):
        self.show(self.regressed, NARROW, "dark")
        self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), NARROW)
        ground = self.run_script("return getComputedStyle(document.body).backgroundColor")
        self.assertEqual(ground, "rgb(16, 19, 22)")
        self.screenshot("dark-narrow")
        self.screenshot("report-dark", 1710)
        self.bar("seabios").click()
        self.assertIn("seabios", self.text("#detail h2"))

    def tearDown(self):
        self.assert_nothing_went_wrong()


class OtherPages(ReportPage):
    def test_says_what_to_fix_first_and_runs_none_of_it(self):
        page = self.fixture.with_profile()
        for width, scheme in ((WIDE, "light"), (NARROW, "dark")):
            self.show(page, width, scheme)
            self.assertEqual(self.text("#suggestions h2"), "What to fix first")
            row = self.text("#suggestions tbody tr")
            for expected in ("less-bash", "?", "100.0 %", HOSTILE[1]):
                self.assertIn(expected, row)
            self.assertIn("bootperf what-if less-bash", self.text("#suggestions code"))
            self.assertEqual(self.all("#suggestions img"), [])
            self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), width)
            self.screenshot("suggestions-" + scheme, 700)
        self.assertIsNone(self.run_script("return window.evil || null"))
        self.assertEqual(self.browser.get_log("browser"), [])

    def test_of_what_no_gate_is_for_says_so_and_shows_the_boot(self):
        self.show(self.fixture.ungated())
        self.assertIn("Nothing is judged here", self.text("#verdict"))
        self.assertNotIn("exit code", self.text("#session"))
        self.assertFalse(self.one("#gates").is_displayed())
        self.assertGreater(len(self.all(".timeline .phase")), 10)
        self.assertEqual(self.browser.get_log("browser"), [])

    def test_without_a_profile_suggests_nothing(self):
        self.show(self.fixture.without_baseline())
        self.assertFalse(self.one("#suggestions").is_displayed())

    def test_without_a_baseline_says_why_nothing_was_measured(self):
        self.show(self.fixture.without_baseline())
        self.assertIn("not measured", self.text("#verdict .word"))
        self.assertIn("bootperf baseline update", self.text("#verdict"))
        self.assertGreater(len(self.all(".timeline .phase")), 10)
        self.assertEqual(self.browser.get_log("browser"), [])
        self.screenshot("without-baseline", 1000)

    def test_draws_how_far_a_launch_came_that_failed(self):
        self.show(self.fixture.nothing_came_up())
        self.assertIn("which failed", self.text(".timeline .track"))
        self.assertIn("panic", self.text("#failures"))
        self.assertEqual(self.browser.get_log("browser"), [])


if __name__ == "__main__":
    main(__doc__)
