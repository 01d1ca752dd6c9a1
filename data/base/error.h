/* error.h — the codes every layer returns, their texts and the exit status each one maps to.
 *
 * A function that can fail returns one of these codes (0 is success) and, where it takes a `struct error *`, leaves
 * a message there that says what was being done, to what, where, and what the user can do. Only cli/ prints it. */
#ifndef ZHIBIAO_ERROR_H
#define ZHIBIAO_ERROR_H

/* name, exit status of the program, text used when no better message was set */
#define ERROR_CODES(X)                                       \
    X(OK, 0, "done")                                         \
    X(NOTHING, 1, "nothing found")                           \
    X(USAGE, 2, "wrong usage")                               \
    X(INPUT, 3, "the input cannot be read")                  \
    X(OUTPUT, 3, "the output cannot be written")             \
    X(STORE, 3, "the store cannot be used")                  \
    X(MEMORY, 3, "out of memory")                            \
    X(FONT, 3, "no usable font")                             \
    X(DOMAIN, 3, "a value is outside the formula's domain")  \
    X(INTERRUPTED, 3, "interrupted")

enum error_code {
#define X(name, status, text) E_##name,
    ERROR_CODES(X)
#undef X
};

struct error {
    enum error_code code;
    char text[1024];  /* UTF-8, one line, no trailing newline */
};

/* Fills *error (which may be NULL) and returns `code`, so that `return error_set(...)` reads naturally. What is no
 * UTF-8 in the formatted text and what could steer a terminal (point_is_control) becomes '?', and an over-long text is cut at a
 * character boundary. */
__attribute__((format(printf, 3, 4)))
int error_set(struct error *error, enum error_code code, const char *format, ...);
/* The caller's compiler sees that the result is the code: who returns one did not succeed. */
static inline int error_given(int code)
{
    return code;
}
#define error_set(error, code, ...) (error_set(error, code, __VA_ARGS__), error_given((int)(code)))

/* The exit status documented for a code: 0 done, 1 nothing found, 2 wrong usage, 3 input or store error. */
int error_exit_status(enum error_code code);

/* The general text of a code; never NULL. */
const char *error_text(enum error_code code);

#endif
