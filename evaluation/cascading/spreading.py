"""What others make of a report: copies, cut copies, rewrites, citations, corrections, old stories."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from cascading.newsroom import Desk, Draft, Edit, Newsroom, introduced
from cascading.wording import Sentence, words

Paragraphs = tuple[tuple[Sentence, ...], ...]


def copy(room: Newsroom, of: Draft, desk: Desk, credited: bool) -> Draft:
    """Word for word under another name: the headline may be new, house style and slips of the pen come in."""
    chance = room.chance
    title = of.title if chance.random() < 0.5 else room.title(of.number)
    body = _without_furniture(of.paragraphs, chance)
    draft = replace(
        of, outlet=desk.outlet, hour=desk.hour, title=title, paragraphs=body, edits=(*of.edits, *_edits(room, of))
    )
    return room.furnished(_credited(room, draft, of) if credited else _uncredited(room, draft, desk))


def cut(room: Newsroom, of: Draft, desk: Desk, credited: bool) -> Draft:
    """A copy that lacks its end, or some paragraphs in the middle."""
    chance = room.chance
    body = list(_without_furniture(of.paragraphs, chance))
    keep = max(4, round(len(body) * chance.uniform(0.35, 0.8)))
    if chance.random() < 0.65:
        body = body[:keep]
    elif len(body) > keep:
        gone = set(chance.sample(range(1, len(body)), len(body) - keep))
        body = [those for n, those in enumerate(body) if n not in gone]
    return copy(room, replace(of, paragraphs=tuple(body)), desk, credited)


def rewrite(room: Newsroom, of: Draft, desk: Desk, credited: bool = False) -> Draft:
    """In other words: sentences recast, moved and left out, numbers and most quotations kept."""
    chance = room.chance
    body = [
        tuple(_recast(room, one, strength) for one in those if chance.random() > _leaves_out(one))
        for strength in [chance.uniform(0.4, 1.0)]
        for those in _without_furniture(of.paragraphs, chance)
    ]
    body = [those for those in body if those] or list(of.paragraphs[:2])
    for _ in range(chance.randint(0, 3)):
        place = chance.randrange(max(1, len(body) - 1))
        body[place : place + 2] = reversed(body[place : place + 2])
    draft = replace(of, outlet=desk.outlet, hour=desk.hour, title=room.title(of.number), paragraphs=_introduced(body))
    draft = altered(room, draft)
    return room.furnished(_credited(room, draft, of) if credited else _uncredited(room, draft, desk))


def rewrite_with_own(room: Newsroom, of: Draft, desk: Desk) -> Draft:
    """A rewrite to which the paper adds what it found itself, and its own background."""
    draft = rewrite(room, of, desk, room.chance.random() < 0.3)
    own = [*room.own(desk), *room.facts(desk, room.chance.randint(0, 2), draft.sentences())]
    body = list(draft.paragraphs)
    body.insert(room.chance.randint(min(1, len(body)), len(body)), tuple(own))
    return room.furnished(replace(draft, paragraphs=_introduced([*body, *room.background(desk.outlet, 1)])))


def cite(room: Newsroom, of: Draft, desk: Desk, credited: bool = True) -> Draft:
    """A report of its own that has the claims from another outlet: by name, or without a word about it."""
    chance = room.chance
    claims = of.claims()
    kept = [one for one in claims if chance.random() < 0.75] or claims[:1]
    lead = [cited(room, one, of) if credited else _recast(room, one, 1.0) for one in kept]
    quotes = [one for one in of.sentences() if one.kind == "quote" and chance.random() < 0.35]
    facts = [*room.facts(desk, chance.randint(5, 10)), *quotes]
    chance.shuffle(facts)
    body = (*room.paragraphs(introduced([*lead, *facts])), *room.background(desk.outlet, 1))
    draft = Draft(desk.outlet, desk.hour, room.title(of.number), body, room.dateline(desk), edits=of.edits)
    return room.furnished(altered(room, draft))


def cited(room: Newsroom, one: Sentence, of: Draft, frames: str = "") -> Sentence:
    """A claim with the outlet that had it put before or behind it; who said it is lost half of the time."""
    keeps = not frames and one.shown != "none" and room.chance.random() < 0.5
    frame = room.one_of(frames or ("cites_of_source" if keeps else "cites"))
    values = {**one.values, "day": room.event.day(of.hour)}
    told = replace(one, frame=frame, cited=of.outlet.name, shown=one.shown if keeps else "none", values=values)
    return room.fresh([replace(told, template=other) for other in one.variants or (one.template,)]) or told


def merge(room: Newsroom, of: Draft, other: Draft, desk: Desk) -> Draft:
    """One report out of two."""
    one = rewrite(room, of, desk)
    recast = tuple(tuple(_recast(room, sentence, 0.7) for sentence in those) for those in other.paragraphs)
    two = altered(room, replace(other, paragraphs=recast))
    has = {sentence.root.rpartition("/")[2] for sentence in one.sentences()}
    more = [s for s in two.sentences() if s.claim or s.kind == "quote" or s.root.rpartition("/")[2] not in has]
    body = list(one.paragraphs)
    for sentence in [s for s in more if s.kind not in {"furniture", "background"}][: room.chance.randint(3, 8)]:
        body.insert(room.chance.randint(1, len(body)), (sentence,))
    return room.furnished(replace(one, paragraphs=_introduced(body), edits=(*one.edits, *other.edits)))


def corrected(room: Newsroom, of: Draft, hour: float) -> Draft:
    """An agency's report once more, with another number."""
    old = room.event.values["n"]
    new = str(max(11, int(old) + room.chance.choice((-9, -6, -4, -3, 3, 4, 7, 12))))
    note = room.chance.choice(room.words["corrections"]).format(old=old)
    dateline = room.dateline(Desk(of.outlet, hour, ""))
    return replace(numbered(of, new), hour=hour, note=note, dateline=dateline, title=of.title.replace(old, new))


