"""A question to the page: which text, which model, which strategy; read from controls, from a link, from the API."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from s2s_demo.decoding import STRATEGIES, Beam, Greedy, Sampling, Strategy
from s2s_demo.errors import S2SError, SettingError, check_choice
from s2s_demo.serving.catalogue import EXAMPLES

DEFAULT_MODEL = "en-fr"
LARGEST_BEAM = 10  # what one visitor may ask of a shared server


@dataclass(frozen=True)
class Query:
    """What is asked; equal queries have equal answers, so answers can be kept."""

    text: str
    model: str
    strategy: Strategy


@dataclass(frozen=True)
class Controls:
    """The values of the page's controls, in their order; anybody may have sent them, so `query` checks them."""

    text: str = EXAMPLES["en"][0]
    model: str = DEFAULT_MODEL
    strategy: str = "beam"
    beam_size: float = 5
    length_penalty: float = 0.75
    temperature: float = 1.0
    top_k: float = 0
    top_p: float = 1.0
    seed: float = 0

    def query(self) -> Query:
        """Raises SettingError when a control holds something impossible."""
        check_choice("strategy", str(self.strategy), STRATEGIES)
        if not isinstance(self.text, str):
            raise SettingError(f"the text is {type(self.text).__name__}, not a text; send a string")
        return Query(self.text, str(self.model), _STRATEGIES_FROM[self.strategy](self))

    def to_link(self) -> dict[str, str]:
        """The query string of a link to this question: what differs from the defaults, and what another model reads."""
        plain, default = asdict(self), asdict(Controls())
        other = self.model != DEFAULT_MODEL
        kept = {name: value for name, value in plain.items() if value != default[name] or (other and name == "text")}
        return {_PARAMETERS.get(name, name): _plain(value) for name, value in kept.items()}

    @classmethod
    def from_link(cls, parameters: Mapping[str, str]) -> "Controls":
        """The controls a link asks for; what is missing or impossible keeps its default."""
        controls = cls()
        for name, default in asdict(controls).items():
            given = parameters.get(_PARAMETERS.get(name, name))
            if given is None:
                continue
            try:
                changed = cls(**{**asdict(controls), name: given if isinstance(default, str) else float(given)})
                changed.query()
            except (S2SError, ValueError):
                continue
            controls = changed
        return controls


def _whole(what: str, given: float, low: int, high: int) -> int:
    number = _number(what, given, low, high)
    if number != int(number):
        raise SettingError(f"{what} is {number:g}; it must be a whole number")
    return int(number)


def _number(what: str, given: Any, low: float, high: float) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise SettingError(f"{what} needs a number between {low:,} and {high:,}")
    if not low <= given <= high:
        raise SettingError(f"{what} is {given:g}; it must lie between {low:,} and {high:,}")
    return float(given)


def _beam(c: Controls) -> Strategy:
    size = _whole("beam size", c.beam_size, 1, LARGEST_BEAM)
    return Beam(size=size, length_penalty=_number("length penalty", c.length_penalty, 0, 2))


def _sampling(c: Controls) -> Strategy:
    return Sampling(
        temperature=_number("temperature", c.temperature, 0.01, 10),
        top_k=_whole("top-k", c.top_k, 0, 200_000),
        top_p=_number("top-p", c.top_p, 0.001, 1),
        seed=_whole("seed", c.seed, 0, 2**31 - 1),
    )


def _plain(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


_STRATEGIES_FROM = {"greedy": lambda _: Greedy(), "beam": _beam, "sampling": _sampling}
_PARAMETERS = {
    "beam_size": "beam",
    "length_penalty": "penalty",
    "top_k": "top-k",
    "top_p": "top-p",
}  # shorter names in links
