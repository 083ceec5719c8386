"""How soon a class sees a task learnt: `python -m tests.tools.stopwatch [PRESET | TASK ...]`.

A tool for people, on Linux.  It starts the app and a real Chromium, presses Start in tab Train, and prints after how
many seconds the page first showed 99 % exact match on held-out pairs, and what it shows at the run's end.
"""

import argparse
import time

from playwright.sync_api import sync_playwright

from s2s_demo.errors import SettingError
from s2s_demo.live import PRESETS, preset_key
from s2s_demo.tasks import TASKS
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.tools.endurance import PATIENCE, choose, line, say, served, start, status

SECONDS = 120.0  # the longest that a preset may take
LEARNT = 99.0  # exact match in %
COLUMNS = ("", "99 % after s", "ended after s", "exact match")


def main() -> None:
    """A row for each preset, or task with the settings that suit it."""
    quick = [name for name in PRESETS if name.endswith("in-seconds")]
    known = [*PRESETS, *TASKS]
    parser = argparse.ArgumentParser(prog="python -m tests.tools.stopwatch", description=__doc__)
    parser.add_argument("name", nargs="*", metavar="NAME", help="; ".join(known) + " (default: the quick presets)")
    try:
        asked = [given if given in TASKS else preset_key(given) for given in parser.parse_args().name]
    except SettingError as error:
        parser.error(f"{error}, or a task: {', '.join(TASKS)}")
    with served() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        say(line(COLUMNS))
        for name in asked or quick:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(PATIENCE * 1000)
            choose(page, address, *((None, name) if name in PRESETS else (name, None)))
            began, learnt, state = time.monotonic(), "–", ""
            start(page)
            while state != "finished" and time.monotonic() - began < SECONDS:
                page.wait_for_timeout(100)
                state, numbers = status(page)
                match = numbers.get("exact match", "–")
                if learnt == "–" and match[0].isdigit() and float(match.rstrip(" %")) >= LEARNT:
                    learnt = f"{time.monotonic() - began:.1f}"
            say(line((name.partition("-in-")[0], learnt, time.monotonic() - began, match)))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
