/* checksum.c — the sum of a page, and how it gets into a page of the write-ahead log.
 *
 * The sum is 64 bits over all bytes of the page but the reserved ones, and over the page's number and size, so that a page in
 * another's place is noticed, too. Eight lanes take the words in turn, so that a processor works at several of them at once
 * (some 20 GB/s: reading a page from the system's cache takes five times as long). Each step is a bijection of its lane, so one
 * changed word always changes the sum; the shift brings the upper half down, where a multiplication alone would leave a changed
 * top bit alone, to be undone by another one. It is a sum against faults: who wants to can make pages with right sums.
 *
 * In the log SQLite computes a checksum over a frame's page before its VFS sees the page, carries it on from frame to frame and
 * keeps it in shared memory. A page that is given its sum at that point must not change it, or the log ends there for who
 * recovers it. That checksum is linear: s0 += x[i] + s1, s1 += x[i + 1] + s0 modulo 2^32 over pairs of words. When the sum adds
 * a and b to the words of the last pair but one, s0 and s1 move by 2a + b and a + b up to the last pair's sums, so the last
 * pair, which is free, takes these off again. Then any program may bring the log into the file, and every page has its sum. */
#include "data/store/checksum.h"

#include <endian.h>
#include <string.h>

#define LANES 8
#define BLOCK (LANES * sizeof(uint64_t))
#define FACTOR 0x9E3779B97F4A7C15u  /* 2^64 / golden ratio, odd: bits of no pattern */

static inline uint64_t mix(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * FACTOR;
    return sum ^ sum >> 32;
}

static inline void add_block(uint64_t lanes[LANES], const unsigned char *bytes)
{
    for (size_t i = 0; i < LANES; i++) {
        uint64_t word;
        memcpy(&word, bytes + i * sizeof word, sizeof word);
        lanes[i] = mix(lanes[i], le64toh(word));
    }
}

/* As it stands in the page: little-endian. */
static uint64_t page_sum(const unsigned char *page, size_t size, uint32_t number)
{
    uint64_t lanes[LANES] = {1, 2, 3, 4, 5, 6, 7, 8}, sum = size;
    unsigned char last[BLOCK] = {0};
    for (size_t i = 0; i + BLOCK < size; i += BLOCK)
        add_block(lanes, page + i);
    /* the reserved bytes' place in the last block is the number's */
    memcpy(last, page + size - BLOCK, BLOCK - CHECKSUM_RESERVED);
    const uint64_t place = htole64(number);
    memcpy(last + BLOCK - CHECKSUM_RESERVED, &place, sizeof place);
    add_block(lanes, last);
    for (size_t i = 0; i < LANES; i++)
        sum = mix(sum, lanes[i]);
    return htole64(mix(sum, 0));
}

void checksum_seal(unsigned char *page, size_t size, uint32_t number)
{
    uint64_t sum = page_sum(page, size, number);
    memcpy(page + size - CHECKSUM_RESERVED, &sum, sizeof sum);
}

static uint32_t get_word(const unsigned char *bytes, bool big)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return big ? be32toh(word) : le32toh(word);
}

/* Takes `less` off a word. */
static void lower_word(unsigned char *bytes, uint32_t less, bool big)
{
    uint32_t word = get_word(bytes, big) - less;
    word = big ? htobe32(word) : htole32(word);
    memcpy(bytes, &word, sizeof word);
}

void checksum_seal_frame(unsigned char *page, size_t size, uint32_t number, bool big)
{
    unsigned char *reserved = page + size - CHECKSUM_RESERVED;
    uint32_t a = get_word(reserved, big), b = get_word(reserved + 4, big);
    checksum_seal(page, size, number);
    a = get_word(reserved, big) - a;
    b = get_word(reserved + 4, big) - b;
    lower_word(reserved + 8, 2 * a + b, big);
    lower_word(reserved + 12, a + b, big);
}

bool checksum_right(const unsigned char *page, size_t size, uint32_t number)
{
    uint64_t sum = page_sum(page, size, number);
    return memcmp(page + size - CHECKSUM_RESERVED, &sum, sizeof sum) == 0;
}
