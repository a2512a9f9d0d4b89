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
