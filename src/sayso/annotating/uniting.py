"""Who is one: names gathered before the text is read, and actors made one after it."""

from spacy.tokens import Doc

from sayso.annotating import clauses, kinds, media, names
from sayso.annotating.register import Draft, Register, Seen, class_words, fits_word
from sayso.model import Mention, SourceKind


def gather(doc: Doc, register: Register) -> None:
    """All names of the text, the longest first, and those that it says are one actor's."""
    found: list[tuple[str, SourceKind]] = [(name, "outlet") for name in media.named(doc)]
    known = {name for name, _ in found}
    marked = (names.of_entity(entity) for entity in clauses.entities(doc))
    found += [named for named in marked if named is not None and named[0] not in known]
    found += [(run, "person") for t in doc if (run := names.unmarked_name(t)) is not None]
    people: list[tuple[str, SourceKind]] = [(name, "person") for name in names.by_given_name(doc)]
    found = [*people, *(f for f in found if not any(f[0] in name.split() for name, _ in people if " " in name))]
    aliases = list(names.aliases(doc.text))
    found += [(alias.name, "organisation") for alias in aliases]
    for name, kind in sorted(dict.fromkeys(found), key=lambda item: -len(names.without_title(item[0])[1].split())):
        register.named(name, kind)
    for alias in aliases:
        draft = register.named(alias.name, "organisation")
        other = register.lookup(alias.other)
        if other is not None and other is not draft:
            other.same_as = draft
            for name in other.names:
                draft.add_name(name)
        register.rename(draft, alias.other)
        draft.reasons.append(f"{alias.reason}: “{alias.name}” and “{alias.other}” are one, by the text's own words")
        draft.mentions.append(Mention((alias.other_span,), None, "alias", (alias.reason,)))


def name_the_lead(doc: Doc, register: Register) -> None:
    """ "A former bodyguard told a court … Dean Rawlings said": leads say what somebody is, and the name comes next.

    One person without a name speaks in the lead; the first to speak by name in the two sentences behind it is told
    of there without another word of what he or she is.
    """
    starts = [s.start_char for s in doc.sents]
    lead = min(_lead(doc), len(starts))
    if lead == len(starts):
        return
    end = starts[lead + 2] if lead + 2 < len(starts) else doc[-1].idx + len(doc[-1]) + 1
    speak = [s for s in register.between(0, starts[lead]) if s.place == "speaker"]
    roles = [d for d in dict.fromkeys(s.draft.one() for s in speak) if _is_single_role(d)]
    after = (s for s in register.between(starts[lead], end) if s.place == "speaker")
    named = next((s for s in after if s.draft.one().known), None)
    if len(roles) == 1 and named is not None and _may_be_named(register, roles[0], named):
        role, person = roles[0], named.draft.one()
        role.same_as = person
        person.add_name(role.name)
        person.words |= role.words
        person.mentions += role.mentions
        person.reasons.append(f"“{role.name}” speaks first, and is named in what follows")


def _may_be_named(register: Register, role: Draft, named: Seen) -> bool:
    """Whether a name that comes up is that of one who spoke without: nothing else is said of its bearer."""
    person = named.draft.one()
    if role.kind == "organisation" or person.kind == "organisation":
        same = role.kind in {"organisation", "unnamed", "role"} and fits_word(person, role.head) > 0
        return person.kind == "organisation" and person.first == named.start and same
    if person.kind != "person":
        return False
    told = {word.strip(".") for word in person.words}
    titles = {title.strip(".").lower() for title in kinds.titles()}
    own = {word.lower() for name in person.names for word in name.split()}
    others = told - role.words - titles - {w for t in kinds.titles() for w in class_words(t.strip("."))}
    others = {word for word in others if not any(part.startswith(word) for part in own)}
    agree = not (role.sex and person.sex and role.sex != person.sex)
    again = any(s.draft.one() is role for s in register.seen if s.start >= named.start)
    known_by_now = role.definite and not told & (titles | role.words)
    return person.first == named.start and not others and agree and not again and not known_by_now


def _lead(doc: Doc) -> int:
    """The number of the sentence behind the first one that tells something (a headline or dateline is short)."""
    for n, sentence in enumerate(doc.sents):
        if sum(t.is_alpha for t in sentence) >= 6:
            return n + 1
    return 1


def unite_documents(register: Register) -> None:
    """ "A report says … SANA's report": where the text speaks of one report only, they are one."""
    drafts = [d for d in register.drafts if d.same_as is None and d.mentions]
    owned: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.owner is not None and draft.kind == "document":
            owned.setdefault(draft.head, []).append(draft)
    for draft in drafts:
        whose = owned.get(draft.head, [])
        open_ = draft.kind in {"document", "unnamed"} and draft.owner is None and not draft.several
        if open_ and len(whose) == 1 and kinds.by_head().get(draft.head) == "document":
            one = whose[0]
            draft.same_as = one
            for name in draft.names:
                one.add_name(name)
            one.mentions += draft.mentions
            one.reasons.append(f"the text speaks of one {draft.head} only: {one.name}")


def _is_single_role(draft: Draft) -> bool:
    body = draft.kind == "organisation" and not draft.known and not draft.definite  # "a monitoring group"
    return (draft.kind in {"role", "unnamed"} or body) and not draft.several
