"""How much of what must be copied survives: `python -m tests.tools.copying MODEL...`.

Makes 200 sentences a model from templates that no training reads, with names and numbers that no training
holds, and prints the share of them that stands in the translation, by kind.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam, Greedy, Strategy
from s2s_demo.translator import Translator

SENTENCES = 200
NAMES = """Zbigniew Oluwaseun Siobhan Thandiwe Bartholomew Anneliese Kwabena Saoirse Tariq Eszter Ngozi Wojciech Ximena
Yevgeny Rukmini Dagmar Tadeusz Ifeoma Haruki Sigrid Matthias Brunhilde Cosimo Leopoldine Farrokh Nkechi Jorge Halvard
Perpetua Zoltan Beatrix Casimir Delphine Evangeline Gwendolyn Ignatius Jaroslav Kirsten Ludmila Mordecai Nikolaus
Ottoline Rafferty Svetlana Theodora Ulrich Violetta Winifred Ysolde Zacharias Abernathy Blackwood Castellano Drummond
Eriksson Fairweather Galloway Hawthorne Ishikawa Jankowski Kirkpatrick Lindqvist Montgomery Nightingale Okonkwo
Pemberton Quigley Radcliffe Szymanski Tchaikovsky Underhill Vandermeer Whitlock Yarborough Zielinski""".split()
TEMPLATES = {
    "en": """
My neighbour is called {name}.
{name} is waiting for you downstairs.
Please give this letter to {name}.
{name} and {other} went for a walk.
I met {name} at the airport.
The room number is {number}.
There are {number} chairs here.
The bus leaves at {time}.
Can we meet at {time}?
The ticket costs {price}.
I paid {price} for this coat.
You can reach me at {phone}.
It was {degrees} degrees this morning.
The average is {decimal}.
{name} bought {number} books.
About {percent} of the students agree.
Please write to {mail}.
I read it on {site} yesterday.
""",
    "fr": """
Mon voisin s'appelle {name}.
{name} vous attend en bas.
Donnez cette lettre à {name}, s'il vous plaît.
{name} et {other} sont allés se promener.
J'ai rencontré {name} à l'aéroport.
C'est la chambre numéro {number}.
Il y a {number} chaises ici.
Le bus part à {time}.
Peut-on se voir à {time} ?
Le billet coûte {price}.
J'ai payé {price} pour ce manteau.
Vous pouvez me joindre au {phone}.
Il faisait {degrees} degrés ce matin.
La moyenne est de {decimal}.
{name} a acheté {number} livres.
Environ {percent} des élèves sont d'accord.
Écrivez à {mail}, s'il vous plaît.
Je l'ai lu sur {site} hier.
""",
    "de": """
Mein Nachbar heißt {name}.
{name} wartet unten auf dich.
Geben Sie diesen Brief bitte {name}.
{name} und {other} sind spazieren gegangen.
Ich habe {name} am Flughafen getroffen.
Die Zimmernummer ist {number}.
Hier stehen {number} Stühle.
Der Bus fährt um {time} ab.
Können wir uns um {time} treffen?
Die Karte kostet {price}.
Ich habe {price} für diesen Mantel bezahlt.
Sie erreichen mich unter {phone}.
Heute Morgen waren es {degrees} Grad.
Der Durchschnitt ist {decimal}.
{name} hat {number} Bücher gekauft.
Etwa {percent} der Schüler sind dafür.
Bitte schreiben Sie an {mail}.
Ich habe es gestern auf {site} gelesen.
""",
    "zh": """
我的邻居叫{name}。
{name}在楼下等你。
请把这封信给{name}。
{name}和{other}去散步了。
我在机场见到了{name}。
房间号码是{number}。
这里有{number}把椅子。
公共汽车{time}开。
我们{time}见面，好吗？
这张票要{price}。
这件大衣我花了{price}。
你可以打{phone}找我。
今天早上{degrees}度。
平均数是{decimal}。
{name}买了{number}本书。
大约{percent}的学生同意。
请写信到{mail}。
我昨天在{site}上看到的。
""",
}


@dataclass(frozen=True)
class Sentence:
    """A text and what of it must be copied: (kind, as written)."""

    text: str
    copied: tuple[tuple[str, str], ...]


def sentences(language: str, seed: int = 7) -> list[Sentence]:
    """The same 200 for the same seed; every template equally often."""
    chance = random.Random(f"{language}/{seed}")
    templates = TEMPLATES[language].split("\n")[1:-1]
    return [_filled(templates[i % len(templates)], chance) for i in range(SENTENCES)]


def _filled(template: str, chance: random.Random) -> Sentence:
    values = {
        "name": chance.choice(NAMES),
        "other": chance.choice(NAMES),
        "number": str(chance.randint(101, 98_999)),
        "time": f"{chance.randint(1, 23)}:{chance.randint(1, 59):02}",
        "price": f"{chance.choice('$€£')}{chance.randint(2, 999)}{chance.choice(['', '.50', '.99'])}",
        "phone": f"{chance.randint(200, 999)}-{chance.randint(0, 9999):04}",
        "degrees": f"-{chance.randint(2, 39)}",
        "decimal": f"{chance.randint(1, 99)}.{chance.randint(11, 99)}",
        "percent": f"{chance.randint(2, 99)}%",
        "mail": f"{chance.choice(NAMES).lower()}@{chance.choice(NAMES).lower()}.org",
        "site": f"www.{chance.choice(NAMES).lower()}.com",
    }
    return Sentence(template.format(**values), tuple((kind, values[kind]) for kind in re.findall(r"{(\w+)}", template)))


def survives(kind: str, written: str, output: str) -> bool:
    """Whether it stands in the output: a number by its groups of digits, anything else letter by letter."""
    if kind in ("name", "other", "mail", "site"):
        return written in output
    groups = re.findall(r"\d+", written)
    return re.search(r"(?<!\d)" + r"\D{1,3}".join(groups) + r"(?!\d)", output) is not None


def lost(translator: Translator, strategy: Strategy) -> Iterator[tuple[str, bool, str, str]]:
    """Kind, whether it survived, source and output, of everything that must be copied."""
    made = sentences(translator.source_language)
    for sentence, found in zip(made, translator.translate_all([each.text for each in made], strategy), strict=True):
        for kind, written in sentence.copied:
            yield kind, survives(kind, written, found.text), sentence.text, found.text


def main() -> None:
    """Print the shares; with --show also what was lost."""
    models, show = [name for name in sys.argv[1:] if name != "--show"], "--show" in sys.argv
    for model in models:
        translator = load(model)
        for strategy in (Greedy(), Beam()):
            asked: Counter[str] = Counter()
            kept: Counter[str] = Counter()
            for kind, survived, source, output in lost(translator, strategy):
                asked[kind] += 1
                kept[kind] += survived
                if show and not survived:
                    sys.stdout.write(f"  {kind}: {source} -> {output}\n")
            share = 100 * sum(kept.values()) / sum(asked.values())
            shares = "  ".join(f"{kind} {kept[kind]}/{asked[kind]}" for kind in asked)
            sys.stdout.write(f"{model} {strategy.name}: {share:.1f} %  {shares}\n")


if __name__ == "__main__":
    main()
