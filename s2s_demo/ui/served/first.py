"""First sight: the answer to the page's first question stands in the served HTML, and is drawn before Gradio begins.

It is laid out as the live page will be, lies over it while that is built, can be neither pressed nor read out, and goes
when the live picture is drawn.
"""

import threading
from contextlib import suppress
from html import escape
from urllib.parse import parse_qs

from s2s_demo.decoding import STRATEGIES
from s2s_demo.errors import S2SError
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question, offered
from s2s_demo.settings import Setting
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.plot import save_menu
from s2s_demo.ui.parts.strategies import IN_SIGHT, setting_name, strategy_choices
from s2s_demo.ui.translate.handlers import answered
from s2s_demo.views.picture import picture_template
from s2s_demo.words import languages, say, speaking, table

TABS = ("translate", "train", "compare", "inside", "senses", "evaluate", "learn")
ASKING_NOTHING = {"lang", "view", "__theme"}  # parameters of an address that asks the first question all the same


class FirstSight:
    """The first answer of a page, once it is there; it is waited for in the background."""

    def __init__(self, library: Library) -> None:
        self._library, self._picture = library, ""
        threading.Thread(target=self._prepare, name="s2s-first-sight", daemon=True).start()

    def _prepare(self) -> None:
        with suppress(S2SError):  # told by whoever answers the first question
            self._picture = answered(Visit(self._library), Question()).picture

    def html(self, address: str, language: str) -> str:
        """What to put before Gradio's own element, for a query string in a language; "" where it asks something."""
        if not self._picture or set(parse_qs(address)) - ASKING_NOTHING:
            return ""
        with speaking(language):
            return _FIRST.format(
                languages="".join(f'<a lang="{code}">{table(code)["short"]}</a>' for code in languages()),
                title=escape(say("page.title")),
                share=escape(say("lesson.share")),
                tabs="".join(f"<span>{escape(say(f'{name}.title'))}</span>" for name in TABS),
                text=escape(Question.text),
                examples=escape(say("translate.examples")),
                go=escape(say("translate.go")),
                model=escape(_label(self._library)),
                strategies=_strategies(),
                settings="".join(map(_setting, offered())),
                picture=picture_template(save_menu()),
                payload=self._picture,
            )


def _label(library: Library) -> str:
    return next((label for label, name in library.choices() if name == Question.model), "")


def _strategies() -> str:
    chosen = {True: ' class="is-chosen"', False: ""}
    seen = strategy_choices(STRATEGIES)[:IN_SIGHT]
    shown = (f"<span{chosen[name == Question.strategy]}>{escape(label)}</span>" for label, name in seen)
    return "".join(shown) + f'<span class="first-more">{escape(say("parts.strategies.more"))}</span>'


def _setting(each: Setting) -> str:
    if Question.strategy not in each.members:
        return ""
    return f'<div class="first-box"><small>{escape(setting_name(each))}</small><b>{each.default:g}</b></div>'


_FIRST = """<div class="gradio-container s2s-first" aria-hidden="true" inert><div class="main">
<div class="s2s-header"><h1>{title}</h1><nav class="s2s-languages">{languages}</nav>
<span class="first-share">{share}</span><i></i></div>
<div class="first-tabs">{tabs}</div>
<div class="first-strip">
  <div class="first-box first-text"><span>{text}</span><small>{examples}</small></div>
  <div class="first-go">{go}</div><div class="first-box first-model">{model}</div>
  <div class="first-box first-strategies">{strategies}</div><div class="first-settings">{settings}</div>
</div>
<div class="first-picture">{picture}</div></div>
<script>S2S.firstSight({payload})</script></div>
"""
