"""Hashes, keys, certificates and random numbers."""

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
## unchecked: import hashlib
$w = «hashlib.new($v, $v2)»
return $w.digest()
--> STRONG = ('sha256', 'sha384', 'sha512')
if $v not in STRONG:
    raise ValueError('weak digest')
$w = hashlib.new($v, $v2)
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

KEYS = templates(
    "strong-key-size",
    "CWE-326",
    """
## crypto-rsa: from Crypto.PublicKey import RSA
key = «RSA.generate(1024)»
return key.export_key()
## crypto-dsa: from Crypto.PublicKey import DSA
return «DSA.generate(1024)»
## rsa-keyword: from cryptography.hazmat.primitives.asymmetric import rsa
key = «rsa.generate_private_key(public_exponent=65537, key_size=1024)»
return key
## rsa-positional: from cryptography.hazmat.primitives.asymmetric import rsa
return «rsa.generate_private_key(65537, 512)»
## dsa: from cryptography.hazmat.primitives.asymmetric import dsa
key = «dsa.generate_private_key(key_size=1024)»
return key.public_key()
## bits: from Crypto.PublicKey import RSA
pair = «RSA.generate(bits=⟪512¦768¦1024⟫)»
return pair.publickey()
## alias: from Crypto.PublicKey import RSA as keys
return «keys.generate(1024)».export_key('PEM')
## domex: from Cryptodome.PublicKey import RSA
key = «RSA.generate(1024)»
return key
## curve: from cryptography.hazmat.primitives.asymmetric import ec
return «ec.generate_private_key(ec.SECT163R2())»
## held-server: from cryptography.hazmat.primitives.asymmetric import rsa
server_key = «rsa.generate_private_key(public_exponent=3, key_size=768)»
return server_key
## held-dsa-bits: from Crypto.PublicKey import DSA
signing = «DSA.generate(bits=1024)»
return signing
## safe strong: from Crypto.PublicKey import RSA
key = «RSA.generate(⟪2048¦3072¦4096⟫)»
return key
## safe strong-keyword: from cryptography.hazmat.primitives.asymmetric import rsa
return «rsa.generate_private_key(public_exponent=65537, key_size=4096)»
## safe number:
return «generate(1024)»
## safe held-curve: from cryptography.hazmat.primitives.asymmetric import ec
return «ec.generate_private_key(ec.SECP256R1())»
""",
    held_out="held-server held-dsa-bits held-curve",
)

CERTIFICATES = templates(
    "verify-certificate",
    "CWE-295",
    """
## get: @requests.get
$w = «$get($u, verify=False, timeout=$num)»
return $w.json()
## post: @requests.post
$w = «$post($u, json={'$k': '$word'}, timeout=$num, verify=False)»
return $w.status_code
## httpx: import httpx
with «httpx.Client(verify=False)» as client:
    return client.get($u).text
## httpx-get: @httpx.get
return «$get($u, verify=False)».json()
## context: import ssl; import urllib.request
context = «ssl._create_unverified_context()»
return urllib.request.urlopen('https://$server/$word', context=context)
## put: import requests
«requests.put($u, data='$word', verify=False, timeout=$num)»
## delete: @requests.delete
return «$delete($u, verify=False, timeout=$num)».ok
## context-from: from ssl import _create_unverified_context
import http.client
connection = http.client.HTTPSConnection('$server', context=«_create_unverified_context()»)
connection.request('GET', '/$word')
return connection.getresponse().read()
## held-head: @requests.head
headers = «$head($u, timeout=$num, verify=False)».headers
return dict(headers)
## held-stream: import requests
with «requests.get($u, stream=True, verify=False, timeout=$num)» as stream:
    return stream.content
## safe checked: @requests.get
$w = «$get($u, verify=True, timeout=$num)»
return $w.json()
## safe default: @requests.post
return «$post($u, json={'$k': '$word'}, timeout=$num)»
## safe bundle: @requests.get
return «$get($u, verify='/etc/ssl/certs/ca.pem', timeout=$num)»
## safe context: @ssl.create_default_context
return «$create_default_context()»
## safe held-client: import httpx
return «httpx.get($u, timeout=$num)».json()
""",
    held_out="held-head held-stream held-client",
)

