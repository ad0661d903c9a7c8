"""What a scanner's screen shows beside the text: fans and strips of echoes, grey and colour bars, rulers, traces, markers, guides.

Drawn like burned-in graphics, without a letter in them: a detector must leave all of it alone. Same conventions as backgrounds.py."""
import math

import numpy as np
from PIL import Image, ImageDraw

from fields import resized


def ink(rng):
    return int(rng.choice([255, 255, 255, 200, 128, 0, rng.integers(40, 256)]))


def place(rng, w, h):
    """Mostly near an edge, where devices put their graphics."""
    x, y = rng.uniform(0, w), rng.uniform(0, h)
    side = rng.random()
    return (w - rng.uniform(5, 60), y) if side < 0.35 else (rng.uniform(0, 40), y) if side < 0.6 else (x, h - rng.uniform(5, 60)) if side < 0.75 else (x, y)


def steps(rng, canvas, draw):
    """A grey or colour bar, smooth or in steps, upright or lying, with or without a frame and ticks."""
    w, h = canvas.size
    x, y = place(rng, w, h)
    length, breadth = int(rng.uniform(16, 0.7 * h)), int(rng.uniform(3, 26))
    count = int(rng.choice([length, length, rng.integers(2, 17)]))
    low, high = rng.choice([0, rng.uniform(0, 255)]), rng.choice([255, rng.uniform(0, 255)])
    middle = rng.choice([0, 0, 0, rng.uniform(-150, 150)])
    t = np.floor(np.arange(length) * count / length) / max(1, count - 1)
    values = np.clip(low + (high - low) * t + middle * np.sin(math.pi * t), 0, 255)
    if rng.random() < 0.25:
        values[int(length * rng.uniform(0.3, 0.7)):] = rng.choice([0, 255, rng.uniform(0, 255)])
    strip = Image.fromarray(np.repeat(values[::-1].astype(np.uint8)[:, None], breadth, 1))
    strip = strip.rotate(90, expand=True) if rng.random() < 0.3 else strip
    canvas.paste(strip, (int(x), int(y)))
    if rng.random() < 0.25:
        draw.rectangle([x - 1, y - 1, x + strip.width, y + strip.height], outline=ink(rng))
    if rng.random() < 0.3:
        for i in range(int(rng.integers(2, 8))):
            at = y + i * strip.height / 7
            draw.line([(x + strip.width + 1, at), (x + strip.width + 1 + rng.uniform(2, 6), at)], fill=ink(rng))


def depth(rng, canvas, draw):
    """Depth or length ruler: ticks, dots or small crosses at even steps, every fifth longer."""
    w, h = canvas.size
    x, y = place(rng, w, h)
    step, tick, fill, thick = rng.uniform(3, 28), rng.uniform(1, 9), ink(rng), int(rng.choice([1, 1, 1, 2]))
    upright, kind, major = rng.random() < 0.7, rng.choice(["tick", "tick", "dot", "cross"]), int(rng.choice([2, 4, 5, 10]))
    count = int(rng.uniform(4, max(5, (h if upright else w) / step)))
    for i in range(count):
        a, b = (x, y + i * step) if upright else (x + i * step, y)
        reach = tick * (1.8 if i % major == 0 else 1)
        if kind == "dot":
            r = reach / 6
            draw.ellipse([a - r, b - r, a + r, b + r], fill=fill)
        elif kind == "cross":
            draw.line([(a - reach / 3, b), (a + reach / 3, b)], fill=fill); draw.line([(a, b - reach / 3), (a, b + reach / 3)], fill=fill)
        else:
            draw.line([(a, b), (a + reach, b) if upright else (a, b + reach)], fill=fill, width=thick)
    if rng.random() < 0.5:
        draw.line([(x, y), (x, y + step * (count - 1)) if upright else (x + step * (count - 1), y)], fill=fill, width=thick)


def trace(rng, canvas, draw):
    """An electrocardiogram or a flow curve along the screen."""
    w, h = canvas.size
    period, y, height = rng.uniform(25, 130), rng.uniform(0.05, 0.95) * h, rng.uniform(4, 45)
    xs = np.arange(rng.uniform(0, 0.4 * w), w * rng.uniform(0.5, 1), 1.0)
    phase = (xs / period) % 1
    pulse = sum(a * np.exp(-0.5 * ((phase - c) / s) ** 2) for a, c, s in ((0.15, 0.2, 0.03), (-0.2, 0.33, 0.012), (1, 0.36, 0.013), (-0.3, 0.39, 0.013), (0.3, 0.6, 0.05)))
    draw.line([(a, y - height * b) for a, b in zip(xs, pulse + rng.normal(0, 0.02, len(xs)))], fill=ink(rng), width=int(rng.choice([1, 1, 2])))


