"""The only place that wires the stages together: input → article → analysis."""

from bisect import bisect_left
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from sayso import events, reading, workers
from sayso.corpus.segment import Noted
from sayso.errors import AnalysisError, ReadingError, SaysoError
from sayso.library.store import Library, Listed
from sayso.model import Analysis, Article, Entry, Gap
from sayso.model.correction import Correction
from sayso.model.finding import by_severity
from sayso.reading import languages
from sayso.reading.collections.record import Finished, Record, Source
from sayso.reading.draft import Raw
from sayso.words import tables

if TYPE_CHECKING:
    from sayso import exporting
    from sayso.annotating.tagger import RawAttribution
    from sayso.corpus.store import Corpus
    from sayso.events.store import Events
    from sayso.library.correcting import Corrected

LISTED = 4_000
"""Articles of before that are listed by who does only some of all: a second of work."""
FAILED = 100
"""Failures of a gathering that are kept; each is told."""
LONGEST = 1_500_000  # code points of one article, a quarter of a million words: some 1.5 GB while it is parsed


def read(source: str | bytes, *, name: str | None = None) -> Article:
    """Read one input as an article.

    `source` is a path, an http(s) address, "-" for standard input, or the raw bytes of a page; `name` is what
    to call bytes in messages. Raises ReadingError, whose message names the input.

    >>> read(b"IDLEB, SANA \\xe2\\x80\\x93 Officials said on Monday that the road was open.", name="wire").outlet
    'SANA'
    """
    return reading.read(source, name=name)


def read_many(sources: Iterable[str]) -> Iterator[Article | ReadingError]:
    """Read several inputs one after the other; one that cannot be read comes out as its error."""
    for source in sources:
        try:
            yield read(source)
        except ReadingError as error:
            yield error


def collected(
    inputs: Iterable[str | Source],
    columns: Mapping[str, str],
    stored_of: Callable[[str], int | None],
    processes: int | None = None,
) -> Iterator[Article | SaysoError | Noted]:
    """All articles in inputs, which can be collections (see `reading.collections`), for a corpus.

    `columns` maps fields of an article to the headers of tables. `stored_of` tells how many records of an input are
    in the corpus, None where all are. Pages are read by several processes, in the order in which they come.
    """
    from sayso.reading import collections  # noqa: PLC0415

    found = collections.records(inputs, columns, lambda source: stored_of(source.key) if source.key else 0)
    for slow, some in groupby(found, _is_slow):
        count = (workers.cores() if processes is None else processes) if slow else 1
        for given, made in workers.in_order(_made, some, count):
            yield from _noted(given, made)


def _is_slow(given: "Record | Finished") -> bool:
    return isinstance(given, Finished) or not isinstance(given.content, Article)


def _made(given: "Record | Finished") -> Article | SaysoError | None:
    if isinstance(given, Finished):
        return None
    if not isinstance(given.content, Raw):
        return given.content
    try:
        return reading.article_of(given.content)
    except SaysoError as error:
        return error


def _noted(
    given: "Record | Finished", made: Article | SaysoError | Exception | None
) -> Iterator[Article | SaysoError | Noted]:
    """What became of a record, and how far its source has gone by."""
    source = given.source
    if isinstance(given, Finished):
        if source.key and given.records is not None and not given.again:
            yield Noted(source.key, given.records, True)
        return
    if isinstance(made, Article | ReadingError):
        yield made
    elif made is not None:
        yield AnalysisError(source.name, f"record {given.number} could not be read ({made})")
    if source.key:
        yield Noted(source.key, given.number + 1, False)


def analyse(article: Article, threshold: float | None = None) -> Analysis:
    """Find who says what in an article, on whose word, and when, each with its reasons.

    `threshold` is the least probability (0 to 1) of the attributions that the trained tagger finds: higher finds
    fewer, with fewer errors. Without it, the one that balances both (docs/model-card.md has the curve).

    A text that is not English, or longer than any article, is not analysed: the analysis says so in its gaps. Raises
    ValueError if the threshold is no probability.
    """
    _check(threshold)
    if reason := _not_analysed(article):
        return _left(article, *reason)
    return _annotated(article, threshold)


