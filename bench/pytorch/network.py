"""The network in PyTorch, on one core. Reads orders from stdin, a line each; answers with a line of JSON.

    python network.py (autograd | sparse) WEIGHTS SETTINGS

WEIGHTS holds the learned tensors as float32, one after the other, [out, in]; SETTINGS is JSON. An order is a JSON list of
numbers, input and target of each step in turn; the answer has the seconds that the steps took, and their losses.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

LEAST_VARIANCE = 0.01
LEAST_PREDICTION = 1e-9


class Network:
    def __init__(self, path, settings):
        self.s = settings
        with open(path, "rb") as file:
            flat = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
        self.w = {}
        at = 0
        for name, shape in settings["tensors"]:
            size = 1
            for length in shape:
                size *= length
            self.w[name] = flat[at : at + size].reshape(shape).clone()
            at += size
        self.cells = settings["columns"] * settings["cellsPerColumn"]
        self.mean = torch.zeros(settings["columns"])
        self.variance = torch.zeros(settings["columns"])
        self.updates = 0

    def rates(self):
        self.updates += 1
        s = self.s
        return s["learningRate"] * min(1, self.updates / s["warmup"]), max(s["homeostasisRate"], 1 / self.updates)

    def score(self, overlap, statistics):
        """The scores, and how they change with the overlap."""
        with torch.no_grad():
            difference = overlap - self.mean
            self.mean += statistics * difference
            self.variance = (1 - statistics) * (self.variance + statistics * difference * difference)
            slope = torch.rsqrt(self.variance + LEAST_VARIANCE)
        return (overlap - self.mean) * slope, slope


class Autograd(Network):
    """Dense tensors; gradients by autograd. The previous prediction is a leaf, whose gradient goes one step back."""

    def __init__(self, path, settings):
        super().__init__(path, settings)
        for tensor in self.w.values():
            tensor.requires_grad_()
        self.active = torch.zeros(self.cells)
        self.predictive = torch.zeros(self.cells)

    def step(self, given, wanted):
        s, w = self.s, self.w
        rate, statistics = self.rates()
        def layer(x, name):
            return F.linear(x, w[name + ".weight"], w[name + ".bias"])

        x = torch.tensor([float(given)])
        h = torch.relu(layer(torch.relu(layer(x, "encoder.0")), "encoder.1"))
        score, _ = self.score(layer(h, "pooler"), statistics)
        won = torch.zeros_like(score)
        won[torch.topk(score.detach(), s["winners"]).indices] = 1
        column = score * won
        previous = self.predictive.requires_grad_()
        predicted = previous.view(s["columns"], s["cellsPerColumn"])
        total = predicted.sum(1, keepdim=True)
        expected = total.detach() > LEAST_PREDICTION
        gate = torch.where(expected, predicted / total.clamp_min(LEAST_PREDICTION), 1 / s["cellsPerColumn"])
        active = (column[:, None] * gate).reshape(-1)
        predictive = torch.relu(layer(active, "memory"))
        read = predictive if s["readout"] == "predictive" else active
        prediction = layer(torch.relu(layer(read, "decoder.0")), "decoder.1")
        error = prediction.detach() - wanted
        prediction.backward((2 * error).clamp(-s["errorClip"], s["errorClip"]))
        with torch.no_grad():
            back = previous.grad * (previous > 0)
            for name, tensor in w.items():
                slow = name.startswith(("encoder", "pooler"))
                if tensor.grad is not None:
                    tensor.sub_(tensor.grad, alpha=rate * (s["encoderRate"] if slow else 1))
                    tensor.grad = None
            w["memory.weight"].sub_(torch.outer(back, self.active), alpha=rate)
            w["memory.bias"].sub_(back, alpha=rate)
        self.active, self.predictive = active.detach(), predictive.detach()
        return float(error[0]) ** 2


class Sparse(Network):
    """The backward pass by hand; of the memory's weights only those of active cells are touched. They lie [in, out]."""

    def __init__(self, path, settings):
        super().__init__(path, settings)
        for name in [n for n in self.w if n.endswith("weight")]:
            self.w[name] = self.w[name].t().contiguous()
        self.predictive = torch.zeros(self.cells)
        self.places = torch.zeros(0, dtype=torch.long)
        self.values = torch.zeros(0)

    @torch.no_grad()
    def step(self, given, wanted):
        s, w = self.s, self.w
        rate, statistics = self.rates()
        slow = rate * s["encoderRate"]
        def forward(x, name):
            return torch.addmv(w[name + ".bias"], w[name + ".weight"].t(), x)

        x = torch.tensor([float(given)])
        h1 = forward(x, "encoder.0").relu_()
        h2 = forward(h1, "encoder.1").relu_()
        score, slope = self.score(forward(h2, "pooler"), statistics)
        column, won = torch.topk(score, s["winners"])
        cells = s["cellsPerColumn"]
        predicted = self.predictive.view(-1, cells)[won]
        total = predicted.sum(1, keepdim=True)
        expected = total > LEAST_PREDICTION
        safe = total.clamp_min(LEAST_PREDICTION)
        gate = torch.where(expected, predicted / safe, 1 / cells)
        values = (column[:, None] * gate).view(-1)
        places = (won[:, None] * cells + torch.arange(cells)).view(-1)
        rows = w["memory.weight"][places]
        predictive = torch.addmv(w["memory.bias"], rows.t(), values).relu_()
        reads_predictive = s["readout"] == "predictive"
        decoder = w["decoder.0.weight"]
        d1 = torch.addmv(w["decoder.0.bias"], (decoder if reads_predictive else decoder[places]).t(),
                         predictive if reads_predictive else values).relu_()
        prediction = forward(d1, "decoder.1")
        error = prediction - wanted
        delta = (2 * error).clamp(-s["errorClip"], s["errorClip"])
        hidden = torch.mv(w["decoder.1.weight"], delta) * (d1 > 0)
        if reads_predictive:
            ahead = torch.mv(decoder, hidden) * (predictive > 0)
            of_active = torch.mv(rows, ahead)
            decoder.addr_(predictive, hidden, alpha=-rate)
        else:
            ahead = None
            of_active = torch.mv(decoder[places], hidden)
            decoder[places] -= rate * torch.outer(values, hidden)
        self.move("decoder.1", d1, delta, rate)
        w["decoder.0.bias"].sub_(hidden, alpha=rate)
        of_active = of_active.view(-1, cells)
        of_column = (of_active * gate).sum(1, keepdim=True)
        sent = torch.where(expected, column[:, None] * (of_active - of_column) / safe, 0.0) * (predicted > 0)
        sent = sent.view(-1)
        if ahead is not None:
            w["memory.weight"].index_add_(0, places, torch.outer(values, ahead), alpha=-rate)
            w["memory.bias"].sub_(ahead, alpha=rate)
        if len(self.places) > 0:
            w["memory.weight"][self.places[:, None], places] -= rate * torch.outer(self.values, sent)
        w["memory.bias"].index_add_(0, places, sent, alpha=-rate)
        of_overlap = of_column.view(-1) * slope[won]
        of_h2 = torch.mv(w["pooler.weight"][:, won], of_overlap) * (h2 > 0)
        w["pooler.weight"][:, won] -= slow * torch.outer(h2, of_overlap)
        w["pooler.bias"].index_add_(0, won, of_overlap, alpha=-slow)
        of_h1 = torch.mv(w["encoder.1.weight"], of_h2) * (h1 > 0)
        self.move("encoder.1", h1, of_h2, slow)
        self.move("encoder.0", x, of_h1, slow)
        self.predictive, self.places, self.values = predictive, places, values
        return float(error[0]) ** 2

    def move(self, name, x, delta, rate):
        self.w[name + ".weight"].addr_(x, delta, alpha=-rate)
        self.w[name + ".bias"].sub_(delta, alpha=rate)


def main():
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    kind, path, settings = sys.argv[1:]
    network = {"autograd": Autograd, "sparse": Sparse}[kind](path, json.loads(settings))
    print(json.dumps({"torch": torch.__version__}), flush=True)
    for line in sys.stdin:
        rows = json.loads(line)
        start = time.perf_counter()
        losses = [network.step(rows[i], rows[i + 1]) for i in range(0, len(rows), 2)]
        print(json.dumps({"seconds": time.perf_counter() - start, "losses": losses}), flush=True)


main()
