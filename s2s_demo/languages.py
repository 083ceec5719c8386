"""What the program must know of a human language: its name, how its words are divided, how BLEU cuts it.

A language is named by a tag of BCP 47 ("zh", "zh-CN", "FR"); only its primary subtag counts here.
"""

from dataclasses import dataclass
from functools import lru_cache

from s2s_demo.errors import SettingError

# ISO 639-1, as far as corpora and test sets of translations are common.
_NAMES = """
af Afrikaans   am Amharic     ar Arabic      az Azerbaijani be Belarusian  bg Bulgarian   bn Bengali     bo Tibetan
br Breton      bs Bosnian     ca Catalan     cs Czech       cy Welsh       da Danish      de German      el Greek
en English     eo Esperanto   es Spanish     et Estonian    eu Basque      fa Persian     fi Finnish     fo Faroese
fr French      fy Frisian     ga Irish       gd Gaelic      gl Galician    gu Gujarati    ha Hausa       he Hebrew
hi Hindi       hr Croatian    ht Haitian     hu Hungarian   hy Armenian    ia Interlingua id Indonesian  ig Igbo
is Icelandic   it Italian     ja Japanese    jv Javanese    ka Georgian    kk Kazakh      km Khmer       kn Kannada
ko Korean      ku Kurdish     ky Kyrgyz      la Latin       lb Luxembourgish             ln Lingala     lo Lao
lt Lithuanian  lv Latvian     mg Malagasy    mi Maori       mk Macedonian  ml Malayalam   mn Mongolian   mr Marathi
ms Malay       mt Maltese     my Burmese     nb Norwegian   ne Nepali      nl Dutch       nn Norwegian   no Norwegian
oc Occitan     om Oromo       or Odia        pa Punjabi     pl Polish      ps Pashto      pt Portuguese  ro Romanian
ru Russian     rw Kinyarwanda sa Sanskrit    sd Sindhi      si Sinhala     sk Slovak      sl Slovenian   sn Shona
so Somali      sq Albanian    sr Serbian     su Sundanese   sv Swedish     sw Swahili     ta Tamil       te Telugu
tg Tajik       th Thai        tk Turkmen     tl Tagalog     tr Turkish     tt Tatar       ug Uyghur      uk Ukrainian
ur Urdu        uz Uzbek       vi Vietnamese  wo Wolof       xh Xhosa       yi Yiddish     yo Yoruba      zh Chinese
zu Zulu
"""
NAMES: dict[str, str] = dict(zip(_NAMES.split()[::2], _NAMES.split()[1::2], strict=True))
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo"})  # written without spaces between words


@dataclass(frozen=True)
class Language:
    """One human language; `code` and `name` are "" for texts that are in none (dates, sums) or in an unnamed one.

    `spaced` says whether spaces divide its words: where they do not, sentences are joined without a
    space, lengths are counted in characters, and `bleu_tokeniser` (sacrebleu's name) cuts characters.
    """

    code: str
    name: str
    spaced: bool = True

    @property
    def joiner(self) -> str:
        """What stands between two sentences."""
        return " " if self.spaced else ""

    @property
    def bleu_tokeniser(self) -> str:
        """13a for spaced writing; "zh" for Chinese, characters for the others."""
        if self.spaced:
            return "13a"
        return "zh" if self.code == "zh" else "char"


@lru_cache
def language_of(tag: str) -> Language:
    """The language that a tag names ("" names none); SettingError for an unknown one."""
    code = tag.replace("_", "-").partition("-")[0].strip().lower()
    if not tag.strip():
        return Language("", "")
    if code not in NAMES:
        raise SettingError("language.unknown", tag=tag)
    return Language(code, NAMES[code], code not in _UNSPACED)
