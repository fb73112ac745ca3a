"""How long the trend's page takes to open with 10,000 nights of 60 phases, in a headless Chromium.

    python3 bench/trend_opening.py build/release/bin/bootperf [NIGHTS]

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

PHASES = 60
DATA = re.compile(r'(<script[^>]*id="data"[^>]*>)(.*?)(</script>)', re.DOTALL)


def page_of_one_night(program, directory):
    def bootperf(*arguments):
        subprocess.run([program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, cwd=directory)

    bootperf("trend", "add", "--thresholds", ROOT / "thresholds", ROOT / "tests/data/sessions/traced-idle/01.json.gz")
    bootperf("trend", "report", "--thresholds", ROOT / "thresholds", "-o", "page")
    return directory / "page" / "index.html"


def multiply(page, nights):
    text = page.read_text()
    model = json.loads(DATA.search(text)[2])
    model["nights"] = [[f"{2000 + i // 365}-01-01T01:00:00Z", f"{i:012x}", f"night-{i}"] for i in range(nights)]
    for each in model["classes"]:
        each["nights"] = list(range(nights))
        each["series"] = [{"phase": f"phase {i}", "id": f"run > launch > {i}",
                           "values": [round(random.gauss(1000, 10), 2) for _ in range(nights)]} for i in range(PHASES)]
        each["steps"] = []
    page.write_text(DATA.sub(lambda found: found[1] + json.dumps(model, separators=(",", ":")) + found[3], text))


def opening_seconds(browser, page):
    browser.get(page.as_uri())
    return browser.execute_script(
        "const [entry] = performance.getEntriesByType('navigation'); return entry.loadEventEnd / 1000")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    amount = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with tempfile.TemporaryDirectory() as scratch:
        made = page_of_one_night(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(scratch))
        multiply(made, amount)
        chromium = open_browser()
        times = sorted(opening_seconds(chromium, made) for _ in range(5))
        drawn = len(chromium.find_elements("css selector", ".strip"))
        chromium.quit()
        print(f"{amount} nights, {drawn} phases drawn, {made.stat().st_size / 1e6:.1f} MB: "
              f"{', '.join(f'{each:.2f}' for each in times)} s")
