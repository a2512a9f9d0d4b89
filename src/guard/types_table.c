/* SPDX-License-Identifier: Apache-2.0 */
/* The tables.  Pure. */
#include "guard/types_table.h"

#include "base/own.h"

/* The public names of CPython 3.11 to 3.13's types, without those that lead to frames,
 * code or the class of classes.  An exception without a row has none of its own. */
const struct cl_type_row cl_type_rows[] = {
    {"AttributeError", "name"},
    {"BaseException", "add_note args"},
    {"BaseExceptionGroup", "derive exceptions message split subgroup"},
    {"ExceptionGroup", ""},
    {"GenericAlias", ""},
    {"ImportError", "msg name name_from"},
    {"NameError", "name"},
    {"NoneType", ""},
    {"NotImplementedType", ""},
    {"OSError", "characters_written errno filename filename2 strerror"},
    {"SimpleNamespace", ""},
    {"StopAsyncIteration", ""},
    {"StopIteration", "value"},
    {"SyntaxError", "end_lineno end_offset filename lineno msg offset print_file_and_line "
                    "text"},
    {"SystemExit", "code"},
    {"UnicodeDecodeError", "encoding end object reason start"},
    {"UnicodeEncodeError", "encoding end object reason start"},
    {"UnicodeTranslateError", "encoding end object reason start"},
    {"UnionType", ""},
    {"async_generator", "aclose asend athrow"},
    {"bool", ""},
    {"builtin_function_or_method", ""},
    {"bytearray", "append capitalize center clear copy count decode endswith expandtabs "
                  "extend find fromhex hex index insert isalnum isalpha isascii isdigit "
                  "islower isspace istitle isupper join ljust lower lstrip maketrans "
                  "partition pop remove removeprefix removesuffix replace reverse rfind "
                  "rindex rjust rpartition rsplit rstrip split splitlines startswith "
                  "strip swapcase title translate upper zfill"},
    {"bytearray_iterator", ""},
    {"bytes", "capitalize center count decode endswith expandtabs find fromhex hex "
              "index isalnum isalpha isascii isdigit islower isspace istitle isupper "
              "join ljust lower lstrip maketrans partition removeprefix removesuffix "
              "replace rfind rindex rjust rpartition rsplit rstrip split splitlines "
              "startswith strip swapcase title translate upper zfill"},
    {"bytes_iterator", ""},
    {"callable_iterator", ""},
    {"cell", ""},
    {"classmethod", ""},
    {"classmethod_descriptor", ""},
    {"code", ""},
    {"complex", "conjugate imag real"},
    {"coroutine", "close send throw"},
    {"dict", "clear copy fromkeys get items keys pop popitem setdefault update "
             "values"},
    {"dict_itemiterator", ""},
    {"dict_items", "isdisjoint mapping"},
    {"dict_keyiterator", ""},
    {"dict_keys", "isdisjoint mapping"},
    {"dict_reverseitemiterator", ""},
    {"dict_reversekeyiterator", ""},
    {"dict_reversevalueiterator", ""},
    {"dict_valueiterator", ""},
    {"dict_values", "mapping"},
    {"ellipsis", ""},
    {"enumerate", ""},
    {"filter", ""},
    {"float", "as_integer_ratio conjugate fromhex hex imag is_integer real"},
    {"frame", ""},
    {"frozenset", "copy difference intersection isdisjoint issubset issuperset "
                  "symmetric_difference union"},
    {"function", ""},
    {"generator", "close send throw"},
    {"getset_descriptor", ""},
    {"int", "as_integer_ratio bit_count bit_length conjugate denominator from_bytes "
            "imag is_integer numerator real to_bytes"},
    {"list", "append clear copy count extend index insert pop remove reverse sort"},
    {"list_iterator", ""},
    {"list_reverseiterator", ""},
    {"longrange_iterator", ""},
    {"map", ""},
    {"mappingproxy", "copy get items keys values"},
    {"member_descriptor", ""},
    {"memoryview", "_from_flags c_contiguous cast contiguous f_contiguous format hex "
                   "itemsize nbytes ndim obj readonly release shape strides suboffsets "
                   "tobytes tolist toreadonly"},
    {"method", ""},
    {"method-wrapper", ""},
    {"method_descriptor", ""},
    {"module", ""},
    {"object", ""},
    {"property", "deleter getter setter"},
    {"range", "count index start step stop"},
    {"range_iterator", ""},
    {"reversed", ""},
    {"set", "add clear copy difference difference_update discard intersection "
            "intersection_update isdisjoint issubset issuperset pop remove "
            "symmetric_difference symmetric_difference_update union update"},
    {"set_iterator", ""},
    {"slice", "indices start step stop"},
    {"staticmethod", ""},
    {"str", "capitalize casefold center count encode endswith expandtabs find "
            "format format_map index isalnum isalpha isascii isdecimal isdigit "
            "isidentifier islower isnumeric isprintable isspace istitle isupper "
            "join ljust lower lstrip maketrans partition removeprefix removesuffix "
            "replace rfind rindex rjust rpartition rsplit rstrip split splitlines "
            "startswith strip swapcase title translate upper zfill"},
    {"str_ascii_iterator", ""},
    {"str_iterator", ""},
    {"super", ""},
    {"traceback", ""},
    {"tuple", "count index"},
    {"tuple_iterator", ""},
    {"type", "mro"},
    {"wrapper_descriptor", ""},
    {"zip", ""},
};
const size_t cl_type_row_count = CL_COUNT(cl_type_rows);

