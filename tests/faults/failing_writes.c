/* A disk that fails when told: put before the C library (LD_PRELOAD), it lets the n-th call that writes below a folder
 * fail with an error of choice, and every later one too until it is told otherwise.
 *
 * HUIFANG_FAILING_BELOW   the folder
 * HUIFANG_FAILING_ORDERS  a file of three 32-bit numbers, shared with who orders: calls that still go well (negative: all
 *                         do), the errno of those behind them, how many have failed so far
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct orders { int32_t left, error, failed; };
static volatile struct orders *orders;
static const char *below;

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("HUIFANG_FAILING_ORDERS");
    below = getenv("HUIFANG_FAILING_BELOW");
    int fd = file && below ? open(file, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0) return;
    void *shared = mmap(NULL, sizeof(struct orders), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (shared != MAP_FAILED) orders = shared;
}

static int fails(int fd, int needs_room) {
    char link[64], path[PATH_MAX];
    if (!orders || orders->left < 0) return 0;
    if (!needs_room && orders->error == ENOSPC) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (strncmp(path, below, strlen(below))) return 0;
    int32_t left = orders->left;
    while (left > 0)
        if (__atomic_compare_exchange_n(&orders->left, &left, left - 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return 0;
    if (left < 0) return 0;
    __atomic_fetch_add(&orders->failed, 1, __ATOMIC_SEQ_CST);
    errno = orders->error;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
/* What only settles what was written before needs no room: a full disk lets it pass. */
#define WRAP(result, name, needs_room, parameters, arguments) \
    result name parameters { return fails(fd, needs_room) ? -1 : REAL(name) arguments; }

WRAP(ssize_t, write, 1, (int fd, const void *from, size_t count), (fd, from, count))
WRAP(ssize_t, pwrite, 1, (int fd, const void *from, size_t count, off_t at), (fd, from, count, at))
WRAP(ssize_t, pwrite64, 1, (int fd, const void *from, size_t count, off64_t at), (fd, from, count, at))
WRAP(int, fsync, 0, (int fd), (fd))
WRAP(int, fdatasync, 0, (int fd), (fd))
WRAP(int, ftruncate, 0, (int fd, off_t length), (fd, length))
WRAP(int, ftruncate64, 0, (int fd, off64_t length), (fd, length))
