/* SPDX-License-Identifier: Apache-2.0 */
/* The tables.  Pure.  docs/GUARD.md gives the reasons row by row; a test holds the two
 * together. */
#include "guard/modules_table.h"

#include <string.h>

#include "base/own.h"

/* The public names of CPython 3.11 to 3.13, without what takes file names, hands out
 * modules, streams of the process, metaclasses, or has a sense only with coroutines. */
/* clang-format off: rows, then their words */
const struct cl_module_row cl_module_rows[] = {
    {"__future__",
     "absolute_import annotations division generator_stop generators nested_scopes "
     "print_function unicode_literals with_statement"},
    {"abc", "ABC ABCMeta abstractclassmethod abstractmethod abstractproperty "
            "abstractstaticmethod get_cache_token update_abstractmethods"},
    {"array", "ArrayType array typecodes"},
    {"base64",
     "a85decode a85encode b16decode b16encode b32decode b32encode b32hexdecode "
     "b32hexencode b64decode b64encode b85decode b85encode decode decodebytes encode "
     "encodebytes standard_b64decode standard_b64encode urlsafe_b64decode "
     "urlsafe_b64encode z85decode z85encode"},
    {"binascii",
     "Error Incomplete a2b_base64 a2b_hex a2b_qp a2b_uu b2a_base64 b2a_hex b2a_qp "
     "b2a_uu crc32 crc_hqx hexlify unhexlify"},
    {"bisect", "bisect bisect_left bisect_right insort insort_left insort_right"},
    {"calendar",
     "APRIL AUGUST Calendar DECEMBER Day FEBRUARY FRIDAY HTMLCalendar "
     "IllegalMonthError IllegalWeekdayError JANUARY JULY JUNE LocaleHTMLCalendar "
     "LocaleTextCalendar MARCH MAY MONDAY Month NOVEMBER OCTOBER SATURDAY SEPTEMBER "
     "SUNDAY THURSDAY TUESDAY TextCalendar WEDNESDAY calendar day_abbr day_name "
     "firstweekday isleap leapdays month month_abbr month_name monthcalendar "
     "monthrange prcal prmonth setfirstweekday timegm weekday weekheader"},
    {"collections",
     "ChainMap Counter OrderedDict UserDict UserList UserString defaultdict deque "
     "namedtuple"},
    {"collections.abc",
     "Callable Collection Container Generator Hashable ItemsView Iterable Iterator "
     "KeysView Mapping MappingView MutableMapping MutableSequence MutableSet "
     "Reversible Sequence Set Sized ValuesView"},
    {"contextlib",
     "AbstractContextManager ContextDecorator ExitStack closing contextmanager "
     "nullcontext redirect_stderr redirect_stdout suppress"},
    {"copy", "Error copy deepcopy error"},
    {"csv",
     "Dialect DictReader DictWriter Error QUOTE_ALL QUOTE_MINIMAL QUOTE_NONE "
     "QUOTE_NONNUMERIC QUOTE_NOTNULL QUOTE_STRINGS Sniffer excel excel_tab "
     "field_size_limit get_dialect list_dialects reader register_dialect unix_dialect "
     "unregister_dialect writer"},
    {"dataclasses",
     "Field FrozenInstanceError InitVar KW_ONLY MISSING asdict astuple dataclass field "
     "fields is_dataclass make_dataclass replace"},
    {"datetime", "MAXYEAR MINYEAR UTC date datetime time timedelta timezone tzinfo"},
    {"decimal",
     "BasicContext Clamped Context ConversionSyntax Decimal DecimalException "
     "DecimalTuple DefaultContext DivisionByZero DivisionImpossible DivisionUndefined "
     "ExtendedContext FloatOperation HAVE_CONTEXTVAR HAVE_THREADS Inexact "
     "InvalidContext InvalidOperation MAX_EMAX MAX_PREC MIN_EMIN MIN_ETINY Overflow "
     "ROUND_05UP ROUND_CEILING ROUND_DOWN ROUND_FLOOR ROUND_HALF_DOWN ROUND_HALF_EVEN "
     "ROUND_HALF_UP ROUND_UP Rounded Subnormal Underflow getcontext localcontext "
     "setcontext"},
    {"difflib", "Differ HtmlDiff IS_CHARACTER_JUNK IS_LINE_JUNK Match SequenceMatcher "
                "context_diff diff_bytes get_close_matches ndiff restore unified_diff"},
    {"enum",
     "CONFORM CONTINUOUS EJECT Enum EnumMeta EnumType Flag FlagBoundary IntEnum "
     "IntFlag KEEP NAMED_FLAGS ReprEnum STRICT StrEnum UNIQUE auto member nonmember "
     "property unique verify"},
    {"fractions", "Fraction"},
    {"functools",
     "WRAPPER_ASSIGNMENTS WRAPPER_UPDATES cache cached_property cmp_to_key lru_cache "
     "partial partialmethod reduce singledispatch singledispatchmethod total_ordering "
     "update_wrapper wraps"},
    {"hashlib",
     "algorithms_available algorithms_guaranteed blake2b blake2s file_digest md5 new "
     "pbkdf2_hmac scrypt sha1 sha224 sha256 sha384 sha3_224 sha3_256 sha3_384 sha3_512 "
     "sha512 shake_128 shake_256"},
    {"heapq", "heapify heappop heappush heappushpop heapreplace merge nlargest nsmallest"},
    {"hmac", "HMAC compare_digest digest new"},
    {"html", "escape unescape"},
    {"io", "BufferedIOBase BufferedReader BytesIO DEFAULT_BUFFER_SIZE IOBase RawIOBase "
           "SEEK_CUR SEEK_END SEEK_SET StringIO TextIOBase TextIOWrapper "
           "UnsupportedOperation"},
    {"itertools",
     "accumulate batched chain combinations combinations_with_replacement compress "
     "count cycle dropwhile filterfalse groupby islice pairwise permutations product "
     "repeat starmap takewhile tee zip_longest"},
    {"json", "JSONDecodeError JSONDecoder JSONEncoder dump dumps load loads"},
    {"logging",
     "BASIC_FORMAT CRITICAL DEBUG ERROR FATAL Filter Formatter Handler INFO LogRecord "
     "Logger LoggerAdapter NOTSET NullHandler StreamHandler WARN WARNING addLevelName "
     "basicConfig critical debug disable error exception fatal getLevelName "
     "getLevelNamesMapping getLogRecordFactory getLogger getLoggerClass info log "
     "makeLogRecord raiseExceptions warning"},
    {"math",
     "acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees "
     "dist e erf erfc exp exp2 expm1 fabs factorial floor fma fmod frexp fsum gamma "
     "gcd hypot inf isclose isfinite isinf isnan isqrt lcm ldexp lgamma log log10 "
     "log1p log2 modf nan nextafter perm pi pow prod radians remainder sin sinh sqrt "
     "sumprod tan tanh tau trunc ulp"},
    {"numbers", "Complex Integral Number Rational Real"},
    {"operator",
     "abs add and_ attrgetter call concat contains countOf delitem eq floordiv ge "
     "getitem gt iadd iand iconcat ifloordiv ilshift imatmul imod imul index indexOf "
     "inv invert ior ipow irshift is_ is_not isub itemgetter itruediv ixor le "
     "length_hint lshift lt matmul methodcaller mod mul ne neg not_ or_ pos pow rshift "
     "setitem sub truediv truth xor"},
    {"pprint", "PrettyPrinter isreadable isrecursive pformat pp pprint saferepr"},
    {"random",
     "Random SystemRandom betavariate binomialvariate choice choices expovariate "
     "gammavariate gauss getrandbits getstate lognormvariate normalvariate "
     "paretovariate randbytes randint random randrange sample seed setstate shuffle "
     "triangular uniform vonmisesvariate weibullvariate"},
    {"re", "A ASCII DOTALL I IGNORECASE L LOCALE M MULTILINE Match NOFLAG Pattern "
           "PatternError RegexFlag S U UNICODE VERBOSE X compile error escape findall "
           "finditer fullmatch match purge search split sub subn"},
    {"secrets",
     "SystemRandom choice compare_digest randbelow randbits token_bytes token_hex "
     "token_urlsafe"},
    {"statistics",
     "NormalDist StatisticsError correlation covariance fmean geometric_mean "
     "harmonic_mean kde kde_random linear_regression mean median median_grouped "
     "median_high median_low mode multimode pstdev pvariance quantiles stdev variance"},
    {"string",
     "Template ascii_letters ascii_lowercase ascii_uppercase capwords digits hexdigits "
     "octdigits printable punctuation whitespace"},
    {"struct", "Struct calcsize error iter_unpack pack pack_into unpack unpack_from"},
    {"textwrap", "TextWrapper dedent fill indent shorten wrap"},
    {"time",
     "CLOCK_BOOTTIME CLOCK_MONOTONIC CLOCK_MONOTONIC_RAW CLOCK_PROCESS_CPUTIME_ID "
     "CLOCK_REALTIME CLOCK_TAI CLOCK_THREAD_CPUTIME_ID altzone asctime clock_getres "
     "clock_gettime clock_gettime_ns ctime daylight get_clock_info gmtime localtime "
     "mktime monotonic monotonic_ns perf_counter perf_counter_ns process_time "
     "process_time_ns sleep strftime strptime struct_time thread_time thread_time_ns "
     "time time_ns timezone tzname"},
    {"tomllib", "TOMLDecodeError load loads"},
    {"traceback", "format_exc format_exception format_exception_only print_exc"},
    {"types", "EllipsisType GeneratorType GenericAlias MappingProxyType NoneType "
              "NotImplementedType SimpleNamespace UnionType"},
    {"typing",
     "AbstractSet Annotated Any AnyStr AsyncContextManager AsyncGenerator "
     "AsyncIterable AsyncIterator Awaitable BinaryIO Callable ChainMap ClassVar "
     "Collection Concatenate Container ContextManager Coroutine Counter DefaultDict "
     "Deque Dict Final FrozenSet Generator Generic Hashable IO ItemsView Iterable "
     "Iterator KeysView List Literal LiteralString Mapping MappingView Match "
     "MutableMapping MutableSequence MutableSet NamedTuple Never NewType NoReturn "
     "NotRequired Optional OrderedDict ParamSpec ParamSpecArgs ParamSpecKwargs Pattern "
     "Protocol ReadOnly Required Reversible Self Sequence Set Sized SupportsAbs "
     "SupportsBytes SupportsComplex SupportsFloat SupportsIndex SupportsInt "
     "SupportsRound TYPE_CHECKING Text TextIO Tuple Type TypeAlias TypeGuard TypeIs "
     "TypeVar TypeVarTuple TypedDict Union Unpack ValuesView assert_never assert_type "
     "cast clear_overloads dataclass_transform final get_args get_origin get_overloads "
     "is_protocol is_typeddict no_type_check no_type_check_decorator overload override "
     "runtime_checkable"},
    {"unicodedata",
     "bidirectional category combining decimal decomposition digit east_asian_width "
     "is_normalized lookup mirrored name normalize numeric ucd_3_2_0 unidata_version"},
    {"uuid", "NAMESPACE_DNS NAMESPACE_OID NAMESPACE_URL NAMESPACE_X500 RESERVED_FUTURE "
             "RESERVED_MICROSOFT RESERVED_NCS RFC_4122 SafeUUID UUID uuid3 uuid4 uuid5"},
    {"zlib",
     "DEFLATED DEF_BUF_SIZE DEF_MEM_LEVEL MAX_WBITS ZLIB_RUNTIME_VERSION ZLIB_VERSION "
     "Z_BEST_COMPRESSION Z_BEST_SPEED Z_BLOCK Z_DEFAULT_COMPRESSION Z_DEFAULT_STRATEGY "
     "Z_FILTERED Z_FINISH Z_FIXED Z_FULL_FLUSH Z_HUFFMAN_ONLY Z_NO_COMPRESSION "
     "Z_NO_FLUSH Z_PARTIAL_FLUSH Z_RLE Z_SYNC_FLUSH Z_TREES adler32 compress "
     "compressobj crc32 decompress decompressobj error"},
};
/* clang-format on */
const size_t cl_module_row_count = CL_COUNT(cl_module_rows);

