"""The pictures in the README: `python -m tests.tools.screenshots [NAME ...]`, all of them or those named.

Most are of the real page; the figures are drawn from what the models' cards say.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import plotly.graph_objects as go
from playwright.sync_api import Browser, Page, sync_playwright

from s2s_demo.checkpoint import describe
from s2s_demo.evaluation import LengthScore
from s2s_demo.ui import build, launch_settings
from s2s_demo.views.quality import quality_by_length
from tests.browser.conftest import FLAGS

ENOUGH = 10  # sentences of a length
ASSETS = Path(__file__).resolve().parents[2] / "assets"
SHOTS = {
    f"{tab}-{look}.png": settings
    for tab in ("translate", "train")
    for look, settings in {
        "light": {"viewport": {"width": 1366, "height": 768}},
        "dark": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
        "phone": {"viewport": {"width": 390, "height": 1500}},
    }.items()
}


def reversal_by_length() -> go.Figure:
    """Exact match by length of two models that reverse letters, alike but for attention."""
    twins = {"with attention": "reverse", "without attention": "reverse-none"}
    return quality_by_length({label: lengths(name, "reverse") for label, name in twins.items()})


def captions_by_length() -> go.Figure:
    """BLEU by length of two translators alike in size, data and training (Bahdanau et al. 2015, figure 2)."""
    twins = {"with attention": "en-fr-bahdanau", "without attention": "en-fr-no-attention"}
    return quality_by_length({label: lengths(name, "multi30k-en-fr") for label, name in twins.items()})


def lengths(model: str, test_set: str) -> list[LengthScore]:
    """What the model's card says of sources by length, where there are enough of them to tell."""
    (rows,) = (measured["rows"] for measured in describe(model)["by_length"] if measured["test_set"] == test_set)
    return [score for row in rows if (score := LengthScore.from_json(row)).sentences >= ENOUGH]


FIGURES = {"attention-by-length.png": reversal_by_length, "captions-by-length.png": captions_by_length}


def draw(browser: Browser, name: str) -> None:
    """A figure on white, at the README's width."""
    page = browser.new_context(viewport={"width": 760, "height": 600}, device_scale_factor=2).new_page()
    figure = go.Figure(FIGURES[name]()).update_layout(width=740, paper_bgcolor="white", template=go.layout.Template())
    page.set_content(figure.to_html(include_plotlyjs=True, config={"displayModeBar": False}), timeout=120_000)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.locator(".js-plotly-plot").screenshot(path=ASSETS / name)
    page.context.close()


def shoot(browser: Browser, address: str, name: str) -> None:
    """One visit, one picture of the whole page."""
    context = browser.new_context(reduced_motion="reduce", **SHOTS[name])
    page = context.new_page()
    page.goto(address)
    for card in ("main", "map"):
        page.locator(f"#picture .picture-{card} .s2s-figure[data-drawn] .main-svg").first.wait_for()
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


def main(names: Sequence[str]) -> None:
    """Take the pictures named, or all, serving the shipped checkpoints where the page is wanted."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name in names or FIGURES:
            if name in FIGURES:
                draw(browser, name)
        if pages := [name for name in names or SHOTS if name in SHOTS]:
            demo = build()
            _, address, _ = demo.launch(**launch_settings(), prevent_thread_lock=True, quiet=True)
            for name in pages:
                shoot(browser, address, name)
            demo.close(verbose=False)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
