"""The article's own date: what a page, a feed, a file and a copy say of it, what each date is, and which is used."""

import os
import time
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import ReadingError
from sayso.model import Article, DateCandidate
from sayso.reading import dates, fetch, read
from tests.reading.pdfs import column, pdf

FIRST = (
    "The ferry to the northern isles will stop for a week, the harbour office said on Tuesday, after a crack was found."
)
SECOND = (
    "Two fishermen told the Isles Gazette that they had seen water in the engine room, but the company denied that."
)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
NOW = "2026-01-01T00:00:00+00:00"


def page(head: str = "", before: str = "", after: str = "", outside: str = "") -> Article:
    html = (
        f"<!doctype html><html>{outside}<head>{head}</head><body>{before}<article>{BODY}{after}</article></body></html>"
    )
    return read(html.encode(), name="page")


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def linked(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


def told(article: Article) -> list[tuple[str, str, str]]:
    return [(one.value, one.origin, one.role) for one in article.dates]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("article:published_time", "published"),
        ("og:article:published_time", "published"),
        ("og:publish_date", "published"),
        ("parsely-pub-date", "published"),
        ("sailthru.date", "published"),
        ("DC.date.issued", "published"),
        ("DCTERMS.issued", "published"),
        ("citation_publication_date", "published"),
        ("citation_online_date", "published"),
        ("prism.publicationDate", "published"),
        ("pdate", "published"),
        ("uploadDate", "published"),
        ("dcterms.created", "unknown"),
        ("DC.date.created", "unknown"),
        ("article:created", "unknown"),
        ("article:modified_time", "modified"),
        ("og:updated_time", "modified"),
        ("bt:modDate", "modified"),
        ("dcterms.modified", "modified"),
        ("last-updated", "modified"),
    ],
)
def test_meta_elements(name: str, role: str) -> None:
    assert told(page(meta(name, "2018-09-05T07:30:00+02:00"))) == [("2018-09-05T07:30:00+02:00", "meta", role)]


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("20180905073000", "2018-09-05T07:30:00"),
        ("20180905", "2018-09-05"),
        ("2018-09-05T07:30:00Z", "2018-09-05T07:30:00+00:00"),
        ("2018-09-05T07:30-0700", "2018-09-05T07:30:00-07:00"),
        ("Wed, 5 Sep 2018 07:30:00 +0300", "2018-09-05T07:30:00+03:00"),
        ("2018/09/05", "2018-09-05"),
        ("0000-00-00", None),
        ("0000-00-00T00:00:00+00:00", None),
        ("Invalid date", None),
        ("2018-13-05", None),
        ("2018-02-30", None),
        ("20181305073000", None),
        ("99999999999999", None),
        ("NaN", None),
        ("{{ date }}", None),
        ("2018", None),
        ("-1", None),
    ],
)
def test_values(given: str, value: str | None) -> None:
    assert [one.value for one in page(meta("article:published_time", given)).dates] == ([value] if value else [])


