"""Functions, classes, bases, methods, signatures, decorators, async-ness."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, FunctionNode
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.names import Names
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.source_text import source_text


def check_definitions(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every function or class that is gone, shadowed, or answers to another signature."""
    original, candidate = comparison.original, comparison.candidate
    for name, before in original.definitions.items():
        if name not in candidate.definitions:
            outer = name.rpartition(".")[0]
            if outer == "" or outer in candidate.definitions:
                yield Evidence(f"{before.kind} `{name}` is gone")
    for name, after in candidate.definitions.items():
        base, mark, _ = name.partition("#")
        if mark and name not in original.definitions and base in original.definitions:
            yield Evidence(f"`{base}` is defined a second time, which replaces the first", after.line)
    for pair in comparison.pairs:
        yield from _compare(comparison, pair)


def _compare(comparison: Comparison, pair: Pair) -> Iterator[Evidence]:
    before, after = pair.before, pair.own
    if type(before.node) is not type(after.node):
        yield Evidence(f"{pair.label} was a {_kind(before)} and is now a {_kind(after)}", pair.line)
        return
    if isinstance(before.node, ast.Module) or isinstance(after.node, ast.Module):
        return
    yield from _decorators(comparison, pair)
    if isinstance(before.node, ast.ClassDef) and isinstance(after.node, ast.ClassDef):
        yield from _bases(comparison, pair, before.node, after.node)
        return
    assert not isinstance(before.node, ast.ClassDef) and not isinstance(after.node, ast.ClassDef)
    if bool(before.yields) != bool(after.yields):
        yield Evidence(
            f"{pair.label} {'no longer yields' if before.yields else 'became a generator'}", pair.line
        )
    yield from _signature(comparison, pair, before.node, after.node)


def _kind(definition: Definition) -> str:
    return "coroutine" if isinstance(definition.node, ast.AsyncFunctionDef) else definition.kind


def written(node: ast.expr, names: Names) -> str:
    """Return an expression as text, equal for equal meaning: imports resolved, methods sorted."""
    if isinstance(node, ast.Call):
        arguments = [written(each, names) for each in node.args]
        keywords = sorted(f"{each.arg}={_keyword(each, names)}" for each in node.keywords)
        return f"{names.dotted(node.func) or source_text(node.func)}({', '.join([*arguments, *keywords])})"
    if isinstance(node, (ast.Name, ast.Attribute)):
        return names.dotted(node) or source_text(node)
    return source_text(node)


def _keyword(keyword: ast.keyword, names: Names) -> str:
    if keyword.arg == "methods" and isinstance(keyword.value, (ast.List, ast.Tuple, ast.Set)):
        return "[" + ", ".join(sorted(source_text(each) for each in keyword.value.elts)) + "]"
    return written(keyword.value, names)


def _decorators(comparison: Comparison, pair: Pair) -> Iterator[Evidence]:
    assert not isinstance(pair.before.node, ast.Module) and not isinstance(pair.own.node, ast.Module)
    before = [written(each, comparison.original.names) for each in pair.before.node.decorator_list]
    after = [written(each, comparison.candidate.names) for each in pair.own.node.decorator_list]
    if before == after:
        return
    for each in before:
        if each not in after:
            yield Evidence(f"{pair.label} lost its decorator `@{each}`", pair.line)
    for each in after:
        if each not in before:
            yield Evidence(f"{pair.label} has a new decorator `@{each}`", pair.line)
    if sorted(before) == sorted(after):
        yield Evidence(f"the decorators of {pair.label} changed order", pair.line)
    elif set(before) == set(after):
        yield Evidence(f"a decorator of {pair.label} is repeated or no longer repeated", pair.line)


def _bases(
    comparison: Comparison, pair: Pair, before: ast.ClassDef, after: ast.ClassDef
) -> Iterator[Evidence]:
    old = [written(each, comparison.original.names) for each in before.bases]
    new = [written(each, comparison.candidate.names) for each in after.bases]
    old += sorted(f"{each.arg}={source_text(each.value)}" for each in before.keywords)
    new += sorted(f"{each.arg}={source_text(each.value)}" for each in after.keywords)
    if old != new:
        yield Evidence(
            f"class {pair.label} had bases ({', '.join(old)}) and now has ({', '.join(new)})", pair.line
        )


def _signature(
    comparison: Comparison, pair: Pair, before: FunctionNode, after: FunctionNode
) -> Iterator[Evidence]:
    old, new = _parameters(before.args), _parameters(after.args)
    optional = [each for each in new if each.default is not None or each.kind in {"*", "**"}]
    kept = [each for each in new if each not in optional or each.name in {known.name for known in old}]
    if [(each.kind, each.name) for each in kept] != [(each.kind, each.name) for each in old] or not _appended(
        old, new
    ):
        yield Evidence(
            f"{pair.label} took ({source_text(before.args)}) and now takes ({source_text(after.args)})",
            pair.line,
        )
        return
    by_name = {each.name: each for each in new}
    for each in old:
        now = by_name[each.name]
        if each.default != now.default and not comparison.allows("constant", each.name, pair.name):
            yield Evidence(
                f"the default of parameter `{each.name}` of {pair.label} was {each.default or 'absent'} "
                f"and is now {now.default or 'absent'}",
                pair.line,
            )
        if each.annotation != now.annotation and (each.annotation or before.decorator_list):
            yield Evidence(
                f"the annotation of parameter `{each.name}` of {pair.label} was "
                f"{each.annotation or 'absent'} and is now {now.annotation or 'absent'}",
                pair.line,
            )
    if before.returns is not None and (
        after.returns is None or ast.dump(before.returns) != ast.dump(after.returns)
    ):
        yield Evidence(f"the return annotation of {pair.label} changed", pair.line)


class _Parameter:
    def __init__(self, kind: str, argument: ast.arg, default: ast.expr | None) -> None:
        self.kind = kind
        self.name = argument.arg
        self.default = None if default is None else source_text(default)
        self.annotation = None if argument.annotation is None else source_text(argument.annotation)


def _parameters(arguments: ast.arguments) -> list[_Parameter]:
    positional = [*arguments.posonlyargs, *arguments.args]
    padding: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    found = [
        _Parameter("/" if index < len(arguments.posonlyargs) else "", argument, default)
        for index, (argument, default) in enumerate(
            zip(positional, [*padding, *arguments.defaults], strict=True)
        )
    ]
    if arguments.vararg is not None:
        found.append(_Parameter("*", arguments.vararg, None))
    found += [
        _Parameter("keyword", argument, default)
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg is not None:
        found.append(_Parameter("**", arguments.kwarg, None))
    return found


def _appended(old: list[_Parameter], new: list[_Parameter]) -> bool:
    """Whether new optional parameters stand after the known ones, so that no caller notices them."""
    positions = [each.name for each in new if each.kind in {"", "/"}]
    known = [each.name for each in old if each.kind in {"", "/"}]
    takes_rest = any(each.kind == "*" for each in old)
    return positions[: len(known)] == known and not (takes_rest and len(positions) > len(known))
