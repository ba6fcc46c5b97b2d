// A disk that can be full, and that remembers what was done to it: preloaded into a process, it stands between it and the C library.
//
// It looks only at files below UNIONBOOK_DISK_FOLDER. Where UNIONBOOK_DISK_LOG names a file, every change is written there in order,
// with each line that the process says (what it writes to descriptor 1). Removing the file /unionbook-disk/full/N, which is not there,
// makes the Nth change from now on, and all that follow, fail for want of space; removing /unionbook-disk/lift ends that, and fails
// where no change had failed.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 4096
#define REAL(name) ((__typeof__(&name))next(#name))

static pthread_mutex_t turn = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char *paths[FDS];
static const char *folder, *log_path;
static int log_fd = -1, begun, hit;
static long left = -1;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

static void begin(void) {
  if (begun) return;
  begun = 1;
  folder = getenv("UNIONBOOK_DISK_FOLDER");
  log_path = getenv("UNIONBOOK_DISK_LOG");
  if (log_path) log_fd = REAL(open)(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// What SQLite shares between processes through memory lies in a file that does not outlive a power cut.
static int watched(const char *path) {
  begin();
  size_t length = path ? strlen(path) : 0;
  if (!folder || !path || strncmp(path, folder, strlen(folder))) return 0;
  return !(length > 4 && !strcmp(path + length - 4, "-shm"));
}

static int known(int fd) { return fd >= 0 && fd < FDS && paths[fd]; }

static void all(const void *bytes, size_t count) {
  for (const char *at = bytes; count;) {
    ssize_t done = REAL(write)(log_fd, at, count);
    if (done <= 0) abort();
    at += done, count -= done;
  }
}

static void note(char what, uint64_t node, uint64_t at, const void *bytes, uint32_t count) {
  if (log_fd < 0) return;
  char head[21];
  head[0] = what;
  memcpy(head + 1, &node, 8), memcpy(head + 9, &at, 8), memcpy(head + 17, &count, 4);
  all(head, sizeof head), all(bytes, count);
}

static uint64_t node_of(int fd) {
  struct stat found;
  return fstat(fd, &found) ? 0 : found.st_ino;
}

// Says whether there is no space for this change any more: 1 none at all, 2 for half of it.
static int full(void) {
  if (left < 0) return 0;
  if (left > 1) return left--, 0;
  hit = 1;
  if (left == 1) return left = 0, 2;
  return 1;
}

static int opened(int fd, const char *path, int is_new) {
  if (fd < 0 || fd >= FDS) return fd;
  free(paths[fd]);
  paths[fd] = watched(path) ? strdup(path) : NULL;
  if (paths[fd]) note(is_new ? 'N' : 'O', node_of(fd), 0, path, strlen(path));
  return fd;
}

static int open_as(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
  pthread_mutex_lock(&turn);
  int is_new = watched(path) && (flags & O_CREAT) && access(path, F_OK), fd = -1, before = errno;
  if (is_new && full()) errno = ENOSPC;
  else {
    errno = before;
    fd = real(path, flags, mode);
    if (fd >= 0) {
      opened(fd, path, is_new);
      if (known(fd) && (flags & O_TRUNC) && !is_new) note('T', node_of(fd), 0, "", 0);
    }
  }
  pthread_mutex_unlock(&turn);
  return fd;
}

#define OPEN(name)                                             \
  int name(const char *path, int flags, ...) {                 \
    va_list rest;                                              \
    va_start(rest, flags);                                     \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;  \
    va_end(rest);                                              \
    return open_as((void *)next(#name), path, flags, mode);    \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  pthread_mutex_lock(&turn);
  if (known(fd)) free(paths[fd]), paths[fd] = NULL;
  int done = REAL(close)(fd);
  pthread_mutex_unlock(&turn);
  return done;
}

static ssize_t put(int fd, const void *bytes, size_t count, off_t at, int is_at) {
  if (known(fd)) {
    int none = full();
    if (none == 1 || (none == 2 && count < 2)) return errno = ENOSPC, -1;
    if (none == 2) count /= 2;
    if (!is_at) at = lseek(fd, 0, SEEK_CUR);
  }
  ssize_t done = is_at ? REAL(pwrite)(fd, bytes, count, at) : REAL(write)(fd, bytes, count);
  if (done > 0 && known(fd)) note('W', node_of(fd), at, bytes, done);
  if (done > 0 && fd == 1) note('A', 0, 0, bytes, done);
  return done;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  begin();
  pthread_mutex_lock(&turn);
  ssize_t done = put(fd, bytes, count, 0, 0);
  pthread_mutex_unlock(&turn);
  return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  pthread_mutex_lock(&turn);
  ssize_t done = put(fd, bytes, count, at, 1);
  pthread_mutex_unlock(&turn);
  return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { return pwrite(fd, bytes, count, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  ssize_t whole = 0;
  for (int at = 0; at < count; at++) {
    ssize_t done = write(fd, parts[at].iov_base, parts[at].iov_len);
    if (done < 0) return whole ? whole : -1;
    whole += done;
    if ((size_t)done < parts[at].iov_len) break;
  }
  return whole;
}

// Copies within the kernel would pass the disk by: the caller falls back to reading and writing.
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t count, unsigned flags) {
  if (!known(to)) return REAL(copy_file_range)(from, from_at, to, to_at, count, flags);
  return errno = ENOSYS, -1;
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t count) {
  if (!known(to)) return ((ssize_t(*)(int, int, off64_t *, size_t))next("sendfile64"))(to, from, at, count);
  return errno = ENOSYS, -1;
}

static int cut(int fd, off_t length) {
  pthread_mutex_lock(&turn);
  struct stat found = {0};
  int grows = known(fd) && !fstat(fd, &found) && length > found.st_size, done = -1;
  if (grows && full()) errno = ENOSPC;
  else if (!(done = REAL(ftruncate)(fd, length)) && known(fd)) note('T', node_of(fd), length, "", 0);
  pthread_mutex_unlock(&turn);
  return done;
}

int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int synced(int fd, int (*real)(int)) {
  pthread_mutex_lock(&turn);
  int done = real(fd);
  struct stat found;
  if (!done && known(fd) && !fstat(fd, &found))
    note(S_ISDIR(found.st_mode) ? 'D' : 'S', found.st_ino, 0, paths[fd], strlen(paths[fd]));
  pthread_mutex_unlock(&turn);
  return done;
}

int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

int rename(const char *from, const char *to) {
  pthread_mutex_lock(&turn);
  int done = REAL(rename)(from, to);
  if (!done && (watched(from) || watched(to))) {
    char both[8192];
    int count = snprintf(both, sizeof both, "%s\n%s", from, to);
    note('R', 0, 0, both, count);
  }
  pthread_mutex_unlock(&turn);
  return done;
}

static int asked(const char *path) {
  if (!strncmp(path, "/unionbook-disk/full/", 21)) return left = atol(path + 21), hit = 0, 0;
  int was = hit;
  left = -1, hit = 0;
  return was ? 0 : (errno = ENOENT, -1);
}

int unlink(const char *path) {
  pthread_mutex_lock(&turn);
  int done = strncmp(path, "/unionbook-disk/", 16) ? REAL(unlink)(path) : asked(path);
  if (!done && watched(path)) note('U', 0, 0, path, strlen(path));
  pthread_mutex_unlock(&turn);
  return done;
}

int mkdir(const char *path, mode_t mode) {
  pthread_mutex_lock(&turn);
  int done = REAL(mkdir)(path, mode);
  if (!done && watched(path)) note('M', 0, 0, path, strlen(path));
  pthread_mutex_unlock(&turn);
  return done;
}
