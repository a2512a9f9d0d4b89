/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slots.h - put a function of ours in front of one of CPython's, on every route to it.
 *
 * A binary operator is reached by the type's slot, by the slots that its subclasses
 * copied, and by the method that calls the function that the slot had when the type was
 * made.  All of them get ours.  For the life of the process; in the zygote.
 */
#ifndef CL_GUARD_SLOTS_H
#define CL_GUARD_SLOTS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Which of a type's tables the slot is in; TYPE: in the type itself. */
enum cl_slot_table { CL_SLOT_NUMBER, CL_SLOT_SEQUENCE, CL_SLOT_MAPPING, CL_SLOT_TYPE };

typedef void (*cl_slot)(void);

/*
 * offset  of the slot in PyNumberMethods, PySequenceMethods, PyMappingMethods or
 *         PyTypeObject
 * real    what it had; not written where the slot is empty
 *
 * 0, or -1 with an exception set.
 */
int cl_slots_put(PyTypeObject *type, enum cl_slot_table table, size_t offset, cl_slot ours,
                 cl_slot *real);

/* The same for __init__, of a type without subclasses. */
int cl_slots_put_init(PyTypeObject *type, initproc ours, initproc *real);

/*
 * A method of a type, or a function of a module, as its PyMethodDef has it: bound,
 * unbound and referred to from anywhere.
 *
 * flags  METH_O and its like: the convention that ours has.  A function of another
 *        convention is an error, SystemError.
 */
int cl_slots_put_method(PyObject *owner, const char *name, int flags, PyCFunction ours,
                        PyCFunction *real);

#endif
