"""Reads a syntax tree into an outline: one walk that hands every node to its definition."""

import ast
from collections import Counter

from sgcode_worker.gates.definition import Call, Definition, DefinitionNode, FunctionNode, Outline, Store
from sgcode_worker.gates.names import Names
from sgcode_worker.gates.reach import UNKNOWN, alive, constant, live
from sgcode_worker.gates.sinks import family_of
from sgcode_worker.gates.texts import text_pieces


def outline(tree: ast.Module, text: str) -> Outline:
    """Return what each definition of the program does."""
    names = Names()
    walker = _Walker(names)
    walker.define("", tree)
    for definition in walker.definitions.values():
        names.bound.update(definition.bindings)
    local = {name.rpartition(".")[2] for name in walker.definitions}
    for definition in walker.definitions.values():
        for call in definition.calls:
            call.key = names.callee(call.node.func)
            call.own = call.key in local or (
                call.key[:1] == "." and call.name in local and _on_itself(call.node.func)
            )
            call.family = None if call.own else family_of(call.key)
    return Outline(tree, text, walker.definitions, names)


def _on_itself(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"self", "cls"}
    )


class _Walker:
    """Walks statements once and hands every node to the definition that it belongs to."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.definitions: dict[str, Definition] = {}
        self.seen: Counter[str] = Counter()

    def define(self, name: str, node: DefinitionNode) -> None:
        self.seen[name] += 1
        occurrence = name if self.seen[name] == 1 else f"{name}#{self.seen[name]}"
        definition = Definition(occurrence, node)
        self.definitions[occurrence] = definition
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.parameters(definition, node.args)
        self.block(definition, node.body[1:] if ast.get_docstring(node, clean=False) else node.body)

    def parameters(self, definition: Definition, arguments: ast.arguments) -> None:
        starred = [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *starred):
            self.bind(definition, argument.arg, None)

    def block(self, definition: Definition, body: list[ast.stmt]) -> None:
        for statement in live(body):
            self.statement(definition, statement)

    def statement(self, definition: Definition, node: ast.stmt) -> None:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self.nested(definition, node)
            return
        definition.statements.append(node)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            self.names.add_import(node, definition.name)
        elif isinstance(node, (ast.If, ast.While)):
            self.branch(definition, node)
        elif isinstance(node, ast.Expr):
            self.expression(definition, node.value, effect=True)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            self.assign(definition, node)
        else:
            self.other(definition, node)

    def nested(self, definition: Definition, node: FunctionNode | ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            self.expression(definition, decorator)
        if not isinstance(node, ast.ClassDef):
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None:
                    self.expression(definition, default)
        self.bind(definition, node.name, None)
        self.define(f"{definition.name}.{node.name}" if definition.name else node.name, node)

    def branch(self, definition: Definition, node: ast.If | ast.While) -> None:
        value = constant(node.test)
        if value is UNKNOWN:
            definition.tests.append(node.test)
            self.expression(definition, node.test)
        if value is UNKNOWN or value:
            self.block(definition, node.body)
        if value is UNKNOWN or not value:
            self.block(definition, node.orelse)

    def assign(self, definition: Definition, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value is not None:
            self.expression(definition, node.value)
        for target in targets:
            value = None if isinstance(node, ast.AugAssign) else node.value
            self.target(definition, target, value)
            if isinstance(node, ast.AugAssign) and isinstance(target, ast.Name):
                definition.loads[target.id] += 1

    def target(self, definition: Definition, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self.bind(definition, target.id, value)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for element in target.elts:
                self.target(definition, element, None)
        elif isinstance(target, ast.Starred):
            self.target(definition, target.value, None)
        else:
            definition.stores.append(Store(target, value))
            self.children(definition, target)

    def bind(self, definition: Definition, name: str, value: ast.expr | None) -> None:
        definition.bindings.setdefault(name, []).append(value)

    def other(self, definition: Definition, node: ast.stmt) -> None:
        if isinstance(node, ast.Return):
            definition.returns.append(node)
        elif isinstance(node, ast.Raise):
            definition.raises.append(node)
        elif isinstance(node, ast.Assert):
            definition.tests.append(node.test)
        elif isinstance(node, ast.Delete):
            definition.stores.extend(Store(target, None) for target in node.targets)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            self.target(definition, node.target, None)
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                if not (name == "target" and isinstance(node, (ast.For, ast.AsyncFor))):
                    self.expression(definition, value)
            elif isinstance(value, list) and value:
                self.many(definition, value)

    def many(self, definition: Definition, nodes: list[ast.AST]) -> None:
        if isinstance(nodes[0], ast.stmt):
            self.block(definition, nodes)  # type: ignore[arg-type]
            return
        for node in nodes:
            if isinstance(node, ast.expr):
                self.expression(definition, node)
            elif isinstance(node, ast.withitem):
                self.expression(definition, node.context_expr)
                if node.optional_vars is not None:
                    self.target(definition, node.optional_vars, None)
            elif isinstance(node, ast.ExceptHandler):
                self.handler(definition, node)
            elif isinstance(node, ast.match_case):
                self.match_case(definition, node)

    def handler(self, definition: Definition, node: ast.ExceptHandler) -> None:
        definition.handlers.append(node)
        if node.type is not None:
            self.expression(definition, node.type)
        if node.name is not None:
            self.bind(definition, node.name, None)
        self.block(definition, node.body)

    def match_case(self, definition: Definition, node: ast.match_case) -> None:
        for part in ast.walk(node.pattern):
            for name in (getattr(part, "name", None), getattr(part, "rest", None)):
                if isinstance(name, str):
                    self.bind(definition, name, None)
        if node.guard is not None:
            definition.tests.append(node.guard)
            self.expression(definition, node.guard)
        self.block(definition, node.body)

    def expression(
        self,
        definition: Definition,
        node: ast.expr,
        *,
        effect: bool = False,
        deferred: bool = False,
        text: bool = False,
    ) -> None:
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                definition.loads[node.id] += 1
                definition.names.append(node)
            return
        if isinstance(node, ast.Constant):
            if isinstance(node.value, (str, bytes)) and not text:
                definition.texts.append(node)
            return
        if isinstance(node, ast.Call):
            definition.calls.append(Call(node, deferred, effect))
        elif isinstance(node, ast.Attribute):
            definition.attributes.append(node)
        elif isinstance(node, ast.Subscript):
            definition.subscripts.append(node)
        elif isinstance(node, (ast.Yield, ast.YieldFrom)):
            definition.yields += 1
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
            definition.operations.append(node)
        elif isinstance(node, ast.NamedExpr):
            self.target(definition, node.target, node.value)
        elif isinstance(node, ast.Await) and effect:
            self.expression(definition, node.value, effect=True, deferred=deferred)
            return
        self.children(definition, node, deferred=deferred or isinstance(node, ast.Lambda), text=text)

    def children(
        self, definition: Definition, node: ast.AST, *, deferred: bool = False, text: bool = False
    ) -> None:
        pieces = text_pieces(node)
        if pieces and not text:
            definition.texts.append(node)  # type: ignore[arg-type]
        for child in alive(node):
            if isinstance(child, ast.expr):
                self.expression(definition, child, deferred=deferred, text=id(child) in pieces)
            elif isinstance(child, ast.keyword):
                self.expression(definition, child.value, deferred=deferred)
            elif isinstance(child, ast.comprehension):
                self.target(definition, child.target, None)
                self.expression(definition, child.iter, deferred=deferred)
                for test in child.ifs:
                    definition.tests.append(test)
                    self.expression(definition, test, deferred=deferred)
            elif isinstance(child, ast.arguments):
                self.parameters(definition, child)
                self.children(definition, child, deferred=deferred)
