"""Pictures without text to burn text into: noise, gradients, anatomy-like shapes, ultrasound, film, and real pictures from a folder.

Every function takes a numpy Generator and (height, width) and returns float32 grey values, 0 black to 255 white. The distractors
(rulers, crosses, curves, grids) are what a picture may carry that is not text; they teach the network to leave them alone."""
import glob
import math
import os
from functools import partial

import numpy as np
from PIL import Image, ImageDraw

import lures
import screens
import tissue
from fields import resized


def smooth_noise(rng, shape, cell):
    """Noise whose bumps are about `cell` pixels wide, mean 0, deviation near 1."""
    coarse = rng.standard_normal((max(2, math.ceil(shape[0] / cell) + 2), max(2, math.ceil(shape[1] / cell) + 2)))
    return resized(coarse, shape)


def fractal(rng, shape, coarsest, finest, decay=0.6):
    total, weight, cell = np.zeros(shape, np.float32), 1.0, coarsest
    while cell >= finest:
        total += weight * smooth_noise(rng, shape, cell)
        weight *= decay
        cell /= 2
    return total


def grain(rng, shape, deviation):
    noise = rng.standard_normal(shape).astype(np.float32)
    if rng.random() < 0.4:
        noise = blurred(noise, rng.uniform(0.4, 1.2))
        noise /= noise.std() + 1e-6
    return noise * deviation


