#ifndef NTLEARN_CREADLINE_SHIM_H
#define NTLEARN_CREADLINE_SHIM_H
// readline's headers use FILE, size_t and strlen without including their headers.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <readline/readline.h>
#include <readline/history.h>
#endif
