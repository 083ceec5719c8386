"""Pictures and tables speak the language of whoever looks at them."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from views_cases import a_search, every_figure

from s2s_demo import words
from s2s_demo.views.tables import tree_table

WORD = re.compile(r"[A-Za-z]{2,}")
SHOWN = {"text", "hovertext", "hovertemplate", "name", "ticktext"}
GIVEN = ("teacher forcing 1.0 → 0.0", "Where it looked")  # by the caller, as are the tokens
NOTATION = {"log"}
TOKENS = {word for node in a_search().tree.nodes for word in WORD.findall(node.token)}


def foreign(template: str) -> str:
    """The sentence with its facts where they are, and nothing of its English."""
    said = ""
    for literal, name, format_spec, _ in Formatter().parse(template):
        said += WORD.sub("ж", literal)
        said += f"{{{name}:{format_spec}}}" if name and format_spec else f"{{{name}}}" if name else ""
    return said


def shown(part: object, key: str = "") -> Iterator[str]:
    """All texts of a figure's plain data that a person sees."""
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from shown(inner, name)
    elif isinstance(part, (list, tuple)):
        for inner in part:
            yield from shown(inner, key)
    elif isinstance(part, str) and key in SHOWN and part not in GIVEN:
        yield part


@pytest.fixture
def _another_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    english = words.table(words.ORIGINAL)
    other = {key: foreign(template) for key, template in english.items() if key.startswith("views.")}
    tables = {words.ORIGINAL: english, "xx": {"language": "X", **other}}
    monkeypatch.setattr(words, "table", tables.__getitem__)
    monkeypatch.setattr(words, "languages", lambda: dict.fromkeys(tables, ""))
    with words.speaking("xx"):
        yield


def english_words() -> set[str]:
    views = (text for key, text in words.table(words.ORIGINAL).items() if key.startswith("views."))
    return {word for text in views for word in WORD.findall(re.sub(r"{.*?}", "", text))} - TOKENS - NOTATION


@pytest.mark.usefixtures("_another_language")
def test_no_picture_keeps_an_english_word() -> None:
    for name, figure in every_figure.__wrapped__().items():
        texts = list(shown(figure.to_dict()))
        assert "ж" in "".join(texts) or name == "heatmap"
        left = {text for text in texts if english_words() & set(WORD.findall(text))}
        assert not left, f"{name}: {left}"


@pytest.mark.usefixtures("_another_language")
def test_no_table_keeps_an_english_word() -> None:
    found = a_search()
    tree = tree_table(found.tree, found.hypotheses, beam_size=4)
    assert not english_words() & {word for column in tree.columns for word in WORD.findall(str(column))}
    assert not english_words() & {word for fate in tree.iloc[:, -1] for word in WORD.findall(fate)}
