"""What is fast, measured against the engine's own limit: ``./dev bench [--million] [NAME…]``.

Every result is one line of JSON:

- ``name``: what was measured; the modules' docstrings say how.
- ``value``, ``reference``: the median of ours, and of what it stands against, in ``unit``.
- ``ratio``: ours to the reference, taken pair by pair, the median of at least nine pairs. For time it is how many
  times as long ours took, so less is better; for throughput (``post_…``) which part of the reference's we reach.
- ``spread``: how far the middle half of the ratios lies apart, as a part of the median. Above 0.3 the machine was
  busy with something else: measure again.
- ``bar``, ``aim``, ``ok``: what the ratio must keep, what it should reach, and whether it keeps the bar.

The command ends 1 when a bar is missed and 2 when PostgreSQL is not to be found. Both sides of a pair run in one
process, one right after the other, on the same disk with the same settings, and every commit reaches the disk:
``commit_us`` says what one commit costs there, and the numbers of another disk cannot be compared with these.
``--million`` measures the histories with a million entries. RESULTS.md holds what was measured last.
"""
