"""The pictures in the README, from the real page: `python -m tests.browser.screenshots`."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from s2s_demo.ui import build, launch_settings
from tests.browser.conftest import FLAGS

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SHOTS = {
    f"{tab}-{look}.png": settings
    for tab in ("translate", "train")
    for look, settings in {
        "light": {"viewport": {"width": 1280, "height": 900}},
        "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
        "phone": {"viewport": {"width": 390, "height": 1500}},
    }.items()
}


def shoot(browser: Browser, address: str, name: str) -> None:
    """One visit, one picture of the whole page."""
    context = browser.new_context(reduced_motion="reduce", **SHOTS[name])
    page = context.new_page()
    page.goto(address)
    for figure in ("heatmap", "tree"):
        page.locator(f"#{figure} .s2s-figure[data-drawn] .main-svg").first.wait_for()
    if name.startswith("train"):
        learn(page)
    page.screenshot(path=ASSETS / name, full_page="phone" not in name)  # a phone's whole page is too long to look at
    context.close()


def learn(page: Page) -> None:
    """Let the dates be learnt; teacher forcing is switched off on the way."""
    page.get_by_role("tab", name="Train").click()
    page.click("#start")
    page.wait_for_function("parseInt(document.querySelector('#run-status dd')?.textContent) >= 60", timeout=60_000)
    page.locator("#forced input").uncheck()
    page.wait_for_function("parseInt(document.querySelector('#run-status dd')?.textContent) >= 330", timeout=60_000)


def main() -> None:
    """Serve the shipped checkpoint and take every picture."""
    demo = build()
    _, address, _ = demo.launch(**launch_settings(), prevent_thread_lock=True, quiet=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name in SHOTS:
            shoot(browser, address, name)
        browser.close()
    demo.close(verbose=False)


if __name__ == "__main__":
    main()
