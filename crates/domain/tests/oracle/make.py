"""Writes oracle.tsv from the PyPI package `holidays` (version 0.109): an independent opinion on Vietnam's calendar.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install holidays==0.109
    /tmp/oracle/bin/python make.py > oracle.tsv

One line a year: the year, its days off (without plain weekends), its weekend days that are worked, and the SHA-256 of
all due days the package itself gives: a line `start n due` for every day of the year and n from 1 to 30 working days.
The due days come from the package's own `get_nth_working_day`, not from the lists printed beside them.
"""

import datetime
import hashlib

import holidays

FIRST, LAST = 2017, 2027
DUE_YEARS = range(2018, 2027)
COUNTS = range(1, 31)

vietnam = holidays.Vietnam(years=range(FIRST, LAST + 1))


def days(found, year):
    return " ".join(day.strftime("%m-%d") for day in sorted(found) if day.year == year)


def due_digest(year):
    digest = hashlib.sha256()
    start = datetime.date(year, 1, 1)
    while start.year == year:
        for count in COUNTS:
            due = vietnam.get_nth_working_day(start, count)
            digest.update(f"{start} {count} {due}\n".encode())
        start += datetime.timedelta(days=1)
    return digest.hexdigest()


for year in range(FIRST, LAST + 1):
    digest = due_digest(year) if year in DUE_YEARS else ""
    print(year, days(vietnam, year), days(vietnam.weekend_workdays, year), digest, sep="\t")
