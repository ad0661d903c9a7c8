#!/usr/bin/env python3
"""mine.py OUT.npz COUNT --first WEIGHTS.bin [--seed N] [--validation] [--pictures DIR] [--only letters|graphics|grounds]: what the first look is in doubt about.

COUNT pictures are generated as for the first look, or full of short strings, or without text: full of what a screen shows beside it, or of tissue only.
Arrays: `tones` float16 (n, 96, 96; toned values around the middle of a doubtful region, the picture's edge repeated beyond it), `masks` uint8 (n, 96, 96; 1 = text, 2 =
beyond the picture), `logits` float16 (n, 24, 24: the first network's, -99 beyond the picture), `regions` uint8 (n, 24, 24: 1 = a cell of the region in question)."""
import argparse
from functools import partial

import numpy as np
import torch
from scipy import ndimage

import backgrounds
import burn
import screens
import tissue
from generate import burned
from network import CELL, first_look, loaded, toned

SIDE = 96
POSSIBLE, DOUBTFUL, SURE = -1.73, -3.0, 6.0
CERTAIN, STRAND, LEAST_OF_STRAND = 1.1, 3, 4
EIGHT = np.ones((3, 3), int)


def doubtful(rng, logits, mask):
    """Cells of each region worth a second look; of the text that the first network is sure of, some, and what of a region lies far from all that is certain."""
    cells = logits > POSSIBLE
    regions, _ = ndimage.label(cells, EIGHT)
    lone, _ = ndimage.label((logits > DOUBTFUL) & ~ndimage.binary_dilation(cells, EIGHT), EIGHT)
    certain = logits > CERTAIN
    near = ndimage.binary_dilation(certain, EIGHT, iterations=STRAND, mask=cells)
    strands, _ = ndimage.label(np.isin(regions, regions[certain]) & cells & ~near, EIGHT)
    for labels in (regions, lone, strands):
        for label, place in enumerate(ndimage.find_objects(labels), 1):
            members = labels[place] == label
            if labels is strands and members.sum() < LEAST_OF_STRAND:
                continue
            highest = logits[place][members].max()
            text = mask[tuple(slice(s.start * CELL, s.stop * CELL) for s in place)].any()
            if highest < SURE or not text or rng.random() < 0.1:
                ys, xs = np.nonzero(members)
                yield ys + place[0].start, xs + place[1].start


def ground(rng, shape, photographs):
    """A picture without text or graphics: what a scanner or a camera saw, more of the photographs in a narrow window than elsewhere."""
    if rng.random() < 0.4 or not photographs.pictures:
        return tissue.any_of(rng, shape)
    picture = photographs.draw(rng, shape)
    return tissue.windowed(rng, picture) if rng.random() < 0.3 else picture


def screen(rng, shape, photographs):
    """A picture without text; most are screens with much graphics."""
    makers = [screens.fan, backgrounds.ultrasound, screens.difference_plane, backgrounds.phantom, backgrounds.lures.chain, photographs.draw if photographs.pictures else backgrounds.anatomy]
    kind = int(rng.choice(len(makers), p=[0.3, 0.1, 0.15, 0.1, 0.1, 0.25]))
    picture = makers[kind](rng, shape)
    return screens.strewn(rng, picture) if kind < 5 and rng.random() < 0.9 else picture


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out"); arguments.add_argument("count", type=int); arguments.add_argument("--first", required=True)
    arguments.add_argument("--seed", type=int, default=1); arguments.add_argument("--validation", action="store_true"); arguments.add_argument("--pictures"); arguments.add_argument("--only", choices=["letters", "graphics", "grounds"])
    options = arguments.parse_args()
    torch.set_num_threads(1)
    rng, fonts, photographs, network = np.random.default_rng(options.seed), burn.Fonts(options.validation), backgrounds.Photographs(options.pictures), loaded(options.first)
    nothing = partial(burned, burn_text=lambda rng, picture, fonts: burn.Page(picture))
    make = {None: burned, "letters": partial(burned, burn_text=burn.short_strings), "graphics": partial(nothing, background=screen), "grounds": partial(nothing, background=ground)}[options.only]
    parts = {"tones": [], "masks": [], "logits": [], "regions": []}
    for _ in range(options.count):
        picture, mask, _ = make(rng, fonts, photographs)
        tones, logits = toned(picture), first_look(network, picture)
        height, width = picture.shape
        reach = SIDE // 2
        tones = np.pad(tones, reach, mode="edge")
        mask = np.pad(mask, reach, constant_values=2)
        logits = np.pad(logits[:-(-height // CELL), :-(-width // CELL)], reach // CELL, constant_values=-99)
        chosen = list(doubtful(rng, logits, mask))
        for k in rng.permutation(len(chosen))[:24]:
            ys, xs = chosen[k]
            pick = rng.integers(len(ys))
            y, x = (int(np.clip(v.mean(), v[pick] - 4, v[pick] + 4)) for v in (ys, xs))
            y, x = (int(np.clip(v, reach // CELL, s - reach // CELL)) for v, s in ((y, logits.shape[0]), (x, logits.shape[1])))
            window = np.s_[y - reach // CELL:y + reach // CELL, x - reach // CELL:x + reach // CELL]
            pixels = np.s_[CELL * y - reach:CELL * y + reach, CELL * x - reach:CELL * x + reach]
            region = np.zeros(logits.shape, np.uint8)
            region[ys, xs] = 1
            tone, part = tones[pixels], mask[pixels]
            if tone.shape == (SIDE, SIDE) and logits[window].shape == region[window].shape == (SIDE // CELL, SIDE // CELL):
                for name, value in zip(parts, (tone.astype(np.float16), part, logits[window].astype(np.float16), region[window])):
                    parts[name].append(value)
    np.savez(options.out, **{name: np.array(values) for name, values in parts.items()})
    print(f"{len(parts['tones'])} regions", flush=True)


if __name__ == "__main__":
    main()
