"""The sample with words in every place that would act, if anything let them."""

from dataclasses import replace

from sayso.model import Article, Derivation, Origins, Story

from .sample import ORIGINS, STORY

WORDS = (
    "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 777 * 777 }}</style></title>'<!-- [bold red]x[/] :bomb:"
)
STEERING = "\x1b[31m\x1b]0;owned\x07 \x9b2J \x08 \u202egnp.exe \ud800"
EVIL = f"{WORDS} {STEERING}"


def article(given: Article) -> Article:
    return replace(
        given,
        title=EVIL,
        outlet=EVIL,
        input=EVIL,
        url="javascript:alert(1)",
        language='"><b>',
        published="soon\x1b[0m",
        text=given.text.replace("barge", f"{WORDS[:40]}\x1b\u202e"),
    )


def derivation(given: Derivation) -> Derivation:
    return replace(
        given,
        reasons=(EVIL,),
        passages=tuple(replace(each, reasons=(EVIL,)) for each in given.passages),
        changes=tuple(replace(each, message=EVIL, reasons=(EVIL,)) for each in given.changes),
        citations=tuple(replace(each, outlet=EVIL, reasons=(EVIL,)) for each in given.citations),
    )


ENTRIES = tuple(replace(entry, article=article(entry.article)) for entry in STORY.entries)
EVIL_STORY: Story = replace(
    STORY,
    entries=ENTRIES,
    derivations=tuple(derivation(each) for each in STORY.derivations),
    citations=tuple(replace(each, outlet=EVIL, reasons=(EVIL,)) for each in STORY.citations),
    circles=tuple(replace(each, message=EVIL) for each in STORY.circles),
    findings=tuple(replace(each, kind=EVIL, message=EVIL, evidence=(EVIL,)) for each in STORY.findings),
    gaps=tuple(replace(each, message=EVIL) for each in STORY.gaps),
)
EVIL_ORIGINS: Origins = replace(
    ORIGINS,
    claim=EVIL,
    origins=tuple(replace(each, name=EVIL, reasons=(EVIL,)) for each in ORIGINS.origins),
    carriers=tuple(replace(each, reasons=(EVIL,)) for each in ORIGINS.carriers),
    circles=tuple(replace(each, message=EVIL) for each in STORY.circles),
    gaps=tuple(replace(each, message=EVIL) for each in ORIGINS.gaps),
    entries=ENTRIES,
)
