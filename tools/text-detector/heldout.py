#!/usr/bin/python3
"""heldout.py OUT --fonts DIR [--volume BRAIN.nii.gz] [--seed N] [--usual] [--strings N]: two sets to measure the detector with, of fonts and pictures it was not trained on.

OUT/pictures: burned/*.png, clean/*.png, truth.json (boxes). OUT/files: input/*.dcm, answers.jsonl, manifest.csv, phi.jsonl (glyph masks and
areas to keep, single and multi-frame, grey and colour). `--usual`: the pictures hold only what devices mostly write, strings of Latin letters of 9 to 28 px. `--strings`: in each picture, 10 where not said.
It shares no drawing code with generate.py on purpose. DIR holds font files that are not installed where generate.py runs; the volume is a head scan of
the Debian package mricron-data."""
import argparse
import base64
import glob
import gzip
import json
import os
import zlib

import numpy as np
import pydicom
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

PLACES = ["Harlaw", "Strathmarle", "Glen Avon", "Nordby", "Lindenau", "Sainte-Foy", "Villarosa", "Kingsmere"]
FAMILY = ["Okafor", "Petrescu", "Lindqvist", "Moreau", "Dalgaard", "Hargreave", "Tremblay", "Vasiliou", "Ishikawa", "Mbeki", "Quigley", "Zielinska"]
GIVEN = ["Ingrid", "Matteo", "Aoife", "Kwame", "Xavier", "Bronwen", "Jakub", "Leila", "Fergal", "Yvonne"]
OTHER = ["Петров Иван", "Ολυμπία Κ", "山田 太郎", "김민준", "محمد علي", "שרה כהן"]
SINGLE = list("LRAPHFSI")


class Lettering:
    """Fonts that can draw each of the strings."""

    def __init__(self, rng, folder):
        self.rng = rng
        files = sorted(f for e in ("ttf", "otf", "pcf.gz") for f in glob.glob(os.path.join(folder, "**", "*." + e), recursive=True))
        self.latin = [f for f in files if self.has(f, "ABgjRQ0123456789,:/")]
        self.bitmap = [f for f in self.latin if ".pcf" in f]
        self.vector = [f for f in self.latin if ".pcf" not in f]
        self.other = {s: [f for f in files if ".pcf" not in f and self.has(f, s.replace(" ", ""))] for s in OTHER}
        self.other = {s: f for s, f in self.other.items() if f}
        print(f"{len(self.vector)} vector fonts, {len(self.bitmap)} bitmap fonts, {len(self.other)} of other scripts")

    def has(self, file, text):
        font = self.open(file, 16)
        if font is None:
            return False
        try:
            absent = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
            return len({bytes(font.getmask(c)) for c in set(text)}) > 0.8 * len(set(text)) and all((font.getmask(c).getbbox(), bytes(font.getmask(c))) != absent for c in text)
        except (OSError, ValueError):
            return False

    @staticmethod
    def open(file, size):
        for s in [size] if ".pcf" not in file else [size, *range(6, 40)]:
            try:
                return ImageFont.truetype(file, s)
            except OSError:
                continue
        return None

    def font(self, size, bitmap=False, text=None):
        files = self.other[text] if text in self.other else self.bitmap if bitmap and self.bitmap else self.vector
        return self.open(str(self.rng.choice(files)), size)

    def string(self, single=0.1, other=0.06):
        r, d = self.rng, self.rng.random()
        if d < other and self.other:
            return str(r.choice(list(self.other)))
        if d < other + single:
            return str(r.choice(SINGLE))
        family, given = str(r.choice(FAMILY)), str(r.choice(GIVEN))
        number = "".join(str(v) for v in r.integers(0, 10, 10))
        date = f"{r.integers(1, 29):02d}{r.choice(['/', '.', '-'])}{r.integers(1, 13):02d}{r.choice(['/', '.', '-'])}{r.integers(1930, 2024)}"
        return str(r.choice([f"{family}, {given}", f"{family.upper()}^{given.upper()}", f"NHS {number[:3]} {number[3:6]} {number[6:]}", f"CHI {number}", f"born {date}", date,
                             f"{r.choice(PLACES)} Hospital", f"{r.choice(PLACES).upper()} CLINIC", f"ID:{number[:7]}", f"{r.integers(0, 24):02d}:{number[:2]}:{number[2:4]}", f"Dr {family}", f"Acc {number[:8]}"]))


