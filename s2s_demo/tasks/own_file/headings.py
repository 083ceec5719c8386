"""Names of columns: what a cell such as "english_sentence", "Source text" or 中文 says about the column below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ROLES = {
    "source": "source src original from input query prompt question origin quelle ausgangstext origen origine "
    "原文 源 源语言 源文 源文本 输入 問題 问题 入力",
    "target": "target tgt trg translation translated traduction traducción traduccion traduzione tradução übersetzung "
    "reference ref meaning definition bedeutung significado to output answer response completion reply ziel zieltext "
    "destino cible 译文 譯文 訳文 翻译 翻譯 "
    "翻訳 目标 目标语言 目标文本 输出 答案 回答 释义 出力",
}
_LANGUAGES = {
    "en": "eng english anglais englisch inglés ingles inglese engels английский 英文 英语 英語 영어",
    "fr": "fra fre french français francais französisch francés frances francese 法文 法语 法語 フランス語 프랑스어",
    "de": "deu ger german allemand deutsch alemán aleman tedesco немецкий 德文 德语 德語 ドイツ語 독일어",
    "es": "spa spanish espagnol spanisch español espanol spagnolo 西班牙文 西班牙语 西班牙語 スペイン語 스페인어",
    "it": "ita italian italien italienisch italiano итальянский 意大利文 意大利语 イタリア語",
    "pt": "por portuguese portugais portugiesisch português portugues portugués 葡萄牙文 葡萄牙语 ポルトガル語",
    "nl": "nld dut dutch néerlandais niederländisch nederlands holandés",
    "ru": "rus russian russe russisch ruso русский 俄文 俄语 俄語 ロシア語 러시아어",
    "uk": "ukr ukrainian українська",
    "zh": "zho chi cmn chinese mandarin chinois chinesisch chino 中文 汉语 漢語 普通话 国语 國語 中国語 중국어",
    "ja": "jpn japanese japonais japanisch japonés японский 日文 日语 日語 日本語 일본어",
    "ko": "kor korean coréen koreanisch coreano 韩文 韩语 韓語 韓国語 한국어",
    "cs": "ces cze czech tchèque tschechisch čeština česky",
    "pl": "pol polish polonais polnisch polski",
    "tr": "tur turkish türkçe",
    "ar": "ara arabic arabe arabisch العربية عربي 阿拉伯语",
    "sv": "swe swedish svenska",
    "da": "dan danish dansk",
    "nb": "nob norwegian norsk",
    "fi": "fin finnish suomi",
    "el": "ell greek ελληνικά",
    "hu": "hun hungarian magyar",
    "ro": "ron rum romanian română",
    "vi": "vie vietnamese",
    "he": "heb hebrew עברית",
    "hi": "hin hindi हिन्दी",
    "fa": "fas persian farsi فارسی",
    "eo": "epo esperanto",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_LANGUAGE_OF = {word: code for code, words in _LANGUAGES.items() for word in [code, *words.split()]}
_FILLERS = frozenset(
    "sentence sentences text texts phrase phrases segment string line word words utterance language lang column col "
    "side term vocabulary caption satz text wort mot mots frase palabra langue sprache テキスト".split()
)
_BESIDE = frozenset("id ids index number nr licence license attribution copyright credits status score url".split())
_REGION = re.compile(r"([a-z]{2,3})[-_][a-z]{2,4}")  # en-US, zh_Hans
_WORDS = re.compile(r"[^\W\d_]+")
_CHINESE_FILLERS = re.compile("句子|例句|文本")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IDENTIFIER = re.compile(r"[A-Za-z]+(?:[_.][A-Za-z0-9]+)+")
_NUMBERED = re.compile(r"([^\W\d_].*?)[ _-]?([0-9]|[A-Ba-b])")
LONGEST_NAME = 40  # characters


@dataclass(frozen=True)
class Name:
    """What a heading says: "source" or "target", a language's code, or only that here are texts."""

    role: str = ""
    language: str = ""
    bare_code: bool = False


def name_of(cell: str) -> Name | None:
    """What a cell says as a heading; None where it holds any other word."""
    region = _REGION.fullmatch(cell.casefold())
    text = region[1] if region and region[1] in _LANGUAGE_OF else _CHINESE_FILLERS.sub(" ", cell)
    words = [word.casefold() for part in _CAMEL.split(text) for word in _WORDS.findall(part)]
    roles = {_ROLE_OF[word] for word in words if word in _ROLE_OF}
    languages = {_LANGUAGE_OF[word] for word in words if word in _LANGUAGE_OF}
    if not words or len(roles) > 1 or len(languages) > 1:
        return None
    if any(word not in _ROLE_OF and word not in _LANGUAGE_OF and word not in _FILLERS for word in words):
        return None
    code = len(words) == 1 and words[0] in _LANGUAGE_OF and len(words[0]) == 2
    return Name("".join(roles), "".join(languages), bool(code))


def are_names(source: str, target: str) -> bool:
    """Whether two cells are the names of two columns, and not a word and its translation.

    `question` and `question`, `French` and `français` say the same, so they may be a pair.
    """
    one, other = name_of(source), name_of(target)
    if one and other:
        if one.role and other.role and one.role != other.role:
            return True
        if one.language and other.language:
            return one.language != other.language and {source, target} != {"it", "es"}  # it -> es: German
        role, rest = (one, other) if one.role else (other, one)
        if role.role == "target" and not rest.role and not rest.bare_code:
            return True  # text, translation
    numbered = [_NUMBERED.fullmatch(cell) for cell in (source, target)]
    return bool(numbered[0] and numbered[1] and numbered[0][1] == numbered[1][1] and numbered[0][2] != numbered[1][2])


def is_heading(first: Sequence[str], chosen: tuple[int, int], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: by its words, or because it is unlike all that stands below.

    `first` and `below` hold the first cell and the others of each column; `chosen` counts from 0.
    """
    source, target = (first[place] for place in chosen)
    if not source or not target or max(len(source), len(target)) > LONGEST_NAME:
        return False
    ends = (".", "!", "?", "。", "！", "？", "…")
    if source.endswith(ends) or target.endswith(ends):
        return False
    if are_names(source, target):
        return not any(_alike(first[place], below[place]) for place in chosen)
    if all(_IDENTIFIER.fullmatch(first[place]) for place in chosen):
        return not any(_IDENTIFIER.fullmatch(cell) for place in chosen for cell in below[place])
    return any(
        _names_numbers(cell, column, place in chosen)
        for place, (cell, column) in enumerate(zip(first, below, strict=True))
    )


def _alike(name: str, column: Sequence[str]) -> bool:
    """Whether a numbered name ("number 1") has its like below."""
    numbered = _NUMBERED.fullmatch(name)
    return bool(numbered and not name_of(name) and any(cell.startswith(numbered[1]) for cell in column))


def _names_numbers(cell: str, column: Sequence[str], is_chosen: bool) -> bool:
    """Whether a cell without a figure stands above figures alone, or has the name of such a column."""
    if not column or cell in column or any(map(str.isdigit, cell)):
        return False
    if all(any(map(str.isdigit, value)) and " " not in value for value in column):
        return True
    return not is_chosen and cell.casefold() in _BESIDE
