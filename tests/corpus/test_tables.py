"""A story and origins as Arrow tables: every row, every column described, and words that no other file could hold."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.corpus import tables
from sayso.model import Origins, Story
from tests.reporting.stories.hostile import EVIL_ORIGINS, EVIL_STORY
from tests.reporting.stories.sample import COURIER, ORIGINS, STORY

OF_STORIES = [tables.entries, tables.passages, tables.derivations, tables.changes]


def test_every_thing_of_a_story_has_a_row() -> None:
    assert [make(STORY).num_rows for make in OF_STORIES] == [5, 7, 5, 4]
    assert tables.origins(ORIGINS).num_rows == 2


def test_rows_say_what_the_story_says() -> None:
    entry = tables.entries(STORY).to_pylist()[0]
    assert entry["published"] == date(2024, 5, 3)
    assert (entry["earliest"], entry["latest"]) == (date(2024, 5, 2), date(2024, 5, 4))
    assert (entry["article"], entry["captures"], entry["asked"], entry["first"]) == ("c0ffee01", 2, False, True)
    assert tables.entries(STORY).to_pylist()[4]["published"] is None
    passage = tables.passages(STORY).to_pylist()[0]
    span = passage["other_spans"][0]
    assert passage["other_text"] == COURIER[span["start"] : span["end"]]
    assert (passage["kind"], passage["likeness"]) == ("reworked", 0.61)
    link = tables.derivations(STORY).to_pylist()[0]
    assert (link["way"], link["later_from_earlier"], link["passages"], link["changes"]) == (
        "later from earlier",
        0.91,
        3,
        4,
    )
    change = tables.changes(STORY).to_pylist()[0]
    assert (change["before"], change["after"], change["firmer"]) == ("may have sunk", "has sunk", True)
    origin = tables.origins(ORIGINS).to_pylist()[0]
    assert (origin["name"], origin["chance"], len(origin["articles"])) == ("two port workers", 1.0, 4)


@pytest.mark.parametrize("story", [STORY, EVIL_STORY, Story("gone", (), ())], ids=["story", "evil", "empty"])
def test_tables_have_the_same_columns_with_notes_and_can_be_kept_in_files(story: Story) -> None:
    made = {make: make(story) for make in OF_STORIES} | {tables.origins: tables.origins(Origins("x", 0, 0))}
    made[len] = tables.origins(EVIL_ORIGINS)
    for make, table in made.items():
        assert make is len or make is tables.origins or table.schema.equals(make(STORY).schema)
        assert all(field.metadata[b"about"] for field in table.schema)
        out = pa.BufferOutputStream()
        pq.write_table(table, out)
        assert pq.read_table(pa.BufferReader(out.getvalue())).num_rows == table.num_rows
