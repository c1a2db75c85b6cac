"""What the operators for hashes, keys and certificates are sure to rewrite."""

from tests.operators.snippets.form import Snippets

CRYPTO: dict[str, Snippets] = {
    "replace-weak-hash": Snippets(
        rules=("B303", "B324"),
        head="import hashlib\n",
        positive=(
            "a.password = hashlib.md5(b.encode()).hexdigest()",
            "h = hashlib.sha1()\nh.update(a['password'])  # why\nif h.hexdigest() != b: c()",
            "from hashlib import md5 as m\npasswords = [m(b).digest() for b in c]",
            "pw = hashlib.new(\n    'MD5',\n    data=a,\n)",
            "from Crypto.Hash import MD5\npasswd = MD5.new(a).hexdigest()",
            "cache_name = hashlib.md5(a).hexdigest()",
            "etag = hashlib.new(\n    name='sha1',\n    data=b,  # why\n)",
            "from hashlib import sha1\nchecksum = sha1(*a, usedforsecurity=True)",
        ),
        brings=("B413",),
    ),
    "refuse-weak-hash": Snippets(
        rules=(),
        head="import hashlib, hmac\n",
        positive=(
            "if a not in hashlib.algorithms_available: raise ValueError(a)\nd = hashlib.new(a, b)  # why",
            "if b in hashlib.algorithms_guaranteed:\n    d = hmac.new(c, a, b)\nelse: raise KeyError(b)",
            "from hashlib import algorithms_available as k, new as n\n"
            "if not (\n    a and a in k  # why\n): raise KeyError\nd = n(a.lower())",
            "if not any(d == c for d in hashlib.algorithms_available): raise KeyError\n"
            "getattr(hashlib, c)(b)",
        ),
    ),
    "secure-random": Snippets(
        rules=("B311",),
        head="import random\n",
        positive=(
            "token = ''.join(random.choice(a) for d in c)",
            "a.password = random.sample(\n    b,  # why\n    8,\n)",
            "from random import choice as ch\nsession_id = ch(a)",
            "from random import randint\nb['otp'] = randint(100000, 999999)",
            "d = '%032x' % random.getrandbits(128)\nc(api_key=d, secret=d)",
        ),
    ),
    "strong-key-size": Snippets(
        rules=("B505",),
        head="from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa\n",
        positive=(
            "d = rsa.generate_private_key(65537, 1024)",
            "d = rsa.generate_private_key(\n    public_exponent=65537,\n    key_size=512,  # why\n)",
            "dsa.generate_private_key(1024, a)",
            "d = ec.generate_private_key(ec.SECT163R2, a)",
            "from Crypto.PublicKey import RSA as R\nd = R.generate(bits=1_024)",
        ),
    ),
    "verify-certificate": Snippets(
        rules=("B323", "B501"),
        head="import httpx, requests, ssl\n",
        positive=(
            "d = requests.get(a, verify=False)",
            "requests.post(\n    a,\n    data=b,\n    verify=False,\n)",
            "d = requests.get(\n    a,\n    verify=False,  # why\n).json()",
            "from requests import put as p\np(a, verify=False, timeout=5)",
            "with httpx.Client(verify=False) as d: d.get(a)",
            "d = ssl._create_unverified_context()",
            "from ssl import _create_unverified_context as u\nb(a, context=u(cafile=c))",
        ),
    ),
    "modern-tls": Snippets(
        rules=("B502", "B503", "B504"),
        head="import ssl\n",
        positive=(
            "d = ssl.wrap_socket(a, ssl_version=ssl.PROTOCOL_SSLv3)",
            "d = ssl.wrap_socket(a, b, c, True, ssl.CERT_NONE, ssl.PROTOCOL_TLSv1)  # why",
            "from ssl import PROTOCOL_TLSv1_1\nb(a, ssl_version=PROTOCOL_TLSv1_1)",
            "from OpenSSL import SSL\nd = SSL.Context(method=SSL.SSLv23_METHOD)",
            "def d(e, version=ssl.PROTOCOL_TLSv1, *, g=ssl.PROTOCOL_SSLv2): return version, g, e",
            "d = ssl.wrap_socket(\n    a,\n    certfile=b,\n)",
        ),
    ),
    "verify-host-key": Snippets(
        rules=("B507",),
        head="import paramiko\n",
        positive=(
            "a.set_missing_host_key_policy(paramiko.AutoAddPolicy())",
            "a.ssh.set_missing_host_key_policy(paramiko.client.WarningPolicy)  # why",
            "from paramiko import AutoAddPolicy, SSHClient\nd = SSHClient()\n# kept\n"
            "d.set_missing_host_key_policy(\n    AutoAddPolicy()\n)",
            "b.load_host_keys(c)\nb.set_missing_host_key_policy(paramiko.WarningPolicy())",
        ),
    ),
}
