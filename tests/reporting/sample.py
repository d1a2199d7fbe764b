"""A hand-built analysis with everything a renderer can meet: nesting, overlaps, characters outside the BMP, Arabic."""

from sayso.model import (
    Actor,
    Analysis,
    Anonymity,
    Article,
    Attribution,
    Chain,
    Claim,
    Content,
    Cue,
    DateCandidate,
    Finding,
    Gap,
    Link,
    Listing,
    Mention,
    Quantity,
    Residue,
    Source,
    Span,
    TimeExpression,
    TimeReading,
    Wording,
)

TEXT = """Rescuers “plan raid” 🚒 at Port Ember, report says

PORT EMBER, Lowland Courier – The so-called Harbour Guard 🚢, which stands accused of smuggling, is planning a raid.

Northern Wire, citing unnamed sources, reported on Tuesday that a dockside official told Mercia Press that \
the regime was “ready to strike 𝕏”.

It said the barrels came through Ashby <b>Gate</b>.

قال المتحدث إن الميناء مفتوح 🚢

The group was founded in Stowe in 2013 and has received $55 million.

“The quay is open,” said Mara Quill, the harbour master, in remarks carried by Northern Wire. A customs ledger seen \
by Mercia Press lists forty barrels. Unnamed sources called Quill reckless. The dockside official spoke on condition \
of anonymity because he was not allowed to talk to reporters."""


def span(words: str, nth: int = 0) -> Span:
    """Where the words stand (the nth time) in the text."""
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words))


def spans(*words: str) -> tuple[Span, ...]:
    return tuple(span(each) for each in words)


ARTICLE = Article(
    id="0123456789abcdef",
    input="courier.html",
    text=TEXT,
    sha256="0123456789abcdef" * 4,
    captured="2026-11-22T17:00:00Z",
    media_type="text/html",
    encoding="utf-8",
    url="https://courier.example/raid?a=1&b=2",
    outlet="Lowland Courier",
    outlet_evidence="dateline",
    title="Rescuers “plan raid” 🚒 at Port Ember, report says",
    title_spans=spans("Rescuers “plan raid” 🚒 at Port Ember, report says"),
    byline="A. Writer",
    language="en",
    published="2024-10-20",
    published_evidence="JSON-LD",
    dates=(
        DateCandidate("2024-10-20T09:30:00+00:00", "JSON-LD", "published", "2024-10-20T09:30:00+00:00"),
        DateCandidate("2018-09-04", "url", "unknown", "/2018/09/04/"),
    ),
    residue=(Residue("Your Name\nYour Email Address", "a comment form", len(TEXT)),),
    notes=("The title was taken from the page's metadata.",),
)

CONTENT = "that a dockside official told Mercia Press that the regime was “ready to strike 𝕏”"
NESTED = "that the regime was “ready to strike 𝕏”"

