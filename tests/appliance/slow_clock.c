/* The clocks of a process, slower: loaded before all else by whoever keeps an emulated machine's time.
 *
 * SLOW_BY: a second that they show lasts so many. SLOW_SINCE: the time of day when that began, and
 * SLOW_SHOWS: what they showed then; both in ns. SLOW_STEADY: the steady clock is slow as well. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static int (*true_clock)(clockid_t, struct timespec *);
static long long by = 1, since, shows;
static int steady;

__attribute__((constructor)) static void begin(void)
{
    true_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    if (getenv("SLOW_BY")) {
        by = atoll(getenv("SLOW_BY"));
        since = atoll(getenv("SLOW_SINCE"));
        shows = atoll(getenv("SLOW_SHOWS"));
        steady = getenv("SLOW_STEADY") != NULL;
    }
}

int clock_gettime(clockid_t which, struct timespec *at)
{
    if (!true_clock)
        begin();
    int failed = true_clock(which, at);
    int of_day = which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE;
    if (failed || by == 1 || !(of_day || (steady && which == CLOCK_MONOTONIC)))
        return failed;
    long long ns = at->tv_sec * 1000000000LL + at->tv_nsec;
    ns = of_day ? shows + (ns - since) / by : ns / by;
    at->tv_sec = ns / 1000000000LL;
    at->tv_nsec = ns % 1000000000LL;
    return 0;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone)
{
    (void)zone;
    struct timespec now;
    int failed = clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return failed;
}

time_t time(time_t *at)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at)
        *at = now.tv_sec;
    return now.tv_sec;
}