def line(rng, font, text, hard):
    """Coverage of the glyphs, tight."""
    box = font.getbbox(text)
    canvas = Image.new("L", (max(1, box[2] + 4), max(1, box[3] + 4)))
    draw = ImageDraw.Draw(canvas)
    draw.fontmode = "1" if hard else "L"
    draw.text((2, 2), text, font=font, fill=255)
    tight = canvas.getbbox()
    return None if tight is None else np.asarray(canvas.crop(tight), np.float32) / 255


def around(ink):
    padded = np.pad(ink, 1)
    return np.max([padded[y:y + ink.shape[0] + 2, x:x + ink.shape[1] + 2] for y, x in [(a, b) for a in (0,) for b in (0,)]] +
                  [np.roll(padded, (a, b), (0, 1)) for a in (-1, 0, 1) for b in (-1, 0, 1)], 0)


# ---- pictures without text -------------------------------------------------------------------------------------------------------------

def volume(path):
    raw = gzip.open(path).read()
    dims = np.frombuffer(raw[40:56], "<i2")
    kind = {2: "u1", 4: "<i2", 16: "<f4"}[int(np.frombuffer(raw[70:72], "<i2")[0])]
    start = int(np.frombuffer(raw[108:112], "<f4")[0])
    return np.frombuffer(raw[start:], kind, int(dims[1]) * int(dims[2]) * int(dims[3])).reshape(dims[3], dims[2], dims[1]).astype(np.float32)


def spectrum(rng, shape, power):
    """Noise with an amplitude that falls as frequency ** -power."""
    fy, fx = np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None]
    amplitude = 1 / np.maximum(np.hypot(fy, fx), 1 / max(shape)) ** power
    field = np.fft.irfft2(amplitude * np.exp(2j * np.pi * rng.random(amplitude.shape)), shape)
    return ((field - field.mean()) / field.std()).astype(np.float32)


def head(rng, shape, scan):
    axis = int(rng.integers(3))
    part = np.take(scan, int(rng.uniform(0.25, 0.75) * scan.shape[axis]), axis)[::-1]
    scale = min(shape[0] / part.shape[0], shape[1] / part.shape[1]) * rng.uniform(0.8, 1)
    small = Image.fromarray(part).resize([max(1, int(s * scale)) for s in part.shape[::-1]], Image.BICUBIC)
    canvas = np.zeros(shape, np.float32)
    y, x = (shape[0] - small.height) // 2, (shape[1] - small.width) // 2
    canvas[y:y + small.height, x:x + small.width] = small
    return np.clip(canvas / canvas.max() * rng.uniform(120, 250), 0, 255) + np.abs(rng.normal(0, rng.uniform(0, 5), shape))


def section(rng, shape):
    """A body with organs of even grey, ribs and a spine."""
    h, w = shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    wobble = spectrum(rng, shape, 2) * rng.uniform(0, 3)
    inside = lambda cy, cx, ry, rx: (((y - cy * h + wobble) / (ry * h)) ** 2 + ((x - cx * w + wobble) / (rx * w)) ** 2) < 1
    picture = np.zeros(shape, np.float32)
    body = inside(0.52, 0.5, rng.uniform(0.3, 0.42), rng.uniform(0.36, 0.46))
    picture[body] = rng.uniform(50, 110)
    for _ in range(int(rng.integers(3, 9))):
        picture[inside(rng.uniform(0.3, 0.7), rng.uniform(0.25, 0.75), rng.uniform(0.02, 0.16), rng.uniform(0.02, 0.16)) & body] = rng.uniform(15, 200)
    for angle in np.linspace(0, 2 * np.pi, int(rng.integers(8, 18)), endpoint=False):
        picture[inside(0.52 + 0.3 * np.sin(angle), 0.5 + 0.36 * np.cos(angle), 0.012, 0.022) & body] = 235
    picture[inside(0.74, 0.5, 0.05, 0.06) & body] = 230
    return picture + rng.normal(0, rng.uniform(0.5, 6), shape)


