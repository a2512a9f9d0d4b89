# SPDX-License-Identifier: Apache-2.0
"""logging has os, sys, io, threading, weakref.

class: A19
effect: a module
guard: modules
"""
import logging

leak(logging.os)
leak(logging.sys.modules)