def dates(article: Article) -> Analysis:
    """Find only when: the times in an article's text, and what contradicts its date, each with its proof.

    No sentence is parsed, so this takes a small part of the time of `analyse`, and everything else stays empty. A text
    that is not English, or longer than any article, is left as `analyse` leaves it.

    >>> page = read(b"5 May 2015\\n\\nThe bridge fell, the ministry said on Wednesday, 4 May 2015.", name="page")
    >>> [finding.message for finding in dates(page).findings]
    ['The text says \u201cWednesday, 4 May 2015\u201d, but 4 May 2015 was a Monday.']
    """
    if reason := _not_analysed(article):
        return _left(article, *reason)
    from sayso.annotating import dating, times  # noqa: PLC0415 - quick, but not needed to read

    found = times.find(article.text, article.published)

    def told(known: "Events | None") -> Analysis:
        findings = by_severity(dating.findings(article, found, known))
        return Analysis(article, times=found, findings=findings, gaps=tuple(dating.gaps(article, found, known)))

    return _with_events(told)


def tag(text: str, threshold: float | None = None) -> "list[RawAttribution]":
    """Find who says what in bare English text with the trained tagger alone: quick, and nothing else is told.

    No sentence is parsed: sources are not resolved, and statements inside statements, relays and passives without a
    source are mostly missing. For many texts, where `analyse` is too slow. `threshold` is as in `analyse`. Spans
    are code points, end exclusive. Raises ValueError if the threshold is no probability.

    >>> text = "The mine is safe, the ministry said."
    >>> [found] = tag(text)
    >>> text[slice(*found.source[0])], text[slice(*found.content[0])]
    ('the ministry', 'The mine is safe')
    """
    from sayso.annotating import tagger  # noqa: PLC0415 - loads the model

    _check(threshold)
    return tagger.find(text, threshold)


def _check(threshold: float | None) -> None:
    if threshold is not None and not 0 <= threshold <= 1:
        raise ValueError(f"the threshold must lie between 0 and 1, not be {threshold}")


