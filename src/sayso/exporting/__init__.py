"""Analyses and stories in the formats of other tools."""
