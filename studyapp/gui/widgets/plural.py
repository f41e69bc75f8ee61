"""Amounts with the right word: one card, two cards."""


def counted(n: int, one: str, many: str) -> str:
    """`one` for exactly 1, else `many` with `{n}` filled in; both come translated."""
    return one if n == 1 else many.format(n=f"{n:,}")
