"""The command line: thin, one function a verb. What loads a library is imported where it is used.

Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 nothing found or some
inputs failed, 2 wrong use, 130 interrupted.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sayso.errors import AnalysisError, SaysoError

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from sayso.exporting import Format, Kept, Told
    from sayso.model import Analysis, Article, Story
    from sayso.pipeline import Gathered
    from sayso.reporting.corpora import Bar

NAME = "sayso"
DONE, NOT_ALL, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name=NAME,
    help="On whose say-so? Shows what each statement in a news report rests on.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT...", help="Files, http(s) addresses, or - for standard input.")
]
Html = Annotated[
    str | None,
    typer.Option(
        "--html",
        metavar="OUT",
        help="Write a web page to this file (- is standard output). A folder gets a page for each input; several "
        "inputs need a folder, which is made if it is missing.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line for each input.")]
Explain = Annotated[bool, typer.Option("--explain", help="Add the reasons.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        show_default=False,
        help="Work on up to N inputs at once, each in a process of some 400 MB (default: one for each core).",
    ),
]
Threshold = Annotated[
    float | None,
    typer.Option(
        "--threshold",
        metavar="P",
        min=0,
        max=1,
        show_default=False,
        help="Least probability of an attribution that the tagger finds: higher finds fewer, with fewer errors.",
    ),
]

CorpusFolder = Annotated[str, typer.Argument(metavar="CORPUS", help="The folder of the corpus.")]
Limit = Annotated[
    int, typer.Option("--limit", metavar="N", min=1, help="Lay at most N articles beside it, those that share most.")
]
Page = Annotated[
    str | None, typer.Option("--html", metavar="OUT", help="Write a web page to this file (- is standard output).")
]

outlets = typer.Typer(
    help="Show what tables of outlets say of one, and import, list and remove tables. A class is the table's word.",
    no_args_is_help=True,
)
app.add_typer(outlets, name="outlets")

events = typer.Typer(
    help="Import and update dated events that reports are held against, and ask which years fit a day.",
    no_args_is_help=True,
)
app.add_typer(events, name="events")

Show = Callable[["Analysis"], None]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415

        print(f"{NAME} {version(NAME)}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Options before the verb."""


@app.command()
def read(
    inputs: Inputs,
    html: Html = None,
    json: Json = False,
    explain: Explain = False,
    jobs: Jobs = None,
    threshold: Threshold = None,
) -> None:
    """Read reports and show what they rest on: findings first, then everything with its passage."""
    _check_html(html, inputs, json)
    _each(_inputs(inputs), _shows(html, len(inputs) > 1, json, explain), None, jobs, threshold)


@app.command()
def who(
    inputs: Inputs, json: Json = False, explain: Explain = False, jobs: Jobs = None, threshold: Threshold = None
) -> None:
    """Show only who says what."""
    _part("who", inputs, _one_way("who", json, explain), jobs, threshold)


@app.command()
def chain(
    inputs: Inputs, json: Json = False, explain: Explain = False, jobs: Jobs = None, threshold: Threshold = None
) -> None:
    """Show only whose word each statement rests on, link by link."""
    _part("chain", inputs, _one_way("chain", json, explain), jobs, threshold)


@app.command()
def dates(inputs: Inputs, json: Json = False, explain: Explain = False, jobs: Jobs = None) -> None:
    """Show only when: the dates the article may have, the times in its text, and what contradicts its date."""
    _part("dates", inputs, _one_way("dates", json, explain), jobs)


@app.command()
def words(inputs: Inputs, json: Json = False, explain: Explain = False, jobs: Jobs = None) -> None:
    """Show only loaded and distancing words, and whose words they are."""
    _part("words", inputs, _one_way("words", json, explain), jobs)


@app.command()
def demo(html: Html = None, json: Json = False, explain: Explain = False) -> None:
    """Show all of it on an invented report that relays an agency that relays another."""
    _check_html(html, ["demo"], json)
    _each(_demo_article(), _shows(html, False, json, explain), jobs=1)