def analyse_many(
    inputs: Iterable[Article | str | SaysoError],
    processes: int | None = None,
    threshold: float | None = None,
    only: Literal["dates"] | None = None,
) -> Generator[Analysis | SaysoError, None, None]:
    """Analyse many inputs with several processes, in the order of the inputs, as you go on.

    An input is an article, or a path or address, which a worker then reads too. `processes` is how many work at once,
    by default one for each core; each takes some 400 MB. With one, or for a single input, everything runs in this
    process. Only a few inputs for each process are taken ahead, so the stream may be endless. `threshold` is as in
    `analyse`; with `only="dates"`, each gets what `dates` finds.

    What goes wrong comes out in its place as an error that names the input, and the rest goes on: ReadingError, or
    AnalysisError for a fault of Sayso's and for an input whose process was killed or ran out of memory. An error
    among the inputs, as `read_many` gives it, is handed on.

    Raises ValueError if `processes` is less than 1, SaysoError if no process can be started. In a script, call it
    below `if __name__ == "__main__":`, since new processes import the script.

    >>> articles = read_many(["no-such-file.txt"])
    >>> [str(result) for result in analyse_many(articles, processes=1)]
    ['no-such-file.txt: there is no such file']
    """
    count = workers.cores() if processes is None else processes
    if count < 1:
        raise ValueError(f"processes must be at least 1, not {count}")
    tables.check()  # once, here; workers do not speak
    return (
        _result(given, found) for given, found in workers.in_order(partial(_analysed, threshold, only), inputs, count)
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """How far a gathering is, or what came of it, in articles.

    `read` from the inputs, `stored` as new, `again` in the corpus already, `unreadable`; `to_list`; then `analysed`,
    `unread` (not English, too short or too long: no analysis is possible), `broken` (a fault) and `to_analyse`.
    `error` is what just went wrong, `failed` the first hundred of these.
    """

    read: int = 0
    stored: int = 0
    again: int = 0
    unreadable: int = 0
    to_list: int = 0
    analysed: int = 0
    unread: int = 0
    broken: int = 0
    to_analyse: int = 0
    failed: tuple[SaysoError, ...] = ()
    error: SaysoError | None = None


Progress = Callable[[Gathered], None]


def library(path: str | PathLike[str], told: Callable[[int, int], None] | None = None) -> Library:
    """The library of the corpus in a folder, with all articles of the corpus in its list.

    `told` is called with how many are listed, and how many there are to list. Raises SaysoError.
    """
    from sayso.corpus.store import Corpus  # noqa: PLC0415

    found = Library(path)
    enlist(Corpus(path), found, told)
    return found


def enlist(
    corpus: "Corpus",
    library: Library,
    told: Callable[[int, int], None] | None = None,
    *,
    first: int = 0,
    most: int | None = None,
) -> int:
    """List the articles of a corpus that are not in its library yet; how many are left. Stopped, it goes on later.

    Those from the number `first` on, and of those before them `most`.
    """
    if not _belongs(library, corpus):
        library.begin_anew()
    library.remove_numbers(corpus.removed)
    missing = list(library.missing(corpus.next_number))
    older = bisect_left(missing, first)
    now = missing[older:] + missing[:older][:most]
    for done in library.enlist(Listed(**row) for row in corpus.listed(now)):
        if told:
            told(done, len(now))
    return len(missing) - len(now)


def _belongs(library: Library, corpus: "Corpus") -> bool:
    """Whether it is this corpus's library: an old copy of a corpus can have been put in the place of a newer one."""
    last = library.last()
    if last is None:
        return True
    number, id = last
    return number in corpus.removed or [entry.id for entry in corpus.entries([number])] == [id]


def report(corpus: "Corpus", library: Library, id: str) -> "Corrected":
    """What is known of an article of a corpus: as it was kept, or made now and kept, with people's corrections.

    Raises SaysoError if there is no article with this id, or if it cannot be analysed for a fault of Sayso's.
    """
    entry = corpus.get(id)
    found = library.analysis(entry.id) or _result(entry.article, _attempted(entry))
    if isinstance(found, SaysoError):
        raise found
    if library.version(entry.id) is None:
        library.keep(entry, found)
    return corrected(found, library.corrections.of(entry.id))


def corrected(analysis: Analysis, corrections: Sequence[Correction]) -> "Corrected":
    """An analysis with all corrections of its article that stand, and with what follows from them found anew.

    Chains, findings and gaps are those that Sayso finds where it has read what persons say; the text is parsed again
    for it, so this takes a part of the time of `analyse`, but for what nobody corrected.
    """
    from sayso.library.correcting import apply  # noqa: PLC0415

    found = apply(analysis, corrections)
    if not found.touched or not analysis.analysed:
        return found
    from sayso.annotating import chains, findings, language  # noqa: PLC0415 - these load spaCy

    doc, known = language.parse(analysis.article.text), found.analysis
    known = replace(known, chains=chains.build(known.article, known.attributions, known.actors, found.credited))

    def told(dated: "Events | None") -> Analysis:
        return replace(known, findings=findings.find(doc, known, dated), gaps=findings.gaps(known, dated))

    return replace(found, analysis=_with_events(told))


def analyses(library: Library, articles: Iterable[Article], processes: int | None = None) -> dict[str, Analysis]:
    """The analyses of articles by their ids, with people's corrections; those that cannot be analysed are left out.

    What the library does not keep is analysed now by several processes, by default one for each core.
    """
    found: dict[str, Analysis] = {}
    unknown: list[Article] = []
    for article in articles:
        if kept := library.analysis(article.id):
            found[article.id] = kept
        else:
            unknown.append(article)
    count = min(len(unknown), workers.cores() if processes is None else processes) or 1
    with closing(workers.in_order(_attempted, unknown, count)) as results:
        found |= {article.id: made for article, made in results if isinstance(made, Analysis)}
    return {id: corrected(one, library.corrections.of(id)).analysis for id, one in found.items() if one.analysed}


def gather(  # noqa: PLR0913 - what `sayso add` takes
    corpus: "Corpus",
    library: Library,
    inputs: Iterable[str | Source],
    columns: Mapping[str, str] = MappingProxyType({}),
    *,
    processes: int | None = None,
    only_text: bool = False,
    most: int | None = None,
    told: Progress = lambda _: None,
) -> Gathered:
    """Add what is in inputs to a corpus, analyse it, and list it in the library; with `only_text`, only add it.

    First all texts are stored, then they are analysed by several processes; each analysis is kept as soon as it is
    made. Stopped, the same call goes on where it was, and so does any later one that is not `only_text`. With `most`,
    no more than so many are analysed now, and of what was there before only some is listed: a later call does the rest.
    `told` is called now and then with how far it is, and at once with what goes wrong. `columns` and `processes` are
    as in `collected`. Raises SaysoError if it cannot be stored; what was told before is kept.
    """
    gathering = _Gathering(corpus, library, told)
    if inputs:
        gathering.add(inputs, columns, processes, only_text)
    if not only_text:
        gathering.enlist(None if most is None else LISTED)
        gathering.analyse(workers.cores() if processes is None else processes, most)
    return gathering.now


class _Gathering:
    """How far a gathering is, told as it goes on."""

    def __init__(self, corpus: "Corpus", library: Library, told: Progress) -> None:
        self.corpus, self.library, self._told = corpus, library, told
        self.now = Gathered()
        self._first = corpus.next_number

    def _tell(self, error: SaysoError | None = None, **counts: Any) -> None:
        self.now = replace(self.now, **counts)
        if error and len(self.now.failed) < FAILED:
            self.now = replace(self.now, failed=(*self.now.failed, error))
        self._told(replace(self.now, error=error) if error else self.now)

    def add(
        self, inputs: Iterable[str | Source], columns: Mapping[str, str], processes: int | None, only_text: bool
    ) -> None:
        def articles() -> Iterator[Article | SaysoError | Noted]:
            # Here, since nobody else is writing now: what comes from this number on is ours.
            self._first = self.corpus.next_number
            self.library.expect(self._first, analyse=not only_text)
            for given in collected(inputs, columns, self.corpus.stored_of, processes):
                if isinstance(given, SaysoError):
                    self._tell(given, unreadable=self.now.unreadable + 1)
                elif isinstance(given, Article):
                    self._tell(read=self.now.read + 1)
                yield given

        self.corpus.add(articles(), lambda added: self._tell(stored=added.stored, again=added.again))

    def enlist(self, most: int | None) -> None:
        """List what was added, and of what was there before so many."""

        def told(done: int, of: int) -> None:
            self._tell(to_list=of - done)

        self._tell(to_list=enlist(self.corpus, self.library, told, first=self._first, most=most))

    def analyse(self, processes: int, most: int | None = None) -> None:
        """Analyse all that is wanted, or so many of it, and keep each analysis as soon as it is made."""
        wanted = self.library.wanted()
        self._tell(to_analyse=wanted)
        # Who does some of all begins with the oldest; who adds, with what was just added.
        entries = islice(self._entries(self._first if most is None else 0), most)
        with closing(workers.in_order(_attempted, entries, max(1, min(processes, wanted)))) as results:
            for entry, made in results:
                found = _result(entry.article, made)
                wanted = max(0, wanted - 1)
                if isinstance(found, SaysoError):
                    self.library.fail(entry.number or 0, str(found))
                    self._tell(found, to_analyse=wanted, broken=self.now.broken + 1)
                    continue
                self.library.keep(entry, found)
                counted = "analysed" if found.analysed else "unread"
                self._tell(to_analyse=wanted, **{counted: getattr(self.now, counted) + 1})

    def _entries(self, first: int) -> Iterator[Entry]:
        """The articles that are to be analysed, from a number on and then the others, read when their turn comes."""
        for number in self.library.all_wanted(first):
            yield from self.corpus.entries([number])


def _attempted(given: Article | Entry) -> Analysis | SaysoError:
    """An article of a corpus analysed; those of tables come without a language."""
    article = given.article if isinstance(given, Entry) else given
    try:
        if article.language is None:
            article = replace(article, language=languages.detect(article.text).code)
        return analyse(article)
    except SaysoError as error:
        return error


def takeaway(
    corpus: "Corpus", library: Library, ids: Iterable[str] = (), processes: int | None = None
) -> "Generator[exporting.Kept | SaysoError, None, None]":
    """What is known of articles of a corpus, to be exported: of those with the ids, or of all, with corrections.

    They come in the order of the ids, or of adding. What is not analysed yet is analysed by several processes and kept;
    what goes wrong with one comes out in its place. Raises SaysoError if there is no article with one of the ids.
    """
    from sayso.exporting import Kept  # noqa: PLC0415

    wanted = [corpus.get(id) for id in ids]
    count = workers.cores() if processes is None else processes
    for known, some in groupby(wanted or corpus.entries(), lambda entry: library.version(entry.id) is not None):
        for entry, found in _known(library, some) if known else _made_now(library, some, count):
            if isinstance(found, SaysoError):
                yield found
            else:
                kept = corrected(found, library.corrections.of(entry.id))
                yield Kept.of(kept, library.version(entry.id) or "")


def _known(library: Library, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Analysis]]:
    for entry in entries:
        if found := library.analysis(entry.id):
            yield entry, found


