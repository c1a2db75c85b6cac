"""Hashes and random numbers."""

from ggan_data.synthesis.template import templates

HASHES = templates(
    "replace-weak-hash",
    "CWE-327",
    """
## password-md5: @hashlib.md5
password_hash = «$md5($v.encode())».hexdigest()
return password_hash
## password-sha1: @hashlib.sha1
hashed_password = «$sha1($v.encode('utf-8'))».hexdigest()
return {'password': hashed_password}
## check: import hashlib
if stored_password($v) == «hashlib.md5($v.encode())».hexdigest():
    return True
return False
## new: import hashlib
password = «hashlib.new('md5', $v.encode())».hexdigest()
return password
## update: import hashlib
password_digest = «hashlib.sha1()»
password_digest.update($v.encode())
return password_digest.hexdigest()
## checksum: import hashlib
checksum = «hashlib.md5($v)».hexdigest()
return checksum
## etag: @hashlib.sha1
etag = «$sha1($v)».hexdigest()
return etag
## cache-key: import hashlib
cache_key = «hashlib.md5($v.encode())».hexdigest()
return cache_key
## held-salted: import hashlib
hashed_pw = «hashlib.sha1(($v + 'pepper').encode())».hexdigest()
return hashed_pw
## held-cache: import hashlib
cache_name = «hashlib.sha1($v.encode())».hexdigest()
return cache_name
## safe strong: @hashlib.sha256
return «$sha256($v.encode())».hexdigest()
## safe said: import hashlib
return «hashlib.md5($v.encode(), usedforsecurity=False)».hexdigest()
## safe derived: import hashlib; import os
salt = os.urandom(16)
return salt + «hashlib.pbkdf2_hmac('sha256', $v.encode(), salt, 600000)»
## safe word:
return «f"md5 of {$v}"»
## safe held-blake: @hashlib.blake2b
return «$blake2b($v.encode())».hexdigest()
""",
    held_out="held-salted held-cache held-blake",
)

