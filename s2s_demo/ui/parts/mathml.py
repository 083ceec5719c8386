"""The models' formulas as MathML, the symbols that are also drawn marked with classes of their own."""

import re
from functools import cache

from latex2mathml.converter import convert

SYMBOLS = {"q": "query", "m": "memory", "e": "energy", "&#x003B1;": "alpha", "c": "context"}
_WORD = re.compile(r'(?:<mi mathvariant="normal">.</mi>){2,}')
_LETTERS = re.compile(r">(.)<")
_SYMBOL = re.compile(rf"<mi>({'|'.join(map(re.escape, SYMBOLS))})</mi>")


@cache
def mathml(latex: str) -> str:
    """LaTeX as MathML: a name of several letters is one word, a symbol's class is `sym-` and what it stands for."""
    words = _WORD.sub(lambda run: f"<mi>{''.join(_LETTERS.findall(run[0]))}</mi>", convert(latex))
    return _SYMBOL.sub(lambda found: f'<mi class="sym-{SYMBOLS[found[1]]}">{found[1]}</mi>', words)
