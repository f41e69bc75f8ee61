"""`compute:` lines, which reproduce a key: evaluated exactly, without Python's own evaluator."""

import ast
import re
from datetime import date, timedelta
from fractions import Fraction

from studyapp.banks import numbers
from studyapp.core.errors import StudyAppError
from studyapp.domain import cloze
from studyapp.domain.item import AnyItem, ChoiceItem, NumericItem, TextItem

Value = Fraction | date | timedelta

_REMEDY = "Use numbers, + - * /, date(y, m, d), days(n), round(x, n), min() and max()."
_MAX_LENGTH = 300
_LITERAL = re.compile(r"\d{1,15}(\.\d{1,15})?")


def evaluate(expression: str) -> Value:
    """The value of an expression: an exact fraction, a date or a number of days.

    Raises:
        StudyAppError: it is no such expression, or it has no value.
    """
    if len(expression) > _MAX_LENGTH:
        raise StudyAppError("The expression is too long.", _REMEDY)
    try:
        return _value(ast.parse(expression.strip(), mode="eval").body, expression.strip())
    except SyntaxError as error:
        raise StudyAppError(f"'{expression}' is not an expression.", _REMEDY) from error
    except (TypeError, ValueError, OverflowError, ZeroDivisionError, RecursionError, MemoryError) as error:
        raise StudyAppError(f"'{expression}' has no value: {error}.", _REMEDY) from error


def reproduces(value: Value, item: AnyItem) -> bool:
    """True when `value` is what the item's key says, at the precision that stands there."""
    if isinstance(item, NumericItem):
        result = _number(value)
        key, tolerance = Fraction(str(item.value)), Fraction(str(item.tolerance))
        return result is not None and abs(result - key) <= tolerance
    return any(_shows(text, value) for text in _key_texts(item))


def in_words(value: Value) -> str:
    """A value as a sentence shows it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.days} days"
    return f"{float(value):,.6g}" if value.denominator != 1 else f"{value.numerator:,}"


def _key_texts(item: AnyItem) -> list[str]:
    if isinstance(item, ChoiceItem):
        return [option.text for option in item.options if option.correct]
    if isinstance(item, TextItem):
        return list(item.accept)
    return [answer for deletion in cloze.deletions(item.stem) for answer in deletion.accept]


def _shows(text: str, value: Value) -> bool:
    if isinstance(value, date):
        return numbers.shows_date(text, value)
    number = _number(value)
    return number is not None and numbers.shows_number(text, number)


def _number(value: Value) -> Fraction | None:
    if isinstance(value, timedelta):
        return Fraction(value.days)
    return value if isinstance(value, Fraction) else None


def _value(node: ast.expr, source: str) -> Value:
    if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
        # As written: 0.1 is one tenth here, not the nearest binary fraction.
        written = ast.get_source_segment(source, node) or ""
        if not _LITERAL.fullmatch(written):
            raise ValueError(f"write {written} with digits and a point")
        return Fraction(written)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        operand = _value(node.operand, source)
        if isinstance(operand, date):
            raise TypeError("a date has no negative")
        return -operand
    if isinstance(node, ast.BinOp):
        return _combine(node.op, _value(node.left, source), _value(node.right, source))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _call(node.func.id, [_value(argument, source) for argument in node.args])
    raise TypeError("only numbers, dates and + - * / are known")


def _combine(operator: ast.operator, left: Value, right: Value) -> Value:
    match operator, left, right:
        case ast.Mult(), Fraction(), Fraction():
            return left * right
        case ast.Div(), Fraction(), Fraction():
            if not right:
                raise ValueError("division by zero")
            return left / right
        case ((ast.Add() | ast.Sub()), _, _):
            return _add(left, right) if isinstance(operator, ast.Add) else _subtract(left, right)
    raise TypeError("these two do not combine that way")


def _add(left: Value, right: Value) -> Value:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + right
    if isinstance(right, timedelta) and not isinstance(left, Fraction):
        return left + right
    if isinstance(left, timedelta) and isinstance(right, date):
        return right + left
    raise TypeError("these two cannot be added")


def _subtract(left: Value, right: Value) -> Value:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left - right
    if isinstance(right, timedelta) and not isinstance(left, Fraction):
        return left - right
    if isinstance(left, date) and isinstance(right, date):
        return left - right
    raise TypeError("the second cannot be taken from the first")


def _call(name: str, arguments: list[Value]) -> Value:
    if name in {"min", "max"} and arguments and len({type(argument) for argument in arguments}) == 1:
        ordered = sorted(arguments)  # all of one type, as just checked
        return ordered[0] if name == "min" else ordered[-1]
    plain = [argument for argument in arguments if isinstance(argument, Fraction)]
    if len(plain) == len(arguments):
        if name == "date" and len(plain) == 3:
            return date(_whole(plain[0]), _whole(plain[1]), _whole(plain[2]))
        if name == "days" and len(plain) == 1:
            return timedelta(days=_whole(plain[0]))
        if name == "round" and len(plain) in {1, 2}:
            return _round(plain[0], _whole(plain[1]) if len(plain) == 2 else 0)
    raise TypeError(f"{name}() is not known with these arguments")


def _round(value: Fraction, places: int) -> Fraction:
    """Half away from zero, as people round money; Python's own rounds half to even."""
    if not 0 <= places <= 9:
        raise ValueError("round to 0 to 9 places")
    scaled = abs(value) * 10**places + Fraction(1, 2)
    rounded = Fraction(scaled.numerator // scaled.denominator, 10**places)
    return -rounded if value < 0 else rounded


def _whole(value: Fraction) -> int:
    if value.denominator != 1 or abs(value) > 100_000:
        raise ValueError("a whole number is needed")
    return value.numerator
