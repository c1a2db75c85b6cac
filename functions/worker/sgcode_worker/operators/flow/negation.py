"""The opposite of a condition, as a person would write it where that means exactly the same."""

import libcst as cst

_OPPOSITES: dict[type[cst.BaseCompOp], cst.BaseCompOp] = {
    cst.Is: cst.IsNot(),
    cst.IsNot: cst.Is(),
    cst.In: cst.NotIn(),
    cst.NotIn: cst.In(),
}
_ATOMS = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)


def negated(test: cst.BaseExpression) -> cst.BaseExpression:
    """Return a condition that is true exactly where the given one is false.

    `==` and `<` have no opposites that hold for every type, so these are put into parentheses after `not`.
    """
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not) and not test.lpar:
        return test.expression
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
        (only,) = test.comparisons
        opposite = _OPPOSITES.get(type(only.operator))
        if opposite is not None:
            return test.with_changes(comparisons=[only.with_changes(operator=opposite)])
    if not isinstance(test, _ATOMS) and not test.lpar:
        test = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return cst.UnaryOperation(cst.Not(), test)
