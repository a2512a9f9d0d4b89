# SPDX-License-Identifier: Apache-2.0
#
# Files as C arrays.  Run as a script by the build:
#
#   cmake -DOUT=x.inc -DTABLE=name "-DFILES=a.yaml;b.yaml" -P cloche_embed.cmake
#     one array for each file, and `const struct cl_builtin name[]` with a row
#     for each: its name without ending, its bytes, their number.  -DTYPE=other
#     is a struct of that shape
#   cmake -DOUT=x.inc -DTEXT=name -DFILES=a.json -P cloche_embed.cmake
#     `static const unsigned char name[]`, with a NUL at the end

function(hex_array file out)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "(................................)" "\\1\n    " hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
  set(${out} "${hex}" PARENT_SCOPE)
endfunction()

set(code "")
set(rows "")
if(NOT TYPE)
  set(TYPE cl_builtin)
endif()
foreach(file IN LISTS FILES)
  hex_array("${file}" bytes)
  get_filename_component(name "${file}" NAME_WE)
  if(TEXT)
    string(APPEND code "static const unsigned char ${TEXT}[] = {\n    ${bytes}0x00};\n")
  else()
    string(APPEND code "static const unsigned char text_${name}[] = {\n    ${bytes}};\n")
    string(APPEND rows "    {\"${name}\", text_${name}, sizeof text_${name}},\n")
  endif()
endforeach()
if(TABLE)
  string(APPEND code "const struct ${TYPE} ${TABLE}[] = {\n${rows}};\n")
endif()
file(WRITE "${OUT}" "${code}")
