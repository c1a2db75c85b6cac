"""The exception classes of the Python database interface, a set of its own for every driver."""

_TREE = {
    "Warning": "Exception",
    "Error": "Exception",
    "InterfaceError": "Error",
    "DatabaseError": "Error",
    "DataError": "DatabaseError",
    "OperationalError": "DatabaseError",
    "IntegrityError": "DatabaseError",
    "InternalError": "DatabaseError",
    "ProgrammingError": "DatabaseError",
    "NotSupportedError": "DatabaseError",
}


def error_classes(module: str) -> dict[str, type[Exception]]:
    """Return new exception classes by their names, as if the module had defined them."""
    made: dict[str, type[Exception]] = {"Exception": Exception}
    for name, parent in _TREE.items():
        made[name] = type(name, (made[parent],), {"__module__": module})
    del made["Exception"]
    return made
