"""The page of a counted comparison in a headless Chromium: one metric at a time, where it moved, labels, search.

metric_page_test.py PROGRAM RECORDINGS DIRECTORY. Exits with 77, which CTest shows as skipped, where
there is no browser to drive.
"""
import json
import re

from headless import NARROW, WIDE  # skips without selenium, so comes before it
from report_page import ReportPage, main

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

LVM, SETTLE = "/init:lvm-probe", "udev trigger and settle > udevadm settle"


class CountedPage(ReportPage):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.page = cls.fixture.counted()

    def choose(self, metric):
        self.run_script("document.querySelector(`#metric input[value=${arguments[0]}]`).click()", metric)

    def chosen(self):
        return self.run_script("return document.querySelector('#metric input:checked').value")

    def data(self):
        return json.loads(self.text("#data"))["scenarios"][0]["phases"]

    def mean(self, name, *parts):
        """Of head: the first part without the others."""
        values = next(phase for phase in self.data() if phase["id"].endswith(" > " + name) or phase["id"] == name)["values"][-1]
        each = [sum(values[part]) / len(values[part]) for part in parts]
        return each[0] - sum(each[1:])

    def named(self, bars, name):
        return next(bar for bar in bars if bar["phase"].endswith(" > " + name) or bar["phase"] == name)

    def row(self, name):
        return next(row for row in self.all("#phases tbody tr") if row.get_attribute("data-phase").endswith(" > " + name))

    def cell(self, name, kind):
        return self.row(name).find_element(By.CSS_SELECTOR, "td." + kind).text

    def tooltip_of(self, name):
        ActionChains(self.browser).move_to_element(self.bar(name, 1).find_element(By.TAG_NAME, "rect")).perform()
        return self.shown("#tooltip")

    def tearDown(self):
        self.assert_nothing_went_wrong()


class Metrics(CountedPage):
    def test_begin_with_what_was_judged(self):
        self.show(self.page)
        self.assertEqual(self.chosen(), "work")
        self.assertIn("lvm-probe", self.text("#detail h2"))
        self.assertIn("G", self.text(".timeline .axis"))
        self.assertIn("instructions", self.text("#axis-text"))

    def test_bars_are_as_long_as_what_was_counted_and_begin_where_it_begins(self):
        self.show(self.page)
        for metric, parts in (("work", ("instructions", "spinning")), ("waiting", ("waiting",)), ("wall", ("wall",))):
            self.choose(metric)
            bars = self.bars()
            run = self.named(bars, "run")
            for name in ("/init", "supermin:mini-initrd", SETTLE):
                bar = self.named(bars, name)
                expected = self.mean(name, *parts) / self.mean("run", *parts)
                self.assertAlmostEqual((bar["right"] - bar["left"]) / (run["right"] - run["left"]), expected, delta=0.003, msg=f"{name} by {metric}")
            self.assertLessEqual(self.named(bars, "supermin:mini-initrd")["right"], self.named(bars, "/init")["left"] + 1)

    def test_what_does_not_wait_has_no_bar_of_waiting(self):
        self.show(self.page)
        self.choose("waiting")
        phases = [bar["phase"] for bar in self.bars()]
        self.assertTrue(any(phase.endswith("udevadm settle") for phase in phases))
        self.assertFalse(any(phase.endswith("seabios") for phase in phases))

    def test_labels_dots_and_tree_follow(self):
        self.show(self.page)
        self.assertIn("+400.0 %", self.cell(LVM, "change"))
        self.assertRegex(self.named(self.bars(), LVM)["text"], r"lvm-probe \+400\.0 %\s+617\.\d M")
        self.choose("wall")
        self.assertRegex(self.cell(LVM, "value"), r" ms$")
        self.assertNotIn("400", self.cell(LVM, "change"))
        self.assertRegex(self.named(self.bars(), "/init")["text"], r"^/init \d+\.\d+ s$|^/init  \d+\.\d+ s$")
        self.assertIn("Not judged by time, but by work and waiting", self.text("#axis-text"))
        self.assertEqual(self.run_script("return document.querySelector('#detail figure').dataset.metric"), "wall")
        self.choose("waiting")
        self.assertEqual(self.run_script("return document.querySelector('#phases thead .value').textContent"), "waiting")
        self.assertIn("+3.00 s", self.cell("/init:udev-overhead", "change"))

    def test_a_judged_phase_that_is_clicked_is_shown_by_what_it_was_judged_by(self):
        self.show(self.page)
        next(each for each in self.all("#gates button") if each.text == "/init, waiting").click()
        self.assertEqual(self.chosen(), "waiting")
        self.assertIn("/init", self.text("#detail h2"))

    def test_one_that_was_not_measured_says_why(self):
        self.show(self.fixture.regressed())
        self.assertEqual(self.chosen(), "wall", "wall time was judged")
        self.assertFalse(self.one("#metric input[value=waiting]").is_enabled())
        self.assertIn("No waiting or spinning: these launches were counted without it.", self.text("#metric-missing"))
        self.all("[role=tab]")[1].click()
        self.assertIn("were not counted", self.text("#metric-missing"))
        self.assertIn("bootperf run --mode counted", self.text("#metric-missing"))


