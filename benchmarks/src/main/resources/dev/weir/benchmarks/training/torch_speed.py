"""Trains an autoencoder in PyTorch to give back its input, and prints how fast, as JSON.

usage: torch_speed.py ROWS_FILE FEATURES LAYERS ACTIVATION BATCH EPOCHS LEARNING_RATE THREADS

ROWS_FILE holds little-endian float32, row by row; LAYERS is a list of widths with commas between;
THREADS is how many PyTorch may use, 0 for as many as it takes by itself.
"""

import json
import sys
import time

import numpy
import torch
from torch import nn

ACTIVATIONS = {"tanh": nn.Tanh, "relu": nn.ReLU, "gelu": nn.GELU, "sigmoid": nn.Sigmoid}


def network(widths, activation):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), ACTIVATIONS[activation]()]
    return nn.Sequential(*layers[:-1])


def main(rows_file, features, layers, activation, batch, epochs, learning_rate, threads):
    if int(threads) > 0:
        torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    rows = torch.from_numpy(numpy.fromfile(rows_file, dtype="<f4").reshape(-1, int(features)))
    widths = [int(features), *(int(width) for width in layers.split(",")), int(features)]
    model = network(widths, activation)
    adam = torch.optim.Adam(model.parameters(), lr=float(learning_rate))
    loss_of = nn.MSELoss()
    started = time.perf_counter()
    for _ in range(int(epochs)):
        for chosen in torch.randperm(len(rows)).split(int(batch)):
            part = rows[chosen]
            adam.zero_grad()
            loss = loss_of(model(part), part)
            loss.backward()
            adam.step()
    seconds = time.perf_counter() - started
    print(
        json.dumps(
            {
                "version": torch.__version__,
                "engine": f"{torch.get_num_threads()} threads",
                "epochs": int(epochs),
                "loss": loss.item(),
                "seconds": seconds,
            }
        )
    )


main(*sys.argv[1:])
