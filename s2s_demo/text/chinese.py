"""Two ways to write Chinese.  Knows OpenCC and no model."""

from functools import cache

from opencc import OpenCC


@cache
def _converter(kind: str) -> OpenCC:
    return OpenCC(kind)


def simplified(text: str) -> str:
    """A text in simplified characters, as mainland China writes them; what has none stays."""
    return text if text.isascii() else _converter("t2s").convert(text)
