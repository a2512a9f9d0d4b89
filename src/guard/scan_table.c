/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of dotted names and what each is about.  Pure. */
#include "guard/scan_state.h"

#include <string.h>

#include "base/own.h"

/* Paths separated by spaces; "x.*" is all below x, "os.exec*" all that begin so.  The
 * first row that has a path decides. */
static const struct {
    enum cl_rule rule;
    const char *paths;
} rows[] = {
    {CL_RULE_SHELL, "os.system os.popen subprocess.getoutput subprocess.getstatusoutput "
                    "commands.getoutput asyncio.create_subprocess_shell pty.spawn"},
    {CL_RULE_PROC_CALL,
     "subprocess.run subprocess.call subprocess.check_call subprocess.check_output "
     "subprocess.Popen os.exec* os.spawn* os.posix_spawn* os.fork os.forkpty os.startfile "
     "posix.* asyncio.create_subprocess_exec multiprocessing.Process multiprocessing.Pool "
     "multiprocessing.pool.Pool concurrent.futures.ProcessPoolExecutor pexpect.spawn "
     "_posixsubprocess.*"},
    {CL_RULE_SIGNAL, "os.kill os.killpg os.abort os._exit signal.pthread_kill "
                     "signal.pidfd_send_signal signal.signal"},
    {CL_RULE_TLS_OFF, "ssl._create_unverified_context ssl._create_default_https_context "
                      "ssl.CERT_NONE urllib3.disable_warnings"},
    {CL_RULE_NET_CLEAR, "ftplib.FTP telnetlib.Telnet nntplib.NNTP smtpd.SMTPServer"},
    {CL_RULE_NET_CALL,
     "socket.socket socket.create_connection socket.create_server socket.getaddrinfo "
     "socket.gethostbyname socket.socketpair asyncio.open_connection asyncio.start_server "
     "urllib.request.urlopen urllib.request.urlretrieve urllib.request.Request "
     "urllib.request.build_opener http.client.HTTPConnection http.client.HTTPSConnection "
     "http.server.HTTPServer http.server.ThreadingHTTPServer socketserver.TCPServer "
     "socketserver.UDPServer socketserver.ThreadingTCPServer smtplib.SMTP "
     "smtplib.SMTP_SSL imaplib.IMAP4 imaplib.IMAP4_SSL poplib.POP3 poplib.POP3_SSL "
     "xmlrpc.client.ServerProxy xmlrpc.server.SimpleXMLRPCServer webbrowser.open* "
     "requests.get requests.post requests.put requests.patch requests.delete requests.head "
     "requests.options requests.request requests.Session httpx.get httpx.post httpx.put "
     "httpx.delete httpx.request httpx.stream httpx.Client httpx.AsyncClient "
     "aiohttp.ClientSession aiohttp.request urllib3.PoolManager urllib3.request "
     "websockets.connect websocket.create_connection paramiko.SSHClient "
     "paramiko.Transport boto3.client boto3.resource redis.Redis"},
    {CL_RULE_FILE_OPEN, "builtins.open io.open io.open_code io.FileIO codecs.open os.open "
                        "os.fdopen os.listdir os.scandir os.walk glob.glob glob.iglob "
                        "pathlib.Path().open pathlib.Path().read_text "
                        "pathlib.Path().read_bytes pathlib.Path().iterdir "
                        "pathlib.Path().glob pathlib.Path().rglob fileinput.input "
                        "tempfile.NamedTemporaryFile tempfile.TemporaryFile "
                        "tempfile.mkstemp tempfile.TemporaryDirectory tempfile.mkdtemp "
                        "sqlite3.connect"},
    {CL_RULE_FILE_CHANGE,
     "os.remove os.unlink os.rmdir os.removedirs os.rename os.renames os.replace "
     "os.truncate os.chmod os.chown os.lchown os.link os.symlink os.mkdir os.makedirs "
     "os.mknod os.mkfifo os.setxattr os.utime os.chroot os.chdir shutil.rmtree "
     "shutil.move shutil.copy shutil.copy2 shutil.copyfile shutil.copytree shutil.chown "
     "pathlib.Path().write_text pathlib.Path().write_bytes pathlib.Path().unlink "
     "pathlib.Path().rmdir pathlib.Path().rename pathlib.Path().replace "
     "pathlib.Path().chmod pathlib.Path().touch pathlib.Path().mkdir "
     "pathlib.Path().symlink_to pathlib.Path().hardlink_to"},
    {CL_RULE_TEMP_NAME, "tempfile.mktemp os.tempnam os.tmpnam"},
    {CL_RULE_ARCHIVE, "tarfile.open().extractall tarfile.TarFile().extractall "
                      "tarfile.TarFile.open().extractall tarfile.open().extract "
                      "zipfile.ZipFile().extractall shutil.unpack_archive"},
    {CL_RULE_ENVIRONMENT, "os.environ os.environb os.getenv os.getenvb os.putenv "
                          "os.unsetenv posix.environ"},
    {CL_RULE_DYNAMIC, "builtins.eval builtins.exec builtins.compile code.interact "
                      "code.InteractiveInterpreter code.InteractiveConsole runpy.run_path "
                      "runpy.run_module codeop.compile_command ast.parse().body "
                      "pdb.run pdb.runeval cProfile.run profile.run timeit.timeit "
                      "timeit.repeat pandas.eval numexpr.evaluate"},
    {CL_RULE_DYNAMIC_IMPORT,
     "builtins.__import__ importlib.import_module importlib.__import__ importlib.reload "
     "importlib.util.spec_from_file_location importlib.util.module_from_spec "
     "importlib.machinery.SourceFileLoader importlib.machinery.ExtensionFileLoader "
     "importlib.util.spec_from_loader imp.load_source imp.load_module imp.load_dynamic "
     "zipimport.zipimporter pkgutil.get_loader site.addsitedir sys.path sys.path_hooks "
     "sys.meta_path pkg_resources.require pip.main pip._internal.main"},
    {CL_RULE_CODE_OBJECT, "types.CodeType types.FunctionType types.LambdaType "
                          "types.MethodType types.ModuleType types.CellType "
                          "builtins.__build_class__ dis.dis"},
    {CL_RULE_PICKLE,
     "pickle.load pickle.loads pickle.Unpickler _pickle.load _pickle.loads cPickle.load "
     "cPickle.loads marshal.load marshal.loads shelve.open dill.load dill.loads "
     "cloudpickle.load cloudpickle.loads joblib.load pandas.read_pickle torch.load "
     "jsonpickle.decode jsonpickle.loads multiprocessing.connection.Client "
     "multiprocessing.connection.Listener"},
    {CL_RULE_YAML, "yaml.unsafe_load yaml.unsafe_load_all yaml.full_load "
                   "yaml.full_load_all yaml.UnsafeLoader yaml.Loader yaml.FullLoader"},
    {CL_RULE_XML,
     "xml.etree.ElementTree.parse xml.etree.ElementTree.fromstring "
     "xml.etree.ElementTree.iterparse xml.etree.ElementTree.XMLParser "
     "xml.etree.ElementTree.XML xml.dom.minidom.parse xml.dom.minidom.parseString "
     "xml.dom.pulldom.parse xml.dom.pulldom.parseString xml.sax.parse xml.sax.parseString "
     "xml.sax.make_parser lxml.etree.parse lxml.etree.fromstring lxml.etree.XMLParser"},
    {CL_RULE_INSPECT,
     "sys._getframe sys._current_frames sys.settrace sys.setprofile sys.exc_info "
     "sys.addaudithook sys.call_tracing sys.activate_stack_trampoline gc.get_objects "
     "gc.get_referrers gc.get_referents inspect.currentframe inspect.stack inspect.trace "
     "inspect.getouterframes inspect.getinnerframes inspect.getmembers "
     "inspect.getattr_static inspect.getclosurevars traceback.walk_stack "
     "traceback.walk_tb threading.settrace threading.setprofile builtins.breakpoint "
     "builtins.object.__subclasses__"},
    {CL_RULE_TAMPER,
     "sys.modules sys.setrecursionlimit sys.setswitchinterval sys.set_int_max_str_digits "
     "builtins.__dict__ sys.excepthook sys.displayhook sys.breakpointhook "
     "sys.set_asyncgen_hooks sys.unraisablehook atexit.register faulthandler.disable "
     "gc.disable gc.freeze resource.setrlimit"},
    {CL_RULE_NATIVE_MEMORY, "ctypes.* _ctypes.* cffi.* mmap.mmap"},
};

