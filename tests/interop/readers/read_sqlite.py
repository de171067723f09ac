"""Reads the tables of a database with sqlite-utils: read_sqlite.py TABLES FILE"""

import json
import sys

import sqlite_utils
from cells import show

database = sqlite_utils.Database(sys.argv[2])
show(lambda name: database[name].rows, lists=json.loads)