@app.command()
def add(
    corpus: Annotated[
        str, typer.Argument(metavar="CORPUS", help="The folder of the corpus; it is made if it is missing.")
    ],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INPUT...]",
            help="Reports as `read` takes them; WARC, WACZ, RSS, Atom, JSON Lines, CSV, TSV and Parquet files; "
            "folders; text files with a list of addresses; - for standard input. Without any, all articles of the "
            "corpus are analysed that are not yet, or were by another version.",
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="FIELD=HEADER",
            help="Of a table, the column of a field whose header is not known; again for more. Fields: text, title, "
            "url, outlet, date, byline, language, id.",
        ),
    ] = None,
    only_text: Annotated[
        bool, typer.Option("--only-text", help="Do not analyse them: for many. Each is analysed when it is opened.")
    ] = False,
    jobs: Jobs = None,
) -> None:
    """Add reports to a corpus, and analyse them. The same page twice is one article; what cannot be read is told.

    Stopped, the same command goes on where it was.
    """
    from sayso import pipeline  # noqa: PLC0415
    from sayso.corpus.store import Corpus  # noqa: PLC0415
    from sayso.library.store import Library  # noqa: PLC0415
    from sayso.reading.collections import FIELDS  # noqa: PLC0415
    from sayso.reporting import corpora as wording  # noqa: PLC0415

    _quiet()
    columns = dict(_field(given, FIELDS) for given in column or ())
    if only_text and not inputs:
        raise typer.BadParameter("--only-text needs an input.")
    place, library = Corpus(corpus), Library(corpus)
    if not inputs:
        pipeline.enlist(place, library)
        library.want_all()
    try:
        with _bar() as show:

            def told(now: "Gathered") -> None:
                show(*wording.step(now))
                if now.error:
                    _complain(now.error)

            added = pipeline.gather(
                place, library, inputs or (), columns, processes=jobs, only_text=only_text, told=told
            )
    except KeyboardInterrupt:
        _tell(wording.interrupted(len(place), library.wanted()))
        raise typer.Exit(INTERRUPTED) from None
    _print(wording.added(added, len(place)) + "\n")
    raise typer.Exit(NOT_ALL if added.unreadable or added.broken else DONE)


@app.command()
def remove(
    corpus: CorpusFolder,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="The ids of articles of the corpus, or how they begin.")
    ],
) -> None:
    """Take articles out of a corpus: nothing finds them any more. What people corrected in them is kept."""
    from sayso.corpus.store import Corpus  # noqa: PLC0415
    from sayso.library.store import Library  # noqa: PLC0415

    _quiet()
    place, library = Corpus(corpus), Library(corpus)
    failed = False
    for id in ids:
        try:
            library.remove(place.remove(id))
        except SaysoError as error:
            _complain(error)
            failed = True
    count = len(place)
    _print(f"the corpus has {count:,} article{'' if count == 1 else 's'}\n")
    raise typer.Exit(NOT_ALL if failed else DONE)


@app.command()
def corrections(
    corpus: CorpusFolder,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line for each: training data.")] = False,
) -> None:
    """What people corrected in the articles of a corpus, in the order in which they did; with --json, what stands."""
    from sayso.corpus.store import Corpus  # noqa: PLC0415
    from sayso.library import corrections as log  # noqa: PLC0415
    from sayso.library import training, wording  # noqa: PLC0415
    from sayso.library.store import Library  # noqa: PLC0415
    from sayso.reporting.json import one_line  # noqa: PLC0415
    from sayso.reporting.labels import printable  # noqa: PLC0415

    _quiet()
    Corpus(corpus)  # it may be no corpus
    library = Library(corpus)
    if json:
        for example in training.examples(library):
            _print(one_line(example) + "\n")
        return
    lines = tuple(library.corrections.all())
    holding = {each.id for each in log.holding(lines)}
    for each in lines:
        taken = "" if each.id in holding else " (taken back)"
        _print(f"{each.article}  {each.kind}  {printable(wording.line(each))}{taken}\n")
    if not lines:
        _tell("nobody has corrected anything")


@app.command()
def trace(
    corpus: CorpusFolder,
    file: Annotated[str, typer.Argument(metavar="INPUT", help="A file, an http(s) address, or - for standard input.")],
    html: Page = None,
    json: Json = False,
    explain: Explain = False,
    limit: Limit = 50,
) -> None:
    """Show where the passages of a report stand elsewhere in a corpus: earlier and later, side by side."""
    from sayso import pipeline  # noqa: PLC0415
    from sayso.corpus.store import Corpus  # noqa: PLC0415

    _check_html(html, [file], json)
    _quiet()
    _show_story(Corpus(corpus).trace(pipeline.read(file), limit), html, json, explain)


