"""A graph with Kokoro's inputs and outputs and none of its voice: each phoneme a tone of 50 ms, a space silent."""

from __future__ import annotations

import hashlib
import io

import numpy as np
import onnx
from kokoro_onnx.config import DEFAULT_VOCAB
from onnx import TensorProto, helper, numpy_helper

from voices.kokoro import WeightFile

SAMPLES_A_TOKEN = 1200
STYLES = ("af_heart", "am_michael", "ef_dora")


def model() -> bytes:
    """input_ids (1, n), style (1, 256), speed (1) -> audio (n * 1200 / speed), duration (n)."""
    tone = (0.3 * np.sin(2 * np.pi * 200 * np.arange(SAMPLES_A_TOKEN) / 24_000)).astype(np.float32)
    space = DEFAULT_VOCAB[" "]
    constants = {
        "tone": tone,
        "zero": np.array([0], np.int64),
        "length": np.array([SAMPLES_A_TOKEN], np.float32),
        "space": np.array([space], np.int64),
        "two": np.array([2], np.int64),
        "flat": np.array([-1], np.int64),
        "no_style": np.array([0.0], np.float32),
    }
    nodes = [
        helper.make_node("Div", ["length", "speed"], ["wanted"]),
        helper.make_node("Cast", ["wanted"], ["wanted_samples"], to=TensorProto.INT64),
        helper.make_node("Slice", ["tone", "zero", "wanted_samples"], ["piece"]),
        helper.make_node("Equal", ["input_ids", "space"], ["is_space"]),
        helper.make_node("Equal", ["input_ids", "zero"], ["is_pad"]),
        helper.make_node("Or", ["is_space", "is_pad"], ["is_silent"]),
        helper.make_node("Not", ["is_silent"], ["is_sound"]),
        helper.make_node("Cast", ["is_sound"], ["loud"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["loud", "two"], ["column"]),
        helper.make_node("Mul", ["column", "piece"], ["sounds"]),
        helper.make_node("ReduceSum", ["style"], ["style_sum"], keepdims=0),
        helper.make_node("Mul", ["style_sum", "no_style"], ["nothing"]),
        helper.make_node("Add", ["sounds", "nothing"], ["styled"]),
        helper.make_node("Reshape", ["styled", "flat"], ["audio"]),
        helper.make_node("Mul", ["input_ids", "zero"], ["zeros"]),
        helper.make_node("Add", ["zeros", "two"], ["frames"]),
        helper.make_node("Reshape", ["frames", "flat"], ["duration"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, None]),
            helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, 256]),
            helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
        ],
        [
            helper.make_tensor_value_info("audio", TensorProto.FLOAT, [None]),
            helper.make_tensor_value_info("duration", TensorProto.INT64, [None]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    tiny = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(tiny)
    return tiny.SerializeToString()


def styles() -> bytes:
    """The archive of style vectors, 510 to a voice."""
    buffer = io.BytesIO()
    np.savez(buffer, **{name: np.ones((510, 1, 256), np.float32) for name in STYLES})
    return buffer.getvalue()


def files() -> dict[str, bytes]:
    return {"model.onnx": model(), "styles.bin": styles()}


def described(contents: dict[str, bytes]) -> tuple[WeightFile, ...]:
    """As the catalogue of weights would."""
    roles = {"model.onnx": "model", "styles.bin": "styles"}
    return tuple(
        WeightFile(role=roles[name], name=name, bytes=len(raw), sha256=hashlib.sha256(raw).hexdigest())
        for name, raw in contents.items()
    )
