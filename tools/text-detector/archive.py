#!/usr/bin/python3
"""archive.py OUT --fonts DIR [--volume BRAIN.nii.gz] [--slices DIR] [--seed N] [--files N]: DICOM files of the kinds an archive holds, with what stands on them.

OUT/input/*.dcm, answers.jsonl, manifest.csv, phi.jsonl, as heldout.py writes them: CT, MR, radiographs, angiographies, ultrasound of many sizes, single and multi-frame, grey and colour,
with the lines of a workstation in their corners, forms, dose screens and notes; and as many without text, most of them of 32 to 72 pixels. Only what identifies is asked for; other lines
may be hidden or kept. `--slices`: pictures without text of scanners that no training saw."""
import argparse
import glob
import io
import os

import numpy as np
from PIL import Image

from heldout import FAMILY, GIVEN, OTHER, PLACES, AnswerKey, Lettering, burn, echoes, free, head, instance, line, projection, spectrum, volume

OTHER_LINES = ["5 cm", "kV {k}", "mA {k}", "Thk {d}.{d} mm", "MI 1.{d} TIs 0.{d}", "W {k} L {m}", "Se {d} Im {m}", "FR {m}Hz", "TE {m} TR {k}", "SUPINE", "ERECT", "R", "L", "Dist {m}.{d} mm", "Gn {m}"]


def person(rng):
    digits = "".join(str(v) for v in rng.integers(0, 10, 10))
    family, given = str(rng.choice(FAMILY)), str(rng.choice(GIVEN))
    name = str(rng.choice([f"{family}, {given}", f"{family.upper()}, {given.upper()}", f"{family.upper()} {given.upper()}", f"{family}^{given}"]))
    born = [int(rng.integers(1, 29)), int(rng.integers(1, 13)), int(rng.integers(1920, 2015))]
    write = [lambda d, m, y: f"{d:02d}/{m:02d}/{y}", lambda d, m, y: f"{y}-{m:02d}-{d:02d}", lambda d, m, y: f"{d:02d}.{m:02d}.{y}", lambda d, m, y: f"{d:02d}-{'JanFebMarAprMayJunJulAugSepOctNovDec'[3 * m - 3:3 * m]}-{y}"][int(rng.integers(4))]
    taken = write(int(rng.integers(1, 29)), int(rng.integers(1, 13)), int(rng.integers(2005, 2024)))
    number = str(rng.choice([f"CHI {digits[:6]} {digits[6:]}", f"NHS No {digits[:3]} {digits[3:6]} {digits[6:]}", digits, f"ID:{digits}", f"{digits[:6]} {digits[6:]}"]))
    return {"name": name, "number": number, "born": write(*born), "taken": taken, "clock": f"{rng.integers(8, 19):02d}:{digits[0]}{digits[1]}" if int(digits[0]) < 6 else "10:30",
            "place": f"{rng.choice(PLACES)} {rng.choice(['Royal Infirmary', 'District Hospital', 'General Hospital', 'Community Hospital'])}", "sex": str(rng.choice(["M", "F"]))}


def other_line(rng):
    return str(rng.choice(OTHER_LINES)).format(k=int(rng.integers(80, 900)), m=int(rng.integers(10, 99)), d=int(rng.integers(1, 9)))


def corners(rng):
    """Four lists of (text, identifies), top left, top right, bottom left, bottom right, and two at the middle of the sides."""
    p, more = person(rng), lambda n: [(other_line(rng), False) for _ in range(n)]
    layouts = [
        lambda: [[(p["place"], True), (p["name"], True), (p["number"], True), (f"DOB {p['born']}", True)], [(f"{p['taken']} {p['clock']}", True), *more(1)], more(2), more(1)],
        lambda: [[], [(p["name"], True), (p["number"], True)], more(2), [*more(1), (p["born"], True)]],
        lambda: [[(f"{p['name']}  {p['sex']}  {p['born']}", True), (p["number"], True)], more(1), [*more(2), (p["place"], True)], [(p["taken"], True)]],
        lambda: [[(p["name"], True), (p["number"], True), (p["born"], True)], [(p["place"], True), (p["taken"], True)], [], more(3)],
        lambda: [more(2), more(2), [(p["number"], True), (p["name"], True)], [(p["taken"], True)]],
        lambda: [[(p["name"], True), (p["number"], True)], [], [], more(1)]]
    chosen = layouts[int(rng.integers(len(layouts)))]()
    return chosen if rng.random() < 0.5 else [chosen[1], chosen[0], chosen[3], chosen[2]]


# ---- pictures ----------------------------------------------------------------------------------------------------------------------------