@app.command()
def story(
    corpus: CorpusFolder,
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of an article of the corpus, or how it begins.")],
    html: Page = None,
    json: Json = False,
    explain: Explain = False,
    limit: Limit = 50,
) -> None:
    """Show the same for an article of the corpus, by its id."""
    from sayso.corpus.store import Corpus  # noqa: PLC0415

    _check_html(html, [], json)
    _quiet()
    place = Corpus(corpus)
    _show_story(place.trace(place.get(id), limit), html, json, explain)


@app.command()
def origins(
    corpus: CorpusFolder,
    file: Annotated[str, typer.Argument(metavar="INPUT", help="A file, an http(s) address, or - for standard input.")],
    claim: Annotated[
        str, typer.Option("--claim", metavar="TEXT", help="The claim: a sentence of the report, or one in its terms.")
    ],
    html: Page = None,
    json: Json = False,
    explain: Explain = False,
    limit: Limit = 50,
) -> None:
    """Show on how many independent origins a claim of a report rests in a corpus, as a range with the proof."""
    from sayso import pipeline  # noqa: PLC0415
    from sayso.corpus.store import Corpus  # noqa: PLC0415
    from sayso.library.store import Library  # noqa: PLC0415
    from sayso.reporting.stories import html as pages  # noqa: PLC0415
    from sayso.reporting.stories import json as lines  # noqa: PLC0415
    from sayso.reporting.stories import terminal as written  # noqa: PLC0415

    _check_html(html, [file], json)
    _quiet()
    analyses = partial(pipeline.analyses, Library(corpus))
    found = Corpus(corpus).origins(pipeline.read(file), claim, analyses, limit)
    _show_found(
        html,
        lambda: pages.origins_page(found),
        (lambda: lines.origins_line(found)) if json else None,
        lambda console: written.origins(found, console, explain=explain),
    )
    raise typer.Exit(DONE if found.most else NOT_ALL)


@app.command()
def serve(
    corpus: Annotated[
        str, typer.Argument(metavar="CORPUS", help="The folder of the corpus; it is made when the first is added.")
    ],
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 is one that is free.")
    ] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="TEXT",
            envvar="SAYSO_TOKEN",
            show_envvar=False,
            help="What everybody has to give to be let in. Needed with a --host that others can reach.",
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="Another host name that the desk goes by; again for more."),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Open the desk: read, search, correct and follow reports in a browser, at an address of this machine."""
    from pathlib import Path  # noqa: PLC0415

    from sayso.web import serving  # noqa: PLC0415

    _quiet()
    serving.serve(Path(corpus), serving.Address(host, port, tuple(name or ()), token), open_browser)


@app.command()
def export(
    corpus: CorpusFolder,
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID...]", help="Articles of the corpus, by their ids or how these begin (default: all)."
        ),
    ] = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="F",
            help="annotations (W3C, JSON-LD), brat, csv, jsonl, parquet, prov and provn (W3C PROV), gexf, graphml, "
            "pdf, json, svg (the drawing of a story).",
        ),
    ] = "",
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="OUT",
            help="The file to write (default: -, standard output). For brat and for tables, which are several files: a "
            "new folder, or a file that ends in .zip.",
        ),
    ] = "-",
    story: Annotated[
        str | None, typer.Option("--story", metavar="ID", help="Export the story of this article of the corpus.")
    ] = None,
    claim: Annotated[
        str | None, typer.Option("--claim", metavar="TEXT", help="With the origins of this claim of the story.")
    ] = None,
    limit: Limit = 50,
    jobs: Jobs = None,
) -> None:
    """Export analyses, or a story, in other tools' formats. A file or folder is there as a whole or not at all."""
    from sayso import pipeline  # noqa: PLC0415
    from sayso.corpus.store import Corpus  # noqa: PLC0415
    from sayso.library.store import Library  # noqa: PLC0415

    made = _format(format, "analyses" if story is None else "story", out)
    if story is None and claim is not None:
        raise typer.BadParameter("--claim is a claim of a story: name the story's article with --story.")
    if story is not None and ids:
        raise typer.BadParameter("either articles or --story, not both.")
    _quiet()
    place = Corpus(corpus)
    _check_out(out, corpus)
    failed: list[SaysoError] = []
    if not len(place):
        raise SaysoError(f"{corpus}: there is no article to export")
    if story is not None:
        _export(made, pipeline.traced(place, Library(corpus), story, claim, limit), out)
    else:
        with closing(pipeline.takeaway(place, Library(corpus), ids or (), jobs)) as found:
            try:
                _export(made, _without_errors(found, failed), out)
            except KeyboardInterrupt:
                _tell("interrupted; nothing was written")
                raise typer.Exit(INTERRUPTED) from None
    raise typer.Exit(NOT_ALL if failed else DONE)


