"""The catalogue: care packages as content that a commissioner can read and change.

Each file in ``content`` is one package, and its name is the package's ``id``. To add one, copy a file
that is like it, give it its own id and words in Danish and English, and run ``planner catalogue check``:
it names every fault by file and key. ``shape`` says what a file may hold, ``vocabulary`` which kinds of
activities, laws and assumptions there are, ``relations`` how packages fit together, and ``reader`` reads
them all or none. Changing a file makes a new version; plans that were sent keep theirs. A package that
is no longer offered gets ``withdrawn_on`` and stays.

A provider's or a nation's price list becomes packages of the house through a mapping: ``mappings/example.toml`` shows
every key of one with a word about it, and ``planner catalogue import LIST --mapping MAPPING --dry-run`` tries it.
"""
