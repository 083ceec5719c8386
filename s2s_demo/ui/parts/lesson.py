"""A lesson's link: the question it shows, and what a teacher chose for a class; and what of a link makes no sense."""

import json
from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass, field
from functools import partial

from s2s_demo.decoding import STRATEGIES
from s2s_demo.errors import S2SError, SettingError
from s2s_demo.explain import edit_from
from s2s_demo.serving.query import link_names, offered
from s2s_demo.serving.run_link import PREFIX, read_value, run_choices, run_settings
from s2s_demo.ui.parts.prediction import KINDS, MOST_CHARACTERS
from s2s_demo.words import languages, say

HIDES = ("tabs", "text", "model", "strategy", "settings", "files")  # each has a rule in lesson.css
OF_A_CLASS = ("hide", "note", "class")
OF_THE_PAGE = {"embed": ("1",), "view": ("projector",)}
LARGEST = 999_999  # of steps, sentences and hypotheses; more is no number of one


@dataclass(frozen=True)
class Lesson:
    """What a teacher hands out: parameters of a question, the tab, and what a class may see, is asked and is told."""

    question: Mapping[str, str] = field(default_factory=dict)
    tab: str = ""
    hide: tuple[str, ...] = ()
    note: str = ""

    def to_link(self) -> dict[str, str]:
        """The parameters of the address."""
        own = {"tab": self.tab, "hide": ",".join(self.hide), "note": self.note}
        return {**self.question, **{name: value for name, value in own.items() if value}}

    @classmethod
    def from_link(cls, parameters: Mapping[str, str]) -> "Lesson":
        """What an address hands out; what makes no sense is left out."""
        question = {name: parameters[name] for name in (*link_names(), *run_settings()) if name in parameters}
        hide = tuple(name for name in HIDES if name in parameters.get("hide", "").split(","))
        return cls(question, parameters.get("tab", ""), hide, parameters.get("note", "")[:MOST_CHARACTERS])


def wrong_in(
    parameters: Mapping[str, str],
    models: Collection[str],
    tabs: Collection[str],
    steps: Collection[str],
    classes: Container[str] = (),
) -> dict[str, str]:
    """What makes no sense, by its name: a sentence for each parameter of an address that is ignored."""
    checks: dict[str, Callable[[str], object]] = {
        **_checks(any(name.startswith(PREFIX) for name in parameters)),
        "model": partial(_one_of, models),
        "tab": partial(_one_of, tabs),
    }
    checks |= {"learn": partial(_one_of, steps), "class": partial(_open, classes)}
    found = {}
    for name, value in parameters.items():
        if name.startswith("__"):  # of Gradio and of whoever frames the page
            continue
        try:
            if name not in checks:
                raise SettingError("lesson.unknown")
            checks[name](value)
        except S2SError as error:
            found[name] = say("lesson.ignored", name=name[:40], given=value[:40], why=str(error))
    return found


def _checks(of_a_run: bool) -> dict[str, Callable[[str], object]]:
    """How each parameter is checked; settings of a run, which are many, only where one is given."""
    number = dict.fromkeys(("sentence", "hypothesis", "step", "at"), _whole)
    settings = {each.link: partial(each.read, shared=True) for each in offered()}
    runs = {name: partial(read_value, each) for name, each in run_settings().items()} if of_a_run else {}
    choices: dict[str, Collection[str]] = {
        "strategy": STRATEGIES,
        "ask": KINDS,
        "lang": languages(),
        **OF_THE_PAGE,
        **run_choices(),
    }
    return {
        **number,
        **settings,
        **runs,
        **{name: partial(_one_of, allowed) for name, allowed in choices.items()},
        "hide": _hides,
        "edits": _edits,
        "text": str,
        "q": _short,
        "note": _short,
    }


def _one_of(allowed: Collection[str], value: str) -> None:
    if value not in allowed:
        raise SettingError("lesson.one-of", allowed=", ".join(allowed))


def _open(classes: Container[str], value: str) -> None:
    if value not in classes:
        raise SettingError("lesson.class-over")


def _hides(value: str) -> None:
    for name in value.split(","):
        _one_of(HIDES, name)


def _whole(value: str) -> None:
    if not (value.isascii() and value.isdecimal() and 1 <= int(value[:7]) <= LARGEST):
        raise SettingError("lesson.whole", most=LARGEST)


def _short(value: str) -> None:
    if len(value) > MOST_CHARACTERS:
        raise SettingError("lesson.long", characters=len(value), most=MOST_CHARACTERS)


def _edits(value: str) -> None:
    try:
        plain = json.loads(value)
    except (ValueError, RecursionError):
        plain = None
    if not isinstance(plain, list):
        raise SettingError("lesson.edits")
    for each in plain:
        edit_from(each)
