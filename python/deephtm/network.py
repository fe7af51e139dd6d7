"""The network in NumPy: encoder, spatial pooler, temporal memory and decoder, forward only."""

from typing import Dict, Tuple

import numpy as np

VARIANCE_FLOOR = 0.01
BURST_BELOW = 1e-9
# Settings that older files do not have, with what they mean there.
LATER_SETTINGS = {"conscience": 0, "prediction": "value"}


def learned_shapes(config: dict) -> Dict[str, Tuple[int, ...]]:
    """Names and shapes of the learned tensors; weights are [out, in]."""
    cells = config["columns"] * config["cellsPerColumn"]
    encoder = [config["inputs"], *config["encoder"]]
    decoder = [cells, *config["decoder"], config["inputs"]]
    layers = {f"encoder.{i}": (encoder[i + 1], encoder[i]) for i in range(len(encoder) - 1)}
    layers["pooler"] = (config["columns"], encoder[-1])
    layers["memory"] = (cells, cells)
    layers.update({f"decoder.{i}": (decoder[i + 1], decoder[i]) for i in range(len(decoder) - 1)})
    shapes = {}
    for name, (outputs, inputs) in layers.items():
        shapes[f"{name}.weight"] = (outputs, inputs)
        shapes[f"{name}.bias"] = (outputs,)
    return shapes


def state_shapes(config: dict) -> Dict[str, Tuple[int, ...]]:
    """Names and shapes of the columns' statistics and the temporal memory's state."""
    columns = (config["columns"],)
    cells = (config["columns"] * config["cellsPerColumn"],)
    shapes = {
        "pooler.mean": columns,
        "pooler.variance": columns,
        "pooler.duty": columns,
        "state.predictive": cells,
        "state.active": cells,
    }
    if config.get("prediction") == "change":
        shapes["state.input"] = (config["inputs"],)
        shapes["state.reach"] = (config["inputs"],)
    return shapes


def history_shapes(config: dict) -> Dict[str, Tuple[int, ...]]:
    """Names and shapes of what learning needs of earlier steps, where it goes back by more than one."""
    cells = (config["columns"] * config["cellsPerColumn"],)
    unroll = config["unroll"]
    active = {f"history.{ago}.active": cells for ago in range(1, unroll)}
    gates = {f"history.{ago}.{name}": cells for ago in range(unroll - 1) for name in ("gate", "factor")}
    return {**active, **gates}


def tensor_shapes(config: dict) -> Dict[str, Tuple[int, ...]]:
    """Names and shapes of all that a weights file holds, the optimiser's slots included."""
    learned = learned_shapes(config)
    slots = {"sgd": "", "normalised": "", "momentum": "m", "rmsprop": "v", "adam": "mv"}[config["optimizer"]]
    optimizer = {f"optimizer.{slot}.{name}": shape for slot in slots for name, shape in learned.items()}
    return {**learned, **state_shapes(config), **history_shapes(config), **optimizer}


def relu(values: np.ndarray) -> np.ndarray:
    return np.maximum(values, 0)


