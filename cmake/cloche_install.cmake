# SPDX-License-Identifier: Apache-2.0
install(TARGETS cloche RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS cloche-floor cloche-launcher cloche-zygote
  RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/cloche
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/cloche)
install(TARGETS libcloche LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  NAMELINK_COMPONENT development)
install(TARGETS libcloche_static ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/cloche DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
configure_file(cmake/cloche.pc.in cloche.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/cloche.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(GLOB man1 docs/man/*.1)
file(GLOB man3 docs/man/*.3)
file(GLOB man5 docs/man/*.5)
install(FILES ${man1} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${man3} DESTINATION ${CMAKE_INSTALL_MANDIR}/man3)
install(FILES ${man5} DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES docs/bench.schema.json docs/result.schema.json docs/scan.schema.json src/policy/policy.schema.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/cloche)

# Completions, as the program itself writes them.
set(completions "${CMAKE_BINARY_DIR}/completions")
file(MAKE_DIRECTORY "${completions}")
foreach(shell bash zsh fish)
  add_custom_command(OUTPUT "${completions}/${shell}"
    COMMAND sh -c "'$<TARGET_FILE:cloche>' completion ${shell} > '${completions}/${shell}'"
    DEPENDS cloche VERBATIM)
  list(APPEND completion_files "${completions}/${shell}")
endforeach()
add_custom_target(completions ALL DEPENDS ${completion_files})
install(FILES "${completions}/bash" RENAME cloche
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES "${completions}/zsh" RENAME _cloche
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES "${completions}/fish" RENAME cloche.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
