#!/usr/bin/env python3
"""train.py SET.npz... --validation SET.npz --out WEIGHTS.bin [--minutes M] (CPU minutes) [--from STATE.pt]: trains the text detector on one core."""
import argparse
import math
import struct
import time

import numpy as np
import torch
from torch.nn import functional as F

from network import TextNetwork, prepared, toned

LUT = np.arange(256, dtype=np.float32)


def targets(masks, boxes):
    """Per 4 x 4 cell: 1 text, 0 not, and a weight: 0 where text only touches the cell, more for short strings, so that a lone letter
    counts like a line."""
    n, h, w = masks.shape
    cover = masks.reshape(n, h // 4, 4, w // 4, 4).mean((2, 4))
    text = cover >= 0.25
    weight = np.where((cover > 0) & ~text, 0, 1).astype(np.float32)
    for i, x0, y0, x1, y1 in boxes:
        part = np.s_[i, y0 // 4:(y1 + 3) // 4, x0 // 4:(x1 + 3) // 4]
        weight[part] = np.where(text[part], np.clip(math.sqrt(80 / max(1, text[part].sum())), 0.7, 4), weight[part])
    return text.astype(np.float32), weight


def augmented(rng, picture, text, weight):
    """Turned, mirrored, inverted, cut off, with another gamma and noise: (picture, text, weight, its height, its width)."""
    turn, mirror = int(rng.integers(4)), rng.random() < 0.5
    picture, text, weight = (np.rot90(a, turn)[:, ::-1] if mirror else np.rot90(a, turn) for a in (picture, text, weight))
    curve = 255 * (LUT / 255) ** float(np.exp(rng.normal(0, 0.25)))
    curve = 255 - curve if rng.random() < 0.35 else curve
    picture = curve[picture]
    if rng.random() < 0.25:
        picture = picture + rng.standard_normal(picture.shape).astype(np.float32) * rng.uniform(0.5, 5)
    side = picture.shape[0]
    height, width = (int(rng.integers(24, side + 1)) if rng.random() < 0.2 else side for _ in range(2))
    text, weight = text.copy(), weight.copy()
    weight[height // 4:] = 0
    weight[:, width // 4:] = 0
    picture = toned(np.rint(picture[:height, :width]))
    return np.pad(picture, ((0, side - height), (0, side - width)), mode="edge"), text, weight, height, width


def batch(rng, data, size):
    chosen = [augmented(rng, *(a[i] for a in data)) for i in rng.integers(0, len(data[0]), size)]
    *parts, heights, widths = zip(*chosen)
    x, text, weight = (torch.from_numpy(np.stack(part))[:, None] for part in parts)
    return prepared(x, heights, widths), text, weight


def train(network, data, minutes, size, peak):
    rng, start = np.random.default_rng(7), time.process_time()
    optimiser = torch.optim.AdamW(network.parameters(), lr=peak, weight_decay=1e-3)
    mean, steps, told = None, 0, 0
    while (done := (time.process_time() - start) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = peak * min(1, (steps + 1) / 100) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done)))
        x, text, weight = batch(rng, data, size)
        loss = F.binary_cross_entropy_with_logits(network(x), text, weight=weight * (1 + text), reduction="sum") / weight.sum()
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        mean, steps = float(loss) if mean is None else 0.99 * mean + 0.01 * float(loss), steps + 1
        if done * 10 > told:
            told += 1
            print(f"{done:.0%} step {steps} loss {mean:.4f}", flush=True)


def report(network, data, threshold):
    """Recall and over-redaction as the test set counts them (cells at 4 pixels, grown by 2; outside the truth grown by 4)."""
    network.eval()
    pictures, masks, boxes = data
    hit, over, clean, misses = 0, [], [], []
    found = []
    with torch.no_grad():
        for picture in pictures:
            logits = network(prepared(torch.from_numpy(toned(picture))[None, None], [picture.shape[0]], [picture.shape[1]]))[0, 0].numpy()
            found.append(np.kron(logits > math.log(threshold / (1 - threshold)), np.ones((4, 4), bool)))
    grown = [grow(f, 2) for f in found]
    for i, x0, y0, x1, y1 in boxes:
        share = grown[i][y0:y1, x0:x1][masks[i][y0:y1, x0:x1] > 0].mean()
        hit += share >= 0.9
        if share < 0.9:
            misses.append((i, x0, y0, x1, y1, round(float(share), 2)))
    over = [(f & ~grow(m > 0, 4)).mean() for f, m in zip(found, masks)]
    clean = [o for o, m in zip(over, masks) if not m.any()]
    print(f"threshold {threshold}: recall {hit / len(boxes):.2%} of {len(boxes)}, over-redaction {np.mean(over):.2%}, on pictures without text {np.mean(clean):.2%}")
    network.train()
    return misses


def grow(mask, by):
    h, w = mask.shape
    padded = np.pad(mask, by)
    rows = np.any([padded[i:i + h] for i in range(2 * by + 1)], 0)
    return np.any([rows[:, i:i + w] for i in range(2 * by + 1)], 0)


def widened(network, old):
    """Takes over the weights of an earlier, perhaps narrower network; layers it did not have start as the identity."""
    state = network.state_dict()
    for name, value in state.items():
        if name in old:
            part = tuple(slice(0, s) for s in old[name].shape) if value.ndim else ()
            if old[name].shape != value.shape:
                value.mul_(0.3)
            value[part] = old[name]
        elif value.ndim == 4 and value.shape[0] == value.shape[1]:
            value.mul_(0.1)
            value[:, :, value.shape[2] // 2, value.shape[3] // 2] += torch.eye(value.shape[0])
    network.load_state_dict(state)


def export(network, out):
    """`SMITEXT1`, then for each layer four int32 (kernel height, width, inputs, outputs), float16 weights [ky][kx][in][out], float16 bias."""
    network.eval()
    with open(out, "wb") as f:
        f.write(b"SMITEXT1")
        for _, weight, bias in network.layers():
            f.write(struct.pack("<4i", *weight.shape) + weight.astype("<f2").tobytes() + bias.astype("<f2").tobytes())


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("sets", nargs="+"); arguments.add_argument("--validation", required=True); arguments.add_argument("--out", required=True)
    arguments.add_argument("--minutes", type=float, default=10); arguments.add_argument("--from", dest="state"); arguments.add_argument("--peak", type=float, default=4e-3)
    options = arguments.parse_args()
    torch.manual_seed(1); torch.set_num_threads(1)
    loaded = [np.load(f) for f in options.sets]
    parts = [(d["pictures"], *targets(d["masks"], d["boxes"])) for d in loaded]
    data = [np.concatenate(p) for p in zip(*parts)]
    network = TextNetwork()
    if options.state:
        widened(network, torch.load(options.state))
    train(network, data, options.minutes, 6, options.peak)
    torch.save(network.state_dict(), options.out + ".pt")
    validation = np.load(options.validation)
    validation = validation["pictures"], validation["masks"], validation["boxes"]
    for threshold in (0.2, 0.35, 0.5, 0.65):
        misses = report(network, validation, threshold)
    export(network, options.out)


if __name__ == "__main__":
    main()
