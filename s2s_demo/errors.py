"""What can go wrong because of what somebody asked for.

    S2SError
    ├── SettingError      a name or number that is not allowed
    ├── InputError        a text that cannot be translated as given
    ├── DataError         a corpus or an uploaded file that cannot be used
    └── CheckpointError   a checkpoint folder that cannot be read

Every message says what was given, what is allowed and what to do.  The page shows these messages, in the
visitor's language; any other exception is a bug and stays loud.
"""

from collections.abc import Iterable
from decimal import Decimal

from s2s_demo.words import say


class S2SError(Exception):
    """A mistake a user can mend; the message says how.

    `code` names the sentence in the table of words ("errors.CODE"), `facts` fill it in.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    def __str__(self) -> str:
        return say(f"errors.{self.code}", **self.facts)


class SettingError(S2SError):
    """A name or a number outside what is allowed."""


class InputError(S2SError):
    """A text that cannot be translated as given."""


class DataError(S2SError):
    """A corpus or a file of sentence pairs that cannot be used."""


class CheckpointError(S2SError):
    """A checkpoint folder that is missing, incomplete or damaged."""


def check_choice(what: str, given: str, allowed: Iterable[str]) -> None:
    """Raise SettingError unless `given` is one of the `allowed` names."""
    names = list(allowed)
    if given not in names:
        raise SettingError("choice.unknown", what=what, given=given, allowed=", ".join(names))


def check_whole(what: str, given: int, low: int, high: int) -> None:
    """Raise SettingError unless `given` is a whole number from `low` to `high`."""
    if isinstance(given, bool) or int(given) != given:
        raise SettingError("number.not-whole", what=what, given=given)
    check_range(what, given, low, high)


def check_range(what: str, given: float, low: float, high: float) -> None:
    """Raise SettingError unless low <= given <= high (NaN is refused too)."""
    if not low <= given <= high:
        raise SettingError("number.out-of-range", what=what, given=_said(given), low=_said(low), high=_said(high))


def _said(number: float) -> str:
    """Whole numbers digit by digit, except those beyond all use, which no float may hold either."""
    if not isinstance(number, int):
        return f"{number:g}"
    return str(number) if abs(number) < 10**20 else f"{Decimal(number):.3g}"
