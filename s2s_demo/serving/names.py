"""What models and tasks are called, wherever they are offered."""

from s2s_demo.words import say

PAIR = "{} → {}"
READS = "{language} sentences"
ATTENTION_KIND = "{name} attention"
NO_ATTENTION_KIND = "no attention"


def task_name(name: str) -> str:
    """What a task is called, in the language spoken; one without an entry goes by its own name."""
    key = f"tasks.{name}"
    said = say(key)
    return name if said == key else said
