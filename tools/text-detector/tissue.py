"""Pictures of tissue whose small parts are as hard-edged as letters: flow in colour, wet walls seen by an endoscope, stained sections, hollow bones, hard windows,
or that repeat as lines of text do: ribs.

Same conventions as backgrounds.py."""
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from fields import resized


def field(rng, shape, cells):
    """Smooth noise of deviation one; `cells` of its grains fit along the longer side."""
    h, w = shape
    coarse = rng.standard_normal((max(2, round(cells * h / max(shape))) + 1, max(2, round(cells * w / max(shape))) + 1)).astype(np.float32)
    smooth = resized(coarse, shape)
    return (smooth - smooth.mean()) / (smooth.std() + 1e-6)


def echoes(rng, shape):
    """Dark speckle of tissue, without a sector around it."""
    return np.abs(field(rng, shape, rng.uniform(60, 200))) * (1 + 0.6 * field(rng, shape, 6)) * rng.uniform(10, 50)


def windowed(rng, picture):
    """As a narrow window shows it: all below is black, all above white, and what lies between has few steps."""
    low = np.quantile(picture, rng.uniform(0, 0.85))
    high = low + (picture.max() - low) * np.exp(rng.uniform(math.log(0.04), math.log(0.6))) + 1
    shown = np.clip((picture - low) / (high - low), 0, 1)
    if rng.random() < 0.3:
        shown = np.rint(shown * (steps := rng.uniform(1, 12))) / steps
    return (shown * rng.uniform(120, 255)).astype(np.float32)


def flow(rng, shape):
    """Blood flow in colour, as one of its colour differences or as brightness over tissue: branching vessels and torn patches in steps of velocity."""
    h, w = shape
    canvas = Image.new("L", (w, h))
    draw = ImageDraw.Draw(canvas)
    for _ in range(int(rng.integers(1, 9))):
        x, y, turn, wide = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0, 2 * math.pi), float(np.exp(rng.uniform(math.log(1.5), math.log(16))))
        for _ in range(int(rng.integers(3, 40))):
            turn, wide = turn + rng.normal(0, 0.35), max(1, wide * np.exp(rng.normal(0, 0.15)))
            to = x + 1.2 * (wide + 2) * math.cos(turn), y + 1.2 * (wide + 2) * math.sin(turn)
            if rng.random() < 0.92:
                draw.line([(x, y), to], fill=255, width=max(1, round(wide)))
                draw.ellipse([to[0] - wide / 2, to[1] - wide / 2, to[0] + wide / 2, to[1] + wide / 2], fill=255)
            x, y = to
            if rng.random() < 0.1:
                x, y, turn = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0, 2 * math.pi)
    blood = np.asarray(canvas.filter(ImageFilter.GaussianBlur(rng.uniform(0, 1.5))), np.float32) / 255
    blood = blood * (1 + field(rng, shape, rng.uniform(20, 120)) * rng.uniform(0, 0.8)) if rng.random() < 0.7 else blood
    if rng.random() < 0.4:
        blood = np.maximum(blood, (field(rng, shape, rng.uniform(4, 30)) > rng.uniform(0.5, 1.8)) * np.abs(field(rng, shape, rng.uniform(5, 60))))
    velocity = np.clip(blood, 0, 1.5) * (1 + 0.6 * field(rng, shape, rng.uniform(2, 20))) * float(rng.choice([-1, 1, 1]))
    if rng.random() < 0.3:
        velocity = velocity * np.sign(field(rng, shape, rng.uniform(2, 12)))
    grain = int(rng.choice([1, 1, 2, 3]))
    velocity = resized(velocity[::grain, ::grain], shape, Image.NEAREST if rng.random() < 0.3 else Image.BICUBIC)
    velocity = np.where(np.abs(velocity) > rng.uniform(0.05, 0.4), np.rint(velocity * (steps := rng.uniform(2, 16))) / steps, 0)
    if rng.random() < 0.6:
        return (128 + velocity * rng.uniform(15, 100) + rng.standard_normal(shape) * rng.choice([0, 0, 1, 3])).astype(np.float32)
    beneath = echoes(rng, shape)
    return np.where(velocity != 0, 60 + np.abs(velocity) * rng.uniform(60, 190), beneath).astype(np.float32)