def marker(rng, canvas, draw):
    """Focus arrows, measuring crosses, dots, probe marks."""
    w, h = canvas.size
    fill = ink(rng)
    for _ in range(int(rng.integers(1, 5))):
        x, y, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(2, 9)
        kind = rng.integers(5)
        if kind == 0:
            turn = rng.choice([0, math.pi / 2, math.pi, 1.5 * math.pi])
            draw.polygon([(x + r * math.cos(turn + a), y + r * math.sin(turn + a)) for a in (0, 2.3, 4)], fill=fill if rng.random() < 0.7 else None, outline=fill)
        elif kind == 1:
            draw.line([(x - r, y), (x + r, y)], fill=fill); draw.line([(x, y - r), (x, y + r)], fill=fill)
        elif kind == 2:
            draw.line([(x - r, y - r), (x + r, y + r)], fill=fill); draw.line([(x - r, y + r), (x + r, y - r)], fill=fill)
        elif kind == 3:
            draw.ellipse([x - r, y - r, x + r, y + r], fill=fill if rng.random() < 0.6 else None, outline=fill)
        else:
            draw.rectangle([x - r, y - r, x + r, y + rng.uniform(-r + 1, 2 * r)], fill=fill if rng.random() < 0.6 else None, outline=fill)


def guide(rng, canvas, draw):
    """Dotted and dashed lines: measured distances, biopsy guides, the M-mode cursor, region boxes."""
    w, h = canvas.size
    x, y, angle, length = rng.uniform(0, w), rng.uniform(0, h), rng.choice([0, math.pi / 2, rng.uniform(0, 2 * math.pi)]), rng.uniform(20, max(40, 0.9 * max(w, h)))
    on, off, fill, thick = rng.uniform(0.5, 10), rng.uniform(2, 10), ink(rng), int(rng.choice([1, 1, 2]))
    for shift in (0, rng.uniform(8, 30)) if rng.random() < 0.4 else (0,):
        for at in np.arange(0, length, on + off):
            a = (x - shift * math.sin(angle) + at * math.cos(angle), y + shift * math.cos(angle) + at * math.sin(angle))
            draw.line([a, (a[0] + on * math.cos(angle), a[1] + on * math.sin(angle))], fill=fill, width=thick)


def outlines(rng, canvas, draw):
    """Borders of fields, collimator edges, nested frames, sector outlines."""
    w, h = canvas.size
    fill, thick = ink(rng), int(rng.choice([1, 1, 2, 4]))
    for _ in range(int(rng.integers(1, 4))):
        x, y, a, b = rng.uniform(-20, w), rng.uniform(-20, h), rng.uniform(6, w), rng.uniform(6, h)
        kind = rng.integers(4)
        if kind == 0:
            draw.rectangle([x, y, x + a, y + b], outline=fill, width=thick)
        elif kind == 1:
            draw.arc([x, y, x + a, y + b], rng.uniform(0, 360), rng.uniform(0, 360), fill=fill, width=thick)
        elif kind == 2:
            draw.polygon([(x, y), (x + a, y + rng.uniform(-40, 40)), (x + a, y + b), (x + rng.uniform(-40, 40), y + b)], outline=fill)
        else:
            draw.rectangle([x, y, x + a / 4, y + b / 4], fill=fill)