@pytest.mark.parametrize(
    ("head", "before", "expected"),
    [
        (
            linked('{"@type": "NewsArticle", "dateCreated": "2018-09-01", "uploadDate": "2018-09-05"}'),
            "",
            [("2018-09-05", "JSON-LD", "published"), ("2018-09-01", "JSON-LD", "unknown")],
        ),
        # A draft's day does not stand before the day that the address gives.
        (
            linked('{"@type": "NewsArticle", "dateCreated": "2018-09-01"}')
            + '<link rel="canonical" href="https://news.example/2018/09/05/ferry">',
            "",
            [("2018-09-05", "url", "published"), ("2018-09-01", "JSON-LD", "unknown")],
        ),
        ("", '<span itemprop="datePublished" content="2018-09-05">Wed</span>', [("2018-09-05", "time element", "published")]),
        ("", '<abbr class="updated" title="2018-09-05T01:02:03Z">x</abbr>', [("2018-09-05T01:02:03+00:00", "time element", "modified")]),
        ("", '<time class="entry-date published updated" datetime="2018-09-05">x</time>', [("2018-09-05", "time element", "published")]),
        ("", '<time datetime="2018-09-05">Updated 5 September</time>', [("2018-09-05", "time element", "modified")]),
        ("", '<p>First published on <time datetime="2018-09-05">Wed</time></p>', [("2018-09-05", "time element", "published")]),
        ("", "<div>First published on Wed 5 Sep 2018</div>", [("2018-09-05", "visible text", "published")]),
        ("", "<div>Last modified on 5 Sep 2018 14.05 GMT</div>", [("2018-09-05T14:05:00+00:00", "visible text", "modified")]),
        ("", "<div>Posted 3 hours ago</div>", []),
    ],
)  # fmt: skip
def test_pages(head: str, before: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(page(head, before)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/2018/09/05/ferry", ("2018-09-05", "/2018/09/05/")),
        ("https://news.example/2018/9/5/ferry", ("2018-09-05", "/2018/9/5/")),
        ("https://news.example/world/2018/sep/05/ferry", ("2018-09-05", "/2018/sep/05/")),
        ("https://news.example/2018-09-05-ferry", ("2018-09-05", "/2018-09-05")),
        ("https://news.example/20180905/ferry", ("2018-09-05", "/20180905/")),
        ("https://news.example/ferry-2018-09-05.html", ("2018-09-05", "2018-09-05")),
        ("https://news.example/2018/02/31/ferry/2018/03/01", ("2018-03-01", "/2018/03/01")),
        ("https://news.example/2018/09/ferry", None),
        ("https://news.example/2018/13/05/ferry", None),
        ("https://news.example/ferry-120180905123", None),
        ("https://news.example/ferry?seen=2018-09-05", None),
        ("https://news.example/price-1899/12/31", None),
        ("https://[broken/2018/09/05/", None),
    ],
)
def test_addresses(url: str, expected: tuple[str, str] | None) -> None:
    article = page(f'<link rel="canonical" href="{url}">')
    assert [(one.value, one.evidence) for one in article.dates if one.origin == "url"] == (
        [expected] if expected else []
    )


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("This story was originally published September 5, 2018, 3:15 PM.", "2018-09-05T15:15:00"),
        ("This article was first published on our sister site on 5 September 2018.", "2018-09-05"),
        ("(This column first appeared on 5 September 2018)", "2018-09-05"),
        # A ministry's report has a day of its own, and so has what somebody tells.
        ("This report was first published on 5 September 2018.", None),
        ("He said that this article was first published on 5 September 2018.", None),
        ("This story was originally published in September 2018.", None),
    ],
)
def test_first_published(line: str, value: str | None) -> None:
    for article in (read(f"{FIRST}\n\n{SECOND}\n\n{line}".encode()), page(after=f"<p>{line}</p>")):
        placed = [one for one in article.dates if one.spans]
        assert [(one.value, one.role) for one in placed] == ([(value, "published")] if value else [])
        assert all(one.spans[0].of(article.text) == one.evidence for one in placed)


# --- copies ----------------------------------------------------------------------------------------------------------

TAKEN = "2018-09-06T10:11:12+00:00"
WAYBACK = "https://web.archive.org/web/20180906101112"
COMMENT = """<!--
     FILE ARCHIVED ON 10:11:12 Sep 06, 2018 AND RETRIEVED FROM THE
     INTERNET ARCHIVE ON 08:00:00 Oct 20, 2024.
     JAVASCRIPT APPENDED BY WAYBACK MACHINE, COPYRIGHT INTERNET ARCHIVE.
-->"""


