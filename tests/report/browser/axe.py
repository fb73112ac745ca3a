"""axe-core, which knows what of a page people with other eyes, ears or hands cannot use; skips where it is not to be had.

It comes from npm: npm install --prefix build/axe axe-core, and CMake finds it there.
"""
import pathlib
import sys


def read_axe(path):
    if not pathlib.Path(path).is_file():
        print("skipped: axe-core is not installed: npm install --prefix build/axe axe-core, and configure again")
        sys.exit(77)  # what CTest shows as skipped
    return pathlib.Path(path).read_text()


def violations(browser, axe):
    """What is wrong with the page that is shown, a line for each element."""
    browser.execute_script(axe)
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {resultTypes: ['violations']}).then(result => done(result.violations), error => done([{id: String(error), nodes: []}]));")
    # A fault of axe-core itself has no elements, and is none of the page's.
    return [f"{each['id']}: {node['html'][:160]} {node['failureSummary']}" for each in found for node in each["nodes"]] + \
           [each["id"] for each in found if not each["nodes"]]
