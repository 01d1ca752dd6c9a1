/* team.c — see team.h.
 *
 * Units are numbered as they are taken; their output and their complaints are written in that order, whoever finishes
 * first. The thread whose unit is next writes as it goes; the others keep their output, and when it has grown to HOLD_MOST
 * they wait for their turn, so that memory stays bounded. Whatever fails first stops all. */
#include "cli/team.h"

#include "cli/observation.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define FLUSH_AT ((size_t)128 * 1024)
#define HOLD_MOST ((size_t)8 << 20)

struct team {
    const struct settings *settings;
    const struct extract_options *extraction;
    struct extract_share *share;   /* of a single plain text, */
    struct input *input;           /* and its bytes; else NULL */
    FILE *file;
    bool array;
    pthread_mutex_t lock;          /* of all below */
    pthread_cond_t turned;
    size_t taken, turn;            /* files taken; the unit that may write */
    bool wrote;                    /* something: an array has begun */
    int status, worst;
    struct error error;
};

struct worker {
    struct team *team;
    struct extractor *extractor;
    struct buffer buffer, complaints;  /* complaints: NUL-terminated, one behind the other */
    struct observation_repeats repeats;
    size_t unit;
    bool trouble;
    struct input *input;           /* of the file at hand */
    pthread_t thread;
};

/* The first trouble is the one that is told. Holds the lock. */
static void stop(struct team *team, int status, const struct error *error)
{
    if (team->status == E_OK) {
        team->status = status;
        if (error != NULL)
            team->error = *error;
        else
            error_set(&team->error, (enum error_code)status, "%s", error_text((enum error_code)status));
    }
    pthread_cond_broadcast(&team->turned);
}

/* Writes what the worker holds, once it is its turn; before that only when `wait`. */
static int put(struct worker *worker, bool wait)
{
    struct team *team = worker->team;
    struct error error;
    pthread_mutex_lock(&team->lock);
    while (wait && team->status == E_OK && team->turn != worker->unit)
        pthread_cond_wait(&team->turned, &team->lock);
    int status = team->status;
    bool mine = team->turn == worker->unit, first = mine && !team->wrote && worker->buffer.size > 0;
    team->wrote |= first;
    pthread_mutex_unlock(&team->lock);
    if (status != E_OK || !mine)
        return status;
    /* nobody else writes now */
    if (worker->buffer.failed)
        status = error_set(&error, E_MEMORY, "out of memory");
    if (status == E_OK && first && team->array)
        worker->buffer.bytes[0] = '[';  /* each object begins with a comma and a newline */
    if (status == E_OK && worker->buffer.size > 0 &&
        fwrite(worker->buffer.bytes, 1, worker->buffer.size, team->file) != worker->buffer.size)
        status = error_set(&error, E_OUTPUT, "the output cannot be written: %s", strerror(errno));
    buffer_clear(&worker->buffer);
    if (status != E_OK) {
        pthread_mutex_lock(&team->lock);
        stop(team, status, &error);
        pthread_mutex_unlock(&team->lock);
    }
    return status;
}

/* The unit is done: the rest of its output, its complaints, then the next one's turn. */
static int pass_turn(struct worker *worker)
{
    struct team *team = worker->team;
    int status = put(worker, true);
    if (status != E_OK)
        return status;
    for (size_t i = 0; i < worker->complaints.size; i += strlen(worker->complaints.bytes + i) + 1)
        complain(team->settings->command, worker->complaints.bytes + i);
    buffer_clear(&worker->complaints);
    pthread_mutex_lock(&team->lock);
    if (worker->trouble)
        team->worst = E_INPUT;
    worker->trouble = false;
    team->turn++;
    pthread_cond_broadcast(&team->turned);
    pthread_mutex_unlock(&team->lock);
    return E_OK;
}

static int sink(const struct observation *observation, void *context)
{
    struct worker *worker = context;
    if (worker->team->array)
        buffer_add(&worker->buffer, ",\n", 2);
    observation_json(&worker->buffer, observation, &worker->repeats);
    if (!worker->team->array)
        buffer_char(&worker->buffer, '\n');
    if (worker->input != NULL)
        input_release(worker->input, observation->start);
    return worker->buffer.size >= FLUSH_AT || worker->buffer.failed ? put(worker, worker->buffer.size >= HOLD_MOST) : E_OK;
}

static void note(struct worker *worker, const char *text)
{
    buffer_add(&worker->complaints, text, strlen(text) + 1);
}

static int ended(const struct document_facts *facts, const struct error *trouble, void *context)
{
    struct worker *worker = context;
    char text[2048];
    if (trouble != NULL) {
        note(worker, trouble->text);
        worker->trouble = true;
    } else {
        if (replaced_text(facts->place, facts, text, sizeof text))
            note(worker, text);
        if (passed_text(facts->place, facts, text, sizeof text))
            note(worker, text);
    }
    if (worker->input != NULL)
        input_release(worker->input, facts->end);
    return E_OK;
}

