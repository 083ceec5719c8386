"""The map doctor: every badge on a map that is sick in one way, and none on a healthy one."""

import numpy as np
import pytest
from explain_cases import LOOKING, case_of, named

from s2s_demo import words
from s2s_demo.checkpoint import load
from s2s_demo.errors import SettingError
from s2s_demo.explain import diagnose, doctor, open_case
from s2s_demo.explain.doctor import LIMITS, measure

SOURCE = ("two", "dogs", "play", "in", "snow", ".", "<eos>")
TARGET = ("deux", "chiens", "jouent", "dans", "neige", ".", "<eos>")
HEALTHY = np.eye(7) * 0.93 + 0.01


def looking_at(*columns: int) -> np.ndarray:
    return np.eye(7)[list(columns)] * 0.93 + 0.01


def mixed(*parts: tuple[float, np.ndarray]) -> np.ndarray:
    return sum(weight * part for weight, part in parts)


ALL_AT_THE_END = looking_at(6, 6, 6, 6, 6, 5, 6)
SICK = {
    "blur": mixed((0.25, HEALTHY), (0.75, np.full((7, 7), 1 / 7))),
    "sink": mixed((0.55, HEALTHY), (0.45, ALL_AT_THE_END)),
    "unread": looking_at(0, 1, 1, 0, 0, 5, 6),
    "repeated": looking_at(0, 1, 1, 1, 1, 5, 6),
    "disorder": looking_at(2, 4, 0, 1, 3, 5, 6),
    "shifted": looking_at(1, 2, 3, 4, 4, 5, 6),
}


def names(weights: np.ndarray, hung: np.ndarray | None = HEALTHY) -> set[str]:
    return {badge.name for badge in diagnose(weights, SOURCE, TARGET, hung)}


def test_a_healthy_map_has_no_badge():
    assert diagnose(HEALTHY, SOURCE, TARGET, HEALTHY) == ()


def test_a_map_that_runs_backwards_is_healthy_too():
    backwards = looking_at(4, 3, 2, 1, 0, 5, 6)
    assert diagnose(backwards, SOURCE, TARGET, backwards) == ()


@pytest.mark.parametrize("name", SICK)
def test_each_badge_fires_on_the_map_that_is_sick_in_its_way(name):
    assert name in names(SICK[name])
    assert SICK[name].sum(axis=1) == pytest.approx(1, abs=0.01)


def test_every_measure_has_a_sick_map_and_its_sentences():
    assert set(SICK) == set(vars(LIMITS))
    for name, weights in SICK.items():
        badge = next(one for one in diagnose(weights, SOURCE, TARGET, HEALTHY) if one.name == name)
        assert badge.value > badge.limit
        for said in (badge.said, badge.effect, badge.action):
            assert said.key in words.table("en")
            assert str(said) != said.key


def test_badges_name_the_words_at_which_they_are_seen():
    badges = {badge.name: badge for weights in SICK.values() for badge in diagnose(weights, SOURCE, TARGET, HEALTHY)}
    assert badges["unread"].source_words
    (repeated,) = (b for b in diagnose(SICK["repeated"], SOURCE, TARGET, HEALTHY) if b.name == "repeated")
    assert (repeated.source_words, repeated.target_words) == ((2,), (2, 3, 4, 5))
    assert "“dogs”" in str(repeated.said)
    (sink,) = (b for b in diagnose(SICK["sink"], SOURCE, TARGET, HEALTHY) if b.name == "sink")
    assert sink.source_words == (7,)


def test_a_shift_is_seen_only_beside_what_the_words_hung_on():
    assert "shifted" in names(SICK["shifted"])
    assert "shifted" not in names(SICK["shifted"], None)
    assert "shifted" not in names(SICK["shifted"], SICK["shifted"])


def test_a_task_that_is_no_translation_may_leave_words_unread():
    assert "unread" not in {
        badge.name for badge in diagnose(SICK["unread"], SOURCE, TARGET, HEALTHY, is_translation=False)
    }


@pytest.mark.parametrize("family", LOOKING[::3], ids=named)
def test_a_case_is_measured_as_its_map_is(family):
    for badge in doctor(case_of(**family)):
        assert badge.value > badge.limit


def test_nothing_is_measured_where_nothing_was_said():
    assert set(vars(measure(np.ones((1, 1)), ("<eos>",), ("<eos>",))).values()) == {0}


@pytest.mark.parametrize(("name", "text"), [("dates", "May 7th 2021"), ("reverse", "abcdefgh")])
def test_maps_of_shipped_models_are_healthy(name, text):
    assert doctor(open_case(load(name, "cpu"), text)) == ()


def test_a_model_without_attention_has_no_map():
    with pytest.raises(SettingError, match="has no attention"):
        doctor(case_of(decoder="fixed", attention="none"))
