"""The numbers of the overview in one statement for SQLite, written for this purpose alone."""

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta

from planner.domain.forecast import PACE_DAYS, QUIET_DAYS, pace_window
from planner.domain.period import month_of

Totals = dict[str, tuple[int, int, int, int]]
"""Granted, committed, spent and estimated øre by package, own lines, or free money."""

_SQL = """
WITH approved(plan_id, number) AS (SELECT plan_id, max(number) FROM decision GROUP BY plan_id),
planned(item_id, oere) AS (
  SELECT m.item_id, sum(m.oere) FROM line_month m
  JOIN approved a ON a.plan_id = m.plan_id AND a.number = m.number
  WHERE m.month >= :month GROUP BY m.item_id
),
lately(envelope_id, oere) AS (
  SELECT s.envelope_id, sum(max(s.paid, 0) * w.inside / w.days) FROM month_sum s
  JOIN envelope e ON e.id = s.envelope_id AND e.kind <> 'item'
  JOIN (SELECT column1 AS month, column2 AS inside, column3 AS days FROM (VALUES {window})) w ON w.month = s.month
  GROUP BY s.envelope_id
),
moved(key, awarded, committed, paid) AS (
  SELECT CASE WHEN e.kind <> 'item' THEN 'free_money' ELSE coalesce(i.package_id, 'own_line') END,
    sum(s.awarded), sum(s.committed), sum(s.paid)
  FROM month_sum s JOIN envelope e ON e.id = s.envelope_id LEFT JOIN plan_item i ON i.id = e.item_id
  WHERE s.unit_id IN ({units}) GROUP BY 1
),
expected(key, oere) AS (
  SELECT coalesce(i.package_id, 'own_line'), sum(min(e.committed, planned.oere))
  FROM planned JOIN plan_item i ON i.id = planned.item_id JOIN envelope e ON e.item_id = i.id
  JOIN plan p ON p.id = i.plan_id AND p.unit_id IN ({units}) GROUP BY 1
  UNION ALL
  SELECT 'free_money', coalesce(sum(min(e.available, lately.oere
    * CAST(julianday(b.last_day) - julianday(:today) AS INTEGER)
    / min(CAST(julianday(:today) - julianday(b.first_day) AS INTEGER) + 1, :pace))), 0)
  FROM lately JOIN envelope e ON e.id = lately.envelope_id JOIN budget b ON b.id = e.budget_id
  JOIN plan p ON p.id = b.plan_id AND p.unit_id IN ({units})
  WHERE b.first_day <= :quiet AND b.last_day > :today
)
SELECT key, sum(granted), sum(committed), sum(paid), sum(estimate) FROM (
  SELECT key, CASE key WHEN 'free_money' THEN awarded ELSE committed + paid END AS granted,
    committed, paid, paid AS estimate FROM moved
  UNION ALL SELECT 'free_money', -committed - paid, 0, 0, 0 FROM moved WHERE key <> 'free_money'
  UNION ALL SELECT key, 0, 0, 0, oere FROM expected
) GROUP BY key
"""


def totals(connection: sqlite3.Connection, units: Iterable[int], today: date) -> Totals:
    """Ask for the numbers; what is filled into the text are whole numbers and months of our own."""
    window = ", ".join(f"('{month}', {inside}, {days})" for month, inside, days in pace_window(today))
    sql = _SQL.format(window=window, units=", ".join(map(str, sorted(units))))
    quiet = today - timedelta(QUIET_DAYS)
    values = {"today": today.isoformat(), "quiet": quiet.isoformat(), "month": month_of(today), "pace": PACE_DAYS}
    return {key: tuple(figures) for key, *figures in connection.execute(sql, values)}
