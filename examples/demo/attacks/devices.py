# SPDX-License-Identifier: Apache-2.0
# class: D11
# tries: open disk, memory and KVM, or make them
# ENOENT: private root: no such device
for name in ("sda", "vda", "nvme0n1", "mem", "kmsg", "kvm", "fuse", "port"):
    if attempt(name, os.open, "/dev/" + name, os.O_RDONLY) is not None:
        reached("/dev/" + name)
if attempt("mknod", os.mknod, "/work/disk", 0o60600, os.makedev(8, 0)):
    if attempt("disk", lambda: open("/work/disk", "rb").read(1)):
        reached("a disk")