def _format(name: str, of: str, out: str) -> "Format":
    """The format with a name, if it can be made of what is asked for and written where it is asked for."""
    from sayso.exporting import FORMATS  # noqa: PLC0415

    made = FORMATS.get(name)
    if made is None:
        raise typer.BadParameter(f"--format takes one of {', '.join(FORMATS)}{f'; not {name}' if name else ''}.")
    if of not in made.of:
        hint = "give an article of it with --story" if of == "analyses" else "leave out --story"
        raise typer.BadParameter(f"{name} is not a format for {'analyses' if of == 'analyses' else 'a story'}: {hint}.")
    if out == "-" and made.several:
        raise typer.BadParameter(
            f"{name} is several files: name a new folder, or a file that ends in .zip, with --out."
        )
    if out == "-" and not made.is_text and sys.stdout.isatty():
        raise typer.BadParameter(f"{name} is nothing for a terminal: name a file with --out.")
    return made


def _check_out(out: str, corpus: str) -> None:
    """Refuse what would take the place of the corpus's own files."""
    from pathlib import Path  # noqa: PLC0415

    if out != "-" and Path(out).resolve().is_relative_to(Path(corpus).resolve()):
        raise typer.BadParameter(f"{out} lies in the folder of the corpus, which keeps its own files there.")


def _without_errors(found: "Iterable[Kept | SaysoError]", failed: list[SaysoError]) -> "Iterator[Kept]":
    """What can be exported; the rest is told and noted."""
    with _progress() as show:
        for number, each in enumerate(found, 1):
            if isinstance(each, SaysoError):
                _complain(each)
                failed.append(each)
            else:
                show(f"{number:,} exported")
                yield each


def _export(made: "Format", items: "Iterable[Kept] | Told", out: str) -> None:
    """Write it, and say where; on standard output comes only what is complete."""
    from pathlib import Path  # noqa: PLC0415
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    if out != "-":
        made.write(items, out)
        _tell(f"wrote {out}")
        return
    with TemporaryDirectory() as place:
        file = Path(place) / "export"
        made.write(items, file)
        with _writing(), file.open("rb") as ready:
            sys.stdout.flush()
            while block := ready.read(1 << 20):
                sys.stdout.buffer.write(block)
            sys.stdout.flush()


def _show_story(found: "Story", html: str | None, json: bool, explain: bool) -> NoReturn:
    """Show a story; the exit code says whether anything stands elsewhere."""
    from sayso.reporting.stories import html as pages  # noqa: PLC0415
    from sayso.reporting.stories import json as lines  # noqa: PLC0415
    from sayso.reporting.stories import terminal as written  # noqa: PLC0415

    _show_found(
        html,
        lambda: pages.story_page(found),
        (lambda: lines.story_line(found)) if json else None,
        lambda console: written.story(found, console, explain=explain),
    )
    raise typer.Exit(DONE if found.derivations else NOT_ALL)


def _show_found(
    html: str | None,
    page: Callable[[], str],
    line: Callable[[], str] | None,
    show: "Callable[[Console], None]",
) -> None:
    """Write what was found as a page, as a line of JSON, or else in the terminal."""
    if html == "-":
        _print(page())
    elif html is not None:
        from pathlib import Path  # noqa: PLC0415

        from sayso.writing import write  # noqa: PLC0415

        write(Path(html), page())
        _tell(f"wrote {html}")
    if line is not None:
        _print(line() + "\n")
    elif html is None:
        from rich.console import Console  # noqa: PLC0415

        with _writing():
            show(Console(markup=False, highlight=False, emoji=False))
            sys.stdout.flush()


