"""The arguments of a call: found by name or place, given a new one, in the call's own layout."""

import libcst as cst

from sgcode_worker.operators.nodes import has_comment


def argument_of(call: cst.Call, keyword: str, position: int | None = None) -> cst.Arg | None:
    """Return the argument with this keyword, else the plain one at this place with none starred before it."""
    for argument in call.args:
        if argument.keyword is not None and argument.keyword.value == keyword:
            return argument
    if position is None or position >= len(call.args):
        return None
    before = call.args[: position + 1]
    plain = all(argument.keyword is None and not argument.star for argument in before)
    return before[-1] if plain else None


def has_unpacked(call: cst.Call, *stars: str) -> bool:
    """Whether the call is given `*` or `**` arguments, whichever of these is asked for."""
    return any(argument.star in stars for argument in call.args)


def is_name(node: cst.CSTNode | None, *names: str) -> bool:
    """Whether the node is one of these bare names, such as None, True or False."""
    return isinstance(node, cst.Name) and node.value in names


def with_value(argument: cst.Arg, value: cst.BaseExpression) -> cst.Arg:
    """Return the argument with another value."""
    return argument.with_changes(value=value)


def with_keyword(call: cst.Call, keyword: str, value: cst.BaseExpression) -> cst.Call:
    """Return the call with one more keyword argument at its end, in the layout of the others."""
    added = cst.Arg(
        value=value,
        keyword=cst.Name(keyword),
        equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
    )
    if not call.args:
        return call.with_changes(args=[added])
    last = call.args[-1]
    trailing = isinstance(last.comma, cst.Comma)
    after = last.comma.whitespace_after if isinstance(last.comma, cst.Comma) else last.whitespace_after_arg
    if isinstance(after, cst.ParenthesizedWhitespace):
        separator: cst.BaseParenthesizableWhitespace = after.with_changes(
            last_line=_indent(call), empty_lines=[]
        )
        after = after.with_changes(first_line=_without_comment(after.first_line))
    else:
        separator = _separator(call)
    comma = cst.Comma(whitespace_after=separator)
    previous = last.with_changes(comma=comma, whitespace_after_arg=cst.SimpleWhitespace(""))
    if trailing:
        added = added.with_changes(comma=cst.Comma(whitespace_after=after))
    else:
        added = added.with_changes(whitespace_after_arg=after)
    return call.with_changes(args=[*call.args[:-1], previous, added])


def _without_comment(line: cst.TrailingWhitespace) -> cst.TrailingWhitespace:
    return line.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))


def _indent(call: cst.Call) -> cst.SimpleWhitespace:
    """The indentation of the arguments that stand on lines of their own."""
    places = [
        call.whitespace_before_args,
        *(each.comma.whitespace_after for each in call.args[:-1] if isinstance(each.comma, cst.Comma)),
    ]
    for place in places:
        if isinstance(place, cst.ParenthesizedWhitespace):
            return place.last_line
    return cst.SimpleWhitespace("")


def _separator(call: cst.Call) -> cst.BaseParenthesizableWhitespace:
    """What parts the last two arguments, without its comment; one blank where there is but one."""
    comma = call.args[-2].comma if len(call.args) > 1 else None
    if not isinstance(comma, cst.Comma):
        return cst.SimpleWhitespace(" ")
    between = comma.whitespace_after
    if isinstance(between, cst.ParenthesizedWhitespace):
        if has_comment(between):
            return between.with_changes(first_line=_without_comment(between.first_line), empty_lines=[])
        return between
    return cst.SimpleWhitespace(" ")
