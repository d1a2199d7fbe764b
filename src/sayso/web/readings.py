"""Reports on what was pasted: held in memory for a while, and stored only if somebody says so."""

import secrets
import threading
from collections import OrderedDict

from sayso.model import Analysis

MOST = 200
MOST_CHARACTERS = 5_000_000


class Readings:
    """The latest analyses of pasted texts, each under a name that nobody can guess."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Analysis] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def hold(self, analysis: Analysis) -> str:
        """Keep an analysis, and forget the oldest where there are too many; its name."""
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._held[name] = analysis
            self._size += len(analysis.article.text)
            while len(self._held) > 1 and (len(self._held) > MOST or self._size > MOST_CHARACTERS):
                self._size -= len(self._held.popitem(last=False)[1].article.text)
        return name

    def get(self, name: str) -> Analysis | None:
        """The analysis with a name, unless it is forgotten."""
        with self._lock:
            return self._held.get(name)
