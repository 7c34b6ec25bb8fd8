#ifndef NTLEARN_CREADLINE_SHIM_H
#define NTLEARN_CREADLINE_SHIM_H
// readline's headers use FILE, size_t and strlen without including their headers.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <readline/readline.h>
#include <readline/history.h>

// Swift 6 forbids touching C's mutable globals, so each one that the editor needs has a function here.

static inline void ntlearn_rl_set_application_name(const char *name) { rl_readline_name = name; }
static inline void ntlearn_rl_set_streams(FILE *input, FILE *output) {
    rl_instream = input;
    rl_outstream = output;
}
// The editor delivers signals itself, between two characters, and leaves LINES and COLUMNS alone.
static inline void ntlearn_rl_leave_signals_alone(void) {
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
}
static inline void ntlearn_rl_set_completer(rl_completion_func_t *completer, const char *breaks) {
    rl_attempted_completion_function = completer;
    rl_completer_word_break_characters = breaks;
}
// Only readline() itself forgets the last end of file; the callback interface would end every later line twice.
static inline void ntlearn_rl_forget_end_of_file(void) { rl_eof_found = 0; }
static inline const char *ntlearn_rl_line(void) { return rl_line_buffer; }
static inline void ntlearn_rl_set_completion_over(int over) { rl_attempted_completion_over = over; }
static inline void ntlearn_rl_suppress_append(int suppress) { rl_completion_suppress_append = suppress; }
static inline const char *ntlearn_history_last(void) {
    HIST_ENTRY *entry = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    return entry ? entry->line : NULL;
}
#endif
