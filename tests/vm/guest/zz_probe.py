import sys; sys.path.insert(0,'/src/tests/vm/guest')
from support import *
import json, subprocess
prepare()
for c in CALLERS:
    print(c, c.call(CLOCHE,'doctor'))
    print(c.call(CLOCHE,'run','-c','print(1)'), c.subtrees())
    r=c.run('several','import os\nprint(open("/proc/self/cgroup").read())\nb=b"x"*20000000\nopen("/work/a","wb").write(b)')
    print(json.dumps(r))
    print(c.subtrees())
    code='''
import os, time
kids=[]
for i in range(4):
    pid=os.fork()
    if pid==0:
        b=bytearray(40<<20)
        for k in range(0,len(b),4096): b[k]=1
        time.sleep(20); os._exit(0)
    kids.append(pid)
for k in kids: print(os.waitpid(k,0))
'''
    print(json.dumps(c.run('several',code)))
    print(json.dumps(c.run('few','import os,time\nfor i in range(50):\n  try:\n    if os.fork()==0: time.sleep(5); os._exit(0)\n  except OSError as e: print(i,e); break\n')))
    print(json.dumps(c.run('few','import os\nwhile True:\n  try: os.fork()\n  except OSError: pass\n', '--timeout', '6s')))
    print(json.dumps(c.run('slow','import time\nt=time.perf_counter();p=time.process_time()\nwhile time.perf_counter()-t<4: pass\nprint((time.process_time()-p)/4)')))
    print(c.subtrees())
