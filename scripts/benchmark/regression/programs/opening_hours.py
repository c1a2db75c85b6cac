"""Tells whether a shop is open."""

HOURS = {"mon": (9, 18), "tue": (9, 18), "wed": (9, 13), "thu": (9, 18), "fri": (9, 20), "sat": (10, 14)}


def is_open(day, hour):
    if day not in HOURS:
        return False
    opens, closes = HOURS[day]
    return opens <= hour < closes


def next_opening(day):
    days = list(HOURS)
    start = days.index(day) + 1 if day in HOURS else 0
    following = days[start % len(days)]
    return following, HOURS[following][0]