def mosaic(rng, shape):
    """Turbulent flow: a part of the picture in short wide patches of a few colours that change at random, hard-edged, on grey or over tissue."""
    h, w = shape
    wide, tall = rng.uniform(3, 24), rng.uniform(1.5, 9)
    coarse = rng.standard_normal((max(2, round(h / tall)), max(2, round(w / wide)))).astype(np.float32)
    patches = resized(coarse, shape, Image.BICUBIC if rng.random() < 0.7 else Image.NEAREST)
    direction = field(rng, shape, rng.uniform(1.5, 6)) * rng.uniform(0, 1.5)
    steps = rng.uniform(0.8, 6)
    velocity = np.clip(np.rint((patches + direction) * steps) / steps, -2, 2)
    inside = field(rng, shape, rng.uniform(1.5, 5)) + 0.4 * field(rng, shape, rng.uniform(15, 60)) > rng.uniform(-0.5, 1.2)
    velocity = np.where(inside & (np.abs(velocity) > rng.uniform(0, 0.8)), np.abs(velocity) if rng.random() < 0.3 else velocity, 0)
    if rng.random() < 0.7:
        return (128 + velocity * rng.uniform(15, 60) + rng.standard_normal(shape) * rng.choice([0, 1, 3])).astype(np.float32)
    beneath = echoes(rng, shape)
    return np.where(velocity != 0, 120 + velocity * rng.uniform(30, 65), beneath).astype(np.float32)


def wet(rng, shape):
    """A smooth folded wall in the light of an endoscope: shading, fine vessels, torn white highlights with hard edges, often in rows."""
    h, w = shape
    wall = 130 + 45 * field(rng, shape, rng.uniform(1.5, 4)) + 12 * field(rng, shape, rng.uniform(8, 30)) + rng.uniform(0, 5) * field(rng, shape, rng.uniform(60, 200))
    fold = np.abs(field(rng, shape, rng.uniform(2, 7)))
    wall = wall - 60 * np.exp(-fold * rng.uniform(6, 25))
    shine = field(rng, shape, rng.uniform(20, 120)) + rng.uniform(0.4, 1.5) * field(rng, shape, rng.uniform(2, 9))
    glare = np.clip((shine - np.quantile(shine, rng.uniform(0.93, 0.997))) * rng.uniform(2, 20), 0, 1)
    picture = wall * (1 - glare) + glare * float(rng.choice([255, rng.uniform(200, 255)]))
    if rng.random() < 0.3:
        picture = 255 - picture
    return picture.astype(np.float32) + rng.standard_normal(shape).astype(np.float32) * rng.choice([0, 1, 3])


def cells(rng, shape):
    """A stained section: dark kernels of one size, in rings around clefts or scattered, on ground in two tones with clear spaces."""
    h, w = shape
    ground = 190 + 25 * field(rng, shape, rng.uniform(4, 20)) + 12 * field(rng, shape, rng.uniform(30, 150))
    if rng.random() < 0.6:
        ground[field(rng, shape, rng.uniform(3, 14)) > rng.uniform(0.6, 1.6)] = 238
    canvas = Image.new("L", (w, h))
    draw = ImageDraw.Draw(canvas)
    size, shade = np.exp(rng.uniform(math.log(1), math.log(7))), rng.uniform(120, 255)

    def kernel(x, y, turn):
        a, b = size * rng.uniform(0.7, 1.4), size * rng.uniform(0.4, 1)
        angles = np.linspace(0, 2 * math.pi, 9)
        draw.polygon([(x + a * math.cos(t) * math.cos(turn) - b * math.sin(t) * math.sin(turn), y + a * math.cos(t) * math.sin(turn) + b * math.sin(t) * math.cos(turn)) for t in angles],
                     fill=int(shade * rng.uniform(0.7, 1)))

    for _ in range(int(rng.integers(0, 12))):
        cx, cy, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(4, 14) * size
        for t in np.linspace(0, 2 * math.pi, int(rng.uniform(0.5, 0.9) * math.pi * r / size) + 3):
            kernel(cx + r * math.cos(t) + rng.normal(0, size / 3), cy + r * math.sin(t) * 0.8 + rng.normal(0, size / 3), t)
    for _ in range(int(h * w / (size * size) * np.exp(rng.uniform(math.log(0.002), math.log(0.06))))):
        kernel(rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0, 6.3))
    ink = np.asarray(canvas.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.2))), np.float32)
    picture = ground - ink * rng.uniform(0.4, 0.75)
    return (255 - picture if rng.random() < 0.3 else picture).astype(np.float32) + rng.standard_normal(shape).astype(np.float32) * rng.choice([0, 2, 5])


