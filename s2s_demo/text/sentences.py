"""Where a sentence ends, by one rule for all scripts.  Knows no languages' grammar, only a few tables of words.

A sentence ends after an end mark and whatever closes with it (quotes, brackets, an emoji) where
another one can begin.  A full stop may belong to an abbreviation: that depends on what may follow it.
"""

import re
from collections.abc import Iterator

from s2s_demo.text.writing import EMOJI, lines_of, normalise

_SPACED_END = ".!?…．‼⁇⁈⁉"  # ends a sentence before a space
_END = "。！？｡।॥؟۔։።"  # ends a sentence anywhere
_OPENING, _CLOSING = "“([{«‹„「『（【《〈〔［｛｢¿¡", "”'’)]}»›」』）】》〉〕］｝｣"
_QUOTES = {"”": "“", "」": "「", "』": "『", "｣": "｢"}
_BRACKETS = {")": "(", "）": "（", "]": "[", "】": "【", "〕": "〔", "］": "［"}
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff"  # kana and Han characters: written without spaces

_ENDING = re.compile(
    rf"[{_SPACED_END}{_END}](?:[{_SPACED_END}{_END}{re.escape(_CLOSING)}]| ?[»›](?= |$)|[«‹](?= |$)"
    rf"| [!?]| ?[{EMOJI}\u200d\ufe0f]+(?= |$|[{_UNSPACED}]))*"
)
_CHINESE_STOP = re.compile(rf"[!?]|(?<=[{_UNSPACED}])\.")  # typed on a Latin keyboard
_BEGINNING = re.compile(rf" ?(?:[{re.escape(_OPENING)}\"'] ?|[-–—•] |[$€£¥#@])*([^\W_])")
_FOLLOWING = re.compile(r"[^\W_]+\.?")

# Abbreviations by what may follow them.
_ANYTHING = set(
    "Mr Mrs Ms Mx Dr Prof Gen Col Capt Cpt Lt Sgt Maj Adm Gov Sen Rep Rev Hon Pres Msgr Mgr M MM Mme Mlle Mt Ft Ste "
    "Hr Hrn Fr Frl Sr Sra Srta Sres Dra Dña EE vs cf approx env ca bzw ggf evtl inkl exkl resp sog vgl insb "
    "Messrs Ud Uds e.g i.e p.ex p.ej z.B d.h u.a z.T s.o s.u o.ä i.d.R P.S N.B".split()
)
_A_NAME = set("St Jr al Chr Bros Co UU Av av bd z v n o Mio Mrd geb med Ing h.c".split())
_A_NUMBER = set(
    "No Nos Nr no nos nr nº Nº núm Núm num p pp P S s pág págs Pág Fig Figs fig figs Abb Tab Tel tel Vol Vols vol Bd "
    "Ch ch Chap chap Kap Sec sec Sect Art art Arts Abs Eq eq c v Av Str str "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Okt Dez janv févr avr juil sept oct nov déc "
    "ene abr ago dic Mon Tue Tues Wed Thu Thurs Fri Sat Sun Op op ft lb lbs max min".split()
)
# Capitalised words that begin a sentence and are no names: after them an initial was the end of one.
_NO_NAMES = set(
    "I He She It We You They The This That These Those There Then Here What Who Why When Where How Which Whose But And "
    "Or So If In On At After Before My His Her Our Their Your Its Is Are Do Does Did Was Were Would No Not Yes Now "
    "Today Yesterday Tomorrow Later Next Suddenly Finally However Because Some Every Everyone Nobody Please Let "
    "Ich Du Er Sie Es Wir Ihr Der Die Das Ein Eine Einen Dann Da Dort Hier Und Aber Oder Wenn Wer Was Wo Wie Warum "
    "Wann Mein Meine Dein Deine Sein Seine Unser Unsere Ist Sind Hat Haben Nach Heute Gestern Morgen Danach Jetzt Nun "
    "Doch Als Bei Mit Sonst Später "
    "Je Tu Il Elle On Nous Vous Ils Elles Le La Les Un Une Des Ce Cette Ces Puis Alors Mais Et Ou Où Qui Que Quand "
    "Comment Pourquoi Mon Ma Mes Son Sa Ses Notre Votre Leur Dans En Après Ensuite Ici Est Hier C J Qu "
    "Yo Tú Él Ella Nosotros Ellos Ellas Usted El Los Las Una Lo Pero Y Entonces Luego Después Sí Es Está Hay Qué "
    "Quién Cuándo Dónde Cómo Mi Su Este Esta Hoy Ayer".split()
)
_ORDINAL = re.compile(  # German "bis 5. Mai", "sein 2. Buch"
    r"(?i:(?<!\bI )\b(?:am|im|vom|zum|zur|beim|bis|ab|seit|und|de[rmns]|die|das|(?:[mds]ein|ihr|unser|eur?|jed|dies)"
    r"(?:e[mnrs]?)?)) \d\d?$"
)
_MONTHS = set("Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember".split())
_LIST_NUMBER = re.compile(r"\d{1,3}")  # "1. Open the door."
_ROMAN = re.compile(r"[IVXLC]{2,}\.?")  # "Vol. II"
_PRONOUN = re.compile(r"[a-z] I$")  # "So am I."
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_a-zß-öø-ÿ]")
_LAST_WORD = re.compile(r"(?:(?<![^\W_])[^\W\d_]\.[ -]?)*(?:(?<![^\W_])[^\W\d_]|(?<=\. )e[xj])$|[^\W_]+$")


