import json
import random
import struct
import tempfile
import unittest
from pathlib import Path

import numpy as np

from traces import CASES

import deephtm


def container(header, data=b"", length=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def entry(shape, begin, end, dtype="F32"):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "some.safetensors"

    def read(self, content):
        self.path.write_bytes(content)
        return deephtm.read_safetensors(self.path)

    def load(self, content):
        self.path.write_bytes(content)
        return deephtm.load(self.path)


class ReadSafetensors(InFolder):
    def test_reads_in_the_order_of_the_bytes(self):
        data = np.array([1, 2, 3], dtype="<f4").tobytes()
        header = {"__metadata__": {"k": "v"}, "b": entry([2, 1], 4, 12), "a": entry([], 0, 4)}
        tensors, metadata = self.read(container(header, data))
        self.assertEqual(list(tensors), ["a", "b"])
        self.assertEqual(tensors["a"].shape, ())
        np.testing.assert_array_equal(tensors["b"], [[2], [3]])
        self.assertEqual(metadata, {"k": "v"})

    def test_refuses(self):
        one = b"\0\0\0\0"
        for what, content, message in [
            ("empty file", b"", "cut short"),
            ("header longer than the file", container({}, length=3), "cut short"),
            ("header beyond the limit", container({}, length=2**63), "cut short"),
            ("not UTF-8", container(b'{"\xff"'), "not JSON"),
            ("not JSON", container(b"{"), "not JSON"),
            ("nested deep", container(b"[" * 100_000), "not JSON"),
            ("a list", container([]), "not an object"),
            ("NaN", container(b'{"a":NaN}'), "holds NaN"),
            ("a huge number", container(b'{"a":' + b"9" * 5000 + b"}"), "too large"),
            ("name twice", container(b'{"a":1,"a":1}'), "something twice"),
            ("metadata of numbers", container({"__metadata__": {"a": 1}}), "other than text"),
            ("metadata list", container({"__metadata__": []}), "other than text"),
            ("not an entry", container({"a": 1}), "holds None numbers"),
            ("half precision", container({"a": entry([1], 0, 2, "F16")}, b"\0\0"), "'F16' numbers; only 'F32'"),
            ("negative size", container({"a": entry([-1, -1], 0, 4)}, one), "no proper shape"),
            ("fractional size", container({"a": entry([1.0], 0, 4)}, one), "no proper shape"),
            ("boolean size", container({"a": entry([True], 0, 4)}, one), "no proper shape"),
            ("negative offset", container({"a": entry([1], -4, 0)}), "no proper offsets"),
            ("three offsets", container({"a": {**entry([1], 0, 4), "data_offsets": [0, 4, 8]}}, one), "no proper offsets"),
            ("backwards", container({"a": entry([1], 4, 0)}, one), "does not fit"),
            ("overlap", container({"a": entry([1], 0, 4), "b": entry([1], 0, 4)}, one), "does not fit"),
            ("hole", container({"a": entry([1], 4, 8)}, one + one), "does not fit"),
            ("wrong shape", container({"a": entry([2], 0, 4)}, one), "does not fit"),
            ("huge shape", container({"a": entry([2**40] * 3, 0, 4)}, one), "does not fit"),
            ("cut short", container({"a": entry([2], 0, 8)}, one), "cut short"),
            ("trailing bytes", container({"a": entry([1], 0, 4)}, one + b"x"), "1 bytes after the last tensor"),
        ]:
            with self.subTest(what), self.assertRaisesRegex(deephtm.FileError, message):
                self.read(content)


class Load(InFolder):
    def setUp(self):
        super().setUp()
        self.content = (CASES[0] / "model.safetensors").read_bytes()

    def altered(self, change):
        """The weights file with its header, parsed, changed by `change`."""
        length = struct.unpack_from("<Q", self.content)[0]
        header = json.loads(self.content[8 : 8 + length])
        change(header)
        return container(header, self.content[8 + length :])

    def metadata(self, **fields):
        return self.altered(lambda header: header["__metadata__"].update(fields))

    def config(self, **fields):
        def change(header):
            config = json.loads(header["__metadata__"]["config"])
            header["__metadata__"]["config"] = json.dumps({**config, **fields})

        return self.altered(change)

    def config_text(self, old, new):
        def change(header):
            config = json.dumps(json.loads(header["__metadata__"]["config"]))
            self.assertIn(old, config)
            header["__metadata__"]["config"] = config.replace(old, new)

        return self.altered(change)

    def test_reads_the_counters(self):
        network = self.load(self.content)
        self.assertEqual((network.step_count, network.updates), (400, 400))

    def test_takes_every_step_to_have_learned_where_nothing_else_is_said(self):
        network = self.load(self.altered(lambda header: header["__metadata__"].pop("updates")))
        self.assertEqual(network.updates, 400)

    def test_loads_a_network_that_learned_a_persons_own_data(self):
        def owned(header):
            end = max(tensor["data_offsets"][1] for name, tensor in header.items() if name != "__metadata__")
            header["signal.data"] = entry([2, 1], end, end + 8)

        network = self.load(self.altered(owned) + b"\0" * 8)
        self.assertNotIn("signal.data", network.tensors)

    def test_refuses(self):
        def renamed(header):
            header["other"] = header.pop("pooler.mean")

        def reshaped(header):
            header["memory.weight"]["shape"] = [1, -1]

        for what, content, message in [
            ("cut short", self.content[:-1], "cut short"),
            ("no metadata", self.altered(lambda header: header.pop("__metadata__")), "no config"),
            ("another format", self.metadata(format="deephtm-9"), "format is 'deephtm-9'"),
            ("config not JSON", self.metadata(config="{"), "config is not JSON"),
            ("config not an object", self.metadata(config="1"), "config is not an object"),
            ("unknown readout", self.config(readout="both"), "config.readout is none of predictive, active"),
            ("no encoder", self.config(encoder=[]), "config.encoder is not a list of sizes"),
            ("a size as text", self.config(columns="9"), "config.columns is not a size"),
            ("an infinite rate", self.config(dutyRate=float("inf")), "holds Infinity"),
            ("a rate too large for a float", self.config_text('"dutyRate": 0.01', '"dutyRate": 1e999'), "config.dutyRate is not"),
            ("too many winners", self.config(winners=1000), "config.winners"),
            ("fractional step", self.metadata(step="1.5"), "step is not a whole number"),
            ("missing tensor", self.altered(renamed), "'pooler.mean' of shape .* is missing"),
            ("wrong shape", self.config(columns=12), "has shape .*; the network needs"),
            ("broken shape", self.altered(reshaped), "no proper shape"),
            ("unknown tensor", self.config(optimizer="sgd"), "no tensor 'optimizer.m"),
        ]:
            with self.subTest(what), self.assertRaisesRegex(deephtm.FileError, message):
                self.load(content)

    def test_refuses_values_that_are_not_finite(self):
        with self.assertRaisesRegex(deephtm.FileError, "not a finite number"):
            self.load(self.content[:-4] + struct.pack("<f", float("nan")))

    def test_mutated_headers_load_or_are_refused(self):
        header = 8 + struct.unpack_from("<Q", self.content)[0]
        generator = random.Random(1)
        loaded = 0
        for _ in range(2000):
            content = bytearray(self.content)
            content[generator.randrange(header)] = generator.randrange(0x20, 0x7F)
            try:
                self.load(content)
                loaded += 1
            except deephtm.FileError:
                pass
        self.assertGreater(loaded, 0)
        self.assertLess(loaded, 2000)


if __name__ == "__main__":
    unittest.main()
