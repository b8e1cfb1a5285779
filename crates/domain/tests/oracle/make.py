"""Writes oracle.tsv from the PyPI package `holidays` (version 0.109): an independent opinion on Vietnam's days off.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install holidays==0.109
    /tmp/oracle/bin/python make.py > oracle.tsv

One line a day that is not what its weekday says: day, `off` or `worked`.
"""
import datetime
import re

import holidays

WEEKEND = {5, 6}
for year in range(2017, 2028):
    days_off = holidays.Vietnam(years=year)
    lines = {}
    for day, name in days_off.items():
        lines[day] = "off"
        swapped = re.search(r"substituted from (\d\d)/(\d\d)/(\d{4})", name)
        if swapped:
            month, date, of_year = map(int, swapped.groups())
            lines[datetime.date(of_year, month, date)] = "worked"
    for day, what in sorted(lines.items()):
        print(f"{day}\t{what}")