@app.command()
def mcp(
    corpus: CorpusFolder,
    files: Annotated[
        str | None,
        typer.Option(
            "--files", metavar="FOLDER", help="Let the model name files below this folder (default: no files at all)."
        ),
    ] = None,
) -> None:
    """Serve a language model over standard input and output (MCP): read, chain, trace and origins, as evidence."""
    from sayso.web import mcp as speaking  # noqa: PLC0415

    _quiet()
    speaking.serve(corpus, files)


@outlets.command("import")
def outlets_import(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A CSV, TSV or JSON Lines file, or - for standard input.")
    ],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What to call the table (default: the file's name).")
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Where the table can be checked (default: the file's name).")
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="FIELD=HEADER",
            help="The column of a field whose header is not known; again for more. Fields: name, names, country, "
            "owner, kind, class, url, source.",
        ),
    ] = None,
) -> None:
    """Import a table of outlets. Show what came in, and which rows were left out. A table of that name is replaced."""
    from sayso.reporting import tables as wording  # noqa: PLC0415
    from sayso.words import importing, tables  # noqa: PLC0415

    columns = [_field(given, importing.FIELDS) for given in column or ()]
    _check_name(name, tables.place)
    if file == "-" and name is None:
        raise typer.BadParameter("standard input has no name: give the table one with --name.")
    result = importing.store(file, name, source, columns)
    for line in wording.imported(result):
        _tell(line)
    _print(wording.summary(result.header) + "\n")


@outlets.command("list")
def outlets_list(json: Json = False) -> None:
    """Show which tables there are, with their counts and sources."""
    from sayso.reporting import tables as wording  # noqa: PLC0415
    from sayso.words import outlets as known  # noqa: PLC0415
    from sayso.words import tables  # noqa: PLC0415

    _quiet()
    headers, wrong = tables.headers()
    lines = (wording.tables_json if json else wording.tables)(len(known.table()), headers)
    _print("".join(f"{line}\n" for line in lines))
    for error in wrong:
        _tell(str(error))
    raise typer.Exit(NOT_ALL if wrong else DONE)


@outlets.command("show")
def outlets_show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of the outlet; it must match exactly.")],
    json: Json = False,
) -> None:
    """Show all that every table says of an outlet; a class as it is given there, which is not Sayso's word."""
    from sayso.reporting import tables as wording  # noqa: PLC0415
    from sayso.words import outlets as known  # noqa: PLC0415

    _quiet()
    found = known.entries(name)
    if not found:
        _tell(f"no table has an outlet called “{name}”; names must match exactly")
        raise typer.Exit(NOT_ALL)
    _print("".join(f"{line}\n" for line in (wording.entries_json if json else wording.entries)(found)))


@outlets.command("remove")
def outlets_remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The table's name, as `sayso outlets list` shows it.")],
) -> None:
    """Remove an imported table, and show which are left."""
    from sayso.reporting import tables as wording  # noqa: PLC0415
    from sayso.words import outlets as known  # noqa: PLC0415
    from sayso.words import tables  # noqa: PLC0415

    _check_name(name, tables.place)
    if not tables.remove(name):
        _tell(f"there is no imported table “{name}”; `sayso outlets list` shows those there are")
        raise typer.Exit(NOT_ALL)
    _tell(f"removed the table “{name}”")
    _print("".join(f"{line}\n" for line in wording.tables(len(known.table()), tables.headers()[0])))


@events.command("import")
def events_import(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="JSON Lines, CSV, TSV, an answer of Wikidata or MediaWiki, a Wikidata dump, wikitext, or MediaWiki's "
            "XML export; packed with gzip or not; - for standard input.",
        ),
    ],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What to call the table (default: the file's name).")
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Where the table can be checked (default: the file's name).")
    ] = "",
) -> None:
    """Import dated events. A table of that name gets those added that are in no table yet; a file counts once."""
    from sayso.events import adding, importing  # noqa: PLC0415
    from sayso.reporting import events as wording  # noqa: PLC0415

    _check_name(name, adding.key)
    if file == "-" and name is None:
        raise typer.BadParameter("standard input has no name: give the table one with --name.")
    with _progress() as show:
        result = importing.store(file, name, source, lambda rows: show(wording.reading(rows)))
    for line in wording.imported(result):
        _tell(line)
    _print(wording.summary(result) + "\n")


