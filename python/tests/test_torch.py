import importlib.util
import unittest

import numpy as np

from traces import CASES, GOLDEN, golden, trace

import deephtm

HAS_TORCH = importlib.util.find_spec("torch") is not None
if HAS_TORCH:
    import torch

    from deephtm.torch_network import TorchNetwork

TOLERANCE = 1e-5


@unittest.skipUnless(HAS_TORCH, "PyTorch is not installed")
class Torch(unittest.TestCase):
    def test_names_are_those_of_the_file(self):
        for case in CASES:
            with self.subTest(case=case.name):
                network = deephtm.load(case / "model.safetensors")
                state = network.to_torch().state_dict()
                names = {name for name in network.tensors if not name.startswith(("optimizer.", "history."))}
                self.assertEqual(set(state), names)
                for name in names:
                    np.testing.assert_array_equal(state[name].numpy(), network.tensors[name], err_msg=name)

    def test_agrees_with_numpy_and_the_trace(self):
        for case in CASES:
            for update_statistics in (False, True):
                with self.subTest(case=case.name, update_statistics=update_statistics):
                    network = deephtm.load(case / "model.safetensors")
                    module = network.to_torch()
                    for row in trace(case, "frozen.csv"):
                        expected = network.step(row["input"], update_statistics=update_statistics)
                        actual = module(row["input"], update_statistics=update_statistics).detach().numpy()
                        np.testing.assert_allclose(actual, expected, rtol=TOLERANCE, atol=TOLERANCE)
                        self.assertEqual(module.winners.tolist(), network.winners.tolist())
                        self.assertEqual(module.bursting, network.bursting)
                        if not update_statistics:
                            np.testing.assert_allclose(actual, row["prediction"], rtol=TOLERANCE, atol=TOLERANCE)
                    self.assertEqual(module.step_count, network.step_count)
                    self.assertEqual(module.updates, network.updates)
                    state = module.state_dict()
                    for name, values in network.tensors.items():
                        if not name.startswith(("optimizer.", "history.")):
                            np.testing.assert_allclose(state[name].numpy(), values, rtol=1e-4, atol=1e-5, err_msg=name)

    def test_gradients_of_the_golden_first_step(self):
        for path in GOLDEN:
            with self.subTest(case=path.stem):
                config, tensors, case = golden(path)
                module = TorchNetwork.from_network(deephtm.Network(config, tensors))
                step = case["steps"][0]
                prediction = module(step["input"], update_statistics=True)
                np.testing.assert_allclose(prediction.detach().numpy(), step["prediction"], rtol=1e-4, atol=1e-5)
                error = 2 * (prediction.detach() - torch.tensor(step["target"])) / config["inputs"]
                clip = config["errorClip"]
                prediction.backward(error.clamp(-clip, clip) if clip > 0 else error)
                for name, parameter in module.named_parameters():
                    gradient = parameter.grad if parameter.grad is not None else torch.zeros_like(parameter)
                    expected = np.reshape(step["gradients"][name], parameter.shape)
                    np.testing.assert_allclose(gradient.numpy(), expected, rtol=1e-4, atol=1e-4, err_msg=name)

    def test_refuses_another_number_of_inputs(self):
        module = deephtm.load(CASES[0] / "model.safetensors").to_torch()
        with self.assertRaisesRegex(ValueError, "takes 1 inputs"):
            module([1.0, 2.0])


if __name__ == "__main__":
    unittest.main()
