"""The result codes of an attempt (AAPOR-based) and the tree by which the wrap-up offers them; words are made in views.

The practice's Chinese labels, for whoever puts the codes into words:
1.1 完成 · 1.1o 客户自助完成 · 1.2 部分完成
2.111a 婉拒(他人) · 2.112a 婉拒(本人) · 2.111b 明确拒绝(他人) · 2.112b 明确拒绝 · 2.112c 爽约
2.12a 预约(本人) · 2.12b 预约(他人) · 2.13a 稍后再拨(本人) · 2.13b 稍后再拨(他人)
2.20 未接触到本人 · 2.221 语音信箱(已留言) · 2.222 语音信箱(未留言)
2.30 达到最大次数(已接触) · 2.31 去世 · 2.32 无法受访 · 2.33 语言不通 · 2.34 转主管 · 2.35a 意外中断
2.36 出差 · 2.36s 已发链接
3.11 未拨打 · 3.12 占线 · 3.13 无人接听 · 3.13d 拒接 · 3.16 线路故障 · 3.16o 关机 · 3.16a 不在服务区
3.90 达到最大次数 · 3.91 转主管(身份未确认)
4.10 超出范围 · 4.10w 号码错误 · 4.20 传真 · 4.32 空号 · 4.32s 停机 · 4.51 非目标对象 · 4.70 无合适受访人 ·
4.80 配额已满
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.model import Channel


class Group(StrEnum):
    """The class in which AAPOR's rates count a code."""

    COMPLETE = "I"
    PARTIAL = "P"
    REFUSAL = "R"
    APPOINTMENT = "appt"
    NON_CONTACT = "NC"
    OTHER = "O"
    UNKNOWN_HOUSEHOLD = "UH"
    UNKNOWN_OTHER = "UO"
    NOT_ELIGIBLE = "NE"


class Outcome(StrEnum):
    """业务结果 of the wrap-up."""

    SUCCESS = "success"
    PENDING = "pending"
    FAILURE = "failure"


@dataclass(frozen=True)
class Disposition:
    """One code. `delay`: milliseconds until the earliest next attempt; None when it is final for the task, when a
    callback's own time decides, or when somebody else has to take over."""

    code: str
    group: Group
    delay: int | None
    contacted: bool = False
    try_again: bool = False
    eligible: bool = False
    note_required: bool = False
    other_number: bool = False
    answered: bool = False
    """Counts as 接通: somebody or something took the call."""
    callback_required: bool = False
    """An appointment with a time (预约): only with a callback booked."""
    suggests_do_not_call: bool = False
    number_final: bool = False
    """This number is not to be dialled again (空号, 停机, 传真, 号码错误)."""

    hand_over: bool = False
    """Somebody else has to take over: a supervisor, or one who speaks the language."""

    @property
    def final(self) -> bool:
        """Whether the task ends with it in any case; after `number_final` it goes on if another number is left."""
        return not (self.try_again or self.hand_over or self.number_final)

    @property
    def outcome(self) -> Outcome:
        """What it is called in the wrap-up; only a success counts as completed (回访完成率)."""
        if self.group is Group.COMPLETE:
            return Outcome.SUCCESS
        return Outcome.FAILURE if self.final or self.number_final else Outcome.PENDING

    @property
    def success(self) -> bool:
        """Whether it counts as completed."""
        return self.outcome is Outcome.SUCCESS


def _spoken(code: str, group: Group, delay: int | None, *flags: str) -> Disposition:
    """A code with somebody on the line."""
    return Disposition(
        code, group, delay, contacted=True, eligible=True, answered=True, **dict.fromkeys(flags, True)
    )


def _unspoken(code: str, group: Group, delay: int | None, *flags: str) -> Disposition:
    """A code without the person wanted, to be tried again, on another number where there is one."""
    return Disposition(code, group, delay, try_again=True, other_number=True, **dict.fromkeys(flags, True))


