"""The page: `build()` makes it; only this package and `app.py` know Gradio."""

import sys
from collections.abc import Callable
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from s2s_demo.errors import S2SError
from s2s_demo.live.takeaway import MEGABYTE, UPLOAD_BYTES
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.ui import api, opened
from s2s_demo.ui.parts.handler import sentence_case
from s2s_demo.ui.parts.page import Page
from s2s_demo.ui.served import static
from s2s_demo.ui.served.first import FirstSight
from s2s_demo.ui.served.middleware import ServedPage
from s2s_demo.ui.served.sessions import SharedConfig
from s2s_demo.ui.served.theme import theme
from s2s_demo.ui.tabs import TABS
from s2s_demo.words import languages, recording, say, table

__all__ = ["build", "first_answer", "launch_settings"]

_first: FirstSight | None = None  # of the page that was built last, until it is launched
_said: dict[str, Callable[[], str]] = {}  # the words of all trees built here, by their English
AT_MOST = 0.001  # seconds that a thread keeps Python while others wait; a search asks for it a hundred times
DELETE_CACHE = (600, 3600)  # every ten minutes, uploads an hour old that nobody has asked to read

_HEADER = """
<header class="s2s-header">
  <h1>{title}</h1><p>{pitch}</p>
  <nav class="s2s-languages" aria-label="{choose}">{languages}</nav>
  <button id="share-lesson" type="button">{share}</button>
  <button id="theme-toggle" type="button" aria-label="{theme}" title="{theme}">
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><circle cx="10" cy="10" r="7.25" fill="none"
    stroke="currentColor" stroke-width="1.5"/><path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor"/></svg>
  </button>
</header>
"""


def build(library: Library | None = None) -> gr.Blocks:
    """The whole page; the first example is being translated in the background when this returns."""
    global _first
    library = library or Library()
    sys.setswitchinterval(AT_MOST)
    library.preload(Question().query())
    _first = FirstSight(library)
    with recording() as said:
        demo = _built(library)
    _said.update(said)
    demo.queue(max_size=200, default_concurrency_limit=16, status_update_rate=2)
    return demo


def _built(library: Library) -> gr.Blocks:
    title = say("page.title")
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True, delete_cache=DELETE_CACHE) as demo:
        header = gr.HTML(_header(), apply_default_css=False, elem_id="header")
        with gr.Tabs(elem_id="tabs") as tabs:
            page = Page(demo, library, tabs)
            for name, tab in TABS.items():
                with gr.Tab(say(tab.TITLE), id=name, elem_id=f"page-{name}"):
                    tab.build(page)
        opened.build(page)
        api.add_endpoints(library)
        demo.unload(_forget(library))
    blocks: gr.Blocks = demo
    _show_no_progress(blocks, header)
    blocks.default_config = SharedConfig.of(blocks.default_config)
    return blocks


def _show_no_progress(demo: gr.Blocks, silent: gr.HTML) -> None:
    """Let the progress that is hidden be told to one component.

    The browser would else visit every output of an event, and all that is inside it, whenever its state changes: a
    fifth of the work until the page is live, and a part of every answer.
    """
    for event in demo.fns.values():
        if event.show_progress == "hidden":
            event.show_progress_on = [silent]


def _header() -> str:
    switch = "".join(
        f'<a href="?lang={code}" hreflang="{code}" lang="{code}" title="{name}" data-language="{code}">'
        f"{table(code)['short']}</a>"
        for code, name in languages().items()
    )
    words = {
        "title": say("page.title"),
        "pitch": say("page.pitch"),
        "theme": say("page.theme"),
        "share": say("lesson.share"),
    }
    return _HEADER.format(**words, languages=switch, choose=say("page.languages"))


def launch_settings() -> dict[str, Any]:
    """What `demo.launch` is told: everything from this server, nothing to anybody else."""
    first = {"first": _first.html} if _first else {}
    return {
        "theme": theme(),
        "app_kwargs": {
            "routes": static.routes(),
            "middleware": [Middleware(ServedPage, said=_said, head=static.head, **first)],
        },
        "footer_links": ["api"],
        "run_history": False,
        "enable_monitoring": False,
        "show_error": False,
        "ssr_mode": False,
        "share": False,
        "max_file_size": f"{UPLOAD_BYTES // MEGABYTE}mb",
        "state_session_capacity": 300,  # Gradio keeps 650 kB of each, up to an hour after the page was closed
    }


def first_answer(library: Library) -> str:
    """The first example and its translation, for whoever starts the server; what is missing where there is none."""
    first = Question().query()
    try:
        return f"{first.model}: {first.text} → {library.translate(first).text}"
    except S2SError as error:
        return sentence_case(str(error))


def _forget(library: Library) -> Any:
    def on_unload(request: gr.Request) -> None:
        library.visitors.close(request.session_hash or "")

    return on_unload