@pytest.mark.parametrize(
    ("article", "value", "origin"),
    [
        (page(f'<link rel="canonical" href="{WAYBACK}/https://news.example/a">'), TAKEN, "archive capture"),
        (page(f'<meta property="og:url" content="{WAYBACK}id_/https://news.example/a">'), TAKEN, "archive capture"),
        (page(outside=f"<!-- saved from url=(0072){WAYBACK}/https://news.example/a -->"), TAKEN, "archive capture"),
        (page('<link rel="canonical" href="https://news.example/a">' + COMMENT), TAKEN, "archive capture"),
        (
            page(
                '<link rel="original" href="https://news.example/a">'
                '<link rel="memento" datetime="Thu, 06 Sep 2018 10:11:12 GMT" href="https://arquivo.pt/x">'
            ),
            TAKEN,
            "archive capture",
        ),
        (
            page('<link rel="canonical" href="https://archive.ph/2018.09.06-101112/https://news.example/a">'),
            TAKEN,
            "archive capture",
        ),
        (
            page(
                '<link rel="canonical" href="https://archive.ph/AbC12"><meta property="og:site_name" content="archive.ph">'
                + meta("article:modified_time", "2018-09-06T10:11:12Z"),
                '<div id="HEADER"><input name="q" value="https://news.example/a">'
                '<time itemprop="pubdate" datetime="2018-09-06T10:11:12Z">6 Sep 2018</time></div>',
            ),
            TAKEN,
            "archive capture",
        ),
        (
            page(
                outside="<!--\n Page saved with SingleFile \n url: https://news.example/a \n"
                " saved date: Thu Sep 06 2018 12:11:12 GMT+0200 (Central European Summer Time)\n-->"
            ),
            "2018-09-06T12:11:12+02:00",
            "saved page",
        ),
    ],
)
def test_copies(article: Article, value: str, origin: str) -> None:
    assert told(article) == [(value, origin, "captured")]
    assert (article.url, article.outlet, article.published) == ("https://news.example/a", "news.example", None)
    assert f"No date of publication was found. It was there on 2018-09-06 ({origin})." in article.notes


def test_what_an_archive_puts_round_a_page_is_not_the_pages() -> None:
    bar = '<div id="wm-ipp-base"><time datetime="2011-02-03">3 Feb 2011</time><p>128 captures of it</p></div>'
    article = page(f'<link rel="canonical" href="{WAYBACK}/https://news.example/2018/09/05/a">', bar)
    assert told(article) == [("2018-09-05", "url", "published"), (TAKEN, "archive capture", "captured")]
    assert article.published == "2018-09-05"
    assert "captures" not in article.text


@pytest.mark.parametrize(
    ("head", "url", "captured"),
    [
        # No moment, and yet a copy: the address inside counts.
        ('<link rel="canonical" href="https://web.archive.org/web/2018/https://news.example/a">', "https://news.example/a", 0),
        # An archive that does not say of what it is a copy: no outlet of its own is made of it.
        ('<link rel="canonical" href="https://archive.ph/AbC12">', "https://archive.ph/AbC12", 0),
        # Moments that cannot be.
        ('<link rel="canonical" href="https://web.archive.org/web/20181306101112/https://news.example/a">', "https://news.example/a", 0),
        # A host that only looks like one, and an archive of the newsroom's own.
        ('<link rel="canonical" href="https://notweb.archive.org.example/web/20180906101112/https://x.example/">',
         "https://notweb.archive.org.example/web/20180906101112/https://x.example/", 0),
        ('<link rel="canonical" href="https://news.example/archive/1">', "https://news.example/archive/1", 0),
        ('<link rel="memento" datetime="Thu, 06 Sep 2018 10:11:12 GMT"><link rel="memento" datetime="Thu, 06 Sep 2012 10:11:12 GMT">', None, 0),
    ],
)  # fmt: skip
def test_no_moment_of_a_copy(head: str, url: str | None, captured: int) -> None:
    article = page(head)
    assert article.url == url
    assert sum(one.role == "captured" for one in article.dates) == captured
    assert article.outlet != "archive.ph"


def test_an_article_on_archives_is_no_copy() -> None:
    said = "<p>Its last line reads FILE ARCHIVED ON 10:11:12 Sep 06, 2018 AND RETRIEVED FROM THE INTERNET ARCHIVE.</p>"
    assert page(after=said).dates == ()


