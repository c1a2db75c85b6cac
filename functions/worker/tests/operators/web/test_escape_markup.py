import pytest

from tests.operators.outcomes import check_left_alone, check_rewritten

MARKUP, DJANGO = {"B704"}, {"B308", "B703"}
REWRITTEN = {
    "an f-string": ("Markup(f'<b>{x}</b>')", "Markup('<b>{}</b>').format(x)"),
    "formats and braces": (
        "Markup(rf'<b>{{{x!r:>9}}} {y:.2f}</b>')",
        "Markup(r'<b>{{{!r:>9}}} {:.2f}</b>').format(x, y)",
    ),
    "format": ("Markup('<b>{a} {}</b>'.format(x, a=y))", "Markup('<b>{a} {}</b>').format(x, a=y)"),
    "percent": ("y = Markup('<b>%s %d</b>' % (x, 1))", "y = (Markup('<b>%s %d</b>') % (x, 1))"),
    "percent in a chain": (
        "f(Markup('<b>%(x)s</b>' % {'x': x}).strip())",
        "f((Markup('<b>%(x)s</b>') % {'x': x}).strip())",
    ),
    "a sum": ("Markup('<b>{' + x + \"}'</b>\")", 'Markup("<b>{{{}}}\'</b>").format(x)'),
    "through Flask": (
        "import flask as f\ndef g(x):\n    return f.Markup(f'<b>{x.name}</b>')",
        "import flask as f\ndef g(x):\n    return f.Markup('<b>{}</b>').format(x.name)",
    ),
    "another name": (
        "from markupsafe import Markup as M\nasync def g(x):\n    return M(f'<b>{await x()}</b>')",
        "from markupsafe import Markup as M\nasync def g(x):\n    return M('<b>{}</b>').format(await x())",
    ),
    "several lines": (
        "Markup(\n    f'<b>{x}'  \n    '</b>{}'\n)",
        "Markup(\n    '<b>{}'  \n    '</b>{{}}'\n).format(x)",
    ),
    "marked values": (
        "from markupsafe import escape\nMarkup(f'<b>{escape(x)} {Markup(\"<i>\")}</b>')",
        "from markupsafe import escape\nMarkup('<b>{} {}</b>').format(escape(x), Markup(\"<i>\"))",
    ),
}
DJANGO_REWRITTEN = {
    "an f-string": ("mark_safe(f'<b>{x}</b>')", "format_html('<b>{}</b>', x)"),
    "formats": (
        "mark_safe(f'<b>{x!r} {y:.2f} {z!s:>9}</b>')",
        'format_html(\'<b>{} {} {}</b>\', repr(x), format(y, ".2f"), format(str(z), ">9"))',
    ),
    "format": ("mark_safe('<b>{0}{b}</b>'.format(x, b=y))", "format_html('<b>{0}{b}</b>', x, b=y)"),
    "format of unpacked": ("mark_safe('<b>{}</b>'.format(*x))", "format_html('<b>{}</b>', *x)"),
    "percent": ("mark_safe('<b>%s 5%% %s</b>' % (x, y))", "format_html('<b>{} 5% {}</b>', x, y)"),
    "percent of one": ("mark_safe('<b>%s</b>' % x.y)", "format_html('<b>{}</b>', x.y)"),
    "a sum": ("mark_safe('<b>' + x + '</b>')", "format_html('<b>{}</b>', x)"),
    "several lines": (
        "mark_safe(\n    f'<b>{x}</b>',\n)",
        "format_html(\n    '<b>{}</b>', x,\n)",
    ),
}
LEFT_ALONE = {
    "a whole value": ("Markup(x)", "it cannot be told what was put into it"),
    "a value's method": ("Markup(x.format(y))", "it cannot be told what was put into it"),
    "a sum of values": ("Markup(x + y)", "it cannot be told what was put into it"),
    "a name that debugs": ("Markup(f'<b>{x=}</b>')", "it cannot be told what was put into it"),
    "HTML put together before": (
        "rows = ''\nfor x in y:\n    rows += f'<li>{x}</li>'\nMarkup(f'<ul>{rows}</ul>')",
        "`rows` may be HTML already",
    ),
    "HTML by its name": ("Markup(f'<p>{body_html}</p>')", "`body_html` may be HTML already"),
    "HTML from a function": (
        "def row(x):\n    return f'<td>{x}</td>'\nMarkup('<tr>' + row(x) + '</tr>')",
        "`row` may be HTML already",
    ),
    "HTML from a function, by a name": (
        "def row(x):\n    return f'<td>{x}</td>'\nz = row(x)\ny = z.strip()\nMarkup('<tr>' + y + '</tr>')",
        "`y` may be HTML already",
    ),
    "escaped already": ("import html\nMarkup('<b>%s</b>' % html.escape(x))", "`escape` may be HTML already"),
    "HTML among the values": ("Markup('<b>{}</b>'.format('<i>' + x))", "may be HTML already"),
    "other arguments": ("Markup(x, 'utf-8')", "has other arguments"),
    "unpacked": ("Markup(*x)", "has other arguments"),
}
DJANGO_LEFT_ALONE = {
    "fixed": ("mark_safe('<b>x</b>')", "nothing to escape"),
    "a whole value": ("mark_safe(x)", "it cannot be told what was put into it"),
    "a number's format": ("mark_safe('<b>%d</b>' % x)", "it cannot be told what was put into it"),
    "a field's attribute": ("mark_safe('<b>{0.y}</b>'.format(x))", "it cannot be told what was put into it"),
    "percent by name": ("mark_safe('<b>%(x)s</b>' % {'x': x})", "it cannot be told what was put into it"),
    "a dictionary": ("mark_safe('<b>%(x)s</b>' % x)", "it cannot be told what was put into it"),
    "unpacked by name": ("mark_safe('<b>{x}</b>'.format(**x))", "it cannot be told what was put into it"),
    "a safe type": ("safestring.SafeText(f'<b>{x}</b>')", "it cannot be told what was put into it"),
    "a widget": ("mark_safe(f'<p>{self.widget.render(x)}</p>')", "`render` may be HTML already"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_escapes_what_is_put_into_markup(name: str) -> None:
    before, after = (f"import flask\nfrom markupsafe import Markup\n{code}\n" for code in REWRITTEN[name])

    check_rewritten("escape-markup", MARKUP, before, after)


@pytest.mark.parametrize("name", DJANGO_REWRITTEN)
def test_escapes_what_is_put_into_text_for_django(name: str) -> None:
    code, result = DJANGO_REWRITTEN[name]
    before = f"from django.utils.safestring import mark_safe\n\ndef f(x, y, z):\n    return {code}\n"
    after = (
        "from django.utils.safestring import mark_safe\nfrom django.utils.html import format_html\n\n"
        f"def f(x, y, z):\n    return {result}\n"
    )

    check_rewritten("escape-markup", DJANGO, before, after)


def test_uses_the_import_that_is_there() -> None:
    head = "from django.utils import html\nfrom django.utils.safestring import mark_safe as safe\n"

    check_rewritten(
        "escape-markup",
        DJANGO,
        f"{head}x = safe(f'<b>{{y}}</b>')\n",
        f"{head}x = html.format_html('<b>{{}}</b>', y)\n",
    )


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_markup_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left_alone("escape-markup", MARKUP, f"from markupsafe import Markup\n{code}\n", reason)


@pytest.mark.parametrize("name", DJANGO_LEFT_ALONE)
def test_leaves_text_for_django_alone(name: str) -> None:
    code, reason = DJANGO_LEFT_ALONE[name]
    head = (
        "from django.utils import safestring\nfrom django.utils.safestring import mark_safe\n\n"
        "def f(self, x):\n    return "
    )

    check_left_alone("escape-markup", DJANGO, f"{head}{code}\n", reason)