def body(rng, shape):
    """An even ellipse with organs of even grey in it."""
    h, w = shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    def inside(cy, cx, ry, rx, turn):
        a, b = (y - cy * h) / h, (x - cx * w) / w
        return ((a * np.cos(turn) + b * np.sin(turn)) / ry) ** 2 + ((b * np.cos(turn) - a * np.sin(turn)) / rx) ** 2 < 1
    ground = rng.uniform(0, 15)
    trunk = inside(rng.uniform(0.47, 0.53), rng.uniform(0.47, 0.53), rng.uniform(0.26, 0.44), rng.uniform(0.32, 0.46), rng.uniform(-0.1, 0.1))
    picture = np.where(trunk, rng.uniform(60, 140), ground).astype(np.float32)
    for _ in range(int(rng.integers(4, 12))):
        picture[inside(rng.uniform(0.3, 0.7), rng.uniform(0.25, 0.75), rng.uniform(0.03, 0.14), rng.uniform(0.03, 0.14), rng.uniform(0, 3)) & trunk] = rng.uniform(20, 255)
    return picture + rng.normal(0, rng.uniform(0.5, 9), shape)


def chest(rng, shape):
    """Two lungs, a heart, arcs of ribs, a bright or dark edge."""
    h, w = shape
    y, x = np.mgrid[0:1:h * 1j, 0:1:w * 1j].astype(np.float32)
    picture = 170 + 20 * spectrum(rng, shape, 2.2) - rng.uniform(0, 60) * y
    for cx in (0.3, 0.7):
        picture -= rng.uniform(50, 100) * np.exp(-(((x - cx) / rng.uniform(0.11, 0.16)) ** 4) - ((y - 0.45) / rng.uniform(0.22, 0.32)) ** 4)
    picture += 40 * np.exp(-((x - 0.5) / 0.08) ** 2) + 40 * np.exp(-((x - 0.56) / 0.13) ** 2 - ((y - 0.62) / 0.13) ** 2)
    bow, apart = rng.uniform(0.1, 0.5), rng.uniform(0.045, 0.08)
    phase = ((y - bow * (np.abs(x - 0.5) - 0.2) ** 2 * 4) / apart) % 1
    picture += rng.uniform(6, 22) * np.exp(-((phase - 0.5) / 0.18) ** 2) * (np.abs(x - 0.5) > 0.08)
    edge = rng.choice([-1, 1]) * rng.uniform(0, 140)
    picture += edge * np.exp(-np.minimum(x, 1 - x) / rng.uniform(0.02, 0.06))
    return np.clip(picture + rng.normal(0, rng.uniform(0.5, 5), shape), 0, 255)


def angiogram(rng, shape):
    return projection(rng, shape) if rng.random() < 0.6 else body(rng, shape)


def slice_of(rng, shape, slices):
    picture = Image.open(str(rng.choice(slices))).convert("L")
    scale = max(shape[0] / picture.height, shape[1] / picture.width)
    picture = picture.resize([max(s, int(round(v * scale))) for v, s in zip(picture.size, shape[::-1])], Image.BOX if scale < 0.6 else Image.BICUBIC)
    y, x = int(rng.integers(picture.height - shape[0] + 1)), int(rng.integers(picture.width - shape[1] + 1))
    return np.asarray(picture, np.float32)[y:y + shape[0], x:x + shape[1]] * rng.uniform(0.7, 1)


def paper(rng, shape):
    return np.full(shape, rng.uniform(225, 255), np.float32) + rng.normal(0, rng.uniform(0, 4), shape)


# ---- writing -----------------------------------------------------------------------------------------------------------------------------

def place(rng, lettering, shape, size, texts, overlap=False):
    """(ink, y, x, text, identifies) of the lines of the four corners."""
    h, w = shape
    bitmap = rng.random() < 0.35
    font, hard, margin, lines = lettering.font(size, bitmap), bitmap or rng.random() < 0.3, int(rng.integers(1, 7)), []
    for corner, block in enumerate(texts):
        inks = [(line(rng, font, t, hard), t, p) for t, p in block]
        y = margin if corner < 2 else h - margin
        for ink, text, identifies in inks if corner < 2 else inks[::-1]:
            if ink is None or ink.shape[1] > w - 2 * margin - 2:
                continue
            top = y if corner < 2 else y - ink.shape[0]
            left = margin if corner % 2 == 0 else w - margin - ink.shape[1]
            if top < 1 or top + ink.shape[0] >= h or not free([[l[2], l[1], l[2] + l[0].shape[1], l[1] + l[0].shape[0]] for l in lines], [left, top, left + ink.shape[1], top + ink.shape[0]], 2):
                continue
            lines.append((ink, top, left, text, identifies))
            y += (ink.shape[0] + int(rng.integers(2, 5))) * (1 if corner < 2 else -1)
    return lines


