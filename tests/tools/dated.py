"""How many dates come out right: `python -m tests.tools.dated MODEL...`.

Makes 180 sentences a model from templates that no training reads, with days, months and years as people write them,
and prints the share of them that the translation says as its language does, by kind.
"""

import calendar
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam
from s2s_demo.tasks.dates import ordinal
from s2s_demo.tasks.phrases import _listed
from s2s_demo.translator import Translator

SENTENCES = 180
KINDS = ("day", "full", "month")  # 14 July; 14 July 1989; July 1989
TEMPLATES = {
    "en": """
day	The ship sails on {}.
full	The contract was signed on {}.
month	The old library burned down in {}.
day	Can you come on {}?
full	My grandfather arrived here on {}.
month	I learned to swim in {}.
day	The museum is closed until {}.
full	{} was a cold day.
month	The bridge was built in {}.
""",
    "fr": """
day	Le bateau part le {}.
full	Le contrat a été signé le {}.
month	La vieille bibliothèque a brûlé en {}.
day	Pouvez-vous venir le {} ?
full	Mon grand-père est arrivé ici le {}.
month	J'ai appris à nager en {}.
day	Le musée est fermé jusqu'au {}.
full	Le {}, il faisait froid.
month	Le pont a été construit en {}.
""",
    "de": """
day	Das Schiff fährt am {}.
full	Der Vertrag wurde am {} unterschrieben.
month	Die alte Bibliothek brannte im {} ab.
day	Können Sie am {} kommen?
full	Mein Großvater kam am {} hier an.
month	Ich lernte im {} schwimmen.
day	Das Museum ist bis zum {} geschlossen.
full	Am {} war es kalt.
month	Die Brücke wurde im {} gebaut.
""",
    "zh": """
day	船{}开。
full	合同是{}签的。
month	老图书馆是{}烧掉的。
day	你{}能来吗？
full	我爷爷是{}到这里的。
month	我是{}学会游泳的。
day	博物馆{}以前不开门。
full	{}那天很冷。
month	这座桥是{}建的。
""",
}


@dataclass(frozen=True)
class Dated:
    """A sentence with a date: its kind, year, month from 1 to 12 and day."""

    text: str
    kind: str
    year: int
    month: int
    day: int


def sentences(language: str, seed: int = 7) -> list[Dated]:
    """The same for the same seed; every template, and every month, equally often."""
    chance = random.Random(f"{language}/{seed}")
    templates = [line.split("\t") for line in TEMPLATES[language].split("\n")[1:-1]]
    made = []
    for i in range(SENTENCES):
        kind, template = templates[i % len(templates)]
        year, month = chance.randint(1900, 2030), 1 + (i // len(templates)) % 12
        day = chance.randint(1, calendar.monthrange(year, month)[1])
        written = chance.choice(ways(language, kind, year, month, day))
        text = template.format(written)
        made.append(Dated(text[0].upper() + text[1:], kind, year, month, day))
    return made


def ways(language: str, kind: str, year: int, month: int, day: int) -> Sequence[str]:
    """How people write a date."""
    name = _listed()["month"][month - 1][language]
    if language == "zh":
        days = [f"{month}月{day}日", f"{month}月{day}号"] if kind != "month" else [f"{month}月"]
        return days if kind == "day" else [f"{year}年{one}" for one in days]
    if kind == "month":
        return [f"{name} {year}"]
    after = f" {year}" if kind == "full" else ""
    if language == "en":
        nth = ordinal(day)
        comma = f",{after}" if after else ""
        return [f"{name} {day}{comma}", f"{name} {nth}{comma}", f"{day} {name}{after}", f"the {nth} of {name}{after}"]
    return [f"{'1er' if day == 1 else day}{'.' if language == 'de' else ''} {name}{after}"]


def right(asked: Dated, output: str, language: str) -> bool:
    """Whether the output says day, month and year as far as they were asked, and no other number."""
    name = _listed()["month"][asked.month - 1][language]
    numbers = [asked.year] if asked.kind != "day" else []
    if asked.kind != "month":
        numbers.append(asked.day)
    if language == "zh":
        named = re.search(rf"(?<!\d){asked.month}月|(?<!十){name}", output) is not None
        said = re.findall(r"\d+", re.sub(r"\d+月", "", output))
    else:
        named, said = re.search(rf"\b{name}\b", output) is not None, re.findall(r"\d+", output)
    return named and sorted(map(int, said)) == sorted(numbers)


def judged(translator: Translator) -> Iterator[tuple[Dated, str, bool]]:
    """What was asked, what came out, and whether its date is right."""
    made = sentences(translator.source_language)
    for asked, found in zip(made, translator.translate_all([each.text for each in made], Beam()), strict=True):
        yield asked, found.text, right(asked, found.text, translator.target_language)


def main() -> None:
    """Print the shares; with --show also what is wrong."""
    models, show = [name for name in sys.argv[1:] if name != "--show"], "--show" in sys.argv
    for model in models:
        asked: Counter[str] = Counter()
        kept: Counter[str] = Counter()
        for each, output, is_right in judged(load(model)):
            asked[each.kind] += 1
            kept[each.kind] += is_right
            if show and not is_right:
                sys.stdout.write(f"  {each.kind}: {each.text} -> {output}\n")
        shares = "  ".join(f"{kind} {kept[kind]}/{asked[kind]}" for kind in KINDS)
        sys.stdout.write(f"{model}: {100 * sum(kept.values()) / sum(asked.values()):.0f} %  {shares}\n")


if __name__ == "__main__":
    main()
