"""Runs networks of the DeepHTM Playground from their weights files."""

from .network import Network
from .weights_file import FileError, load, read_safetensors

__all__ = ["FileError", "Network", "load", "read_safetensors"]