def test_nothing_is_published_after_it_was_copied() -> None:
    article = page(meta("article:published_time", "2024-10-20") + COMMENT, "<div>Published 5 September 2018</div>")
    assert (article.published, article.published_evidence) == (
        "2018-09-05",
        "visible text: Published 5 September 2018; trusted before meta (2024-10-20)",
    )
    assert "The date 2024-10-20 (meta) cannot be the day of publication." in article.notes


def test_a_memento_over_the_web() -> None:
    assert [one.value for one in fetch._memento("Thu, 06 Sep 2018 10:11:12 GMT")] == [TAKEN]
    assert list(fetch._memento("")) == []


def test_the_notice_that_an_article_is_old() -> None:
    article = page(before="<div>This article is more than <strong>6 years old</strong></div>")
    assert "This article is more than 6 years old" in (article.text, *(part.text for part in article.residue))


# --- the file --------------------------------------------------------------------------------------------------------


def written(folder: Path, text: str, moment: float) -> Article:
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    os.utime(path, (moment, moment))
    return read(str(path))


def test_the_date_of_a_file_is_never_the_day_of_publication(tmp_path: Path) -> None:
    moment = datetime(2018, 9, 6, 10, 11, 12, tzinfo=UTC).timestamp()
    article = written(tmp_path, f"{FIRST}\n\n{SECOND}", moment)
    assert told(article) == [("2018-09-06T10:11:12+00:00", "file", "captured")]
    assert article.published is None
    assert "No date of publication was found. It was there on 2018-09-06 (file)." in article.notes
    # It can be set by anybody, so it does not overrule what the article says.
    assert written(tmp_path, f"20 Oct 2024\n\n{FIRST}\n\n{SECOND}", moment).published == "2024-10-20"


@pytest.mark.parametrize("moment", [0, 315532800, 499162500, time.time()], ids=["unix", "zip", "npm", "today"])
def test_a_file_date_that_tells_nothing(tmp_path: Path, moment: float) -> None:
    assert written(tmp_path, f"{FIRST}\n\n{SECOND}", moment).dates == ()


# --- feeds -----------------------------------------------------------------------------------------------------------


def rss(*items: str, before: str = "") -> bytes:
    channel = "<title>Coast Herald</title><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate>"
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    made = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?>{before}<rss version="2.0" {spaces}><channel>{channel}{made}</channel></rss>'.encode()


