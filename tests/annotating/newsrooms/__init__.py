"""Attributions inside attributions: passages of our own writing, and what is found in them."""
