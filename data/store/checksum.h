/* checksum.h — sums on the pages of a store: what a disk or another program changed is refused, not read.
 *
 * A sealed store keeps the last 16 bytes of each page free of content: 8 hold the sum of the page and of its number, 8 keep the
 * checksum of SQLite's own log as it was (checksum.c says why). Connections that are opened with the VFS of this file write the
 * sums and look at them; SQLite reads such a store also without it. */
#ifndef ZHIBIAO_STORE_CHECKSUM_H
#define ZHIBIAO_STORE_CHECKSUM_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHECKSUM_RESERVED 16           /* bytes at the end of a page */
#define CHECKSUM_PAGE_MOST 65536       /* bytes of the largest page */
#define CHECKSUM_VFS "zhibiao"         /* for sqlite3_open_v2, after checksum_register */
#define CHECKSUM_APPLICATION 0x7A686962 /* "zhib": application_id of a store */
#define CHECKSUM_VERSION 4             /* user_version from which on a store has sums: one without them is damaged */

/* ---- checksum.c: pages in memory; size is a power of two from 512 to CHECKSUM_PAGE_MOST ---- */
/* Puts the sum of a page and its number (1 is the first) into its reserved bytes. */
void checksum_seal(unsigned char *page, size_t size, uint32_t number);
/* The same for a page of the log whose frame has its checksum already: that checksum stays right. big: the log's byte order. */
void checksum_seal_frame(unsigned char *page, size_t size, uint32_t number, bool big);
bool checksum_right(const unsigned char *page, size_t size, uint32_t number);

/* ---- checksum_vfs.c ---- */
/* Makes CHECKSUM_VFS known to SQLite, once; any thread. Returns an SQLite result. */
int checksum_register(void);

enum checksum_mode {
    CHECKSUM_VERIFY,  /* at first: a page whose sum is not right is not read: SQLITE_IOERR_DATA */
    CHECKSUM_TRUST,   /* pages are read as they are */
    CHECKSUM_SEAL,    /* as TRUST, and every page that goes to the log gets its sum, also before page 1 says that there is room for it */
};
struct checksum_state {
    bool sealed;        /* page 1, as this connection has read or written it last, says that pages have sums */
    uint32_t refused;   /* the last page that was not read; 0: none */
    bool cut;           /* it lies behind the end of the file */
};
/* A page of the file, whatever the log has for it. */
struct checksum_page {
    uint32_t number;
    size_t size;
    unsigned char *bytes;  /* the caller's, of this size; holds the page afterwards */
    bool right, absent;    /* absent: behind the end of the file */
};
/* Of a connection with CHECKSUM_VFS. Each returns an SQLite result: SQLITE_NOTFOUND for a connection without. */
int checksum_set_mode(sqlite3 *db, enum checksum_mode mode);
int checksum_get_state(sqlite3 *db, struct checksum_state *state);
int checksum_read_page(sqlite3 *db, struct checksum_page *page);

#endif
