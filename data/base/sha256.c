/* sha256.c — SHA-256 as FIPS 180-4 (2015) sections 4.1.2, 5.1.1 and 6.2 define it, over one block of memory.
 *
 * Our own 60 lines, because the digest is all that a cryptographic library would be needed for. */
#include "data/base/sha256.h"

#include <stdint.h>
#include <string.h>

#define BLOCK 64

/* the first 32 bits of the fractional parts of the cube roots of the first 64 primes */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void compress(uint32_t state[8], const unsigned char block[BLOCK])
{
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
               block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t low = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t high = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + low + w[i - 7] + high;
    }
    memcpy(s, state, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t one = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
        uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
        uint32_t first = s[7] + one + choice + constants[i] + w[i];
        uint32_t zero = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
        uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += first;
        s[0] = first + zero + majority;
    }
    for (int i = 0; i < 8; i++)
        state[i] += s[i];
}

char *sha256_hex(const void *bytes, size_t size, char out[SHA256_TEXT])
{
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    size_t whole = size / BLOCK, rest = size % BLOCK;
    for (size_t i = 0; i < whole; i++)
        compress(state, (const unsigned char *)bytes + i * BLOCK);

    /* padding: a one bit, zeros, and the length in bits as 64 bits, in one block or two */
    unsigned char tail[2 * BLOCK] = {0};
    size_t padded = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
    if (rest > 0)
        memcpy(tail, (const unsigned char *)bytes + whole * BLOCK, rest);
    tail[rest] = 0x80;
    uint64_t bits = (uint64_t)size * 8;
    for (size_t i = 0; i < 8; i++)
        tail[padded - 1 - i] = (unsigned char)(bits >> 8 * i);
    compress(state, tail);
    if (padded > BLOCK)
        compress(state, tail + BLOCK);

    for (size_t i = 0; i < 64; i++)
        out[i] = "0123456789abcdef"[state[i / 8] >> (28 - i % 8 * 4) & 15];
    out[64] = '\0';
    return out;
}
