/* big5.c — see big5.h. uchardet is C++, and what runs out of memory in it throws through C, which ends the program.
 *
 * C++'s new-handler, which is called before that, leaves by a jump instead: what uchardet had taken is lost, and the caller
 * reports that memory ran out. The handler has no argument, so its way out is kept a thread. */
#include "data/extract/big5.h"

#include "data/extract/encoding.h"

#include <setjmp.h>
#include <stdlib.h>
#include <uchardet/uchardet.h>

typedef void new_handler(void);
new_handler *set_new_handler(new_handler *handler) __asm__("_ZSt15set_new_handlerPFvvE");  /* of libstdc++ */

static _Thread_local jmp_buf *way_out;

static void leave(void)
{
    if (way_out == NULL)
        abort();  /* nothing else here allocates by new */
    longjmp(*way_out, 1);
}

int big5_likely(const unsigned char *bytes, size_t size, bool *likely)
{
    jmp_buf out;
    *likely = false;
    if (setjmp(out) != 0) {
        way_out = NULL;
        return -1;
    }
    way_out = &out;
    (void)set_new_handler(leave);
    uchardet_t detector = uchardet_new();
    if (detector != NULL && uchardet_handle_data(detector, (const char *)bytes, size) == 0) {
        uchardet_data_end(detector);
        *likely = scheme_of(uchardet_get_charset(detector)) == SCHEME_BIG5;
    }
    bool made = detector != NULL;
    if (made)
        uchardet_delete(detector);
    way_out = NULL;
    return made ? 0 : -1;
}
