"""Burns invented strings into a picture, in many fonts, sizes, styles and turns, and keeps the boxes (the truth)."""
import glob
import os
import subprocess

import numpy as np
from PIL import Image, ImageDraw, ImageFont

NAMES = "SMITH Jones McDonald Fraser CAMPBELL Wilson o'Neill Agnes Fiona MARY Robert Callum Liam WANG Sheila Yusuf Nowak Schmidt Garcia".split()
WORDS = ("Hospital Infirmary Clinic Dept Radiology Name Patient ID DOB CHI NHS MRN Ward Dr Study Series Image Date Time Acc Tech Operator "
         "kV mA mm cm sec SUPINE PORTABLE ERECT LEFT RIGHT Lat AP PA Depth Gain MI TIS FR Hz dB THI Zoom WL WW TR TE FOV Thk Ex Se Im").split()
LETTERS = list("ABCDEFGHJKLMNOPQRSTUVWXYZabcdefghkmnopqrstuvwxyz23456789")
SIDES = list("LRAPHFSI")
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
SCRIPTS = {"cyrillic": (0x410, 0x450), "greek": (0x391, 0x3CA), "hebrew": (0x5D0, 0x5EB), "arabic": (0x627, 0x64B), "devanagari": (0x905, 0x940),
           "thai": (0xE01, 0xE2F), "kana": (0x3041, 0x30FB), "cjk": (0x4E00, 0x9FA0), "hangul": (0xAC00, 0xD7A0), "georgian": (0x10D0, 0x10F1),
           "armenian": (0x531, 0x557), "tamil": (0xB85, 0xBBA), "bengali": (0x985, 0x9BA), "ethiopic": (0x1200, 0x1357)}
LENGTHS = [(6.5, 15), (13, 32), (26, 84)]
PATTERNS = ["/usr/share/fonts/truetype/**/*.ttf", "/usr/share/fonts/opentype/**/*.otf", "/usr/share/fonts/X11/**/*.pcf*"]
COMMON = {"arabic": 4, "cjk": 3, "cyrillic": 3, "greek": 2, "hebrew": 2, "kana": 2, "hangul": 2}
NOT_TEXT = ("D050000L", "Symbol", "Dingbat", "Emoji", "Music", "hline", "cursor", "deccurs", "olcursor", "olgl", "micro", "Math", "nil")


class Fonts:
    """The fonts of this machine by kind. `held` (a share of 1) keeps every n-th file back for the validation set."""

    def __init__(self, validation, held=6):
        files = sorted({f for p in PATTERNS for f in glob.glob(p, recursive=True)})
        files = [f for f in files if not any(n in os.path.basename(f) for n in NOT_TEXT)]
        files = [f for i, f in enumerate(files) if (i % held == 0) == validation]
        self.charsets, self.latin, self.bitmap, self.other = {}, [], [], []
        for f in files:
            self.sort(f)
        self.scripts = sorted({s for f in self.other for s in self.charsets[f]})
        self.share = np.array([COMMON.get(s, 1) for s in self.scripts], float)
        self.share /= self.share.sum()

    def sort(self, file):
        answer = subprocess.run(["fc-query", "--format", "%{charset}\n", file], capture_output=True, text=True).stdout.split("\n")[0]
        ranges = [tuple(int(v, 16) for v in (r.split("-") * 2)[:2]) for r in answer.split() if r]
        scripts = {}
        for script, (a, b) in SCRIPTS.items():
            letters = [chr(c) for x, y in ranges for c in range(max(a, x), min(b - 1, y) + 1)]
            if len(letters) > 0.6 * (b - a):
                scripts[script] = letters
        latin = any(x <= 0x41 and y >= 0x7A for x, y in ranges)
        self.charsets[file] = scripts
        if ".pcf" in file and latin:
            self.bitmap.append(file)
        elif latin and "/noto/" not in file:
            self.latin.append(file)
        if scripts:
            self.other.append(file)

    def draw(self, rng, most=84):
        """(font, letters of another script or None) of at most about `most` pixels, or None where a bitmap font has no such size."""
        kind, low, high = rng.random(), *LENGTHS[int(rng.choice(len(LENGTHS), p=[0.55, 0.25, 0.2]))]
        size = min(float(np.exp(rng.uniform(np.log(low), np.log(high)))), max(9, most))
        if kind < 0.52 or not self.bitmap:
            return sized(rng, str(rng.choice(self.latin)), round(size)), None
        if kind < 0.74:
            return bitmap_font(rng, str(rng.choice(self.bitmap))), None
        script = str(rng.choice(self.scripts, p=self.share))
        file = str(rng.choice([f for f in self.other if script in self.charsets[f]]))
        if ".pcf" in file:
            return bitmap_font(rng, file), self.charsets[file][script]
        return sized(rng, file, round(max(size * rng.choice([1, 1.5]), 10))), self.charsets[file][script]


