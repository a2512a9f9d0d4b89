# SPDX-License-Identifier: Apache-2.0
"""Learn the host's name, which identifies it and often its owner. uname is a call that
everything needs, so no filter stands behind the namespace.

class: D8
effect: the host's name, which is a secret, is read
stopped-by: uts-ns
as: root
"""
print(os.uname().nodename, socket.gethostname())