/* Beside the standard library's other modules, which CPython lists itself. */
const char *const cl_module_native[] = {
    "Cython",       "IPython",      "PIL",        "aiohttp",  "bs4",        "cffi",
    "cryptography", "cv2",          "django",     "fastapi",  "flask",      "gevent",
    "httpx",        "joblib",       "jupyter",    "keras",    "lxml",       "matplotlib",
    "networkx",     "nltk",         "numba",      "numexpr",  "numpy",      "openpyxl",
    "pandas",       "paramiko",     "pip",        "plotly",   "polars",     "psutil",
    "psycopg2",     "pyarrow",      "pydantic",   "pygame",   "pytest",     "redis",
    "requests",     "scipy",        "seaborn",    "selenium", "setuptools", "shapely",
    "skimage",      "sklearn",      "sqlalchemy", "sympy",    "tensorflow", "torch",
    "tqdm",         "transformers", "urllib3",    "uvloop",   "xgboost",    "yaml",
    "zmq",
};
const size_t cl_module_native_count = CL_COUNT(cl_module_native);

const struct cl_module_row *
cl_module_row_find(const char *module)
{
    for (size_t i = 0; i < cl_module_row_count; i++) {
        if (strcmp(cl_module_rows[i].module, module) == 0) {
            return &cl_module_rows[i];
        }
    }
    return NULL;
}

const char *
cl_module_row_next(const char *at, size_t *len)
{
    while (*at == ' ') {
        at++;
    }
    *len = strcspn(at, " ");
    return *len == 0 ? NULL : at;
}

int
cl_module_row_has(const struct cl_module_row *row, const char *name)
{
    size_t len = 0;
    const char *at = row == NULL ? NULL : cl_module_row_next(row->names, &len);
    for (; at != NULL; at = cl_module_row_next(at + len, &len)) {
        if (strlen(name) == len && memcmp(at, name, len) == 0) {
            return 1;
        }
    }
    return 0;
}
