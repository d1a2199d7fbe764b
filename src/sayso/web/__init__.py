"""The desk: pages and REST over the same calls as everything else."""
