"""Amounts in words: one card, two cards; a share of the exam in whole percent."""

from PySide6.QtCore import QCoreApplication


def counted(n: int, one: str, many: str) -> str:
    """`one` for exactly 1, else `many` with `{n}` filled in; both come translated."""
    return one if n == 1 else many.format(n=f"{n:,}")


def exam_share(weight: float) -> str:
    """A weight in 0..1 as "13 % of your exam"; below a half percent as "<1 %"."""
    percent = round(weight * 100)
    share = "<1" if percent < 1 else str(percent)
    return QCoreApplication.translate("plural", "{share} % of your exam").format(share=share)
