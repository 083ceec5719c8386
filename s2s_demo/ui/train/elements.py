"""The parts of tab Train that its scripts draw: the state of the run, the curves, the movie, the two prefixes."""

import gradio as gr

from s2s_demo.ui.parts.base import element
from s2s_demo.ui.parts.plot import plotly_view, save_menu
from s2s_demo.words import say

_STATUS = """
<div class="s2s-run">
  <div class="run-bar"><i></i></div>
  <p class="run-state" role="status" aria-live="polite"><b></b> <span></span></p>
  <dl class="run-numbers"></dl>
</div>
"""
_MAP = """
<div class="movie-map">
  <p class="movie-name"></p><p class="movie-written"></p>
  <div class="s2s-scroll"><div class="s2s-figure" role="img"></div></div>
  {save}
  <p class="movie-blind">{blind}</p>
</div>
"""
_MOVIE = """
<div class="s2s-movie" data-empty>
  <div class="movie-head">
    <h2>{title}</h2>
    <div class="movie-probes" role="group" aria-label="{sentence}"></div>
    <button type="button" class="movie-watch" aria-expanded="false" aria-label="{others}">+</button>
  </div>
  <p class="s2s-instead">{empty}</p>
  <div class="movie-maps">{map}{map}</div>
  <div class="movie-bar">
    <button type="button" class="movie-play" aria-label="{play}">▶</button>
    <input type="range" class="movie-scrub" min="0" max="0" value="0" step="1" aria-label="{moment}">
    <output class="movie-at"></output>
    <button type="button" class="movie-live" aria-pressed="true">{latest}</button>
  </div>
</div>
"""
_PREFIXES = """
<div class="s2s-prefixes" data-empty>
  <div class="prefix-head"><h2>{title}</h2><p class="help">{help}</p></div>
  <p class="s2s-instead">{empty}</p>
  <div class="prefix-blocks"></div>
</div>
"""


def status_view(elem_id: str) -> gr.HTML:
    """The run's state in words and numbers; its value comes from `status.status`."""
    return element("run", elem_id, _STATUS)


def curves_view(elem_id: str) -> gr.HTML:
    """A plotly_view of curves, with the cursor that the run's pictures share drawn over it."""
    return plotly_view(elem_id, kind="curves")


def movie_view(elem_id: str) -> gr.HTML:
    """The alignment movie; every moment travels to the browser, which replays it without the server."""
    frame = _MAP.format(save=save_menu(), blind=say("parts.no-attention"))
    named = ("title", "empty", "sentence", "others", "play", "moment", "latest")
    return element("movie", elem_id, _MOVIE.format(map=frame, **{name: say(f"train.movie.{name}") for name in named}))


def prefixes_view(elem_id: str) -> gr.HTML:
    """One sentence in rows: gold, written after gold words, written after its own; its moments come with the movie."""
    words = {"title": say("train.prefixes"), "help": say("train.prefixes-help"), "empty": say("train.prefixes-empty")}
    return element("prefixes", elem_id, _PREFIXES.format(**words))
