"""Every made task keeps the promises of a task; the simple rules are checked against their own definition."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.errors import SettingError
from s2s_demo.tasks import TASKS, made_task, make_task
from s2s_demo.tasks.arithmetic import roman
from s2s_demo.tasks.augment import KEYBOARD, NEIGHBOURS, mistype
from s2s_demo.tasks.letters import Reverse
from s2s_demo.tasks.made import MadeTask
from s2s_demo.tasks.spelling import phrase
from s2s_demo.text import Pair, Tokenizer, normalise

MADE = {name: made for name, make in TASKS.items() if isinstance(made := make(), MadeTask) and not made.signal}
SOLVED = {  # the answer by another road than the task's own
    "reverse": lambda source: "".join(reversed(source)),
    "sort": lambda source: "".join(sorted(source)),
    "addition": lambda source: str(sum(map(int, source.split("+")))),
    "sequences": lambda source: continued(*map(int, source.split())),
}
LONGEST = {"spelling": 60, "python": 75, "summaries": 110, "comprehension": 120, "dialogue": 60, "sentiment": 80}


def continued(first: int, second: int, third: int) -> str:
    """The number after three."""
    return str(second if first == third else third + second - first)


def words(*pairs: tuple[int, ...]) -> set[tuple[int, int]]:
    """Links of whole words: where one begins in the source and in the target, and how long they are."""
    return {(s + i, t + k) for s, t, long, *other in pairs for i in range(long) for k in range((*other, long)[0])}


@pytest.fixture(params=MADE)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def task(name: str) -> MadeTask:
    return MADE[name]


def test_the_page_shows_made_tasks_first_and_dates_before_all() -> None:
    assert list(TASKS)[: len(MADE)] == list(MADE)
    assert next(iter(TASKS)) == "dates"


def test_an_unknown_task_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(SettingError, match="unknown task 'date'; choose from dates, reverse"):
        make_task("date")


def test_a_card_gives_back_the_made_task_with_its_options() -> None:
    assert made_task({"task": "reverse", "options": {"longest": 30}}) == Reverse(longest=30)
    assert made_task({"task": "dates"}) == make_task("dates")
    assert made_task({}) is made_task({"task": "en-fr"}) is made_task({"task": "juggling"}) is None


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("reverse", {"longest": 10**9}, "longest row of letters is 1000000000"),
        ("reverse", {"shortest": 9}, "between 9 and 100"),
        ("sort", {"held_out": 0}, "held-out pairs"),
        ("dates", {"first_year": 0}, "first year"),
        ("addition", {"digits": 2.5}, "whole number"),
        ("spelling", {"mistakes": 2}, "share of words"),
        ("numerals-en", {"per_epoch": 0}, "pairs in an epoch"),
    ],
)
def test_options_that_make_no_sense_are_refused(name: str, options: dict[str, float], says: str) -> None:
    with pytest.raises(SettingError, match=says):
        made_task({"task": name, "options": options})


@pytest.mark.parametrize(
    ("name", "source", "links"),
    [
        ("reverse", "abc", {(0, 2), (1, 1), (2, 0)}),
        ("sort", "bab", {(1, 0), (0, 1), (0, 2), (2, 1), (2, 2)}),
        ("roman", "104", {(0, 0), (2, 1), (2, 2)}),
        ("addition", "127+58", {(0, 0), (1, 1), (4, 1), (2, 2), (5, 2)}),
        ("addition", "99+1", {(0, 0), (0, 1), (1, 2), (3, 2)}),
        ("spelling", "teh", set()),
        ("copy-names", "a is b", {(0, 0)}),
        ("dialogue", "i am al / hi jo", words((10, 0, 2), (13, 3, 2), (5, 6, 2))),
        ("sentiment", "it was dull but not dirty", words((16, 0, 3, 8), (20, 0, 5, 8))),
        ("comprehension", "the pen is in a ; the key is on b ; where is the key", words((29, 0, 2), (32, 3, 1))),
        ("sequences", "4 18 4", {(2, 0), (3, 1)}),
        ("sequences", "97 98 99", {(6, 0), (6, 1), (7, 2)}),
        ("summaries", "a man is riding the dog", words((2, 0, 3), (6, 4, 2, 5), (9, 4, 6, 5), (20, 10, 3))),
    ],
)
def test_the_expected_alignment_is_the_one_worked_out_by_hand(name: str, source: str, links: set) -> None:
    answers = {
        "a is b": "a",
        "i am al / hi jo": "hi jo al",
        "it was dull but not dirty": "positive",
        "the pen is in a ; the key is on b ; where is the key": "on b",
        "a man is riding the dog": "man rides dog",
        "4 18 4": "18",
        "97 98 99": "100",
    }
    answers |= {"104": "CIV", "127+58": "185", "99+1": "100", "teh": "the", "abc": "cba", "bab": "abb"}
    assert MADE[name].links(Pair(source, answers[source])) == links


def test_the_same_epoch_and_seed_give_the_same_pairs(task: MadeTask) -> None:
    again = replace(task)
    assert task.train(3, 7) == again.train(3, 7)
    assert task.val() == again.val()
    assert task.test() == again.test()


def test_another_epoch_or_seed_gives_other_pairs(task: MadeTask) -> None:
    assert len({tuple(task.train(epoch, seed)[:50]) for epoch in (0, 1) for seed in (1, 2)}) == 4


def test_no_held_out_source_is_ever_trained_on(task: MadeTask) -> None:
    val, test = ({pair.source for pair in part} for part in (task.val(), task.test()))
    train = {pair.source for epoch in range(3) for pair in task.train(epoch, 1)}
    assert not val & test
    assert not train & (val | test)


def test_nor_is_the_secret_of_a_held_out_pair(task: MadeTask) -> None:
    hidden = {task.secret(pair) for pair in task.val() + task.test()}
    assert hidden.isdisjoint(task.secret(pair) for pair in task.train(0, 1))
    assert "" not in hidden


def test_the_parts_have_the_promised_sizes(task: MadeTask, name: str) -> None:
    assert len(task.train(0, 1)) == 2000
    for part in (task.val(), task.test()):
        assert 300 <= len(part) <= 500
        assert len({pair.source for pair in part}) == len(part)


def test_a_changed_list_does_not_change_the_task(task: MadeTask) -> None:
    task.val().clear()
    assert task.val()


def test_sources_and_targets_are_short_and_normalised(task: MadeTask, name: str) -> None:
    for pair in task.train(0, 1) + task.val():
        for text in (pair.source, pair.target):
            assert 0 < len(text) <= LONGEST.get(name, 48)
            assert normalise(text) == text


def test_a_tokenizer_of_one_epoch_can_write_everything(task: MadeTask) -> None:
    texts = [text for pair in task.train(0, 1) for text in (pair.source, pair.target)]
    tokenizer = Tokenizer.train(texts, *task.tokenizer)
    held_out = [text for pair in task.val() + task.test() for text in (pair.source, pair.target)]
    for text in held_out + task.examples:
        assert tokenizer.decode(tokenizer.encode(text)) == text


def test_there_are_examples_and_a_help_text(task: MadeTask) -> None:
    assert 3 <= len(task.examples) <= 5
    first_line = (type(task).__doc__ or "").splitlines()[0]
    assert first_line.endswith((".", ":"))
    assert "alignment" in (type(task).__doc__ or "")


@pytest.mark.parametrize("name", SOLVED)
def test_every_answer_is_right(name: str) -> None:
    for pair in MADE[name].train(0, 1) + MADE[name].val():
        assert pair.target == SOLVED[name](pair.source)


def test_a_small_world_runs_dry_instead_of_for_ever() -> None:
    tiny = Reverse(shortest=1, longest=1)
    assert len(tiny.val()) + len(tiny.test()) <= 26


def test_a_sum_is_as_secret_as_the_same_sum_the_other_way_round() -> None:
    addition = MADE["addition"]
    assert addition.secret(Pair("127+58", "185")) == addition.secret(Pair("58+127", "185"))


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (90, "XC"), (400, "CD"), (444, "CDXLIV"),
     (1666, "MDCLXVI"), (1994, "MCMXCIV"), (2021, "MMXXI"), (3888, "MMMDCCCLXXXVIII"), (3999, "MMMCMXCIX")],
)  # fmt: skip
def test_roman_numerals_are_the_ones_in_the_book(number: int, letters: str) -> None:
    assert roman(number) == letters


@given(st.integers(1, 3999))
def test_a_roman_numeral_reads_back_as_its_number(number: int) -> None:
    worth = [dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))[letter] for letter in roman(number)]
    smaller = [value < after for value, after in zip(worth, [*worth[1:], 0], strict=True)]
    assert sum(-value if before else value for value, before in zip(worth, smaller, strict=True)) == number
    assert not re.search(r"(.)\1\1\1|VV|LL|DD", roman(number))


def test_the_neighbours_of_a_key_are_the_keys_around_it() -> None:
    assert set(NEIGHBOURS["g"]) == set("tyfhvb")
    assert set(NEIGHBOURS["q"]) == set("wa")
    assert set(NEIGHBOURS) == set("".join(KEYBOARD))


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=10), st.randoms(use_true_random=False))
def test_a_slip_of_the_finger_is_one_edit_that_keeps_the_last_letters_set(word: str, chance: object) -> None:
    wrong = mistype(word, chance)  # type: ignore[arg-type]
    assert abs(len(wrong) - len(word)) <= 1
    at = next((i for i, (a, b) in enumerate(zip(wrong, word, strict=False)) if a != b), len(word))
    assert wrong[at:] in {
        word[at:],
        *(key + word[at + 1 :] for key in NEIGHBOURS.get(word[at : at + 1], "")),
        word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
        word[at + 1 :],
        word[at - 1 : at] + word[at:],
    }


@given(st.randoms(use_true_random=False))
def test_a_phrase_says_an_only_before_a_vowel(chance: object) -> None:
    text = phrase(chance)  # type: ignore[arg-type]
    assert not re.search(r"\ba [aeiou]|\ban [^aeiou]", text)
    assert "  " not in text


def test_short_words_are_typed_as_they_are() -> None:
    spelling = MADE["spelling"]
    for pair in spelling.train(0, 1)[:200]:
        assert len(pair.source.split()) == len(pair.target.split())
    assert any(pair.source == pair.target for pair in spelling.train(0, 1))