ATTRIBUTIONS = (
    Attribution(
        "a0",
        "indirect",
        Source((), "unnamed", None, ("An agentless passive: nobody is given who accuses.",)),
        Cue(spans("stands accused of"), "hedged"),
        Content(spans("smuggling")),
        certainty="certain",
    ),
    Attribution(
        "a1",
        "indirect",
        Source(spans("Northern Wire"), "outlet", "e2", ("A name in the table of agencies.",)),
        Cue(spans("reported")),
        Content(spans(CONTENT)),
        certainty="certain",
        reasons=("“reported” is a verb of speaking, and “Northern Wire” is its subject.",),
    ),
    Attribution(
        "a2",
        "mixed",
        Source(spans("a dockside official"), "role", "e3"),
        Cue(spans("told")),
        Content(spans(NESTED)),
        parent="a1",
        reasons=("It stands in what Northern Wire reported.",),
        recipient=Source(spans("Mercia Press"), "outlet", "e4"),
    ),
    Attribution(
        "a3",
        "indirect",
        Source(spans("It"), "outlet", "e2", ("The only source that “It” can stand for.",)),
        Cue(spans("said")),
        Content(spans("the barrels came through Ashby <b>Gate</b>")),
    ),
    Attribution(
        "a4",
        "indirect",
        Source(spans("المتحدث"), "role"),
        Cue(spans("قال")),
        Content(spans("إن الميناء مفتوح 🚢")),
        certainty="unclear",
        reasons=("No source found that this could be.",),
    ),
    Attribution(
        "a5",
        "direct",
        Source(spans("Mara Quill"), "person", "e6"),
        Cue((span("said", 1),)),
        Content(spans("“The quay is open,”")),
        certainty="certain",
        through=(Source(spans("carried by Northern Wire"), "outlet", "e2"),),
    ),
    Attribution(
        "a6",
        "indirect",
        Source(spans("A customs ledger"), "document", "e7", ("“seen by Mercia Press”: who reports it has seen it.",)),
        Cue(spans("lists")),
        Content(spans("forty barrels")),
        through=(Source(spans("seen by Mercia Press"), "outlet", "e4"),),
    ),
    Attribution(
        "a7",
        "indirect",
        Source(spans("Unnamed sources"), "unnamed", "e5"),
        Cue((span("called", 1),)),
        Content(spans("Quill reckless")),
        reasons=("“called” with somebody and a quality.",),
    ),
    Attribution(
        "a8",
        "indirect",
        Source(spans("unnamed sources"), "unnamed", "e5"),
        Cue(spans("citing")),
        Content(spans(CONTENT)),
        parent="a1",
        certainty="certain",
    ),
)

COURIER = Link("Lowland Courier", "outlet", "e1")
NOBODY = Link("nobody named", "unnamed", None, "a0", spans("stands accused of"), ("An agentless passive.",))
WIRE = Link("Northern Wire", "outlet", "e2", "a1", spans("Northern Wire"), ("“Northern Wire … reported”",))
MERCIA = Link("Mercia Press", "outlet", "e4", "a2", spans("Mercia Press"))
SAME_WIRE = Link("Northern Wire", "outlet", "e2", "a5", spans("carried by Northern Wire"), ("“carried by”",))
QUILL = Link("Mara Quill", "person", "e6", "a5", spans("Mara Quill"))
SEEN_BY = Link("Mercia Press", "outlet", "e4", "a6", spans("seen by Mercia Press"))
LEDGER = Link("a customs ledger", "document", "e7", "a6", spans("A customs ledger"))
AGAIN = Link("unnamed sources", "unnamed", "e5", "a7", spans("Unnamed sources"))
IT = Link("Northern Wire", "outlet", "e2", "a3", spans("It"), ("The only source that “It” can stand for.",))
OFFICIAL = Link("a dockside official", "role", "e3", "a2", spans("a dockside official"))
UNNAMED = Link("unnamed sources", "unnamed", "e5", "a8", spans("unnamed sources"), ("“citing unnamed sources”",))

CHAINS = (
    Chain("c0", "a0", (COURIER, NOBODY), False, "certain", ("breaks off at “nobody named”: an agentless passive",)),
    Chain("c1", "a1", (COURIER, WIRE, UNNAMED), True, "certain"),
    Chain("c2", "a2", (COURIER, WIRE, MERCIA, OFFICIAL), True, "likely"),
    Chain("c3", "a3", (COURIER, IT), False, "likely", ("What Northern Wire rests on is not said here.",)),
    Chain("c4", "a4", (COURIER,), False, "unclear", ("The source was not found.",)),
    Chain("c5", "a5", (COURIER, SAME_WIRE, QUILL), True, "certain"),
    Chain("c6", "a6", (COURIER, SEEN_BY, LEDGER), True, "likely"),
    Chain("c7", "a7", (COURIER, AGAIN), True, "likely", ("“Unnamed sources” need not be the ones of Northern Wire.",)),
)

