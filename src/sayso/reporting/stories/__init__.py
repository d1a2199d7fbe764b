"""Stories and origins: what a corpus's articles have to do with each other, in the terminal, as a page and as JSON."""
