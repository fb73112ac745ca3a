"""What the tests of the page of a session have in common: PROGRAM RECORDINGS DIRECTORY, and hands to use the page with.

Pages and screenshots are left in DIRECTORY.
"""
import sys
import unittest

from fixture import Fixture
from headless import PageTest  # skips without selenium, so comes before it

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains


class ReportPage(PageTest):
    arguments = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fixture = Fixture(*cls.arguments)

    def bar(self, name, track=0):
        # One question for all bars: asked one by one they take most of the test's time.
        return self.run_script(
            "return [...document.querySelectorAll('.timeline .phase')]"
            ".filter(bar => bar.dataset.phase.endsWith(arguments[0]))[arguments[1]]", " > " + name, track)

    def width_of(self, bar):
        return self.run_script("return arguments[0].querySelector('rect').getBoundingClientRect().width", bar)

    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def double_click(self, bar):
        # With the number of each click: a busy machine is slower than what counts as a double click.
        box = self.run_script("return arguments[0].getBoundingClientRect()", bar)
        place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2, "button": "left"}
        for number in (1, 2):
            for kind in ("mousePressed", "mouseReleased"):
                self.command("Input.dispatchMouseEvent", type=kind, clickCount=number, **place)

    def wheel(self, bar):
        ActionChains(self.browser).scroll_from_origin(
            webdriver.common.actions.wheel_input.ScrollOrigin.from_element(bar), 0, -300).perform()

    def screenshot(self, name, height=None):
        height = height or self.run_script("return document.documentElement.scrollHeight")
        width = self.run_script("return window.innerWidth")
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.browser.save_screenshot(str(self.fixture.directory / (name + ".png")))

    def bars(self, track=-1):
        """Of a track, each bar's phase, label and box."""
        return self.run_script(
            "const layers = [...document.querySelectorAll('.timeline > g')].filter(each => each.querySelector('.track'));"
            "return [...layers.slice(arguments[0])[0].querySelectorAll('.phase')].map(bar => {"
            "  const box = bar.querySelector('rect').getBoundingClientRect(), text = bar.querySelector('text');"
            "  const letters = text.getBoundingClientRect();"
            "  return {phase: bar.dataset.phase, marked: bar.classList.contains('regressed') || bar.classList.contains('improved'),"
            "          left: box.left, right: box.right, text: text.textContent, textLeft: letters.left, textRight: letters.right}; })", track)

    def assert_nothing_went_wrong(self):
        self.assertEqual([entry for entry in self.browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")], [])


def main(about):
    ReportPage.arguments = sys.argv[1:4]
    if len(ReportPage.arguments) != 3:
        sys.exit(about)
    unittest.main(argv=sys.argv[:1], verbosity=2)
