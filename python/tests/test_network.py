import unittest

import numpy as np

from traces import CASES, GOLDEN, golden, trace

import deephtm
from deephtm.network import tensor_shapes

TOLERANCE = 1e-5


class Reproduces(unittest.TestCase):
    def check(self, network, row, update_statistics):
        self.assertEqual(network.step_count + 1, row["step"])
        prediction = network.step(row["input"], update_statistics=update_statistics)
        self.assertEqual(prediction.dtype, np.float32)
        np.testing.assert_allclose(prediction, row["prediction"], rtol=TOLERANCE, atol=TOLERANCE)
        self.assertEqual(network.winners.tolist(), row["winners"])
        self.assertEqual(network.bursting, row["bursting"])

    def test_there_are_fixtures(self):
        self.assertEqual(len(CASES), 6)
        self.assertEqual(len(GOLDEN), 11)

    def test_next_prediction_of_a_learning_run(self):
        for case in CASES:
            with self.subTest(case=case.name):
                network = deephtm.load(case / "model.safetensors")
                self.check(network, trace(case, "learning.csv")[0], update_statistics=True)

    def test_hundred_steps_of_a_frozen_run(self):
        bursting = 0
        for case in CASES:
            with self.subTest(case=case.name):
                network = deephtm.load(case / "model.safetensors")
                rows = trace(case, "frozen.csv")
                self.assertEqual(len(rows), 100)
                for row in rows:
                    self.check(network, row, update_statistics=False)
                    bursting += row["bursting"]
        self.assertGreater(bursting, 0)

    def test_first_step_of_the_golden_cases(self):
        for path in GOLDEN:
            with self.subTest(case=path.stem):
                config, tensors, case = golden(path)
                network = deephtm.Network(config, tensors)
                step = case["steps"][0]
                self.check(network, {**step, "step": 1}, update_statistics=True)


class Statistics(unittest.TestCase):
    def test_follow_the_overlap_as_in_the_golden_cases(self):
        # With the weights standing still in both, only the recurrences of mean, variance and duty are compared.
        for path in GOLDEN:
            config, tensors, case = golden(path)
            if config["homeostasis"] != "normalise":
                continue
            with self.subTest(case=path.stem):
                network = deephtm.Network(config, tensors)
                overlaps = []
                for step in case["steps"]:
                    values = np.array(step["input"], dtype=np.float32)
                    for i in range(len(config["encoder"])):
                        values = np.maximum(tensors[f"encoder.{i}.weight"] @ values + tensors[f"encoder.{i}.bias"], 0)
                    overlaps.append(tensors["pooler.weight"] @ values + tensors["pooler.bias"])
                    network.step(step["input"], update_statistics=True)
                # For as long as 1/seen is the larger rate, they are the plain mean and variance of all overlaps.
                self.assertLessEqual(len(overlaps), 1 / config["homeostasisRate"])
                np.testing.assert_allclose(tensors["pooler.mean"], np.mean(overlaps, axis=0), rtol=1e-4, atol=1e-5)
                np.testing.assert_allclose(tensors["pooler.variance"], np.var(overlaps, axis=0), rtol=1e-3, atol=1e-5)
                self.assertAlmostEqual(float(tensors["pooler.duty"].sum()), config["winners"], places=4)
                self.assertEqual(network.updates, len(overlaps))

    def test_stand_still_unless_asked(self):
        network = deephtm.load(CASES[0] / "model.safetensors")
        before = {name: network.tensors[name].copy() for name in network.tensors if not name.startswith("state.")}
        updates = network.updates
        network.step(0.5)
        for name, values in before.items():
            np.testing.assert_array_equal(network.tensors[name], values, err_msg=name)
        self.assertEqual(network.updates, updates)


class Step(unittest.TestCase):
    def test_refuses_another_number_of_inputs(self):
        network = deephtm.load(CASES[0] / "model.safetensors")
        with self.assertRaisesRegex(ValueError, r"takes 1 inputs, not an array of shape \(2,\)"):
            network.step([1, 2])

    def test_a_file_from_before_a_setting_means_what_it_did(self):
        config, tensors, case = golden(GOLDEN[0])
        self.assertNotIn("prediction", config)
        row = case["steps"][0]
        for added in ({}, {"prediction": "value", "conscience": 0}):
            network = deephtm.Network({**config, **added}, dict(tensors))
            prediction = network.step(row["input"], update_statistics=True)
            np.testing.assert_allclose(prediction, row["prediction"], rtol=TOLERANCE, atol=TOLERANCE)

    def test_ties_go_to_the_lower_column(self):
        # Many columns: sorts of a few elements are stable whatever their kind.
        config = {**golden(GOLDEN[0])[0], "columns": 300, "winners": 100, "cellsPerColumn": 1}
        config["homeostasis"] = "none"
        tensors = {name: np.zeros(shape, dtype=np.float32) for name, shape in tensor_shapes(config).items()}
        tensors["pooler.bias"][1::2] = 1
        network = deephtm.Network(config, tensors)
        network.step(1.0)
        self.assertEqual(network.winners.tolist(), list(range(1, 200, 2)))


if __name__ == "__main__":
    unittest.main()