ITEM = (
    "<title>Ferry stops</title><link>https://coast.example/2018/09/05/ferry</link><dc:creator>Jane Roe</dc:creator>"
    f"<pubDate>Wed, 05 Sep 2018 21:30:00 -0400</pubDate><content:encoded>{escape(BODY)}</content:encoded>"
)
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Coast Herald</title><updated>2024-01-01T00:00:00Z</updated>
<entry><title>Ferry stops</title><link rel="self" href="https://feeds.example/1"/><link href="https://coast.example/a"/>
<author><name>Jane Roe</name></author><published>2018-09-05T21:30:00-04:00</published>
<updated>2018-09-06T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div>
</content></entry></feed>"""


def test_a_feed_with_one_item() -> None:
    article = read(rss(ITEM), name="feed")
    assert told(article) == [("2018-09-05T21:30:00-04:00", "feed", "published"), ("2018-09-05", "url", "published")]
    assert article.text == f"Ferry stops\n\n{FIRST}\n\n{SECOND}"
    assert (article.outlet, article.byline, article.url, article.published, article.media_type) == (
        "Coast Herald",
        "Jane Roe",
        "https://coast.example/2018/09/05/ferry",
        "2018-09-05",
        "application/rss+xml",
    )


def test_an_atom_feed_with_one_entry() -> None:
    article = read(ATOM.encode(), name="feed")
    assert told(article) == [
        ("2018-09-05T21:30:00-04:00", "feed", "published"),
        ("2018-09-06T10:00:00+00:00", "feed", "modified"),
    ]
    assert article.text == f"Ferry stops\n\n{FIRST}\n\n{SECOND}"
    assert (article.outlet, article.byline, article.url) == ("Coast Herald", "Jane Roe", "https://coast.example/a")


BOMB = "<!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (rss(ITEM, ITEM, ITEM), "a feed with 3 articles, and one input is one article"),
        (rss(), "a feed with no article in it"),
        (rss("<title>Ferry stops</title><description>At last</description>"), "no article text"),
        (rss(f"<title>&a11;</title><description>&f;{'&a11;' * 10}</description>", before=BOMB), "no article text"),
        (b"<rss", "broken|no article"),
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "it is XML"),
    ],
)
def test_feeds_that_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        read(data, name="feed")
    assert str(caught.value).startswith("feed: ")
    assert "root:" not in str(caught.value)


# --- which is used ---------------------------------------------------------------------------------------------------

CANDIDATES = st.lists(
    st.builds(
        DateCandidate,
        st.dates().map(str) | st.sampled_from(["1970-01-01", "2031-01-01T00:00:00Z", "2018-09-05T07:00:00+02:00"]),
        st.sampled_from(dates.ORIGINS),
        st.sampled_from(["published", "modified", "captured", "unknown"]),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(CANDIDATES)
def test_the_one_that_is_used_is_one_of_the_candidates(candidates: list[DateCandidate]) -> None:
    latest = dates.there_by(candidates, NOW)
    ordered = dates.chosen(candidates, latest)
    used = dates.used(ordered, latest)
    assert set(ordered) == set(candidates)
    assert used is None or (used in candidates and used.role != "captured" and dates.is_usable(used, latest))
    fit = [one for one in candidates if one.role != "captured" and dates.is_usable(one, latest)]
    assert (used is None) == (not fit)
    if any(one.role == "published" for one in fit):
        assert used is not None
        assert used.role != "modified"


METAS = [
    meta("article:published_time", "2018-09-05"),
    meta("article:published_time", "2018-09-07"),
    meta("date", "2019-01-01"),
    meta("article:modified_time", "2018-09-08"),
    meta("dcterms.created", "2018-09-01"),
    linked('{"@type": "WebPage", "dateModified": "2018-09-09"}'),
    COMMENT.replace("2018", "2020"),
    '<link rel="canonical" href="https://news.example/2018/09/06/a">',
]


@settings(deadline=None, max_examples=25)
@given(st.permutations(METAS))
def test_their_order_in_the_page_does_not_matter(head: list[str]) -> None:
    article = page("".join(head))
    assert article.dates == page("".join(METAS)).dates
    assert (article.published, len(article.dates)) == ("2018-09-05", 8)


@settings(deadline=None, max_examples=25)
@given(st.sets(st.sampled_from(METAS)))
def test_a_candidate_more_changes_no_offsets(head: set[str]) -> None:
    article = page("".join(head), "<p>Published: 4 September 2018</p>")
    bare = page("", "<p>Published: 4 September 2018</p>")
    assert article.text == bare.text
    assert {one for one in article.dates if one.spans} == {one for one in bare.dates if one.spans}
    assert article.published in {one.day for one in article.dates}


@pytest.mark.parametrize(
    ("article", "why"),
    [
        (page(meta("date", "2018-09-05")), "meta: date 2018-09-05"),
        (
            page(meta("date", "2018-09-05") + '<link rel="canonical" href="https://x.example/2017/01/02/a">'),
            "meta: date 2018-09-05; trusted before url (2017-01-02)",
        ),
        (
            page(meta("lastmod", "2018-09-05")),
            "meta, as the day of the last change: no day of publication is given: lastmod 2018-09-05",
        ),
        (
            read(pdf([column([FIRST[:70], FIRST[70:]])], CreationDate="D:20180905")),
            "PDF metadata, the day on which the file was made: no other day is given: CreationDate D:20180905",
        ),
    ],
)
def test_why_it_is_used(article: Article, why: str) -> None:
    assert (article.published, article.published_evidence) == ("2018-09-05", why)
