"""The errors that a user can meet. Each message says which input, what is wrong and what to do."""


class SaysoError(Exception):
    """Any error that Sayso raises on purpose; its text is meant for people."""


class ReadingError(SaysoError):
    """An input that cannot be read as an article. The message begins with the input's name."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem
