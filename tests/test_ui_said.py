"""The page in another language is made from its English: no two things may share their English and differ there."""

import pytest

from s2s_demo import words
from s2s_demo.serving.library import Library
from s2s_demo.ui import build


@pytest.mark.parametrize("language", [code for code in words.languages() if code != words.ORIGINAL])
def test_what_reads_the_same_in_english_reads_the_same_in_every_language(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    meant: dict[str, set[str]] = {}
    recorded = words.recorded

    def noting(text: str, speaker: object, /, *given: object, **facts: object) -> str:
        if not facts and words.spoken() == words.ORIGINAL:
            with words.speaking(language):
                meant.setdefault(text, set()).add(speaker(*given))  # type: ignore[operator]
        return recorded(text, speaker, *given, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(words, "recorded", noting)
    build(Library())
    assert len(meant) > 100
    assert {text: others for text, others in meant.items() if len(others) > 1} == {}
