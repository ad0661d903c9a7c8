#!/usr/bin/env python3
"""train.py SET.npz... --validation SET.npz --out WEIGHTS.bin [--steps N] [--from STATE.pt or WEIGHTS.bin]: trains the text detector on one core.
Every `--every` steps the weights are written as they are by then (a running mean of the last thousand steps), also as OUT.pt to continue from."""
import argparse
import copy
import math

import numpy as np
import torch
from torch.nn import functional as F

from network import TextNetwork, export, loaded, prepared, toned

LUT = np.arange(256, dtype=np.float32)
NEAR = 2.5


def targets(masks, boxes):
    """Per 4 x 4 cell: 1 text, 0 not, and a weight: 0 where text only touches the cell, more for short strings, so that a lone letter
    counts like a line, and more for cells a little way off the text: what is blanked beyond the text is lost."""
    n, h, w = masks.shape
    cover = masks.reshape(n, h // 4, 4, w // 4, 4).mean((2, 4), dtype=np.float32)
    text = cover >= 0.25
    weight = np.where((cover > 0) & ~text, 0, 1).astype(np.float32)
    weight[grown(cover > 0, 4) & ~grown(cover > 0, 1)] = NEAR
    for i, x0, y0, x1, y1 in boxes:
        part = np.s_[i, y0 // 4:(y1 + 3) // 4, x0 // 4:(x1 + 3) // 4]
        weight[part] = np.where(text[part], np.clip(math.sqrt(80 / max(1, text[part].sum())), 0.7, 4), weight[part])
    return text, weight.astype(np.float16)


def grown(masks, by):
    """Masks (n, h, w) with every set element grown to a square of 2 x by + 1."""
    return np.concatenate([F.max_pool2d(torch.from_numpy(part.astype(np.float32)), 2 * by + 1, 1, by).numpy() > 0 for part in np.array_split(masks, max(1, len(masks) // 50))])


def augmented(rng, picture, text, weight, size):
    """Turned, mirrored, inverted, cut off, with another gamma and noise: (picture, text, weight, its height, its width)."""
    turn, mirror, side = int(rng.integers(4)), rng.random() < 0.5, picture.shape[0]
    rows, columns = (int(s) // 4 for s in size)
    picture, text, weight = picture[:4 * rows, :4 * columns], text[:rows, :columns], weight[:rows, :columns]
    picture, text, weight = (np.rot90(a, turn)[:, ::-1] if mirror else np.rot90(a, turn) for a in (picture, text, weight))
    height, width = (int(rng.integers(min(24, s), s + 1)) if rng.random() < 0.15 else s for s in picture.shape)
    curve = 255 * (LUT / 255) ** float(np.exp(rng.normal(0, 0.25)))
    curve = 255 - curve if rng.random() < 0.35 else curve
    picture = picture[:height, :width]
    if rng.random() < 0.25:
        picture = toned(np.rint(curve[picture] + rng.standard_normal(picture.shape, np.float32) * rng.uniform(0.5, 5)))
    else:
        picture = tones(np.bincount(picture.ravel(), minlength=256), np.rint(curve))[picture]
    text, weight = (np.pad(a[:height // 4, :width // 4], ((0, side // 4 - height // 4), (0, side // 4 - width // 4))) for a in (text, weight))
    return np.pad(picture, ((0, side - height), (0, side - width)), mode="edge"), text, weight, height, width


def tones(counts, curve):
    """What `toned` makes of each of the values 0 .. 255 after the curve, in a picture that has `counts` of them."""
    used = np.flatnonzero(counts)
    order = used[np.argsort(curve[used])]
    rank = np.cumsum(counts[order])
    low, high = curve[order[np.searchsorted(rank, np.rint(np.array([0.005, 0.995]) * (rank[-1] - 1)), side="right")]]
    x = ((curve - low) / max(high - low, np.ptp(curve[used]) / 16, 1e-6)).astype(np.float32)
    return np.clip(x, 0, 1) + 0.3 * np.log1p(np.maximum(x - 1, 0)) - 0.3 * np.log1p(np.maximum(-x, 0))


class Lot:
    """Draws pictures: half of them evenly, half the more often the worse the network did on them when they were last seen."""

    def __init__(self, rng, data):
        self.rng, self.data = rng, data
        self.losses = np.full(len(data[0]), 0.1)

    def draw(self, size):
        bounded = np.minimum(self.losses, 5 * self.losses.mean())
        return self.rng.choice(len(self.losses), size, p=0.5 / len(bounded) + 0.5 * bounded / bounded.sum())

    def batch(self, chosen):
        *parts, heights, widths = zip(*(augmented(self.rng, *(a[i] for a in self.data)) for i in chosen))
        x, text, weight = (torch.from_numpy(np.stack(part).astype(np.float32))[:, None] for part in parts)
        return prepared(x, heights, widths), text, weight


def rate(peak, step, steps, rising):
    """Learning rate: up to its peak within the first steps, down to a hundredth of it along a cosine."""
    return peak * min(1, step / rising) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def train(network, data, steps, size, peak, every, out):
    lot, mean = Lot(np.random.default_rng(7), data), copy.deepcopy(network)
    network.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), lr=peak, weight_decay=1e-3)
    trend = None
    for step in range(1, steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = rate(peak, step, steps, rising=100)
        chosen = lot.draw(size)
        x, text, weight = lot.batch(chosen)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(x.contiguous(memory_format=torch.channels_last)).float()
        losses = F.binary_cross_entropy_with_logits(logits, text, weight=weight * (1 + text), reduction="none").sum((1, 2, 3))
        loss = losses.sum() / weight.sum()
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        lot.losses[chosen] = losses.detach().numpy() / np.maximum(1, weight.sum((1, 2, 3)).numpy())
        follow(mean, network, min(0.999, step / (step + 10)))
        trend = float(loss) if trend is None else 0.995 * trend + 0.005 * float(loss)
        if step % every == 0 or step == steps:
            print(f"step {step} loss {trend:.4f} of all {lot.losses.mean():.4f}", flush=True)
            torch.save(mean.state_dict(), out + ".pt")
            export(mean, out)
    return mean


def follow(mean, network, share):
    with torch.no_grad():
        for a, b in zip(mean.state_dict().values(), network.state_dict().values()):
            a.copy_(b if not a.is_floating_point() else a * share + b * (1 - share))


def report(network, data, thresholds):
    """As the test sets count: boxes found (cells at 4 pixels, grown by 2), area found beyond the truth grown by 4, and pictures that lose more than
    half a percent of what lies 8 pixels off the text, when 3 pixels are blanked around each cell."""
    network.eval()
    pictures, masks, boxes, sizes = data
    logits = []
    with torch.no_grad():
        for picture, (h, w) in zip(pictures, sizes):
            toned_part = np.pad(toned(picture[:h, :w]), ((0, picture.shape[0] - h), (0, picture.shape[1] - w)), mode="edge")
            logits.append(network(prepared(torch.from_numpy(toned_part)[None, None], [h], [w]))[0, 0].numpy())
    near, far = grown(masks > 0, 4), ~grown(masks > 0, 9)
    far &= np.array([(np.arange(masks.shape[1])[:, None] < h) & (np.arange(masks.shape[2]) < w) for h, w in sizes])
    for threshold in thresholds:
        found = np.kron(np.array(logits) > math.log(threshold / (1 - threshold)), np.ones((1, 4, 4), bool))
        wide = grown(found, 2)
        shares = np.array([wide[i, y0:y1, x0:x1].mean() for i, x0, y0, x1, y1 in boxes])
        over = np.mean([(f & ~n)[:h, :w].mean() for f, n, (h, w) in zip(found, near, sizes)])
        lost = np.array([(f & k).sum() / max(1, k.sum()) for f, k in zip(grown(found, 3), far)])
        bare = ~masks.any((1, 2))
        print(f"threshold {threshold}: recall {(shares >= 0.9).mean():.2%} of {len(boxes)}, over-redaction {over:.2%}, "
              f"pictures with losses {(lost > 0.005).mean():.1%}, without text {(lost > 0)[bare].mean():.1%} of {bare.sum()}", flush=True)
    network.train()


def settle(network, x):
    """Sets each batch normalisation to the statistics of x in such a way that it only adds its bias."""
    def hook(norm, inputs):
        mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3))
        norm.running_mean.copy_(mean); norm.running_var.copy_(variance)
        norm.weight.data.copy_(torch.sqrt(variance + norm.eps)); norm.bias.data.add_(mean)
    handles = [m.register_forward_pre_hook(hook) for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    network.eval()
    with torch.no_grad():
        network(x)
    network.train()
    for handle in handles:
        handle.remove()


def widened(network, old):
    """Takes over the weights of an earlier, perhaps narrower network; layers it did not have start as the identity."""
    state = network.state_dict()
    for name, value in state.items():
        if name in old:
            part = tuple(slice(0, s) for s in old[name].shape) if value.ndim else ()
            if old[name].shape != value.shape:
                value.mul_(0.1)
            value[part] = old[name]
        elif value.ndim == 4 and value.shape[0] == value.shape[1]:
            value.mul_(0.1)
            value[:, :, value.shape[2] // 2, value.shape[3] // 2] += torch.eye(value.shape[0])
    network.load_state_dict(state)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("sets", nargs="+"); arguments.add_argument("--validation", required=True); arguments.add_argument("--out", required=True)
    arguments.add_argument("--steps", type=int, default=20000); arguments.add_argument("--every", type=int, default=1000); arguments.add_argument("--from", dest="state"); arguments.add_argument("--peak", type=float, default=4e-3)
    options = arguments.parse_args()
    torch.manual_seed(1); torch.set_num_threads(1)
    parts = []
    for file in options.sets:
        with np.load(file) as d:
            parts.append((d["pictures"], *targets(d["masks"], d["boxes"]), d["sizes"]))
    data = [np.concatenate(p) for p in zip(*parts)]
    network = TextNetwork()
    if options.state and options.state.endswith(".pt"):
        widened(network, torch.load(options.state))
    elif options.state:
        widened(network, loaded(options.state).state_dict())
        settle(network, Lot(np.random.default_rng(3), data).batch(range(24))[0])
    d = np.load(options.validation)
    validation = d["pictures"], d["masks"], d["boxes"], d["sizes"]
    report(network, validation, (0.5,))
    network = train(network, data, options.steps, 6, options.peak, options.every, options.out)
    report(network, validation, (0.2, 0.35, 0.5, 0.65, 0.8))


if __name__ == "__main__":
    main()
