#!/usr/bin/env python3
"""Prints the constants of golden_test.cpp and of the estimator tests.

A second implementation, written from the descriptions in the headers and the papers: states are
plain lists and sets, numbers are exact fractions or decimals of 40 digits.
"""
from decimal import Decimal, getcontext

getcontext().prec = 40
MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15
TAU = Decimal("0.8194911375910897")
V = Decimal("0.6118931496978437")
ETA = [Decimal(text) for text in ("4.663135422063788", "2.1378502137958524",
                                  "2.781144650979996", "0.9824082545153715")]


def mix64(x):
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def salted(family, count):
    salt = mix64((family << 56) + (4096 if family == 1 else 12))
    return [mix64(mix64((i * GOLDEN) & MASK) ^ salt) for i in range(1, count + 1)]


def fnv1a(data):
    digest = 0xCBF29CE484222325
    for byte in data:
        digest = ((digest ^ byte) * 0x100000001B3) & MASK
    return digest


def rank_and_register(h, p):
    rest = format(h, "064b")[p:]
    return int(format(h, "064b")[:p], 2), len(rest) - len(rest.lstrip("0")) + 1


def linear_counting(size, count):
    bits = {h * 8 * size >> 64 for h in salted(1, count)}
    state = sum(1 << bit for bit in bits).to_bytes(size, "little")
    m = Decimal(8 * size)
    return state, m * (m / (m - len(bits))).ln() if len(bits) < m else None


def sigma(x):
    total, power, weight = x, x, Decimal("0.5")
    for _ in range(60):
        power, weight = power * power, weight * 2
        total += power * weight
    return total


def tau(x):
    total, root, weight = 1 - x, x, Decimal(1)
    for _ in range(140):
        root, weight = root.sqrt(), weight / 2
        total -= (1 - root) ** 2 * weight
    return total / 3