/* What CPython's own C code, running for restricted code, looks up by name in classes
 * and objects, and protocols that give nothing but values.  Sorted. */
const char *const cl_type_protocols[] = {"__abstractmethods__",
                                         "__aiter__",
                                         "__alloc__",
                                         "__anext__",
                                         "__args__",
                                         "__await__",
                                         "__bound__",
                                         "__buffer__",
                                         "__bytes__",
                                         "__ceil__",
                                         "__class__",
                                         "__class_getitem__",
                                         "__complex__",
                                         "__contains__",
                                         "__copy__",
                                         "__deepcopy__",
                                         "__delitem__",
                                         "__dir__",
                                         "__doc__",
                                         "__enter__",
                                         "__eq__",
                                         "__exit__",
                                         "__firstlineno__",
                                         "__floor__",
                                         "__format__",
                                         "__ge__",
                                         "__getitem__",
                                         "__getnewargs__",
                                         "__getnewargs_ex__",
                                         "__gt__",
                                         "__hash__",
                                         "__index__",
                                         "__init_subclass__",
                                         "__instancecheck__",
                                         "__isabstractmethod__",
                                         "__iter__",
                                         "__le__",
                                         "__length_hint__",
                                         "__lt__",
                                         "__match_args__",
                                         "__missing__",
                                         "__module__",
                                         "__mro_entries__",
                                         "__name__",
                                         "__ne__",
                                         "__new__",
                                         "__origin__",
                                         "__parameters__",
                                         "__prepare__",
                                         "__qualname__",
                                         "__release_buffer__",
                                         "__reversed__",
                                         "__round__",
                                         "__set_name__",
                                         "__setitem__",
                                         "__sizeof__",
                                         "__static_attributes__",
                                         "__subclasscheck__",
                                         "__subclasshook__",
                                         "__text_signature__",
                                         "__trunc__",
                                         "__typing_prepare_subst__",
                                         "__typing_subst__",
                                         "__typing_unpacked_tuple_args__",
                                         "__unpacked__"};
const size_t cl_type_protocol_count = CL_COUNT(cl_type_protocols);

/* For gated names: which library modules have the real thing.  A name of a type that
 * is not here: all of them. */
const struct cl_grant_row cl_grant_rows[] = {
    {"AttributeError", "obj", "_cloche_support traceback"},
    {"BaseException", "__traceback__", "_cloche_support contextlib logging traceback"},
    {"BaseException", "with_traceback", "contextlib"},
    {"async_generator", "*", ""},
    {"builtin_function_or_method", "*", "inspect"},
    {"cell", "cell_contents", "dataclasses"},
    {"code", "*",
     "_cloche_support dataclasses enum functools inspect linecache logging traceback types "
     "typing warnings"},
    {"coroutine", "*", ""},
    {"frame", "*",
     "abc _cloche_support collections dataclasses enum linecache logging traceback typing "
     "warnings"},
    {"function", "__builtins__", "inspect"},
    {"function", "__closure__", "inspect"},
    {"function", "__code__", "inspect typing"},
    {"function", "__globals__", "inspect typing"},
    {"generator", "*", "contextlib inspect"},
    {"method", "*", "_cloche_support abc enum heapq inspect typing weakref"},
    {"method-wrapper", "*", "heapq inspect"},
    {"module", "*",
     "_cloche_support _frozen_importlib _frozen_importlib_external dataclasses enum "
     "inspect "
     "linecache traceback typing warnings"},
    {"traceback", "*", "_cloche_support contextlib logging traceback"},
    {"type", "__subclasses__", "abc enum functools typing"},
};
const size_t cl_grant_row_count = CL_COUNT(cl_grant_rows);
