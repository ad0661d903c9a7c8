#!/usr/bin/python3
"""cine.py OUT.dcm --fonts DIR [--frames N] [--side S]: an ultrasound cine whose every frame differs, with a name on it, to time the pixel stage with."""
import argparse

import numpy as np

from heldout import Lettering, burn, console, echoes, instance, line


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out"); arguments.add_argument("--fonts", required=True); arguments.add_argument("--frames", type=int, default=1000); arguments.add_argument("--side", type=int, default=512)
    options = arguments.parse_args()
    rng = np.random.default_rng(1)
    still = echoes(rng, (options.side, options.side))
    console(rng, still)
    ink = line(rng, Lettering(rng, options.fonts).font(18), "Lindqvist, Ingrid 04.11.1957", False)
    inside, frames = still > 0, np.empty((options.frames, options.side, options.side), np.uint8)
    for i in range(options.frames):
        picture = np.clip(still + inside * rng.normal(0, 12, still.shape), 0, 255)
        burn(rng, picture, ink, 8, 8, ["white"])
        frames[i] = picture
    instance(options.out, frames, 8, "MONOCHROME2", False, "US")


if __name__ == "__main__":
    main()
