"""Forms of any size as a call centre writes them, as XLSForm: modules of five parts, each part of twenty questions.

A part is asked when the last question of the part before it in its module says so; inside, answers open further
questions, amounts are multiplied and limited, cities follow provinces, and every fifth part has a repeat. Each part's
score is added to the total so far, so that one early answer reaches all totals after it.
"""

from collections.abc import Iterator

PART = 20
PARTS_OF_MODULE = 5
PROVINCES = 10
CITIES = 10
PRODUCTS = 30

_COLUMNS = (
    "| type | name | label | relevant | required | constraint | constraint_message | calculation | choice_filter"
    " | appearance |"
)
# `#` is the number of the part, `@` that of the part before it.
_BEGIN = """
| begin_group | part_# | 第 # 部分 | {opened} | | | | | | |
| select_one level | level_# | 您对这次服务满意吗? | | yes | | | | | |
| text | because_# | 哪里让您不满意? | ${level_#} <= 2 | | string-length(.) < 200 | 请简短一些 | | | |
| select_multiple reason | reasons_# | 有哪些原因? | ${level_#} <= 3 | | count-selected(.) <= 4 | 最多选四项 | | | |
| text | other_# | 其他原因是什么? | selected(${reasons_#}, 'other') | | | | | | |
| calculate | score_# | | | | | | coalesce(${level_#}, 0) * 2 - count-selected(${reasons_#}) | | |
| calculate | total_# | | | | | | {before} + ${score_#} | | |
| integer | pieces_# | 您买了几件? | | yes | . >= 0 and . <= 1000 | 0 到 1000 之间 | | | |
| decimal | price_# | 每件多少钱? | ${pieces_#} > 0 | | . > 0 and . < 100000 | 请核对金额 | | | |
| calculate | amount_# | | | | | | round(coalesce(${pieces_#}, 0) * coalesce(${price_#}, 0), 2) | | |
| note | told_# | 一共 ${amount_#} 元,第 # 部分得分 ${score_#}。 | ${amount_#} > 0 | | | | | | |
| date | bought_# | 哪一天买的? | | | . >= date('2000-01-01') and . <= date('2040-12-31') | 日期不对 | | | |
| select_one yes_no | solved_# | 问题解决了吗? | ${level_#} <= 3 | | | | | | |
| text | open_# | 还有什么没有解决? | ${solved_#} = 'no' | | | | | | |
| select_one province | province_# | 您在哪个省? | | | | | | | minimal |
| select_one city | city_# | 哪个城市? | ${province_#} != '' | | | | | province = ${province_#} | minimal |
| select_one product | product_# | 主要用哪个产品? | | | | | | | |
| integer | months_# | 用了几个月? | ${product_#} != '' | | . >= 0 and . < 600 | 请核对 | | | |
| text | wish_# | 还有什么希望? | ${months_#} > 12 or ${level_#} >= 4 | | | | | | |
"""
_TOGETHER = """
| begin_group | again_# | 再次购买 | ${level_#} >= 3 | | | | | | field-list |
| integer | nps_# | 您会推荐给朋友吗? | | yes | . >= 0 and . <= 10 | 0 到 10 | | | |
| text | why_# | 为什么? | ${nps_#} < 9 | | | | | | |
| select_one yes_no | buy_# | 还会买吗? | | | | | | | |
| text | when_# | 大概什么时候? | ${buy_#} = 'yes' | | | | | | |
| end_group | | | | | | | | | |
"""
_REPEATED = """
| begin_repeat | member_# | 家里的其他人 | ${level_#} >= 2 | | | | | | |
| text | name_# | 怎么称呼? | | | | | | | |
| integer | age_# | 年龄? | | | . >= 0 and . <= 120 | 请核对年龄 | | | |
| calculate | adult_# | | | | | | if(${age_#} >= 18, 1, 0) | | |
| select_one yes_no | uses_# | 也用我们的产品吗? | ${age_#} >= 18 | | | | | | |
| text | opinion_# | 觉得怎么样? | ${uses_#} = 'yes' | | | | | | |
| end_repeat | | | | | | | | | |
| calculate | adults_# | | | | | | sum(${adult_#}) | | |
"""
_END = """
| select_one yes_no | more_# | 可以继续吗? | | yes | | | | | |
| end_group | | | | | | | | | |
"""


def made_form(questions: int) -> bytes:
    """The form as the Markdown that XLSForm tools read, with exactly so many questions (notes among them)."""
    parts = questions // PART
    survey = [line for part in range(1, parts + 1) for line in _part(part)]
    survey += [
        f"| text | remark_{number} | 补充说明 {number} |{' |' * 7}"
        for number in range(1, questions % PART + 1)
    ]
    survey += [
        f"| calculate | total | | | | | | {f'${{total_{parts}}}' if parts else '0'} | | |",
        "| calculate | grade | | | | | | if(${total} > 50, 'a', if(${total} > 20, 'b', 'c')) | | |",
    ]
    settings = ["| form_title | form_id | version |", f"| 满意度回访 | bench_{questions} | 1 |"]
    sheets = {"survey": [_COLUMNS, *survey], "choices": list(_choices()), "settings": settings}
    lines = [line for name, rows in sheets.items() for line in (f"| {name} |", *(f"| {row}" for row in rows))]
    return "\n".join(lines).encode()


def _part(number: int) -> Iterator[str]:
    """The rows of one part, numbered."""
    tail = _REPEATED if number % PARTS_OF_MODULE == 0 else _TOGETHER
    opened = "" if number % PARTS_OF_MODULE == 1 else "${more_@} = 'yes'"
    before = "0" if number == 1 else "${total_@}"
    for line in (_BEGIN + tail + _END).splitlines():
        if line:
            row = line.replace("{opened}", opened).replace("{before}", before)
            yield row.replace("#", str(number)).replace("@", str(number - 1))


def _choices() -> Iterator[str]:
    yield "| list_name | name | label | province |"
    for number, label in enumerate(("很不满意", "不满意", "一般", "满意", "很满意"), 1):
        yield f"| level | {number} | {label} | |"
    for value, label in (("yes", "是"), ("no", "否")):
        yield f"| yes_no | {value} | {label} | |"
    for value, label in (
        *((f"reason_{number}", f"原因 {number}") for number in range(1, 8)),
        ("other", "其他"),
    ):
        yield f"| reason | {value} | {label} | |"
    for number in range(1, PRODUCTS + 1):
        yield f"| product | product_{number} | 产品 {number} | |"
    for province in range(1, PROVINCES + 1):
        yield f"| province | province_{province} | 省份 {province} | |"
        for city in range(1, CITIES + 1):
            yield f"| city | city_{province}_{city} | 城市 {province}-{city} | province_{province} |"
