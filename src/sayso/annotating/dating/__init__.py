"""Whether a report can be of the day that it bears."""
