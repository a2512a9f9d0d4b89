/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of wraps_*.c give to wraps.c, and what they share. */
#ifndef CL_GUARD_WRAPS_PARTS_H
#define CL_GUARD_WRAPS_PARTS_H

#include "guard/wraps.h"

/* ---- shared (wraps_shared.c) -------------------------------------------- */

/* A C function that has the real one as its self. */
PyObject *cl_wraps_around(PyMethodDef *method, PyObject *real);

/* Put a C function in the place of a method of a class of a module; it gets the real
 * function as its self and the instance as its first argument. */
int cl_wraps_patch_method(PyObject *module, const char *class_name, PyMethodDef *method);

/* The dictionary of a class, borrowed. */
PyObject *cl_wraps_dict_of(PyTypeObject *type);

/* Does code make this name an attribute or a field of a class?  An exact str, an
 * identifier, by the rule of names; methods: those that a class may define too.
 * 0, or -1 with TypeError or ValueError set.  what: "a field", for the message. */
int cl_wraps_check_field(PyObject *name, const char *what, int methods);

/* Refuse this keyword, whose value is not None: 0, or -1 with TypeError set. */
int cl_wraps_refuse_keyword(PyObject *kwargs, const char *function, const char *keyword);

/* An object with write() and flush() that writes to sys.stdout or sys.stderr, whatever
 * that is at the time; name: "stdout" or "stderr". */
PyObject *cl_wraps_stream(const char *name);

/* The text of an exception with the frames of restricted code only; a new reference. */
PyObject *cl_wraps_exception_text(PyObject *error, PyObject *limit, int is_chain);

/* A copy of a dictionary of attributes: exact names that the rule allows.  And of what
 * __reduce_ex__ says of the state: a dictionary, or a tuple with some in it, as of slots
 * or of a partial; what is neither stays.  New references (wraps_copy.c). */
PyObject *cl_wraps_filter_names(PyObject *names);
PyObject *cl_wraps_filter_state(PyObject *state);

/* ---- the types of each file: 0, or -1 with an exception set -------------- */

int cl_wraps_install_operator(void);
int cl_wraps_install_functools(void);
int cl_wraps_install_copy(void);
int cl_wraps_install_streams(void);

/* ---- makers -------------------------------------------------------------- */

PyObject *cl_wrap_attrgetter(PyObject *real);
PyObject *cl_wrap_methodcaller(PyObject *real);
PyObject *cl_wrap_update_wrapper(PyObject *real);
PyObject *cl_wrap_wraps(PyObject *real);
PyObject *cl_wrap_cached_property(PyObject *real);
PyObject *cl_wrap_metaclass(PyObject *real);
PyObject *cl_wrap_enum_property(PyObject *real);
PyObject *cl_wrap_namedtuple(PyObject *real);
PyObject *cl_wrap_make_dataclass(PyObject *real);
PyObject *cl_wrap_namespace(PyObject *real);
PyObject *cl_wrap_typing_type(PyObject *real);
PyObject *cl_wrap_get_origin(PyObject *real);
PyObject *cl_wrap_redirect_stdout(PyObject *real);
PyObject *cl_wrap_redirect_stderr(PyObject *real);
PyObject *cl_wrap_format_exc(PyObject *real);
PyObject *cl_wrap_format_exception(PyObject *real);
PyObject *cl_wrap_print_exc(PyObject *real);
PyObject *cl_wrap_basic_config(PyObject *real);
PyObject *cl_wrap_localcontext(PyObject *real);
PyObject *cl_wrap_html_diff(PyObject *real);

/* ---- patches: module is the real one ------------------------------------- */

int cl_patch_functools(PyObject *module);
int cl_patch_dispatch(PyObject *module); /* the same module */
int cl_patch_collections(PyObject *module);
int cl_patch_copy(PyObject *module);
int cl_patch_rebuild(PyObject *module); /* the same module */
int cl_patch_enum(PyObject *module);
int cl_patch_typing(PyObject *module);
int cl_patch_inspect(PyObject *module);
int cl_patch_dataclasses(PyObject *module);
int cl_patch_statistics(PyObject *module);
int cl_patch_pprint(PyObject *module);
int cl_patch_logging(PyObject *module);
int cl_patch_decimal(PyObject *module);

#endif
