"""Web pages in the manner of several systems."""

from pathlib import Path

import pytest

from sayso.errors import ReadingError
from sayso.model import Article
from sayso.reading import read

PAGES = Path(__file__).parent / "pages"
FIRST = (
    "The ferry to the northern isles will stop for a week, the harbour office said on Tuesday, after a crack was found."
)
SECOND = (
    "Two fishermen told the Isles Gazette that they had seen water in the engine room, but the company denied that."
)


def page(head: str = "", body: str = "", before: str = "") -> Article:
    html = (
        f"<html><head>{head}</head><body>{before}<article><p>{FIRST}</p>{body}<p>{SECOND}</p></article></body></html>"
    )
    return read(html.encode(), name="page")


def linked(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


def test_wordpress() -> None:
    article = read((PAGES / "wordpress.html").read_bytes())
    assert article.title == "Ferry to the northern isles stops for a week"
    assert article.title_spans == ((0, len(article.title)),)
    assert article.text.startswith(f"{article.title}\n\nThe ferry to the northern isles will stop")
    assert article.text.count(article.title) == 1
    assert article.text.endswith("A relief ship was expected on Friday.")
    assert "man’s arm" in article.text
    assert (article.outlet, article.outlet_evidence) == ("Coast Herald", "og:site_name: Coast Herald")
    assert (article.byline, article.language, article.published) == ("Jane Roe", "en", "2024-03-05")
    assert article.url == "https://www.coastherald.example/2024/03/05/ferry-stops/"
    assert [(one.origin, one.role, one.value) for one in article.dates] == [
        ("JSON-LD", "published", "2024-03-05T08:15:00+00:00"),
        ("meta", "published", "2024-03-05T08:15:00+00:00"),
        ("time element", "published", "2024-03-05T08:15:00+00:00"),
        ("url", "published", "2024-03-05"),
        ("JSON-LD", "modified", "2024-03-06T10:00:00+00:00"),
        ("meta", "modified", "2024-03-06T10:00:00+00:00"),
    ]
    reasons = {part.reason for part in article.residue}
    assert reasons >= {"comment form", "share bar", "cookie notice", "copyright line", "link to another article"}
    assert all(0 <= part.position <= len(article.text) for part in article.residue)


def test_amp_with_a_wire_dateline() -> None:
    article = read(str(PAGES / "amp.html"))
    assert article.outlet == "Harbour Times"
    assert article.outlet_evidence is not None
    assert article.outlet_evidence.endswith('the dateline "LONDON (Reuters) -" names Reuters')
    assert article.byline == "P. Low"
    assert article.dates[0].value == "2024-06-12T21:30:00-04:00"
    assert article.text.endswith("(Reporting by P. Low; Editing by Q. High)")


def test_old_tables() -> None:
    article = read(str(PAGES / "state_agency_tables.html"))
    assert article.title == "Minister opens bridge over the Silver River"
    assert article.outlet == "SANA"
    assert article.published == "2024-10-20"
    assert "|" not in article.text
    assert "agency’s reporter" in article.text
    assert "\n\nThe minister said that the bridge would serve forty villages" in article.text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Ferry stops <script>alert(1)</script></title>", "Ferry stops"),
        ("<title>Ferry &lt;b&gt;stops&lt;/b&gt; at last</title>", "Ferry stops at last"),
        ('<meta property="og:title" content="Ferry stops &lt;img src=x onerror=alert(1)&gt;">', "Ferry stops"),
        (
            '<meta property="og:site_name" content="Coast Herald"><title>Ferry stops at last | Coast Herald</title>',
            "Ferry stops at last",
        ),
        (linked('{"@type": "NewsArticle", "headline": "Ferry stops"}'), "Ferry stops"),
        ("<title></title>", None),
    ],
)
def test_title_is_plain_text(head: str, title: str | None) -> None:
    article = page(head)
    assert article.title == title
    assert article.text.startswith(title or FIRST)


def test_title_is_not_doubled() -> None:
    article = page("<title>Ferry stops at last</title>", before="<h1>Ferry stops at last</h1>")
    assert article.text.count("Ferry stops at last") == 1


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta name="date" content="2024-10-20">', "", [("2024-10-20", "meta", "published")]),
        (
            '<meta property="og:updated_time" content="2024-10-20T10:00:00+03:00">',
            "",
            [("2024-10-20T10:00:00+03:00", "meta", "modified")],
        ),
        (
            linked('{"@graph": [{"@type": "Article", "datePublished": "2024-10-20"}]}'),
            "",
            [("2024-10-20", "JSON-LD", "published")],
        ),
        (
            linked('[{"@type": ["NewsArticle"], "dateModified": "2024-10-20"}]'),
            "",
            [("2024-10-20", "JSON-LD", "modified")],
        ),
        (linked("{broken"), "", []),
        (linked('{"@type": "NewsArticle", "datePublished": 20241020}'), "", []),
        (
            "",
            '<time datetime="2024-10-20T10:00Z" class="updated">x</time>',
            [("2024-10-20T10:00:00+00:00", "time element", "modified")],
        ),
        ("", '<div class="published">20 October 2024</div>', [("2024-10-20", "visible text", "published")]),
        ("", "<div>Last updated: 20 October 2024</div>", [("2024-10-20", "visible text", "modified")]),
        # Not taken for the article's own here, but htmldate's rules find it.
        ("", '<aside><time datetime="2024-10-20">x</time></aside>', [("2024-10-20", "markup", "unknown")]),
        ('<link rel="canonical" href="https://x.example/2024/10/20/a">', "", [("2024-10-20", "url", "published")]),
        ("", "<p>© 2019 Coast Herald</p>", []),
        ("", "", []),
    ],
)
def test_dates(head: str, body: str, expected: list[tuple[str, str, str]]) -> None:
    article = page(head, before=body)
    assert [(one.value, one.origin, one.role) for one in article.dates] == expected
    assert article.published == (expected[0][0][:10] if expected else None)


def test_no_date_is_said() -> None:
    assert "No date of publication was found." in page().notes


def test_differing_dates_are_said() -> None:
    article = page(
        '<meta name="date" content="2024-10-20"><link rel="canonical" href="https://x.example/2018/09/05/a">'
    )
    assert "The dates given for the publication differ: 2018-09-05, 2024-10-20." in article.notes


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><body></body></html>",
        "<html><body><script>document.write('all of it')</script></body></html>",
        "<html><ul>"
        + '<li><a href="/a">The news of the day from all around the whole wide world</a></li>' * 5
        + "</ul>",
        "<html><body><p>Hello</p></body></html>",
        "<!doctype html>",
        "<html><!--",
    ],
)
def test_no_article(html: str) -> None:
    with pytest.raises(ReadingError, match="no article text"):
        read(html.encode(), name="page")


@pytest.mark.parametrize("tag", ["div", "b", "span", "table><tr><td", "ul><li", "blockquote", "font"])
def test_a_million_nested_tags(tag: str) -> None:
    with pytest.raises(ReadingError, match="page: "):
        read(f"<html><body>{f'<{tag}>' * 1_000_000}Hello".encode()[:19_000_000], name="page")


def test_deep_but_honest_markup() -> None:
    html = "<html><body>" + "<div>" * 150 + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * 150
    assert read(html.encode()).text == f"{FIRST}\n\n{SECOND}"


def test_hostile_linked_data() -> None:
    assert page(linked("[" * 100_000)).text == f"{FIRST}\n\n{SECOND}"
    assert page(linked('{"@graph":' * 500 + "{}" + "}" * 500)).text == f"{FIRST}\n\n{SECOND}"
