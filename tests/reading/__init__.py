"""Tests of reading: every text in them is invented."""
