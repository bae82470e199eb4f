"""Names as they may be shown where the person or firm must not be told: masked, never stored like that."""

import re

# Surnames of two characters that the practice meets; others count as one.
_COMPOUND = re.compile(
    r"欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|"
    r"濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|子车|亓官|司寇|巫马|"
    r"公西|颛孙|壤驷|公良|漆雕|乐正|宰父|谷梁|拓跋|夹谷|轩辕|令狐|段干|百里|呼延|东郭|南门|羊舌|"
    r"微生|梁丘|左丘|东门|西门|第五|歐陽|東方|獨孤|諸葛|尉遲|赫連|澹臺"
)
_LEGAL_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|总公司|分公司|公司|集团|[（(][^）)]*[）)])$"
)
_LATIN_WORD = re.compile(r"([A-Za-zÀ-ÿ])[A-Za-zÀ-ÿ'’.-]+")


def mask_person(name: str) -> str:
    """A person's name with its surname alone: "陈*", "欧阳*"; Latin words keep their first letter: "J* S*"."""
    plain = name.strip()
    if not plain:
        return ""
    if plain[0].isascii():
        return _LATIN_WORD.sub(r"\1*", plain)
    surname = plain[:2] if len(plain) > 2 and _COMPOUND.match(plain) else plain[:1]
    return f"{surname}*"


def mask_firm(name: str) -> str:
    """A firm's name with its place and trade, without its legal form: "杭州**电子"; a short name keeps one
    character.
    """
    plain = name.strip()
    while (core := _LEGAL_FORM.sub("", plain)) and core != plain:
        plain = core
    if not plain:
        return ""
    if len(plain) < 5:
        return f"{plain[0]}**"
    return f"{plain[:2]}**{plain[-2:]}"


def mask_customer(kind: str, name: str) -> str:
    """A customer's name, masked as that of the firm or person that he is (`customer.kind`)."""
    return mask_firm(name) if kind == "company" else mask_person(name)
