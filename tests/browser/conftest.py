"""A real page in a real Chromium: the app on a free port, for tests that look (`page`) and tests that need it fresh.

A test fails when a page throws an error or asks any host but ours for anything.
"""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .picture import FIRST, FIRST_SENTENCE, ask, wait_for_source

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
GRADIOS_OWN = (
    ".*future.no_silent_downcasting.*",  # its queue uses what pandas 3 deprecates
    "The copy keyword is deprecated.*",
    r"unclosed event loop:ResourceWarning",  # Blocks and launch leave these to the garbage collector
    r"unclosed <socket.socket fd=\d+, family=1, type=1:ResourceWarning",
)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            for warning in GRADIOS_OWN:
                item.add_marker(pytest.mark.filterwarnings(f"ignore:{warning}"))


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        if os.environ.get("S2S_DEMO_REQUIRE_BROWSER"):
            pytest.fail("S2S_DEMO_REQUIRE_BROWSER is set, but there is no Chromium on the PATH")
        pytest.skip("no Chromium on the PATH")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # ms: a busy machine is slow, not wrong

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the app listens."""
    from s2s_demo.ui import build, launch_settings

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    demo = build()
    settings = {**launch_settings(), "server_name": "127.0.0.1", "server_port": port}
    demo.launch(**settings, prevent_thread_lock=True, quiet=True)
    yield f"http://127.0.0.1:{port}"
    demo.close(verbose=False)


class Windows:
    """Windows of one browser, kept by their settings: a page in one finds the scripts of the page before it."""

    def __init__(self, chromium, address: str) -> None:
        self.chromium, self.address = chromium, address
        self.kept: dict[str, object] = {}
        self.complaints: list[str] = []

    def open(self, query: str = "", *, window=None, **settings):
        """A page at its first example, in the kept window of such settings unless told another."""
        page = (window or self.like(**settings)).new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("request", lambda request: self._check(request.url))
        page.goto(f"{self.address}/{query}")
        page.locator("#picture .picture-main .s2s-figure[data-drawn]").wait_for(timeout=60_000)
        return page

    def new(self, **settings):
        window = self.chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        window.set_default_timeout(60_000)  # ms, as below
        return window

    def like(self, **settings):
        key = repr(sorted(settings.items()))
        if key not in self.kept:
            self.kept[key] = self.new(**settings)
        return self.kept[key]

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.address).netloc:
            self.complaints.append(f"request to a foreign host: {url}")


@pytest.fixture(scope="session")
def windows(chromium, address: str) -> Windows:
    return Windows(chromium, address)


@pytest.fixture
def calm(windows: Windows) -> Iterator[None]:
    """No page may complain while a test runs."""
    windows.complaints.clear()
    yield
    assert not windows.complaints


@pytest.fixture
def visit(windows: Windows, calm):
    """Open a fresh page; called with a query string and settings of its window.

    Each further page of one test is another visitor's: it gets a window of its own.
    """
    pages, own = [], []

    def open_page(query: str = "", **settings):
        if pages:
            own.append(windows.new(**settings))
        pages.append(windows.open(query, window=own[-1] if own else None, **settings))
        return pages[-1]

    yield open_page
    for page in pages:
        if not page.is_closed():
            page.evaluate("localStorage.clear()")
            page.close()
    for window in own:
        window.close()


@pytest.fixture(scope="session")
def lasting_page(windows: Windows):
    return windows.open(window=windows.new())


@pytest.fixture
def page(lasting_page, calm):
    """The first example on a page that stays open from test to test, for those that ask and look.

    What the test before it asked, marked, chose or unfolded is put back; who changes the model, the strategy or the
    theme takes a page of their own.
    """
    page = lasting_page
    page.mouse.move(1, 1)
    page.locator("#picture .picture-stage").press("Escape")
    page.locator("#picture .picture-stage").press("Escape")
    if page.input_value("#sentence textarea") != FIRST_SENTENCE:
        ask(page, FIRST_SENTENCE)
        wait_for_source(page, *FIRST[:-1])
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    return page


def type_in(field, text: str) -> None:
    """Type into a field that may have come up this moment: Gradio then writes its first value once more."""
    for _ in range(20):
        field.fill(text)
        field.press("Tab")
        field.page.wait_for_timeout(100)
        if field.input_value() == text:
            return
    pytest.fail(f"the field does not keep {text!r}")


def open_train(page):
    page.get_by_role("tab", name="Train").click()
    page.locator("#start").wait_for()
    return page


def set_sizes(page, updates: int | None, hidden_size: int | None, *, details: bool) -> None:
    """Make a run as short and as small as told; with `details` the fold of all that is seldom set stays open."""
    fold = page.get_by_role("button", name="Details")
    if fold.get_attribute("aria-expanded") != "true":
        fold.click()
    for elem_id, value in (("updates", updates), ("hidden-size", hidden_size)):
        if value:
            type_in(page.locator(f"#{elem_id} input"), str(value))
    if not details:
        fold.click()
        page.locator("#updates").wait_for(state="hidden")


@pytest.fixture
def train(visit):
    """Open the tab on a fresh page; `updates` and `hidden_size` make a run as short and as small as a test wants."""

    def open_tab(updates: int | None = None, hidden_size: int | None = None, *, details: bool = False, **settings):
        page = open_train(visit(**settings))
        if updates or hidden_size or details:
            set_sizes(page, updates, hidden_size, details=details)
        return page

    return open_tab


@pytest.fixture(scope="session")
def lasting_train_page(windows: Windows):
    return open_train(windows.open(window=windows.new()))


@pytest.fixture
def train_again(lasting_train_page, calm):
    """The tab on a page that stays open from test to test, its last run stopped; the next has its own knobs."""
    page = lasting_train_page

    def ready(updates: int, hidden_size: int = 128):
        set_sizes(page, updates, hidden_size, details=False)
        return page

    yield ready
    if page.locator("#stop").is_enabled():
        page.click("#stop")
    page.locator("#start").wait_for()
