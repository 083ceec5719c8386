import itertools

from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.live.history import Curve, Thinned
from s2s_demo.training import Progress


def update(number: int) -> Progress:
    return Progress(number, 0, float(number), 1.0, 0.1, 2.0, number, 1.0, 0.5)


@given(st.integers(1, 5000))
def test_a_curve_stays_small_and_covers_every_update(updates: int) -> None:
    curve = Curve(limit=20)
    for number in range(1, updates + 1):
        curve.add(update(number))
    points = curve.points
    assert len(points) <= 21
    assert points[-1].update == updates
    edges = [0, *(point.update for point in points)]
    means = [(low + 1 + high) / 2 for low, high in itertools.pairwise(edges)]
    assert [point.loss for point in points] == means


@given(st.integers(1, 3000))
def test_thinning_keeps_the_first_the_last_and_the_order(records: int) -> None:
    thinned = Thinned[int](limit=10)
    for number in range(records):
        thinned.add(number)
    kept = thinned.records
    assert len(kept) <= 10
    assert (kept[0], kept[-1]) == (0, records - 1)
    assert list(kept) == sorted(set(kept))


def test_the_older_the_sparser() -> None:
    thinned = Thinned[int](limit=10)
    for number in range(100):
        thinned.add(number)
    gaps = [b - a for a, b in zip(thinned.records, thinned.records[1:], strict=False)]
    assert gaps[0] > gaps[-1]