def numbered(draft: Draft, number: str) -> Draft:
    """With another number in the claim."""
    return _changed(draft, lambda one: replace(one, values={**one.values, "n": number}) if one.claim == "toll" else one)


def altered(room: Newsroom, draft: Draft) -> Draft:
    """What happens to claims on the way: hedges and sources lost, unnamed people who become "officials", numbers."""
    chance = room.chance
    drops, adds, loses, promotes = (chance.random() < share for share in (0.25, 0.04, 0.15, 0.5))

    def change(one: Sentence) -> Sentence:
        if one.hedge and drops:
            one = replace(one, hedge="")
        elif one.claim == "cause" and not one.hedge and adds:
            one = replace(one, hedge=chance.choice(room.words["hedges"]))
        if one.claim and one.shown == "named" and not one.cited:
            if one.voice and one.voice.group and promotes:
                return replace(one, shown="group")
            if loses:
                return replace(one, shown="none", frame="")
        return one

    draft = _changed(draft, change)
    if chance.random() < 0.06:
        draft = numbered(draft, str(int(room.event.values["n"]) + chance.choice((-2, -1, 1, 10, 20))))
    return draft


def _changed(draft: Draft, change: Callable[[Sentence], Sentence]) -> Draft:
    return replace(draft, paragraphs=tuple(tuple(change(one) for one in those) for those in draft.paragraphs))


def _introduced(body: Sequence[tuple[Sentence, ...]]) -> Paragraphs:
    """The same paragraphs, with everybody's title and name where they now speak first."""
    told = iter(introduced([one for those in body for one in those]))
    return tuple(tuple(next(told) for _ in those) for those in body)


def _recast(room: Newsroom, one: Sentence, strength: float) -> Sentence:
    """A sentence in other words, with a chance of `strength`; what is between quotation marks stays."""
    chance = room.chance
    if one.kind in {"background", "furniture"} or chance.random() > strength:
        return one
    templates = one.variants if one.variants and chance.random() < 0.55 else (one.template,)
    if one.kind == "quote":
        frames = _without_outlet(room.words["quote_frames"]) if chance.random() < 0.5 else [one.frame]
    elif one.shown != "none" and not one.cited and chance.random() < 0.6:
        frames = _without_outlet(room.words["frames"])
    else:
        frames = [one.frame]
    if one.kind != "quote":
        swaps = tuple((old, new) for old, new in room.words["thesaurus"] if chance.random() < 0.8)
        opener = chance.choice(room.words["openers"]) if chance.random() < 0.12 and not one.claim else one.opener
        one = replace(one, swaps=(*one.swaps, *swaps), opener=opener, is_short=one.is_short or chance.random() < 0.4)
    made = [replace(one, template=template, frame=frame) for template in templates for frame in frames]
    return room.fresh(made) or one