class Culprit(CountedPage):
    def test_is_marked_by_itself_and_not_what_contains_it(self):
        self.show(self.page)
        self.assertEqual([bar["phase"].split(" > ")[-1] for bar in self.bars() if bar["marked"]], [LVM])
        self.assertFalse(any(bar["marked"] for bar in self.bars(0)), "base is what it is compared with")
        self.assertEqual([each.text for each in self.all("#phases td.change .regressed")], ["▲ +400.0 %"])
        self.choose("waiting")
        self.assertEqual([bar["phase"].split(" > ")[-1] for bar in self.bars() if bar["marked"]], ["/init:udev-overhead"])

    def test_is_named_where_its_bar_is_too_narrow(self):
        self.show(self.page, NARROW)
        self.assertEqual([each.text for each in self.all(".callout.regressed text")], ["/init › lvm-probe +400.0 %"])

    def test_one_far_away_does_not_flatten_the_intervals_of_the_others(self):
        self.show(self.page)
        at = {row.find_element(By.TAG_NAME, "button").text: row.find_element(By.TAG_NAME, "svg") for row in self.all("#gates tbody tr")}
        self.assertEqual([each.text for each in at["/init › lvm-probe"].find_elements(By.CSS_SELECTOR, "text.beyond")], ["+400.0 %"])
        self.assertEqual(len(at["/init › lvm-probe"].find_elements(By.CSS_SELECTOR, "path.beyond")), 1)
        self.assertIn("beyond the axis", at["/init › lvm-probe"].get_attribute("aria-label"))
        circle = at["launch"].find_element(By.CSS_SELECTOR, "circle.at")
        self.assertGreater(float(circle.get_attribute("cx")), 95 + 25, "+19.7 % is seen to be far from nothing")

    def test_tooltip_has_share_work_waiting_and_change(self):
        self.show(self.page)
        text = self.tooltip_of(LVM)
        for expected in (r"^/init › lvm-probe$", r"^work 617\.\d M, 20\.\d % of the boot$", r"^time 6\d\d\.\d ms, \d\.\d % of the boot$",
                         r"^waiting 0 s", r"^work regressed: \+400\.0 %"):
            self.assertRegex(text, re.compile(expected, re.MULTILINE))


