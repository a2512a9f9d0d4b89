# SPDX-License-Identifier: Apache-2.0
"""Look for paths of the host in what the interpreter knows of itself.

class: B13
effect: a path below /home, /root, /var or /tmp of the host is known
always: the plan names every path, and none is the host's
"""
import site
import sysconfig

known = [sys.executable, sys.prefix, sys.base_prefix, sys.exec_prefix, os.getcwd(), __file__,
         *sys.path, *sys.orig_argv[:1], *os.environ.values(), *sysconfig.get_paths().values(),
         *site.getsitepackages(), *sys.meta_path, *sys.path_importer_cache]
for text in map(str, known):
    for place in ("/home/", "/root/", "/var/", "/build/"):
        if place in text:
            gain(f"{place} in {text}")
