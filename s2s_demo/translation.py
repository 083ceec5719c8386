"""The answer to a text, as plain data: what a translator returns and everything above it draws."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from s2s_demo.decoding import Hypothesis, Node, Tree, read_tree
from s2s_demo.decoding.trace import Trace
from s2s_demo.reading import Reading
from s2s_demo.text import Word, words_of
from s2s_demo.words import Said, called

_FOR_PICTURES = ("languages", "letters", "looks", "layers", "windowed")
_FRAME = """<iframe srcdoc="{page}" title="{label}" sandbox="allow-scripts allow-downloads" loading="lazy"
style="width: 100%; height: 720px; border: 0"></iframe>"""


Maps = tuple[NDArray[np.float32] | None, NDArray[np.float32] | None]  # of source and target, each [L, N, words, words]


@dataclass(frozen=True)
class Source:
    """A sentence as typed, and its tokens as typed (the final `<eos>` included); `read` is what the model read."""

    text: str
    tokens: tuple[str, ...]
    read: str = ""

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_of(self.tokens)


@dataclass(frozen=True)
class SentenceTranslation:
    """One sentence: what was read, the finished hypotheses (best first), and the whole search.

    `pieces` names the token numbers of the trace.  `within`, where words of a side look at each other: asked when
    somebody looks, it tells where, of the source [L, N, S, S] and of the best hypothesis [L, N, T, T].
    """

    source: Source
    hypotheses: tuple[Hypothesis, ...]
    trace: Trace
    pieces: Sequence[str] = field(repr=False)
    reading: Reading | None = field(default=None, repr=False)
    within: Callable[[], Maps] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def tree(self) -> Tree:
        """The search as plain nodes, grown when somebody looks."""
        return read_tree(self.trace, self.pieces, len(self.source.tokens))

    @property
    def best(self) -> Hypothesis:
        return self.hypotheses[0]

    def to_dict(self) -> dict[str, Any]:
        return {
            "source": {"text": self.source.text, "tokens": list(self.source.tokens)},
            "hypotheses": [_plain(hypothesis) for hypothesis in self.hypotheses],
            "tree": {"nodes": [_plain(node) for node in self.tree.nodes]},
            **({"search": dict(self.trace.facts)} if self.trace.facts else {}),
            **({"self_attention": self._within()} if self.within else {}),
        }

    def _within(self) -> dict[str, Any]:
        assert self.within is not None
        sides = zip(("source", "target"), self.within(), strict=True)
        return {side: _rounded(maps) for side, maps in sides if maps is not None}


@dataclass(frozen=True)
class Translation:
    """The answer to one text: `text` is the translation, `sentences` how each sentence came about.

    `notices` say what was read otherwise than it was typed, or carried over.  `strategy` holds the settings,
    `seconds` the time from question to answer; texts that are translated together all wait for the last of them.
    `precision` is what the model computed in: "fp32", or "bf16" where asked for.  `languages` are the codes of what is
    read and written, `letters` says that every letter is a word of its own, `looks` that the model has attention, in so
    many `layers`, and `windowed` that it sees a part of the source at a time.
    """

    text: str
    sentences: tuple[SentenceTranslation, ...]
    model: str
    strategy: dict[str, Any]
    seconds: float
    precision: str = "fp32"
    notices: tuple[Said, ...] = ()
    languages: tuple[str, str] = ("", "")
    letters: bool = False
    looks: bool = True
    layers: int = 1
    windowed: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data, enough to redraw every picture and recompute every number."""
        sentences = [sentence.to_dict() for sentence in self.sentences]
        said = {name: value for name, value in vars(self).items() if name not in _FOR_PICTURES}
        return {**said, "sentences": sentences, "notices": list(map(str, self.notices))}

    def to_html(self) -> str:
        """The linked picture as one HTML file that asks nobody for anything, in the language spoken."""
        from s2s_demo.views.picture import translation_html  # above this file: drawn only where somebody looks

        return translation_html(self)

    def _repr_html_(self) -> str:
        """The same in a frame, as a notebook shows it: neither can reach into the other."""
        return _FRAME.format(page=escape(self.to_html()), label=escape(self.text))


def joined(translations: Sequence[Translation]) -> Translation:
    """Translations by one model and strategy as one of all their sentences."""
    first, found = translations[0], [one.text for one in translations]
    sentences = tuple(sentence for one in translations for sentence in one.sentences)
    seconds = max(one.seconds for one in translations)
    return replace(first, text="\n".join(found), sentences=sentences, seconds=seconds, notices=notices_of(sentences))


def strategy_called(settings: Mapping[str, Any]) -> str:
    """A strategy's settings in a few words: "beam 5"."""
    name = settings["name"]
    return called(f"strategies.{name}.called", name.replace("_", " "), **settings)


def _plain(record: Hypothesis | Node) -> dict[str, Any]:
    """A hypothesis or a node as plain data; what its model does not have is left out, and of a node the heads."""
    plain = {name: value for name, value in vars(record).items() if value is not None or name == "parent"}
    if isinstance(record, Node):  # a hypothesis has those of all its tokens
        plain.pop("heads", None)
    for name, value in plain.items():
        if isinstance(value, np.ndarray):
            plain[name] = _rounded(value)
        elif isinstance(value, tuple):
            plain[name] = list(value)
    return plain


def _rounded(alignment: Any) -> list[Any]:
    rows: list[Any] = alignment.astype(float).round(6).tolist()
    return rows


def notices_of(sentences: Sequence[SentenceTranslation]) -> tuple[Said, ...]:
    """What was read otherwise than typed in any of the sentences, each kind once; then what the searches found out."""
    about: dict[str, dict[str, None]] = {}
    for part in sentences:
        for key, what in part.reading.notices if part.reading else ():
            about.setdefault(key, {})[what] = None
    found = [part.trace.said for part in sentences if part.trace.said]
    return (*(Said(key, {"items": ", ".join(items)}) for key, items in about.items()), *found)
