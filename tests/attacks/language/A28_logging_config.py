# SPDX-License-Identifier: Apache-2.0
"""A configuration of logging names objects by dotted names.

class: A28
effect: the function posix.open
guard: builtins
"""
import logging.config

leak(logging.config.BaseConfigurator({}).convert("ext://posix.open"))
