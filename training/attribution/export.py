"""Write a checkpoint as the files the runtime reads: two int8 graphs and a table of word embeddings.

    python -m training.attribution.export --checkpoint runs/main/epoch4.pt --out export

The calibration is fitted afterwards by `training.attribution.calibrate`, on the exported model itself.
"""

import argparse
import json
import logging
import shutil
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from sayso.annotating.tagger.decoding import REACH
from training.attribution.model import Encoder, Model, load_model
from training.attribution.train import minilm_folder


class FromEmbeddings(nn.Module):
    """The encoder from the sum of its embeddings on: the word table is kept outside the graph, a scale for each row."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, embedded: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.encoder.in_context(embedded, features)


def export(checkpoint: Path, folder: Path, tokenizer: Path) -> None:
    """Write everything the runtime needs but the fitted calibration, for which a neutral one stands in."""
    folder.mkdir(parents=True, exist_ok=True)
    model = load_model(checkpoint)
    write_embeddings(model, folder)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    size, width = model.shape.width, model.shape.reader_width
    embedded, features = torch.zeros(1, 64, size), torch.zeros(1, 64, 3, dtype=torch.long)
    names = ["embedded", "features"], ["cue_scores", "as_piece", "as_cue"]
    to_onnx(FromEmbeddings(model.encoder), (embedded, features), names, {1: "length"}, folder / "encoder.onnx")
    reach = 2 * REACH
    given = (
        torch.zeros(3, reach, width), torch.zeros(3, width), torch.zeros(3, reach, dtype=torch.long),
        torch.ones(3, reach, dtype=torch.bool),
    )  # fmt: skip
    names = ["pieces", "cue", "distance", "real"], ["emissions", "verdicts"]
    to_onnx(model.reader, given, names, {0: "cues"}, folder / "reader.onnx")
    neutral = {"weights": [1.0, 0, 0, 0, 0, 0, 0], "bias": 0.0}
    transitions = model.masked_transitions().detach().numpy().round(4).tolist()
    (folder / "calibration.json").write_text(json.dumps({**neutral, "transitions": transitions}), encoding="utf-8")


def write_embeddings(model: Model, folder: Path) -> None:
    """The word table in int8. One scale for each row keeps rare words as exact as common ones."""
    table = model.encoder.pieces.weight.detach().numpy()
    scales = np.maximum(np.abs(table).max(axis=1), 1e-8) / 127
    np.save(folder / "embeddings.npy", np.round(table / scales[:, None]).astype(np.int8))
    np.save(folder / "scales.npy", scales.astype(np.float32))


def to_onnx(
    module: nn.Module, given: tuple[Tensor, ...], names: tuple[list[str], list[str]],
    moving: dict[int, str], path: Path,
) -> None:  # fmt: skip
    """Export one graph whose `moving` axes may have any length, and quantise its large weights to int8.

    Seven bits of the eight are used: processors without VNNI add pairs of products in 16 bits, which eight overflow.
    """
    plain = path.with_suffix(".float.onnx")
    torch.onnx.export(
        module.eval(), given, str(plain), input_names=names[0], output_names=names[1], opset_version=17, dynamo=False,
        dynamic_axes={name: moving for side in names for name in side},
    )  # fmt: skip
    ready = path.with_suffix(".ready.onnx")
    quant_pre_process(str(plain), str(ready))
    quantize_dynamic(
        str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        op_types_to_quantize=["MatMul", "Gemm"], extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
    ready.unlink()
    plain.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, help="folder with tokenizer.json")
    given = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    torch.set_num_threads(1)
    export(given.checkpoint, given.out, (given.encoder or minilm_folder()) / "tokenizer.json")
    for path in sorted(given.out.iterdir()):
        print(f"{path.name:22s} {path.stat().st_size / 1e6:6.2f} MB")


if __name__ == "__main__":
    main()
