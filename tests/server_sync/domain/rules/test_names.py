"""What a masked name keeps: the surname of a person, place and trade of a firm."""

import pytest

from server_sync.domain.rules.names import mask_firm, mask_person


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("陈某某", "陈*"),
        ("陈某", "陈*"),
        ("陈", "陈*"),
        (" 欧阳某 ", "欧阳*"),
        ("欧阳", "欧*"),
        ("Ann Example", "A* E*"),
        ("", ""),
    ],
)
def test_person_keeps_the_surname(name: str, shown: str) -> None:
    assert mask_person(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("杭州某某电子有限公司", "杭州**电子"),
        ("杭州某某电子股份有限公司（萧山）", "杭州**电子"),
        ("某某集团有限公司", "某**"),
        ("某某电子", "某**"),
        ("公司", "公**"),
        ("", ""),
    ],
)
def test_firm_keeps_place_and_trade_without_its_legal_form(name: str, shown: str) -> None:
    assert mask_firm(name) == shown