class Labels(CountedPage):
    def assert_whole(self):
        for bar in self.bars(0) + self.bars(-1):
            if bar["text"]:
                self.assertLessEqual(bar["textRight"], bar["right"] + 1, bar)
                self.assertGreaterEqual(bar["textLeft"], bar["left"], bar)
        right = self.run_script("return document.querySelector('#chart').getBoundingClientRect().right")
        for callout in self.run_script("return [...document.querySelectorAll('.callout text, .timeline .axis text')].map(each => each.getBoundingClientRect().right)"):
            self.assertLessEqual(callout, right + 0.5)

    def cut(self):
        """Cells that hold more than is seen, and names that go on in another line within a word."""
        return self.run_script("""
            const cells = [...document.querySelectorAll('#phases td, #phases th, #gates td, #detail td')].filter(each => each.offsetParent);
            const cut = cells.filter(each => each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > innerWidth).map(each => each.textContent);
            for (const name of document.querySelectorAll('#phases .name, #gates button')) {
              const walk = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
              for (let node = walk.nextNode(); node; node = walk.nextNode())
                for (const word of node.data.matchAll(/[A-Za-z0-9]+/g)) {
                  const range = document.createRange();
                  range.setStart(node, word.index);
                  range.setEnd(node, word.index + word[0].length);
                  if (range.getClientRects().length > 1) cut.push(node.data);
                }
            }
            return cut;""")

    def test_are_never_cut(self):
        for width in (WIDE, 720, 390, NARROW):
            for metric in ("work", "wall", "waiting"):
                self.show(self.page, width)
                self.choose(metric)
                self.assert_whole()
                if width != 720:  # where wide tables are scrolled
                    self.assertEqual(self.cut(), [], f"{metric}, {width} px")
                self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), width)

    def test_of_the_search_field_fits_into_it(self):
        self.show(self.page)
        self.run_script("const field = document.getElementById('search'); field.value = field.placeholder;")
        self.assertLessEqual(*self.run_script("const field = document.getElementById('search'); return [field.scrollWidth, field.clientWidth]"))

    def test_are_never_cut_when_zoomed(self):
        self.show(self.page)
        for _ in range(4):
            self.one("#zoom-in").click()
            self.assert_whole()


class Finding(CountedPage):
    def test_zoom_goes_to_what_is_selected(self):
        self.show(self.page)
        self.choose("wall")
        self.bar("guestfsd", 1).click()
        for _ in range(5):
            self.one("#zoom-in").click()
        bar = self.named(self.bars(), "guestfsd")
        self.assertGreater(bar["right"] - bar["left"], WIDE / 4)
        self.assertAlmostEqual((max(bar["left"], 0) + min(bar["right"], WIDE)) / 2, WIDE / 2, delta=WIDE / 4)
        self.one("#zoom-all").click()
        self.one("#zoom-phase").click()
        bar = self.named(self.bars(), "guestfsd")
        self.assertGreater(bar["right"] - bar["left"], 0.6 * WIDE)

    def test_slash_finds_a_phase_by_its_name(self):
        self.show(self.page)
        self.press("/")
        self.assertEqual(self.run_script("return document.activeElement.id"), "search")
        self.press("load ker")
        self.assertEqual([each.text for each in self.all("#found li")], ["bios:overhead › seabios › kernel:load"])
        self.press(Keys.ENTER)
        self.assertIn("kernel:load", self.text("#detail h2"))
        bar = self.named(self.bars(), "kernel:load")
        self.assertGreater(bar["right"] - bar["left"], 0.6 * WIDE, "zoomed to it")
        self.assertIn("kernel:load", self.text("#phases tr.selected"))

    def test_says_that_nothing_has_a_name(self):
        self.show(self.page)
        self.press("/", "no such phase")
        self.assertEqual(self.text("#found-count"), "No phase has this name.")
        self.press(Keys.ENTER, Keys.ESCAPE)
        self.assertIn("lvm-probe", self.text("#detail h2"), "what was selected stays")

    def test_arrow_keys_choose_among_those_found(self):
        self.show(self.page)
        self.press("/", "insmod virtio", Keys.ARROW_DOWN)
        second = self.text("#found li[aria-selected=true]")
        self.press(Keys.ENTER)
        self.assertIn(second, self.text("#detail h2"))


if __name__ == "__main__":
    main(__doc__)