def sized(rng, file, size):
    """Some TrueType files hold nothing but bitmaps, of one size."""
    try:
        return ImageFont.truetype(file, size)
    except OSError:
        return bitmap_font(rng, file)


def bitmap_font(rng, file):
    for size in rng.permutation(np.arange(6, 34)):
        try:
            return ImageFont.truetype(file, int(size))
        except OSError:
            continue
    return None


def string(rng, letters):
    if letters:
        make = lambda n: "".join(letters[int(rng.integers(len(letters)))] for _ in range(n))
        return " ".join(make(int(rng.integers(1, 8))) for _ in range(int(rng.integers(1, 4))))
    pick = lambda options: str(rng.choice(options))
    digits = lambda n: "".join(pick(list("0123456789")) for _ in range(n))
    d, m, y = int(rng.integers(1, 29)), int(rng.integers(1, 13)), int(rng.integers(1900, 2030))
    kinds = [
        lambda: f"{pick(NAMES)}{pick([', ', '^', ' '])}{pick(NAMES)}",
        lambda: f"{d:02d}{pick(list('/-.'))}{m:02d}/{y}", lambda: f"{d}-{pick(MONTHS)}-{y}", lambda: f"{y}{m:02d}{d:02d} {digits(2)}:{digits(2)}:{digits(2)}",
        lambda: f"{pick(WORDS)}: {pick(NAMES)}", lambda: f"{pick(WORDS)} {digits(int(rng.integers(1, 11)))}", lambda: digits(int(rng.integers(1, 12))),
        lambda: " ".join(pick(WORDS) for _ in range(int(rng.integers(1, 6)))), lambda: f"{pick(WORDS)} {digits(2)}.{digits(1)}{pick(['mm', 'cm', '%', ' kV'])}",
        lambda: pick(list("LRAPHFSmMLX234567890I1")), lambda: pick(list("LRLRLRAPHFSI")), lambda: pick(LETTERS), lambda: "".join(pick(LETTERS) for _ in range(int(rng.integers(2, 4)))),
        lambda: pick(["LT", "RT", "R", "L", "AP", "PA", "A", "P", "H", "F", "cm", "B", "LL", "RCC", "LMLO", "m1", "2x", "T1"]), lambda: f"{pick(LETTERS)}{digits(int(rng.integers(1, 5)))}",
        lambda: pick(LETTERS) + "".join(chr(int(rng.integers(33, 127))) for _ in range(int(rng.integers(1, 14)))),
    ]
    text = kinds[int(rng.integers(len(kinds)))]()
    return text.upper() if rng.random() < 0.3 else text


def rendered(rng, font, text):
    """Ink of one line as 0..1 coverage, tight around the glyphs; the same for an outline, or None; whether the line is slanted."""
    try:
        x0, y0, x1, y1 = font.getbbox(text)
        stroke = int(rng.choice([1, 1, 2])) if rng.random() < 0.22 and font.size > 6 else 0
        bold = 1 if rng.random() < 0.05 and font.size > 12 else 0
        canvas = Image.new("L", (max(1, x1 + 12), max(1, y1 + 12)))
        draw = ImageDraw.Draw(canvas)
        draw.fontmode = "1" if rng.random() < 0.4 else "L"
        draw.text((6, 6), text, font=font, fill=255, stroke_width=bold)
        outline = None
        if stroke:
            outline = Image.new("L", canvas.size)
            ImageDraw.Draw(outline).text((6, 6), text, font=font, fill=255, stroke_width=stroke + bold)
    except (OSError, ValueError):
        return None
    box = (outline or canvas).getbbox()
    if box is None or box[2] - box[0] > 1500:
        return None
    scale = 2 if font.size < 14 and rng.random() < 0.08 else 1
    stretch = rng.uniform(0.75, 2, 2) if rng.random() < 0.12 and font.size > 9 else None
    turn = rng.choice([0, 90, 270, 180, 1, 2], p=[0.78, 0.07, 0.07, 0.01, 0.05, 0.02])
    angle = float(turn) if turn not in (1, 2) else rng.uniform(-8, 8) if turn == 1 else rng.uniform(-60, 60)
    return [turned(p.crop(box), scale, stretch, angle) if p else None for p in (canvas, outline)] + [angle % 90 != 0]


