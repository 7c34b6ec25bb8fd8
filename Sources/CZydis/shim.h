#ifndef NTLEARN_CZYDIS_SHIM_H
#define NTLEARN_CZYDIS_SHIM_H
#include <Zydis/Zydis.h>

// ZYAN_SUCCESS is a function-like macro, which Swift does not import.
static inline _Bool ntlearn_zyan_success(ZyanStatus status) { return ZYAN_SUCCESS(status); }

// These status values are function-like macros too.
static inline _Bool ntlearn_zydis_needs_more_bytes(ZyanStatus status) { return status == ZYDIS_STATUS_NO_MORE_DATA; }
static inline _Bool ntlearn_zydis_is_too_long(ZyanStatus status) { return status == ZYDIS_STATUS_INSTRUCTION_TOO_LONG; }
static inline _Bool ntlearn_zydis_is_bad_lock(ZyanStatus status) { return status == ZYDIS_STATUS_ILLEGAL_LOCK; }
#endif
