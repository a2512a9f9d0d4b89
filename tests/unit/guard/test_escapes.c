/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Modules whose memory escapes the count of the heap are not to be had at level
 * restricted.  This makes 2,000 objects of each kind that the built-in profiles' modules
 * have, and compares what the C library gave out with what came by CPython's allocators.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/own.h"
#include "guard/heap.h"
#include "guard/openssl.h"
#include "guard/state.h"

enum { OBJECTS = 2000, MOST_EACH = 16 };

_Noreturn void
cl_guard_limit(enum cl_job_limit limit, uint64_t used)
{
    (void)limit;
    (void)used;
    fail_msg("a limit was met");
    abort();
}

/* ---- What came by CPython's raw domain, below the count ------------------------- */

static PyMemAllocatorEx real;
static int64_t raw_bytes;

static int64_t
size_of(void *p)
{
    return p == NULL ? 0 : (int64_t)(malloc_usable_size(p) + sizeof(size_t));
}

static void *
noted_malloc(void *ctx, size_t size)
{
    (void)ctx;
    void *p = real.malloc(real.ctx, size);
    raw_bytes += size_of(p);
    return p;
}

static void *
noted_calloc(void *ctx, size_t count, size_t size)
{
    (void)ctx;
    void *p = real.calloc(real.ctx, count, size);
    raw_bytes += size_of(p);
    return p;
}

static void *
noted_realloc(void *ctx, void *p, size_t size)
{
    (void)ctx;
    raw_bytes -= size_of(p);
    p = real.realloc(real.ctx, p, size);
    raw_bytes += size_of(p);
    return p;
}

static void
noted_free(void *ctx, void *p)
{
    (void)ctx;
    raw_bytes -= size_of(p);
    real.free(real.ctx, p);
}

/* Bytes that are in use, and of which CPython's allocators know nothing. */
static int64_t
unknown_bytes(void)
{
    struct mallinfo2 all = mallinfo2();
    return (int64_t)(all.uordblks + all.hblkhd) - raw_bytes;
}

/* ---- Rows ------------------------------------------------------------------------- */