def _made_now(library: Library, entries: Iterable[Entry], count: int) -> Iterator[tuple[Entry, Analysis | SaysoError]]:
    """Articles analysed now, and kept."""
    for entry, made in workers.in_order(_attempted, entries, count):
        found = _result(entry.article, made)
        if isinstance(found, Analysis):
            library.keep(entry, found)
        yield entry, found


def traced(corpus: "Corpus", library: Library, id: str, claim: str | None = None, limit: int = 50) -> "exporting.Told":
    """The story of an article of a corpus, to be exported; with a claim, on which origins that rests."""
    from sayso.exporting import Told as Story  # noqa: PLC0415

    entry = corpus.get(id)
    origins = corpus.origins(entry, claim, partial(analyses, library), limit) if claim else None
    return Story(corpus.trace(entry, limit), origins)


def _analysed(threshold: float | None, only: str | None, given: Article | str | SaysoError) -> Analysis | SaysoError:
    if isinstance(given, SaysoError):
        return given
    try:
        article = read(given) if isinstance(given, str) else given
        return dates(article) if only == "dates" else analyse(article, threshold)
    except SaysoError as error:
        return error


def _result(given: Article | str | SaysoError, found: Analysis | SaysoError | Exception) -> Analysis | SaysoError:
    """What came of an input, with the input's name on whatever went wrong."""
    if isinstance(found, Analysis | SaysoError) and not isinstance(found, workers.WorkerDied):
        return found
    name = given.input if isinstance(given, Article) else str(given)
    if isinstance(found, workers.WorkerDied):
        return AnalysisError(name, str(found))
    kind = f"{type(found).__name__}: {found}" if str(found) else type(found).__name__
    error = AnalysisError(name, f"a fault in Sayso, please report it ({kind})")
    error.__cause__ = found
    return error


