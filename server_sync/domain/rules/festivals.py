"""By which names the calendar may have a festival; on which days it falls is the calendar's."""


def calendar_names(festival: str) -> tuple[str, str]:
    """中秋 and 中秋节 are one: ``"中秋节"`` → ``("中秋", "中秋节")``."""
    name = festival.removesuffix("节")
    return name, f"{name}节"
