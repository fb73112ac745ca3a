"""How long the trend's page takes to open with 1,000 nights of 100 phases, in a headless Chromium.

    python3 bench/trend_opening.py build/release/bin/bootperf [NIGHTS [PHASES]]

The page is that of `bootperf trend report` for one recorded night, with its data multiplied. Prints the
time from the request to the drawn page, five times over.
"""
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/report/browser"))
from headless import open_browser

DATA = re.compile(r'(<script[^>]*id="data"[^>]*>)(.*?)(</script>)', re.DOTALL)


def page_of_one_night(program, directory):
    def bootperf(*arguments):
        subprocess.run([program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, cwd=directory)

    bootperf("trend", "add", "--thresholds", ROOT / "thresholds", ROOT / "tests/data/sessions/traced-idle/01.json.gz")
    bootperf("trend", "report", "--thresholds", ROOT / "thresholds", "-o", "page")
    return directory / "page" / "index.html"


def series_of(phase, nights):
    """Ten phases inside each tenth one; every tenth is gated."""
    outer = "" if phase == 0 else "p0" if phase % 10 == 0 else f"p0 > p{phase // 10 * 10}" if phase > 9 else "p0"
    name = f"p{phase}"
    return {"phase": name, "name": name, "id": f"{outer} > {name}" if outer else name, "parent": outer, "gated": phase % 10 == 0, "least": 0.02,
            "values": [round(random.gauss(1000, 10), 2) for _ in range(nights)], "spreads": [random.randrange(1000, 2000) for _ in range(nights)]}


def steps_of(series, nights):
    """A step in every phase that is gated."""
    return [{"state": "open", "sentence": f"{each['phase']} takes more", "also": "", "outcome": "", "named": each["id"], "accept": "bootperf trend check",
             "commits": "0123456..89abcde",
             "steps": [{"id": each["id"], "change": 0.05, "before": 1e9, "after": 1.05e9, "at": nights // 2, "lastBefore": nights // 2 - 1,
                        "firstAfter": nights // 2}]} for each in series if each["gated"]]


def multiply(page, nights, phases):
    text = page.read_text()
    model = json.loads(DATA.search(text)[2])
    for each in model["classes"]:
        each["nights"] = [[f"{2000 + i // 365}-01-01", f"{i:012x}", f"night-{i}", 10] for i in range(nights)]
        each["series"] = [series_of(phase, nights) for phase in range(phases)]
        each["causes"] = steps_of(each["series"], nights)
    page.write_text(DATA.sub(lambda found: found[1] + json.dumps(model, separators=(",", ":")) + found[3], text))


def opening_seconds(browser, page):
    browser.get(page.as_uri())
    return browser.execute_script(
        "const [entry] = performance.getEntriesByType('navigation'); return entry.loadEventEnd / 1000")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    amount = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    phases = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    with tempfile.TemporaryDirectory() as scratch:
        made = page_of_one_night(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(scratch))
        multiply(made, amount, phases)
        chromium = open_browser()
        times = sorted(opening_seconds(chromium, made) for _ in range(5))
        drawn = len(chromium.find_elements("css selector", ".strip"))
        errors = [entry["message"] for entry in chromium.get_log("browser")]
        chromium.quit()
        if errors or drawn == 0:
            sys.exit(f"the page was not drawn: {errors}")
        print(f"{amount} nights of {phases} phases, {drawn} drawn, {made.stat().st_size / 1e6:.1f} MB: "
              f"{', '.join(f'{each:.2f}' for each in times)} s")
