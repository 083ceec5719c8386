"""What a whole translation hands to its picture, and the HTML that the picture is drawn into."""

from html import escape
from pathlib import Path
from typing import TypedDict

from s2s_demo.languages import language_of
from s2s_demo.signals.document import brief
from s2s_demo.translator import Translation
from s2s_demo.views.picture.data import PictureData, picture_data
from s2s_demo.views.picture.seen import SeenPayload, seen_payload, with_places
from s2s_demo.words import say

FOLDER = Path(__file__).parent


class PicturePayload(TypedDict):
    """What the picture is drawn from; all that can be chosen or marked in it is here.

    `texts`: the sentences as read; `hypotheses`: of each sentence the finished ones as written, best first; `source`
    and `target`: language codes; `joiner` stands between two words; `link` are the parameters of
    an address that asks this again; `nonce` tells one answer from the next.
    """

    sentences: list[PictureData]
    texts: list[str]
    hypotheses: list[list[str]]
    source: str
    target: str
    joiner: str
    letters: bool
    label: str
    link: dict[str, str]
    nonce: int


def picture_payload(translation: Translation, *, link: dict[str, str] | None = None, nonce: int = 0) -> PicturePayload:
    """The payload of a translation."""
    source, target = translation.languages
    looks, letters = translation.looks, translation.letters
    alpha = float(translation.strategy.get("length_penalty", 0.0))
    return {
        "sentences": [
            with_places(
                picture_data(
                    sentence,
                    alpha=alpha,
                    looks=looks,
                    letters=letters,
                    layers=translation.layers,
                    windowed=translation.windowed,
                ),
                sentence,
            )
            for sentence in translation.sentences
        ],
        "texts": [brief(sentence.source.text) for sentence in translation.sentences],
        "hypotheses": [[h.text for h in sentence.hypotheses] for sentence in translation.sentences],
        "source": source,
        "target": target,
        "joiner": language_of(target).joiner,
        "letters": letters,
        "label": translation.text,
        "link": link or {},
        "nonce": nonce,
    }


def source_payload(translation: Translation) -> SeenPayload | None:
    """What is drawn of the source beside the picture; None where it is text, or several."""
    sentence, *more = translation.sentences
    return None if more else seen_payload(sentence, looks=translation.looks)


def picture_template(save: str = "") -> str:
    """The HTML that the picture is drawn into; `save` stands where a figure can be saved."""
    words = {name: escape(say(f"picture.{name}")) for name in _WORDS}
    return _PICTURE.format(**words, save=save, **{f"fold_{table}": _fold(table) for table in _TABLES})


def _fold(table: str) -> str:
    title = escape(say(f"picture.table-{table}"))
    return (
        f'<details data-table="{table}"><summary>{title}</summary><div class="s2s-table"><table>'
        f'<caption class="hear">{title}</caption><thead></thead><tbody></tbody></table></div></details>'
    )


_TABLES = ("tokens", "alignment", "tree")
_WORDS = (
    *(
        "title",
        "help",
        "back",
        "legend",
        "attention",
        "unit",
        "words",
        "pieces",
        "heads",
        "larger",
        "blind",
        "close",
    ),
    *("hypotheses", "differs", "total", "score", "tokens", "after", "word", "short", "walk"),
)
_PICTURE = """
<div class="s2s-picture" hidden>
  <p class="hear picture-said" aria-live="polite"></p>
  <div class="picture-sentences" role="group" hidden></div>
  <div class="picture-cards">
    <section class="card picture-main">
      <header><h2>{title}</h2><span class="picture-unread"></span>
        <button type="button" class="chip picture-back" hidden>{back}</button><span class="help">{help}</span></header>
      <div class="picture-stage" tabindex="0" role="group" aria-label="{walk}">
        <div class="s2s-scroll"><div class="s2s-figure" role="img" aria-hidden="true"></div></div></div>
      <div class="picture-cut" role="dialog" hidden><p><b></b> <span></span>
        <button type="button" class="quiet" aria-label="{close}">×</button></p>
        <table><thead><tr><th>{after}</th><th>{word}</th><th>p</th><th>Σ</th><th>{short}</th></tr></thead><tbody></tbody>
        </table></div>
      <div class="picture-marked"><p class="picture-line is-empty" role="status" aria-live="polite"></p>
        <button type="button" class="chip picture-inside" hidden></button></div>
      <p class="picture-blind" hidden>{blind}</p>
      <footer><span class="help">{legend}</span><button type="button" class="quiet picture-folded" hidden></button>
        {save}</footer>
    </section>
    <section class="card picture-map">
      <header><h2>{attention}</h2><button type="button" class="quiet picture-larger">{larger}</button>
        <span class="help"></span><select class="picture-heads quiet" aria-label="{heads}" hidden></select>
        <span class="picture-units" role="group" aria-label="{unit}">
        <button type="button" class="quiet" data-unit="words" aria-pressed="true">{words}</button>
        <button type="button" class="quiet" data-unit="pieces" aria-pressed="false">{pieces}</button></span></header>
      <div class="s2s-scroll"><div class="s2s-figure" role="img" aria-hidden="true"></div></div>
      <footer>{save}</footer>
    </section>
    <section class="card picture-hypotheses"><div class="s2s-table"><table class="choose">
      <caption class="hear">{hypotheses}</caption>
      <thead><tr><th class="number">#</th><th>{differs}</th><th class="number">{total}</th>
        <th class="number">{score}</th><th class="number">{tokens}</th></tr></thead><tbody></tbody></table></div>
    </section>
  </div>
  <section class="card picture-tables">{fold_tokens}{fold_alignment}{fold_tree}</section>
</div>
"""
