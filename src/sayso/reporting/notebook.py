"""The report inside a notebook.

The model is data only and knows no report, so the view is hung onto it from here, when `sayso` is imported
(which is before anybody can hold an Analysis). The page stands in a sandboxed frame of its own: its styles
cannot leak into the notebook, and the article's words cannot act in it.
"""

from html import escape

from sayso.model import Analysis, Article, Origins, Story


def install() -> None:
    """Give what a notebook can show the method that Jupyter looks for."""
    methods = ((Analysis, analysis_html), (Article, article_html), (Story, story_html), (Origins, origins_html))
    for shown, method in methods:
        setattr(shown, "_repr_html_", method)  # noqa: B010 - mypy rightly knows of no such attribute


def analysis_html(analysis: Analysis) -> str:
    """The whole report in a frame.

    >>> article = Article("id", "a.txt", "SANA reported a fire.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> Analysis(article)._repr_html_().startswith("<iframe")
    True
    """
    from sayso.reporting import html  # noqa: PLC0415 - a template engine that `import sayso` does not need

    return _framed(html.render(analysis))


def article_html(article: Article) -> str:
    """An article before it is analysed: the same page, with nothing marked.

    >>> article = Article("id", "a.txt", "SANA reported a fire.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> "SANA reported" in article._repr_html_()
    True
    """
    return analysis_html(Analysis(article, analysed=False))


def story_html(story: Story) -> str:
    """The page of a story.

    >>> Story("id", (), ())._repr_html_().startswith("<iframe")
    True
    """
    from sayso.reporting.stories import html  # noqa: PLC0415

    return _framed(html.story_page(story))


def origins_html(origins: Origins) -> str:
    """The page of a claim's origins.

    >>> "2 independent origins" in Origins("a fire", 2, 2)._repr_html_()
    True
    """
    from sayso.reporting.stories import html  # noqa: PLC0415

    return _framed(html.origins_page(origins))


def _framed(page: str) -> str:
    """A page in a sandboxed frame."""
    frame = 'style="width:100%;height:40rem;border:1px solid #8888"'
    return f'<iframe title="Sayso report" sandbox="allow-scripts" {frame} srcdoc="{escape(page, quote=True)}"></iframe>'
