"""Everything found in one article."""

from dataclasses import dataclass

from sayso.model.annotations import Actor, Attribution, Claim, Mention, TimeExpression, Wording
from sayso.model.article import Article
from sayso.model.chain import Chain
from sayso.model.finding import Finding, Gap


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one article, with reasons. `analysed` is False where only the reading was possible.

    Findings come in the order in which a person should read them; everything else in the order of the text.
    """

    article: Article
    analysed: bool = True
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    chains: tuple[Chain, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    wordings: tuple[Wording, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
