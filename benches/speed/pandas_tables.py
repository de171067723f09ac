"""What an analyst would write: read the lines, write the tables of claims and citations, count."""

import json
import sys
from pathlib import Path

import pandas as pd

root, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
with open(root / "dataset/claims/all.jsonl", encoding="utf-8") as lines:
    claims = [json.loads(line) for line in lines]
with open(root / "dataset/sources/all.jsonl", encoding="utf-8") as lines:
    sources = [json.loads(line) for line in lines]

citations = pd.json_normalize(claims, "citations", ["id"], record_prefix="citation_")
table = pd.json_normalize(claims).drop(columns="citations")
table.to_csv(out / "claims.csv", index=False)
citations.to_csv(out / "citations.csv", index=False)
pd.json_normalize(sources).to_csv(out / "sources.csv", index=False)

years = table["date"].str[:4]
print(table.groupby([years, "confidence"]).size())
print(table.explode("topics").groupby("topics").size())
print(table.explode("subjects").groupby("subjects").size())
print(citations.groupby("citation_source").size().describe())