def split_sentences(text: str) -> list[str]:
    """Split what a person typed into sentences; each line is at least one sentence.

    Sentences come back normalised.  Nothing is lost: a part without a letter or digit stays with its
    neighbour, so that it is a sentence only where there is nothing else.
    """
    sentences: list[str] = []
    for line in lines_of(text):
        for part in _parts(normalise(line)):
            if sentences and not (_says_something(part) and _says_something(sentences[-1])):
                sentences[-1] += f" {part}"
            else:
                sentences.append(part)
    return sentences


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _parts(line: str) -> Iterator[str]:
    """The parts of a normalised line, cut at every end of a sentence."""
    directed, start = _directed(line), 0
    for ending in _ENDING.finditer(directed):
        if _ends(directed, start, ending):
            yield line[start : ending.end()].strip()
            start = ending.end()
    if line[start:]:
        yield line[start:].strip()


def _directed(line: str) -> str:
    """A line of the same length, where straight quotation marks open or close again."""
    marks = list(line)
    is_open = False
    for place, mark in enumerate(marks):
        if mark == '"':
            before, after = line[place - 1 : place] or " ", line[place + 1 : place + 2] or " "
            is_open = before == " " if (before == " ") != (after == " ") else not is_open
            marks[place] = "“" if is_open else "”"
    return "".join(marks)


def _ends(line: str, start: int, ending: re.Match[str]) -> bool:
    """Whether the sentence that began at `start` is over with an end mark and what closes with it."""
    rest = line[ending.end() :]
    beginning = _BEGINNING.match(rest)
    if not beginning:
        return False
    if not rest.startswith(" "):
        return _ends_without_a_space(line, ending, rest)
    if ending[0][0] not in _END and beginning[1].islower():
        return False
    following = _FOLLOWING.search(rest)
    return ending[0] != "." or following is None or not _goes_on(line[start : ending.start()], following[0])


def _ends_without_a_space(line: str, ending: re.Match[str], rest: str) -> bool:
    """The same before a neighbour: 。 ends anywhere, ! and ? before Han and kana do; quotes and brackets may go on.

    So does a full stop between two Han characters.  A quotation that begins a sentence goes on with
    who said it, and so do a bracket inside one and a title.
    """
    ends_anywhere = any(mark in _END for mark in ending[0])
    if not ends_anywhere and not (_CHINESE_STOP.match(line, ending.start()) and re.match(f"[{_UNSPACED}]", rest)):
        return False
    last = ending[0][-1]
    if last in "》〉":
        return False
    opening = _QUOTES.get(last) or _BRACKETS.get(last)
    if opening is None or rest[0] in _OPENING:
        return True
    before = line[: max(line.rfind(opening, 0, ending.end() - 1), 0)].rstrip()
    began = not before or before[-1] in _SPACED_END + _END + _CLOSING
    return began if last in _BRACKETS else not began and not re.match("[\u3041-\u309f]", rest)


def _goes_on(piece: str, following: str) -> bool:
    """Whether the full stop after a piece belongs to its last word, given the word that follows (with its stop)."""
    last = _LAST_WORD.search(piece)
    word = last[0].replace(" ", "") if last else ""
    words = {word}
    if last and piece.strip(_OPENING + " ") == last[0]:
        words.add(word[0].lower() + word[1:])  # "Vgl. S. 12": the capital is the sentence's
    if words & _ANYTHING or _LIST_NUMBER.fullmatch(piece.strip()):
        return True
    if following[0].isdigit() or _ROMAN.fullmatch(following):
        return bool(words & _A_NUMBER) or word.endswith("str")  # Hauptstr. 5
    if following in _NO_NAMES:
        return False
    return (
        bool(words & _A_NAME)
        or (_INITIALS.fullmatch(word) is not None and not _PRONOUN.search(piece))
        or _ORDINAL.search(piece) is not None
        or (word.isdigit() and following in _MONTHS)
    )