def hyperloglog(p, count):
    registers = [0] * 2**p
    for h in salted(2, count):
        index, rank = rank_and_register(h, p)
        registers[index] = max(registers[index], rank)
    state = sum(r << (6 * i) for i, r in enumerate(registers)).to_bytes(3 * 2**p // 4, "little")
    m = Decimal(2**p)
    total = m * sigma(registers.count(0) / m) + sum(Decimal(2) ** -r for r in registers if r)
    return state, m * m / (2 * Decimal(2).ln()) / total


def murmur_hash64a(text, seed):
    m = 0xC6A4A7935BD1E995
    h = (seed ^ (len(text) * m)) & MASK
    whole = len(text) // 8 * 8
    for i in range(0, whole, 8):
        k = int.from_bytes(text[i:i + 8], "little") * m & MASK
        h = (h ^ ((k ^ (k >> 47)) * m & MASK)) * m & MASK
    if text[whole:]:
        h = (h ^ int.from_bytes(text[whole:], "little")) * m & MASK
    h = (h ^ (h >> 47)) * m & MASK
    return h ^ (h >> 47)


def rotated(x, bits):
    return ((x << bits) | (x >> (64 - bits))) & MASK


def murmur_hash3(text, seed):
    c1, c2, h1, h2 = 0x87C37B91114253D5, 0x4CF5AD432745937F, seed, seed
    padded = text + bytes(-len(text) % 16)
    for i in range(0, len(padded), 16):
        k1, k2 = (int.from_bytes(padded[at:at + 8], "little") for at in (i, i + 8))
        h1 ^= rotated(k1 * c1 & MASK, 31) * c2 & MASK
        if i + 16 <= len(text):
            h1 = ((rotated(h1, 27) + h2) * 5 + 0x52DCE729) & MASK
        h2 ^= rotated(k2 * c2 & MASK, 33) * c1 & MASK
        if i + 16 <= len(text):
            h2 = ((rotated(h2, 31) + h1) * 5 + 0x38495AB5) & MASK
    h1, h2 = h1 ^ len(text), h2 ^ len(text)
    h1 = (h1 + h2) & MASK
    h2 = (h2 + h1) & MASK
    for multiplier in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        h1, h2 = ((x ^ (x >> 33)) * multiplier & MASK for x in (h1, h2))
    h1, h2 = (x ^ (x >> 33) for x in (h1, h2))
    h1 = (h1 + h2) & MASK
    return h1, (h2 + h1) & MASK


def ertl(registers):
    m = Decimal(len(registers))
    total = m * sigma(registers.count(0) / m) + sum(Decimal(2) ** -r for r in registers if r)
    return m * m / (2 * Decimal(2).ln()) / total


def redis(count):
    registers = [0] * 2**14
    for i in range(count):
        h = murmur_hash64a(b"u%d" % i, 0xADC83B19)
        bits = format(h >> 14, "050b")
        index = h % 2**14
        registers[index] = max(registers[index], len(bits) - len(bits.rstrip("0")) + 1)
    state = sum(r << (6 * i) for i, r in enumerate(registers)).to_bytes(12288, "little")
    return state, ertl(registers)


def datasketches(lg_k, count):
    registers = [0] * 2**lg_k
    for i in range(count):
        h1, h2 = murmur_hash3(b"u%d" % i, 9001)
        rank = min(64 - h2.bit_length(), 62) + 1
        registers[h1 % 2**lg_k] = max(registers[h1 % 2**lg_k], rank)
    return bytes(registers), ertl(registers)


def ull_psi(z):
    eta_x = ETA[0] - ETA[1] - ETA[2] + ETA[3]
    return eta_x * ((z + (ETA[2] - ETA[3]) / eta_x) * (z * z + (ETA[1] - ETA[3]) / eta_x)
                    + (ETA[3] * ETA[0] - ETA[1] * ETA[2]) / eta_x**2)


def ull_sigma(z):
    if z == 0:
        return ETA[3]
    return sum(2 ** (TAU * u) * (z ** (2**u) - z ** (2 ** (u + 1))) * ull_psi(z ** (2 ** (u + 1)))
               for u in range(40)) / z


def ultraloglog(p, count):
    seen = [set() for _ in range(2**p)]
    for h in salted(3, count):
        index, rank = rank_and_register(h, p)
        seen[index].add(rank)
    values = [4 * max(s) + 2 * (max(s) - 1 in s) + (max(s) - 2 in s) if s else 0 for s in seen]
    m = Decimal(2**p)
    c0, c4, c8, c10 = (values.count(v) for v in (0, 4, 8, 10))
    alpha, beta = m + 3 * (c0 + c4 + c8 + c10), m - c0 - c4
    gamma = 4 * c0 + 2 * c4 + 3 * c8 + c10
    z = (((beta**2 + 4 * alpha * gamma).sqrt() - beta) / (2 * alpha)) ** 4
    total = sum(ETA[v % 4] * 2 ** (-TAU * (v // 4)) for v in values if v not in (0, 4, 8, 10))
    total += c0 * ull_sigma(z) + c4 * 2**-TAU * ull_psi(z)
    total += c8 * 4**-TAU * (z * (ETA[0] - ETA[1]) + ETA[1])
    total += c10 * 4**-TAU * (z * (ETA[2] - ETA[3]) + ETA[3])
    factor = m ** (1 + 1 / TAU) / (1 + V * (1 + TAU) / (2 * m))
    return bytes(values), factor * total ** (-1 / TAU)


def show(name, result):
    state, estimate = result
    text = "saturated" if estimate is None else f"{estimate:.12f}"
    print(f"{name:10} {len(state):6} {fnv1a(state):#018x} {text}")


COUNT = 1000
for size in (100, 4096):
    show(f"lc:{size}B", linear_counting(size, COUNT))
for p in (4, 12):
    show(f"hll:{p}", hyperloglog(p, COUNT))
for p in (3, 12):
    show(f"ull:{p}", ultraloglog(p, COUNT))
for count in (1000, 45000):
    show(f"redis {count}", redis(count))
    for lg_k in (4, 12):
        show(f"ds:{lg_k} {count}", datasketches(lg_k, count))
for x in ("0.125", "0.5", "0.875", "0.9990234375"):
    x = Decimal(x)
    print(f"x {x}: sigma {sigma(x):.18f} tau {tau(x):.18f} ull_sigma {ull_sigma(x):.18f} "
          f"ull_psi {ull_psi(x):.18f}")
print(f"2^tau {2**TAU:.18f} 2^-tau {2**-TAU:.18f}")