def projection(rng, shape):
    """A smooth radiograph with bones or contrast-filled vessels and collimator edges."""
    h, w = shape
    picture = 120 + 35 * spectrum(rng, shape, 2.2)
    canvas = Image.new("L", (w, h))
    draw = ImageDraw.Draw(canvas)
    for _ in range(int(rng.integers(2, 9))):
        point, direction = rng.uniform(0, 1, 2) * (w, h), rng.uniform(0, 6.28)
        thick = rng.uniform(1, 0.05 * w)
        for _ in range(40):
            direction += rng.normal(0, 0.15)
            to = point + np.array([np.cos(direction), np.sin(direction)]) * h / 40
            draw.line([*point, *to], fill=int(rng.uniform(120, 200)), width=max(1, int(thick)))
            point, thick = to, thick * 0.97
    picture += np.asarray(canvas, np.float32) * rng.choice([-0.5, 0.4])
    if rng.random() < 0.5:
        a, b = int(rng.uniform(0.02, 0.12) * h), int(rng.uniform(0.02, 0.12) * w)
        edge = np.zeros(shape, bool); edge[a:-a or None, b:-b or None] = True
        picture = np.where(edge, picture, rng.choice([0, 250, 20]))
    return np.clip(picture + rng.normal(0, rng.uniform(0.5, 8), shape), 0, 255)


def echoes(rng, shape):
    """Speckle made in beam coordinates and scan-converted, convex, phased or linear; with cysts."""
    h, w = shape
    beams, samples = int(rng.integers(60, 200)), int(rng.integers(120, 400))
    amplitude = np.exp(0.5 * np.asarray(Image.fromarray(rng.normal(0, 1, (12, 9)).astype(np.float32)).resize((beams, samples), Image.BICUBIC)))
    for _ in range(int(rng.integers(0, 5))):
        s, b = rng.uniform(0, samples), rng.uniform(0, beams)
        sy, sx = np.mgrid[0:samples, 0:beams]
        amplitude[((sy - s) / rng.uniform(8, 60)) ** 2 + ((sx - b) / rng.uniform(4, 30)) ** 2 < 1] *= rng.choice([0.08, 0.3, 3])
    raw = amplitude * np.sqrt(-2 * np.log(1 - rng.random((samples, beams))))
    db = np.clip((20 * np.log10(raw + 1e-3) + 40) / 52, 0, 1) * rng.uniform(130, 235)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    if rng.random() < 0.7:
        apex, near, far, half = h * rng.uniform(-0.4, 0.12), 0, 0, rng.uniform(0.35, 0.8)
        near = max(0.0, h * 0.12 - apex) if apex < 0 else h * 0.02
        far = h * 0.95 - apex
        r, a = np.hypot(x - w / 2, y - apex), np.arctan2(x - w / 2, y - apex)
        u, v = (r - near) / (far - near), (a / half + 1) / 2
    else:
        u, v = (y - 0.14 * h) / (0.75 * h), (x - 0.2 * w) / (0.6 * w)
    inside = (u >= 0) & (u < 1) & (v >= 0) & (v < 1)
    return np.where(inside, db[np.clip(u * samples, 0, samples - 1).astype(int), np.clip(v * beams, 0, beams - 1).astype(int)], 0).astype(np.float32)


