"""Settings: declared once, as the fields of frozen records, and read by whoever offers, takes or keeps them.

`setting(...)` declares one with its range, label and help; `settings_of` and `members_settings` say what there is,
for the command line, the link, the HTTP API and the forms; `check_settings` holds a record to its ranges; `from_dict`
makes a record from plain data.
"""

from s2s_demo.settings.members import member_from, members_settings, own_settings
from s2s_demo.settings.records import from_dict, with_settings
from s2s_demo.settings.setting import Setting, check_settings, setting, settings_of

__all__ = [
    "Setting",
    "check_settings",
    "from_dict",
    "member_from",
    "members_settings",
    "own_settings",
    "setting",
    "settings_of",
    "with_settings",
]