ANALYSIS = Analysis(
    ARTICLE,
    actors=(
        Actor("e1", "Lowland Courier", "outlet", ("Lowland Courier",), named=True),
        Actor(
            "e2",
            "Northern Wire",
            "outlet",
            ("Northern Wire", "It"),
            ("“It” follows it directly.",),
            named=True,
            listings=(
                Listing(
                    "Register of Presses",
                    "Northern Wire",
                    kind="news agency",
                    country="Lowland",
                    owner="Ministry of the North",
                    classed="state-controlled",
                    source="https://register.example/northern-wire",
                ),
            ),
        ),
        Actor(
            "e3",
            "a dockside official",
            "role",
            ("a dockside official", "the dockside official"),
            anonymity=Anonymity(why=spans("because he was not allowed to talk to reporters"), statements=("a2",)),
        ),
        Actor("e4", "Mercia Press", "outlet", ("Mercia Press",), named=True),
        Actor(
            "e5",
            "unnamed sources",
            "unnamed",
            ("unnamed sources",),
            anonymity=Anonymity(
                statements=("a1", "a7"), opinions=("a7",), reasons=("“called Quill reckless” judges somebody.",)
            ),
        ),
        Actor("e6", "Mara Quill", "person", ("Mara Quill", "Quill", "the harbour master"), named=True),
        Actor("e7", "a customs ledger", "document", ("a customs ledger",), owner="e8", seen=True),
        Actor("e8", "Port Ember customs", "organisation", ("Port Ember customs",)),
    ),
    mentions=(
        Mention(spans("Northern Wire"), "e2", "name"),
        Mention(spans("It"), "e2", "back reference", ("The only source in the paragraph before.",)),
        Mention(spans("المتحدث"), None, "back reference", ("No candidate.",)),
    ),
    attributions=ATTRIBUTIONS,
    chains=CHAINS,
    times=(
        TimeExpression(
            "t1",
            spans("on Tuesday"),
            "2024-10-15",
            "2024-10-15",
            "2024-10-15",
            "day",
            "published",
            ("The last Tuesday.",),
            (
                TimeReading("2024-10-15", "2024-10-15", "2024-10-15", "The last Tuesday."),
                TimeReading("2024-10-22", "2024-10-22", "2024-10-22", "The next Tuesday."),
            ),
        ),
        TimeExpression("t2", spans("in 2013"), "2013", "2013-01-01", "2013-12-31", "year", "explicit"),
    ),
    wordings=(
        Wording(spans("so-called"), "so-called", "outlet", None, ("It keeps a distance from the name.",)),
        Wording(
            spans("regime was “ready to strike 𝕏”.\n\nIt"), "loaded word", "source", "a2", ("Overlaps the quotation.",)
        ),
    ),
    claims=(
        Claim(
            "k1",
            spans("The group was founded in Stowe in 2013 and has received $55 million"),
            None,
            (
                Quantity(spans("Stowe"), "place", "Stowe"),
                Quantity(spans("2013"), "date", "2013"),
                Quantity(spans("$55 million"), "amount", "$55 million"),
            ),
            ("No source is given in the sentence or around it.",),
        ),
        Claim("k2", spans("the barrels came through Ashby <b>Gate</b>"), "a3"),
    ),
    findings=(
        Finding(
            "unnamed origin",
            "high",
            "The main claim rests on unnamed people only, reached through Northern Wire and Mercia Press.",
            spans("citing unnamed sources", "a dockside official told Mercia Press"),
            ("Lowland Courier ← Northern Wire ← unnamed sources",),
            ("c1", "c2"),
        ),
        Finding(
            "conflicting dates",
            "medium",
            "The page gives two dates, 2024-10-20 and 2018-09-04.",
            (),
            ("JSON-LD: 2024-10-20", "url: 2018-09-04"),
            ("t1",),
            (2018,),
        ),
    ),
    gaps=(Gap("unresolved source", "Who “المتحدث” is could not be told.", spans("المتحدث")),),
)
