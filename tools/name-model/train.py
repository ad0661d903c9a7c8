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


ROOTS = """abdomin acanth acet acr actin aden adip adren aer alge alveol amni amyl an andr angi ankyl antr aort aponeur append aque arachn arteri arthr articul atel ather atri audi aur azot bacill
 bacteri balan bili blast blephar brachi brady bronch bronchi bucc burs cal calcane calci capill capit carcin cardi carp caryo caud cec cel cephal cerebell cerebr cervic cheil cheir chol cholangi cholecyst choled
 chondr chori chrom cili cleid clon coccyg coch coel col colp condyl coni conjunctiv corne coron cost cox crani cry crypt cutane cyan cycl cyst cyt dacry dactyl dent derm dermat desm dextr dipl dips dors duct duoden
 dur dynam dys ech ectop electr embol embry encephal endocrin enter eosin ependym epididym epiphys episi epitheli erythr esophag oesophag esthesi esth faci fasci femor fet fibr fibul flav follicul fund galact gangli
 gastr gen gingiv glauc gli glomerul gloss gluc glyc gnath gon gonad granul gravid gynec gyr haem hem hemat haemat hepat herni hidr hist humer hyal hydr hyster iatr ichthy ile ili immun infundibul inguin insul ir irid
 isch ischi jejun kal kary kerat keton kinesi kyph labi labyrinth lacrim lamin lapar laryng later lei lept leuk leiomy leuc ligament lingu lip lith lob lob lord lumb lymph lys macr mal mamm mandibul mast mastoid maxill
 meat medi mediastin medull megal melan men mening menisc ment mes metatars metacarp metr mon morph muc myc myel myx my myring nas narc nat necr nephr neur neutr nev noct norm nulli nyct ocul odont olig omphal onych oo
 oophor ophthalm opt or orch orth oss oste ot ovari ox palat palpebr pancreat papill parathyr pariet patell path ped pelv pen periton perone phac phall pharyng phleb phon phot phren physi pil plant plasm pleur pneum
 pneumon pod poli polyp port prim proct prostat prurit psych pub pulmon pupill py pyel pylor pyr quadr rachi radi radicul ren reticul retin rhabd rhabdomy rhin rhiz rhytid sacr salping sangu sarc scaph scapul schist
 schiz scler scoli scot seb semin sept sial sider sigmoid sinus somat sperm sphen sphygm spir splen spondyl squam staped staphyl steat sten stern steth stomat strept styl synaps syndesm synovi syring syr tars tel
 tendin ten terat test tetr thalam thec thel therm thorac thromb thym thyr tibi tom ton tonsill top tox trache trachel trich trigon troch trop tubul tympan typhl uln umbilic ungu ur ureter urethr urin uter uve uvul
 vagin valvul varic vas vascul ven ventricul vertebr vesic vesicul vir viscer vitr vulv xanth xer xiph zyg zym""".split()
ENDINGS = """itis itides osis oses oma omas omata ectomy ectomies ostomy otomy oplasty oscopy ography ogram ograms ometry opathy omegaly algia odynia emia aemia uria orrhea orrhoea orrhage orrhagia oplegia
 oparesis trophy otrophy trophic oplasia oplastic openia ocyte ocytes ocytosis ocytic olysis olytic osclerosis ostenosis ogenic ogenesis ectasis ectasia ectatic ocele oid oidal opexy orrhaphy otripsy odesis ocentesis
 ism ismus iasis ia ic ical al ar ary eal ous ium um us a ae ula ulae oedema edema ospasm oschisis otoxic ophagia opnea opnoea ophilia ophobia optosis orrhexis osarcoma oblastoma ocarcinoma omalacia otaxis otome
 oscope ograph ology ologist ological iatric aceous iform oma-like otomies ectopia""".split()
PREFIXES = ["", "", "", "", "peri", "endo", "epi", "hyper", "hypo", "pan", "poly", "para", "sub", "supra", "infra", "intra", "inter", "retro", "trans", "pseudo", "hemi", "micro", "macro", "neo", "dys", "a", "an", "brady", "tachy"]
STEMS = """mab umab ximab zumab limab tinib anib ciclib rafenib parib zomib degib prazole conazole fungin oxacin floxacin cillin cycline mycin micin bactam penem cef cefa vir avir ovir tegravir buvir asvir previr amivir
 citabine abine trexed trexate platin rubicin taxel tecan poside bulin olol alol pril prilat sartan dipine azosin afil entan ciguat xaban gatran grel parin plase statin fibrate gliptin gliflozin glitazone glutide
 tide relin relix reotide terol asone olone onide olide caine azepam azolam zolam bamate barbital triptyline oxetine azodone pipam peridone apine azine idol setron pitant triptan gepant profen fenac oxicam coxib
 tadine astine tidine lukast phylline tropium dronate dronic calcet cept cog kinra imod imus stim grastim poetin gene cel vec sidase glucosidase""".split()


def made_up_medicine(count, chance):
    """Terms of Greek and Latin roots as medicine forms them, and medicines with the endings of international non-proprietary names."""
    made = set()
    while len(made) < count:
        if chance.random() < 0.7:
            first = chance.choice(ROOTS)
            joint = chance.choice(['', 'o' + chance.choice(ROOTS), 'o' + chance.choice(ROOTS), 'i' + chance.choice(ROOTS)]) if chance.random() < 0.5 else ''
            word = chance.choice(PREFIXES) + first + joint + chance.choice(ENDINGS)
        else:
            syllable = lambda: chance.choice('b c d f g l m n p r s t v z br cl cr dr fl gl pr tr st'.split()) + chance.choice('a e i o u'.split()) + chance.choice(['', '', 'l', 'n', 'r', 's', 'x'])
            word = ''.join(syllable() for _ in range(chance.randint(1, 3))) + chance.choice(STEMS)
        word = fold(re.sub('[^a-z]', '', word))
        if 5 <= len(word) <= 20:
            made.add(word)
    return made


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
    parser.add_argument('--medicine', type=int, default=60000, help='made-up terms of medicine to train on')
    parser.add_argument('--medicine-weight', type=float, default=1.0)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    technical = read_words(options.technical, True)
    words = read_words(options.words, True)
    names = read_words(options.names, False) - technical - words
    kept = lambda word: zlib.crc32(word.encode()) % 10 != 0
    known = read_words(options.names, False)
    made = made_up_terms(technical, 60000, chance) - known
    medicine = made_up_medicine(options.medicine, chance) - known - words - technical
    negatives = [(word, options.medicine_weight) for word in medicine] + [(word, 1.0) for word in words - known] + [(word, 4.0) for word in technical] + [(word, 1.0) for word in made]
    samples = [(np.array(features(word)), 1, 1.0) for word in sorted(names) if kept(word)]
    samples += [(np.array(features(word)), 0, weight) for word, weight in sorted(negatives) if kept(word)]
    print(f'{len(names)} names, {len(words)} words, {len(technical)} technical words, {len(made)} made up, {len(medicine)} of medicine')
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
