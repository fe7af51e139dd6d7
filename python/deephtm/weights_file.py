"""Reads weights files: the safetensors container, and the network that is in it."""

import json
import math
import os
import struct
from typing import Dict, Tuple, Union

import numpy as np

from .network import LATER_SETTINGS, Network, tensor_shapes

MAX_HEADER_BYTES = 100_000_000
MAX_DIGITS = 17
MAX_UNROLL = 8
FORMAT = "deephtm-1"

CHOICES = {
    "homeostasis": ("normalise", "boost", "none"),
    "winnerActivation": ("linear", "thresholded"),
    "readout": ("predictive", "active"),
    "optimizer": ("sgd", "momentum", "rmsprop", "adam", "normalised"),
    "prediction": ("value", "change"),
}
SIZES = ("inputs", "columns", "winners", "cellsPerColumn")
SIZE_LISTS = ("encoder", "decoder")
RATES = ("homeostasisRate", "boostStrength", "conscience", "dutyRate")


class FileError(ValueError):
    """A file was refused; the message says why."""


def _unique(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise FileError("the header names something twice")
    return dict(pairs)


def _integer(text):
    if len(text) > MAX_DIGITS:
        raise FileError("the header has a number that is too large")
    return int(text)


def _no_constant(text):
    raise FileError(f"the header holds {text}")


def _is_size(value, least=0):
    return type(value) is int and value >= least


def read_safetensors(path: Union[str, os.PathLike]) -> Tuple[Dict[str, np.ndarray], Dict[str, str]]:
    """Returns the file's float32 tensors in the order of their bytes, and its metadata.

    Nothing is allocated by what the header claims before that is known to fit the file.

    Raises FileError for anything but a whole safetensors file of F32 tensors, none of them empty.
    """
    with open(path, "rb") as file:
        data = file.read()
    if len(data) < 8:
        raise FileError("the file is cut short or not a safetensors file")
    (length,) = struct.unpack_from("<Q", data)
    start = 8 + length
    if length > MAX_HEADER_BYTES or start > len(data):
        raise FileError("the file is cut short or not a safetensors file: its header does not fit")
    try:
        header = json.loads(
            data[8:start].decode("utf-8"),
            object_pairs_hook=_unique,
            parse_int=_integer,
            parse_constant=_no_constant,
        )
    except FileError:
        raise
    except (ValueError, RecursionError) as error:
        raise FileError("the file's header is not JSON: damaged, or not a safetensors file") from error
    if not isinstance(header, dict):
        raise FileError("the file's header is not an object")
    metadata = header.pop("__metadata__", {})
    if not isinstance(metadata, dict) or not all(isinstance(v, str) for v in metadata.values()):
        raise FileError("the file's __metadata__ holds something other than text")

    entries = []
    for name, entry in header.items():
        entry = entry if isinstance(entry, dict) else {}
        dtype, shape, offsets = (entry.get(key) for key in ("dtype", "shape", "data_offsets"))
        if dtype != "F32":
            raise FileError(f"tensor {name!r} holds {dtype!r} numbers; only 'F32' is read here")
        if not isinstance(shape, list) or len(shape) > 8 or not all(_is_size(size, 1) for size in shape):
            raise FileError(f"tensor {name!r} has no proper shape")
        if not isinstance(offsets, list) or len(offsets) != 2 or not all(map(_is_size, offsets)):
            raise FileError(f"tensor {name!r} has no proper offsets")
        entries.append((*offsets, name, shape))

    position = 0
    for begin, end, name, shape in sorted(entries, key=lambda e: e[:2]):
        count = 1
        for size in shape:
            count *= size
        if begin != position or end - begin != 4 * count or end > len(data) - start:
            raise FileError(
                f"tensor {name!r} of shape {shape} does not fit bytes {begin} to {end}: cut short or damaged"
            )
        position = end
    if position != len(data) - start:
        raise FileError(f"{len(data) - start - position} bytes after the last tensor do not belong there")
    return {
        name: np.frombuffer(data, "<f4", (end - begin) // 4, start + begin).reshape(shape).astype(np.float32)
        for begin, end, name, shape in sorted(entries, key=lambda e: e[:2])
    }, metadata


def _check_config(config):
    if not isinstance(config, dict):
        raise FileError("config is not an object")
    config = {**LATER_SETTINGS, **config}
    for field in SIZES:
        if not _is_size(config.get(field), 1):
            raise FileError(f"config.{field} is not a size")
    for field in SIZE_LISTS:
        sizes = config.get(field)
        if not isinstance(sizes, list) or not sizes or not all(_is_size(size, 1) for size in sizes):
            raise FileError(f"config.{field} is not a list of sizes")
    for field in RATES:
        if type(config.get(field)) not in (int, float) or not math.isfinite(config[field]):
            raise FileError(f"config.{field} is not a number")
    if not _is_size(config.get("unroll")) or config["unroll"] > MAX_UNROLL:
        raise FileError(f"config.unroll is not a whole number up to {MAX_UNROLL}")
    for field, allowed in CHOICES.items():
        if config.get(field) not in allowed:
            raise FileError(f"config.{field} is none of {', '.join(allowed)}")
    needed = config["winners"] + (config["winnerActivation"] == "thresholded")
    if needed > config["columns"]:
        raise FileError("config.winners: there are too few columns")


def _whole_number(metadata, field, default):
    text = metadata.get(field)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS):
        raise FileError(f"{field} is not a whole number")
    return int(text)


def load(path: Union[str, os.PathLike]) -> Network:
    """Rebuilds the network of a weights file, in the state in which it was saved.

    Raises FileError when the file is damaged, of another kind, or its tensors do not fit its config.
    """
    tensors, metadata = read_safetensors(path)
    if metadata.get("format", FORMAT) != FORMAT:
        raise FileError(f"the file's format is {metadata['format']!r}; only {FORMAT!r} is read here")
    if "config" not in metadata:
        raise FileError("the file's metadata has no config: it is not a DeepHTM weights file")
    try:
        config = json.loads(metadata["config"], parse_int=_integer, parse_constant=_no_constant)
    except FileError:
        raise
    except (ValueError, RecursionError) as error:
        raise FileError("config is not JSON") from error
    _check_config(config)

    shapes = tensor_shapes(config)
    for name, shape in shapes.items():
        if name not in tensors:
            raise FileError(f"tensor {name!r} of shape {shape} is missing")
        if tensors[name].shape != shape:
            raise FileError(f"tensor {name!r} has shape {tensors[name].shape}; the network needs {shape}")
        if not np.isfinite(tensors[name]).all():
            raise FileError(f"tensor {name!r} holds a value that is not a finite number")
    # What the network learned, where that was a person's own data, is no part of it.
    tensors.pop("signal.data", None)
    for name in tensors:
        if name not in shapes:
            raise FileError(f"the network has no tensor {name!r}")

    step = _whole_number(metadata, "step", 0)
    return Network(config, tensors, step=step, updates=_whole_number(metadata, "updates", step))
