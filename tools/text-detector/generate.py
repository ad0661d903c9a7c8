#!/usr/bin/env python3
"""generate.py OUT.npz COUNT [--seed N] [--validation] [--pictures DIR]: a training or validation set of pictures with burned-in text.

Arrays: `pictures` uint8 (n, 384, 384), `masks` uint8 (n, 384, 384; 1 = text), `boxes` (m, 5: picture, x0, y0, x1, y1), `sizes`
(n, 2: height, width of the picture; what lies beyond is 0). Over a third of the pictures are small, and enlarged as the detector
enlarges them at its first or its second look."""
import argparse
import io

import numpy as np
from PIL import Image

from backgrounds import Photographs, background, blurred
from burn import Fonts, burn_text

SIDE = 384
SMALL, LEAST = 256, 112


def finished(rng, picture, small):
    """What may happen to a picture after the text was burned: blur, JPEG, noise. Noise of small pictures is enlarged with them, to grains that must not pass for text."""
    if rng.random() < 0.12:
        picture = blurred(picture, rng.uniform(0.35, 0.8))
    if rng.random() < 0.08:
        picture = picture + rng.standard_normal(picture.shape) * rng.uniform(1, 8)
    if small and rng.random() < 0.4:
        picture = picture + rng.standard_normal(picture.shape) * np.exp(rng.uniform(np.log(0.5), np.log(25)))
    if rng.random() < 0.04:
        levels = int(rng.choice([2, 3, 4, 8, 16]))
        picture = np.floor(np.clip(picture, 0, 255) / 256 * levels) * (255 / (levels - 1))
    picture = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
    if rng.random() < 0.2:
        stream = io.BytesIO()
        Image.fromarray(picture).save(stream, "JPEG", quality=int(rng.integers(40, 96)))
        picture = np.asarray(Image.open(stream))
    return picture


def factor(height, width):
    """How many times the detector enlarges a picture (TextDetector.cs)."""
    side = max(height, width)
    return 1 if side > SMALL else max(2, -(-LEAST // side))


def burned(rng, fonts, photographs, background=background, burn_text=burn_text):
    """(picture uint8, mask of text, boxes): one picture at the size at which the detector looks at it."""
    small = rng.random() < 0.38
    shape = tuple(int(s) for s in (np.maximum(24, np.exp(rng.uniform(np.log(32), np.log(SMALL))) * rng.uniform(rng.choice([0.25, 0.6, 0.6]), 1, 2)) if small else (SIDE, SIDE)))
    page = burn_text(rng, np.array(background(rng, shape, photographs), np.float32), fonts)
    times = factor(*shape) * (2 if rng.random() < (0.3 if small else 0.06) else 1)
    picture, mask = (np.kron(a, np.ones((times, times), np.uint8)) for a in (finished(rng, page.picture, small), page.mask))
    return picture, mask, np.array(page.boxes, int).reshape(-1, 4) * times


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out"); arguments.add_argument("count", type=int)
    arguments.add_argument("--seed", type=int, default=1); arguments.add_argument("--validation", action="store_true"); arguments.add_argument("--pictures")
    options = arguments.parse_args()
    rng, fonts, photographs = np.random.default_rng(options.seed), Fonts(options.validation), Photographs(options.pictures)
    print(f"{len(fonts.latin)} latin, {len(fonts.bitmap)} bitmap, {len(fonts.other)} fonts of other scripts, {len(photographs.pictures)} pictures")
    pictures, masks = np.zeros((2, options.count, SIDE, SIDE), np.uint8)
    boxes, sizes = [], []
    for i in range(options.count):
        picture, mask, found = burned(rng, fonts, photographs)
        y, x = (4 * int(rng.integers(0, max(0, s - SIDE) // 4 + 1)) for s in picture.shape)
        picture, mask = (a[y:y + SIDE, x:x + SIDE] for a in (picture, mask))
        height, width = picture.shape
        pictures[i, :height, :width], masks[i, :height, :width] = picture, mask
        sizes.append((height, width))
        for box in found:
            x0, y0, x1, y1 = np.clip(box - (x, y, x, y), 0, (width, height, width, height))
            if x1 > x0 and y1 > y0:
                boxes.append((i, x0, y0, x1, y1))
    np.savez(options.out, pictures=pictures, masks=masks, boxes=np.array(boxes, np.int32).reshape(-1, 5), sizes=np.array(sizes, np.int32))


if __name__ == "__main__":
    main()