def _without_outlet(frames: Sequence[str]) -> list[str]:
    """The frames that do not say to whom it was said: a rewriter was not there."""
    return [frame for frame in frames if "{outlet}" not in frame]


def _leaves_out(one: Sentence) -> float:
    if one.claim:
        return 0.04
    return 0.6 if one.kind == "background" else 0.2


def _without_furniture(paragraphs: Paragraphs, chance: random.Random) -> Paragraphs:
    """Without what the site puts around every report; one copy in fifteen takes it along."""
    if chance.random() < 1 / 15:
        return tuple(
            tuple(replace(s, kind="background") if s.kind == "furniture" else s for s in p) for p in paragraphs
        )
    return tuple(those for those in paragraphs if not any(one.kind == "furniture" for one in those))


def _credited(room: Newsroom, draft: Draft, of: Draft) -> Draft:
    """With the credit where papers put it: in the dateline, in the byline, or below the text."""
    name, chance = of.outlet.credit, room.chance
    style = chance.choice(("dateline", "byline", "below") if of.outlet.is_agency else ("byline", "below"))
    if style == "dateline":
        return replace(draft, byline=None, dateline=of.dateline or f"({name}) — ")
    plain = replace(draft, dateline=_place_only(of.dateline, chance), byline=None)
    if style == "byline":
        return replace(plain, byline=chance.choice((name, f"By {name}", f"{draft.outlet.name} with {name}")))
    return replace(
        plain, credit=chance.choice((f"— {name}", f"({name})", f"Source: {name}", f"With reporting by {name}"))
    )


def _uncredited(room: Newsroom, draft: Draft, desk: Desk) -> Draft:
    byline = room.chance.choice((None, None, "Staff reporter", "Newsroom", f"{draft.outlet.name} staff"))
    return replace(draft, byline=byline, credit="", note="", dateline=room.dateline(desk))


def _place_only(dateline: str, chance: random.Random) -> str:
    place = dateline.partition(",")[0].partition("(")[0].strip(" —–-")
    return f"{place} — " if place and chance.random() < 0.6 else ""


def _edits(room: Newsroom, of: Draft) -> Sequence[Edit]:
    """House style in three copies of ten, a name misspelt in one of twelve, a quotation touched up in one of twenty."""
    chance, found = room.chance, list[Edit]()
    if chance.random() < 0.3:
        pairs = chance.sample(room.words["synonyms"], chance.randint(2, 5))
        found += [(f" {old} ", f" {new} ", "style") for old, new in pairs]
    if chance.random() < 1 / 12:
        name = chance.choice([room.event.values["place"], *(v.short for v in room.event.voices.values())])
        place = chance.choice(
            [n for n in range(1, len(name) - 1) if name[n : n + 2].islower() and " " not in name[n : n + 2]]
        )
        found.append((name, name[:place] + name[place + 1] + name[place] + name[place + 2 :], "name"))
    quotes = [one for one in of.sentences() if one.kind == "quote"]
    if quotes and chance.random() < 1 / 20:
        found += _touched_up(chance.choice(quotes).template, chance)
    return [one for one in found if one[0] != one[1]]


def _touched_up(quote: str, chance: random.Random) -> list[Edit]:
    """A quotation that lacks two of its words."""
    found = words(quote)
    if len(found) < 10:
        return []
    place = chance.randrange(3, len(found) - 5)
    old = " ".join(quote.split(" ")[place - 1 : place + 4])
    new = " ".join([*quote.split(" ")[place - 1 : place + 1], *quote.split(" ")[place + 3 : place + 4]])
    return [(old, new, "quote")]
