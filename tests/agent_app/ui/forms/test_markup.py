"""The formatting of labels: emphasis stays, everything else becomes words, nothing becomes HTML of the form's own."""

import pytest

from agent_app.ui.forms.markup import plain, rich


@pytest.mark.parametrize(
    ("label", "shown", "words"),
    [
        ("**请**核对", "<b>请</b>核对", "请核对"),
        ("_不含_运费", "<i>不含</i>运费", "不含运费"),
        ("see [docs](https://example.org/a_b)", "see docs", "see docs"),
        ("# 第一部分\n您好", "第一部分<br/>您好", "第一部分\n您好"),
        ('<span style="color:red">红</span>字<br/>下一行', "红字<br/>下一行", "红字\n下一行"),
        ("a < b & c", "a &lt; b &amp; c", "a < b & c"),
        (
            "<img src=x><script>1</script>",
            "&lt;img src=x&gt;&lt;script&gt;1&lt;/script&gt;",
            "<img src=x><script>1</script>",
        ),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("几口人？ *", "几口人？ *", "几口人？ *"),
    ],
)
def test_a_label_as_it_is_shown_and_as_it_is_said(label: str, shown: str, words: str) -> None:
    assert (rich(label), plain(label)) == (shown, words)
