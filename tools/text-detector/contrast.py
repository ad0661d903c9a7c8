#!/usr/bin/python3
"""contrast.py REFERENCE SET BOXES.jsonl: how many strings of SET are missed that are as clear as the least clear of REFERENCE.

REFERENCE and SET hold burned/*.png, clean/*.png and truth.json; BOXES are what `smi find-text --json` printed for SET/burned. As clear: neither the contrast over fine noise, nor
over all that varies around, nor the share of ink in the box, nor its shorter side is below the least of REFERENCE. Missed: less than 90 % of a box is covered by what was found, grown by 2 px."""
import json
import sys

import numpy as np
from PIL import Image


def clearness(folder):
    """(file, box, four figures) of each string."""
    for file, strings in json.load(open(f"{folder}/truth.json")).items():
        burned, clean = (np.asarray(Image.open(f"{folder}/{kind}/{file}").convert("L"), float) for kind in ("burned", "clean"))
        for x0, y0, x1, y1 in (s["box"] for s in strings):
            change = np.abs(burned - clean)[y0:y1, x0:x1]
            ink = change > max(4, 0.3 * np.quantile(change, 0.995))
            around = clean[max(0, y0 - 3):y1 + 3, max(0, x0 - 3):x1 + 3]
            strength = (change[ink].mean() if ink.any() else 0) * np.sqrt(ink.mean())
            yield file, (x0, y0, x1, y1), np.array([strength / (3 + np.std(np.diff(around)) / np.sqrt(2)), strength / (3 + around.std()), ink.mean(), min(x1 - x0, y1 - y0)])


def main():
    reference, of, boxes = sys.argv[1:4]
    least = np.min([figures for *_, figures in clearness(reference)], 0)
    found = {}
    for line in open(boxes):
        region = json.loads(line)
        found.setdefault(region["file"].split("/")[-1], []).append(region["box"])
    asked = missed = 0
    for file, (x0, y0, x1, y1), figures in clearness(of):
        if (figures >= least).all():
            covered = np.zeros((y1 - y0, x1 - x0), bool)
            for a, b, c, d in found.get(file, []):
                covered[max(0, b - 2 - y0):max(0, d + 2 - y0), max(0, a - 2 - x0):max(0, c + 2 - x0)] = True
            asked, missed = asked + 1, missed + (covered.mean() < 0.9)
    print(f"{missed} of {asked} missed, {1 - missed / asked:.2%} found")


if __name__ == "__main__":
    main()
