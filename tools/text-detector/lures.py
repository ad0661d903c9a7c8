"""What looks like letters and is none: cut vessels and bones, loops, wires, stents, crumbs, hard-edged organs in a row, level lines, empty forms.

Same conventions as backgrounds.py."""
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from fields import resized


def strewn(rng, picture):
    """A picture with some of: rings, wires, crumbs, a collimator."""
    makers = [rings, rings, wires, crumbs, collimator]
    for maker in rng.choice(len(makers), int(rng.integers(1, 3)), replace=False):
        picture = makers[int(maker)](rng, picture)
    return picture


def laid(rng, picture, canvas, soft):
    """Ink of the canvas (0 .. 255) added to the picture or put over it, its edges softened."""
    ink = np.asarray(canvas.filter(ImageFilter.GaussianBlur(soft)) if soft else canvas, np.float32) / 255
    if rng.random() < 0.6:
        return picture + ink * float(rng.choice([-1, 1, 1])) * rng.uniform(15, 160)
    return picture * (1 - ink) + ink * float(rng.choice([255, 0, rng.uniform(0, 255)]))


def rings(rng, picture):
    """Vessels, gut and bones as a slice cuts them: closed or open loops whose walls change in thickness and brightness, some filled."""
    h, w = picture.shape
    canvas = Image.new("L", (w, h))
    draw = ImageDraw.Draw(canvas)
    for _ in range(int(rng.integers(1, 8))):
        cx, cy, size = rng.uniform(0, w), rng.uniform(0, h), float(np.exp(rng.uniform(math.log(2.5), math.log(28))))
        stretch, turn, phase = rng.uniform(0.35, 1), rng.uniform(0, math.pi), rng.uniform(0, 6.3, 3)
        angles = np.linspace(0, 2 * math.pi * (1 if rng.random() < 0.75 else rng.uniform(0.3, 0.95)), 48)
        radius = size * (1 + 0.18 * np.sin(2 * angles + phase[0]) + 0.12 * np.sin(3 * angles + phase[1]) * rng.uniform(0, 1.5))
        u, v = radius * np.cos(angles), radius * stretch * np.sin(angles)
        points = list(zip(cx + u * math.cos(turn) - v * math.sin(turn), cy + u * math.sin(turn) + v * math.cos(turn)))
        level, wall = rng.uniform(90, 255), rng.uniform(1, max(1.2, size * 0.35))
        if rng.random() < 0.2:
            draw.polygon(points, fill=int(rng.uniform(60, 255)))
        for i, (a, b) in enumerate(zip(points[:-1], points[1:])):
            share = 0.75 + 0.25 * math.sin(2 * math.pi * i / 48 + phase[2])
            draw.line([a, b], fill=int(level * share), width=max(1, round(wall * share)))
    return laid(rng, picture, canvas, rng.uniform(0.6, 1.6))


def wires(rng, picture):
    """Leads, wire loops, clips, stents (a mesh tube), screws (a saw along a bar), coils: soft, and of changing brightness, for nothing else tells a short piece from a letter."""
    h, w = picture.shape
    canvas = Image.new("L", (w, h))
    draw = ImageDraw.Draw(canvas)
    for _ in range(int(rng.integers(1, 5))):
        x, y, turn, length = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0, 2 * math.pi), rng.uniform(8, 120)
        pitch, wide, thick, fill = rng.uniform(3, 14), rng.uniform(2, 14), int(rng.choice([1, 1, 2, 3])), int(rng.uniform(120, 255))
        t = np.arange(0, length, 1.0)
        waves = {0: [np.zeros_like(t) + wide * np.sin(t / rng.uniform(15, 60))], 1: [wide * np.abs((t / pitch) % 2 - 1), -wide * np.abs((t / pitch) % 2 - 1) + wide],
                 2: [wide * np.sin(t / pitch * 2)], 3: [np.where((t / pitch) % 1 < 0.5, wide / 3, -wide / 3), np.zeros_like(t)]}[int(rng.integers(4))]
        along = t + (wide * np.cos(t / pitch * 2) if rng.random() < 0.25 else 0)
        shade = 0.6 + 0.4 * np.sin(t / length * rng.uniform(3, 9) + rng.uniform(0, 6))
        for wave in waves:
            points = [(x + a * math.cos(turn) - b * math.sin(turn), y + a * math.sin(turn) + b * math.cos(turn)) for a, b in zip(along, wave)]
            for a, b, share in zip(points[:-1], points[1:], shade):
                draw.line([a, b], fill=int(fill * share), width=thick)
    return laid(rng, picture, canvas, rng.uniform(0.5, 1.3))


