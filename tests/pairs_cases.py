"""Tables of pairs to read: texts of our own, laid out as people lay them out."""

from collections.abc import Sequence
from pathlib import Path

from s2s_demo.tasks.own_file import ReadPairs, read_pairs
from s2s_demo.text import Pair

PAIRS = [Pair(f"the {i}. cat", f"le {i}. chat") for i in range(1, 41)]
SENTENCES = (
    ("Nobody came, as always.", "Personne n'est venu, comme toujours."),
    ("We saw a small house", "Nous avons vu une petite maison"),
    ("Do you read; or write?", "Tu lis ; ou tu écris ?"),
)
PLAIN = [Pair(f"We saw {i} small houses.", f"Nous avons vu {i} petites maisons.") for i in range(2, 92)]
RICH = [Pair(f"{SENTENCES[i % 3][0]} ({i})", f"{SENTENCES[i % 3][1]} ({i})") for i in range(60)]
CREDIT = "CC-BY 2.0 (France) Attribution: tatoeba.org #{} (CM) & #{} (sacredceltic)"


def lines(delimiter: str = "\t", pairs: Sequence[Pair] = PAIRS) -> str:
    return "".join(f"{pair.source}{delimiter}{pair.target}\n" for pair in pairs)


def columns(*cells: Sequence[object], delimiter: str = "\t", heading: str = "", end: str = "\n") -> str:
    rows = [delimiter.join(map(str, row)) for row in zip(*cells, strict=True)]
    return end.join([heading, *rows] if heading else rows) + end


def quoted(texts: Sequence[str]) -> list[str]:
    return ['"' + text.replace('"', '""') + '"' for text in texts]


def write(folder: Path, content: str | bytes, name: str = "pairs.tsv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes) -> ReadPairs:
    return read_pairs(write(folder, content))


def left_out(found: ReadPairs) -> list[tuple[int, str]]:
    return [(left.row, left.why) for left in found.left_out]


EN, FR = [pair.source for pair in RICH], [pair.target for pair in RICH]
BOTH = [(pair.source, pair.target) for pair in RICH]
OBJECTS = [{"en": source, "fr": target} for source, target in BOTH]
NESTED = [{"source": {"text": source}, "target": {"text": target}} for source, target in BOTH]
IDS = [1200 + 7 * i for i in range(60)]
OTHER_IDS = [9000 + 13 * ((i * 17) % 60) for i in range(60)]
CREDITS = [CREDIT.format(i * 3, i * 5) for i in range(60)]
