#!/usr/bin/python3
"""Trains the weights that tell unknown names from unknown clinical and technical words (see README.md)."""
import argparse
import random
import re
import unicodedata
import zlib

import numpy as np

BUCKETS = 1 << 16
SHORTEST, LONGEST = 2, 5


def fold(word):
    """Letters without marks, small: as src/Smi.Deid/Text/Words/Folding.cs does for the letters of Europe."""
    word = word.translate(str.maketrans({'ß': 'ss', 'ø': 'o', 'Ø': 'o', 'ł': 'l', 'Ł': 'l', 'đ': 'd', 'æ': 'ae', 'Æ': 'ae', 'þ': 'th', 'ð': 'd', 'ı': 'i'}))
    return ''.join(c for c in unicodedata.normalize('NFD', word) if not unicodedata.combining(c)).lower()


def features(word):
    """The buckets of the word's pieces of two to five letters, its ends marked; FNV-1a over the letters."""
    marked = '^' + word + '$'
    found = []
    for start in range(len(marked)):
        value = 2166136261
        for end in range(start, min(len(marked), start + LONGEST)):
            value = ((value ^ ord(marked[end])) * 16777619) & 0xFFFFFFFF
            if end - start + 1 >= SHORTEST:
                found.append((value ^ (value >> 16)) & (BUCKETS - 1))
    return found


def read_words(paths, small_only):
    words = set()
    for path in paths:
        with open(path, encoding='utf8') as lines:
            for line in lines:
                if line.startswith('#'):
                    continue
                line = line.split('\t')[1] if small_only and line.count('\t') == 2 else line
                for word in re.split(r"[\s\-'’.,/()^|]+", line.strip()):
                    if not word.isalpha() or (small_only and word != word.lower() and word != word.upper()):
                        continue
                    folded = fold(word)
                    if 3 <= len(folded) <= 20 and folded.isascii() and folded.isalpha():
                        words.add(folded)
    return words


def made_up_terms(technical, count, chance):
    """Abbreviations as protocol names have them: cut words, two of them joined, words without their vowels."""
    words = sorted(word for word in technical if len(word) > 3)
    made = set()
    while len(made) < count:
        first, second = chance.choice(words), chance.choice(words)
        made.add(chance.choice([
            first[:chance.randint(3, 5)], first[:chance.randint(3, 5)] + second[:chance.randint(2, 5)], first + second,
            first[:4] + second, first[0] + re.sub('[aeiou]', '', first[1:]), first + second[:3]]))
    return {word for word in made if 3 <= len(word) <= 20}


def train(samples, epochs, rate, chance):
    weights = np.zeros(BUCKETS + 1)
    squares = np.full(BUCKETS + 1, 1e-3)
    for epoch in range(epochs):
        chance.shuffle(samples)
        loss = 0.0
        for at in range(0, len(samples), 512):
            batch = samples[at:at + 512]
            lengths = np.array([len(found) for found, _, _ in batch])
            rows = np.repeat(np.arange(len(batch)), lengths)
            columns = np.concatenate([found for found, _, _ in batch])
            scale = 1 / np.sqrt(lengths)
            label = np.array([label for _, label, _ in batch], float)
            weight = np.array([weight for _, _, weight in batch], float)
            score = np.bincount(rows, weights[columns], len(batch)) * scale + weights[BUCKETS]
            guess = 1 / (1 + np.exp(-score))
            loss -= np.sum(weight * np.log(np.where(label > 0, guess, 1 - guess) + 1e-9))
            slope = (guess - label) * weight
            gradient = np.bincount(columns, (slope * scale)[rows], BUCKETS + 1)
            gradient[BUCKETS] = slope.sum()
            gradient += 1e-6 * weights * len(batch)
            squares += gradient ** 2
            weights -= rate * gradient / np.sqrt(squares)
        print(f'epoch {epoch + 1}: loss {loss / len(samples):.4f}', flush=True)
    return weights


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--names', nargs='+', required=True)
    parser.add_argument('--words', nargs='+', required=True)
    parser.add_argument('--technical', nargs='+', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--epochs', type=int, default=8)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    technical = read_words(options.technical, True)
    words = read_words(options.words, True)
    names = read_words(options.names, False) - technical - words
    kept = lambda word: zlib.crc32(word.encode()) % 10 != 0
    known = read_words(options.names, False)
    made = made_up_terms(technical, 60000, chance) - known
    negatives = [(word, 1.0) for word in words - known] + [(word, 4.0) for word in technical] + [(word, 1.0) for word in made]
    samples = [(np.array(features(word)), 1, 1.0) for word in sorted(names) if kept(word)]
    samples += [(np.array(features(word)), 0, weight) for word, weight in sorted(negatives) if kept(word)]
    print(f'{len(names)} names, {len(words)} words, {len(technical)} technical words, {len(made)} made up')
    weights = train(samples, options.epochs, 0.3, chance)
    step = np.abs(weights[:BUCKETS]).max() / 127
    table = np.round(weights[:BUCKETS] / step).astype(np.int8)
    with open(options.out, 'wb') as out:
        out.write(np.array([step, weights[BUCKETS]], '<f4').tobytes() + table.tobytes())
    report(table * step, weights[BUCKETS], names, words - known, technical, made, kept)


def report(weights, bias, names, words, technical, made, kept):
    score = lambda word: weights[features(word)].sum() / np.sqrt(len(features(word))) + bias
    for title, group in (('names', names), ('words', words), ('technical', technical), ('made up', made)):
        scores = np.array([score(word) for word in sorted(group) if not kept(word)])
        print(title, len(scores), ' '.join(f'>{limit}: {100 * (scores > limit).mean():.1f}%' for limit in (-2, -1, 0, 1, 2, 3)))


if __name__ == '__main__':
    main()
