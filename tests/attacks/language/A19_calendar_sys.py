# SPDX-License-Identifier: Apache-2.0
"""A module's attribute is another module.

class: A19
effect: the module sys
guard: modules
"""
import calendar

leak(calendar.sys)
