"""The knowledge base from a spreadsheet: columns by their names, errors by row and column, nothing changed twice."""

from pathlib import Path
from typing import Any

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import ArticleKind, Purpose
from server_sync.intake.knowledge import MAX_ARTICLES, GivenArticles, read_articles
from server_sync.intake.workbook import read_workbook_file
from server_sync.store.articles import READY, Fate, put, put_ready, ready
from server_sync.store.database import Database
from tests.server_sync.intake.importing import IDS, rows, sheets_workbook, text_workbook
from tests.server_sync.organisation import NOW

LIST = """
    编码,类别,标题,关键词,内容,适用目的,来源
    faq_1,知识,打印模糊,打印机、模糊，发淡,先换纸,服务,M5.11
    obj_1,异议,太贵了,,先听客户说完,营销;调研,
"""


def read(text: str) -> GivenArticles:
    return read_articles(text_workbook(text))


def wrong(given: GivenArticles) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.kind.value) for one in given.findings.errors]


def store(database: Database, given: GivenArticles, now: int = NOW) -> dict[Fate, int]:
    with database.write(now) as tx:
        return dict(put(tx, IDS, given.articles, None))


def articles(database: Database) -> list[dict[str, Any]]:
    return sorted(rows(database, "article"), key=lambda row: row["code"])


def test_m5_11_articles_come_with_their_words_and_purposes(database: Database) -> None:
    assert store(database, read(LIST)) == {Fate.CREATED: 2}
    first, second = articles(database)
    assert (first["kind"], first["title"], first["body"]) == ("knowledge", "打印模糊", "先换纸")
    assert first["keywords"] == ["打印机", "模糊", "发淡"]
    assert (first["purposes"], first["source"], first["active"]) == (["service"], "M5.11", True)
    assert (second["purposes"], second["keywords"]) == (["marketing", "survey"], [])


def test_a_second_run_changes_nothing_and_a_change_one_row(database: Database) -> None:
    store(database, read(LIST))
    before = articles(database)
    assert store(database, read(LIST), NOW + 1) == {Fate.UNCHANGED: 2}
    assert articles(database) == before
    changed = store(database, read(LIST.replace("先换纸", "先看设置")), NOW + 2)
    assert changed == {Fate.UPDATED: 1, Fate.UNCHANGED: 1}
    first, second = articles(database)
    assert (first["body"], first["changed_at"], first["rev"]) == ("先看设置", NOW + 2, 2)
    assert second == before[1]


def test_columns_are_known_by_their_names_in_any_order_and_a_title_may_stand_above() -> None:
    given = read("知识库文章,,,\nTitle,Body,Code,Kind\n打印模糊,先换纸,faq_1,knowledge\n")
    assert [(one.code, one.kind, one.title) for one in given.articles] == [("faq_1", "knowledge", "打印模糊")]


def test_what_is_wrong_is_told_by_row_and_column_and_the_others_are_taken() -> None:
    given = read(
        """
        编码,类别,标题,内容,适用目的
        a,知识,标题一,内容一,
        b,小说,标题二,内容二,
        c,异议,,内容三,
        a,应急,标题四,内容四,
        d,安抚,标题五,内容五,闲聊
        e,安抚,标题六,内容六,服务
        """
    )
    assert [one.code for one in given.articles] == ["a", "e"]
    assert wrong(given) == [
        (3, "类别", "field_invalid"),
        (4, "标题", "field_missing"),
        (5, "编码", "duplicate_row"),
        (6, "适用目的", "field_invalid"),
    ]


def test_a_text_that_is_too_long_refuses_its_row() -> None:
    given = read(f"编码,类别,标题,内容\na,知识,标题,{'长' * 4_001}\n")
    assert (given.articles, wrong(given)) == ([], [(2, "内容", "text_too_long")])


def test_a_file_of_something_else_and_an_endless_one_are_refused_as_a_whole() -> None:
    with pytest.raises(KnownError) as missing:
        read("姓名,电话\n客户 A,13812345678\n")
    assert missing.value.kind is ErrorKind.HEADER_MISSING
    head = ["编码", "类别", "标题", "内容"]
    many = [[f"a{number}", "知识", "标题", "内容"] for number in range(MAX_ARTICLES + 1)]
    with pytest.raises(KnownError) as endless:
        read_articles(sheets_workbook(知识库=[head, *many]))
    assert endless.value.kind is ErrorKind.TOO_MANY_ROWS


def test_the_articles_that_come_with_the_program_are_a_file_that_can_be_imported() -> None:
    given = read_articles(read_workbook_file(READY))
    assert (wrong(given), given.articles) == ([], ready())
    assert len(given.articles) >= 30
    assert {one.kind for one in given.articles} == {kind.value for kind in ArticleKind}
    assert {word for one in given.articles for word in one.purposes} <= {one.value for one in Purpose}
    sources = {source for one in given.articles for source in (one.source or "").split()}
    assert {"M5.2", "M5.5", "M5.6", "M5.8", "M5.11"} <= sources
    for one in given.articles:
        assert one.keywords, one.code
        if one.kind == ArticleKind.OBJECTION:
            assert one.body.index("【倾听】") < one.body.index("【共情】") < one.body.index("【解决方案】")


def test_a_company_gets_the_ready_ones_once_and_keeps_what_it_made_of_them(database: Database) -> None:
    with database.write(NOW) as tx:
        assert put_ready(tx, IDS) == len(ready())
    own = read("编码,类别,标题,内容\nfaq_blur,知识,打印不清楚,找小李\n")
    assert store(database, own, NOW + 1) == {Fate.UPDATED: 1}
    with database.write(NOW + 2) as tx:
        assert put_ready(tx, IDS) == 0
    assert next(row["body"] for row in articles(database) if row["code"] == "faq_blur") == "找小李"


def test_the_command_says_what_it_did_and_what_it_could_not(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from server_sync.__main__ import main

    file = tmp_path / "articles.csv"
    file.write_text("编码,类别,标题,内容\na,知识,标题,内容\nb,小说,标题,内容\n", encoding="utf-8")
    address = database.url.render_as_string(hide_password=False)
    assert main(["knowledge", "import", str(file), "--json", "--database", address]) == 0
    report, told = capsys.readouterr()
    words = told.splitlines()
    assert any("3" in line and "类别" in line and "小说" in line for line in words)
    assert report.startswith(
        '{"created": 1, "updated": 0, "unchanged": 0, "errors": [{"sheet": "articles", "row": 3'
    )
