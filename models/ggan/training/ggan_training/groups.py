"""Which programs are so alike that a model that has seen one has as good as seen the other."""

from collections.abc import Mapping


def joined_groups(groups: Mapping[str, str], families: Mapping[str, int]) -> dict[str, str]:
    """Return for each id the first of all groups that are one with its own.

    Two groups are one where programs of both are of one family: the same program in other words.
    """
    parents: dict[str, str] = {}

    def root(group: str) -> str:
        while parents.setdefault(group, group) != group:
            group = parents[group]
        return group

    first_of_family: dict[int, str] = {}
    for name in sorted(groups):
        if name in families:
            first = first_of_family.setdefault(families[name], groups[name])
            one, other = sorted((root(groups[name]), root(first)))
            parents[other] = one
    return {name: root(group) for name, group in groups.items()}
