"""Article → annotations. Each file finds one thing; `pipeline` puts them together."""