def console(rng, picture, rgb=None):
    """Bars, rulers, marks, a heart trace, a measuring line, a guide. `rgb`: a colour picture to draw the same into, in colour."""
    h, w = picture.shape
    planes = [picture] if rgb is None else [rgb[..., k] for k in range(3)]
    def put(ys, xs, levels):
        ys, xs = np.round(np.atleast_1d(ys)).astype(int), np.round(np.atleast_1d(xs)).astype(int)
        ok = (ys >= 0) & (ys < h) & (xs >= 0) & (xs < w)
        for plane, level in zip(planes, levels):
            plane[ys[ok], xs[ok]] = level if np.isscalar(level) else level[ok]
    def tint():
        return [float(v) for v in rng.choice([0, 90, 160, 255], 3)] if rgb is not None and rng.random() < 0.6 else [float(rng.choice([255, 210, 150]))] * 3
    length, breadth, top, left = int(h * rng.uniform(0.2, 0.5)), int(max(3, w * rng.uniform(0.012, 0.04))), int(h * rng.uniform(0.2, 0.4)), int(w * rng.choice([0.03, 0.92, 0.95]))
    ramp = np.linspace(1, 0, length) if rng.random() < 0.6 else np.repeat(np.linspace(1, 0, 8), -(-length // 8))[:length]
    ends = [tint(), tint()]
    for i in range(breadth):
        put(np.arange(top, top + length), np.full(length, left + i), [ends[0][k] * ramp + ends[1][k] * (1 - ramp) * (rgb is not None) for k in range(3)])
    c = tint()
    at, step = int(w * rng.choice([0.08, 0.85, 0.98])), rng.uniform(0.02, 0.06) * h
    for i in range(int(0.8 * h / step)):
        n = 6 if i % 5 == 0 else 3
        put(np.full(n, 0.1 * h + i * step), at + np.arange(n), c)
    if rng.random() < 0.5:
        xs = np.arange(0, w, 0.25); phase = (xs / (w * 0.17)) % 1
        put(h * 0.9 - h * 0.06 * (np.exp(-((phase - 0.4) / 0.02) ** 2) - 0.25 * np.exp(-((phase - 0.46) / 0.02) ** 2) + 0.2 * np.exp(-((phase - 0.65) / 0.06) ** 2)), xs, tint())
    for _ in range(int(rng.integers(0, 4))):
        y, x, c = rng.uniform(0.2, 0.8) * h, rng.uniform(0.2, 0.8) * w, tint()
        put(y + np.arange(-3, 4), np.full(7, x), c); put(np.full(7, y), x + np.arange(-3, 4), c)
        t = np.arange(0, 1, 0.05); put(y + t * rng.uniform(-40, 40), x + t * rng.uniform(-60, 60), c)
    if rng.random() < 0.4:
        t = np.arange(0, 1, 0.02)
        put(h * (0.15 + 0.7 * t), w * (0.5 + rng.uniform(-0.2, 0.2) * t), tint())
    if rng.random() < 0.5:
        y = h * rng.uniform(0.2, 0.8)
        for i in range(5):
            put(y + np.arange(-i, i + 1), np.full(2 * i + 1, w * 0.97 + i - 4), tint())


# ---- burning -----------------------------------------------------------------------------------------------------------------------------

def visible_level(rng, under, styles):
    for _ in range(12):
        style = str(rng.choice(styles))
        level = {"white": 255, "grey": rng.uniform(150, 210), "black": 0, "outlined": 255, "inverse outline": 0, "faint": float(np.median(under)) + rng.choice([-1, 1]) * rng.uniform(18, 45)}[style]
        if style.endswith("outline") or style == "outlined" or np.mean(np.abs(under - level) > max(14, 1.2 * under.std())) > 0.92 and 0 <= level <= 255:
            return style, level
    return "outlined", 255


def burn(rng, picture, ink, y, x, styles):
    """Into every plane; returns the box [x0, y0, x1, y1), the mask of the glyphs and the style."""
    h, w = ink.shape
    grey = picture if picture.ndim == 2 else picture.mean(-1)
    style, level = visible_level(rng, grey[y:y + h, x:x + w], styles)
    planes = [picture] if picture.ndim == 2 else [picture[..., k] for k in range(3)]
    colour = [level] * 3 if picture.ndim == 2 or rng.random() < 0.6 else [[level, level, level * 0.3], [level * 0.4, level, level * 0.4], [level, level * 0.7, level * 0.2]][int(rng.integers(3))]
    for plane, value in zip(planes, colour):
        if "outline" in style:
            edge = around(ink)
            y0, x0, y1, x1 = max(0, y - 1), max(0, x - 1), min(plane.shape[0], y + h + 1), min(plane.shape[1], x + w + 1)
            e = edge[y0 - y + 1:y1 - y + 1, x0 - x + 1:x1 - x + 1]
            plane[y0:y1, x0:x1] = plane[y0:y1, x0:x1] * (1 - e) + (255 - level) * e
        plane[y:y + h, x:x + w] = plane[y:y + h, x:x + w] * (1 - ink) + value * ink
    return [x, y, x + w, y + h], ink > 0.5, style


def free(taken, box, gap):
    return all(box[0] >= b[2] + gap or box[2] + gap <= b[0] or box[1] >= b[3] + gap or box[3] + gap <= b[1] for b in taken)


def base_picture(rng, shape, scan, kind):
    return {"head": lambda: head(rng, shape, scan) if scan is not None else section(rng, shape), "section": lambda: section(rng, shape), "projection": lambda: projection(rng, shape),
            "echoes": lambda: echoes(rng, shape), "noise": lambda: rng.normal(rng.uniform(30, 200), rng.uniform(2, 25), shape),
            "slope": lambda: np.linspace(rng.uniform(0, 90), rng.uniform(120, 255), shape[1])[None] + rng.normal(0, 2, shape)}[kind]()


def pictures(rng, lettering, scan, out, count, strings, usual):
    os.makedirs(f"{out}/burned", exist_ok=True); os.makedirs(f"{out}/clean", exist_ok=True)
    truth = {}
    for i in range(count):
        kind = str(rng.choice(["head", "section", "projection", "echoes", "noise", "slope"], p=[0.25, 0.2, 0.2, 0.2, 0.08, 0.07]))
        shape = tuple(int(v) for v in rng.choice([256, 384, 512, 640], 2))
        clean = np.array(np.clip(base_picture(rng, shape, scan, kind), 0, 255), np.float32)
        if kind == "echoes":
            console(rng, clean)
        picture, boxes = clean.copy(), []
        while len(boxes) < strings:
            bitmap, text = rng.random() < 0.25, lettering.string(0, 0) if usual else lettering.string()
            size = int(rng.choice([9, 10, 11, 12, 14, 16, 18, 20, 24, 28] if usual else [8, 9, 10, 11, 12, 13, 14, 16, 18, 22, 26, 32, 44]))
            ink = line(rng, lettering.font(max(size, 11 if text in OTHER else 8), bitmap, text), text, rng.random() < 0.4)
            if ink is None:
                continue
            turn = int(rng.choice([0, 0, 0, 0, 0, 0, 0, 0, 1, 3]))
            ink = np.rot90(ink, turn)
            h, w = ink.shape
            if h + 6 > shape[0] or w + 6 > shape[1]:
                continue
            y, x = int(rng.integers(1, shape[0] - h - 1)), int(rng.integers(1, shape[1] - w - 1))
            if not free([b["box"] for b in boxes], [x, y, x + w, y + h], 8):
                continue
            box, _, style = burn(rng, picture, ink, y, x, ["white", "white", "white", "grey", "black", "outlined", "inverse outline"] + ([] if usual else ["faint"]))
            boxes.append({"box": [int(v) for v in box], "text": text, "font": "bitmap" if bitmap else "vector", "size": h if turn == 0 else w, "style": style, "rot": turn > 0, "bg": kind})
        name = f"h{i:02d}_{kind}.png"
        truth[name] = boxes
        for folder, p in (("burned", picture), ("clean", clean)):
            Image.fromarray(np.clip(np.rint(p), 0, 255).astype(np.uint8)).save(f"{out}/{folder}/{name}")
    json.dump(truth, open(f"{out}/truth.json", "w"))


# ---- DICOM -------------------------------------------------------------------------------------------------------------------------------

def layout(rng, lettering, shape, size, clean=False):
    """Lines in the corners as devices write them: (ink, y, x)."""
    h, w = shape
    lines, bitmap = [], rng.random() < 0.4
    font = lettering.font(size, bitmap)
    for corner in rng.permutation(4)[:int(rng.integers(1, 5))]:
        y = 3 if corner < 2 else h - 4
        for _ in range(int(rng.integers(1, 5))):
            ink = line(rng, font, lettering.string(single=0.05, other=0), True if bitmap else rng.random() < 0.5)
            if ink is None or ink.shape[1] > w * 0.62:
                continue
            top = y if corner < 2 else y - ink.shape[0]
            left = 3 if corner % 2 == 0 else w - 3 - ink.shape[1]
            if 2 <= top and top + ink.shape[0] < h - 1 and free([[l[2], l[1], l[2] + l[0].shape[1], l[1] + l[0].shape[0]] for l in lines], [left, top, left + ink.shape[1], top + ink.shape[0]], 2):
                lines.append((ink, top, left))
            y += (ink.shape[0] + int(rng.integers(2, 6))) * (1 if corner < 2 else -1)
    if rng.random() < 0.4:
        ink = line(rng, font, str(rng.choice(SINGLE)), True)
        top, left = h // 2, 3
        if free([[l[2], l[1], l[2] + l[0].shape[1], l[1] + l[0].shape[0]] for l in lines], [left, top, left + ink.shape[1], top + ink.shape[0]], 2):
            lines.append((ink, top, left))
    return lines


def packed(mask):
    return base64.b64encode(zlib.compress(np.packbits(mask).tobytes())).decode()


def instance(path, planes, bits, photometric, signed, modality):
    """planes: (frames, rows, columns[, 3]) of 0 .. 255 as floats, scaled to the bits."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID, meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = ExplicitVRLittleEndian, "1.2.840.10008.5.1.4.1.1.7", generate_uid()
    data = FileDataset(path, {}, file_meta=meta, preamble=b"\0" * 128)
    data.is_little_endian, data.is_implicit_VR = True, False
    data.SOPClassUID, data.SOPInstanceUID, data.StudyInstanceUID, data.SeriesInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID, generate_uid(), generate_uid()
    data.PatientID, data.PatientName, data.Modality = "HELD", "Held^Out", modality
    values = np.rint(np.clip(planes, 0, 255) / 255 * ((1 << bits) - 1)).astype(np.int32)
    if photometric == "MONOCHROME1":
        values = (1 << bits) - 1 - values
    if signed:
        values = values - (1 << (bits - 1))
    data.Rows, data.Columns, data.BitsAllocated, data.BitsStored, data.HighBit = *values.shape[1:3], 8 if bits == 8 else 16, bits, bits - 1
    data.PixelRepresentation, data.PhotometricInterpretation, data.SamplesPerPixel = int(signed), photometric, 3 if values.ndim == 4 else 1
    if values.ndim == 4:
        data.PlanarConfiguration = 0
    if len(values) > 1:
        data.NumberOfFrames = len(values)
    raw = values.astype(np.uint8 if bits == 8 else np.int16 if signed else np.uint16).tobytes()
    data.PixelData = raw + b"\0" * (len(raw) & 1)
    data.save_as(path, write_like_original=False)


class AnswerKey:
    """What is asked of each file."""

    def __init__(self, prefix):
        self.prefix, self.answers, self.rows = prefix, [], []

    def add(self, file, action, **more):
        self.answers.append({"id": f"{self.prefix}-{len(self.answers)}", "file": file, "category": "pixels", "action": action, **more})

    def hidden(self, file, frame, box, mask, value):
        self.add(file, "pixels_hidden", midi="HIPAA-A", frame=frame, box=[int(v) for v in box], value=value, mask=packed(mask), plane="pixels", phi=True)

    def retained(self, file, exclude, clean):
        """Ends the file."""
        self.add(file, "pixels_retained", midi="BEST", mode="exact", exclude=exclude, roi=None, value="", clean=clean, plane="pixels")
        self.rows.append(f"{file},{'clean' if clean else 'pixel'},OT,x,HELD,0,0,")

    def write(self, out):
        with open(f"{out}/answers.jsonl", "w") as f:
            f.writelines(json.dumps(a) + "\n" for a in self.answers)
        with open(f"{out}/manifest.csv", "w") as f:
            f.write("file,kind,modality,syntax,patient,missing_ok,bytes,note\n" + "".join(r + "\n" for r in self.rows))
        open(f"{out}/phi.jsonl", "w").close()


def files(rng, lettering, scan, out, count):
    os.makedirs(f"{out}/input", exist_ok=True)
    key = AnswerKey("held")
    for i in range(count):
        kind = str(rng.choice(["head", "section", "projection", "echoes"], p=[0.2, 0.25, 0.2, 0.35]))
        small, colour, clean = rng.random() < 0.4, kind == "echoes" and rng.random() < 0.65, rng.random() < 0.3
        frames = int(rng.integers(3, 10)) if rng.random() < 0.3 else 1
        shape = tuple(int(v) for v in (rng.integers(100, 200, 2) if small else rng.choice([240, 256, 320, 400, 512, 640], 2)))
        size = int(rng.integers(8, 12)) if small else int(rng.choice([9, 10, 12, 13, 15, 18, 24]))
        still = base_picture(rng, shape, scan, kind)
        stack = []
        for _ in range(frames):
            picture = np.array(still + rng.normal(0, 3, shape) if frames > 1 and kind != "echoes" else base_picture(rng, shape, scan, kind) if frames > 1 else still, np.float32)
            stack.append(np.clip(picture, 0, 255))
        stack = np.array(stack, np.float32)
        if colour:
            stack = np.repeat(stack[..., None], 3, -1)
        if kind == "echoes":
            state = rng.bit_generator.state
            for picture in stack:
                rng.bit_generator.state = state
                console(rng, picture if not colour else picture[..., 0].copy(), picture if colour else None)
        name, lines = f"{'clean' if clean else 'px'}/{i:03d}_{kind}.dcm", [] if clean else layout(rng, lettering, shape, size)
        exclude, first = [], int(rng.integers(0, frames))
        shown = range(frames) if rng.random() < 0.5 else range(first, min(frames, first + 4))
        for ink, y, x in lines:
            state = rng.bit_generator.state
            for frame in shown:
                rng.bit_generator.state = state
                box, mask, style = burn(rng, stack[frame], ink, y, x, ["white", "white", "white", "grey", "outlined", "black", "inverse outline"])
                key.hidden(name, frame, box, mask, style)
            exclude.append({"box": box})
        key.retained(name, exclude, clean)
        os.makedirs(os.path.dirname(f"{out}/input/{name}"), exist_ok=True)
        bits = 8 if colour or rng.random() < 0.4 else int(rng.choice([10, 12, 16]))
        instance(f"{out}/input/{name}", stack, bits, "RGB" if colour else str(rng.choice(["MONOCHROME2", "MONOCHROME2", "MONOCHROME1"])), not colour and bits == 16, "US" if kind == "echoes" else "OT")
    key.write(out)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out"); arguments.add_argument("--fonts", required=True); arguments.add_argument("--volume"); arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--pictures", type=int, default=60); arguments.add_argument("--files", type=int, default=120)
    arguments.add_argument("--usual", action="store_true"); arguments.add_argument("--strings", type=int, default=10)
    options = arguments.parse_args()
    rng = np.random.default_rng(options.seed)
    lettering, scan = Lettering(rng, options.fonts), volume(options.volume) if options.volume else None
    pictures(rng, lettering, scan, f"{options.out}/pictures", options.pictures, options.strings, options.usual)
    files(rng, lettering, scan, f"{options.out}/files", options.files)


if __name__ == "__main__":
    main()
