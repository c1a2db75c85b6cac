"""Assertions, swallowed errors and late globals."""

from ggan_data.synthesis.template import templates

ASSERTS = templates(
    "explicit-check",
    "CWE-703",
    """
## plain:
«assert $v»
return $v
## type:
«assert isinstance($v, str), '$k must be text'»
return $v.upper()
## range:
«assert 0 < len($v) <= $num»
return list($v)
## message:
«assert $v != '$word', f"bad {$v}"»
return {'$k': $v}
## owner:
«assert is_admin($v)»
return delete_all($v)
## none:
$w = find($v)
«assert $w is not None, 'not found'»
return $w
## equal:
first, second = $v.split(':')
«assert first == second, (first, second)»
return first
## member:
«assert $v in ('$word', '$noun')»
return $v
## not:
«assert not $v.startswith('-'), 'an option'»
return $v
## held-both:
«assert $v and len($v) > $num, 'too short'»
return $v[:3]
## held-permission:
user = current_user()
«assert user.may('$word', $v), 'forbidden'»
return user
## safe raised:
if «not $v»:
    raise ValueError('empty')
return $v
## safe call:
«assert_that($v)»
return $v
## safe held-raised:
if «len($v) > $num»:
    raise AssertionError('too long')
return $v
""",
    held_out="held-both held-permission held-raised",
)

SWALLOWED = templates(
    "logged-exception",
    "CWE-703",
    """
## pass:
try:
    notify($v)
«except Exception:
    pass»
return $v
## bare:
try:
    $w = parse($v)
    store($w)
«except:
    pass»
## continue:
for each in $v:
    try:
        store(each)
    «except Exception:
        continue»
## base:
try:
    close($v)
«except BaseException:
    pass»
## while:
while True:
    try:
        send($v)
    «except:
        continue»
    break
## named:
try:
    update($v)
«except Exception as error:
    pass»
return True
## cleanup: import os
try:
    os.remove($f)
«except Exception:
    pass»
## first:
total = 0
for each in $v.split(','):
    try:
        total += int(each)
    «except Exception:
        continue»
return total
## held-finally:
try:
    publish($v)
«except Exception:
    pass»
finally:
    release($v)
## held-loop:
while queue_of($v):
    try:
        step($v)
    «except:
        pass»
## safe logged: import logging
try:
    notify($v)
«except Exception:
    logging.exception('$msg')»
## safe narrow:
try:
    return int($v)
«except ValueError:
    return 0»
## safe raised:
try:
    store($v)
«except Exception as error:
    raise RuntimeError('$msg') from error»
## safe held-returned:
try:
    return parse($v)
«except Exception:
    return None»
""",
    held_out="held-finally held-loop held-returned",
)

GLOBALS = templates(
    "hoist-global",
    None,
    """
## module counter: total = 0
def add(n):
    if n < total:
        «global total»
        total = n
    return n
## module assigned: state = None
def start():
    state = 1
    «global state»
    return state
## module printed: level = 3
def raise_level():
    print(level)
    «global level»
    level = level + 1
## module loop: seen = []
def note(values):
    for value in values:
        seen.append(value)
        «global seen»
    seen = list(set(seen))
## module cache: cache = {}
def reset():
    old = cache
    «global cache»
    cache = {}
    return old
## module flag: running = False
def stop():
    if running:
        «global running»
        running = False
## module while: left = $num
def take():
    while left > 0:
        «global left»
        left -= 1
## module try: handle = None
def reopen():
    try:
        handle.close()
    finally:
        «global handle»
        handle = None
## module held-count: hits = 0
def count():
    value = hits
    «global hits»
    hits = value + 1
    return value
## module held-mode: mode = '$word'
def switch(name):
    if mode != name:
        «global mode»
        mode = name
## safe module first: total = 0
def add(n):
    «global total»
    total += n
## safe module held-read: limit = $num
def allowed(n):
    return «n < limit»
""",
    held_out="held-count held-mode held-read",
)
