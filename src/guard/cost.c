/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what is measured before it is done: operations that compute for long, or that go
 * round in small steps, before one block shows how large their result is.  Everything
 * else that one call can make enormous (padding, join, replace, translate, widths and
 * precisions, bytes(n), struct.pack, to_bytes, decompress, Decimal's digits) asks for
 * its result as one block, and is measured there (blocks.c, heap.c).
 *
 * Each estimate is a lower bound: what is ended here would not have fitted.
 *
 * CPython's specialised bytecode for int * int (BINARY_OP_MULTIPLY_INT) does not go by
 * the slot; its result is a block as any other's.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "guard/cost.h"

#include <math.h>

#include "base/own.h"
#include "guard/blocks.h"
#include "guard/heap.h"
#include "guard/slots.h"
#include "guard/state.h"

/* Less than this is left to the allocators. */
enum { CHEAP_BYTES = 16 << 10, DIGIT_BITS = PYLONG_BITS_IN_DIGIT };

static uint64_t memory_bytes = UINT64_MAX;
static int is_on;

static uint64_t
product(uint64_t a, uint64_t b)
{
    uint64_t out;
    return __builtin_mul_overflow(a, b, &out) ? UINT64_MAX : out;
}

static uint64_t
sum(uint64_t a, uint64_t b)
{
    uint64_t out;
    return __builtin_add_overflow(a, b, &out) ? UINT64_MAX : out;
}

/* The operation that comes next needs so much; or the run ends here. */
static void
need(uint64_t bytes)
{
    if (bytes < CHEAP_BYTES || !is_on) {
        return;
    }
    if (bytes > cl_heap_left()) {
        cl_guard_limit(CL_JOB_LIMIT_HEAP, sum(cl_heap_used(), bytes));
    }
    if (bytes > memory_bytes) {
        cl_guard_limit(CL_JOB_LIMIT_MEMORY, bytes);
    }
}

/* ---- int -------------------------------------------------------------------- */

static inline uint64_t
digits(PyObject *number)
{
#if PY_VERSION_HEX >= 0x030c0000
    return ((PyLongObject *)number)->long_value.lv_tag >> 3;
#else
    return (uint64_t)Py_ABS(Py_SIZE(number));
#endif
}

static uint64_t
bits(PyObject *number)
{
    return _PyLong_NumBits(number); /* never fails for what memory can hold */
}

static uint64_t
bytes_of(uint64_t n_bits)
{
    return product(n_bits / DIGIT_BITS, sizeof(digit));
}

/* A count as a number that may be too large to be one; 0 if it is negative. */
static uint64_t
count_of(PyObject *number)
{
    size_t n = PyLong_AsSize_t(number);
    if (n == (size_t)-1 && PyErr_Occurred()) {
        PyErr_Clear();
        return _PyLong_Sign(number) < 0 ? 0 : UINT64_MAX;
    }
    return n;
}

/* Is it between -most and most, seen without a call?  most is less than a digit's. */
static inline int
is_within(PyObject *number, digit most)
{
#if PY_VERSION_HEX >= 0x030c0000
    const digit *first = ((PyLongObject *)number)->long_value.ob_digit;
#else
    const digit *first = ((PyLongObject *)number)->ob_digit;
#endif
    return digits(number) <= 1 && (digits(number) == 0 || *first <= most);
}

/* Such a count, on a number of one digit, comes to less than CHEAP_BYTES: most
 * shifts and powers are of these, and are not slowed by being measured. */
enum { SMALL_SHIFT = 1 << 14, SMALL_POWER = 1 << 11 };

static binaryfunc real_multiply, real_lshift;
static ternaryfunc real_power;

static PyObject *
multiply(PyObject *a, PyObject *b)
{
    if (PyLong_Check(a) && PyLong_Check(b)) {
        uint64_t both = digits(a) + digits(b);
        if (both > CHEAP_BYTES / sizeof(digit) && digits(a) > 0 && digits(b) > 0) {
            need((both - 1) * sizeof(digit));
        }
    }
    return real_multiply(a, b);
}

static PyObject *
lshift(PyObject *a, PyObject *b)
{
    if (PyLong_Check(a) && PyLong_Check(b) && digits(a) > 0 && digits(b) > 0 &&
        !(digits(a) == 1 && is_within(b, SMALL_SHIFT))) {
        need(bytes_of(sum(bits(a), count_of(b))));
    }
    return real_lshift(a, b);
}

static PyObject *
power(PyObject *base, PyObject *exponent, PyObject *modulus)
{
    if (modulus == Py_None && PyLong_Check(base) && PyLong_Check(exponent) &&
        !(digits(base) <= 1 && is_within(exponent, SMALL_POWER)) && bits(base) > 1) {
        need(bytes_of(product(bits(base) - 1, count_of(exponent))));
    }
    return real_power(base, exponent, modulus);
}

/* int.__round__(-n) makes 10 ** n, by a call of its own. */
static void
need_round(PyObject *const *args, Py_ssize_t count)
{
    if (count == 1 && PyLong_Check(args[0]) && _PyLong_Sign(args[0]) < 0) {
        PyObject *places = PyNumber_Negative(args[0]);
        if (places == NULL) {
            PyErr_Clear();
            return;
        }
        need(bytes_of(product(3, count_of(places)))); /* 2 ** 3 < 10 */
        Py_DECREF(places);
    }
}

static PyCFunction real_round;

static PyObject *
round_int(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    need_round(args, count);
    return ((_PyCFunctionFast)(void (*)(void))real_round)(self, args, count);
}

/* ---- math ------------------------------------------------------------------- */

static PyCFunction real_factorial, real_comb, real_perm;

/* n factorial has at least so many bits. */
static double
factorial_bits(double n)
{
    return n < 2 ? 0 : n * (log2(n) - M_LOG2E);
}

static void
need_bits(double n_bits)
{
    need(n_bits > 1e18 ? UINT64_MAX : bytes_of((uint64_t)n_bits));
}

static PyObject *
factorial(PyObject *module, PyObject *number)
{
    if (PyLong_Check(number)) {
        need_bits(factorial_bits((double)count_of(number)));
    }
    return real_factorial(module, number);
}

/* C(n, k) is at least (n / k) ** k, for the smaller of k and n - k. */
static void
need_comb(PyObject *const *args, Py_ssize_t count)
{
    if (count == 2 && PyLong_Check(args[0]) && PyLong_Check(args[1])) {
        uint64_t n = count_of(args[0]);
        uint64_t k = count_of(args[1]);
        k = n != UINT64_MAX && k <= n && n - k < k ? n - k : k;
        if (k > 0 && k < n) {
            double n_log = n == UINT64_MAX ? (double)(bits(args[0]) - 1) : log2((double)n);
            need_bits((double)k * (n_log - log2((double)k)));
        }
    }
}

/* n! / (n-k)! is at least (n-k+1) ** k, and at least k!. */
static void
need_perm(PyObject *const *args, Py_ssize_t count)
{
    if (count == 1 && PyLong_Check(args[0])) {
        need_bits(factorial_bits((double)count_of(args[0])));
    } else if (count == 2 && PyLong_Check(args[0]) && PyLong_Check(args[1])) {
        uint64_t n = count_of(args[0]);
        uint64_t k = count_of(args[1]);
        if (k > 0 && k <= n) {
            double last =
                n == UINT64_MAX ? (double)(bits(args[0]) - 2) : log2((double)(n - k + 1));
            need_bits(fmax((double)k * last, factorial_bits((double)k)));
        }
    }
}

static PyObject *
comb(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    need_comb(args, count);
    return ((_PyCFunctionFast)(void (*)(void))real_comb)(module, args, count);
}

static PyObject *
perm(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    need_perm(args, count);
    return ((_PyCFunctionFast)(void (*)(void))real_perm)(module, args, count);
}

/* ---- Repetition ------------------------------------------------------------- */

/* The bytes of one array.array, whose items' size only its buffer tells. */
static uint64_t
array_bytes(PyObject *array)
{
    Py_buffer view;
    if (PyObject_GetBuffer(array, &view, PyBUF_SIMPLE) < 0) {
        PyErr_Clear();
        return 0;
    }
    uint64_t size = (uint64_t)view.len;
    PyBuffer_Release(&view);
    return size;
}

#define SIZE(self, item) product((uint64_t)Py_SIZE(self), item)

#define REPEATER(name, bytes)                                                              \
    static ssizeargfunc real_##name;                                                       \
    static PyObject *name(PyObject *self, Py_ssize_t count)                                \
    {                                                                                      \
        if (count > 1) {                                                                   \
            need(product(bytes, (uint64_t)count));                                         \
        }                                                                                  \
        return real_##name(self, count);                                                   \
    }

REPEATER(repeat_str, (uint64_t)PyUnicode_GET_LENGTH(self) * PyUnicode_KIND(self))
REPEATER(repeat_bytes, SIZE(self, 1))
REPEATER(repeat_bytearray, SIZE(self, 1))
REPEATER(extend_bytearray, SIZE(self, 1))
REPEATER(repeat_list, SIZE(self, sizeof(PyObject *)))
REPEATER(extend_list, SIZE(self, sizeof(PyObject *)))
REPEATER(repeat_tuple, SIZE(self, sizeof(PyObject *)))
REPEATER(repeat_deque, SIZE(self, sizeof(PyObject *)))
REPEATER(extend_deque, SIZE(self, sizeof(PyObject *)))
REPEATER(repeat_array, array_bytes(self))
REPEATER(extend_array, array_bytes(self))

/* ---- Of the guard ----------------------------------------------------------- */

struct row {
    size_t offset;
    cl_slot ours, *real;
};

#define NUMBER(slot, name)                                                                 \
    {                                                                                      \
        offsetof(PyNumberMethods, slot), (cl_slot)(name), (cl_slot *)(void *)&real_##name  \
    }
#define SEQUENCE(slot, name)                                                               \
    {                                                                                      \
        offsetof(PySequenceMethods, slot), (cl_slot)(name),                                \
            (cl_slot *)(void *)&real_##name                                                \
    }

static int
put_repeaters(PyObject *type, struct row repeat, struct row extend)
{
    if (!PyType_Check(type) || cl_slots_put((PyTypeObject *)type, CL_SLOT_SEQUENCE,
                                            repeat.offset, repeat.ours, repeat.real) < 0) {
        return -1;
    }
    return extend.ours == NULL ? 0
                               : cl_slots_put((PyTypeObject *)type, CL_SLOT_SEQUENCE,
                                              extend.offset, extend.ours, extend.real);
}

static int
put_imported(const char *module, const char *name, struct row repeat, struct row extend)
{
    PyObject *m = PyImport_ImportModule(module);
    PyObject *type = m == NULL ? NULL : PyObject_GetAttrString(m, name);
    int rc = type == NULL ? -1 : put_repeaters(type, repeat, extend);
    Py_XDECREF(type);
    Py_XDECREF(m);
    return rc;
}

static int
install_sequences(void)
{
    static const struct row none = {0};
    const struct row str = SEQUENCE(sq_repeat, repeat_str);
    const struct row bytes = SEQUENCE(sq_repeat, repeat_bytes);
    const struct row tuple = SEQUENCE(sq_repeat, repeat_tuple);
    const struct row bytearray[] = {SEQUENCE(sq_repeat, repeat_bytearray),
                                    SEQUENCE(sq_inplace_repeat, extend_bytearray)};
    const struct row list[] = {SEQUENCE(sq_repeat, repeat_list),
                               SEQUENCE(sq_inplace_repeat, extend_list)};
    const struct row deque[] = {SEQUENCE(sq_repeat, repeat_deque),
                                SEQUENCE(sq_inplace_repeat, extend_deque)};
    const struct row array[] = {SEQUENCE(sq_repeat, repeat_array),
                                SEQUENCE(sq_inplace_repeat, extend_array)};
    if (put_repeaters((PyObject *)&PyUnicode_Type, str, none) < 0 ||
        put_repeaters((PyObject *)&PyBytes_Type, bytes, none) < 0 ||
        put_repeaters((PyObject *)&PyTuple_Type, tuple, none) < 0 ||
        put_repeaters((PyObject *)&PyByteArray_Type, bytearray[0], bytearray[1]) < 0 ||
        put_repeaters((PyObject *)&PyList_Type, list[0], list[1]) < 0) {
        return -1;
    }
    return put_imported("collections", "deque", deque[0], deque[1]) < 0
               ? -1
               : put_imported("array", "array", array[0], array[1]);
}

static int
install_numbers(void)
{
    const struct row rows[] = {NUMBER(nb_multiply, multiply), NUMBER(nb_lshift, lshift),
                               NUMBER(nb_power, power)};
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (cl_slots_put(&PyLong_Type, CL_SLOT_NUMBER, rows[i].offset, rows[i].ours,
                         rows[i].real) < 0) {
            return -1;
        }
    }
    return cl_slots_put_method((PyObject *)&PyLong_Type, "__round__", METH_FASTCALL,
                               (PyCFunction)(void (*)(void))round_int, &real_round);
}

static int
install_math(void)
{
    PyObject *math = PyImport_ImportModule("math");
    int rc = -1;
    if (math != NULL &&
        cl_slots_put_method(math, "factorial", METH_O, factorial, &real_factorial) == 0 &&
        cl_slots_put_method(math, "comb", METH_FASTCALL, (PyCFunction)(void (*)(void))comb,
                            &real_comb) == 0 &&
        cl_slots_put_method(math, "perm", METH_FASTCALL, (PyCFunction)(void (*)(void))perm,
                            &real_perm) == 0) {
        rc = 0;
    }
    Py_XDECREF(math);
    return rc;
}

int
cl_cost_install(void)
{
    return install_numbers() < 0 || install_math() < 0 ? -1 : install_sequences();
}

void
cl_cost_begin(uint64_t memory)
{
    cl_blocks_begin(memory);
    memory_bytes = memory;
    is_on = 1;
}

void
cl_cost_end(void)
{
    is_on = 0;
    cl_blocks_end();
}
