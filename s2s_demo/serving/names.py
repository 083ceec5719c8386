"""What models and tasks are called, wherever they are offered."""

PAIR = "{} → {}"
READS = "{language} sentences"
ATTENTION_KIND = "{name} attention"
NO_ATTENTION_KIND = "no attention"
TASKS = {
    "dates": "Dates: 3 May 2021 → 2021-05-03",
    "reverse": "Reverse: hello → olleh",
    "sort": "Sort letters: hello → ehllo",
    "numerals-en": "Numerals, English: forty-two → 42",
    "numerals-fr": "Numerals, French: quarante-deux → 42",
    "numerals-de": "Numerals, German: zweiundvierzig → 42",
    "numerals-zh": "Numerals, Chinese: 四十二 → 42",
    "roman": "Roman numerals: XLII → 42",
    "addition": "Addition: 17+25 → 42",
    "spelling": "Spelling: mend words with typing errors",
    "python": "English → Python expressions",
    "multi30k-en-fr": "Captions, English → French (Multi30k)",
    "multi30k-en-de": "Captions, English → German (Multi30k)",
    "multi30k-fr-en": "Captions, French → English (Multi30k)",
    "multi30k-de-en": "Captions, German → English (Multi30k)",
    "tatoeba-en-fr": "Everyday sentences, English → French (Tatoeba)",
    "tatoeba-en-de": "Everyday sentences, English → German (Tatoeba)",
    "tatoeba-fr-en": "Everyday sentences, French → English (Tatoeba)",
    "tatoeba-de-en": "Everyday sentences, German → English (Tatoeba)",
    "tatoeba-zh-en": "Everyday sentences, Chinese → English (Tatoeba)",
    "tatoeba-en-zh": "Everyday sentences, English → Chinese (Tatoeba)",
    "en-fr": "All we have, English → French",
    "fr-en": "All we have, French → English",
    "en-de": "All we have, English → German",
    "de-en": "All we have, German → English",
    "zh-en": "All we have, Chinese → English",
    "en-zh": "All we have, English → Chinese",
}
