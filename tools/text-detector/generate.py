#!/usr/bin/env python3
"""generate.py OUT.npz COUNT [--seed N] [--validation] [--pictures DIR]: a training or validation set of pictures with burned-in text.

Arrays: `pictures` uint8 (n, 384, 384), `masks` uint8 (n, 384, 384; 1 = text), `boxes` (m, 5: picture, x0, y0, x1, y1)."""
import argparse
import io

import numpy as np
from PIL import Image

from backgrounds import Photographs, background, blurred
from burn import Fonts, burn_text

SIDE = 384


def finished(rng, picture):
    """What may happen to a picture after the text was burned: blur, JPEG, noise."""
    if rng.random() < 0.12:
        picture = blurred(picture, rng.uniform(0.35, 0.8))
    picture = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
    if rng.random() < 0.2:
        stream = io.BytesIO()
        Image.fromarray(picture).save(stream, "JPEG", quality=int(rng.integers(40, 96)))
        picture = np.asarray(Image.open(stream))
    return picture


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out"); arguments.add_argument("count", type=int)
    arguments.add_argument("--seed", type=int, default=1); arguments.add_argument("--validation", action="store_true"); arguments.add_argument("--pictures")
    options = arguments.parse_args()
    rng, fonts, photographs = np.random.default_rng(options.seed), Fonts(options.validation), Photographs(options.pictures)
    print(f"{len(fonts.latin)} latin, {len(fonts.bitmap)} bitmap, {len(fonts.other)} fonts of other scripts, {len(photographs.pictures)} pictures")
    pictures, masks, boxes = [], [], []
    for i in range(options.count):
        page = burn_text(rng, np.array(background(rng, (SIDE, SIDE), photographs), np.float32), fonts)
        pictures.append(finished(rng, page.picture)); masks.append(page.mask)
        boxes += [(i, *b) for b in page.boxes]
    np.savez(options.out, pictures=np.array(pictures), masks=np.array(masks), boxes=np.array(boxes, np.int32))


if __name__ == "__main__":
    main()
