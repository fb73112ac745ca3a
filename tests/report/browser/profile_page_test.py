"""The page with a profile, and with two, in a headless Chromium: where the boot goes by function, and what changed.

profile_page_test.py PROGRAM RECORDINGS DIRECTORY. Exits with 77, which CTest shows as skipped, where
there is no browser to drive.
"""
from fixture import HOSTILE
from headless import NARROW, WIDE  # skips without selenium, so comes before it
from report_page import ReportPage, main

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait


class ProfilePage(ReportPage):
    def nodes(self):
        """Name, classes and width of each bar, by what it is called when it is chosen."""
        return self.run_script(
            "return [...document.querySelectorAll('.icicle .node')].map(node => {"
            "  node.dispatchEvent(new PointerEvent('pointermove', {pointerType: 'mouse'}));"
            "  const lines = [...document.getElementById('tooltip').children].map(line => line.textContent);"
            "  return {path: lines[0], lines, classes: [...node.classList], width: node.querySelector('rect').getBoundingClientRect().width}; })")

    def node(self, end):
        return next(node for node in self.nodes() if node["path"].endswith(end))

    def click(self, end):
        at = [node["path"].endswith(end) for node in self.nodes()].index(True)
        self.run_script("document.querySelectorAll('.icicle .node')[arguments[0]].dispatchEvent(new MouseEvent('click'))", at)

    def open_table(self):
        self.one("#profile-table summary").click()
        WebDriverWait(self.browser, 30).until(lambda _: self.all("#profile-table tbody tr"))

    def tearDown(self):
        self.assertIsNone(self.run_script("return window.evil || null"))
        self.assert_nothing_went_wrong()


class OneProfile(ProfilePage):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.page = cls.fixture.with_profile()

    def test_stands_below_what_to_fix_first(self):
        self.show(self.page)
        self.assertTrue(self.run_script("return document.getElementById('suggestions').nextElementSibling.id === 'profile'"))
        self.assertEqual(self.text("#profile h2"), "Where the boot goes, by function")
        self.assertIn("boot.profile.json", self.text("#profile"))

    def test_goes_from_phase_to_object_to_function_and_runs_none_of_it(self):
        self.show(self.page)
        self.assertEqual([node["path"] for node in self.nodes()],
                         ["run", "launch", "/init", "/init › bash", "/init › bash › " + HOSTILE[1]])
        self.click(HOSTILE[1])
        self.assertIn("1.000 k instructions, 100.0 % of the launch", self.text("#profile-node"))
        self.assertEqual(self.all("#profile img"), [])

    def test_is_a_table_for_whoever_does_not_see_it(self):
        self.show(self.page)
        self.open_table()
        self.assertEqual([cell.text for cell in self.all("#profile-table tbody tr:first-child > *")],
                         [HOSTILE[1], "bash", "/init", "1.000 k", "100.0 %"])

    def test_is_not_there_without_a_profile(self):
        self.show(self.fixture.without_baseline())
        self.assertFalse(self.one("#profile").is_displayed())


class TwoProfiles(ProfilePage):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.page = cls.fixture.with_two_profiles()

    def test_show_the_difference_in_colours(self):
        self.show(self.page)
        self.assertIn("more-3", self.node("vmlinux › memset")["classes"])
        self.assertIn("less-3", self.node("vmlinux › sha256_update")["classes"])
        self.assertIn("more-3", self.node(HOSTILE[0])["classes"])
        self.assertFalse({"more-1", "more-2", "more-3"} & set(self.node("__schedule")["classes"]), "no more than launches of one side differ by")
        self.assertIn("+2.000 M (+200.0 %)", self.node("vmlinux › memset")["lines"])
        self.assertIn("launches of one side differ by 400.0 k", self.node("__schedule")["lines"])
        self.assertIn("more by 0.5 % or more", self.text("#profile .legend"))

    def test_list_what_is_gone_in_the_table(self):
        self.show(self.page)
        self.assertFalse([node for node in self.nodes() if node["path"].endswith("bash › main")])
        self.open_table()
        rows = [row.text for row in self.all("#profile-table tbody tr")]
        self.assertTrue(rows[0].startswith("memset vmlinux kernel:overhead 3.000 M"), rows[0])
        self.assertTrue(any("main bash /init 0 " in row and "gone" in row for row in rows), rows)
        self.assertTrue(any("new" in row for row in rows))

    def test_zoom_and_come_back(self):
        self.show(self.page)
        before = self.node("vmlinux › memset")["width"]
        self.click("vmlinux › memset")
        self.assertGreater(self.node("vmlinux › memset")["width"], WIDE / 2)
        self.one("#profile-all").click()
        self.assertAlmostEqual(self.node("vmlinux › memset")["width"], before, delta=1)

    def test_work_by_keyboard(self):
        self.show(self.page)
        self.run_script("document.querySelector('.icicle').focus()")
        self.press(*[Keys.ARROW_DOWN] * 5)
        self.assertTrue(self.text("#profile-node").startswith("kernel:overhead: "), self.text("#profile-node"))
        self.press(Keys.ARROW_RIGHT, Keys.ENTER)
        self.assertTrue(self.text("#profile-node").startswith("/init: "), self.text("#profile-node"))
        self.assertGreater(self.node("/init")["width"], WIDE / 2)
        self.press("0")

    def test_fit_a_phone(self):
        for width, scheme in ((NARROW, "dark"), (WIDE, "light")):
            self.show(self.page, width, scheme)
            self.open_table()
            self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), width)
            for node in self.all(".icicle .node"):
                self.assertLessEqual(*self.run_script(
                    "return ['text', 'rect'].map(part => arguments[0].querySelector(part).getBoundingClientRect().right)", node))
            self.screenshot("profiles-" + scheme, 900)


class LargePage(ProfilePage):
    def test_stays_small_and_draws_what_can_be_seen(self):
        page = self.fixture.large()
        self.assertLess(page.stat().st_size, 3_000_000)
        self.show(page)
        self.assertIn("functions that ran least in their phases are added up as (others)", self.text("#profile"))
        self.assertEqual(len(self.all("#detail [data-metric=work] circle")), 100)
        self.assertLess(len(self.all("*")), 20_000)


if __name__ == "__main__":
    main(__doc__)
