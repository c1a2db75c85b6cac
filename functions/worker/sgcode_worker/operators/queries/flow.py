"""Which assignments of a name a use of it may see."""

from collections.abc import Iterable

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.refusal import Refusal

Definitions = frozenset[cst.CSTNode]
"""Assignments that may have happened last. The body itself stands for what came from before it."""
# Nested loops are gone through again and again.
_MAX_STEPS = 50_000
_NONE: Definitions = frozenset()
_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)
_HIDDEN = (cst.FunctionDef, cst.ClassDef, cst.Lambda, *_COMPREHENSIONS)
_BINDS = (cst.AssignTarget, cst.AsName, cst.ImportAlias)
# A name in one of these may be read, bound or both: it counts as both.
_MAY_BIND = (cst.Element, cst.StarredElement, cst.Del, cst.MatchAs, cst.MatchStar, cst.MatchMapping)
_GROUPS = (cst.Element, cst.Tuple, cst.List)


class Flow:
    """The uses of one name in the body of one function or module.

    `seen` says for every use, `name += ...` included, which definitions may reach it. It errs to
    too many. `hidden` are uses in functions and comprehensions inside, of which nothing is known.
    """

    def __init__(self, program: Program, body: cst.Module | cst.FunctionDef, name: str) -> None:
        self.program = program
        self.name = name
        self.seen: dict[cst.CSTNode, Definitions] = {}
        self.hidden: list[cst.CSTNode] = []
        self._steps = _MAX_STEPS
        self._raising: list[set[cst.CSTNode]] = []
        self._breaks: list[set[cst.CSTNode]] = []
        self._continues: list[set[cst.CSTNode]] = []
        statements = body.body if isinstance(body, cst.Module) else body.body.body
        self._block(statements, frozenset([body]))

    def _block(self, statements: Iterable[cst.CSTNode], state: Definitions) -> Definitions:
        for statement in statements:
            state = self._statement(statement, state)
        return state

    def _suite(self, suite: cst.BaseSuite, state: Definitions) -> Definitions:
        return self._block(suite.body, state)

    def _statement(self, node: cst.CSTNode, state: Definitions) -> Definitions:
        self._steps -= 1
        if self._steps < 0:
            raise Refusal("The function is too large to follow the query through it.")
        for collected in self._raising:
            collected.update(state)
        if isinstance(node, cst.SimpleStatementLine):
            return self._block(node.body, state)
        if isinstance(node, cst.If):
            return self._if(node, state)
        if isinstance(node, (cst.For, cst.While)):
            return self._loop(node, state)
        if isinstance(node, (cst.Try, cst.TryStar)):
            return self._try(node, state)
        if isinstance(node, cst.With):
            return self._with(node, state)
        if isinstance(node, cst.Match):
            self._read(node.subject, state)
            after = [self._case(case, state) for case in node.cases]
            return frozenset().union(state, *after)
        if isinstance(node, (cst.Assign, cst.AnnAssign, cst.AugAssign)):
            return self._assignment(node, state)
        after = self._read(node, state)
        return self._leave(node, after)

    def _leave(self, node: cst.CSTNode, state: Definitions) -> Definitions:
        if isinstance(node, cst.Break) and self._breaks:
            self._breaks[-1].update(state)
        elif isinstance(node, cst.Continue) and self._continues:
            self._continues[-1].update(state)
        elif not isinstance(node, (cst.Return, cst.Raise)):
            return state
        return _NONE

    def _assignment(
        self, node: cst.Assign | cst.AnnAssign | cst.AugAssign, state: Definitions
    ) -> Definitions:
        if node.value is not None:
            state = self._read(node.value, state)
        targets = [each.target for each in node.targets] if isinstance(node, cst.Assign) else [node.target]
        alone = len(targets) == 1 and isinstance(targets[0], cst.Name) and targets[0].value == self.name
        if not alone or node.value is None:
            for target in targets:
                state = self._read(target, state)
            return state
        if isinstance(node, cst.AugAssign):
            self._see(node, state)
        state = frozenset([node])
        for collected in self._raising:
            collected.update(state)
        return state

    def _read(self, node: cst.CSTNode, state: Definitions) -> Definitions:
        """Note the uses in an expression or statement; whatever else it does to the name is a definition."""
        for name in self._names(node):
            if self._is_hidden(name, node) or isinstance(self.program.parent(name), cst.NameItem):
                self.hidden.append(name)
                continue
            holder = self.program.parent(name)
            is_target = holder is not None and getattr(holder, "target", None) is name
            binds = is_target or isinstance(holder, _BINDS)
            may_bind = isinstance(holder, _MAY_BIND) and not self._is_read(name)
            if not binds or may_bind:
                self._see(name, state)
            if binds or may_bind:
                state = state | {name}
        return state

    def _see(self, use: cst.CSTNode, state: Definitions) -> None:
        self.seen[use] = self.seen.get(use, _NONE) | state

    def _names(self, node: cst.CSTNode) -> Iterable[cst.Name]:
        if isinstance(node, cst.Name) and node.value == self.name and not self._is_label(node):
            yield node
        for child in node.children:
            yield from self._names(child)

    def _is_hidden(self, name: cst.Name, around: cst.CSTNode) -> bool:
        """Whether the name stands in code of its own inside `around`, run at another time or not at all."""
        inner: cst.CSTNode = name
        for outer in (name, *self.program.ancestors(name)):
            if isinstance(outer, _HIDDEN) and not self._is_first_iterable(inner, outer):
                return True
            if outer is around:
                return False
            if not isinstance(outer, cst.CompFor) or outer.iter is not inner:
                inner = outer
        return False

    def _is_read(self, name: cst.Name) -> bool:
        """Whether the name is in a tuple or list that is only a value in an expression."""
        outer = self.program.parent(name)
        while isinstance(outer, _GROUPS):
            outer = self.program.parent(outer)
        return isinstance(outer, (cst.Arg, cst.BinaryOperation, cst.Return, cst.Expr))

    @staticmethod
    def _is_first_iterable(node: cst.CSTNode, comprehension: cst.CSTNode) -> bool:
        """A comprehension evaluates what it goes through first at once, and outside of itself."""
        return isinstance(comprehension, _COMPREHENSIONS) and comprehension.for_in.iter is node

    def _is_label(self, name: cst.Name) -> bool:
        holder = self.program.parent(name)
        return (isinstance(holder, cst.Attribute) and holder.attr is name) or (
            isinstance(holder, cst.Arg) and holder.keyword is name
        )

    def _if(self, node: cst.If, state: Definitions) -> Definitions:
        state = self._read(node.test, state)
        taken = self._suite(node.body, state)
        if node.orelse is None:
            return taken | state
        if isinstance(node.orelse, cst.If):
            return taken | self._if(node.orelse, state)
        return taken | self._suite(node.orelse.body, state)

    def _loop(self, node: cst.For | cst.While, state: Definitions) -> Definitions:
        if isinstance(node, cst.For):
            state = self._read(node.iter, state)
        self._breaks.append(set())
        while True:
            self._continues.append(set())
            inside = self._enter(node, state)
            after = inside | self._suite(node.body, inside) | self._continues.pop()
            if after <= state:
                break
            state = state | after
        if node.orelse is not None:
            state = self._suite(node.orelse.body, state)
        return state | self._breaks.pop()

    def _enter(self, node: cst.For | cst.While, state: Definitions) -> Definitions:
        """What the first statement of the loop may see."""
        if isinstance(node, cst.While):
            return self._read(node.test, state)
        if isinstance(node.target, cst.Name) and node.target.value == self.name:
            return frozenset([node.target])
        return self._read(node.target, state)

    def _try(self, node: cst.Try | cst.TryStar, state: Definitions) -> Definitions:
        self._raising.append(set(state))
        through = self._suite(node.body, state)
        raised = frozenset(self._raising[-1])
        if node.orelse is not None:
            through = self._suite(node.orelse.body, through)
        for handler in node.handlers:
            caught = raised if handler.type is None else self._read(handler.type, raised)
            caught = caught if handler.name is None else self._read(handler.name, caught)
            through = through | self._suite(handler.body, caught)
        everything = frozenset(self._raising.pop())
        if node.finalbody is None:
            return through
        return self._suite(node.finalbody.body, through | everything)

    def _with(self, node: cst.With, state: Definitions) -> Definitions:
        for item in node.items:
            state = self._read(item, state)
        # A context manager may end an exception, so the code behind may see any state of the body.
        self._raising.append(set())
        after = self._suite(node.body, state)
        return after | self._raising.pop()

    def _case(self, case: cst.MatchCase, state: Definitions) -> Definitions:
        state = self._read(case.pattern, state)
        if case.guard is not None:
            state = self._read(case.guard, state)
        return self._suite(case.body, state)


def body_around(program: Program, node: cst.CSTNode) -> cst.Module | cst.FunctionDef | None:
    """Return the function or module whose code the node is; None inside a class body or a lambda."""
    outer = program.enclosing(node, cst.FunctionDef, cst.ClassDef, cst.Lambda, cst.Module)
    return outer if isinstance(outer, (cst.FunctionDef, cst.Module)) else None
