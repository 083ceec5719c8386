"""Settings as records declare them: names, ranges, and what members of a registry have together."""

from dataclasses import dataclass
from functools import partial

import pytest

from s2s_demo.errors import SettingError
from s2s_demo.settings import check_settings, member_from, members_settings, own_settings, setting, settings_of


@dataclass(frozen=True, kw_only=True)
class Oven:
    heat: int = setting(180, low=50, high=250, shared=(50, 200), what="oven heat", help="in degrees")
    minutes: float | None = setting(None, low=0, high=90, link="t", what="time", help="in minutes")
    fan: bool = setting(False, what="fan", help="moves the air")
    shelf: str = setting("middle", choices=("top", "middle"), what="shelf", help="where it stands")
    serial: int = 7

    def __post_init__(self) -> None:
        check_settings(self)


@dataclass(frozen=True, kw_only=True)
class Pan:
    heat: int = setting(180, low=50, high=250, shared=(50, 200), what="oven heat", help="in degrees")
    lid: bool = setting(True, what="lid", help="keeps the steam")


HEAT, MINUTES, FAN, SHELF = settings_of(Oven)


def test_settings_are_the_declared_fields_with_their_kinds_and_defaults() -> None:
    assert [each.name for each in settings_of(Oven)] == ["heat", "minutes", "fan", "shelf"]
    assert [(each.kind, each.default, each.optional) for each in settings_of(Oven)] == [
        (int, 180, False),
        (float, None, True),
        (bool, False, False),
        (str, "middle", False),
    ]
    assert (MINUTES.link, HEAT.link, HEAT.label) == ("t", "heat", "Oven heat")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"heat": 300}, "oven heat is 300; it must lie between 50 and 250"),
        ({"heat": 99.5}, "oven heat is 99.5; it must be a whole number"),
        ({"heat": True}, "oven heat needs a number between 50 and 250"),
        ({"heat": None}, "oven heat needs a number"),
        ({"minutes": float("nan")}, "time is nan"),
        ({"minutes": "9"}, "time needs a number"),
        ({"fan": 1}, "fan is 1; it must be of the kind bool"),
        ({"shelf": "floor"}, "unknown shelf 'floor'; choose from top, middle"),
    ],
)
def test_a_record_is_held_to_the_ranges_of_its_settings(given: dict[str, object], message: str) -> None:
    with pytest.raises(SettingError, match=message):
        Oven(**given)  # type: ignore[arg-type]


def test_a_shared_server_allows_less() -> None:
    assert Oven(heat=250).heat == 250
    assert (HEAT.range(), HEAT.range(shared=True), HEAT.span) == ((50, 250), (50, 200), (50, 200))
    with pytest.raises(SettingError, match="between 50 and 200"):
        HEAT.check(250, shared=True)


@pytest.mark.parametrize(
    ("setting", "text", "value"), [(HEAT, "90", 90), (MINUTES, "1.5", 1.5), (FAN, "True", True), (SHELF, "top", "top")]
)
def test_a_setting_reads_its_value_from_a_link(setting, text, value):  # type: ignore[no-untyped-def]
    assert setting.read(text) == value
    assert type(setting.read(text)) is type(value)


@pytest.mark.parametrize(
    ("setting", "text"), [(HEAT, "hot"), (HEAT, "9e9"), (FAN, "yes"), (SHELF, "floor"), (HEAT, "")]
)
def test_a_link_that_means_nothing_is_refused(setting, text):  # type: ignore[no-untyped-def]
    with pytest.raises(SettingError):
        setting.read(text)


def test_members_that_share_a_name_share_a_setting_which_comes_last_where_all_have_it() -> None:
    together = members_settings({"oven": Oven, "pan": Pan})
    assert [(each.name, each.members) for each in together][-2:] == [("lid", ("pan",)), ("heat", ("oven", "pan"))]
    assert [each.name for each in members_settings({"pan": Pan}, "how_")] == ["how_heat", "how_lid"]


def test_a_partial_of_a_record_has_what_it_is_given_as_its_defaults() -> None:
    @dataclass(frozen=True)
    class Tray(Pan):
        rows: int = setting(2, low=1, high=9, what="rows", help="of buns")

    defaults = {each.name: each.default for each in own_settings(partial(Tray, 5, lid=False))}
    assert defaults == {"heat": 180, "lid": False, "rows": 5}


def test_members_that_mean_other_things_by_one_name_are_refused() -> None:
    @dataclass(frozen=True)
    class Grill:
        heat: float = setting(180.0, low=50, high=250, what="heat", help="in degrees")

    with pytest.raises(TypeError, match="grill and oven both have heat"):
        members_settings({"oven": Oven, "grill": Grill})


def test_a_member_takes_what_is_its_own_and_refuses_what_is_nobodys() -> None:
    kinds = {"oven": Oven, "pan": Pan}
    assert member_from(kinds, "way", "oven", {"heat": 100.0, "lid": False}) == Oven(heat=100)
    with pytest.raises(SettingError, match="unknown setting salt: no way has it"):
        member_from(kinds, "way", "oven", {"salt": 1})
    with pytest.raises(SettingError, match="unknown way 'fire'; choose from oven, pan"):
        member_from(kinds, "way", "fire", {})