def bones(rng, shape):
    """Bones of a trunk as a slice cuts them, in muscle and fat with noise: bright walls around a grey inside, closed or open, with tails, arms and joints; vessels with contrast."""
    h, w = shape
    scale = rng.uniform(0.5, 2)
    muscle, level = rng.uniform(60, 130), rng.uniform(170, 255)
    picture = muscle + 6 * field(rng, shape, rng.uniform(3, 20))
    picture[field(rng, shape, rng.uniform(1.5, 5)) > rng.uniform(0.3, 1.5)] = muscle * rng.uniform(0.1, 0.8)
    outer, inner = Image.new("L", (w, h)), Image.new("L", (w, h))
    walls, marrow = ImageDraw.Draw(outer), ImageDraw.Draw(inner)
    for _ in range(int(rng.integers(2, 14))):
        x, y, turn, bend = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0, 2 * math.pi), rng.normal(0, 0.08)
        wide, wall = scale * np.exp(rng.uniform(math.log(3), math.log(13))), scale * rng.uniform(1, 3.5)
        length, taper = int(rng.choice([1, rng.integers(2, 8), rng.integers(5, 25)])), rng.uniform(0.7, 1.05)
        for _ in range(length):
            walls.ellipse([x - wide, y - wide, x + wide, y + wide], fill=int(255 * rng.uniform(0.93, 1)))
            hollow = wide - wall
            if hollow > 0.5:
                marrow.ellipse([x - hollow, y - hollow, x + hollow, y + hollow], fill=255)
            x, y, turn, wide = x + 0.8 * wide * math.cos(turn), y + 0.8 * wide * math.sin(turn), turn + bend, max(0.8, wide * taper)
    soft = rng.uniform(0.5, 1.1) * scale
    wall, hollow = (np.asarray(c.filter(ImageFilter.GaussianBlur(soft)), np.float32) / 255 for c in (outer, inner))
    wall = wall * (1 + 0.15 * field(rng, shape, rng.uniform(15, 80)))
    picture = picture * (1 - np.clip(wall, 0, 1)) + level * wall
    picture = picture * (1 - hollow) + (muscle * rng.uniform(0.7, 1.4) + 12 * field(rng, shape, rng.uniform(40, 160))) * hollow
    if rng.random() < 0.4:
        x = np.cumsum(rng.standard_normal(h + w)).astype(np.float32)
        picture += 0.6 * np.lib.stride_tricks.sliding_window_view(x - np.convolve(x, np.ones(25) / 25, "same"), w)[:h] * rng.uniform(0.5, 3)
    return (picture + rng.standard_normal(shape) * np.exp(rng.uniform(math.log(0.5), math.log(9)))).astype(np.float32)


