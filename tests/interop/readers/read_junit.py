"""Reads a report with junitparser: read_junit.py FILE

Prints each test case as [suite, name, kind of result, message, text], and the counts of the file.
"""

import json
import sys

from junitparser import JUnitXml


def main(path: str) -> None:
    report = JUnitXml.fromfile(path)
    cases = []
    for suite in report:
        assert suite.tests == len(list(suite)), f"{suite.name}: {suite.tests}"
        for case in suite:
            kinds = [(type(r).__name__, r.message, r.text) for r in case.result]
            for kind, message, text in kinds or [("Passed", None, case.system_out)]:
                cases.append([suite.name, case.name, kind, message, text])
    json.dump({"cases": cases, "tests": report.tests, "failures": report.failures}, sys.stdout)


main(sys.argv[1])
