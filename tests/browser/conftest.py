"""A real page in a real Chromium: the app on a free port, a fresh context for each test.

A test fails when the page throws an error or asks any host but ours for anything.
"""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

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
    from playwright.sync_api import sync_playwright

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


@pytest.fixture
def visit(chromium, address: str):
    """Open the page and wait for its first example; called with a query string and context settings."""
    contexts, complaints = [], []

    def watch(page) -> None:
        page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
        page.on("request", lambda request: check(request.url))

    def check(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(address).netloc:
            complaints.append(f"request to a foreign host: {url}")

    def open_page(query: str = "", **context):
        contexts.append(chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}))
        page = contexts[-1].new_page()
        watch(page)
        page.goto(f"{address}/{query}")
        page.locator("#picture .picture-main .s2s-figure[data-drawn]").wait_for(timeout=30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def type_in(field, text: str) -> None:
    """Type into a field that may have come up this moment: Gradio then writes its first value once more."""
    for _ in range(20):
        field.fill(text)
        field.press("Tab")
        field.page.wait_for_timeout(100)
        if field.input_value() == text:
            return
    pytest.fail(f"the field does not keep {text!r}")


@pytest.fixture
def train(visit):
    """Open the tab; `updates` and `hidden_size` make a run as short and as small as a test wants.

    With `details` the fold of all that is seldom set stays open.
    """

    def open_tab(updates: int | None = None, hidden_size: int | None = None, *, details: bool = False, **context):
        page = visit(**context)
        page.get_by_role("tab", name="Train").click()
        page.locator("#start").wait_for()
        if updates or hidden_size or details:
            page.get_by_role("button", name="Details").click()
        for elem_id, value in (("updates", updates), ("hidden-size", hidden_size)):
            if value:
                type_in(page.locator(f"#{elem_id} input"), str(value))
        if (updates or hidden_size) and not details:
            page.get_by_role("button", name="Details").click()
            page.locator("#updates").wait_for(state="hidden")
        return page

    return open_tab
