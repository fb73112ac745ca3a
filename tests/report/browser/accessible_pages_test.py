"""Every page, wide in light and narrow in the dark, without a violation that axe-core knows.

accessible_pages_test.py PROGRAM RECORDINGS DIRECTORY AXE. Exits with 77, which CTest shows as
skipped, where there is no browser to drive, or no axe-core.
"""
import pathlib
import sys

from axe import read_axe, violations
from headless import NARROW, WIDE  # skips without selenium, so comes before it
from report_page import ReportPage, main
from trend_page_test import make_page


class Pages(ReportPage):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.browser.set_script_timeout(120)

    def check(self, page, *scripts):
        """The page as it opens, and after each script."""
        for width, scheme in ((WIDE, "light"), (NARROW, "dark")):
            self.show(page, width, scheme)
            for script in ("", *scripts):
                self.run_script(script)
                self.assertEqual(violations(self.browser, AXE), [], f"{page.parent.name}, {width} px, {scheme}, {script}")

    def test_of_a_regression(self):
        self.check(self.fixture.regressed(), "document.querySelectorAll('details').forEach(each => { each.open = true; })",
                   "document.querySelectorAll('[role=tab]')[1].click()")

    def test_by_every_metric(self):
        self.check(self.fixture.counted(), *(f"document.querySelector('#metric input[value={metric}]').click()" for metric in ("wall", "waiting", "spinning")))

    def test_while_searching(self):
        self.check(self.fixture.regressed(), "const field = document.getElementById('search'); field.focus(); field.value = 'insmod'; field.oninput();")

    def test_with_one_profile_and_with_two(self):
        opened = "document.querySelector('#profile-table').open = true; document.querySelector('.node.function').dispatchEvent(new MouseEvent('click'))"
        self.check(self.fixture.with_profile(), opened)
        self.check(self.fixture.with_two_profiles(), opened)

    def test_without_a_verdict(self):
        self.check(self.fixture.ungated())
        self.check(self.fixture.without_baseline())
        self.check(self.fixture.nothing_came_up())

    def test_of_a_trend(self):
        self.check(make_page(self.fixture.program, self.fixture.recordings, self.fixture.directory))


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    AXE = read_axe(pathlib.Path(sys.argv.pop()))
    main(__doc__)
