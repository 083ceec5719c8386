"""A visitor's own pairs: a table of text, read with care, and the task it makes.

quoted, json_rows    text -> rows of cells
table                a file -> its rows, by the delimiter that explains them
columns, headings    which two columns hold source and target, and whether the first row names them
pairs                rows -> pairs, and what was left out with its row: `read_pairs`
task                 pairs -> something to learn
"""

from s2s_demo.tasks.own_file.pairs import LeftOut, ReadPairs, own_file, pairs_of, read_pairs
from s2s_demo.tasks.own_file.table import Table, read_table
from s2s_demo.tasks.own_file.task import OwnFile

__all__ = ["LeftOut", "OwnFile", "ReadPairs", "Table", "own_file", "pairs_of", "read_pairs", "read_table"]
