# SPDX-License-Identifier: Apache-2.0
# The layer cli, and the program made of it.  Included by src/CMakeLists.txt.
cl_layer(cli USES sign base SOURCES
  args.c
  bench/bench.c
  bench/command.c
  bench/crun.c
  bench/facts.c
  bench/floor.c
  bench/library.c
  bench/limits.c
  bench/memory.c
  bench/options.c
  bench/others.c
  bench/peers.c
  bench/program.c
  bench/row.c
  bench/sample.c
  bench/spawn.c
  bench/warm.c
  bench/worker.c
  bench/workload.c
  command.c
  completion.c
  completions/bash.c
  completions/fish.c
  completions/zsh.c
  demo/bare.c
  demo/beside.c
  demo/canary.c
  demo/demo.c
  demo/effects.c
  demo/judge.c
  demo/program.c
  demo/table.c
  demo/trial.c
  demo/victim.c
  demo/watch.c
  content.c
  doctor.c
  failure.c
  help.c
  helpers.c
  json.c
  keyfile.c
  lookup.c
  main.c
  nearest.c
  output.c
  passphrase.c
  policy.c
  policy_file.c
  run/inputs.c
  run/interrupt.c
  run/live.c
  run/options.c
  run/run.c
  run/save.c
  run/shadow.c
  run/sink.c
  run/verdict.c
  sign.c
  verify.c
  scan/scan.c
  scan/text.c
  version.c
  visible.c
  LIBS Threads::Threads)

# What `cloche demo` runs, as arrays in the program; in this order.
set(demo "${CMAKE_SOURCE_DIR}/examples/demo")
set(demo_attacks
  # files of the host
  read_secrets inherited overwrite devices smuggle
  # network
  connect metadata dns_tunnel docker_socket abstract_socket odd_sockets
  # processes and memory
  kill signal_everyone ptrace read_memory steal_descriptor other_run
  # the kernel
  namespaces mount bpf io_uring kexec keyring int80 host_name
  # limits
  fork_bomb daemon memory_bomb endless_loop fill_disk
  # the caller
  output_flood forged_frames forged_result
  # the language, at level restricted
  dunder_walk format_string name_at_run_time generator_frame match_class metaclass
  library_module import_os evaluate
  huge_power endless_while deep_recursion many_objects)
set(demo_useful words arithmetic inventory orders sales_report shapes calendar_days threads
  page_form pupil_classes pupil_statistics workflow_step)
list(TRANSFORM demo_attacks REPLACE "(.+)" "${demo}/attacks/\\1.py")
list(TRANSFORM demo_useful REPLACE "(.+)" "${demo}/useful/\\1.py")
set(demo_parts "${demo}/prelude.py" "${demo}/neighbour.py" "${demo}/policy.yaml"
  "${demo}/useful/sales.csv")
foreach(table attacks useful parts)
  add_custom_command(OUTPUT "${policy_generated}/demo_${table}.inc"
    COMMAND "${CMAKE_COMMAND}" -DTYPE=cli_demo_text -DTABLE=cli_demo_${table}_table
            "-DOUT=${policy_generated}/demo_${table}.inc" "-DFILES=${demo_${table}}" -P "${policy_embed}"
    DEPENDS ${demo_${table}} "${policy_embed}" VERBATIM)
  target_sources(cl_cli PRIVATE "${policy_generated}/demo_${table}.inc")
endforeach()