class Network:
    """A network in the state in which it was saved; `step` takes it on, one input at a time.

    config: the network's settings, as in the file's metadata.
    tensors: name -> float32 array; the statistics and the state among them move with each step.
    step_count: steps run. updates: steps that learned, which is how often the statistics were updated.
    winners: the last step's winning columns, best first. bursting: how many of them burst.
    """

    def __init__(self, config: dict, tensors: Dict[str, np.ndarray], step: int = 0, updates: int = 0):
        self.config = {**LATER_SETTINGS, **config}
        self.tensors = tensors
        self.step_count = step
        self.updates = updates
        self.winners = np.zeros(0, dtype=np.int64)
        self.bursting = 0

    def step(self, x, update_statistics: bool = False) -> np.ndarray:
        """Takes one input, [inputs] (or a number where there is one), and returns the predicted next one, [inputs].

        Weights never change. `update_statistics` moves the columns' running mean, variance and duty cycles as a
        learning step does, before they are used; without it they stand still, as in a run with learning frozen.
        """
        config, tensors = self.config, self.tensors
        values = np.atleast_1d(np.asarray(x, dtype=np.float32))
        if values.shape != (config["inputs"],):
            raise ValueError(f"the network takes {config['inputs']} inputs, not an array of shape {values.shape}")

        inputs = values
        for i in range(len(config["encoder"])):
            values = relu(self._layer(f"encoder.{i}", values))
        scores = self._normalised(self._layer("pooler", values), update_statistics)
        winners, activations = self._compete(scores, update_statistics)
        active_cells, activity = self._gate(winners, activations)

        active = np.zeros(config["columns"] * config["cellsPerColumn"], dtype=np.float32)
        active[active_cells] = activity
        # Only a few cells are active: their columns of the weights are all that counts.
        potential = tensors["memory.weight"][:, active_cells] @ activity + tensors["memory.bias"]
        predictive = relu(potential)
        tensors["state.active"] = active
        tensors["state.predictive"] = predictive

        values = predictive if config["readout"] == "predictive" else active
        for i in range(len(config["decoder"])):
            values = relu(self._layer(f"decoder.{i}", values))
        prediction = self._layer(f"decoder.{len(config['decoder'])}", values)
        if config["prediction"] == "change":
            prediction = inputs + prediction
            tensors["state.input"] = inputs.copy()

        self.step_count += 1
        self.updates += update_statistics
        self.winners = winners
        return prediction

    def to_torch(self):
        """A `deephtm.torch_network.TorchNetwork` in this network's state. Needs PyTorch."""
        from .torch_network import TorchNetwork

        return TorchNetwork.from_network(self)

    def _layer(self, name: str, values: np.ndarray) -> np.ndarray:
        return self.tensors[f"{name}.weight"] @ values + self.tensors[f"{name}.bias"]

    def _normalised(self, overlap: np.ndarray, update_statistics: bool) -> np.ndarray:
        """The columns' scores, [columns]: overlaps by their own running mean and variance, or as they are."""
        if self.config["homeostasis"] != "normalise":
            return overlap
        tensors = self.tensors
        if update_statistics:
            seen = self.updates + 1
            rate = max(self.config["homeostasisRate"], 1 / seen)
            if seen == 1:
                tensors["pooler.mean"] = overlap
                tensors["pooler.variance"] = np.zeros_like(overlap)
            else:
                difference = overlap - tensors["pooler.mean"]
                tensors["pooler.mean"] = tensors["pooler.mean"] + rate * difference
                tensors["pooler.variance"] = (1 - rate) * (tensors["pooler.variance"] + rate * difference**2)
        return (overlap - tensors["pooler.mean"]) / np.sqrt(tensors["pooler.variance"] + VARIANCE_FLOOR)

    def _compete(self, scores: np.ndarray, update_statistics: bool) -> Tuple[np.ndarray, np.ndarray]:
        """The winning columns, best first, and their activations."""
        config = self.config
        duty = self.tensors["pooler.duty"]
        count = config["winners"]
        share = count / config["columns"]
        ranked = scores
        if config["homeostasis"] == "boost":
            ranked = scores * np.exp(config["boostStrength"] * (share - duty))
        ranked = ranked + config["conscience"] * np.maximum(1 - duty / share, 0)
        # A stable sort gives ties to the lower index.
        order = np.argsort(-ranked, kind="stable")
        winners = order[:count]
        activations = scores[winners]
        if config["winnerActivation"] == "thresholded":
            activations = activations - scores[order[count]]
        if update_statistics:
            duty = (1 - config["dutyRate"]) * duty
            duty[winners] += config["dutyRate"]
            self.tensors["pooler.duty"] = duty
        return winners, activations

    def _gate(self, winners: np.ndarray, activations: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """Indices of the winners' cells and their activity: a column's activation, shared by what was predicted."""
        cells_per_column = self.config["cellsPerColumn"]
        cells = winners[:, np.newaxis] * cells_per_column + np.arange(cells_per_column)
        predicted = relu(self.tensors["state.predictive"][cells])
        total = predicted.sum(axis=1, keepdims=True)
        bursts = total <= BURST_BELOW
        gate = np.where(bursts, 1 / cells_per_column, predicted / np.where(bursts, 1, total))
        self.bursting = int(bursts.sum())
        return cells.ravel(), (activations[:, np.newaxis] * gate).ravel().astype(np.float32)