static int
matches(const char *path, const char *row, size_t len)
{
    if (len > 0 && row[len - 1] == '*') {
        return strncmp(path, row, len - 1) == 0;
    }
    return strncmp(path, row, len) == 0 && path[len] == '\0';
}

enum cl_rule
cl_scan_rule_of_path(const char *path)
{
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        const char *at = rows[i].paths;
        while (*at != '\0') {
            size_t len = strcspn(at, " ");
            if (*at == *path && matches(path, at, len)) {
                return rows[i].rule;
            }
            at += len + strspn(at + len, " ");
        }
    }
    return CL_RULE_NONE;
}

/* Attributes by which code climbs from a value to the interpreter.  Sorted. */
static const char *const escapes[] = {
    "__base__",      "__bases__",      "__builtins__",     "__closure__",   "__code__",
    "__delattr__",   "__func__",       "__getattribute__", "__globals__",   "__import__",
    "__loader__",    "__mro__",        "__reduce__",       "__reduce_ex__", "__self__",
    "__spec__",      "__subclasses__", "__traceback__",    "ag_code",       "ag_frame",
    "cell_contents", "co_code",        "co_consts",        "cr_code",       "cr_frame",
    "f_back",        "f_builtins",     "f_code",           "f_globals",     "f_locals",
    "func_code",     "func_globals",   "gi_code",          "gi_frame",      "tb_frame",
    "tb_next",
};

int
cl_scan_is_escape(const char *name)
{
    for (size_t i = 0; i < CL_COUNT(escapes); i++) {
        if (strcmp(escapes[i], name) == 0) {
            return 1;
        }
    }
    return 0;
}