@events.command("update")
def events_update(
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="The first day, as 2018-04-14.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="The last day (default: today).")] = None,
) -> None:
    """Fetch Wikipedia's daily pages of current events that are not here yet. Can be interrupted, and goes on then."""
    from sayso.events import updating  # noqa: PLC0415
    from sayso.reading.fetch import fetch  # noqa: PLC0415
    from sayso.reporting import events as wording  # noqa: PLC0415

    first, last = _iso_day(since) or updating.FIRST, _iso_day(until)
    _quiet()
    with _progress() as show:
        way = updating.Way(
            lambda url: fetch(url, limit=updating.LARGEST, seconds=updating.SECONDS).data,
            progress=lambda done, of: show(wording.fetching(done, of)),
        )
        result = updating.update(way, first, last)
    _print("".join(f"{line}\n" for line in wording.updated(result)))


@events.command("list")
def events_list(json: Json = False) -> None:
    """Show which tables of events there are, with their counts, days and sources."""
    from sayso import events as known  # noqa: PLC0415
    from sayso.reporting import events as wording  # noqa: PLC0415

    found = known.opened()
    if found is None:
        _tell("no events are imported; `sayso events import FILE` or `sayso events update` does it")
        raise typer.Exit(NOT_ALL)
    _print("".join(f"{line}\n" for line in (wording.tables_json if json else wording.tables)(found.sources())))


@events.command("remove")
def events_remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The table's name, as `sayso events list` shows it.")],
) -> None:
    """Remove a table of events, with its events."""
    from sayso.events import adding  # noqa: PLC0415

    _check_name(name, adding.key)
    if not adding.remove(name):
        _tell(f"there is no table of events “{name}”; `sayso events list` shows those there are")
        raise typer.Exit(NOT_ALL)
    _tell(f"removed the table “{name}”")


@events.command("fit")
def events_fit(
    day: Annotated[str, typer.Argument(metavar="DAY", help="A day without a year, as “April 14” or 04-14.")],
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What is said to have happened on it.")],
    spread: Annotated[
        int, typer.Option("--spread", metavar="N", min=0, max=30, help="Also events up to N days from it.")
    ] = 0,
    json: Json = False,
) -> None:
    """Show which years fit a day and words: those with events on that day that share words, the best first."""
    from sayso import events as known  # noqa: PLC0415
    from sayso.events.terms import terms  # noqa: PLC0415
    from sayso.reporting import events as wording  # noqa: PLC0415

    month, of_month = _month_day(day)
    if known.opened() is None:
        _tell("no events are imported; `sayso events import FILE` or `sayso events update` does it")
        raise typer.Exit(NOT_ALL)
    fits = known.fit(month, of_month, terms(" ".join(words)), spread)
    _print("".join(f"{line}\n" for line in (wording.fits_json if json else wording.fits)(fits)))
    if not fits:
        _tell(f"no event of any year on {day} shares a word with these")
        raise typer.Exit(NOT_ALL)


def _iso_day(given: str | None) -> "date | None":
    from datetime import date  # noqa: PLC0415

    try:
        return date.fromisoformat(given) if given is not None else None
    except ValueError:
        raise typer.BadParameter(f"“{given}” is no day; a day is written 2018-04-14.") from None