_ALL = (
    _spoken("1.1", Group.COMPLETE, None),
    Disposition("1.1o", Group.COMPLETE, None, contacted=True, eligible=True),
    _spoken("1.2", Group.PARTIAL, DAY, "try_again"),
    _spoken("2.111a", Group.REFUSAL, 7 * DAY, "try_again", "note_required"),
    _spoken("2.112a", Group.REFUSAL, 7 * DAY, "try_again", "note_required"),
    _spoken("2.111b", Group.REFUSAL, None, "note_required", "suggests_do_not_call"),
    _spoken("2.112b", Group.REFUSAL, None, "note_required", "suggests_do_not_call"),
    _unspoken("2.112c", Group.REFUSAL, 7 * DAY, "eligible"),
    _spoken("2.12a", Group.APPOINTMENT, None, "try_again", "callback_required"),
    _spoken("2.12b", Group.APPOINTMENT, None, "try_again", "callback_required"),
    _spoken("2.13a", Group.APPOINTMENT, 3 * HOUR, "try_again"),
    _spoken("2.13b", Group.APPOINTMENT, 3 * HOUR, "try_again"),
    _unspoken("2.20", Group.NON_CONTACT, 3 * HOUR, "eligible", "answered"),
    _unspoken("2.221", Group.NON_CONTACT, 3 * HOUR, "eligible"),
    _unspoken("2.222", Group.NON_CONTACT, 3 * HOUR, "eligible"),
    Disposition("2.31", Group.OTHER, None, contacted=True, eligible=True, answered=True),
    Disposition("2.32", Group.OTHER, None, contacted=True, eligible=True, answered=True),
    Disposition("2.33", Group.OTHER, None, eligible=True, answered=True, hand_over=True),
    Disposition("2.34", Group.OTHER, None, try_again=True, answered=True, note_required=True, hand_over=True),
    _unspoken("2.35a", Group.OTHER, 0, "eligible", "answered"),
    Disposition("2.36", Group.OTHER, 7 * DAY, try_again=True, eligible=True, answered=True),
    Disposition("2.36s", Group.OTHER, 7 * DAY, try_again=True, eligible=True, answered=True),
    Disposition("2.30", Group.OTHER, None, eligible=True),
    Disposition("3.11", Group.UNKNOWN_HOUSEHOLD, 0, try_again=True, other_number=True),
    _unspoken("3.12", Group.UNKNOWN_HOUSEHOLD, 15 * MINUTE),
    _unspoken("3.13", Group.UNKNOWN_HOUSEHOLD, 3 * HOUR, "eligible"),
    _unspoken("3.13d", Group.UNKNOWN_HOUSEHOLD, 3 * HOUR, "eligible"),
    _unspoken("3.16", Group.UNKNOWN_HOUSEHOLD, 3 * HOUR),
    _unspoken("3.16o", Group.UNKNOWN_HOUSEHOLD, 3 * HOUR),
    _unspoken("3.16a", Group.UNKNOWN_HOUSEHOLD, 3 * HOUR),
    Disposition("3.90", Group.UNKNOWN_HOUSEHOLD, None),
    Disposition("3.91", Group.UNKNOWN_OTHER, None, try_again=True, note_required=True, hand_over=True),
    Disposition("4.10", Group.NOT_ELIGIBLE, None),
    Disposition("4.10w", Group.NOT_ELIGIBLE, 0, other_number=True, answered=True, number_final=True),
    Disposition("4.20", Group.NOT_ELIGIBLE, 0, other_number=True, number_final=True),
    Disposition("4.32", Group.NOT_ELIGIBLE, 0, other_number=True, number_final=True),
    Disposition("4.32s", Group.NOT_ELIGIBLE, 0, other_number=True, number_final=True),
    Disposition("4.51", Group.NOT_ELIGIBLE, None, answered=True),
    Disposition("4.70", Group.NOT_ELIGIBLE, None, answered=True),
    Disposition("4.80", Group.NOT_ELIGIBLE, None),
)

BY_CODE: Mapping[str, Disposition] = {disposition.code: disposition for disposition in _ALL}

# The wrap-up's tree: at each level the number keys 1–9 in this order. A branch of one code is chosen by its one key.
# 3.11, 3.90, 2.30, 4.80, 1.1o and 2.112c are never chosen by a person: the desk and the server set them.
TREE: Mapping[str, tuple[str, ...]] = {
    "complete": ("1.1",),
    "appointment": ("2.12a", "2.12b", "2.13a", "2.13b", "1.2", "2.36", "2.36s"),
    "no_answer": ("3.13", "3.12", "3.16o", "3.13d", "3.16a", "2.221", "2.222", "3.16", "2.20"),
    "refused": ("2.112b", "2.112a", "2.111b", "2.111a"),
    "wrong_number": ("4.32", "4.32s", "4.10w", "4.20"),
    "not_eligible": ("4.51", "4.70", "2.31", "2.32", "4.10"),
    "other": ("2.35a", "2.33", "2.34", "3.91"),
}

# What a visit can come to: nobody is rung up, so there is no line and no number to be wrong.
VISIT_TREE: Mapping[str, tuple[str, ...]] = {
    "complete": TREE["complete"],
    "appointment": ("2.12a", "2.12b", "2.13a", "2.13b", "1.2", "2.36"),
    "not_met": ("2.20",),
    "refused": TREE["refused"],
    "not_eligible": TREE["not_eligible"],
    "other": ("2.35a", "2.33", "2.34"),
}


def tree(channel: str) -> Mapping[str, tuple[str, ...]]:
    """What the wrap-up offers after a contact by this channel."""
    return VISIT_TREE if channel == Channel.VISIT else TREE