def cut(rng, inks, height, width):
    """A line that is longer than the picture goes on beyond it."""
    h, w = inks[0].shape
    y, x = int(rng.integers(0, max(1, h - height + 1))), int(rng.integers(0, max(1, w - width + 1)))
    return [None if ink is None else ink[y:y + height, x:x + width] for ink in inks[:2]] + inks[2:]


def turned(ink, scale, stretch, angle):
    """Twice the size as a screen doubles its pixels, or stretched as a screen copied at another size."""
    ink = ink.resize((ink.width * scale, ink.height * scale), Image.NEAREST)
    if stretch is not None:
        ink = ink.resize([max(1, round(s * f)) for s, f in zip(ink.size, stretch)], Image.BILINEAR)
    return np.asarray(ink.rotate(angle, expand=True, resample=Image.NEAREST if angle % 90 == 0 else Image.BILINEAR), np.float32) / 255


def levels(rng, under):
    """Grey level of the ink: mostly the extremes, always visible over what is beneath."""
    middle, spread = float(np.median(under)), float(under.std())
    for _ in range(20):
        level = float(rng.choice([255, 255, 255, 0, rng.uniform(150, 255), rng.uniform(0, 255), *(middle + rng.choice([-1, 1], 2) * rng.uniform(7, 50, 2))]))
        share = float(np.mean(np.abs(under - level) > max(6, 1.0 * spread)))
        if 0 <= level <= 255 and share > 0.85:
            return level
    return 255.0 if middle < 128 else 0.0


class Page:
    """A picture under work: what is drawn so far, the mask of text, and the line boxes."""

    def __init__(self, picture):
        self.picture = picture
        self.mask = np.zeros(picture.shape, np.uint8)
        self.boxes = []

    def burn(self, rng, ink, outline, slanted, x, y):
        h, w = ink.shape
        height, width = self.picture.shape
        if x < 0 or y < 0 or x + w > width or y + h > height or self.mask[max(0, y - 3):y + h + 3, max(0, x - 3):x + w + 3].any():
            return False
        under = self.picture[y:y + h, x:x + w]
        if rng.random() < 0.06:
            pad = int(rng.integers(1, 6))
            self.picture[max(0, y - pad):y + h + pad, max(0, x - pad):x + w + pad] = rng.choice([0, 255, rng.uniform(0, 255)])
        level = levels(rng, under)
        if outline is not None:
            hollow = h > 12 and rng.random() < 0.12
            edge = level if hollow else rng.choice([0.0, 255.0]) if rng.random() < 0.3 else (0.0 if level > 127 else 255.0)
            level = float(np.median(under)) if hollow else level if abs(level - edge) > 60 else 255.0 - edge
            under[:] = under * (1 - outline) + edge * outline
        elif rng.random() < 0.07 and h > 3 and w > 3:
            under[1:, 1:] *= 1 - ink[:-1, :-1]
        alpha = 1.0 if rng.random() < 0.85 else rng.uniform(0.6, 1)
        under[:] = under * (1 - ink * alpha) + level * ink * alpha
        self.remember(ink if outline is None else outline, slanted, x, y)
        return True

    def remember(self, ink, slanted, x, y):
        """The whole line counts as text, the gaps between words too."""
        h, w = ink.shape
        on = ink > 0.3
        self.mask[y:y + h, x:x + w] |= hull(on) if slanted else np.ones((h, w), bool)
        ys, xs = np.nonzero(on)
        if len(xs):
            self.boxes.append((x + int(xs.min()), y + int(ys.min()), x + int(xs.max()) + 1, y + int(ys.max()) + 1))


