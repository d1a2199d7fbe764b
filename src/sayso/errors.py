"""The errors that a user can meet. Each message says which input, what is wrong and what to do."""

from typing import Self


class SaysoError(Exception):
    """Any error that Sayso raises on purpose; its text is meant for people."""


class HeldError(SaysoError):
    """Another process is writing where this one would; it is worth another try."""


class _InputError(SaysoError):
    """Something wrong with one input. The message begins with the input's name."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Without this, an error could not go from one process to another."""
        return type(self), (self.name, self.problem)


class ReadingError(_InputError):
    """An input that cannot be read as an article. The message begins with the input's name."""


class AnalysisError(_InputError):
    """An input of a batch that could not be analysed: a fault in Sayso, or its process ended."""


class ServerError(ReadingError):
    """A server answered with an error. `retry_after` are the seconds it asks to wait for, if it does."""

    def __init__(self, name: str, problem: str, status: int, retry_after: float | None = None) -> None:
        super().__init__(name, problem)
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, int, float | None]]:  # type: ignore[override]
        return type(self), (self.name, self.problem, self.status, self.retry_after)