def _month_day(given: str) -> tuple[int, int]:
    """The month and the day of "April 14", "14 Apr" or "04-14"."""
    from datetime import datetime  # noqa: PLC0415

    for form in ("%B %d", "%d %B", "%b %d", "%d %b", "%m-%d"):
        try:
            found = datetime.strptime(f"2000 {given.strip()}", f"%Y {form}")  # a leap year
        except ValueError:
            continue
        return found.month, found.day
    raise typer.BadParameter(f"“{given}” is no day of the year; write it as “April 14” or 04-14.")


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """What shows a line in place of the last one, on a terminal only; the line is gone at the end."""
    terminal = sys.stderr.isatty()

    def show(line: str) -> None:
        if terminal:
            print(f"\r\x1b[K{NAME}: {line}", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def _bar() -> "Iterator[Bar]":
    """A bar that shows how far it is, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from sayso.reporting import corpora  # noqa: PLC0415

    with corpora.bar() as show:
        yield show


def _field(given: str, fields: Iterable[str]) -> tuple[str, str]:
    """The field and the header of a --column."""
    field, equals, header = given.partition("=")
    if not equals or not header.strip() or field.strip().lower() not in fields:
        raise typer.BadParameter(f"--column takes FIELD=HEADER, with one of {', '.join(fields)}; not {given}.")
    return field.strip().lower(), header


def _check_name(name: str | None, place: Callable[[str], object]) -> None:
    """Refuse what cannot be a table's name."""
    if name is not None:
        try:
            place(name)
        except SaysoError as error:
            raise typer.BadParameter(f"{error}.") from error


def _demo_article() -> Iterator["Article"]:
    from importlib.resources import files  # noqa: PLC0415

    from sayso import pipeline  # noqa: PLC0415

    page = files("sayso").joinpath("examples", "relayed_report.html").read_bytes()
    yield pipeline.read(page, name="relayed_report.html (the demo)")


def _inputs(sources: Iterable[str]) -> "Iterator[Article | str | SaysoError]":
    """What is to be analysed; standard input is read here, since no other process has it."""
    from sayso import pipeline  # noqa: PLC0415

    for source in sources:
        if source == "-":
            yield from pipeline.read_many([source])
        else:
            yield source


def _part(part: str, inputs: list[str], show: Show, jobs: int | None, threshold: float | None = None) -> None:
    _each(_inputs(inputs), [show], part, jobs, threshold)


def _one_way(part: str, json: bool, explain: bool) -> Show:
    return _json(part) if json else _terminal(explain, part)


def _shows(html: str | None, several: bool, json: bool, explain: bool) -> list[Show]:
    """What to do with each result: print it, unless it goes to a page."""
    shows = [_pages(html, several)] if html is not None else []
    if json:
        return [*shows, _json(None)]
    return shows or [_terminal(explain, None)]


def _each(
    inputs: "Iterable[Article | str | SaysoError]",
    shows: list[Show],
    part: str | None = None,
    jobs: int | None = None,
    threshold: float | None = None,
) -> NoReturn:
    """Show every input as soon as it is analysed; say on standard error which failed; end with the exit code."""
    _quiet()
    from sayso import pipeline  # noqa: PLC0415

    found = failed = False
    results = pipeline.analyse_many(inputs, jobs, threshold, "dates" if part == "dates" else None)
    try:
        for result in results:
            if isinstance(result, SaysoError):
                _complain(result)
                failed = True
                continue
            shown = _show(result, shows)
            found = found or (shown and _anything(result, part))
            failed = failed or not shown or not result.analysed
    except KeyboardInterrupt:
        _tell("interrupted")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        results.close()
    raise typer.Exit(DONE if found and not failed else NOT_ALL)


def _show(analysis: "Analysis", shows: list[Show]) -> bool:
    """Show one analysis in every way that was asked for; whether that worked."""
    try:
        for show in shows:
            show(analysis)
    except _OutputError:
        raise
    except Exception as error:
        _complain(error, analysis.article.input)
        return False
    if not analysis.analysed:
        message = analysis.gaps[0].message if analysis.gaps else "it was read, but not analysed"
        _tell(f"{analysis.article.input}: {message}")
    return True


def _anything(analysis: "Analysis", part: str | None) -> bool:
    """Whether there is anything to show for what was asked."""
    found = {
        "who": analysis.attributions,
        "chain": analysis.chains,
        "dates": (*analysis.article.dates, *analysis.times),
        "words": analysis.wordings,
    }
    return bool(found[part]) if part else any(found.values()) or bool(analysis.claims)


class _OutputError(Exception):
    """Standard output takes no more. An error without words: its reader has left (`| head`)."""


def _terminal(explain: bool, part: str | None) -> Show:
    def show(analysis: "Analysis") -> None:
        from rich.console import Console  # noqa: PLC0415

        from sayso.reporting import terminal  # noqa: PLC0415

        console = Console(markup=False, highlight=False, emoji=False, soft_wrap=False)
        with _writing():
            terminal.render(analysis, console, explain=explain, part=part)
            sys.stdout.flush()

    return show


def _json(part: str | None) -> Show:
    def show(analysis: "Analysis") -> None:
        from sayso.reporting.json import to_json  # noqa: PLC0415

        _print(to_json(analysis, part) + "\n")

    return show


def _pages(html: str, several: bool) -> Show:
    taken: set[str] = set()

    def show(analysis: "Analysis") -> None:
        from sayso.reporting import files  # noqa: PLC0415
        from sayso.reporting.html import render  # noqa: PLC0415
        from sayso.writing import write  # noqa: PLC0415

        page = render(analysis)
        if html == "-":
            _print(page)
            return
        path = files.place(html, analysis.article.input, several, taken)
        write(path, page)
        _tell(f"wrote {path}")

    return show


def _print(text: str) -> None:
    """Write to standard output as UTF-8, whatever the terminal's encoding: JSON and HTML are nothing else."""
    with _writing():
        sys.stdout.flush()
        binary = getattr(sys.stdout, "buffer", None)
        if binary is None:
            sys.stdout.write(text)
        else:
            binary.write(text.encode("utf-8", "replace"))
        sys.stdout.flush()


class _writing:  # noqa: N801 - used as a verb
    """Tells a full disk behind standard output from a fault of the input."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, BrokenPipeError | SystemExit):  # rich leaves at once when a pipe breaks
            raise _OutputError from error
        if isinstance(error, OSError):
            raise _OutputError(f"cannot write standard output: {error.strerror or error}") from error


def _check_html(html: str | None, inputs: list[str], json: bool) -> None:
    """Refuse what could only end in a lost page or a lost input."""
    if html is None:
        return
    if html == "-" and (json or len(inputs) > 1):
        what = "with --json" if json else "for several inputs"
        raise typer.BadParameter(f"standard output takes one page only, not {what}: name a file or a folder.")
    from pathlib import Path  # noqa: PLC0415

    out = Path(html)
    if not html.strip():
        raise typer.BadParameter("--html needs the name of a file or a folder.")
    if len(inputs) > 1 and out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{html} is a file; several inputs need a folder, which gets a page for each.")
    from sayso.reporting import files  # noqa: PLC0415

    taken: set[str] = set()
    folder = len(inputs) > 1 or files.is_folder(html)
    pages = [out / files.page_name(source, taken) if folder else out for source in inputs]
    for source in (source for source in inputs if source != "-" and Path(source).is_file()):
        if any(page.is_file() and page.samefile(source) for page in pages):
            raise typer.BadParameter(
                f"the page would take the place of the input {source}; name another file or folder."
            )


def _quiet() -> None:
    """Keep what libraries log and warn about off the user's screen; what Sayso warns of is told in a line."""
    import logging  # noqa: PLC0415
    import warnings  # noqa: PLC0415

    class Told(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            _tell(record.getMessage())

    logging.getLogger(NAME).handlers = [Told()]
    if not os.environ.get("SAYSO_DEBUG"):
        logging.getLogger().addHandler(logging.NullHandler())
        warnings.simplefilter("ignore")


def _complain(error: Exception, name: str = "command line") -> None:
    """One line on what went wrong; a fault of ours is told apart, and SAYSO_DEBUG=1 shows where it is."""
    if os.environ.get("SAYSO_DEBUG"):
        import traceback  # noqa: PLC0415

        traceback.print_exception(error)
    if not isinstance(error, SaysoError):
        kind = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        _tell(f"{name}: a fault in Sayso, please report it ({kind}). SAYSO_DEBUG=1 shows where it is.")
    elif error.__cause__ is not None and isinstance(error, AnalysisError):
        _tell(f"{error}. SAYSO_DEBUG=1 shows where it is.")
    else:
        _tell(str(error))


def _tell(message: str) -> None:
    """A line on standard error, in which nothing can steer the terminal."""
    from sayso.reporting.labels import printable  # noqa: PLC0415

    print(f"{NAME}: {printable(' '.join(message.split()))}", file=sys.stderr)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code. No traceback reaches a user."""
    _prepare_streams()
    try:
        app(arguments, prog_name=NAME)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except _OutputError as error:
        if error.args:
            _tell(str(error))
        _forget_output()
        return NOT_ALL if error.args else DONE
    except OSError as error:
        _tell(f"cannot write: {error.strerror or error}")
        _forget_output()
        return NOT_ALL
    except Exception as error:
        _complain(error)
        return NOT_ALL
    return DONE


def _prepare_streams() -> None:
    """Give a closed stream (`>&-`) somewhere to go, and show what an encoding lacks as `?` instead of failing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _forget_output() -> None:
    """Point standard output nowhere, or Python would complain about it once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
