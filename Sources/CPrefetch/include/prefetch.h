#ifndef CLEW_PREFETCH_H
#define CLEW_PREFETCH_H

#include <stdint.h>

/// Asks the processor to bring the cache line at an address nearer. A hint: nothing is read, and an
/// address outside all memory does no harm.
__attribute__((always_inline)) static inline void clew_prefetch(uintptr_t address) {
  __builtin_prefetch((const void *)address);
}

#endif
