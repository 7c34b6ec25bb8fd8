"""Runs cases of ring-3 code on Unicorn 2 for UnicornProcess.swift, which documents the protocol.

Usage: unicorn_oracle.py            serve cases from standard input
       unicorn_oracle.py --check    exit with 0 if a usable Unicorn is installed
"""

import ctypes
import struct
import sys

import unicorn
from unicorn import x86_const as x86
from unicorn.unicorn_py3.unicorn import uclib

if not (2, 1) <= unicorn.version_bind()[:2] < (3, 0):
    sys.exit("Unicorn 2.1 or a later 2.x is needed")
if sys.argv[1:] == ["--check"]:
    sys.exit(0)

DATA, DATA_SIZE = 0x8000, 0x2000
CODE, CODE_SIZE = 0x400000, 0x1000
# Far from every address that a case names.
TABLE = 0xF0000000
NO_FAULT = 0xFF
OTHER_ERROR = 0xFE

GENERAL = [getattr(x86, "UC_X86_REG_" + name) for name in "EAX ECX EDX EBX ESP EBP ESI EDI".split()]
SEGMENTS = [getattr(x86, "UC_X86_REG_" + name) for name in "ES CS SS DS FS GS".split()]
READ = GENERAL + [x86.UC_X86_REG_EFLAGS, x86.UC_X86_REG_EIP] + SEGMENTS


class Registers:
    """A list of registers that one call reads or writes; the binding's own batch calls cost ten times as much."""

    def __init__(self, ids):
        self.count = len(ids)
        self.ids = (ctypes.c_int * self.count)(*ids)
        self.values = (ctypes.c_uint64 * self.count)()
        base = ctypes.addressof(self.values)
        self.pointers = (ctypes.c_void_p * self.count)(*(base + 8 * index for index in range(self.count)))

    def write(self, uc, values):
        self.values[:] = values
        uclib.uc_reg_write_batch(uc._uch, self.ids, self.pointers, self.count)

    def read(self, uc):
        ctypes.memset(self.values, 0, 8 * self.count)
        uclib.uc_reg_read_batch(uc._uch, self.ids, self.pointers, self.count)
        return self.values[:]


def descriptor(access):
    return struct.pack("<HHBBBB", 0xFFFF, 0, 0, access, 0xCF, 0)


class Machine:
    def __init__(self, data):
        self.data = data
        self.uc = unicorn.Uc(unicorn.UC_ARCH_X86, unicorn.UC_MODE_32)
        for address, size in ((DATA, DATA_SIZE), (CODE, CODE_SIZE), (TABLE, 0x1000)):
            self.uc.mem_map(address, size)
        self.enter_ring_3()
        self.uc.mem_write(DATA, data)
        self.base = self.uc.context_save()
        self.inputs = Registers(GENERAL + [x86.UC_X86_REG_EFLAGS])
        self.outputs = Registers(READ)
        self.vector = self.access = NO_FAULT
        self.address = 0
        self.uc.hook_add(unicorn.UC_HOOK_INTR, self.on_interrupt)
        self.uc.hook_add(unicorn.UC_HOOK_MEM_UNMAPPED, self.on_unmapped)

    def enter_ring_3(self):
        """Segments can be loaded only for the ring that one is in, so IRETD takes us there."""
        table = bytes(8) + b"".join(descriptor(access) for access in (0x9B, 0x93, 0xFB, 0xF3))
        self.uc.mem_write(TABLE, table)
        self.uc.reg_write(x86.UC_X86_REG_GDTR, (0, TABLE, len(table) - 1, 0))
        self.uc.reg_write(x86.UC_X86_REG_CS, 0x08)
        self.uc.reg_write(x86.UC_X86_REG_SS, 0x10)
        self.uc.reg_write(x86.UC_X86_REG_ESP, DATA)
        self.uc.mem_write(DATA, struct.pack("<5I", CODE + 1, 0x1B, 0x202, DATA, 0x23))
        # iretd; mov eax, 23h; mov ds, eax; mov es, eax; mov fs, eax; mov gs, eax
        code = bytes.fromhex("cf b823000000 8ed8 8ec0 8ee0 8ee8")
        self.uc.mem_write(CODE, code)
        self.uc.emu_start(CODE, CODE + len(code))

    def on_interrupt(self, uc, vector, _):
        self.vector = vector
        uc.emu_stop()

    def on_unmapped(self, uc, access, address, size, value, _):
        # A branch to nowhere is complete; only the next instruction cannot be fetched.
        self.vector = NO_FAULT if access == unicorn.UC_MEM_FETCH_UNMAPPED else 14
        self.access, self.address = access, address
        return False

    def run(self, code, count, registers, contents):
        self.vector = self.access = NO_FAULT
        self.address = 0
        # Also forgets a fault that was not delivered, which the next would turn into a double fault.
        self.uc.context_restore(self.base)
        for address, content in contents:
            self.uc.mem_write(address, content)
        self.uc.mem_write(CODE, code)
        # Writing alone does not always make it forget what it has translated.
        self.uc.ctl_remove_cache(CODE, CODE + 16)
        self.inputs.write(self.uc, registers)
        try:
            self.uc.emu_start(CODE, CODE + len(code), 0, count)
        except unicorn.UcError as error:
            if error.errno == unicorn.UC_ERR_INSN_INVALID:
                self.vector = 6
            elif self.vector == NO_FAULT and self.access != unicorn.UC_MEM_FETCH_UNMAPPED:
                self.vector = OTHER_ERROR
        values = self.outputs.read(self.uc)
        memory = bytes(self.uc.mem_read(DATA, DATA_SIZE))
        differs = memory != self.data
        if differs:
            self.uc.mem_write(DATA, self.data)
        head = struct.pack(
            "<BBBBI16I", self.vector, self.access & 0xFF, differs, 0, self.address & 0xFFFFFFFF, *values
        )
        return head + memory if differs else head


def answer(machine, batch, count):
    offset = 0
    for _ in range(count):
        length, steps, patches, _, *registers = struct.unpack_from("<BBBB9I", batch, offset)
        offset += 40
        contents = []
        for _ in range(patches):
            address, size = struct.unpack_from("<II", batch, offset)
            contents.append((address, batch[offset + 8 : offset + 8 + size]))
            offset += 8 + size
        yield machine.run(batch[offset : offset + length], steps, registers, contents)
        offset += length


def serve(source, sink):
    machine = Machine(source.read(DATA_SIZE))
    while True:
        header = source.read(8)
        if len(header) < 8:
            return
        size, count = struct.unpack("<II", header)
        answers = b"".join(answer(machine, source.read(size), count))
        sink.write(struct.pack("<I", len(answers)) + answers)
        sink.flush()


serve(sys.stdin.buffer, sys.stdout.buffer)
