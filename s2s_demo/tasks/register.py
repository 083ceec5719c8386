"""Which French "you" a sentence says, so that a model learns one of them and mixes none."""

from collections import Counter

_FAMILIAR = frozenset("tu te t' toi ton ta tes".split())
_POLITE = frozenset("vous votre vos".split())


def register(french: str) -> str:
    """ "tu", "vous" or "" (neither, or both) for a French sentence."""
    words = Counter(french.lower().replace("'", "' ").replace("-", " ").strip(" .!?").split())
    familiar, polite = bool(_FAMILIAR & words.keys()), bool(_POLITE & words.keys())
    polite = polite or any(word.endswith("ez") and word not in ("chez", "assez", "nez", "rez") for word in words)
    return "" if familiar == polite else "tu" if familiar else "vous"


def one_register(translations: list[str], language: str) -> list[str]:
    """Where a French sentence exists with tu and with vous, keep vous: a model that saw both mixes them."""
    if language != "fr" or not any(register(text) == "vous" for text in translations):
        return translations
    return [text for text in translations if register(text) != "tu"]