/* An expression of i, and what it needs imported. */
static const struct {
    const char *modules, *make;
} rows[] = {
    {"array", "array.array('d', range(20))"},
    {"base64", "base64.b64encode(b'x' * 100)"},
    {"binascii", "binascii.hexlify(b'x' * 100)"},
    {"calendar", "calendar.TextCalendar()"},
    {"collections", "collections.deque(range(100))"},
    {"collections", "collections.OrderedDict.fromkeys(range(20))"},
    {"collections", "collections.defaultdict(list)"},
    {"contextlib", "contextlib.ExitStack()"},
    {"copy", "copy.deepcopy({'a': [i]})"},
    {"csv, io", "csv.reader(io.StringIO('a,b'))"},
    {"csv, io", "csv.writer(io.StringIO())"},
    {"datetime", "datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone("
                 "datetime.timedelta(hours=1)))"},
    {"decimal", "decimal.Decimal('1.' + '3' * 100)"},
    {"decimal", "decimal.Decimal(1) / 3"},
    {"decimal", "decimal.Context(prec=50)"},
    {"difflib", "difflib.SequenceMatcher(None, 'abc', 'abd')"},
    {"fractions", "fractions.Fraction(i, 7)"},
    {"functools", "functools.lru_cache(lambda: 0)"},
    {"functools", "functools.partial(print, i)"},
    {"hashlib", "hashlib.md5(b'x')"},
    {"hashlib", "hashlib.sha1(b'x')"},
    {"hashlib", "hashlib.sha256(b'x')"},
    {"hashlib", "hashlib.sha512(b'x')"},
    {"hashlib", "hashlib.sha3_256(b'x')"},
    {"hashlib", "hashlib.shake_128(b'x')"},
    {"hashlib", "hashlib.blake2b(b'x')"},
    {"hashlib", "hashlib.new('sha256', b'x').copy()"},
    {"heapq", "heapq.merge([1], [2])"},
    {"hmac", "hmac.new(b'k', b'x', 'sha256')"},
    {"html", "html.unescape('&amp;' * 20)"},
    {"io", "io.StringIO('x' * 100)"},
    {"io", "io.BytesIO(b'x' * 100)"},
    {"itertools", "itertools.tee(range(10))"},
    {"itertools", "itertools.product(range(10), repeat=3)"},
    {"itertools", "itertools.permutations(range(10))"},
    {"json", "json.loads('{\"a\": [1, 2, {\"b\": \"c\"}]}')"},
    {"json", "json.JSONEncoder()"},
    {"logging", "logging.Logger('x')"},
    {"math", "math.factorial(50)"},
    {"operator", "operator.itemgetter(1, 2)"},
    {"random", "random.Random(i)"},
    {"re", "re.compile('a{%d}b' % i)"},
    {"re", "re.compile('(a+)(b*)c').match('aabbc')"},
    {"re", "re.compile('(a+)(b*)c').finditer('aabbc' * 20)"},
    {"secrets", "secrets.token_bytes(100)"},
    {"statistics", "statistics.NormalDist()"},
    {"string", "string.Template('$a $b')"},
    {"struct", "struct.Struct('<iiiiii' + 'x' * i)"},
    {"textwrap", "textwrap.wrap('hello world ' * 5)"},
    {"time", "time.localtime()"},
    {"time", "time.strftime('%Y-%m-%d %H:%M:%S')"},
    {"unicodedata", "unicodedata.normalize('NFD', '\\u00e9' * 50)"},
    {"uuid", "uuid.uuid4()"},
    {"zlib", "zlib.compressobj()"},
    {"zlib", "zlib.decompressobj()"},
    {"zlib", "zlib.compress(b'x' * 100)"},
    /* The language's own. */
    {"sys", "bytearray(100)"},
    {"sys", "compile('x = %d' % i, 'f', 'exec')"},
    {"sys", "dict.fromkeys(range(20))"},
    {"sys", "float('1.' + '3' * 100)"},
    {"sys", "int('9' * 100)"},
    {"sys", "memoryview(b'x' * 100)"},
    {"sys", "set(range(100))"},
    {"sys", "type('A', (), {})"},
    {"sys", "(lambda: (yield))()"},
    {"sys", "'%.50f' % 1.5"},
};

static void
run_code(const char *code)
{
    if (PyRun_SimpleString(code) < 0) {
        fail_msg("%s", code);
    }
}

static void
make(size_t row, int count)
{
    char code[1024];
    (void)snprintf(code, sizeof code, "keep = [(%s) for i in range(%d)]\n", rows[row].make,
                   count); /* long enough for each row */
    run_code(code);
}

static void
drop(void)
{
    run_code("keep = None\ngc.collect()\n");
}

static void
nothing_of_the_profiles_modules_escapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        char import[128];
        (void)snprintf(import, sizeof import, "import gc, %s\n", rows[i].modules);
        run_code(import);
        make(i, 50); /* what is made once */
        drop();
        int64_t before = unknown_bytes();
        uint64_t counted = cl_heap_used();
        make(i, OBJECTS);
        int64_t each = (unknown_bytes() - before) / OBJECTS;
        assert_true(cl_heap_used() > counted);
        drop();
        if (each > MOST_EACH) {
            fail_msg("%s: %ld bytes of each escape the count", rows[i].make, (long)each);
        }
    }
}

/* The measure itself: memory that CPython's allocators do not see. */
static void
memory_of_the_c_library_alone_is_seen_to_escape(void **state)
{
    (void)state;
    int64_t before = unknown_bytes();
    void *volatile p = malloc(5000);
    assert_true(unknown_bytes() - before >= 5000);
    free(p);
}

static int
start(void **state)
{
    (void)state;
    PyMemAllocatorEx noted = {NULL, noted_malloc, noted_calloc, noted_realloc, noted_free};
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &real);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &noted);
    Py_InitializeEx(0);
    if (cl_openssl_watch() < 0) {
        return -1;
    }
    cl_heap_install();
    cl_heap_begin((uint64_t)1 << 40);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_of_the_c_library_alone_is_seen_to_escape),
        cmocka_unit_test(nothing_of_the_profiles_modules_escapes),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
