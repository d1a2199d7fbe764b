"""The trained attribution tagger: who says what by which words, from the text alone, without a parse.

A small encoder (MiniLM, Apache-2.0) with a reader of each cue's surroundings, trained on PolNeAR by `training/` and
run by onnxruntime on one core. It marks one level of attributions; `annotating/attribution` adds what stands inside
them. How good it is, on what, and for what it is not meant: docs/model-card.md.
"""

from sayso.annotating.tagger.model import AttributionModel, RawAttribution, find, shipped

__all__ = ["AttributionModel", "RawAttribution", "find", "shipped"]
