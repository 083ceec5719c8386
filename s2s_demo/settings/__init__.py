"""Settings: declared once, as the fields of frozen records, and read by whoever offers, takes or keeps them.

`setting(...)` declares one with its range, label and help; `settings_of` and `members_settings` say what there is,
for the command line, the link, the HTTP API and the forms; `check_settings` holds a record to its ranges; `from_dict`
makes a record from plain data.

A member of a registry has settings of its own by being such a record, or by a class `Settings` inside it, which is
then handed to its constructor as `settings`.  A record that chooses a member `attention` keeps what is set of it as
plain data in `attention_settings`.
"""

from s2s_demo.settings.members import (
    check_settings,
    made_member,
    member_from,
    members_settings,
    own_record,
    own_settings,
)
from s2s_demo.settings.paths import settings_within, with_changes
from s2s_demo.settings.records import from_dict, with_settings
from s2s_demo.settings.setting import Setting, figure, setting, settings_of

__all__ = [
    "Setting",
    "check_settings",
    "figure",
    "from_dict",
    "made_member",
    "member_from",
    "members_settings",
    "own_record",
    "own_settings",
    "setting",
    "settings_of",
    "settings_within",
    "with_changes",
    "with_settings",
]
