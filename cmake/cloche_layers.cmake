# SPDX-License-Identifier: Apache-2.0
#
# cl_layer(NAME USES layer... SOURCES file... [LIBS target...])
#
# A layer is a directory of src/.  It is compiled with one include directory
# of our own, which holds links to itself and to the layers that it names in
# USES and to nothing else, so that an #include of any other layer does not
# find its file: the fence of docs/ARCHITECTURE.md.

function(cl_layer name)
  cmake_parse_arguments(L "" "" "USES;SOURCES;LIBS" ${ARGN})
  set(fence "${CMAKE_BINARY_DIR}/fence/${name}")
  file(REMOVE_RECURSE "${fence}")
  file(MAKE_DIRECTORY "${fence}")
  foreach(dir ${name} ${L_USES})
    file(CREATE_LINK "${CMAKE_SOURCE_DIR}/src/${dir}" "${fence}/${dir}" SYMBOLIC)
  endforeach()
  list(TRANSFORM L_SOURCES PREPEND "${name}/")
  add_library(cl_${name} OBJECT ${L_SOURCES})
  target_include_directories(cl_${name} PRIVATE "${fence}" "${CMAKE_SOURCE_DIR}/include"
                             "${CMAKE_BINARY_DIR}/generated")
  target_compile_definitions(cl_${name} PRIVATE CLOCHE_BUILDING_LIBRARY=1)
  target_link_libraries(cl_${name} PRIVATE ${L_LIBS})
endfunction()