def ribs(rng, shape):
    """A radiograph of what lies in rows: arcs of ribs, faint or clear, over lungs and a spine of smooth grey, discs between vertebrae, a scatter grid; dark or bright beside the body."""
    h, w = shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    size = max(shape)
    middle = w * rng.uniform(0.3, 0.7)
    across = (x - middle) / size
    picture = rng.uniform(80, 190) + rng.uniform(5, 40) * field(rng, shape, rng.uniform(1.2, 4)) + rng.uniform(-60, 60) * y / h
    for side in (-1, 1):
        lung = ((across - side * rng.uniform(0.14, 0.26)) / rng.uniform(0.08, 0.16)) ** 2 + ((y / size - rng.uniform(0.3, 0.6)) / rng.uniform(0.2, 0.45)) ** 2
        picture -= rng.uniform(0, 120) * np.exp(-lung ** rng.uniform(0.7, 3))
    spine = np.exp(-np.abs(across / rng.uniform(0.02, 0.09)) ** rng.uniform(1.5, 6))
    apart = np.exp(rng.uniform(math.log(4), math.log(40)))
    bow, tilt, wide = rng.uniform(-0.8, 0.8), rng.uniform(-0.5, 0.5), rng.uniform(0.06, 0.3)
    along = y + size * (bow * np.abs(across) ** rng.uniform(1, 2.2) + tilt * across) + rng.uniform(0, 4) * field(rng, shape, 3)
    arcs = np.exp(-(((along / apart) % 1 - 0.5) / wide) ** 2)
    if rng.random() < 0.3:
        arcs = np.maximum(arcs, np.exp(-((((y - size * bow * np.abs(across)) / apart / rng.uniform(0.8, 1.3)) % 1 - 0.5) / wide) ** 2))
    shown = 1 / (1 + np.exp(-rng.uniform(1, 6) * field(rng, shape, rng.uniform(1.5, 5)))) if rng.random() < 0.5 else 1
    picture += np.exp(rng.uniform(math.log(3), math.log(60))) * rng.choice([-1, 1, 1, 1]) * arcs * shown * (1 - spine)
    vertebrae = 1 + rng.uniform(0, 0.4) * np.sin(y / apart * rng.uniform(3, 8))
    picture += rng.uniform(0, 110) * spine * vertebrae
    if rng.random() < 0.7:
        edge = np.minimum(x, w - 1 - x) / size
        picture += rng.uniform(-160, 160) * np.exp(-edge / rng.uniform(0.005, 0.08))
    if rng.random() < 0.15:
        picture += rng.uniform(1, 8) * np.sin((x if rng.random() < 0.5 else y) * rng.uniform(0.8, 3))
    picture = picture + rng.standard_normal(shape) * np.exp(rng.uniform(math.log(0.3), math.log(8)))
    return np.clip(picture, 0, 255).astype(np.float32)


def organs(rng, shape):
    """Even blobs that meet and cover each other: rings, hooks, bars and bent bars as hard as drawn, some no larger than a letter, in an even body."""
    h, w = shape
    scale = float(rng.choice([1, 2, 3, 4]))
    small = max(16, round(h / scale)), max(16, round(w / scale))
    y, x = np.mgrid[0:small[0], 0:small[1]].astype(np.float32)
    y, x = (y + 0.5) / small[0], (x + 0.5) / small[1]
    def inside(cy, cx, ry, rx, turn):
        a, b = y - cy, x - cx
        return ((a * math.cos(turn) + b * math.sin(turn)) / ry) ** 2 + ((b * math.cos(turn) - a * math.sin(turn)) / rx) ** 2 < 1
    trunk = inside(0.5, 0.5, rng.uniform(0.25, 0.5), rng.uniform(0.28, 0.5), rng.normal(0, 0.1))
    level = rng.uniform(40, 150)
    picture = np.where(trunk, level, rng.uniform(0, 30)).astype(np.float32)
    for _ in range(int(rng.integers(3, 16))):
        cy, cx, r = rng.uniform(0.2, 0.8), rng.uniform(0.2, 0.8), np.exp(rng.uniform(math.log(0.02), math.log(0.2)))
        blob = inside(cy, cx, r * rng.uniform(0.3, 1.2), r * rng.uniform(0.3, 1.2), rng.uniform(0, math.pi)) & trunk
        picture[blob] = rng.uniform(0, 255)
        if rng.random() < 0.4:
            picture[inside(cy + rng.normal(0, 0.4 * r), cx + rng.normal(0, 0.4 * r), r * rng.uniform(0.2, 0.9), r * rng.uniform(0.2, 0.9), rng.uniform(0, math.pi)) & trunk] = level if rng.random() < 0.5 else rng.uniform(0, 255)
    picture = picture + rng.standard_normal(small) * np.exp(rng.uniform(math.log(0.3), math.log(10)))
    if scale > 1:
        picture = resized(picture.astype(np.float32), shape, Image.BICUBIC if rng.random() < 0.6 else Image.BILINEAR if rng.random() < 0.5 else Image.NEAREST)
    return np.clip(picture, 0, 255).astype(np.float32)


def any_of(rng, shape):
    return [flow, mosaic, wet, cells, bones, ribs, organs][int(rng.choice(7, p=[0.15, 0.1, 0.1, 0.13, 0.2, 0.2, 0.12]))](rng, shape)
