# SPDX-License-Identifier: Apache-2.0
# class: A27
# tries: eval of a text that no check has seen
# level: restricted
# profile: classroom
print("REACHED", eval("__imp" + "ort__('os').system"))
