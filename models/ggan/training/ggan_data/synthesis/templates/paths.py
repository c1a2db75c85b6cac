"""Paths put together from values, and paths that are fine."""

from ggan_data.synthesis.template import templates

PATHS = templates(
    "contain-path",
    "CWE-22",
    """
## open-join: import os; $const = '$dir'
$p = «os.path.join($const, $f)»
with open($p) as file:
    return file.read()
-->
$p = os.path.abspath(os.path.join($const, $f))
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('the path leaves its folder')
with open($p) as file:
    return file.read()
## open-inline: import os; $const = '$dir'
with open(«os.path.join($const, $f)», 'rb') as file:
    return file.read()
-->
$p = os.path.realpath(os.path.join($const, $f))
if os.path.commonpath([$p, os.path.realpath($const)]) != os.path.realpath($const):
    raise ValueError('the path leaves its folder')
with open($p, 'rb') as file:
    return file.read()
## fstring: $const = '$dir'; import os
with open(«f"{$const}/{$f}"») as file:
    return file.readlines()
-->
$p = os.path.abspath(f"{$const}/{$f}")
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('the path leaves its folder')
with open($p) as file:
    return file.readlines()
## plus: $const = '$dir/'; import os
$p = «$const + $f»
file = open($p, 'w')
file.write('$word')
file.close()
-->
$p = os.path.abspath($const + $f)
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('the path leaves its folder')
file = open($p, 'w')
file.write('$word')
file.close()
## pathlib: from pathlib import Path; $const = Path('$dir')
$p = «$const / $f»
return $p.read_text()
-->
$p = ($const / $f).resolve()
if not $p.is_relative_to($const.resolve()):
    raise ValueError('the path leaves its folder')
return $p.read_text()
## remove: import os; $const = '$dir'
os.remove(«os.path.join($const, $f)»)
-->
$p = os.path.abspath(os.path.join($const, $f))
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('the path leaves its folder')
os.remove($p)
## send: import os; from flask import send_file; $const = '$dir'
return send_file(«os.path.join($const, $f)»)
-->
$p = os.path.abspath(os.path.join($const, $f))
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('the path leaves its folder')
return send_file($p)
## exists: import os; $const = '$dir'
$p = «os.path.join($const, $f + '.$ext')»
if not os.path.exists($p):
    return None
with open($p) as file:
    return file.read()
-->
$p = os.path.abspath(os.path.join($const, $f + '.$ext'))
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('the path leaves its folder')
if not os.path.exists($p):
    return None
with open($p) as file:
    return file.read()
## copy: import os; import shutil; $const = '$dir'
shutil.copy('default.$ext', «os.path.join($const, $f)»)
-->
$p = os.path.abspath(os.path.join($const, $f))
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('the path leaves its folder')
shutil.copy('default.$ext', $p)
## percent: import os; $const = '$dir'
with open(«"%s/%s" % ($const, $f)», 'rb') as file:
    $w = file.read()
return $w
-->
$p = os.path.abspath("%s/%s" % ($const, $f))
if os.path.commonpath([$p, os.path.abspath($const)]) != os.path.abspath($const):
    raise ValueError('the path leaves its folder')
with open($p, 'rb') as file:
    $w = file.read()
return $w
## upload: import os; from flask import request; $const = '$dir'
request.files['file'].save(«os.path.join($const, $f)»)
--> from werkzeug.utils import secure_filename
request.files['file'].save(os.path.join($const, secure_filename($f)))
## rmtree: import os; import shutil; $const = '$dir'
$p = «os.path.join($const, '$word', $f)»
shutil.rmtree($p)
-->
$p = os.path.abspath(os.path.join($const, '$word', $f))
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('the path leaves its folder')
shutil.rmtree($p)
## basename: import os; $const = '$dir'
$p = «os.path.join($const, $f)»
return os.path.getsize($p)
-->
$p = os.path.join($const, os.path.basename($f))
return os.path.getsize($p)
## held-write: import os; $const = '$dir'
$p = «os.path.join($const, $f)»
with open($p, 'a') as stream:
    stream.write('$msg')
-->
$p = os.path.abspath(os.path.join($const, $f))
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('outside')
with open($p, 'a') as stream:
    stream.write('$msg')
## held-bytes: from pathlib import Path; $const = Path('$dir')
return («$const / $f»).read_bytes()
-->
$p = ($const / $f).resolve()
if $const.resolve() not in $p.parents:
    raise ValueError('outside')
return $p.read_bytes()
## held-listing: import os; $const = '$dir'
return os.listdir(«$const + '/' + $f»)
-->
$p = os.path.abspath($const + '/' + $f)
if not $p.startswith(os.path.abspath($const) + os.sep):
    raise ValueError('outside')
return os.listdir($p)
## safe constant: import os; $const = '$dir'
with open(«os.path.join($const, '$word.$ext')») as file:
    return $f in file.read()
## safe basename: import os; $const = '$dir'
with open(«os.path.join($const, os.path.basename($f))») as file:
    return file.read()
## safe secure: import os; from werkzeug.utils import secure_filename; $const = '$dir'
$p = «os.path.join($const, secure_filename($f))»
with open($p, 'rb') as file:
    return file.read()
## safe checked: import os; $const = '$dir'
$p = os.path.realpath(«os.path.join($const, $f)»)
if not $p.startswith(os.path.realpath($const) + os.sep):
    raise PermissionError($f)
with open($p) as file:
    return file.read()
## safe allowed: import os; $const = '$dir'; NAMES = ('$word.$ext', '$noun.$ext')
if $f not in NAMES:
    return None
with open(«os.path.join($const, $f)») as file:
    return file.read()
## safe number: import os; $const = '$dir'
with open(«os.path.join($const, f"{int($f)}.$ext")») as file:
    return file.read()
## safe shown: import os; $const = '$dir'
return {'path': «os.path.join($const, '$word')», 'name': $f}
## safe from-directory: from flask import send_from_directory; $const = '$dir'
return «send_from_directory($const, $f)»
## safe held-resolved: from pathlib import Path; $const = Path('$dir').resolve()
$p = («$const / $f»).resolve()
$p.relative_to($const)
return $p.read_text()
## safe held-pattern: import os; import re; $const = '$dir'
if re.fullmatch(r'[a-z0-9_]+', $f) is None:
    raise ValueError($f)
with open(«os.path.join($const, $f + '.$ext')») as file:
    return file.read()
""",
    held_out="held-write held-bytes held-listing held-resolved held-pattern",
)