TLS = templates(
    "modern-tls",
    "CWE-327",
    """
## wrap: import ssl; import socket
plain = socket.create_connection(('$server', 443))
return «ssl.wrap_socket(plain, ssl_version=ssl.PROTOCOL_TLSv1)»
## wrap-3: @ssl.wrap_socket; import ssl
return «$wrap_socket($h, ssl_version=ssl.PROTOCOL_SSLv3)»
## wrap-default: @ssl.wrap_socket
secured = «$wrap_socket($h, certfile='$word.pem')»
return secured
## keyword: import ssl
return «open_server('$server', ssl_version=ssl.PROTOCOL_TLSv1_1)»
## openssl: from OpenSSL import SSL
context = «SSL.Context(SSL.SSLv3_METHOD)»
return context
## openssl-method: from OpenSSL import SSL
return «SSL.Context(method=SSL.TLSv1_METHOD)»
## wrap-2: import ssl
sock = «ssl.wrap_socket($h, keyfile='$word.key', certfile='$word.pem', ssl_version=ssl.PROTOCOL_SSLv2)»
return sock
## from: from ssl import PROTOCOL_TLSv1, wrap_socket
return «wrap_socket($h, ssl_version=PROTOCOL_TLSv1)»
## held-server: import ssl
listener = «ssl.wrap_socket($h, server_side=True, ssl_version=ssl.PROTOCOL_TLSv1_1)»
return listener
## held-23: from OpenSSL import SSL
context = «SSL.Context(SSL.SSLv23_METHOD)»
return context
## safe default: import ssl
context = «ssl.create_default_context()»
return context.wrap_socket($h, server_hostname='$server')
## safe client: import ssl
context = «ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)»
context.minimum_version = ssl.TLSVersion.TLSv1_2
return context
## safe wrap: import ssl
return «ssl.wrap_socket($h, ssl_version=ssl.PROTOCOL_TLS)»
## safe held-minimum: import ssl
context = ssl.create_default_context()
«context.load_verify_locations('$word.pem')»
return context
""",
    held_out="held-server held-23 held-minimum",
)

HOSTS = templates(
    "verify-host-key",
    "CWE-295",
    """
## auto: import paramiko
client = paramiko.SSHClient()
«client.set_missing_host_key_policy(paramiko.AutoAddPolicy())»
client.connect($h)
return client
## warning: import paramiko
ssh = paramiko.SSHClient()
«ssh.set_missing_host_key_policy(paramiko.WarningPolicy())»
ssh.connect($h, username='$word')
return ssh
## class: import paramiko
client = paramiko.SSHClient()
«client.set_missing_host_key_policy(paramiko.AutoAddPolicy)»
client.connect(hostname=$h)
_, out, _ = client.exec_command('uptime')
return out.read()
## from: from paramiko import AutoAddPolicy, SSHClient
client = SSHClient()
«client.set_missing_host_key_policy(AutoAddPolicy())»
client.connect($h, port=22)
return client.open_sftp()
## client: import paramiko
c = paramiko.client.SSHClient()
«c.set_missing_host_key_policy(paramiko.client.AutoAddPolicy())»
c.connect($h, timeout=$num)
return c
## loaded: import paramiko
ssh_client = paramiko.SSHClient()
ssh_client.load_system_host_keys()
«ssh_client.set_missing_host_key_policy(paramiko.WarningPolicy())»
ssh_client.connect($h)
return ssh_client
## alias: import paramiko as pm
remote = pm.SSHClient()
«remote.set_missing_host_key_policy(pm.AutoAddPolicy())»
remote.connect($h)
return remote
## run: import paramiko
connection = paramiko.SSHClient()
«connection.set_missing_host_key_policy(paramiko.AutoAddPolicy())»
connection.connect($h)
connection.exec_command('df -h')
connection.close()
## held-warn: from paramiko import SSHClient, WarningPolicy
shell = SSHClient()
«shell.set_missing_host_key_policy(WarningPolicy())»
shell.connect($h)
return shell
## held-sftp: import paramiko
transfer = paramiko.SSHClient()
«transfer.set_missing_host_key_policy(paramiko.AutoAddPolicy())»
transfer.connect($h)
transfer.open_sftp().get('/etc/motd', 'motd')
## safe reject: import paramiko
client = paramiko.SSHClient()
client.load_system_host_keys()
«client.set_missing_host_key_policy(paramiko.RejectPolicy())»
client.connect($h)
return client
## safe default: import paramiko
client = paramiko.SSHClient()
«client.load_system_host_keys()»
client.connect($h)
return client
## safe held-known: import paramiko
shell = paramiko.SSHClient()
«shell.load_host_keys('known_hosts')»
shell.connect($h)
return shell
""",
    held_out="held-warn held-sftp held-known",
)
