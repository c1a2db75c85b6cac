"""Values beside the SQL of a query set act as values inside it; other values, and lost ones, do not."""

import pytest

from .programs import changed, check

SHOP = """
import frappe
from django.db.models.expressions import RawSQL
from shop.models import Item

def named(name, size):
    return Item.objects.filter(x=1).extra(
        select={"n": "SELECT COUNT(*) FROM c WHERE c.x = '%s'" % name},
        where=["a = %s", "b LIKE '%%" + name + "%%'", f"size = {size}"],
        params=[size],
    )

def raw(name):
    return Item.objects.annotate(v=RawSQL(f"lower(y) = '{name}'", [], None))

def listed(name):
    return frappe.db.sql(f"select x from tabItem where name = '{name}'", as_dict=1)
"""
BOUND = [
    ("c.x = '%s'\" % name}", 'c.x = %s"}'),
    ('"b LIKE \'%%" + name + "%%\'"', '"b LIKE %s"'),
    ('f"size = {size}"', '"size = %s"'),
    ("params=[size],", 'params=[size, "%" + name + "%", size], select_params=[name],'),
    ("RawSQL(f\"lower(y) = '{name}'\", [], None)", 'RawSQL("lower(y) = %s", [name], None)'),
    (
        "sql(f\"select x from tabItem where name = '{name}'\",",
        'sql("select x from tabItem where name = %s", (name,),',
    ),
]


def test_values_that_are_bound_are_kept() -> None:
    answer = check(SHOP, changed(SHOP, *BOUND))

    assert (answer["verdict"], answer["difference"]) == ("kept", None)


@pytest.mark.parametrize(
    "change",
    [
        ("select_params=[name]", "select_params=[size]"),
        ('params=[size, "%" + name + "%", size]', "params=[size, name, size]"),
        ('params=[size, "%" + name + "%", size]', 'params=[size, "%" + name + "%"]'),
        ('"size = %s"', '"size > %s"'),
        ("[name], None)", "[name])"),
        ('"lower(y) = %s", [name]', '"y = %s", [name]'),
        ("as_dict=1", "as_dict=0"),
        ("(name,), as_dict=1", "(name.upper(),), as_dict=1"),
    ],
)
def test_another_query_is_refused(change: tuple[str, str]) -> None:
    answer = check(SHOP, changed(SHOP, *BOUND, change))

    assert answer["verdict"] == "deviated", answer
