"""Finds the package under test, its fixtures and their traces."""

import csv
import json
import sys
from pathlib import Path

import numpy as np

TESTS = Path(__file__).resolve().parent
sys.path.insert(0, str(TESTS.parent))

CASES = sorted(folder for folder in (TESTS / "fixtures").iterdir() if folder.is_dir())
GOLDEN = sorted((TESTS.parent.parent / "golden" / "cases").glob("*.json"))


def numbers(text, dtype=np.float32):
    return np.array(text.split(), dtype=dtype)


def trace(case, name):
    """The rows of a trace as dicts: step, input, prediction, bursting, winners."""
    with open(case / name, newline="") as file:
        return [
            {
                "step": int(row["step"]),
                "input": numbers(row["input"]),
                "prediction": numbers(row["prediction"]),
                "bursting": int(row["bursting"]),
                "winners": numbers(row["winners"], np.int64).tolist(),
            }
            for row in csv.DictReader(file)
        ]


def golden(path):
    """A golden case: its config, its initial tensors (state included) and its steps."""
    from deephtm.network import state_shapes

    case = json.loads(path.read_text())
    config = case["config"]
    tensors = {
        name: np.array(values, dtype=np.float32).reshape(case["shapes"][name])
        for name, values in case["initial"].items()
    }
    tensors.update({name: np.zeros(shape, dtype=np.float32) for name, shape in state_shapes(config).items()})
    tensors["pooler.duty"][:] = config["winners"] / config["columns"]
    return config, tensors, case
