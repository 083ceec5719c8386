"""What tasks are called in the page, by name."""

from s2s_demo.words import ORIGINAL, table

TASKS = {key.removeprefix("tasks."): said for key, said in table(ORIGINAL).items() if key.startswith("tasks.")}
