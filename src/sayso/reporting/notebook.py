"""The report inside a notebook.

The model is data only and knows no report, so the view is hung onto it from here, when `sayso` is imported
(which is before anybody can hold an Analysis). The page stands in a sandboxed frame of its own: its styles
cannot leak into the notebook, and the article's words cannot act in it.
"""

from html import escape

from sayso.model import Analysis, Article


def install() -> None:
    """Give Analysis and Article the method that Jupyter looks for."""
    for shown, method in ((Analysis, analysis_html), (Article, article_html)):
        setattr(shown, "_repr_html_", method)  # noqa: B010 - mypy rightly knows of no such attribute


def analysis_html(analysis: Analysis) -> str:
    """The whole report in a frame.

    >>> article = Article("id", "a.txt", "SANA reported a fire.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> Analysis(article)._repr_html_().startswith("<iframe")
    True
    """
    from sayso.reporting import html  # noqa: PLC0415 - a template engine that `import sayso` does not need

    page = escape(html.render(analysis), quote=True)
    frame = 'style="width:100%;height:40rem;border:1px solid #8888"'
    return f'<iframe title="Sayso report" sandbox="allow-scripts" {frame} srcdoc="{page}"></iframe>'


def article_html(article: Article) -> str:
    """An article before it is analysed: the same page, with nothing marked.

    >>> article = Article("id", "a.txt", "SANA reported a fire.", "hash", "2024-10-20T08:00:00Z", "text/plain")
    >>> "SANA reported" in article._repr_html_()
    True
    """
    return analysis_html(Analysis(article, analysed=False))
