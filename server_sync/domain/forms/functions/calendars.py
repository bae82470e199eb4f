"""Short names of months and weekdays in the languages forms are written in (CLDR); formatting is `dates`'."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """Twelve months from January, seven weekdays from Monday."""

    months: Sequence[str]
    weekdays: Sequence[str]


def _names(months: str, weekdays: str) -> Names:
    return Names(months.split(), weekdays.split())


_NUMBERED = " ".join(f"{month}月" for month in range(1, 13))
_ENGLISH = _names("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "Mon Tue Wed Thu Fri Sat Sun")
KNOWN: Mapping[str, Names] = {
    "en": _ENGLISH,
    "zh": _names(_NUMBERED, "周一 周二 周三 周四 周五 周六 周日"),
    "ja": _names(_NUMBERED, "月 火 水 木 金 土 日"),
    "ko": _names("1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월", "월 화 수 목 금 토 일"),
    "fr": _names(
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "lun. mar. mer. jeu. ven. sam. dim.",
    ),
    "es": _names("ene feb mar abr may jun jul ago sept oct nov dic", "lun mar mié jue vie sáb dom"),
    "pt": _names(
        "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
        "seg. ter. qua. qui. sex. sáb. dom.",
    ),
    "de": _names(
        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        "Mo Di Mi Do Fr Sa So",
    ),
    "ru": _names(
        "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
        "пн вт ср чт пт сб вс",
    ),
    "vi": Names(
        [f"thg {month}" for month in range(1, 13)], ["Th 2", "Th 3", "Th 4", "Th 5", "Th 6", "Th 7", "CN"]
    ),
    "id": _names("Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des", "Sen Sel Rab Kam Jum Sab Min"),
}
_WRITTEN = {
    "english": "en", "中文": "zh", "汉语": "zh", "chinese": "zh", "简体中文": "zh", "日本語": "ja", "japanese": "ja",
    "한국어": "ko", "korean": "ko", "français": "fr", "french": "fr", "español": "es", "spanish": "es",
    "português": "pt", "portuguese": "pt", "deutsch": "de", "german": "de", "русский": "ru", "russian": "ru",
    "tiếng việt": "vi", "vietnamese": "vi", "bahasa indonesia": "id", "indonesian": "id",
}  # fmt: skip
_CODE = re.compile(r"\(([A-Za-z]{2})(?:[-_][^)]*)?\)\s*$")


def names_in(language: str) -> Names:
    """The names in a form's language such as "中文 (zh)", "zh-CN" or "Français"; English where it is not known."""
    code = _CODE.search(language)
    plain = language.strip().lower()
    return KNOWN.get(code[1].lower() if code else _WRITTEN.get(plain, re.split("[-_]", plain)[0]), _ENGLISH)
