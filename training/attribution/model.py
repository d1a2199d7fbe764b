"""The attribution model in PyTorch: a small BERT, a cue tagger, and a reader of each cue's surroundings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.annotating.tagger.decoding import FORBIDDEN, REACH, TAGS, allowed
from sayso.annotating.tagger.encoding import CASES, GAPS, QUOTES


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the model. Those of the encoder are MiniLM's, but for its number of layers."""

    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    reader_layers: int = 2
    reader_width: int = 128


class Layer(nn.Module):
    """A transformer layer, normalised after each half as in BERT."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.joined = nn.Linear(width, width)
        self.attended = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.done = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor | None, dropout: float = 0.0) -> Tensor:
        batch, length, width = x.shape
        query, key, value = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        joined = self.joined(mixed.transpose(1, 2).reshape(batch, length, width))
        x = self.attended(x + F.dropout(joined, dropout, self.training))
        return self.done(x + F.dropout(self.down(F.gelu(self.up(x))), dropout, self.training))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """Pieces in context, and from them the cue tags and what the reader needs of each piece."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.pieces = nn.Embedding(shape.vocabulary, width)
        self.positions = nn.Embedding(shape.positions, width)
        self.case = nn.Embedding(CASES, width)
        self.gap = nn.Embedding(GAPS, width)
        self.quote = nn.Embedding(QUOTES, width)
        self.embedded = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, shape.heads, shape.inner) for _ in range(shape.layers))
        self.tagger = nn.Linear(width, 3)
        self.as_piece = nn.Linear(width, shape.reader_width)
        self.as_cue = nn.Linear(width, shape.reader_width)
        for embedding in (self.case, self.gap, self.quote):
            nn.init.normal_(embedding.weight, std=0.01)

    def forward(
        self, ids: Tensor, features: Tensor, real: Tensor | None = None, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Cue tag scores, and views of each piece for the reader: as a piece to be labelled, and as a cue."""
        return self.in_context(self.pieces(ids), features, real, dropout)

    def in_context(
        self, embedded: Tensor, features: Tensor, real: Tensor | None = None, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor, Tensor]:
        """The same from the embedded words on."""
        places = torch.arange(features.shape[1], device=features.device)
        x = embedded + self.positions(places)
        x = x + self.case(features[..., 0]) + self.gap(features[..., 1]) + self.quote(features[..., 2])
        x = self.embedded(x)
        bias = None if real is None else torch.zeros(real.shape).masked_fill(~real, FORBIDDEN)[:, None, None]
        for layer in self.layers:
            x = layer(x, bias)
        x = F.dropout(x, dropout, self.training)
        return self.tagger(x), self.as_piece(x), self.as_cue(x)


class Reader(nn.Module):
    """Reads the surroundings of one cue: a score for each tag at each place, and whether it is an attribution."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.reader_width
        self.distance = nn.Embedding(2 * REACH + 1, width)
        self.of_cue = nn.Linear(width, 2 * width)
        self.ready = nn.LayerNorm(width)
        self.layers = nn.ModuleList(Layer(width, 4, 2 * width) for _ in range(shape.reader_layers))
        self.tags = nn.Linear(width, TAGS)
        self.verdict = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, 1))
        nn.init.normal_(self.distance.weight, std=0.1)

    def forward(
        self, pieces: Tensor, cue: Tensor, distance: Tensor, real: Tensor, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        scale, shift = self.of_cue(cue)[:, None].chunk(2, dim=-1)
        x = self.ready(pieces * (1 + scale) + shift + self.distance(distance))
        bias = torch.zeros(real.shape).masked_fill(~real, FORBIDDEN)[:, None, None]
        for layer in self.layers:
            x = layer(x, bias, dropout)
        emissions = self.tags(x)
        outside = F.one_hot(torch.zeros((), dtype=torch.long), TAGS).to(x.dtype)
        emissions = torch.where(real[..., None], emissions, (1 - outside) * FORBIDDEN)
        inside = ((distance == REACH) & real)[..., None].to(x.dtype)
        heart = (x * inside).sum(1) / inside.sum(1).clamp(min=1)
        return emissions, self.verdict(torch.cat([heart, cue], dim=-1))[:, 0]


class Model(nn.Module):
    """Encoder, reader, and the scores of passing from one tag to the next."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.reader = Reader(shape)
        self.transitions = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.allowed: Tensor
        self.register_buffer("allowed", torch.from_numpy(allowed()), persistent=False)

    def masked_transitions(self) -> Tensor:
        return torch.where(self.allowed, self.transitions, torch.full_like(self.transitions, FORBIDDEN))

    def path_loss(self, emissions: Tensor, tags: Tensor) -> Tensor:
        """Minus the log probability of each row of tags, as a linear-chain conditional random field."""
        transitions = self.masked_transitions()
        places = torch.arange(tags.shape[1])
        gold = emissions.gather(2, tags[..., None])[..., 0].sum(1) + transitions[tags[:, :-1], tags[:, 1:]].sum(1)
        gold = gold + transitions[0][tags[:, 0]]
        total = emissions[:, 0] + transitions[0]
        for t in places[1:]:
            total = torch.logsumexp(total[:, :, None] + transitions, dim=1) + emissions[:, t]
        return torch.logsumexp(total, dim=1) - gold


def model_of(settings: dict[str, Any]) -> Model:
    """An untrained model of the size that a run's settings ask for."""
    given = {name: settings[name] for name in ("layers", "reader_layers", "reader_width")}
    return Model(Shape(**given))


def load_model(checkpoint: Path) -> Model:
    """The model of a checkpoint, ready to be used."""
    state = torch.load(checkpoint, weights_only=True)
    model = model_of(state["settings"])
    model.load_state_dict(state["model"])
    return model.eval()


def inherit(model: Model, teacher: Model) -> None:
    """Start a thinner model from a trained one: all of it but the layers left out, which are spread evenly."""
    given = teacher.state_dict()
    kept = _spread(len(model.encoder.layers), len(teacher.encoder.layers))
    for name in list(model.state_dict()):
        parts = name.split(".")
        if name.startswith("encoder.layers."):
            source = ".".join([*parts[:2], str(kept[int(parts[2])]), *parts[3:]])
            given[name] = teacher.state_dict()[source]
    model.load_state_dict({name: given[name] for name in model.state_dict()})


def _spread(count: int, total: int) -> list[int]:
    return [round(i * (total - 1) / max(count - 1, 1)) for i in range(count)]


def load_minilm(encoder: Encoder, weights: Path) -> None:
    """Start the encoder from all-MiniLM-L6 (`model.safetensors`). A shallower one takes evenly spread layers."""
    given = load_file(weights)
    with torch.no_grad():
        encoder.pieces.weight.copy_(given["embeddings.word_embeddings.weight"])
        types = given["embeddings.token_type_embeddings.weight"][0]
        encoder.positions.weight.copy_(given["embeddings.position_embeddings.weight"] + types)
        _copy(encoder.embedded, given, "embeddings.LayerNorm")
        for given_layer, layer in zip(_spread(len(encoder.layers), 6), encoder.layers, strict=True):
            assert isinstance(layer, Layer)
            at = f"encoder.layer.{given_layer}"
            for name in ("weight", "bias"):
                parts = [given[f"{at}.attention.self.{part}.{name}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, name).copy_(torch.cat(parts))
            _copy(layer.joined, given, f"{at}.attention.output.dense")
            _copy(layer.attended, given, f"{at}.attention.output.LayerNorm")
            _copy(layer.up, given, f"{at}.intermediate.dense")
            _copy(layer.down, given, f"{at}.output.dense")
            _copy(layer.done, given, f"{at}.output.LayerNorm")


def _copy(module: nn.Module, given: dict[str, Tensor], name: str) -> None:
    for part in ("weight", "bias"):
        getattr(module, part).copy_(given[f"{name}.{part}"])
