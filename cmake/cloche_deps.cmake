# SPDX-License-Identifier: Apache-2.0
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp>=2.5)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson>=2.13)
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml>=0.7)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
set(CLOCHE_PYTHON_EMBED "python3-embed" CACHE STRING "The pkg-config module of the Python to use")
pkg_check_modules(PYTHON REQUIRED IMPORTED_TARGET ${CLOCHE_PYTHON_EMBED}>=3.11)

# Where that Python keeps what a cell must see.  Asked of pkg-config only: the
# python3 on the PATH may be another one.
pkg_get_variable(CLOCHE_PYTHON_PREFIX ${CLOCHE_PYTHON_EMBED} prefix)
pkg_get_variable(CLOCHE_PYTHON_LIBDIR ${CLOCHE_PYTHON_EMBED} libdir)
string(REGEX MATCH "^[0-9]+\\.[0-9]+" CLOCHE_PYTHON_VERSION "${PYTHON_VERSION}")
set(CLOCHE_PYTHON_STDLIB "${CLOCHE_PYTHON_PREFIX}/lib/python${CLOCHE_PYTHON_VERSION}")
set(CLOCHE_PYTHON_BINDIR "${CLOCHE_PYTHON_PREFIX}/bin")
set(CLOCHE_PYTHON_MULTIARCH_LIBDIR "")
if(CMAKE_LIBRARY_ARCHITECTURE AND EXISTS "/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}")
  set(CLOCHE_PYTHON_MULTIARCH_LIBDIR "/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}")
endif()
if(NOT EXISTS "${CLOCHE_PYTHON_STDLIB}/os.py")
  # Fedora: the pure part and the platform's part both under lib64.
  set(CLOCHE_PYTHON_STDLIB "${CLOCHE_PYTHON_LIBDIR}/python${CLOCHE_PYTHON_VERSION}")
endif()
if(NOT EXISTS "${CLOCHE_PYTHON_STDLIB}/os.py")
  message(FATAL_ERROR "No standard library of Python ${CLOCHE_PYTHON_VERSION} at ${CLOCHE_PYTHON_STDLIB}")
endif()
set(CLOCHE_PYTHON_EXECUTABLE "${CLOCHE_PYTHON_BINDIR}/python${CLOCHE_PYTHON_VERSION}")

# Where cloche-zygote has CPython from.  Debian's and Ubuntu's python3 is one
# program, optimised more than their libpython, that exports the C API: then the
# zygote is an object that takes over in it (src/cell/program.c).  Else it is a
# program of its own with the shared library, which costs only speed; so it is
# under sanitizers, whose runtime wants to be the first in a program.
set(CLOCHE_PYTHON_LINK "auto" CACHE STRING "Where cloche-zygote has CPython from: auto, program or shared")
set_property(CACHE CLOCHE_PYTHON_LINK PROPERTY STRINGS auto program shared)
if(NOT CLOCHE_PYTHON_LINK MATCHES "^(auto|program|shared)$")
  message(FATAL_ERROR "CLOCHE_PYTHON_LINK is '${CLOCHE_PYTHON_LINK}', not auto, program or shared")
endif()
set(CLOCHE_PYTHON_IS_PROGRAM 0)
if(NOT CLOCHE_PYTHON_LINK STREQUAL "shared" AND NOT CLOCHE_SANITIZE)
  execute_process(COMMAND "${CMAKE_NM}" -D --defined-only "${CLOCHE_PYTHON_EXECUTABLE}"
    OUTPUT_VARIABLE python_exports ERROR_QUIET)
  set(CLOCHE_PYTHON_IS_PROGRAM 1)
  foreach(symbol Py_Version Py_InitializeFromConfig PyObject_SetArenaAllocator PyOS_AfterFork_Child)
    if(NOT python_exports MATCHES " ${symbol}\n")
      set(CLOCHE_PYTHON_IS_PROGRAM 0)
    endif()
  endforeach()
endif()
if(CLOCHE_PYTHON_LINK STREQUAL "program" AND NOT CLOCHE_PYTHON_IS_PROGRAM)
  message(FATAL_ERROR "CLOCHE_PYTHON_LINK=program: ${CLOCHE_PYTHON_EXECUTABLE} does not export the C API, "
    "or CLOCHE_SANITIZE is on")
endif()
set(CLOCHE_ZYGOTE_FILE cloche-zygote)
set(CLOCHE_ZYGOTE_HOST libpython)
if(CLOCHE_PYTHON_IS_PROGRAM)
  set(CLOCHE_ZYGOTE_FILE cloche-zygote.so)
  set(CLOCHE_ZYGOTE_HOST "${CLOCHE_PYTHON_EXECUTABLE}")
endif()
configure_file(cmake/cloche_python.h.in generated/cloche_python.h @ONLY)
configure_file(cmake/cloche_paths.h.in generated/cloche_paths.h @ONLY)
message(STATUS "CPython ${PYTHON_VERSION}: ${CLOCHE_ZYGOTE_FILE} in ${CLOCHE_ZYGOTE_HOST}")