def page(rng, lettering, shape, size):
    p, y, lines = person(rng), int(0.06 * shape[0]), []
    font, hard = lettering.font(size, rng.random() < 0.2), rng.random() < 0.3
    rows = [("RADIOLOGY REQUEST", False), (f"Surname: {p['name']}", True), (p["number"], True), (f"D.O.B. {p['born']}", True), (f"Address: 7 {rng.choice(PLACES)} Terrace", True), ("Clinical details: weight loss", False),
            (f"Referrer: Dr {rng.choice(FAMILY)}", True), ("Allergies: none known", False), (f"Requested {p['taken']}", True), (p["place"], True)]
    for text, identifies in rows:
        ink = line(rng, font, text, hard)
        if ink is not None and ink.shape[1] < shape[1] - 20 and y + ink.shape[0] < shape[0] - 4:
            lines.append((ink, y, int(0.04 * shape[1]), text, identifies))
            y += int(ink.shape[0] * rng.uniform(1.3, 1.9))
    return lines


def note(rng, lettering, shape, size):
    p = person(rng)
    font = lettering.open(str(rng.choice([f for f in lettering.vector if any(k in f for k in ("ecolier", "kaushan", "hand", "script"))] or lettering.vector)), size)
    return [(ink, int(shape[0] * at), int(shape[1] * 0.05), t, i) for at, t, i in ((0.08, p["name"].replace("^", " ").title(), True), (0.35, p["born"], True), (0.75, "lateral", False)) if (ink := line(rng, font, t, False)).shape[1] < shape[1] * 0.9]


# (share, kind, heights and widths to choose from, frames)
KINDS = [(10, "section", (256, 512)), (5, "slice", (256, 320, 512)), (10, "chest", (320, 400, 512, 640, 1024)), (5, "head", (200, 256, 512)), (14, "sector", (240, 480)), (10, "cine", (120, 128, 160)), (3, "cine", (240,)),
         (8, "angiogram", (128, 160)), (4, "page", (420, 600)), (3, "dose", (512,)), (3, "note", (200,)), (5, "anatomy", (400,)), (4, "turned", (340, 420)), (4, "faint", (300,)), (4, "script", (256,)), (3, "inverse", (256, 320)), (3, "plain", (256, 320))]
CLEAN = [(24, "section", (32, 40, 48)), (10, "slice", (64, 72)), (4, "slice", (256, 512)), (3, "sector", (200, 256)), (2, "section", (256, 320)), (2, "chest", (320, 512)), (1, "angiogram", (128, 256))]


def one(rng, scan, slices, kind, sizes):
    """Shape, frames of 0 .. 255, whether of ultrasound, and the kind where another had to stand in."""
    side = int(rng.choice(sizes))
    if kind in ("slice", "anatomy") and not slices:
        kind = "section" if kind == "slice" else "chest"
    if kind == "head" and scan is None:
        kind = "section"
    wide = {"sector": 4 / 3, "cine": float(rng.choice([1, 4 / 3, 1.25])), "page": 4 / 3, "note": 1.8, "turned": 0.8}.get(kind, float(rng.choice([1, 1, 1, 0.75, 1.25])) if side > 100 else 1)
    shape = (side, int(round(side * wide / 2)) * 2)
    frames = int(rng.integers(3, 8)) if kind in ("cine", "angiogram") and side < 250 else 1
    ultrasound = kind == "sector" or kind == "cine" and rng.random() < 0.75
    make = {"slice": lambda: slice_of(rng, shape, slices), "anatomy": lambda: slice_of(rng, shape, slices), "chest": lambda: chest(rng, shape), "turned": lambda: chest(rng, shape), "faint": lambda: chest(rng, shape), "head": lambda: head(rng, shape, scan),
            "angiogram": lambda: angiogram(rng, shape), "page": lambda: paper(rng, shape), "note": lambda: paper(rng, shape), "dose": lambda: np.full(shape, rng.choice([0.0, 0.0, 20.0]), np.float32),
            "inverse": lambda: 255 - body(rng, shape), "plain": lambda: [chest, body][int(rng.integers(2))](rng, shape)}.get(kind, lambda: echoes(rng, shape) if ultrasound else body(rng, shape))
    stack = [make()]
    for _ in range(frames - 1):
        stack.append(echoes(rng, shape) if ultrasound else stack[0] + rng.normal(0, 4, shape))
    return shape, np.clip(np.array(stack, np.float32), 0, 255), ultrasound, kind


