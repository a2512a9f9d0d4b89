# SPDX-License-Identifier: Apache-2.0
# The layer cli, and the program made of it.  Included by src/CMakeLists.txt.
cl_layer(cli USES base SOURCES
  args.c
  command.c
  completion.c
  completions/bash.c
  completions/fish.c
  completions/zsh.c
  doctor.c
  failure.c
  help.c
  helpers.c
  json.c
  lookup.c
  main.c
  nearest.c
  output.c
  policy.c
  policy_file.c
  run/inputs.c
  run/interrupt.c
  run/live.c
  run/options.c
  run/run.c
  run/save.c
  run/sink.c
  run/verdict.c
  version.c
  visible.c
  LIBS Threads::Threads)
