"""Many articles: which share text, who had it from whom, and on how many origins a claim rests."""