def pattern(rng, canvas, draw):
    """A patch of checkerboard, stripes, hatching or dots: test patterns and colour-flow mosaics."""
    w, h = canvas.size
    a, b, cell = int(rng.uniform(10, 0.6 * w)), int(rng.uniform(10, 0.6 * h)), rng.uniform(1.5, 16)
    y, x = np.mgrid[0:b, 0:a]
    kind = rng.integers(5)
    if kind == 0:
        on = (np.floor(x / cell) + np.floor(y / cell)) % 2
    elif kind == 1:
        on = np.floor((x * rng.choice([0, 1]) + y) / cell) % 2
    elif kind == 2:
        on = np.floor((x + y * rng.choice([-1, 1])) / cell) % 2
    elif kind == 3:
        on = (np.hypot((x % (2 * cell)) - cell, (y % (2 * cell)) - cell) < cell * 0.6).astype(float)
    else:
        on = np.kron(rng.random((-(-b // int(cell + 1)), -(-a // int(cell + 1)))), np.ones((int(cell + 1),) * 2))[:b, :a]
    low, high = sorted(rng.uniform(0, 255, 2))
    canvas.paste(Image.fromarray((low + (high - low) * on).astype(np.uint8)), (int(rng.uniform(-10, w - 10)), int(rng.uniform(-10, h - 10))))


def drawn(rng, picture, makers):
    """A picture with what each of the makers draws, one after the other."""
    canvas = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(canvas)
    for maker in makers:
        maker(rng, canvas, draw)
    return np.asarray(canvas, np.float32)


def graphics(rng, picture):
    """A picture with one to six of the above."""
    makers = [steps, depth, trace, marker, guide, outlines, pattern]
    return drawn(rng, picture, [makers[int(k)] for k in rng.choice(len(makers), int(rng.integers(1, 7)), p=[0.27, 0.19, 0.09, 0.17, 0.12, 0.1, 0.06])])


def strewn(rng, picture):
    """A picture with many markers, traces, rulers, bars and guides."""
    makers = [marker, marker, marker, trace, depth, steps, guide]
    return drawn(rng, picture, [makers[int(k)] for k in rng.choice(len(makers), int(rng.integers(2, 9)))])


def fan(rng, shape):
    """Echoes within a fan or a strip on black: speckle stretched across the beam or along it, dark cysts, bright walls, hard or soft edges."""
    height, width = shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    stretch = (1, int(rng.integers(1, 7))) if rng.random() < 0.7 else (int(rng.integers(1, 5)), 1)
    coarse = rng.random((-(-height // stretch[0]), -(-width // stretch[1])))
    speckle = np.kron(coarse, np.ones(stretch))[:height, :width] if rng.random() < 0.5 else np.asarray(
        Image.fromarray(coarse.astype(np.float32), "F").resize((width, height), Image.BILINEAR))
    speckle = -np.log(1e-3 + 0.999 * speckle) if rng.random() < 0.5 else 2 * speckle ** rng.uniform(0.5, 2)
    level = np.full(shape, rng.uniform(20, 90), np.float32)
    for _ in range(int(rng.integers(0, 9))):
        cx, cy, rx, ry = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(4, 0.2 * width), rng.uniform(4, 0.2 * height)
        level[((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1] = rng.choice([rng.uniform(0, 12), rng.uniform(10, 140), 150])
    picture = np.clip(level * speckle, 0, 255)
    if rng.random() < 0.75:
        cx, top, near, reach = width * rng.uniform(0.25, 0.75), height * rng.uniform(-0.2, 0.25), rng.uniform(0, 0.3) * height, height * rng.uniform(0.5, 1.1)
        radius, angle = np.hypot(x - cx, y - top), np.abs(np.arctan2(x - cx, y - top))
        inside = (radius < reach) & (radius > near) & (angle < rng.uniform(0.3, 0.95))
    else:
        a, c = rng.uniform(0, 0.35 * width), rng.uniform(0, 0.3 * height)
        inside = (x > a) & (x < width - rng.uniform(0, 0.35) * width) & (y > c) & (y < height - rng.uniform(0, 0.35) * height)
    return np.where(inside, picture, rng.choice([0, 0, 0, rng.uniform(0, 40)])).astype(np.float32)


def difference_plane(rng, shape):
    """A colour difference as the program examines it: even grey, with bars, fields, flow mosaics and marks where the picture is coloured."""
    middle = rng.uniform(90, 150)
    picture = np.full(shape, middle, np.float32)
    height, width = shape
    for _ in range(int(rng.integers(0, 4))):
        a, b = (int(v) for v in np.exp(rng.uniform(math.log(2), math.log(120), 2)))
        y, x = int(rng.uniform(0, height - 4)), int(rng.uniform(0, width - 4))
        part = picture[y:y + b, x:x + a]
        kind = rng.random()
        if kind < 0.4:
            blobs = rng.standard_normal((-(-part.shape[0] // 6), -(-part.shape[1] // 6)))
            flow = resized(blobs, part.shape, rng.choice([Image.NEAREST, Image.BICUBIC]))
            part[:] = np.where(np.abs(flow) > 0.4, middle + flow * 50, middle)
        else:
            count = max(part.shape) if kind < 0.7 else int(rng.integers(1, 10))
            ramp = np.floor(np.arange(max(part.shape)) * count / max(part.shape)) / max(1, count - 1) if count > 1 else np.ones(max(part.shape))
            ramp = rng.uniform(-90, 90) * ramp + rng.choice([0, rng.uniform(-90, 90)])
            part[:] = middle + (ramp[:part.shape[0], None] if part.shape[0] > part.shape[1] else ramp[None, :part.shape[1]])
    if rng.random() < 0.3:
        picture += rng.standard_normal(shape) * rng.uniform(0.3, 3)
    return np.clip(picture, 0, 255).astype(np.float32)
