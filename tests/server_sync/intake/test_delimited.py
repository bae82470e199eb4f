"""Delimited text: encodings, delimiters, quotes, damage."""

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.delimited import read_delimited, sniff_delimiter

TEXT = "编号,姓名,备注\n1,客户 A,喜欢晚上\n2,客户 B,不错\n"
ROWS = [["编号", "姓名", "备注"], ["1", "客户 A", "喜欢晚上"], ["2", "客户 B", "不错"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_usual_encoding_gives_the_same_rows(encoding: str) -> None:
    assert read_delimited("a", TEXT.encode(encoding)).rows == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    assert read_delimited("a", TEXT.replace(",", delimiter).encode()).rows == ROWS


def test_a_delimiter_inside_quotes_does_not_mislead() -> None:
    assert sniff_delimiter('a;b\n"1,5,6,7";2\n"3,5,6,7";4\n') == ";"


def test_a_lone_column_stays_one_column() -> None:
    assert read_delimited("a", "电话\n13800000001\n".encode()).rows == [["电话"], ["13800000001"]]


def test_empty_lines_keep_the_row_numbers() -> None:
    assert read_delimited("a", b"x,y\r\n\r\n1,2\r\n,\r\n").rows == [["x", "y"], [], ["1", "2"]]


def test_a_quoted_cell_may_hold_lines_and_delimiters() -> None:
    assert read_delimited("a", b'x,y\n"1\n2,3",4\n').rows == [["x", "y"], ["1\n2,3", "4"]]


def test_an_open_quote_never_swallows_the_rows_behind_it() -> None:
    with pytest.raises(KnownError) as caught:
        read_delimited("a", b'x,y\n1,2\n"3,4\n5,6\n')
    assert (caught.value.kind, caught.value.values) == (ErrorKind.FILE_UNREADABLE, {"row": 3})


def test_damaged_utf8_is_not_taken_for_gbk() -> None:
    damaged = (TEXT * 30).encode()[:-2].replace("晚".encode(), "晚".encode()[:2], 1)
    with pytest.raises(KnownError) as caught:
        read_delimited("a", damaged)
    assert (caught.value.kind, caught.value.values) == (ErrorKind.ENCODING_UNKNOWN, {"line": 2})
