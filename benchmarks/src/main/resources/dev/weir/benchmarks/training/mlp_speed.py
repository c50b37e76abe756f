"""Trains scikit-learn's MLPRegressor to give back its input, and prints how fast, as JSON.

usage: mlp_speed.py ROWS_FILE FEATURES LAYERS ACTIVATION BATCH EPOCHS LEARNING_RATE THREADS

ROWS_FILE holds little-endian float32, row by row; LAYERS is a list of widths with commas between;
THREADS is how many each library may use, 0 for as many as it takes by itself.
"""

import json
import sys
import time
import warnings

import numpy
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor
from threadpoolctl import threadpool_info, threadpool_limits


def blas():
    names = {pool["internal_api"] for pool in threadpool_info() if pool["user_api"] == "blas"}
    return ", ".join(sorted(names)) or "BLAS unknown"


def main(rows_file, features, layers, activation, batch, epochs, learning_rate, threads):
    rows = numpy.fromfile(rows_file, dtype="<f4").reshape(-1, int(features))
    model = MLPRegressor(
        hidden_layer_sizes=[int(width) for width in layers.split(",")],
        activation=activation,
        solver="adam",
        alpha=0,
        batch_size=int(batch),
        learning_rate_init=float(learning_rate),
        max_iter=int(epochs),
        n_iter_no_change=int(epochs) + 1,
        tol=0,
        random_state=1,
    )
    # It ends where it is told to, and says that it has not converged.
    warnings.simplefilter("ignore", ConvergenceWarning)
    with threadpool_limits(limits=int(threads) or None):
        started = time.perf_counter()
        model.fit(rows, rows)
        seconds = time.perf_counter() - started
    print(
        json.dumps(
            {
                "version": sklearn.__version__,
                "engine": blas(),
                "epochs": model.n_iter_,
                "loss": model.loss_,
                "seconds": seconds,
            }
        )
    )


main(*sys.argv[1:])
