/* Faults for a program under test, loaded with LD_PRELOAD (tests/python/faults.py):
 *
 *   FAULT_FILE=NAME    files whose path ends in NAME: their openings are counted, from 1
 *   FAULT_AT=N         what follows happens at the N-th opening, once
 *   FAULT_ERRNO=E      that opening fails with this error
 *   FAULT_LASTS=1      and so does every later one
 *   FAULT_SWAP=PATH    PATH is renamed over the file just before it is opened
 *   FAULT_RUN=COMMAND  a shell runs this just before, without any faults
 *   FAULT_FIRED=PATH   is made when it happened
 *   CLOCK_AHEAD=S      the clock of the day is S seconds ahead
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef int (*open_call)(const char*, int, ...);
typedef int (*clock_call)(clockid_t, struct timespec*);

static open_call real_open(void) {
  static open_call real;
  if (!real) real = (open_call)dlsym(RTLD_NEXT, "open");
  return real;
}

static int ends_in(const char* path, const char* name) {
  const size_t have = strlen(path), want = strlen(name);
  return have >= want && strcmp(path + have - want, name) == 0;
}

/* Does what is to happen once, before the file is opened. */
static void happen(const char* path) {
  const char *fired = getenv("FAULT_FIRED"), *other = getenv("FAULT_SWAP"), *command = getenv("FAULT_RUN");
  if (fired) close(real_open()(fired, O_WRONLY | O_CREAT, 0666));
  if (other && rename(other, path) != 0) abort();
  if (!command) return;
  unsetenv("LD_PRELOAD"); /* This process keeps the module. */
  if (system(command) != 0) abort();
}

/* Returns the error that the opening is to fail with, or 0. */
static int fault_of(const char* path) {
  static atomic_int count;
  const char *name = getenv("FAULT_FILE"), *at = getenv("FAULT_AT"), *error = getenv("FAULT_ERRNO");
  if (!name || !at || !ends_in(path, name)) return 0;
  const int number = ++count, first = atoi(at);
  if (number == first) happen(path);
  const int is_met = number == first || (number > first && getenv("FAULT_LASTS"));
  return is_met && error ? atoi(error) : 0;
}

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;
  va_end(more);
  const int error = fault_of(path);
  if (error) {
    errno = error;
    return -1;
  }
  return real_open()(path, flags, mode);
}

int clock_gettime(clockid_t clock, struct timespec* now) {
  static clock_call real;
  if (!real) real = (clock_call)dlsym(RTLD_NEXT, "clock_gettime");
  const int result = real(clock, now);
  const char* ahead = getenv("CLOCK_AHEAD");
  if (ahead && clock == CLOCK_REALTIME) now->tv_sec += atol(ahead);
  return result;
}