def _not_analysed(article: Article) -> tuple[str, str] | None:
    """Why an article cannot be analysed, as the kind of gap and in words, or None where it can be."""
    if article.language is None:
        return "language", "its language could not be told (too short, or several languages)"
    if article.language != "en":
        return "language", f"its language is {article.language}, not English"
    if len(article.text) > LONGEST:
        return "length", f"it has {len(article.text):,} characters, and the limit is {LONGEST:,}; cut it into parts"
    return None


def _left(article: Article, kind: str, message: str) -> Analysis:
    return Analysis(article, analysed=False, gaps=(Gap(kind, f"The text was read but not analysed: {message}."),))


def _annotated(article: Article, threshold: float | None) -> Analysis:
    from sayso.annotating import (  # noqa: PLC0415 - these load spaCy, which takes a second
        attribution,
        chains,
        claims,
        credits,
        findings,
        language,
        sources,
        times,
        wording,
    )

    doc = language.parse(article.text)
    resolved = sources.resolve(doc, attribution.find(doc, threshold), article.outlet, credits.find(article))
    found_times = times.find(article.text, article.published)
    found = Analysis(
        article,
        actors=resolved.actors,
        mentions=resolved.mentions,
        attributions=resolved.attributions,
        chains=chains.build(article, resolved.attributions, resolved.actors, resolved.credited),
        times=found_times,
        wordings=wording.find(doc, resolved.attributions),
        claims=claims.find(doc, resolved.attributions, found_times),
    )

    def told(known: "Events | None") -> Analysis:
        return replace(found, findings=findings.find(doc, found, known), gaps=findings.gaps(found, known))

    return _with_events(told)


def _with_events(told: Callable[["Events | None"], Analysis]) -> Analysis:
    """What is told with the user's dated events. Of a damaged index it is warned once, and it is told without."""
    try:
        return told(events.opened())
    except SaysoError as error:
        tables.warn(str(error))
        return told(None)
