# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# A whole year, printed.
import calendar

calendar.prcal(2024, w=2, m=4)
