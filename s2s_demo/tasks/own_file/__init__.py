"""A visitor's own pairs: a table of text, read with care, and the task it makes.

quoted, json_rows    text -> rows of cells
table                a file -> its rows, by the delimiter that explains them
columns, headings    which two columns hold source and target, and whether the first row names them
pairs                rows -> pairs, and what was left out with its row: `read_pairs`
task                 pairs -> something to learn
"""

from s2s_demo.tasks.own_file.pairs import LeftOut, PairsFile, ReadPairs, pairs_of, read_pairs
from s2s_demo.tasks.own_file.table import MAX_BYTES, Table, read_table, table_of
from s2s_demo.tasks.own_file.task import OwnFile

__all__ = [
    "MAX_BYTES",
    "LeftOut",
    "OwnFile",
    "PairsFile",
    "ReadPairs",
    "Table",
    "pairs_of",
    "read_pairs",
    "read_table",
    "table_of",
]