def crumbs(rng, picture):
    """Small blobs with hard or soft edges: calcifications, gas, dust, cut bones; alone, in a cluster or in a line."""
    h, w = picture.shape
    canvas = Image.new("L", (w, h))
    draw = ImageDraw.Draw(canvas)
    count, spread = int(rng.integers(1, 25)), rng.uniform(4, 0.5 * max(h, w))
    cx, cy = rng.uniform(0, w), rng.uniform(0, h)
    for _ in range(count):
        x, y = cx + rng.normal(0, spread), cy + rng.normal(0, spread * rng.choice([1, 0.15]))
        a, b = np.exp(rng.uniform(0, math.log(9), 2))
        if rng.random() < 0.5:
            draw.ellipse([x - a, y - b, x + a, y + b], fill=int(rng.uniform(80, 255)))
        elif rng.random() < 0.5:
            draw.rectangle([x - a, y - b, x + a, y + b], fill=int(rng.uniform(80, 255)))
        else:
            draw.polygon([(x + rng.uniform(-a, a) * 1.4, y + rng.uniform(-b, b) * 1.4) for _ in range(int(rng.integers(3, 7)))], fill=int(rng.uniform(80, 255)))
    return laid(rng, picture, canvas, rng.choice([0, 0, rng.uniform(0.4, 1)]))


def collimator(rng, picture):
    """All beyond a straight, turned, rounded or many-sided opening is of one level."""
    h, w = picture.shape
    canvas = Image.new("L", (w, h))
    draw = ImageDraw.Draw(canvas)
    inset = rng.uniform(0, 0.25, 4) * (w, h, w, h)
    if rng.random() < 0.4:
        draw.rounded_rectangle([inset[0], inset[1], max(inset[0] + 9, w - inset[2]), max(inset[1] + 9, h - inset[3])], float(rng.choice([0, 0, rng.uniform(2, 60)])), fill=255)
    else:
        corners, turn, reach = int(rng.choice([4, 4, 6, 8, 40])), rng.uniform(0, 6.3), rng.uniform(0.4, 0.7)
        draw.polygon([(w / 2 + reach * w * math.cos(turn + a), h / 2 + reach * h * math.sin(turn + a)) for a in np.linspace(0, 2 * math.pi, corners, endpoint=False)], fill=255)
    inside = np.asarray(canvas.filter(ImageFilter.GaussianBlur(float(rng.choice([0, 0, 0.7, 1.5])))), np.float32) / 255
    return picture * inside + (1 - inside) * float(rng.choice([0, 0, 255, rng.uniform(0, 60)]))


