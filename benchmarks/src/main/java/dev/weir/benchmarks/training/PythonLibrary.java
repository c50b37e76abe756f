package dev.weir.benchmarks.training;

/** What networks are trained with in Python. */
enum PythonLibrary {
  /**
   * {@code MLPRegressor}.
   *
   * @see <a href="https://scikit-learn.org/stable/modules/neural_networks_supervised.html">its
   *     guide</a>
   */
  SCIKIT_LEARN(
      "scikit-learn",
      "mlp_speed.py",
      "import sklearn, threadpoolctl",
      "Debian: apt-get install python3-sklearn libopenblas0-pthread; elsewhere: pip install"
          + " scikit-learn"),

  /** A loop over batches, as its tutorials have it. */
  PYTORCH(
      "PyTorch",
      "torch_speed.py",
      "import numpy, torch",
      "Debian: apt-get install python3-torch; elsewhere: pip install torch");

  private final String title;
  private final String script;
  private final String probe;
  private final String installation;

  PythonLibrary(String title, String script, String probe, String installation) {
    this.title = title;
    this.script = script;
    this.probe = probe;
    this.installation = installation;
  }

  /** As people call it. */
  String title() {
    return title;
  }

  /** The resource beside this class that trains once and prints JSON. */
  String script() {
    return script;
  }

  /** Python that fails where it is not there. */
  String probe() {
    return probe;
  }

  /** How one gets it. */
  String installation() {
    return installation;
  }
}
