/*
 * Runs guest code in Unicorn and prints how long that took.
 *
 *   unicorn version            prints the library's version
 *   unicorn plain FILE         runs FILE's bytes at 10000h and prints nanoseconds, EAX and EBX
 *   unicorn hook FILE          the same, with a hook that records EIP and eight registers of each instruction
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicorn/unicorn.h>

enum { ORIGIN = 0x10000, MEMORY = 0x20000, LOG_LENGTH = 4096 };

struct record {
    uint32_t eip;
    uint32_t general[8];
};

static struct record log_of_records[LOG_LENGTH];
static uint64_t recorded;

static int names[8] = {UC_X86_REG_EAX, UC_X86_REG_ECX, UC_X86_REG_EDX, UC_X86_REG_EBX,
                       UC_X86_REG_ESP, UC_X86_REG_EBP, UC_X86_REG_ESI, UC_X86_REG_EDI};

static void record_registers(uc_engine *engine, uint64_t address, uint32_t size, void *context) {
    struct record *record = &log_of_records[recorded++ % LOG_LENGTH];
    void *places[8];
    (void)size;
    (void)context;
    for (int i = 0; i < 8; i++)
        places[i] = &record->general[i];
    record->eip = (uint32_t)address;
    uc_reg_read_batch(engine, names, places, 8);
}

static void check(uc_err error, const char *what) {
    if (error == UC_ERR_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, uc_strerror(error));
    exit(1);
}

static int64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static size_t read_code(const char *path, uint8_t *code, size_t room) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    size_t length = fread(code, 1, room, file);
    fclose(file);
    return length;
}

int main(int count, char **arguments) {
    uint8_t code[4096];
    uint32_t ebx = 1, eax = 0;
    uc_engine *engine;
    uc_hook hook;

    if (count == 2 && strcmp(arguments[1], "version") == 0) {
        unsigned major, minor;
        unsigned version = uc_version(&major, &minor);
        printf("%u.%u.%u\n", major, minor, version >> 8 & 0xFF);
        return 0;
    }
    if (count != 3)
        return 2;

    size_t length = read_code(arguments[2], code, sizeof code);
    check(uc_open(UC_ARCH_X86, UC_MODE_32, &engine), "uc_open");
    check(uc_mem_map(engine, ORIGIN, MEMORY, UC_PROT_ALL), "uc_mem_map");
    check(uc_mem_write(engine, ORIGIN, code, length), "uc_mem_write");
    check(uc_reg_write(engine, UC_X86_REG_EBX, &ebx), "uc_reg_write");
    if (strcmp(arguments[1], "hook") == 0)
        check(uc_hook_add(engine, &hook, UC_HOOK_CODE, (void *)record_registers, NULL, 1, 0), "uc_hook_add");

    int64_t start = nanoseconds();
    check(uc_emu_start(engine, ORIGIN, ORIGIN + length, 0, 0), "uc_emu_start");
    int64_t time = nanoseconds() - start;

    uc_reg_read(engine, UC_X86_REG_EAX, &eax);
    uc_reg_read(engine, UC_X86_REG_EBX, &ebx);
    printf("%" PRId64 " %" PRIu32 " %" PRIu32 "\n", time, eax, ebx);
    uc_close(engine);
    return 0;
}
