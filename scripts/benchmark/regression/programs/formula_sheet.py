"""A sheet of cells, some of which are formulas over others."""


def value_of(sheet, cell):
    content = sheet[cell]
    if isinstance(content, str) and content.startswith("="):
        names = {name: value_of(sheet, name) for name in sheet if name != cell and name in content}
        return eval(content[1:], {}, names)
    return content


def totals(sheet):
    return {cell: value_of(sheet, cell) for cell in sheet}