def chain(rng, shape):
    """A slice of a body of even grey with organs of even grey inside and small bright bones in a row around it, hard edges, noise that is cut at black."""
    h, w = shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    bend = rng.uniform(0, 0.03) * np.sin(x / w * rng.uniform(3, 12) + rng.uniform(0, 6)) * h
    picture = np.full(shape, rng.choice([0, 0, 0, rng.uniform(0, 40)]), np.float32)

    def spot(cx, cy, rx, ry, turn=0.0):
        u, v = (x - cx * w) * math.cos(turn) + (y + bend - cy * h) * math.sin(turn), (y + bend - cy * h) * math.cos(turn) - (x - cx * w) * math.sin(turn)
        return (u / max(0.7, rx * w)) ** 2 + (v / max(0.7, ry * h)) ** 2 < 1

    rx, ry = rng.uniform(0.25, 0.5, 2)
    body = spot(0.5, 0.5, rx, ry)
    picture[body] = rng.uniform(30, 140)
    for _ in range(int(rng.integers(1, 10))):
        picture[spot(*rng.uniform(0.2, 0.8, 2), *np.exp(rng.uniform(math.log(0.008), math.log(0.17), 2)), rng.uniform(0, 3.1)) & body] = rng.uniform(0, 255)
    ring, count, start = rng.uniform(0.6, 0.97), int(rng.integers(0, 22)), rng.uniform(0, 6.3)
    bone, level = np.exp(rng.uniform(math.log(0.006), math.log(0.04), 2)), rng.uniform(180, 255)
    for angle in start + np.linspace(0, 2 * math.pi * rng.choice([1, rng.uniform(0.2, 1)]), max(1, count), endpoint=False)[:count]:
        size = bone * rng.uniform(0.7, 1.3, 2)
        picture[spot(0.5 + ring * rx * math.cos(angle), 0.5 + ring * ry * math.sin(angle), *size, angle if rng.random() < 0.7 else 0)] = level
        if rng.random() < 0.2:
            picture[spot(0.5 + ring * rx * math.cos(angle), 0.5 + ring * ry * math.sin(angle), *(size * 0.5), angle)] = rng.uniform(0, 255)
    noise = rng.standard_normal(shape).astype(np.float32) * np.exp(rng.uniform(math.log(0.4), math.log(12)))
    return np.abs(picture + noise) if rng.random() < 0.6 else picture + noise


def levels(rng, shape):
    """A smooth field in steps, or only the lines between them: dose, thickness, strain."""
    h, w = shape
    coarse = rng.standard_normal((int(rng.integers(3, 9)), int(rng.integers(3, 9)))).astype(np.float32)
    field = resized(coarse, shape)
    steps = np.floor((field - field.min()) / (np.ptp(field) + 1e-6) * rng.uniform(3, 14))
    edges = (np.abs(np.diff(steps, axis=0, prepend=steps[:1])) + np.abs(np.diff(steps, axis=1, prepend=steps[:, :1]))) > 0
    low, high = rng.uniform(0, 255, 2)
    if rng.random() < 0.5:
        return np.where(edges, high, low).astype(np.float32) + rng.standard_normal(shape).astype(np.float32) * rng.choice([0, 3])
    return (low + (high - low) * steps / max(1, steps.max())).astype(np.float32)


def form(rng, shape):
    """An empty form: rules, boxes, a table, squares to tick, dotted lines, a margin."""
    h, w = shape
    paper, ink = (rng.uniform(225, 255), rng.uniform(0, 130)) if rng.random() < 0.8 else (rng.uniform(0, 20), rng.uniform(120, 255))
    canvas = Image.new("L", (w, h), int(paper))
    draw = ImageDraw.Draw(canvas)
    y = rng.uniform(4, 40)
    while y < h:
        kind, x, to = rng.integers(5), rng.uniform(2, 0.4 * w), rng.uniform(0.5, 1) * w
        tall = rng.uniform(8, 40)
        if kind == 0:
            draw.line([(x, y), (to, y)], fill=int(ink), width=int(rng.choice([1, 1, 2, 3])))
        elif kind == 1:
            step = rng.uniform(2, 7)
            for a in np.arange(x, to, step):
                draw.line([(a, y), (a + step * 0.4, y)], fill=int(ink))
        elif kind == 2:
            for a in np.linspace(x, to, int(rng.integers(2, 9))):
                draw.rectangle([x, y, a, y + tall], outline=int(ink))
        elif kind == 3:
            size = rng.uniform(5, 14)
            for a in np.arange(x, to, size * rng.uniform(2, 8)):
                draw.rectangle([a, y, a + size, y + size], outline=int(ink))
        y += tall + rng.uniform(2, 30)
    return np.asarray(canvas, np.float32) + rng.standard_normal(shape).astype(np.float32) * rng.choice([0, 1, 4])
