"""Makes naive_metrics.json: what the metrics should be, worked out slowly from their definitions.

Shares nothing with the Java code: no sorting by levels, no running sums, each window, threshold and
point by itself. Checked against the scores that TSB-AD's own code was run on (`--check FOLDER` with
the *.json of shared/data/golden): all four agree to 1e-15. Needs Python 3 and nothing else.
"""

import json
import math
import pathlib
import random
import sys


def runs(labels):
    found, start = [], None
    for i, label in enumerate([*labels, 0]):
        if label and start is None:
            start = i
        if not label and start is not None:
            found.append((start, i - 1))
            start = None
    return found


def weight(i, ranges, window):
    total = 0.0
    for first, last in ranges:
        distance = first - i if i < first else i - last
        if distance <= 0:
            return 1.0
        if distance <= window // 2:
            total += math.sqrt(1 - distance / window)
    return min(1.0, total)


def volumes(labels, scores, window, thresholds):
    n, anomalies, ranges = len(labels), sum(labels), runs(labels)
    falling = sorted(scores, reverse=True)
    step = (n - 1) / (thresholds - 1)
    cuts = [falling[int(k * step)] for k in range(thresholds - 1)] + [falling[-1]]
    pr = roc = 0.0
    for w in range(window + 1):
        weights = [weight(i, ranges, w) for i in range(n)]
        wide = []
        for first, last in ranges:
            if wide and wide[-1][1] + w // 2 >= first - w // 2:
                wide[-1][1] = last
            else:
                wide.append([first, last])
        wide = [(max(a - w // 2, 0), min(b + w // 2, n - 1)) for a, b in wide]
        curve = [(0.0, 0.0, 1.0)]
        for cut in cuts:
            alert = [score >= cut for score in scores]
            true = sum(w for w, a in zip(weights, alert) if a)
            extended = sum(w for w, a, label in zip(weights, alert, labels) if a or label)
            positives = (anomalies + extended) / 2
            existence = sum(any(alert[a : b + 1]) for a, b in wide) / len(wide)
            recall = min(true / positives, 1) * existence
            curve.append((recall, (sum(alert) - true) / (n - positives), true / sum(alert)))
        pr += sum((b[0] - a[0]) * b[2] for a, b in zip(curve, curve[1:]))
        curve.append((1.0, 1.0, 0.0))
        roc += sum((b[1] - a[1]) * (a[0] + b[0]) / 2 for a, b in zip(curve, curve[1:]))
    return pr / (window + 1), roc / (window + 1)


def roc_auc(labels, scores):
    high = [s for s, label in zip(scores, labels) if label]
    low = [s for s, label in zip(scores, labels) if not label]
    return sum((a > b) + (a == b) / 2 for a in high for b in low) / len(high) / len(low)


def average_precision(labels, scores):
    total = recall_before = 0.0
    for cut in sorted(set(scores), reverse=True):
        alerted = [label for score, label in zip(scores, labels) if score >= cut]
        recall = sum(alerted) / sum(labels)
        total += (recall - recall_before) * sum(alerted) / len(alerted)
        recall_before = recall
    return total


def check(folder):
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        d = json.loads(path.read_text())
        pr, roc = volumes(d["labels"], d["scores"], d["window"], d["thre"])
        print(
            path.name,
            pr - d["vus_pr"],
            roc - d["vus_roc"],
            average_precision(d["labels"], d["scores"]) - d["auc_pr"],
            roc_auc(d["labels"], d["scores"]) - d["auc_roc"],
        )


def make():
    rng = random.Random(20260)
    # One range at either end, two whose buffers soon meet, a single point, and a long one.
    ranges = [(0, 3), (40, 47), (55, 58), (90, 90), (130, 150), (195, 199)]
    labels = [int(any(a <= i <= b for a, b in ranges)) for i in range(200)]
    # One decimal, so that many scores tie; late, so that alerts trail the labels.
    late = [0, 0, *labels]
    scores = [round(rng.random() + 0.35 * late[i] + 0.15 * labels[i], 1) for i in range(200)]
    volume = []
    for window, thresholds in [(0, 250), (1, 250), (7, 250), (20, 250), (20, 25), (61, 250)]:
        pr, roc = volumes(labels, scores, window, thresholds)
        volume.append({"window": window, "thresholds": thresholds, "pr": pr, "roc": roc})
    result = {
        "labels": labels,
        "scores": scores,
        "averagePrecision": average_precision(labels, scores),
        "rocAuc": roc_auc(labels, scores),
        "volumes": volume,
    }
    lines = ",\n".join(f'  "{k}": {json.dumps(v)}' for k, v in result.items())
    pathlib.Path(__file__).with_suffix(".json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    check(sys.argv[2]) if sys.argv[1:2] == ["--check"] else make()
