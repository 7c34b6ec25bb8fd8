#ifndef NTLEARN_CZYDIS_SHIM_H
#define NTLEARN_CZYDIS_SHIM_H
#include <Zydis/Zydis.h>

// ZYAN_SUCCESS is a function-like macro, which Swift does not import.
static inline _Bool ntlearn_zyan_success(ZyanStatus status) { return ZYAN_SUCCESS(status); }
#endif