def lines_of(rng, lettering, shape, kind):
    # the letters of small pictures are small, but seldom below 8 points
    size = int(round(np.clip(shape[0] * rng.uniform(0.026, 0.046), 9 if shape[0] > 200 else 8, 30)))
    if kind in ("page", "dose"):
        return page(rng, lettering, shape, max(size, 14))
    if kind == "note":
        return note(rng, lettering, shape, int(rng.integers(20, 30)))
    if kind == "plain":
        return place(rng, lettering, shape, size + 4, [[(other_line(rng), False) for _ in range(int(rng.integers(0, 3)))] for _ in range(4)])
    if kind == "script":
        text, p = str(rng.choice([t for t in OTHER if t in lettering.other])), person(rng)
        font = lettering.font(int(rng.integers(16, 22)), text=text)
        inks = [line(rng, font, text, False), line(rng, lettering.font(size + 3), p["number"], False)]
        return [(ink, y, 5, t, True) for ink, y, t in zip(inks, (5, 32), (text, p["number"]))]
    if kind == "anatomy":
        lines = place(rng, lettering, shape, size, [corners(rng)[0][:3]])
        dy, dx = int(rng.integers(shape[0] // 4, shape[0] // 2)), int(rng.integers(10, max(11, shape[1] // 4)))
        return [(i, y + dy, x + dx, t, p) for i, y, x, t, p in lines if x + dx + i.shape[1] < shape[1]]
    if kind == "turned":
        p, lines, x = person(rng), [], 4
        for text in (p["name"], p["number"]):
            ink = np.rot90(line(rng, lettering.font(size + 2), text, False), int(rng.choice([1, 3])))
            if ink.shape[0] < shape[0] - 12:
                lines.append((ink, 6, x if len(lines) == 0 else shape[1] - 6 - ink.shape[1], text, True))
        return lines
    return place(rng, lettering, shape, size, corners(rng))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out"); arguments.add_argument("--fonts", required=True); arguments.add_argument("--volume"); arguments.add_argument("--slices")
    arguments.add_argument("--seed", type=int, default=1); arguments.add_argument("--files", type=int, default=480)
    options = arguments.parse_args()
    rng = np.random.default_rng(options.seed)
    lettering, scan = Lettering(rng, options.fonts), volume(options.volume) if options.volume else None
    slices = sorted(glob.glob(os.path.join(options.slices, "*.png"))) if options.slices else []
    key = AnswerKey("archive")
    for i in range(options.files):
        clean = rng.random() < 0.46
        table = CLEAN if clean else KINDS
        share = np.array([k[0] for k in table], float)
        _, kind, sizes = table[int(rng.choice(len(table), p=share / share.sum()))]
        shape, stack, ultrasound, kind = one(rng, scan, slices, kind, sizes)
        colour = ultrasound and rng.random() < 0.7
        if colour:
            stack = np.repeat(stack[..., None], 3, -1)
        lines = [] if clean else lines_of(rng, lettering, shape, kind)
        if ultrasound and rng.random() < 0.7 and shape[0] > 100:
            bar = np.linspace(255, 0, shape[0] // 3)
            stack[:, shape[0] // 4:shape[0] // 4 + len(bar), -int(0.05 * shape[1]):-int(0.02 * shape[1])] = bar[None, :, None, None] if colour else bar[None, :, None]
        styles = {"faint": ["faint"], "page": ["black"], "note": ["black"], "inverse": ["black"]}.get(kind, ["white", "white", "white", "white", "grey", "outlined", "black"] if kind in ("anatomy", "chest", "turned", "plain") else ["white", "white", "white", "grey"])
        first = int(rng.integers(0, len(stack)))
        shown = range(len(stack)) if rng.random() < 0.6 else range(first, min(len(stack), first + 2))
        name, exclude = f"{'clean' if clean else 'px'}/{i:03d}_{kind}.dcm", []
        for ink, y, x, text, identifies in lines:
            state = rng.bit_generator.state
            for frame in shown:
                rng.bit_generator.state = state
                box, mask, style = burn(rng, stack[frame], ink, y, x, styles)
                if identifies:
                    key.hidden(name, frame, box, mask, text)
            exclude.append({"box": [x, y, x + ink.shape[1], y + ink.shape[0]]})
        if rng.random() < 0.15 and shape[0] > 100:
            for frame in range(len(stack)):
                buffer = io.BytesIO()
                Image.fromarray(np.clip(np.rint(stack[frame]), 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=int(rng.integers(70, 95)))
                stack[frame] = np.asarray(Image.open(buffer), np.float32)
        key.retained(name, exclude, clean)
        os.makedirs(os.path.dirname(f"{options.out}/input/{name}"), exist_ok=True)
        bits = 8 if colour or rng.random() < 0.4 else int(rng.choice([10, 12, 14, 16]))
        signed = not colour and bits in (12, 16) and rng.random() < 0.4
        instance(f"{options.out}/input/{name}", stack, bits, "RGB" if colour else "MONOCHROME1" if kind in ("chest", "turned", "faint", "plain") and rng.random() < 0.4 else "MONOCHROME2", signed, "US" if ultrasound else "OT")
    key.write(options.out)


if __name__ == "__main__":
    main()
