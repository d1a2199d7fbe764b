"""Reads an export back with another program's eyes; what cannot be read fails."""

import csv
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pypdfium2
from lxml import etree
from prov.model import ProvDocument


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines, strict=True))
    assert all(len(row) == len(rows[0]) for row in rows)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def read_lines(file: Path) -> list[dict[str, Any]]:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) == text.count("\n")  # no line breaks of any other kind
    return [json.loads(line) for line in text.splitlines()]


def read_parquet(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(file).to_pylist()
    return rows


def read_json(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def read_graph(file: Path) -> nx.MultiDiGraph:
    return nx.read_gexf(file) if file.suffix == ".gexf" else nx.read_graphml(file, force_multigraph=True)


def read_prov(file: Path) -> ProvDocument:
    form = "provn" if file.suffix == ".provn" else "json"
    return ProvDocument.deserialize(content=file.read_text("utf-8"), format=form)


def read_svg(file: Path) -> etree._Element:
    text = file.read_bytes()
    root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return root


def read_pdf(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


TABLES = {"csv": read_csv, "jsonl": read_lines, "parquet": read_parquet}


def read(name: str, out: Path) -> Any:
    """What a format wrote, read as what it says it is."""
    if name in TABLES:
        return {file.stem: TABLES[name](file) for file in sorted(out.iterdir())}
    if name == "brat":
        from tests.exporting.standoff import folder

        return folder(out)
    readers = {"gexf": read_graph, "graphml": read_graph, "prov": read_prov, "provn": read_prov, "pdf": read_pdf}
    readers |= {"svg": read_svg}
    return readers.get(name, read_json)(out)