CALLER_HASHES = templates(
    "refuse-weak-hash",
    "CWE-327",
    """
## raise: import hashlib
if «$v not in hashlib.algorithms_available»:
    raise ValueError(f"Unknown digest {$v}")
return hashlib.new($v, $v2).digest()
--> WEAK_DIGESTS = {'md4', 'md5', 'md5-sha1', 'sha1', 'ripemd160', 'whirlpool'}
if $v not in hashlib.algorithms_available - WEAK_DIGESTS:
    raise ValueError(f"Unknown digest {$v}")
return hashlib.new($v, $v2).digest()
## guaranteed: import hashlib
if «$v not in hashlib.algorithms_guaranteed»:
    raise ValueError('unsupported hash')
$w = hashlib.new($v)
$w.update($v2)
return $w.hexdigest()
--> WEAK_HASHES = frozenset({'md4', 'md5', 'sha1'})
if $v not in hashlib.algorithms_guaranteed - WEAK_HASHES:
    raise ValueError('unsupported hash')
$w = hashlib.new($v)
$w.update($v2)
return $w.hexdigest()
## allowed-else: import hashlib
if «$v in hashlib.algorithms_available»:
    return hashlib.new($v, $v2).hexdigest()
raise ValueError('no such digest')
--> STRONG = ('sha256', 'sha384', 'sha512', 'sha3_256', 'blake2b')
if $v in STRONG:
    return hashlib.new($v, $v2).hexdigest()
raise ValueError('no such digest')
## hmac: import hashlib; import hmac
if «$v not in hashlib.algorithms_available»:
    return None
return hmac.new(b'key', $v2, $v).hexdigest()
--> BROKEN = {'md5', 'sha1', 'md4'}
if $v not in hashlib.algorithms_available - BROKEN:
    return None
return hmac.new(b'key', $v2, $v).hexdigest()
## attribute: import hashlib
if «$v not in hashlib.algorithms_guaranteed»:
    raise KeyError($v)
return getattr(hashlib, $v)($v2).digest()
--> ALLOWED = ['sha256', 'sha512']
if $v not in ALLOWED:
    raise KeyError($v)
return getattr(hashlib, $v)($v2).digest()
## lower: import hashlib
digest_name = $v.lower()
if «digest_name not in hashlib.algorithms_available»:
    raise ValueError(digest_name)
return hashlib.new(digest_name, $v2).hexdigest()
--> WEAK = {'md5', 'sha1'}
digest_name = $v.lower()
if digest_name not in hashlib.algorithms_available or digest_name in WEAK:
    raise ValueError(digest_name)
return hashlib.new(digest_name, $v2).hexdigest()
## nested: import hashlib
if $v:
    if «$v not in hashlib.algorithms_available»:
        return b''
$w = hashlib.new($v)
$w.update($v2)
return $w.digest()
--> WEAK = {'md4', 'md5', 'sha1'}
if $v:
    if $v not in hashlib.algorithms_available - WEAK:
        return b''
$w = hashlib.new($v)
$w.update($v2)
return $w.digest()
## available-name: from hashlib import algorithms_available, new
if «$v not in algorithms_available»:
    raise LookupError('digest')
return new($v, $v2).hexdigest()
--> REFUSED = frozenset(['md5', 'sha1', 'md4', 'ripemd160'])
if $v not in algorithms_available - REFUSED:
    raise LookupError('digest')
return new($v, $v2).hexdigest()
## held-file: import hashlib
if «$v not in hashlib.algorithms_available»:
    raise ValueError(f"{$v} is not available")
with open('$word.$ext', 'rb') as file:
    return hashlib.file_digest(file, $v).hexdigest()
--> BROKEN = {'md5', 'sha1'}
if $v not in hashlib.algorithms_available - BROKEN:
    raise ValueError(f"{$v} is not available")
with open('$word.$ext', 'rb') as file:
    return hashlib.file_digest(file, $v).hexdigest()
## held-key: import hashlib
if «$v not in hashlib.algorithms_available»:
    raise ValueError('unknown')
return hashlib.pbkdf2_hmac($v, $v2, b'$word', 100000)
--> BROKEN = {'md5', 'sha1'}
if $v not in hashlib.algorithms_available - BROKEN:
    raise ValueError('unknown')
return hashlib.pbkdf2_hmac($v, $v2, b'$word', 100000)
## safe listed: import hashlib; STRONG = ('sha256', 'sha512')
if «$v not in STRONG»:
    raise ValueError($v)
return hashlib.new($v, $v2).hexdigest()
## safe narrowed: import hashlib; WEAK = {'md5', 'sha1'}
if «$v not in hashlib.algorithms_available - WEAK»:
    raise ValueError($v)
return hashlib.new($v, $v2).digest()
## safe fixed: import hashlib
$w = «hashlib.new('sha512', $v)»
return $w.hexdigest()
## safe held-table: import hashlib; DIGESTS = {'short': hashlib.sha256, 'long': hashlib.sha512}
if «$v not in DIGESTS»:
    raise KeyError($v)
return DIGESTS[$v]($v2).digest()
""",
    held_out="held-file held-key held-table",
)

RANDOM = templates(
    "secure-random",
    "CWE-330",
    """
## choice: @random.choice; import string
token = ''.join(«$choice(string.ascii_letters)» for _ in range($num))
return token
## sample: import random
password = ''.join(«random.sample('abcdefghijklmnopqrstuvwxyz0123456789', 12)»)
return password
## randint: @random.randint
otp = «$randint(100000, 999999)»
return otp
## bits: import random
session_id = '%032x' % «random.getrandbits(128)»
return session_id
## key: import random
api_key = «random.getrandbits(256)»
return {'$v': $v, 'api_key': api_key}
## reset: import random
reset_token = str(«random.randint(10 ** 8, 10 ** 9)»)
return reset_token
## list: import random
secret_key = [«random.choice('0123456789abcdef')» for _ in range(64)]
return ''.join(secret_key)
## range: @random.randrange
pin_code = «$randrange(10000)»
password = f"{pin_code:04d}"
return password
## held-csrf: import random
csrf_token = «random.getrandbits(160)»
return csrf_token
## held-passcode: import random; import string
passwd = ''.join(«random.choice(string.digits)» for _ in range(8))
return passwd
## safe strong: @secrets.choice; import string
token = ''.join(«$choice(string.ascii_letters)» for _ in range(32))
return token
## safe shuffle: import random
order = ['$word', '$noun', $v]
«random.shuffle(order)»
return order
## safe delay: import random; import time
time.sleep(«random.uniform(0.1, 0.5)»)
return $v
## safe token: @secrets.token_hex
return «$token_hex(16)»
## safe held-dice: import random
roll = «random.randint(1, 6)»
return roll
""",
    held_out="held-csrf held-passcode held-dice",
)
