"""The page: whole, valid, self-contained, and deaf to what the article says to it."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import sayso
from sayso.model import Analysis, Anonymity, Article, Finding, Gap, Listing, Span
from sayso.reporting import drawing, html, terminal
from sayso.reporting.labels import printable
from sayso.reporting.view import view

from .outputs import printed
from .sample import ANALYSIS, ARTICLE, TEXT

VOID = {"meta", "input", "br", "link", "img"}
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 777 * 777 }}</style></title>'<!--"


class Page(HTMLParser):
    """Reads a page strictly: every element closed in order; keeps elements, and the article's letters."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: list[str] = []
        self.ours = 0
        self.inside = False
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute given twice: {tag} {attrs}"
        self.elements.append((tag, given))
        if tag in VOID:
            return
        self.open.append(tag)
        if (given.get("class") or "") in {"said", "headline"}:
            self.inside = True
            self.paragraphs.append("")
        if tag == "a" and self.inside:
            self.ours += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in {"p", "h3"}:
            self.inside = False
        if tag == "a" and self.inside:
            self.ours -= 1

    def handle_data(self, data: str) -> None:
        if self.inside and not self.ours:
            self.paragraphs[-1] += data

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(html.render(ANALYSIS))


def test_the_page_shows_the_text_letter_by_letter(page: Page) -> None:
    assert page.paragraphs == [line for line in TEXT.split("\n") if line]


