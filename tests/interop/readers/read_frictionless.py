"""Reads a Data Package with frictionless: read_frictionless.py TABLES FOLDER"""

import sys
from pathlib import Path

from cells import show
from frictionless import Package

package = Package(str(Path(sys.argv[2]) / "datapackage.json"))
show(lambda name: (row.to_dict() for row in package.get_resource(name).read_rows()))