def blurred(field, radius):
    """Separable Gaussian blur of a float field."""
    half = max(1, int(radius * 3))
    kernel = np.exp(-0.5 * (np.arange(-half, half + 1) / radius) ** 2)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    for axis in (0, 1):
        padded = np.pad(field, [(half, half) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        size = field.shape[axis]
        field = sum(k * (padded[i:i + size] if axis == 0 else padded[:, i:i + size]) for i, k in enumerate(kernel))
    return field.astype(np.float32)


def flat(rng, shape):
    level = rng.choice([0, 0, 0, rng.uniform(0, 60), rng.uniform(0, 255), 255])
    noise = rng.choice([0, 0, rng.uniform(0.5, 4), rng.uniform(2, 20)])
    return np.full(shape, level, np.float32) + (grain(rng, shape, noise) if noise else 0)


def gradient(rng, shape):
    angle, low, high = rng.uniform(0, 2 * math.pi), rng.uniform(0, 120), rng.uniform(20, 255)
    y, x = np.mgrid[0:shape[0], 0:shape[1]].astype(np.float32)
    ramp = x * math.cos(angle) / shape[1] + y * math.sin(angle) / shape[0]
    ramp = (ramp - ramp.min()) / (np.ptp(ramp) + 1e-6)
    return low + (high - low) * ramp ** rng.uniform(0.5, 3) + grain(rng, shape, rng.uniform(0, 8))


def anatomy(rng, shape):
    """Nested warped ellipses with rims, tubes and texture: the look of a CT or MR slice, or of a radiograph when they add up."""
    y, x = np.mgrid[0:shape[0], 0:shape[1]].astype(np.float32)
    warp = rng.uniform(4, 30)
    y = y + warp * smooth_noise(rng, shape, rng.uniform(40, 160))
    x = x + warp * smooth_noise(rng, shape, rng.uniform(40, 160))
    body = organ(rng, x, y, shape[1] / 2, shape[0] / 2, shape[1] * rng.uniform(0.3, 0.6), shape[0] * rng.uniform(0.3, 0.6), 0.03)
    picture = body * rng.uniform(30, 120)
    transmission = rng.random() < 0.4
    for _ in range(int(rng.integers(4, 26))):
        rx, ry = (float(np.exp(rng.uniform(math.log(4), math.log(140)))) for _ in range(2))
        part = organ(rng, x, y, rng.uniform(0, shape[1]), rng.uniform(0, shape[0]), rx, ry, rng.uniform(0.03, 0.5))
        level = rng.uniform(0, 220) if rng.random() < 0.8 else 255
        if rng.random() < 0.3:
            part = np.clip(4 * part * (1 - part), 0, 1)
        picture = picture + part * (level - 100) * 0.5 if transmission else picture * (1 - part) + part * level
    picture += vessels(rng, shape) * rng.uniform(-90, 120)
    texture = fractal(rng, shape, rng.uniform(8, 60), rng.uniform(1.5, 4))
    picture += texture * rng.uniform(1, 14) * (body if rng.random() < 0.7 else 1)
    picture = blurred(picture, rng.uniform(0.5, 1.6)) if rng.random() < 0.7 else picture
    picture = np.clip(picture, 0, 255) * rng.uniform(0.2, 1)
    return picture + grain(rng, shape, rng.uniform(0, 7))


def organ(rng, x, y, cx, cy, rx, ry, softness):
    angle = rng.uniform(0, math.pi)
    u = (x - cx) * math.cos(angle) + (y - cy) * math.sin(angle)
    v = (y - cy) * math.cos(angle) - (x - cx) * math.sin(angle)
    distance = np.sqrt((u / rx) ** 2 + (v / ry) ** 2)
    return np.clip(0.5 + (1 - distance) / (2 * softness), 0, 1)


def vessels(rng, shape):
    canvas = Image.new("L", (shape[1], shape[0]))
    draw = ImageDraw.Draw(canvas)
    for _ in range(int(rng.integers(0, 14))):
        x, y, angle, width = rng.uniform(0, shape[1]), rng.uniform(0, shape[0]), rng.uniform(0, 2 * math.pi), rng.uniform(1, 7)
        points = [(x, y)]
        for _ in range(int(rng.integers(5, 40))):
            angle += rng.normal(0, 0.35)
            x, y = x + 8 * math.cos(angle), y + 8 * math.sin(angle)
            points.append((x, y))
        draw.line(points, fill=int(rng.uniform(60, 255)), width=max(1, round(width)), joint="curve")
    return blurred(np.asarray(canvas, np.float32) / 255, rng.uniform(0.5, 1.5))


def ultrasound(rng, shape):
    """Speckle: the magnitude of blurred complex noise, log compressed, in a fan or a rectangle on black."""
    field = [blurred(rng.standard_normal(shape).astype(np.float32), rng.uniform(0.7, 2.5)) for _ in range(2)]
    speckle = np.hypot(*field)
    speckle = np.log1p(20 * speckle / speckle.mean())
    tissue = np.exp(0.7 * fractal(rng, shape, rng.uniform(40, 120), 8))
    picture = speckle * tissue
    picture = picture / np.percentile(picture, 99) * rng.uniform(90, 230)
    y, x = np.mgrid[0:shape[0], 0:shape[1]].astype(np.float32)
    if rng.random() < 0.7:
        cx, cy, reach = shape[1] * rng.uniform(0.3, 0.7), -rng.uniform(0, 60), shape[0] * rng.uniform(0.7, 1.1)
        radius, angle = np.hypot(x - cx, y - cy), np.abs(np.arctan2(x - cx, y - cy))
        picture = picture * ((radius < reach) & (angle < rng.uniform(0.4, 0.9)) & (radius > rng.uniform(20, 90)))
    else:
        a, b = sorted(rng.uniform(0, shape[1], 2)); c, d = sorted(rng.uniform(0, shape[0], 2))
        picture = picture * ((x > a) & (x < b) & (y > c) & (y < d))
    return np.clip(picture, 0, 255)


def paper(rng, shape):
    picture = np.full(shape, rng.uniform(215, 255), np.float32) + fractal(rng, shape, 80, 20) * 2 + grain(rng, shape, rng.uniform(0, 4))
    canvas = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(canvas)
    for _ in range(int(rng.integers(0, 8))):
        y = rng.uniform(0, shape[0])
        draw.line([(rng.uniform(0, 80), y), (shape[1] - rng.uniform(0, 80), y)], fill=int(rng.uniform(0, 120)), width=int(rng.integers(1, 3)))
    return np.asarray(canvas, np.float32)


class Photographs:
    """Text-free pictures from a folder (any size, any format Pillow reads), cropped, turned and re-scaled."""

    def __init__(self, folder):
        self.pictures = [Image.open(f).convert("L") for f in sorted(glob.glob(os.path.join(folder, "*")))] if folder else []

    def draw(self, rng, shape):
        picture = self.pictures[int(rng.integers(len(self.pictures)))]
        scale = max(0.15, min(3.0, float(np.exp(rng.normal(0.25, 0.4))))) * max(1, 180 / min(picture.size))
        picture = picture.resize([max(24, int(s * scale)) for s in picture.size], Image.BICUBIC).rotate(90 * int(rng.integers(4)), expand=True)
        grey = np.asarray(picture, np.float32)
        canvas = np.full(shape, np.median(grey[:2]), np.float32)
        oy, ox = (int(rng.integers(min(0, c - g), max(0, c - g) + 1)) for c, g in zip(shape, grey.shape))
        part = grey[max(0, -oy):max(0, -oy) + shape[0], max(0, -ox):max(0, -ox) + shape[1]]
        top, left = max(0, oy), max(0, ox)
        part = part[:shape[0] - top, :shape[1] - left]
        canvas[top:top + part.shape[0], left:left + part.shape[1]] = part
        canvas = tissue.windowed(rng, canvas) if rng.random() < 0.25 else canvas
        return canvas * rng.uniform(0.2, 1) + grain(rng, shape, rng.choice([0, 1, 3]))


def phantom(rng, shape):
    """Hard-edged ellipses and bars of even grey in an ellipse of even grey, with noise: a test object as a scanner sees it."""
    y, x = np.mgrid[0:shape[0], 0:shape[1]].astype(np.float32)
    height, width = shape
    body = ellipse(x, y, width / 2, height / 2, width * rng.uniform(0.3, 0.48), height * rng.uniform(0.3, 0.48), 0)
    picture = np.where(body, rng.uniform(40, 160), 0).astype(np.float32)
    for _ in range(int(rng.integers(2, 9))):
        size = rng.uniform(0.02, 0.14, 2) * (width, height)
        if rng.random() < 0.3:
            size[int(rng.integers(2))] *= 0.3
        part = ellipse(x, y, width * rng.uniform(0.25, 0.75), height * rng.uniform(0.25, 0.75), *size, rng.uniform(-1, 1) if rng.random() < 0.5 else 0, 2 if rng.random() < 0.7 else 12)
        picture[part & body] = rng.uniform(0, 255)
    picture += rng.standard_normal(shape).astype(np.float32) * rng.uniform(0, 7)
    return blurred(picture, 0.5) if rng.random() < 0.2 else picture


def ellipse(x, y, cx, cy, rx, ry, angle, power=2):
    u = (x - cx) * math.cos(angle) + (y - cy) * math.sin(angle)
    v = (y - cy) * math.cos(angle) - (x - cx) * math.sin(angle)
    return np.abs(u / max(rx, 0.7)) ** power + np.abs(v / max(ry, 0.7)) ** power < 1


def miniatures(rng, shape, photographs):
    """A contact sheet of very small pictures: a whole body within 24 to 160 pixels, where organs are as small as letters. Half of the sheets are
    one such picture with its mirror images around it, as the detector shows a picture that is smaller than its field of view."""
    sources = [anatomy(rng, (256, 256)), (photographs.draw if photographs.pictures else ultrasound)(rng, (256, 256))]
    side = int(np.exp(rng.uniform(math.log(24), math.log(160))))
    noise = rng.choice([0, 2, 6])

    def tile():
        if rng.random() < 0.5:
            return phantom(rng, (side, side))
        picture = resized(np.rot90(sources[int(rng.integers(2))], int(rng.integers(4))), (side, side), Image.BOX if rng.random() < 0.7 else Image.NEAREST)
        return picture * rng.uniform(0.5, 1.1) + rng.standard_normal((side, side)) * noise

    if rng.random() < 0.6:
        single = tile()
        if side < 112 and rng.random() < 0.7:
            # The detector enlarges such pictures before it looks at them.
            single = np.kron(single, np.ones((-(-112 // side),) * 2))
        return np.pad(single, ((0, max(0, shape[0] - single.shape[0])), (0, max(0, shape[1] - single.shape[1]))), mode="symmetric").astype(np.float32)
    count = [-(-s // side) for s in shape]
    return np.block([[tile() for _ in range(count[1])] for _ in range(count[0])])[:shape[0], :shape[1]].astype(np.float32)


def distractors(rng, picture):
    """Rulers, crosses, frames, curves, grids, bars: drawn like burned-in graphics, but not text."""
    canvas = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    draw, (w, h) = ImageDraw.Draw(canvas), canvas.size
    for _ in range(int(rng.integers(0, 5))):
        level, thick = int(rng.choice([255, 255, 0, 128, rng.integers(256)])), int(rng.choice([1, 1, 2]))
        x, y = rng.uniform(0, w), rng.uniform(0, h)
        rng.choice([ruler, cross, frame, curve, lines])(rng, draw, x, y, w, h, level, thick)
    return np.asarray(canvas, np.float32)


def ruler(rng, draw, x, y, w, h, level, thick):
    step, count, tick, upright = rng.uniform(5, 30), int(rng.integers(5, 25)), rng.uniform(3, 10), rng.random() < 0.6
    for i in range(count):
        length = tick * (2 if i % 5 == 0 else 1)
        a, b = (x, y + i * step), (x + length, y + i * step)
        draw.line([a, b] if upright else [(x + i * step, y), (x + i * step, y + length)], fill=level, width=thick)
    if rng.random() < 0.5:
        draw.line([(x, y), (x, y + step * (count - 1))] if upright else [(x, y), (x + step * (count - 1), y)], fill=level, width=thick)


def cross(rng, draw, x, y, w, h, level, thick):
    r = rng.uniform(3, 9)
    draw.line([(x - r, y), (x + r, y)], fill=level, width=thick)
    draw.line([(x, y - r), (x, y + r)], fill=level, width=thick)
    if rng.random() < 0.5:
        to = (x + rng.uniform(-150, 150), y + rng.uniform(-150, 150))
        for t in np.arange(0, 1, 0.06):
            draw.point((x + t * (to[0] - x), y + t * (to[1] - y)), fill=level)


def frame(rng, draw, x, y, w, h, level, thick):
    a, b = rng.uniform(10, w), rng.uniform(10, h)
    rng.choice([draw.rectangle, draw.ellipse])([x, y, x + a, y + b], outline=level, width=thick)


def curve(rng, draw, x, y, w, h, level, thick):
    xs = np.arange(0, rng.uniform(0.3 * w, w), 2)
    wave = sum(rng.uniform(0, 12) * np.sin(xs * rng.uniform(0.01, 0.2) + rng.uniform(0, 6)) for _ in range(3))
    spikes = (np.mod(xs, rng.uniform(60, 140)) < 6) * rng.uniform(-40, 0)
    draw.line([(x / 3 + a, y + b) for a, b in zip(xs, wave + spikes)], fill=level, width=thick)


def lines(rng, draw, x, y, w, h, level, thick):
    step, count = rng.uniform(10, 60), int(rng.integers(1, 10))
    for i in range(count):
        draw.line([(0, y + i * step), (w, y + i * step + rng.normal(0, 1))] if rng.random() < 0.5 else [(x + i * step, 0), (x + i * step, h)], fill=level, width=thick)


def background(rng, shape, photographs):
    makers = {
        flat: 1.3, gradient: 0.8, anatomy: 3.2, ultrasound: 1, paper: 0.6, partial(miniatures, photographs=photographs): 1.2, phantom: 2,
        lures.chain: 1.5, lures.levels: 0.5, lures.form: 0.5, screens.fan: 2.4, screens.difference_plane: 1.3, photographs.draw if photographs.pictures else anatomy: 5, tissue.any_of: 3,
    }
    weights = np.array(list(makers.values()))
    maker = list(makers)[int(rng.choice(len(makers), p=weights / weights.sum()))]
    picture = maker(rng, shape)
    flat_plane = maker is screens.difference_plane
    if rng.random() < 0.35 and not flat_plane:
        picture = lures.strewn(rng, picture)
    kind = rng.random()
    return screens.graphics(rng, picture) if kind < (0.8 if flat_plane else 0.45) else distractors(rng, picture) if kind < (0.85 if flat_plane else 0.6) else np.clip(picture, 0, 255)
