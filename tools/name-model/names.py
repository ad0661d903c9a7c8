#!/usr/bin/python3
"""Writes the set of names of many origins that are no English words (see README.md)."""
import argparse
import re

from train import fold

BITS = 1 << 21
HASHES = 7


def places(word):
    """The bits of a word: FNV-1a over 64 bits, its two halves combined."""
    value = 14695981039346656037
    for letter in word:
        value = ((value ^ ord(letter)) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    low, high = value & 0xFFFFFFFF, value >> 32
    return [((low + index * (high | 1)) & 0xFFFFFFFF) % BITS for index in range(HASHES)]


def words_of(paths, small_only):
    found = set()
    for path in paths:
        with open(path, encoding='utf8') as lines:
            for line in lines:
                if line.startswith('#') or (small_only and line != line.lower()):
                    continue
                for word in re.split(r"[\s\-.,/()^|]+", line.strip().replace("'s", '').replace("'", '').replace('’', '')):
                    folded = fold(word)
                    if 3 <= len(folded) <= 20 and folded.isascii() and folded.isalpha():
                        found.add(folded)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--names', nargs='+', required=True)
    parser.add_argument('--words', nargs='+', required=True)
    parser.add_argument('--out', required=True)
    options = parser.parse_args()
    names = words_of(options.names, False) - words_of(options.words, True)
    table = bytearray(BITS // 8)
    for name in names:
        for place in places(name):
            table[place >> 3] |= 1 << (place & 7)
    with open(options.out, 'wb') as out:
        out.write(table)
    share = sum(bin(byte).count('1') for byte in table) / BITS
    print(f'{len(names)} names; a word that is none is taken for one with probability {share ** HASHES:.4f}')


if __name__ == '__main__':
    main()