def test_every_link_leads_somewhere_and_no_anchor_is_there_twice(page: Page) -> None:
    ids = page.ids()
    assert len(ids) == len(set(ids))
    links = [attrs["href"] or "" for tag, attrs in page.elements if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    for _, attrs in page.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((attrs.get(name) or "").split()) <= set(ids)


def test_every_note_is_pointed_to_from_the_text(page: Page) -> None:
    links = {attrs["href"] for tag, attrs in page.elements if tag == "a" and "ref" in (attrs.get("class") or "")}
    assert links == {f"#{found.id}" for found in view(ANALYSIS).notes}


def test_marks_cover_their_spans() -> None:
    """The letters under the marks of a note are those of its spans."""
    report = view(ANALYSIS)
    for found in report.notes:
        wanted = {at for _, spans in found.note.parts for span in spans for at in range(*span) if TEXT[at] != "\n"}
        pieces = [piece.segment for part in report.paragraphs for piece in part.pieces]
        marked = {
            at for seg in pieces if any(m.target == found.mark for m in seg.marks) for at in range(seg.start, seg.end)
        }
        assert marked == wanted


def test_the_page_has_landmarks_and_headings_in_order(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    for landmark in ("header", "nav", "main", "footer"):
        assert tags.count(landmark) == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("aria-labelledby" in attrs for tag, attrs in page.elements if tag == "section")


def test_nothing_is_fetched_and_nothing_else_runs(page: Page) -> None:
    for tag, attrs in page.elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "form", "base", "foreignobject"}
        assert not [name for name in attrs if name.startswith("on") or name in {"src", "style", "srcset"}]
    text = html.render(ANALYSIS)
    assert not re.search(r"@import|url\(", text)
    policy = html.policy("a", "b")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_article_is_linked_only_by_http_and_without_referrer(page: Page) -> None:
    outward = [attrs for tag, attrs in page.elements if tag == "a" and not (attrs["href"] or "").startswith("#")]
    assert [(attrs["href"], "noreferrer" in (attrs["rel"] or "")) for attrs in outward] == [
        (ARTICLE.url, True),
        ("https://register.example/northern-wire", True),
    ]
    for url in ("javascript:alert(1)", "data:text/html,x", "JAVASCRIPT://x", "http://[", "//x", "file:///etc/passwd"):
        shown = Page(html.render(Analysis(replace(ARTICLE, url=url))))
        assert all((attrs["href"] or "").startswith("#") for tag, attrs in shown.elements if tag == "a")


def test_hostile_words_stay_words() -> None:
    text = f"{HOSTILE}\n\n{HOSTILE}"
    article = replace(
        ARTICLE,
        text=text,
        title=HOSTILE,
        outlet=HOSTILE,
        language=HOSTILE,
        byline=HOSTILE,
        input=HOSTILE,
        title_spans=(),
    )
    hostile = replace(
        ANALYSIS,
        article=article,
        actors=tuple(
            replace(
                actor,
                name=HOSTILE,
                names=(HOSTILE, f"{HOSTILE} again"),
                reasons=(HOSTILE,),
                anonymity=Anonymity((Span(0, 9),), ("a1", "none"), ("a1",), (HOSTILE,)),
                listings=(Listing(*[HOSTILE] * 7), Listing("A table", "x", source="javascript:alert(1)")),
            )
            for actor in ANALYSIS.actors
        ),
        chains=tuple(
            replace(chain, links=tuple(replace(link, name=HOSTILE) for link in chain.links), reasons=(HOSTILE,))
            for chain in ANALYSIS.chains
        ),
        wordings=tuple(replace(wording, kind=HOSTILE, reasons=(HOSTILE,)) for wording in ANALYSIS.wordings),
        findings=(Finding(HOSTILE, "high", HOSTILE, (Span(0, 9),), (HOSTILE,)),),
        gaps=(Gap(HOSTILE, HOSTILE),),
    )
    written = html.render(hostile)
    page = Page(written)
    assert page.paragraphs == [HOSTILE, HOSTILE]
    assert [attrs["href"] for tag, attrs in page.elements if tag == "a" and (attrs["href"] or "")[0] != "#"] == [
        ARTICLE.url
    ]
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert "<img" not in written
    assert "603729" not in re.sub(r"sha256-[\w+/=]+", "", written).partition("</style>")[2].partition("<script>")[0]


def test_a_page_of_nothing_is_a_page() -> None:
    empty = Article("id", "a.txt", "", "hash", "2024-10-20T08:00:00Z", "text/plain")
    for analysis in (Analysis(empty), Analysis(empty, analysed=False), Analysis(replace(empty, text="\n\nwords\n"))):
        Page(html.render(analysis))


def test_spans_outside_the_text_break_nothing() -> None:
    beyond = (Span(-5, 2), Span(5, 5), Span(10_000, 20_000), Span(9, 3))
    broken = replace(ANALYSIS, findings=(Finding("kind", "low", "message", beyond),))
    assert Page(html.render(broken)).paragraphs


def test_right_to_left_text_stands_right(page: Page) -> None:
    assert all(attrs.get("dir") == "auto" for _, attrs in page.elements if attrs.get("class") == "said")
    arabic = Page(html.render(Analysis(replace(ARTICLE, language="ar"), analysed=False)))
    said = [attrs for _, attrs in arabic.elements if attrs.get("class") == "said"]
    assert {(attrs["dir"], attrs["lang"]) for attrs in said} == {("rtl", "ar")}


def test_a_notebook_shows_the_page_in_a_frame_of_its_own() -> None:
    shown = Page(ANALYSIS._repr_html_())  # type: ignore[attr-defined]
    [(tag, attrs)] = shown.elements
    assert tag == "iframe"
    assert attrs["sandbox"] == "allow-scripts"
    assert attrs["srcdoc"] == html.render(ANALYSIS)
    assert "srcdoc" in sayso.Article._repr_html_(ARTICLE)  # type: ignore[attr-defined]


def test_colours_can_be_read() -> None:
    """Every colour of letters on every ground they stand on has the contrast that WCAG AA asks for."""
    style = html.asset("report.css")
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", part)) for part in style.split("@media (prefers-color", 1))
    for colours in (light, dark):
        letters = ("ink", "quiet", "link", "who", "times", "words", "claims", "actors", "high", "medium", "low")
        for ground in ("paper", "card"):
            for name in letters:
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        for ground in ("who-tint", "who-deep", "lit"):
            for name in ("ink", "who", "times", "words", "claims", "actors", "high"):
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground, colours[name], colours[ground])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_control_characters_are_shown_not_sent() -> None:
    assert printable("a\x1b[31mb\u202e") == "a\\x1b[31mb\\u202e"


def test_names_that_would_turn_the_line_around_are_made_visible() -> None:
    actors = tuple(replace(actor, name="gro.\u202eterces", names=("\u2067x",)) for actor in ANALYSIS.actors)
    written = html.render(replace(ANALYSIS, actors=actors))
    assert "gro.\\u202eterces" in written
    assert not set(written) & set("\u202e\u2067")


def test_the_actors_stand_in_the_same_order_as_in_the_terminal() -> None:
    written = html.render(ANALYSIS).partition('<section id="actors"')[2].partition("</section>")[0]
    names = re.findall(r'<bdi class="name">(.*?)</bdi>', written)
    lines = printed(ANALYSIS, 200, part="chain").partition(terminal.ACTORS)[2].splitlines()
    assert names == [re.split(": ", line[4:])[0] for line in lines[2:] if line[2:4] in {"● ", "○ "}]


def test_a_chain_leads_to_its_actors_and_to_the_words_that_prove_it(page: Page) -> None:
    written = html.render(ANALYSIS).partition('<section id="chains"')[2].partition("</section>")[0]
    assert re.search(r'<a href="#a\d+"><bdi>Mara Quill</bdi></a> <span class="quiet">named person</span>', written)
    [anchor] = set(re.findall(r'<a href="#(w\d+)">said Mara Quill</a>', written))
    assert anchor in page.ids()
    assert [attrs for _, attrs in page.elements if attrs.get("data-mark") == anchor]


def test_solid_and_hollow_rings_have_words_beside_them() -> None:
    knots = {(knot.lines[0], knot.style, knot.standing) for knot in drawing.picture(view(ANALYSIS).paths).knots}
    assert ("Lowland Courier", "named", "the outlet itself") in knots
    assert ("Mara Quill", "named", "named person") in knots
    assert ("a customs ledger", "unnamed", "document, not named (seen)") in knots
    assert ("nobody named", "unnamed", "nobody to ask") in knots


def test_every_statement_leads_to_the_chains_behind_it(page: Page) -> None:
    ways = [attrs for tag, attrs in page.elements if tag == "a" and "way" in (attrs.get("class") or "")]
    report = view(ANALYSIS)
    wanted = sorted(f"#{path.id}" for path in report.paths for passage in path.statements if passage.target)
    assert sorted(attrs["href"] or "" for attrs in ways) == wanted
    texts = {f"#{path.id}": path.text for path in report.paths}
    assert all(texts[attrs["href"] or ""] in (attrs["aria-label"] or "") for attrs in ways)


def test_paragraphs_say_where_they_begin_so_that_a_selection_can_be_counted(page: Page) -> None:
    starts = [int(attrs["data-start"] or "") for _, attrs in page.elements if "data-start" in attrs]
    assert [TEXT[start:].split("\n")[0] for start in starts] == page.paragraphs


def test_there_are_six_layers_with_a_key_each(page: Page) -> None:
    boxes = [attrs["id"] for tag, attrs in page.elements if tag == "input" and (attrs["id"] or "").startswith("show-")]
    assert boxes == ["show-who", "show-chains", "show-times", "show-words", "show-claims", "show-actors"]
    assert "correct" not in [attrs.get("class") for tag, attrs in page.elements if tag in {"button", "form"}]


def test_a_persons_word_is_told_from_the_machines() -> None:
    said, who = ANALYSIS.attributions[0], ANALYSIS.actors[0]
    persons = {said.id: f"changed by {HOSTILE}", who.id: "renamed by Ada", "wording 0": "added by Ben"}
    report = view(ANALYSIS, persons)
    assert {found.note.key for found in report.notes if found.person} == {said.id, "wording 0"}
    assert [actor.name for actor in report.actors if actor.person] == [who.name]
    written = html.page(report)
    assert written.count("a person's word</span>") == 3
    assert printable(HOSTILE) not in written
    assert "✎ is a person&#39;s word" in written or "✎ is a person's word" in written
    assert "a person's word</span>" not in html.render(ANALYSIS)
