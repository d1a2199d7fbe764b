"""A story and the origins of a claim, built by hand: no part that finds such things stands between it and its report.

All outlets, people, places and words in it are invented.
"""

from sayso.model import (
    Article,
    Capture,
    Carrier,
    Change,
    Circle,
    Citation,
    Derivation,
    Entry,
    Exhibit,
    Gap,
    Origin,
    Origins,
    Passage,
    Span,
    Spans,
    Story,
    StoryFinding,
)

WIRE = (
    "Fuel barge said to have sunk off Tallow Point\n\n"
    "TALLOW POINT (Northern Wire) - A fuel barge with an estimated 40 barrels on board may have sunk off Tallow Point "
    "on Thursday night, according to two port workers who asked not to be named.\n\n"
    "The harbour office closed the east quay on Friday morning and said it was looking into the reports.\n\n"
    "“We have sent a boat, and we will tell people what it finds,” said harbour master Ida Venn."
)
COURIER = (
    "Fuel barge sinks off Tallow Point\n\n"
    "A fuel barge with 400 barrels on board has sunk off Tallow Point on Thursday night, officials say.\n\n"
    "The harbour office closed the east quay on Friday morning and said it was looking into the reports. Shops on the "
    "quay stayed open, and buyers came as on any other Friday.\n\n"
    "“We have sent a boat,” said harbour master Ida Venn."
)
GAZETTE = (
    "Oil off the Point\n\n"
    "As the Lowland Courier reports, a fuel barge with 400 barrels on board has sunk off Tallow Point. "
    "“We have sent a boat, and we will tell people what it finds,” harbour master Ida Venn told the Gazette."
)
BLOG = (
    "Barge gone\n\nThe harbour office closed the east quay on Friday morning and said it was looking into the reports."
)
OLD = (
    "Fuel barge sinks off Tallow Point\n\n"
    "A fuel barge with 400 barrels on board has sunk off Tallow Point on Thursday night, officials say."
)


def article(key: str, text: str, outlet: str | None, published: str | None = None, url: str | None = None) -> Article:
    title = text.partition("\n")[0]
    return Article(
        key, f"{key}.html", text, key, "2024-05-09T08:00:00Z", "text/html", url=url, outlet=outlet, title=title,
        title_spans=(Span(0, len(title)),), language="en", published=published,
    )  # fmt: skip


def at(text: str, words: str) -> Spans:
    """Where the words stand in the text, which they must."""
    start = text.index(words)
    return (Span(start, start + len(words)),)


def shared(one: str, other: str, words: str, others: str | None = None, likeness: float = 1.0) -> Passage:
    """A passage of two texts: the same words, or `others` in the other one."""
    kind = "verbatim" if others is None else "reworked"
    quoted, other_quoted = ("“" + words in one), ("“" + (others or words) in other)
    reasons = ("an equal run of words",) if others is None else ("shared words that are rare: “barge”, “tallow”",)
    return Passage(
        at(one, words), at(other, others or words), kind, len(words.split()), likeness, quoted, other_quoted, reasons
    )  # fmt: skip


ENTRIES = (
    Entry(article("c0ffee01", WIRE, "Northern Wire", "2024-05-03", "https://wire.example/barge"), 0,
          "2024-05-02", "2024-05-04", (Capture("2024-05-03T09:10:00Z", "wire.warc.gz", "https://wire.example/barge"),
                                       Capture("2024-05-06T09:10:00Z", "wire.warc.gz", "https://wire.example/barge"))),
    Entry(article("c0ffee02", BLOG, None, "2024-05-03", "https://blog.example/gone"), 3, "2024-05-02", "2024-05-04"),
    Entry(article("c0ffee03", COURIER, "Lowland Courier", "2024-05-06", "https://courier.example/1"), 1,
          "2024-05-05", "2024-05-07"),
    Entry(article("c0ffee04", GAZETTE, "Mercia Gazette", "2024-05-09"), 2, "2024-05-08", "2024-05-10"),
    Entry(article("c0ffee05", OLD, "Lowland Courier", None, "https://courier.example/0"), 4, None, None),
)  # fmt: skip

QUAY = "The harbour office closed the east quay on Friday morning and said it was looking into the reports."
SUNK_WIRE = (
    "A fuel barge with an estimated 40 barrels on board may have sunk off Tallow Point on Thursday night, according to "
    "two port workers who asked not to be named."
)
SUNK = "A fuel barge with 400 barrels on board has sunk off Tallow Point on Thursday night, officials say."
BOAT = "We have sent a boat, and we will tell people what it finds"

