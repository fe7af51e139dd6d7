"""The network as a PyTorch module, with the weights file's names. Importing this needs PyTorch."""

import torch
from torch import nn

from .network import (
    BURST_BELOW,
    LATER_SETTINGS,
    VARIANCE_FLOOR,
    Network,
    learned_shapes,
    state_shapes,
)


class Pooler(nn.Linear):
    """Overlaps of the columns, with the statistics that keep columns in use."""

    def __init__(self, inputs: int, columns: int):
        super().__init__(inputs, columns)
        for name in ("mean", "variance", "duty"):
            self.register_buffer(name, torch.zeros(columns))


class MemoryState(nn.Module):
    """What the temporal memory remembers from one step to the next, and the input that a change is predicted from."""

    def __init__(self, config: dict):
        super().__init__()
        cells = config["columns"] * config["cellsPerColumn"]
        self.register_buffer("predictive", torch.zeros(cells))
        self.register_buffer("active", torch.zeros(cells))
        if config["prediction"] == "change":
            self.register_buffer("input", torch.zeros(config["inputs"]))
            self.register_buffer("reach", torch.zeros(config["inputs"]))


class TorchNetwork(nn.Module):
    """The same network as `deephtm.Network`: `state_dict()` has the weights file's tensors under their names,
    except for the optimiser's slots and the history that learning goes back through.

    `forward` takes one input and moves the state, the statistics and the counters. Its result is differentiable
    through this step alone: the state it started from is a constant (`unroll` 0 in the Playground's words).
    """

    def __init__(self, config: dict):
        super().__init__()
        self.config = config = {**LATER_SETTINGS, **config}
        self.step_count = 0
        self.updates = 0
        self.winners = torch.zeros(0, dtype=torch.long)
        self.bursting = 0
        cells = config["columns"] * config["cellsPerColumn"]
        encoder = [config["inputs"], *config["encoder"]]
        decoder = [cells, *config["decoder"], config["inputs"]]
        self.encoder = nn.ModuleList(map(nn.Linear, encoder[:-1], encoder[1:]))
        self.pooler = Pooler(encoder[-1], config["columns"])
        self.memory = nn.Linear(cells, cells)
        self.decoder = nn.ModuleList(map(nn.Linear, decoder[:-1], decoder[1:]))
        self.state = MemoryState(config)

    @classmethod
    def from_network(cls, network: Network) -> "TorchNetwork":
        module = cls(network.config)
        names = [*learned_shapes(network.config), *state_shapes(network.config)]
        module.load_state_dict({name: torch.from_numpy(network.tensors[name].copy()) for name in names})
        module.step_count = network.step_count
        module.updates = network.updates
        return module

    def forward(self, x, update_statistics: bool = False) -> torch.Tensor:
        """[inputs] -> [inputs]; see `Network.step`."""
        config = self.config
        values = torch.as_tensor(x, dtype=self.memory.weight.dtype, device=self.memory.weight.device)
        values = torch.atleast_1d(values)
        if values.shape != (config["inputs"],):
            raise ValueError(f"the network takes {config['inputs']} inputs, not a tensor of shape {tuple(values.shape)}")

        inputs = values
        for layer in self.encoder:
            values = torch.relu(layer(values))
        scores = self._normalised(self.pooler(values), update_statistics)
        winners, activations = self._compete(scores, update_statistics)
        cells = activations.unsqueeze(1) * self._gate(winners)
        columns = torch.zeros(config["columns"], config["cellsPerColumn"], dtype=cells.dtype, device=cells.device)
        active = columns.index_copy(0, winners, cells).flatten()
        predictive = torch.relu(self.memory(active))
        self.state.active = active.detach()
        self.state.predictive = predictive.detach()

        values = predictive if config["readout"] == "predictive" else active
        for layer in self.decoder[:-1]:
            values = torch.relu(layer(values))
        self.step_count += 1
        self.updates += int(update_statistics)
        self.winners = winners
        prediction = self.decoder[-1](values)
        if config["prediction"] == "change":
            self.state.input = inputs.detach().clone()
            prediction = inputs + prediction
        return prediction

    def _normalised(self, overlap: torch.Tensor, update_statistics: bool) -> torch.Tensor:
        if self.config["homeostasis"] != "normalise":
            return overlap
        pooler = self.pooler
        if update_statistics:
            seen = self.updates + 1
            rate = max(self.config["homeostasisRate"], 1 / seen)
            values = overlap.detach()
            if seen == 1:
                pooler.mean = values.clone()
                pooler.variance = torch.zeros_like(values)
            else:
                difference = values - pooler.mean
                pooler.mean = pooler.mean + rate * difference
                pooler.variance = (1 - rate) * (pooler.variance + rate * difference**2)
        return (overlap - pooler.mean) / torch.sqrt(pooler.variance + VARIANCE_FLOOR)

    def _compete(self, scores: torch.Tensor, update_statistics: bool):
        config, pooler = self.config, self.pooler
        count = config["winners"]
        share = count / config["columns"]
        ranked = scores.detach()
        if config["homeostasis"] == "boost":
            ranked = ranked * torch.exp(config["boostStrength"] * (share - pooler.duty))
        ranked = ranked + config["conscience"] * torch.relu(1 - pooler.duty / share)
        # `topk` does not say which of two equals it takes; a stable sort takes the lower index.
        order = torch.sort(ranked, descending=True, stable=True).indices
        winners = order[:count]
        activations = scores[winners]
        if config["winnerActivation"] == "thresholded":
            activations = activations - scores[order[count]]
        if update_statistics:
            duty = (1 - config["dutyRate"]) * pooler.duty
            duty[winners] += config["dutyRate"]
            pooler.duty = duty
        return winners, activations

    def _gate(self, winners: torch.Tensor) -> torch.Tensor:
        cells_per_column = self.config["cellsPerColumn"]
        predicted = torch.relu(self.state.predictive.reshape(-1, cells_per_column)[winners])
        total = predicted.sum(dim=1, keepdim=True)
        bursts = total <= BURST_BELOW
        self.bursting = int(bursts.sum())
        shared = predicted / torch.where(bursts, torch.ones_like(total), total)
        return torch.where(bursts, torch.full_like(shared, 1 / cells_per_column), shared)
