"""Analyses and stories as PDF, to print and hand on."""
