#!/usr/bin/env python3
"""train_second.py SET.npz... --validation SET.npz --out WEIGHTS.bin [--steps N] [--from STATE.pt | --first WEIGHTS.bin]: trains the second look on one core.

The sets are those of mine.py; `--first` begins with the weights of the first look. Weights are written every `--every` steps, also as OUT.pt to continue from."""
import argparse
import copy
import math

import numpy as np
import torch
from scipy import ndimage
from torch.nn import functional as F

from network import CELL, SECOND_LOOK, TextNetwork, export, loaded, prepared
from train import follow, rate, settle, widened

SIDE, WINDOW = 96, 64
SHARE_OF_FIRST = 0.3  # as in SecondLook.cs
TEXT, SURE_TEXT, CLEAR, BESIDE = 1, 2, 0, -1
SHARES = {TEXT: 0.38, SURE_TEXT: 0.13, CLEAR: 0.41, BESIDE: 0.08}


def kinds(data):
    """Of each region: text that the first look is not sure of anywhere, other text (mostly a part of a large glyph), clear of text, or beside text."""
    found = np.zeros(len(data["masks"]), int)
    cells = (data["masks"] == 1).reshape(-1, SIDE // CELL, CELL, SIDE // CELL, CELL).mean((2, 4), dtype=np.float32)
    eight = np.ones((3, 3))
    for i, (region, cover, logits) in enumerate(zip(data["regions"] > 0, cells, data["logits"].astype(np.float32))):
        if cover[region].mean() > 0.25:
            lines, _ = ndimage.label(cover > 0.3, eight)
            line = np.isin(lines, np.setdiff1d(lines[region], [0]))
            ys, xs = np.nonzero(line)
            is_whole = len(ys) > 0 and min(np.ptp(ys), np.ptp(xs)) <= 13
            found[i] = TEXT if is_whole and logits[line].max() < 3.5 else SURE_TEXT
        elif cover[ndimage.binary_dilation(region, eight)].any():
            found[i] = BESIDE
    return found


def sample(rng, data, i, varied=True):
    """(tones at twice the size, target and weight for each 2 x 2 pixels): a window of a region, turned, mirrored, inverted, with another contrast and noise."""
    y, x = (2 * int(rng.integers((SIDE - WINDOW) // 2 + 1)) if varied else (SIDE - WINDOW) // 2 for _ in range(2))
    region = np.kron(data["regions"][i], np.ones((CELL, CELL), np.uint8))
    parts = [a[y:y + WINDOW, x:x + WINDOW] for a in (data["tones"][i].astype(np.float32), data["masks"][i], region)]
    if varied:
        turn, mirror = int(rng.integers(4)), rng.random() < 0.5
        parts = [np.rot90(a, turn)[:, ::-1] if mirror else np.rot90(a, turn) for a in parts]
    tones, mask, region = parts
    if varied:
        tones = 1 - tones if rng.random() < 0.35 else tones
        tones = np.sign(tones) * np.abs(tones) ** np.float32(np.exp(rng.normal(0, 0.2))) * np.float32(np.exp(rng.normal(0, 0.15))) + np.float32(rng.normal(0, 0.05))
        if rng.random() < 0.25:
            tones = tones + rng.standard_normal(tones.shape, np.float32) * np.float32(np.exp(rng.uniform(math.log(0.003), math.log(0.04))))
    pairs = lambda a: a.reshape(WINDOW // 2, 2, WINDOW // 2, 2)
    cover = pairs(mask == 1).mean((1, 3))
    weight = np.where((cover > 0) & (cover < 1), 0, 1) * (1 - pairs(mask == 2).max((1, 3))) * (1 + 3 * pairs(region).max((1, 3)))
    return np.ascontiguousarray(tones).repeat(2, 0).repeat(2, 1), cover >= 0.5, weight


def batch(rng, data, chosen, varied=True):
    tones, text, weight = (torch.from_numpy(np.stack(a).astype(np.float32))[:, None] for a in zip(*(sample(rng, data, i, varied) for i in chosen)))
    return prepared(tones, [2 * WINDOW] * len(chosen), [2 * WINDOW] * len(chosen)).contiguous(memory_format=torch.channels_last), text, weight


def logits_of(network, x):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return network(x).float()


def report(network, data):
    """How much of the text that matters is missed where one, three and ten of a hundred regions without text are taken for some: by the first look, by the second, and by
    the second with the share of the first that counts in the end."""
    network.eval()
    rng, of, scores = np.random.default_rng(0), kinds(data), []
    start = (SIDE - WINDOW) // 2 // CELL
    middle = np.s_[start:start + WINDOW // CELL, start:start + WINDOW // CELL]
    with torch.no_grad():
        for k in range(0, len(of), 64):
            chosen = range(k, min(k + 64, len(of)))
            for i, answer in zip(chosen, logits_of(network, batch(rng, data, chosen, varied=False)[0]).numpy()[:, 0]):
                region = data["regions"][i][middle] > 0
                region = region if region.any() else ~region
                second = answer.reshape(WINDOW // CELL, 2, WINDOW // CELL, 2).mean((1, 3))[region]
                scores.append((data["logits"][i].astype(np.float32)[middle][region].max(), np.sort(second)[-3:].mean()))
    first, second = np.array(scores).T
    for name, score in (("first", first), ("second", second), ("both", SHARE_OF_FIRST * first + second)):
        thresholds = np.quantile(score[of == CLEAR], [0.99, 0.97, 0.9])
        print(f"{name}: missed " + ", ".join(f"{(score[of == TEXT] < t).mean():.1%}" for t in thresholds), end="; ")
    print(f"{(of == TEXT).sum()} of text, {(of == CLEAR).sum()} without", flush=True)
    network.train()


def drawn(rng, parts, losses, size):
    """Of each kind its share, two fifths of it the more often the worse the network did on them when they were last seen."""
    chosen = []
    for kind, members in parts.items():
        bounded = np.minimum(losses[members], 4 * losses[members].mean())
        chosen += list(rng.choice(members, round(size * SHARES[kind]), p=0.6 / len(members) + 0.4 * bounded / bounded.sum()))
    return chosen


def train(network, data, validation, steps, peak, every, out, size=32):
    rng, of, mean = np.random.default_rng(3), kinds(data), copy.deepcopy(network)
    parts, losses, trend = {kind: np.flatnonzero(of == kind) for kind in SHARES}, np.full(len(of), 0.3, np.float32), None
    network.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), lr=peak, weight_decay=1e-3)
    for step in range(1, steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = rate(peak, step, steps, rising=200)
        chosen = drawn(rng, parts, losses, size)
        x, text, weight = batch(rng, data, chosen)
        each = F.binary_cross_entropy_with_logits(logits_of(network, x), text, weight=weight, reduction="none").sum((1, 2, 3))
        loss = each.sum() / weight.sum()
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        losses[chosen] = each.detach().numpy() / np.maximum(1, weight.sum((1, 2, 3)).numpy())
        follow(mean, network, min(0.998, step / (step + 10)))
        trend = float(loss) if trend is None else 0.995 * trend + 0.005 * float(loss)
        if step % every == 0 or step == steps:
            print(f"step {step} loss {trend:.4f}", end=" ")
            torch.save(mean.state_dict(), out + ".pt")
            export(mean, out)
            report(mean, validation)


def read(files):
    sets = [np.load(file) for file in files]
    return {name: np.concatenate([s[name] for s in sets]) for name in ("tones", "masks", "logits", "regions")}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("sets", nargs="+"); arguments.add_argument("--validation", required=True); arguments.add_argument("--out", required=True)
    arguments.add_argument("--steps", type=int, default=20000); arguments.add_argument("--every", type=int, default=1000); arguments.add_argument("--peak", type=float, default=1.5e-3)
    arguments.add_argument("--from", dest="state"); arguments.add_argument("--first")
    options = arguments.parse_args()
    torch.manual_seed(1); torch.set_num_threads(1)
    data, network = read(options.sets), TextNetwork(SECOND_LOOK)
    if options.state:
        network.load_state_dict(torch.load(options.state))
    elif options.first:
        widened(network, loaded(options.first).state_dict())
        settle(network, batch(np.random.default_rng(3), data, range(64))[0])
    train(network, data, read([options.validation]), options.steps, options.peak, options.every, options.out)


if __name__ == "__main__":
    main()
