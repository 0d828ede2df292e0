/* Writes down what a program does to files, for tests/powercut: LD_PRELOAD this module, and set

     FILE_RECORD       the record, to which is appended
     FILE_RECORD_ROOT  the folder whose files count
     SLOW_SYNC_MS      optional: how long every fsync takes, so that races show
     INTERRUPT_CALLS   optional: every second open (of a file), write and fsync below the root fails with EINTR

   Each call that succeeded is a line of words, and paths are relative to the root. Descriptors count up over the whole process, so
   that none comes twice:

     open P D CREATED PATH    mkdir P PATH              sync P D
     write P D OFFSET LENGTH  (and the bytes, and a newline)
     truncate P D LENGTH      link P FROM<tab>TO        rename P FROM<tab>TO
     unlink P PATH            close P D                                        */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { kMostFiles = 4096 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int record = -1;
static char root[4096];
static int number_of[kMostFiles]; /* of an open file below the root, 0 for others */
static int is_appending[kMostFiles];
static int last_number;

/* The next definition of a function: the system's. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char* path = getenv("FILE_RECORD");
  const char* folder = getenv("FILE_RECORD_ROOT");
  if (!path || !folder || strlen(folder) >= sizeof root) return;
  strcpy(root, folder);
  record = NEXT(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

/* Makes a path relative to the root. Returns 0 if it is not below the root. */
static int below_root(int folder, const char* path, char* below, size_t size) {
  char whole[8192];
  if (record < 0 || (folder != AT_FDCWD && path[0] != '/')) return 0;
  if (path[0] == '/') {
    snprintf(whole, sizeof whole, "%s", path);
  } else {
    char here[4096];
    if (!getcwd(here, sizeof here)) return 0;
    snprintf(whole, sizeof whole, "%s/%s", here, path);
  }
  const size_t length = strlen(root);
  if (strncmp(whole, root, length) != 0 || (whole[length] != '/' && whole[length] != 0)) return 0;
  const char* rest = whole + length;
  while (*rest == '/') ++rest;
  snprintf(below, size, "%s", *rest ? rest : ".");
  for (char* end = below + strlen(below); end > below + 1 && end[-1] == '/';) *--end = 0;
  return 1;
}

static void say(const char* format, ...) {
  char line[20000];
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (NEXT(write)(record, line, (size_t)length) != length) abort();
}

/* Tells whether a signal is said to interrupt this call. */
static int is_interrupted(void) {
  static int calls;
  if (!getenv("INTERRUPT_CALLS") || ++calls % 2 == 0) return 0;
  errno = EINTR;
  return 1;
}

static int known(int file) {
  return file >= 0 && file < kMostFiles ? number_of[file] : 0;
}

static int open_and_say(int folder, const char* path, int flags, mode_t mode) {
  char below[8192];
  if (!below_root(folder, path, below, sizeof below)) return NEXT(openat)(folder, path, flags, mode);
  /* The C++ library opens folders too, and it does not repeat calls. */
  if (!(flags & O_DIRECTORY) && is_interrupted()) return -1;
  pthread_mutex_lock(&mutex);
  struct stat status;
  const int was_there = fstatat(folder, path, &status, flags & O_NOFOLLOW ? AT_SYMLINK_NOFOLLOW : 0) == 0;
  const int file = NEXT(openat)(folder, path, flags, mode);
  const int error = errno;
  if (file >= 0 && file < kMostFiles) {
    number_of[file] = ++last_number;
    is_appending[file] = (flags & O_APPEND) != 0;
    say("open %d %d %d %s\n", getpid(), number_of[file], !was_there, below);
    if (was_there && flags & O_TRUNC) say("truncate %d %d 0\n", getpid(), number_of[file]);
  }
  pthread_mutex_unlock(&mutex);
  errno = error;
  return file;
}

#define MODE_OF(flags, mode)                     \
  mode_t mode = 0;                               \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {       \
    va_list arguments;                           \
    va_start(arguments, flags);                  \
    mode = (mode_t)va_arg(arguments, int);       \
    va_end(arguments);                           \
  }

int open(const char* path, int flags, ...) {
  MODE_OF(flags, mode)
  return open_and_say(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  MODE_OF(flags, mode)
  return open_and_say(AT_FDCWD, path, flags, mode);
}
int openat(int folder, const char* path, int flags, ...) {
  MODE_OF(flags, mode)
  return open_and_say(folder, path, flags, mode);
}
int openat64(int folder, const char* path, int flags, ...) {
  MODE_OF(flags, mode)
  return open_and_say(folder, path, flags, mode);
}
int __open_2(const char* path, int flags) { return open_and_say(AT_FDCWD, path, flags, 0); }
int __open64_2(const char* path, int flags) { return open_and_say(AT_FDCWD, path, flags, 0); }
int creat(const char* path, mode_t mode) {
  return open_and_say(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

static void say_written(int file, long offset, const void* bytes, ssize_t length) {
  say("write %d %d %ld %zd\n", getpid(), number_of[file], offset, length);
  if (NEXT(write)(record, bytes, (size_t)length) != length || NEXT(write)(record, "\n", 1) != 1) abort();
}

ssize_t write(int file, const void* bytes, size_t size) {
  if (!known(file)) return NEXT(write)(file, bytes, size);
  if (is_interrupted()) return -1;
  pthread_mutex_lock(&mutex);
  struct stat status;
  const long offset = is_appending[file] && fstat(file, &status) == 0 ? status.st_size : lseek(file, 0, SEEK_CUR);
  const ssize_t length = NEXT(write)(file, bytes, size);
  const int error = errno;
  if (length > 0) say_written(file, offset, bytes, length);
  pthread_mutex_unlock(&mutex);
  errno = error;
  return length;
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  if (!known(file)) return NEXT(pwrite)(file, bytes, size, offset);
  pthread_mutex_lock(&mutex);
  const ssize_t length = NEXT(pwrite)(file, bytes, size, offset);
  const int error = errno;
  if (length > 0) say_written(file, offset, bytes, length);
  pthread_mutex_unlock(&mutex);
  errno = error;
  return length;
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off_t offset) { return pwrite(file, bytes, size, offset); }

/* What std::ofstream writes with. */
ssize_t writev(int file, const struct iovec* parts, int count) {
  if (!known(file)) return NEXT(writev)(file, parts, count);
  ssize_t sum = 0;
  for (int i = 0; i < count; ++i) {
    const ssize_t length = write(file, parts[i].iov_base, parts[i].iov_len);
    if (length < 0) return sum > 0 ? sum : length;
    sum += length;
    if ((size_t)length < parts[i].iov_len) break;
  }
  return sum;
}

int ftruncate(int file, off_t length) {
  pthread_mutex_lock(&mutex);
  const int result = NEXT(ftruncate)(file, length);
  if (result == 0 && known(file)) say("truncate %d %d %ld\n", getpid(), number_of[file], (long)length);
  pthread_mutex_unlock(&mutex);
  return result;
}
int ftruncate64(int file, off_t length) { return ftruncate(file, length); }

static int sync_and_say(int file, int (*sync)(int)) {
  const char* slow = getenv("SLOW_SYNC_MS");
  if (slow) {
    const long ms = atol(slow);
    const struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&pause, NULL);
  }
  if (!known(file)) return sync(file);
  if (is_interrupted()) return -1;
  pthread_mutex_lock(&mutex);
  const int result = sync(file);
  const int error = errno;
  if (result == 0) say("sync %d %d\n", getpid(), number_of[file]);
  pthread_mutex_unlock(&mutex);
  errno = error;
  return result;
}
int fsync(int file) { return sync_and_say(file, NEXT(fsync)); }
int fdatasync(int file) { return sync_and_say(file, NEXT(fdatasync)); }

int close(int file) {
  pthread_mutex_lock(&mutex);
  if (known(file)) {
    say("close %d %d\n", getpid(), number_of[file]);
    number_of[file] = 0;
  }
  const int result = NEXT(close)(file);
  pthread_mutex_unlock(&mutex);
  return result;
}

/* Calls that name one file, or two: `call` is an expression with the result of the system's call. */
static void say_names(const char* what, int folder, const char* path, int to_folder, const char* to) {
  char below[8192], other[8192];
  const int is_below = below_root(folder, path, below, sizeof below);
  if (!to) {
    if (is_below) say("%s %d %s\n", what, getpid(), below);
    return;
  }
  if (is_below && below_root(to_folder, to, other, sizeof other)) say("%s %d %s\t%s\n", what, getpid(), below, other);
}

#define SAID(call, what, folder, path, to_folder, to)            \
  pthread_mutex_lock(&mutex);                                    \
  const int result = call;                                       \
  const int error = errno;                                       \
  if (result == 0) say_names(what, folder, path, to_folder, to); \
  pthread_mutex_unlock(&mutex);                                  \
  errno = error;                                                 \
  return result;

int mkdir(const char* path, mode_t mode) { SAID(NEXT(mkdir)(path, mode), "mkdir", AT_FDCWD, path, 0, NULL) }
int mkdirat(int folder, const char* path, mode_t mode) {
  SAID(NEXT(mkdirat)(folder, path, mode), "mkdir", folder, path, 0, NULL)
}
int unlink(const char* path) { SAID(NEXT(unlink)(path), "unlink", AT_FDCWD, path, 0, NULL) }
int unlinkat(int folder, const char* path, int flags) {
  SAID(NEXT(unlinkat)(folder, path, flags), "unlink", folder, path, 0, NULL)
}
int rmdir(const char* path) { SAID(NEXT(rmdir)(path), "unlink", AT_FDCWD, path, 0, NULL) }
int remove(const char* path) { SAID(NEXT(remove)(path), "unlink", AT_FDCWD, path, 0, NULL) }
int link(const char* from, const char* to) { SAID(NEXT(link)(from, to), "link", AT_FDCWD, from, AT_FDCWD, to) }
int linkat(int folder, const char* from, int to_folder, const char* to, int flags) {
  SAID(NEXT(linkat)(folder, from, to_folder, to, flags), "link", folder, from, to_folder, to)
}
int rename(const char* from, const char* to) {
  SAID(NEXT(rename)(from, to), "rename", AT_FDCWD, from, AT_FDCWD, to)
}
int renameat(int folder, const char* from, int to_folder, const char* to) {
  SAID(NEXT(renameat)(folder, from, to_folder, to), "rename", folder, from, to_folder, to)
}
int renameat2(int folder, const char* from, int to_folder, const char* to, unsigned flags) {
  SAID(NEXT(renameat2)(folder, from, to_folder, to, flags), "rename", folder, from, to_folder, to)
}
