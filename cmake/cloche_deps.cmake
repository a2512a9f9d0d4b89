# SPDX-License-Identifier: Apache-2.0
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp>=2.5)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson>=2.13)
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml>=0.7)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(PYTHON REQUIRED IMPORTED_TARGET python3-embed>=3.11)

# Where that Python keeps what a cell must see.  Asked of pkg-config only: the
# python3 on the PATH may be another one.
pkg_get_variable(CLOCHE_PYTHON_PREFIX python3-embed prefix)
pkg_get_variable(CLOCHE_PYTHON_LIBDIR python3-embed libdir)
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
configure_file(cmake/cloche_python.h.in generated/cloche_python.h @ONLY)
configure_file(cmake/cloche_paths.h.in generated/cloche_paths.h @ONLY)

# The interpreter inside cloche-zygote, where the distribution has it as an
# archive: fewer mappings to copy at each fork, and text that can be put on huge
# pages (docs/PERFORMANCE.md).  Else the shared library, which costs only speed.
set(CLOCHE_PYTHON_LINK "auto" CACHE STRING "How cloche-zygote links CPython: auto, static or shared")
set_property(CACHE CLOCHE_PYTHON_LINK PROPERTY STRINGS auto static shared)
set(CLOCHE_PYTHON_LIBRARIES PkgConfig::PYTHON)
set(CLOCHE_PYTHON_IS_STATIC OFF)
if(CLOCHE_PYTHON_LINK STREQUAL "static" OR (CLOCHE_PYTHON_LINK STREQUAL "auto" AND NOT CLOCHE_SANITIZE))
  file(GLOB python_archive "${CLOCHE_PYTHON_LIBDIR}/libpython${CLOCHE_PYTHON_VERSION}.a"
    "${CLOCHE_PYTHON_STDLIB}/config-${CLOCHE_PYTHON_VERSION}-*/libpython${CLOCHE_PYTHON_VERSION}.a")
  list(LENGTH python_archive found)
  if(found GREATER 0)
    list(GET python_archive 0 python_archive)
    include(CheckCSourceCompiles)
    set(CMAKE_REQUIRED_INCLUDES ${PYTHON_INCLUDE_DIRS})
    set(CMAKE_REQUIRED_FLAGS "-no-pie")
    # What the modules inside it need differs from build to build.
    set(python_whole -Wl,--whole-archive "${python_archive}" -Wl,--no-whole-archive)
    set(CMAKE_REQUIRED_LIBRARIES ${python_whole} -lexpat -lz -ldl -lutil -lm Threads::Threads)
    check_c_source_compiles("#include <Python.h>
      int main(void) { Py_Initialize(); return Py_FinalizeEx(); }" CLOCHE_PYTHON_ARCHIVE_LINKS)
    if(CLOCHE_PYTHON_ARCHIVE_LINKS)
      set(CLOCHE_PYTHON_LIBRARIES ${CMAKE_REQUIRED_LIBRARIES})
      set(CLOCHE_PYTHON_IS_STATIC ON)
    endif()
    unset(CMAKE_REQUIRED_INCLUDES)
    unset(CMAKE_REQUIRED_FLAGS)
    unset(CMAKE_REQUIRED_LIBRARIES)
  endif()
  if(CLOCHE_PYTHON_LINK STREQUAL "static" AND NOT CLOCHE_PYTHON_IS_STATIC)
    message(FATAL_ERROR "CLOCHE_PYTHON_LINK=static: no libpython${CLOCHE_PYTHON_VERSION}.a that links in "
      "${CLOCHE_PYTHON_LIBDIR} or ${CLOCHE_PYTHON_STDLIB}")
  endif()
endif()
message(STATUS "CPython ${PYTHON_VERSION} in cloche-zygote: ${CLOCHE_PYTHON_LIBRARIES}")
