"""Commands for a shell, and commands that are fine."""

from ggan_data.synthesis.template import templates

COMMANDS = templates(
    "argv-without-shell",
    "CWE-78",
    """
## system-plus: @os.system
«$system("$tool $flag " + $h)»
## system-percent: @os.system
$w = «$system("$tool $flag %s" % $h)»
return $w == 0
## run-fstring: @subprocess.run
$w = «$run(f"$tool $flag {$h}", shell=True, capture_output=True)»
return $w.stdout
## check-output-plus: @subprocess.check_output
$w = «$check_output("$tool " + $h, shell=True)»
return $w.decode()
## call-format: @subprocess.call
return «$call("$tool $flag {}".format($f), shell=True)»
## popen-variable: import subprocess
$cmd = f"$tool $flag {$f}"
process = «subprocess.Popen($cmd, shell=True, stdout=subprocess.PIPE)»
$w, _ = process.communicate()
return $w
## os-popen: @os.popen
$w = «$popen("$tool $flag " + $h)».read()
return $w
## getoutput: @subprocess.getoutput
return «$getoutput("$tool " + $f)»
## check-call-two: @subprocess.check_call
«$check_call("$tool $flag %s %s" % ($f, $h), shell=True)»
## run-text: import subprocess
$w = «subprocess.run(
    "$tool $flag " + $f,
    shell=True,
    text=True,
    check=True,
)»
print($w)
## system-variable: import os
$cmd = "$tool -n $num " + $h
status = «os.system($cmd)»
if status != 0:
    return None
return status
## quoted: @os.system
«$system("$tool $flag '%s'" % $f)»
## run-fixed: @subprocess.run
«$run("$tool $flag $dir", shell=True)»
return $v
## pipe: @os.system
«$system(f"cat {$f} | grep $word > /dev/null")»
## redirect: import subprocess
«subprocess.check_call("$tool $flag %s > out.txt" % $h, shell=True)»
## held-popen-fstring: @subprocess.Popen
$w = «$Popen(f"$tool {$h} $flag", shell=True)»
return $w.wait()
## held-popen-read: import os
with «os.popen("$tool {}".format($h))» as stream:
    return stream.read().strip()
## held-status: @subprocess.getstatusoutput
status, $w = «$getstatusoutput(f"$tool $flag {$f}")»
return $w if status == 0 else ''
## safe list: @subprocess.run
$w = «$run(["$tool", "$flag", $h], capture_output=True)»
return $w.stdout
## safe list-variable: import subprocess
$cmd = ["$tool", "$flag"]
$cmd.append($f)
process = «subprocess.Popen($cmd, stdout=subprocess.PIPE)»
return process.communicate()[0]
## safe list-check: @subprocess.check_output
return «$check_output(["$tool", $f], shell=False)»
## safe logged: import logging; import subprocess
logging.info(«"os.system: $tool $flag %s" % $h»)
subprocess.run(['$tool', '--', $h], check=False)
## safe split: @subprocess.call; import shlex
return «$call(shlex.split("$tool $flag") + [$f])»
## safe held-exec: import subprocess
«subprocess.check_call(["$tool", "$flag", "--", $h, $f], timeout=$num)»
## safe held-shown:
return «f"run: $tool $flag {$h}"»
""",
    held_out="held-popen-fstring held-popen-read held-status held-exec held-shown",
)

WORDS = templates(
    "quote-shell-word",
    "CWE-78",
    """
## returned-format:
return «"$tool $flag {$v}".format($v=$v)»
--> import shlex
return "$tool $flag {$v}".format($v=shlex.quote($v))
## returned-fstring:
$cmd = «f"$tool $flag {$h}"»
return $cmd
--> import shlex
$cmd = f"$tool $flag {shlex.quote($h)}"
return $cmd
## returned-plus:
$cmd = «"$tool $flag " + $f»
return $cmd
--> import shlex
$cmd = "$tool $flag " + shlex.quote($f)
return $cmd
## remote: import paramiko
client = paramiko.SSHClient()
client.load_system_host_keys()
client.connect('$server')
stdin, stdout, stderr = client.exec_command(«'$tool $flag ' + $f»)
return stdout.read()
--> import shlex
client = paramiko.SSHClient()
client.load_system_host_keys()
client.connect('$server')
stdin, stdout, stderr = client.exec_command('$tool $flag ' + shlex.quote($f))
return stdout.read()
## async: import asyncio
process = asyncio.create_subprocess_shell(«f"$tool {$h} | sort"»)
return process
--> import shlex
process = asyncio.create_subprocess_shell(f"$tool {shlex.quote($h)} | sort")
return process
## echo:
return «"echo Hello, {$v}!".format($v=$v)»
--> import shlex
return "echo Hello, {$v}!".format($v=shlex.quote($v))
## method:
return self.run_command(«"$tool $flag " + $f»)
--> import shlex
return self.run_command("$tool $flag " + shlex.quote($f))
## split: import shlex
$cmd = shlex.split(«f"$tool $flag {$h}"»)
return $cmd
--> import shlex
$cmd = shlex.split(f"$tool $flag {shlex.quote($h)}")
return $cmd
## held-script-two:
$cmd = «f"cd $dir && $tool {$h} {$f}"»
return ['sh', '-c', $cmd]
--> import shlex
$cmd = f"cd $dir && $tool {shlex.quote($h)} {shlex.quote($f)}"
return ['sh', '-c', $cmd]
## held-command-text:
command_text = «"$tool $flag {} --verbose".format($h)»
return command_text
--> import shlex
command_text = "$tool $flag {} --verbose".format(shlex.quote($h))
return command_text
## safe quoted: import os; import shlex
os.system(«f"cat {shlex.quote($f)} | grep $word"»)
## safe quoted-returned: @shlex.quote
return «"$tool $flag {}".format($quote($v))»
## safe constant: import os
os.system(«"cat $dir/$word | grep $word2"»)
return $v
## safe sentence:
return «f"Hello, {$v}, welcome to $word"»
## safe checked: import os; import re
if not re.fullmatch(r'[a-z0-9]+', $h):
    raise ValueError($h)
os.system(«f"$tool {$h} | sort"»)
## safe held-quoted-pipe: import shlex; import subprocess
word = shlex.quote($f)
subprocess.run(«f"cat {word} | wc -l"», shell=True)
## safe held-title:
return «"Report for {}".format($v)»
""",
    held_out="held-script-two held-command-text held-quoted-pipe held-title",
)
