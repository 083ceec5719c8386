"""What a cold visit sees, and when: `python -m tests.tools.first_sight [--visits 3]`.

A tool for people, on Linux.  It starts the page and a real Chromium that has seen nothing before, on loopback, and
prints the medians: seconds from navigation to the default question's words and to its map, seconds until the live page
has drawn them, the kilobytes that travelled, by how many pixels the words moved when the live page took over, and the
kilobytes of a second visit; and once, seconds from `python app.py` to its first page.
"""

import argparse
import json
import statistics
import sys
import time
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.tools.endurance import PATIENCE, served

SETTLING = 2.0  # seconds after which nothing more is loaded

# Looks at the page at every frame; what is drawn twice is seen where it is on top.
WATCH = """(() => {
  const seen = window.firstSight = {}, now = () => performance.now() / 1000;
  const top = (figure) => { const { x, y } = figure.getBoundingClientRect(); return [Math.round(x), Math.round(y)]; };
  const look = () => {
    const drawn = (card) => [...document.querySelectorAll(`.${card} [data-drawn]`)].find((it) => it.checkVisibility());
    const words = drawn("picture-main"), map = drawn("picture-map");
    const live = document.querySelector("#picture [data-drawn]");
    if (words) { seen.words ??= now(); seen.at ??= top(words); }
    if (map) seen.map ??= now();
    if (live?.checkVisibility() && !document.querySelector(".s2s-first")) {
      seen.live ??= now();
      seen.moved ??= top(live).map((place, i) => Math.abs(place - seen.at[i]));
    }
    if (!seen.live) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


def visit(page: Page, address: str) -> dict[str, Any]:
    """One visit: when what was seen, and how much travelled."""
    travelled = [0.0]
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: travelled.append(event["encodedDataLength"]))
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_function("window.firstSight.live", timeout=PATIENCE * 1000)
    page.wait_for_timeout(1000 * SETTLING)
    seen: dict[str, Any] = page.evaluate("window.firstSight")
    return {**seen, "kilobytes": sum(travelled) / 1000}


def cold(browser: Browser, address: str, width: int) -> dict[str, Any]:
    """A browser that has seen nothing, and comes back once."""
    with browser.new_context(viewport={"width": width, "height": 768}) as context:
        first = visit(context.new_page(), address)
        return {**first, "again_kilobytes": visit(context.new_page(), address)["kilobytes"]}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.first_sight", description=__doc__)
    parser.add_argument("--visits", type=int, default=3, help="of which the median counts (3)")
    parser.add_argument("--width", type=int, default=1366)
    options = parser.parse_args()
    began = time.monotonic()
    with served() as (address, _), sync_playwright() as playwright:
        started = time.monotonic() - began
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        visits = [cold(browser, address, options.width) for _ in range(options.visits)]
        browser.close()
    figures = ("words", "map", "live", "kilobytes", "again_kilobytes")
    found = {name: round(statistics.median(each[name] for each in visits), 2) for name in figures}
    print(json.dumps({"server": round(started, 1), **found, "moved": visits[-1]["moved"]}))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
