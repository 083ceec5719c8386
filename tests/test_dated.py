"""When a translation says the date that was asked."""

import pytest

from tests.tools.dated import SENTENCES, TEMPLATES, Dated, right, sentences

FULL = Dated("", "full", 1989, 7, 14)
DAY = Dated("", "day", 1989, 7, 14)
MONTH = Dated("", "month", 1989, 7, 14)


@pytest.mark.parametrize(
    ("asked", "output", "language"),
    [
        (FULL, "Je suis né le 14 juillet 1989.", "fr"),
        (FULL, "July 14th, 1989 was cold.", "en"),
        (FULL, "Ich bin am 14. Juli 1989 geboren.", "de"),
        (FULL, "我是1989年7月14日出生的。", "zh"),
        (DAY, "我的生日是七月14号。", "zh"),
        (MONTH, "1989年七月", "zh"),
        (MONTH, "en juillet 1989", "fr"),
    ],
)
def test_a_date_is_right_as_its_language_says_it(asked, output, language):
    assert right(asked, output, language)


@pytest.mark.parametrize(
    ("asked", "output", "language"),
    [
        (FULL, "Je suis né le 14 juilley 1989.", "fr"),
        (FULL, "Je suis né le 14 juillet.", "fr"),
        (FULL, "Je suis né le 14 149 juillet 1989.", "fr"),
        (DAY, "My birthday is 1989年7月14日.", "en"),
        (DAY, "我的生日是14月14日。", "zh"),
        (DAY, "我的生日是17月14日。", "zh"),
        (Dated("", "month", 1989, 1, 14), "1989年十一月", "zh"),
        (MONTH, "in July", "en"),
    ],
)
def test_a_date_is_wrong_that_lacks_a_part_or_has_one_too_many(asked, output, language):
    assert not right(asked, output, language)


@pytest.mark.parametrize("language", TEMPLATES)
def test_every_month_and_kind_is_asked_equally_often(language):
    made = sentences(language)
    assert len(made) == SENTENCES
    assert {sum(each.kind == kind for each in made) for kind in ("day", "full", "month")} == {SENTENCES // 3}
    assert {sum(each.month == month for each in made) for month in range(1, 13)} <= {9, 18}