FROM_WIRE = Derivation(
    "c0ffee01", "c0ffee03", 0.91, 0.01, 0.06, 0.02, "later from earlier",
    (shared(WIRE, COURIER, SUNK_WIRE, SUNK, 0.61), shared(WIRE, COURIER, QUAY),
     shared(WIRE, COURIER, BOAT, "We have sent a boat", 0.42)),
    0.61, 0.66,
    changes=(
        Change("hedge dropped", "“may have sunk” has become “has sunk”.", at(WIRE, "may have sunk"),
               at(COURIER, "has sunk"), True, ("“may” is a hedge",)),
        Change("number changed", "“an estimated 40 barrels” has become “400 barrels”.",
               at(WIRE, "an estimated 40 barrels"), at(COURIER, "400 barrels"), True),
        Change("source promoted", "The unnamed “two port workers” have become “officials”.",
               at(WIRE, "two port workers who asked not to be named"), at(COURIER, "officials"), True),
        Change("added", "The later text adds a sentence.", (), at(COURIER, "Shops on the quay stayed open")),
    ),
    reasons=("it is dated 3 days later", "it is a cut text of the same order"),
)  # fmt: skip
STORY = Story(
    "c0ffee03",
    ENTRIES,
    ("c0ffee01", "c0ffee02"),
    (
        FROM_WIRE,
        Derivation("c0ffee02", "c0ffee03", 0.2, 0.05, 0.7, 0.05, "common source", (shared(BLOG, COURIER, QUAY),),
                   0.9, 0.3, reasons=("both stand nearer to Northern Wire than to each other",)),
        Derivation("c0ffee03", "c0ffee04", 0.97, 0.0, 0.02, 0.01, "later from earlier",
                   (shared(COURIER, GAZETTE, SUNK[2:64]),),
                   0.2, 0.3, citations=(Citation("c0ffee04", "Lowland Courier", "named as source", ("c0ffee03",),
                                                 at(GAZETTE, "As the Lowland Courier reports"),
                                                 ("“reports” is a verb of speaking",)),)),
        Derivation("c0ffee03", "c0ffee05", 0.35, 0.45, 0.1, 0.1, "unclear", (shared(COURIER, OLD, SUNK),), 0.4, 0.95),
        Derivation("c0ffee01", "c0ffee02", 0.85, 0.1, 0.03, 0.02, "later from earlier", (shared(WIRE, BLOG, QUAY),), 0.2, 0.9),
    ),
    (Citation("c0ffee03", "Tallow Radio", "credit line"),),
    (Circle(("c0ffee03", "c0ffee04"), (Exhibit("c0ffee03", at(COURIER, "officials say")),
                                       Exhibit("c0ffee04", at(GAZETTE, "As the Lowland Courier reports"))),
            "Lowland Courier and Mercia Gazette give each other as the source."),),
    (
        StoryFinding("firmer without a source", "high",
                     "Lowland Courier says for certain what Northern Wire had as a possibility, and gives no new source.",
                     (Exhibit("c0ffee01", at(WIRE, "may have sunk")), Exhibit("c0ffee03", at(COURIER, "has sunk"))),
                     ("“may” is a hedge; nobody is named who would know more",)),
        StoryFinding("published earlier", "low", "The same text was there earlier, at another address.",
                     (Exhibit("c0ffee05", at(OLD, "officials say")),)),
    ),
    (Gap("no date", "One article has no date, so it may be older than all others."),),
    14,
)  # fmt: skip

ORIGINS = Origins(
    "A fuel barge has sunk off Tallow Point.",
    1,
    2,
    (0.62, 0.38),
    (
        Origin("o1", "unnamed", "two port workers", ("c0ffee01", "c0ffee03", "c0ffee04", "c0ffee05"),
               (Exhibit("c0ffee01", at(WIRE, "according to two port workers who asked not to be named")),), 1.0,
               ("unnamed people of one agency count as one",)),
        Origin("o2", "own report", "Lowland Courier", ("c0ffee05",),
               (Exhibit("c0ffee05", at(OLD, "officials say")),), 0.38),
    ),
    (
        Carrier("c0ffee01", at(WIRE, SUNK_WIRE), (("o1", 1.0),), ("cites two port workers",)),
        Carrier("c0ffee03", at(COURIER, SUNK), (("c0ffee01", 0.91), ("c0ffee05", 0.09))),
        Carrier("c0ffee04", at(GAZETTE, "As the Lowland Courier reports"), (("c0ffee03", 1.0),)),
        Carrier("c0ffee05", at(OLD, SUNK), (("c0ffee03", 0.62), ("o2", 0.38)), ("it has no date",)),
    ),
    (),
    (Gap("unnamed", "Two papers that cite “officials” may mean the same people."),),
    ENTRIES,
)  # fmt: skip


def wire_story(papers: int) -> Story:
    """One agency's text in so many papers, on the same two days; the last one is asked about."""
    wire = Entry(article("wire", WIRE, "Northern Wire", "2024-05-03"), 0, "2024-05-02", "2024-05-04")
    printed = [
        Entry(article(f"paper{n}", WIRE, f"Paper {n}", f"2024-05-0{6 + n % 2}"), n, f"2024-05-0{5 + n % 2}",
              f"2024-05-0{7 + n % 2}")
        for n in range(1, papers)
    ]  # fmt: skip
    whole = Passage((Span(0, len(WIRE)),), (Span(0, len(WIRE)),), "verbatim", len(WIRE.split()))
    asked = printed[-1].id
    links = [Derivation("wire", each.id, 0.97, 0, 0.02, 0.01, "later from earlier", (whole,), 1, 1) for each in printed]
    links += [
        Derivation(each.id, asked, 0.2, 0.2, 0.55, 0.05, "common source", (whole,), 1, 1) for each in printed[:-1]
    ]
    return Story(asked, (wire, *printed), ("wire",), tuple(links), left=3)
