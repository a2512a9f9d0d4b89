/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the Python that is run; each with what it must print. */
#include "cli/bench/program.h"

#include <string.h>

enum { INPUT_BYTES = 64 << 10, TIMES = 16 };

static char long_input[INPUT_BYTES];
static char long_output[INPUT_BYTES * TIMES];

#define OUTPUT(text) .output = (text), .output_len = sizeof(text) - 1

const struct cli_bench_program cli_bench_print_one = {.code = "print(1)", OUTPUT("1\n")};

const struct cli_bench_program cli_bench_nothing = {.code = "", OUTPUT("")};

const struct cli_bench_program cli_bench_shelf = {
    .code = "import json, re\n"
            "class Shelf:\n"
            "    def __init__(self):\n"
            "        self.books = {}\n"
            "    def add(self, title, n):\n"
            "        self.books[title] = self.books.get(title, 0) + n\n"
            "shelf = Shelf()\n"
            "for word in re.findall(r'[a-z]+', 'the cat and the dog and the bird'):\n"
            "    shelf.add(word, 1)\n"
            "try:\n"
            "    {}['missing']\n"
            "except KeyError as error:\n"
            "    shelf.add(str(error), 1)\n"
            "print(json.dumps(shelf.books, sort_keys=True))\n",
    OUTPUT("{\"'missing'\": 1, \"and\": 2, \"bird\": 1, \"cat\": 1, \"dog\": 1, "
           "\"the\": 3}\n"),
};

const struct cli_bench_program cli_bench_allocations = {
    .code = "words = [str(i) * 3 for i in range(20000)]\n"
            "table = {word: [i, word] for i, word in enumerate(words)}\n"
            "def fib(n):\n"
            "    return n if n < 2 else fib(n - 1) + fib(n - 2)\n"
            "print(len(table), fib(18))\n",
    OUTPUT("20000 2584\n"),
};

const struct cli_bench_program cli_bench_loop = {
    .code = "import time\n"
            "def work(n):\n"
            "    total = 0\n"
            "    for i in range(n):\n"
            "        total += i * i % 7\n"
            "    return total\n"
            "start = time.thread_time_ns()\n"
            "work(300000)\n"
            "print(time.thread_time_ns() - start)\n",
};

const struct cli_bench_program cli_bench_numpy = {
    .code = "import numpy\n"
            "print(int(numpy.arange(1000).sum()))\n",
    OUTPUT("499500\n"),
};

const struct cli_bench_program cli_bench_streams = {
    .code = "import sys\n"
            "sys.stdout.write(sys.stdin.read() * 16)\n",
    .input = long_input,
    .input_len = sizeof long_input,
    .output = long_output,
    .output_len = sizeof long_output,
};

const struct cli_bench_program cli_bench_endless = {.code = "while True:\n    pass\n"};

const struct cli_bench_program cli_bench_too_much = {
    .code = "import time\n"
            "print(time.monotonic_ns(), flush=True)\n"
            "x = bytearray(1 << 30)\n"};

void
cli_bench_programs_init(void)
{
    for (size_t i = 0; i < sizeof long_input; i++) {
        long_input[i] = i % 64 == 63 ? '\n' : (char)('a' + i % 26);
    }
    for (size_t i = 0; i < TIMES; i++) {
        memcpy(long_output + i * sizeof long_input, long_input, sizeof long_input);
    }
}
