"""What has been read of the articles of a corpus: their analyses, a search over them, and what people corrected."""
