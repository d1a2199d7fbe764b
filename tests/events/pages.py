"""Wikipedia's pages of current events and the API's answers, with invented events in the real shape."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from sayso.events import wikitext

PAGE = """{{Current events|year=2018|month=04|day=14|content=

<!-- All news items below this line -->
'''Armed conflicts and attacks'''
*[[Halna War]]
**The [[Norland|Norlandic]] army '''takes''' [[Port Halna]]. [http://post.example/1 (Amber Post)], [http://courier.example (Courier)]
**[[Siege of Port Halna]]
***The [[White Tabards]] count 14&nbsp;dead.<ref>{{cite news|title=x}}</ref> [http://courier.example/2 ''(The Courier via Amber Post)'']
*An envoy of {{flag|Norland}} leaves.{{cn|date=April 2018}} [http://post.example/2 (Amber Post)]
**He returns in the evening. [http://post.example/3 (Amber Post)]

;Sports
*[[File:Ball.jpg|thumb|A ball]]''Halna United'' wins, 3–1.
*[[Nothing said of it]]
<!-- All news items above this line -->}}"""

ITEMS = [
    ("Armed conflicts and attacks – Halna War", "The Norlandic army takes Port Halna."),
    ("Armed conflicts and attacks – Halna War – Siege of Port Halna", "The White Tabards count 14 dead."),
    ("Armed conflicts and attacks", "An envoy of Norland leaves."),
    ("Armed conflicts and attacks – An envoy of Norland leaves.", "He returns in the evening."),
    ("Sports", "Halna United wins, 3–1."),
]

OLD_PAGE = """{{Current events header|2009|4|14}}
<!-- -->
*A [[ferry]] sinks off [[Port Halna]]. [http://post.example (Amber Post)]
{{Current events footer}}
"""


def page(text: str) -> str:
    """A page with one event."""
    return f"'''Halna'''\n*{text} [http://post.example (Amber Post)]"


def revision(content: str) -> dict[str, object]:
    slot = {"contentmodel": "wikitext", "contentformat": "text/x-wiki", "content": content}
    return {"revid": 7, "parentid": 6, "timestamp": "2018-04-20T10:00:00Z", "slots": {"main": slot}}


class Server:
    """Answers as the MediaWiki API does, and keeps what it was asked."""

    def __init__(self, contents: dict[date, str]) -> None:
        self.contents = contents
        self.asked: list[list[date]] = []
        self.before: list[BaseException | dict[str, object] | bytes] = []
        """What it answers first, before all else; {} is a proper answer."""
        self.at_once = 50
        """Pages of an answer; the rest of what was asked is left for later, as in very long answers."""

    def get(self, url: str) -> bytes:
        parameters = {name: value for name, [value] in parse_qs(urlsplit(url).query).items()}
        assert url.startswith("https://en.wikipedia.org/w/api.php?")
        assert (parameters["action"], parameters["maxlag"], parameters["formatversion"]) == ("query", "5", "2")
        titles = parameters["titles"].split("|")
        self.asked.append([day for title in titles if (day := wikitext.day_of(wikitext.Page(title, None)))])
        assert len(self.asked[-1]) == len(titles) <= 50
        if self.before and (first := self.before.pop(0)) != {}:
            if isinstance(first, BaseException):
                raise first
            return first if isinstance(first, bytes) else json.dumps(first).encode()
        return json.dumps(self._answer(titles)).encode()

    def _answer(self, titles: list[str]) -> dict[str, object]:
        pages: list[dict[str, object]] = []
        for number, title in enumerate(titles):
            day = wikitext.day_of(wikitext.Page(title, None))
            assert day is not None
            if day not in self.contents:
                pages.append({"ns": 100, "title": title, "missing": True})
                continue
            given = {"revisions": [revision(self.contents[day])]} if number < self.at_once else {}
            pages.append({"pageid": number + 1, "ns": 100, "title": title, **given})
        return {"batchcomplete": True, "query": {"pages": pages}}


def xml(pages: dict[str, str]) -> str:
    """A MediaWiki XML export, with an older revision of each page before the last one."""
    listed = "".join(
        f"<page>\n<title>{title}</title><ns>100</ns><id>1</id>"
        f"<revision><id>1</id><text>*Older. [http://a.example (A)]</text></revision>"
        f'<revision><id>2</id><text bytes="9" xml:space="preserve">{escape(text)}</text></revision></page>\n'
        for title, text in pages.items()
    )
    space = "http://www.mediawiki.org/xml/export-0.11/"
    return f'<mediawiki xmlns="{space}" version="0.11" xml:lang="en">\n<siteinfo/>\n{listed}</mediawiki>'