def hull(on):
    """Between the first and last ink of each row, or of each column: fills a slanted line without filling its bounding box."""
    rows = np.maximum.accumulate(on, 1) & np.maximum.accumulate(on[:, ::-1], 1)[:, ::-1]
    columns = np.maximum.accumulate(on, 0) & np.maximum.accumulate(on[::-1], 0)[::-1]
    return (rows & columns) | on | (rows if rows.sum() < columns.sum() else columns)


def burn_text(rng, picture, fonts):
    page = Page(picture)
    if rng.random() < 0.18:
        return page
    if max(picture.shape) < 200 and rng.random() < 0.5:
        for _ in range(int(rng.integers(1, 4))):
            column(rng, page, fonts, int(rng.integers(1, 5)))
        return page
    layout = rng.choice(["scatter", "corner", "page"], p=[0.7, 0.24, 0.06])
    if layout == "scatter":
        scatter(rng, page, fonts)
    elif layout == "corner":
        for _ in range(int(rng.integers(1, 4))):
            column(rng, page, fonts, int(rng.integers(2, 9)))
    else:
        for _ in range(6):
            column(rng, page, fonts, 30)
    return page


def scatter(rng, page, fonts):
    height, width = page.picture.shape
    for _ in range(int(rng.integers(1, max(2, height * width // 9000)))):
        font, letters = fonts.draw(rng, min(height, width) / 4)
        inks = rendered(rng, font, string(rng, letters)) if font else None
        if not inks:
            continue
        inks = cut(rng, inks, height, width)
        h, w = inks[0].shape
        for _ in range(4):
            x, y = (int(rng.choice([0, 1, 3, rng.uniform(0, max(1, s - e)), s - e - 1, s - e], p=[.04, .03, .03, .8, .05, .05])) for s, e in ((width, w), (height, h)))
            if page.burn(rng, *inks, x, y):
                break


def column(rng, page, fonts, lines):
    """A block of lines in one font, as devices write it into a corner."""
    height, width = page.picture.shape
    font, letters = fonts.draw(rng, min(height, width) / 5)
    if font is None:
        return
    x, y = int(rng.choice([rng.uniform(1, 20), rng.uniform(0, width * 0.8)])), int(rng.choice([rng.uniform(1, 20), rng.uniform(0, height * 0.8)]))
    right = rng.random() < 0.3
    for _ in range(lines):
        inks = rendered(rng, font, string(rng, letters))
        if not inks or inks[0].shape[0] > 3 * font.size + 10:
            continue
        h, w = inks[0].shape
        page.burn(rng, *inks, width - x - w if right else x, y)
        y += h + int(rng.integers(3, 9))


def short_strings(rng, picture, fonts):
    """Many single letters and short strings, each away from the others, of all sizes up to 34 pixels: what a first look misses."""
    page = Page(picture)
    height, width = page.picture.shape
    for _ in range(int(height * width / rng.uniform(1800, 6000)) + 2):
        font = bitmap_font(rng, str(rng.choice(fonts.bitmap))) if rng.random() < 0.3 else sized(rng, str(rng.choice(fonts.latin)), round(float(np.exp(rng.uniform(np.log(6), np.log(34))))))
        kind = rng.random()
        text = str(rng.choice(LETTERS + 6 * SIDES)) if kind < 0.55 else "".join(str(rng.choice(LETTERS)) for _ in range(int(rng.integers(2, 5)))) if kind < 0.75 else string(rng, None)
        inks = rendered(rng, font, text) if font else None
        if not inks or min(inks[0].shape) < 3 or inks[0].shape[0] >= height - 2 or inks[0].shape[1] >= width - 2:
            continue
        h, w = inks[0].shape
        for _ in range(3):
            y, x = int(rng.integers(0, height - h)), int(rng.integers(0, width - w))
            if not page.mask[max(0, y - 10):y + h + 10, max(0, x - 10):x + w + 10].any() and page.burn(rng, *inks, x, y):
                break
    return page
