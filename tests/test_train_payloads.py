"""What tab Train's scripts read is what Python sends: each payload is a TypedDict beside what builds it."""

import re
from pathlib import Path

import pytest

from s2s_demo.ui.served import static
from s2s_demo.ui.train import movie, prefixes, status
from s2s_demo.words import table

SCRIPT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(static.UI).glob("train/*.js")))

# payload: the names it goes by in the script
NAMES: dict[type, tuple[str, ...]] = {
    status.RunStatus: ("run",),
    movie.Movie: ("film", "fresh", "old"),
    movie.MovieProbe: ("probe", "mine", "known", r"probe\(\)"),
    movie.MovieLane: ("lane", r"lanes\[\w+\]"),
    movie.MovieMoment: ("moment", r"frames\(\)\[[^\]]*\]+", r"moments\.at\(-1\)"),
    prefixes.PrefixesLane: ("block", r"prefixes\[\w+\]\??", r"all\[0\]"),
    prefixes.PrefixesMoment: ("row", "two"),
}


def read_by(script: str, names: tuple[str, ...]) -> set[str]:
    """The properties that a script reads of what goes by these names."""
    return set(re.findall(rf"(?<![\w.])(?:\w+\.)*?(?:{'|'.join(names)})(?:\?)?\.([a-z_]\w*)", script))


@pytest.mark.parametrize("payload", NAMES, ids=lambda payload: payload.__name__)
def test_the_script_reads_every_key_of_a_payload_and_no_other(payload: type) -> None:
    assert read_by(SCRIPT, NAMES[payload]) == set(payload.__annotations__)


def test_a_key_that_nobody_sends_and_one_that_nobody_reads_are_found() -> None:
    script = "put(text, run.text); box.width = run?.done; run.nmae;"
    assert read_by(script, NAMES[status.RunStatus]) == {"text", "done", "nmae"}


def test_the_script_takes_no_payload_apart_by_other_names() -> None:
    assert not re.findall(r"\(\{[^}]*\}\) =>", re.sub(r"\(\{ target(, key)? \}\) =>", "", SCRIPT))


def test_every_word_of_the_script_is_in_the_table_and_every_word_there_is_said() -> None:
    said = set(re.findall(r'\bsay\("([\w-]+)"', SCRIPT))
    said |= set(re.findall(r'\? say\("[\w-]+"\) : say\("([\w-]+)"', SCRIPT))
    words = {key.removeprefix("train.") for key in static.script_words("en") if key.startswith("train.")}
    assert said == words


def test_the_facts_of_the_scripts_words_are_given() -> None:
    for key, sentence in table("en").items():
        if key.startswith("script.train."):
            (given, *_) = re.findall(rf'say\("{key.removeprefix("script.train.")}"(?:, (\{{.*?\}}))?\)', SCRIPT)
            for fact in re.findall(r"\{(\w+)\}", sentence):
                assert re.search(rf"\b{fact}\b", given), (key, fact)


def test_the_script_holds_no_sentence() -> None:
    code = re.sub(r"//.*", "", SCRIPT)
    texts = re.findall(r'"([^"\n]*)"|`([^`]*)`', code)
    prose = [text for pair in texts for text in pair if re.search(r"[a-z]{3,} [a-z]{3,}", text)]
    allowed = {"use strict", "12px system-ui, sans-serif"}
    assert [text for text in prose if text not in allowed and not text.startswith(("#", "."))] == []
