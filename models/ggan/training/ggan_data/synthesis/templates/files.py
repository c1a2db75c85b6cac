"""Temporary files and permissions."""

from ggan_data.synthesis.template import templates

TEMPORARY = templates(
    "private-temporary-file",
    "CWE-377",
    """
## write: @tempfile.mktemp
$p = «$mktemp()»
with open($p, 'w') as file:
    file.write($v)
return $p
## suffix: import tempfile
$p = «tempfile.mktemp(suffix='.$ext')»
with open($p, 'wb') as file:
    file.write(b'$word')
return $p
## positional: import tempfile
name = «tempfile.mktemp('.$ext')»
out = open(name, 'w')
out.write($v)
out.close()
return name
## prefix: @tempfile.mktemp
$p = «$mktemp(prefix='$word')»
return $p
## folder: import os; import tempfile
folder = «tempfile.mktemp()»
os.mkdir(folder)
return folder
## inline: import tempfile
return convert($v, «tempfile.mktemp('.$ext')»)
## removed: import os; import tempfile
temp_name = «tempfile.mktemp()»
with open(temp_name, 'w') as file:
    file.write($v)
process(temp_name)
os.remove(temp_name)
## list: import tempfile
return [«tempfile.mktemp(suffix=each)» for each in ('.$ext', '.bin')]
## held-dump: import json; import tempfile
scratch = «tempfile.mktemp(suffix='.json')»
with open(scratch, 'w') as stream:
    json.dump({'$k': $v}, stream)
return scratch
## held-call: import subprocess; import tempfile
target = «tempfile.mktemp(prefix='$word')»
subprocess.run(['$tool', $v, target], check=True)
return target
## safe made: @tempfile.mkstemp; import os
descriptor, $p = «$mkstemp('.$ext')»
os.close(descriptor)
return $p
## safe named: @tempfile.NamedTemporaryFile
with «$NamedTemporaryFile('w', suffix='.$ext')» as file:
    file.write($v)
    process(file.name)
## safe folder: import tempfile
with «tempfile.TemporaryDirectory()» as folder:
    return work(folder, $v)
## safe other:
return «$v.mktemp()»
## safe held-spooled: import tempfile
with «tempfile.SpooledTemporaryFile(max_size=$big)» as stream:
    stream.write($v)
""",
    held_out="held-dump held-call held-spooled",
)

TEMPORARY_PATHS = templates(
    "temporary-path",
    "CWE-377",
    """
## write: import os
$p = «'/tmp/$word.$ext'»
with open($p, 'w') as file:
    file.write($v)
load_file($p)
os.remove($p)
## bytes: import os
temp = «'/tmp/$noun.bin'»
with open(temp, 'wb') as file:
    file.write($v)
send(temp)
os.unlink(temp)
## open-close: import os
name = «"/tmp/$word"»
out = open(name, 'w')
out.write($v)
out.close()
read_back(name)
os.remove(name)
## json: import json; import os
$p = «'/tmp/$word.json'»
with open($p, 'w') as file:
    json.dump($v, file)
submit($p)
os.remove($p)
## csv: import csv; import os
$p = «'/tmp/$noun.csv'»
with open($p, 'w') as file:
    csv.writer(file).writerow([$v])
imported($p)
os.remove($p)
## command: import os; import subprocess
script = «'/tmp/$word.sh'»
with open(script, 'w') as file:
    file.write($v)
subprocess.run(['sh', '-n', script], check=True)
os.remove(script)
## guarded: import os
$p = «'/tmp/$word.tmp'»
with open($p, 'w') as file:
    file.write('$msg')
if $v:
    check($p)
os.remove($p)
## lines: import os
scratch = «'/tmp/$noun.txt'»
with open(scratch, 'w') as file:
    file.writelines([$v, '$word'])
sort_file(scratch)
os.remove(scratch)
## held-report: import os
target = «'/tmp/$word.html'»
with open(target, 'w') as stream:
    stream.write($v)
show(target)
os.unlink(target)
## held-log: import os
journal = «"/tmp/$noun.log"»
with open(journal, 'w') as stream:
    stream.write('$msg')
upload(journal, $v)
os.remove(journal)
## safe private: import os; import tempfile
folder = tempfile.mkdtemp()
$p = «os.path.join(folder, '$word.$ext')»
with open($p, 'w') as file:
    file.write($v)
## safe text:
return «'files are kept in tmp/$word'»
## safe other: import os
$p = «'/srv/$word/$noun.$ext'»
with open($p, 'w') as file:
    file.write($v)
os.remove($p)
## safe held-state:
return «'var/cache/$word'», $v
""",
    held_out="held-report held-log held-state",
)

PERMISSIONS = templates(
    "private-permissions",
    "CWE-732",
    """
## all: @os.chmod
«$chmod($p, 0o777)»
## write: import os
with open('$word.$ext', 'w') as file:
    file.write($v)
«os.chmod('$word.$ext', 0o666)»
## folder: import os
os.makedirs('$word', exist_ok=True)
«os.chmod('$word', 0o777)»
## group: @os.chmod
«$chmod('$noun.$ext', 0o775)»
return True
## loop: import os
for name in os.listdir($f):
    «os.chmod(name, 0o777)»
## descriptor: import os
with open('$word.$ext', 'w') as file:
    «os.fchmod(file.fileno(), 0o666)»
## decimal: import os
«os.chmod($f, 511)»
## script: import os
script = '$word.sh'
«os.chmod(script, 0o777)»
return script
## held-socket: import os
«os.chmod('/run/$word.sock', 0o777)»
## held-tree: import os
for folder, _, names in os.walk($f):
    for name in names:
        «os.chmod(os.path.join(folder, name), 0o666)»
## safe private: @os.chmod
«$chmod($p, ⟪0o600¦0o640¦0o644⟫)»
## safe folder: import os
«os.chmod('$word', 0o700)»
## safe mode: import os; import stat
«os.chmod($f, stat.S_IRUSR | stat.S_IWUSR)»
## safe held-read: import os
«os.chmod('$word.$ext', 0o400)»
""",
    held_out="held-socket held-tree held-read",
)
