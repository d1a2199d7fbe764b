"""An old report under a new date."""

import pytest

import sayso
from sayso.model import Article, StoryFinding

OLD = (
    "Divers found the main cable of the old harbour cut in two places on Monday, and the port stayed dark for hours. "
    "The harbour master called the cut clean and asked all ships to wait outside until the evening. Two tugs from Orrin "
    "brought lamps and a generator, and the ferries ran again on Tuesday morning with half of their crews on board."
)
OTHER = "The council of Halna met on Friday and spoke for two hours about the price of bread, without any vote at all."


def report(outlet: str, day: str | None, text: str = OLD) -> Article:
    return Article(
        f"{outlet} {day}", f"{outlet}.txt", text, f"{outlet}{day}", "2026-01-05T08:00:00Z", "text/plain", outlet=outlet,
        published=day, published_evidence=day and "the first line",
    )  # fmt: skip


def found(tmp_path: object, asked: Article, *known: Article) -> list[StoryFinding]:
    corpus = sayso.Corpus(str(tmp_path))
    corpus.add([*known, asked])
    return [finding for finding in corpus.trace(asked).findings if finding.kind == "published before"]


@pytest.mark.parametrize(
    ("known", "severity"),
    [
        ([report("Halna Wire", "2019-05-06")], "medium"),
        ([report("Halna Wire", "2019-05-06"), report("Amber Post", "2019-05-07")], "high"),
        ([report("Halna Wire", "2019-05-06", f"{OTHER} {OLD}")], "medium"),
    ],
)
def test_an_old_report_under_a_new_date(tmp_path: object, known: list[Article], severity: str) -> None:
    [finding] = found(tmp_path, report("Daily Echo", "2024-05-09"), *known)
    assert finding.severity == severity
    assert "Halna Wire on 2019-05-06, at least 1," in finding.message
    assert finding.evidence[0] == "Halna Wire had it on 2019-05-06: the first line"
    oldest, asked = finding.exhibits
    texts = {one.id: one.text for one in [*known, report("Daily Echo", "2024-05-09")]}
    assert next(span.of(texts[asked.article]) for span in asked.spans).startswith("Divers found")
    assert next(span.of(texts[oldest.article]) for span in oldest.spans).startswith("Divers found")


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        (report("Daily Echo", "2019-05-20"), report("Halna Wire", "2019-05-06")),  # followed up
        (report("Daily Echo", "2014-05-09"), report("Halna Wire", "2019-05-06")),  # the older one
        (report("Daily Echo", None), report("Halna Wire", "2019-05-06")),  # no date of its own
        (report("Daily Echo", "2024-05-09"), report("Halna Wire", None)),  # none of the other
        (report("Daily Echo", "2024-05-09", f"{OLD} {OTHER} {OTHER} {OTHER}"), report("Halna Wire", "2019-05-06")),
        (report("Daily Echo", "2024-05-09", f"{OTHER} “{OLD}”"), report("Halna Wire", "2019-05-06")),  # quoted
    ],
)
def test_nothing_is_said(tmp_path: object, asked: Article, known: Article) -> None:
    assert found(tmp_path, asked, known) == []
