/* SPDX-License-Identifier: Apache-2.0 */
/* The table of modules whose import says something.  Pure. */
#include "wire/rules.h"

#include <string.h>

#include "base/own.h"

/* Each line is a rule and the modules that it is about. */
static const struct {
    enum cl_rule rule;
    const char *modules; /* separated by spaces */
} rows[] = {
    {CL_RULE_NET_IMPORT,
     "socket ssl socketserver asyncio.streams http.client http.server urllib.request "
     "urllib.robotparser smtplib imaplib poplib xmlrpc.client xmlrpc.server wsgiref "
     "webbrowser requests httpx aiohttp urllib3 websocket websockets paramiko fabric "
     "pycurl tornado twisted flask django fastapi starlette uvicorn boto3 botocore "
     "scapy zmq pika kafka redis pymongo psycopg2 pymysql dns httplib2 grpc"},
    {CL_RULE_NET_CLEAR, "telnetlib ftplib nntplib smtpd telnetlib3"},
    {CL_RULE_PROC_IMPORT, "subprocess multiprocessing pty concurrent.futures.process "
                          "_posixsubprocess pexpect sh "
                          "plumbum invoke posix nt"},
    {CL_RULE_PICKLE, "pickle _pickle cPickle dill cloudpickle marshal shelve jsonpickle"},
    {CL_RULE_NATIVE_MEMORY, "ctypes _ctypes cffi _cffi_backend mmap"},
    {CL_RULE_OUTDATED,
     "imp asyncore asynchat crypt distutils cgi cgitb pipes uu Crypto nose "
     "sndhdr imghdr msilib xdrlib"},
    {CL_RULE_INTERNALS,
     "gc inspect code codeop dis importlib runpy pkgutil zipimport _testcapi "
     "_testinternalcapi _imp _thread _frozen_importlib _frozen_importlib_external "
     "_xxsubinterpreters faulthandler tracemalloc symtable builtins __main__ bdb pdb "
     "sitecustomize usercustomize"},
    {CL_RULE_BAD_PACKAGE,
     /* One slip beside a popular name, or known to have carried malware. */
     "reqeusts requets request reuqests requesrs requestes requesst rquests "
     "python_dateutil dateutils jeilyfish jellyfin urlib3 urllib33 urllib4 urlllib3 "
     "colourama colorama_ colorsama coloramma djanga djago dajngo djangoo diango crypt0 "
     "crypto0 pycryptodom cryptograhpy cryptograhy setup_tools setuptool "
     "acqusition apidev_coop bzip telnet libpeshnx libpeshka libari mybiubiubiu "
     "python_sqlite python_mysqldb pythonkafka pyaml2 beautifulsup4 "
     "beautifulsoup5 bs5 nunpy numpi numppy nmupy pandsa pandass panads pansda scikitlearn "
     "sklear tenserflow tensorflw tensorfow tensrflow torchtriton ctx phpass "
     "discordpydebug "
     "discord_webhook2 httpslib3 easyhttprequest selenim selenuim seleniumm flak flaskk "
     "flsk loguruu pilow pillo pil0w openvc opencv_python_ matplotlb matplotib aiohtp "
     "aiohttpp boto33 botto3 bot03 awscliv3 pyymal pyyalm pymal ansibl fabrice pytagora "
     "noblesse genesisbot aryi suffer noblesse2 noblessev2 ipboards importantpackage "
     "typing_unions trrfab ownership_token dpp_client"},
};

/* Is it `word`, or below it? */
static int
is_within(const char *module, const char *word, size_t len)
{
    return strncmp(module, word, len) == 0 && (module[len] == '\0' || module[len] == '.');
}

enum cl_rule
cl_rule_of_import(const char *module)
{
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        const char *at = rows[i].modules;
        while (*at != '\0') {
            size_t len = strcspn(at, " ");
            if (is_within(module, at, len)) {
                return rows[i].rule;
            }
            at += len + strspn(at + len, " ");
        }
    }
    return CL_RULE_NONE;
}

enum cl_rule
cl_rule_of_violation(enum cl_violation violation)
{
    return (enum cl_rule)(CL_RULE_VIOLATION + (int)violation);
}