static int run_file(struct worker *worker, const char *path, struct error *why)
{
    struct extract_options extraction = *worker->team->extraction;
    struct input input;
    int status = input_open(&input, path, why);
    if (status == E_OK) {
        extraction.source = path;
        worker->input = &input;
        status = extract_documents(worker->extractor, &extraction, input.bytes, input.size, sink, ended, worker, why);
        worker->input = NULL;
        input_close(&input);
    }
    if (status == E_INPUT && worker->team->settings->operand_count > 1) {
        /* this file's trouble: say so and go on with the others */
        note(worker, why->text);
        worker->trouble = true;
        status = E_OK;
    }
    return status;
}

/* The next unit; *more is false when there is none. */
static int run_unit(struct worker *worker, bool *more, struct error *why)
{
    struct team *team = worker->team;
    int status;
    if (team->share != NULL) {
        size_t start;
        status = extract_share_next(team->share, worker->extractor, &worker->unit, &start, more);
        if (status == E_OK && *more)
            status = extract_share_finish(team->share, worker->extractor, sink, worker);
        if (status == E_OK && *more)
            status = pass_turn(worker);
        if (status == E_OK && *more) {
            pthread_mutex_lock(&team->lock);
            input_release(team->input, start);
            pthread_mutex_unlock(&team->lock);
        }
        return status;
    }
    pthread_mutex_lock(&team->lock);
    status = team->status;
    *more = status == E_OK && team->taken < team->settings->operand_count;
    if (*more)
        worker->unit = team->taken++;
    pthread_mutex_unlock(&team->lock);
    if (*more)
        status = run_file(worker, team->settings->operands[worker->unit], why);
    return status == E_OK && *more ? pass_turn(worker) : status;
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct team *team = worker->team;
    struct error why = {0};
    bool more = true;
    int status = E_OK;
    while (status == E_OK && more)
        status = run_unit(worker, &more, &why);
    if (status != E_OK) {
        pthread_mutex_lock(&team->lock);
        stop(team, status, why.text[0] != '\0' ? &why : NULL);
        pthread_mutex_unlock(&team->lock);
    }
    return NULL;
}

int team_extract(const struct settings *settings, const struct extract_options *extraction, unsigned jobs, FILE *file,
                 bool array, int *worst, struct error *error)
{
    struct team team = {.settings = settings, .extraction = extraction, .file = file, .array = array,
                        .lock = PTHREAD_MUTEX_INITIALIZER, .turned = PTHREAD_COND_INITIALIZER};
    struct extract_options options = *extraction;
    struct input input = {0};
    struct error why = {0};
    bool opened = false;
    unsigned running = 0;
    struct worker *workers = calloc(jobs, sizeof *workers);
    int status = workers == NULL ? error_set(error, E_MEMORY, "out of memory") : E_OK;
    for (unsigned i = 0; i < jobs && status == E_OK; i++) {
        workers[i].team = &team;
        status = extractor_open(&workers[i].extractor, error);
    }
    if (status == E_OK && settings->operand_count == 1) {
        /* trouble with it is told when it is read as a file */
        options.source = settings->operands[0];
        opened = strcmp(options.source, "-") != 0 && input_open(&input, options.source, &why) == E_OK;
        if (opened && extract_share_open(&team.share, workers[0].extractor, &options, input.bytes, input.size, &why) == E_OK)
            team.input = &input;
    }
    unsigned wanted = team.share != NULL || jobs < settings->operand_count ? jobs : (unsigned)settings->operand_count;
    /* the calling thread is one of them; with fewer threads than wanted it only takes longer */
    for (unsigned i = 1; i < wanted && status == E_OK; i++, running++)
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            break;
    if (status == E_OK)
        work(&workers[0]);
    for (unsigned i = 1; i <= running; i++)
        pthread_join(workers[i].thread, NULL);
    if (status == E_OK && (status = team.status) != E_OK)
        *error = team.error;
    if (status == E_OK && team.share != NULL) {
        struct document_facts facts;
        char text[2048];
        extract_share_facts(team.share, workers[0].extractor, &facts);
        if (replaced_text(facts.place, &facts, text, sizeof text))
            complain(settings->command, text);
        if (passed_text(facts.place, &facts, text, sizeof text))
            complain(settings->command, text);
    }
    if (status == E_OK && array && fputs(team.wrote ? "\n]\n" : "[]\n", file) == EOF)
        status = error_set(error, E_OUTPUT, "the output cannot be written: %s", strerror(errno));
    *worst = team.worst;
    extract_share_close(team.share);
    if (opened)
        input_close(&input);
    for (unsigned i = 0; workers != NULL && i < jobs; i++) {
        extractor_close(workers[i].extractor);
        buffer_free(&workers[i].buffer);
        buffer_free(&workers[i].complaints);
        observation_repeats_free(&workers[i].repeats);
    }
    free(workers);
    pthread_cond_destroy(&team.turned);
    pthread_mutex_destroy(&team.lock);
    return status;
}
