"""The banks' safe markup as rich text: bold, italic, line breaks, pipe tables; the rest is shown as written."""

import re
from html import escape

LONG_WORD = 26
_BOLD = re.compile(r"\*\*([^\s*](?:.*?[^\s*])?)\*\*")
_ITALIC = re.compile(r"(?<!\*)\*([^\s*](?:[^*]*[^\s*])?)\*(?!\*)")
_RULE = re.compile(r"^\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?$")
_LONG = re.compile(rf"[^\s<>&;\u200b]{{{LONG_WORD},}}")


def inline_html(text: str) -> str:
    """One run of markup without line structure."""
    html = escape(text, quote=False)
    html = _LONG.sub(_breakable, html)
    html = _BOLD.sub(r"<b>\1</b>", html)
    return _ITALIC.sub(r"<i>\1</i>", html)


def to_html(text: str, border: str, muted: str, line_height: int = 145, font_px: int = 15) -> str:
    """Markup as the HTML that Qt's rich text understands.

    Args:
        border: colour of table lines. muted: colour of table heads.
        line_height: in percent of the font's own line spacing.
        font_px: size of the text in pixels, for the padding of table cells.
    """
    blocks: list[str] = []
    table: list[str] = []
    lines: list[str] = []
    style = f'style="line-height:{line_height}%; margin:0;"'

    def end_lines() -> None:
        if lines:
            blocks.append(f"<div {style}>{'<br>'.join(lines)}</div>")
            lines.clear()

    def end_table() -> None:
        if table:
            blocks.append(_table(table, border, muted, font_px))
            table.clear()

    for line in text.strip("\n").split("\n"):
        if line.lstrip().startswith("|"):
            end_lines()
            table.append(line.strip())
        else:
            end_table()
            lines.append(inline_html(line))
    end_lines()
    end_table()
    return "".join(blocks)


def plain(text: str) -> str:
    """Markup as plain words, for accessible names and one-line lists."""
    without = _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text))
    return " ".join(line for line in without.split("\n") if not _RULE.match(line.strip()))


def _breakable(match: re.Match[str]) -> str:
    word = match.group(0)
    return "\u200b".join(word[at : at + 12] for at in range(0, len(word), 12))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _aligns(rule: str) -> list[str]:
    return [
        "right" if cell.endswith(":") and not cell.startswith(":") else "center" if cell.endswith(":") else "left"
        for cell in _cells(rule)
    ]


def _table(rows: list[str], border: str, muted: str, font_px: int) -> str:
    aligns = next((_aligns(row) for row in rows if _RULE.match(row)), [])
    has_head = len(rows) > 1 and bool(_RULE.match(rows[1]))
    padding = f"padding:{round(font_px * 0.45)}px {round(font_px * 0.8)}px"
    html: list[str] = []
    for index, row in enumerate(rows):
        if _RULE.match(row):
            continue
        cells = []
        for column, cell in enumerate(_cells(row)):
            align = aligns[column] if column < len(aligns) else "left"
            head = f"color:{muted};" if has_head and index == 0 else ""
            look = f"{padding};{head}border-bottom:1px solid {border};"
            cells.append(f'<td align="{align}" style="{look}">{inline_html(cell)}</td>')
        html.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table cellspacing="0" cellpadding="0" style="border-collapse:collapse;">{"".join(html)}</table>'
