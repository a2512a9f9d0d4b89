# SPDX-License-Identifier: Apache-2.0
"""What no program of restricted/ uses, with the reason: names of allowed modules, builtins,
forms of syntax. Where the reason is that something leads outside, the guard must not give it."""

ASYNC = "coroutines are refused, so there is nothing that could await it"
FILES = "opens files by name or descriptor"
INTERNAL = "is the module's own, and public by oversight"
GLOBAL = "writes into the namespace of a module"
CHECKERS = "is for type checkers and has no effect"
EVALUATES = "evaluates texts"
LEADS_OUT = "is the type of things that lead out, or makes classes and code"

NAMES = {
    "collections.abc": {
        "AsyncGenerator": ASYNC,
        "AsyncIterable": ASYNC,
        "AsyncIterator": ASYNC,
        "Awaitable": ASYNC,
        "Buffer": "is for types written in C",
        "ByteString": "is deprecated",
        "Coroutine": ASYNC,
    },
    "contextlib": {
        "AbstractAsyncContextManager": ASYNC,
        "AsyncExitStack": ASYNC,
        "aclosing": ASYNC,
        "asynccontextmanager": ASYNC,
        "chdir": "changes the directory of the process",
    },
    "copy": {"replace": "calls a method by its name, on anything; dataclasses.replace is offered"},
    "enum": {
        "EnumCheck": "is the type of CONTINUOUS, NAMED_FLAGS and UNIQUE, which are used",
        "EnumDict": "is the namespace of a class that is being made",
        "global_enum": GLOBAL,
        "global_enum_repr": GLOBAL,
        "global_flag_repr": GLOBAL,
        "global_str": GLOBAL,
        "pickle_by_enum_name": "is for pickle, which there is not",
        "pickle_by_global_name": "is for pickle, which there is not",
    },
    "hmac": {
        "digest_size": INTERNAL,
        "trans_36": INTERNAL,
        "trans_5C": INTERNAL,
    },
    "io": {
        "BlockingIOError": "is the builtin, which is used",
        "BufferedRWPair": "joins two raw files, and there are none",
        "BufferedRandom": "wraps a raw file, and there is none",
        "BufferedWriter": "wraps a raw file, and there is none",
        "FileIO": FILES,
        "IncrementalNewlineDecoder": "is the inside of TextIOWrapper",
        "open": FILES,
        "open_code": FILES,
        "text_encoding": "is for functions that take the name of an encoding",
    },
    "logging": {
        "BufferingFormatter": "is for handlers that send many records at once",
        "FileHandler": FILES,
        "captureWarnings": "replaces a function of another module",
        "getHandlerByName": "finds what others made",
        "getHandlerNames": "finds what others made",
        "lastResort": "is a handler of the interpreter's own stderr",
        "setLogRecordFactory": "changes what every logger makes",
        "setLoggerClass": "changes what getLogger makes",
        "shutdown": "is for the end of the process",
        "warn": "is deprecated, and gone in 3.13",
    },
    "re": {"template": "is deprecated, and gone in 3.13"},
    "string": {
        "Formatter": "walks attributes and items by text; str.format is the guarded way",
    },
    "time": {
        "clock_settime": "sets the clock of the machine",
        "clock_settime_ns": "sets the clock of the machine",
        "pthread_getcpuclockid": "is for threads, and there is one",
        "tzset": "reads the process's environment and files of the host",
    },
    "types": {
        "AsyncGeneratorType": ASYNC,
        "BuiltinFunctionType": LEADS_OUT,
        "BuiltinMethodType": LEADS_OUT,
        "CapsuleType": LEADS_OUT,
        "CellType": LEADS_OUT,
        "ClassMethodDescriptorType": LEADS_OUT,
        "CodeType": LEADS_OUT,
        "CoroutineType": ASYNC,
        "DynamicClassAttribute": LEADS_OUT,
        "FrameType": LEADS_OUT,
        "FunctionType": LEADS_OUT,
        "GetSetDescriptorType": LEADS_OUT,
        "LambdaType": LEADS_OUT,
        "MemberDescriptorType": LEADS_OUT,
        "MethodDescriptorType": LEADS_OUT,
        "MethodType": LEADS_OUT,
        "MethodWrapperType": LEADS_OUT,
        "ModuleType": LEADS_OUT,
        "TracebackType": LEADS_OUT,
        "WrapperDescriptorType": LEADS_OUT,
        "coroutine": ASYNC,
        "get_original_bases": LEADS_OUT,
        "new_class": LEADS_OUT,
        "prepare_class": LEADS_OUT,
        "resolve_bases": LEADS_OUT,
    },
    "typing": {
        "ByteString": "is deprecated",
        "ForwardRef": EVALUATES,
        "NoDefault": "is what a type parameter has that has no default",
        "TypeAliasType": "is what the statement type makes, which is used",
        "get_protocol_members": "is for tools that read types",
        "get_type_hints": EVALUATES,
        "no_type_check_decorator": "is deprecated, and for type checkers",
        "reveal_type": CHECKERS,
    },
    "unicodedata": {
        "UCD": "is the type of ucd_3_2_0",
    },
    "uuid": {
        "Enum": "is the one of module enum",
        "bytes_": INTERNAL,
        "getnode": "asks the host for its hardware address",
        "int_": INTERNAL,
        "main": "is the module's command line",
        "uuid1": "asks the host for its hardware address",
    },
}

BUILTINS = {}

NEVER_PARSED = "is of no program's tree: another kind of source, or of an older Python"
COROUTINE = "is refused: coroutines lead to frames, and nothing here could run them"
TYPE_COMMENT = "is there only where type comments are asked for"

SYNTAX = {
    "AsyncFor": COROUTINE,
    "AsyncFunctionDef": COROUTINE,
    "AsyncWith": COROUTINE,
    "Await": COROUTINE,
    "comprehension.is_async": COROUTINE,
    "ImportFrom.level": "a program is no package, so there is nothing that is relative to it",
    "Assign.type_comment": TYPE_COMMENT,
    "For.type_comment": TYPE_COMMENT,
    "FunctionDef.type_comment": TYPE_COMMENT,
    "With.type_comment": TYPE_COMMENT,
    "arg.type_comment": TYPE_COMMENT,
    "Module.type_ignores": TYPE_COMMENT,
    "TypeIgnore": TYPE_COMMENT,
    "AugLoad": NEVER_PARSED,
    "AugStore": NEVER_PARSED,
    "Bytes": NEVER_PARSED,
    "Ellipsis": NEVER_PARSED,
    "Expression": NEVER_PARSED,
    "ExtSlice": NEVER_PARSED,
    "FunctionType": NEVER_PARSED,
    "Index": NEVER_PARSED,
    "Interactive": NEVER_PARSED,
    "NameConstant": NEVER_PARSED,
    "Num": NEVER_PARSED,
    "Param": NEVER_PARSED,
    "Str": NEVER_PARSED,
    "Suite": NEVER_PARSED,
}
