"""What each operator is sure to rewrite: every operator of the registry has a row here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Snippets:
    """Statements that one operator rewrites, wherever in a program they stand.

    They may use the names a, b and c, which the programs around them define.
    """

    rules: tuple[str, ...]
    """Bandit's rules for which the operator is planned."""
    head: str
    """The imports that all snippets rely on."""
    positive: tuple[str, ...]
    brings: tuple[str, ...] = ()
    """Rules that flag the replacement, though it is right."""


SNIPPETS: dict[str, Snippets] = {
    "safe-loader": Snippets(
        rules=("B506",),
        head="import yaml\n",
        positive=(
            "d = yaml.load(a)",
            "d = yaml.load(a, Loader=yaml.Loader)",
            "yaml.load(a, yaml.FullLoader)  # why",
            "d = yaml.load(\n    a,\n    Loader=yaml.UnsafeLoader,\n)",
            "from yaml import load as l\nd = l(a)",
            "import yaml as y\nd = [y.load(b) for b in c]",
            "d = yaml.load(a, Loader=yaml.CLoader)['x']",
            "with open(a) as f: d = yaml.load(f)",
        ),
    ),
    "parameterize-query": Snippets(
        rules=("B608", "B610", "B611"),
        head="import sqlite3\ndb = sqlite3.connect('x')\n",
        positive=(
            'db.execute("SELECT x FROM t WHERE y = \'" + a + "\'")',
            "d = c.objects.extra(where=[f\"x = '{a}'\"])",
            "d = db.execute(f'SELECT x FROM t WHERE y LIKE \"%{b}%\"').fetchall()  # why",
            "db.cursor().execute(\n    '''SELECT x\n    FROM t\n    WHERE y = \"{0}\" '''.format(a)\n)",
            "q = \"DELETE FROM t WHERE y='%s' AND z='%d'\" % (a, b)\ndb.execute(q)",
            'q = "DELETE FROM t WHERE y = \'" + a + "\'"\nif b: print(c)\ndb.execute(q)',
            "q = f\"DELETE FROM t WHERE y='{a}'\"\nprint('now', q)\ndb.execute(q)",
            "d = 'u'\ndb.executemany(f'INSERT INTO {d} (x) VALUES (?)', b)",
            'q = f"DELETE FROM t WHERE y=\'{a}\'"\nif b:\n    q += " AND z=\'" + c + "\'"\ndb.execute(q)',
        ),
    ),
    "secret-from-env": Snippets(
        rules=("B105", "B106", "B107"),
        head="import smtplib\n",
        positive=(
            "password = 'hunter2!x'",
            "secret = 'k3y-99812'  # why",
            "b['SECRET_KEY'] = \"dev-4f5e6a7b\"",
            "c.api_token = 'tok-55667788'",
            "d = connect(user='root', password='root-pa55word')",
            "d = connect(\n    a,\n    password='sh0p-pa55word',  # kept\n)",
            "a.secret_key = b['token'] = 'a1b2c3d4'",
            "a['SECRET_KEY'] = ('a1b2'\n    'c3d4')",
            "d = {'user': a, 'password': 'x1'}",
            "a.connect(\n    user='me',\n    passwd='',  # blank\n)",
            "if a.password == 'hunter2x' and b: c()",
            "def d(b, password='hunter2x'):\n    'Says.'\n    return a(password)",
        ),
    ),
    "argv-without-shell": Snippets(
        rules=("B602", "B605", "B609"),
        head="import os, subprocess\n",
        positive=(
            "subprocess.call('ls -l /srv', shell=True)",
            "d = subprocess.check_output('git log ' + a, shell=True)",
            "subprocess.run(\n    f'touch /srv/{a}/seen',\n    shell=True,\n    check=True,\n)",
            "os.system('tool check ' + a)",
            "os.system(f\"tool check '{b}' --all\")  # why",
            "if a: os.system('sync')",
            "d = os.popen(f\"cat '{a}'\").read()",
            "if os.system('test -f %s' % a) != 0: print(b)",
            "from os import system as s\nd = s('make -C {}'.format(a))",
            "for d in os.popen('ls ' + a): print(d)",
            "d = subprocess.getstatusoutput(f'cat {a} | sort > x')",
            "os.system('cd ' + a + ' && chown root *')  # why",
        ),
        brings=("B404", "B603", "B607"),
    ),
    "hoist-global": Snippets(
        rules=(),
        head="",
        positive=(
            "e = a; global e; e = b",
            "print(e)\nglobal e  # why\ne = a",
            "if e != a:\n    print(b)\n\n# the new one\nglobal e, g\ne = g = c",
            "if e:\n    global e\nelse:\n    global e, g\n    e, g = a, b",
            "for e in c: global e",
            "class D:\n    e = a\n    global e\n    e = b",
        ),
    ),
    "request-timeout": Snippets(
        rules=("B113",),
        head="import requests\n",
        positive=(
            "d = requests.get(a)",
            "requests.post(a, data=b, timeout=None)  # why",
            "d = requests.put(\n    a,\n    b,  # kept\n)",
            "import httpx as h\nwith h.Client(timeout=None) as d: c = d.get(a)",
            "from requests import delete as r\nd = [r(b, *c) for b in c]",
            "def d(e, **k):\n    return requests.get(e, **k)",
        ),
    ),
    "debug-off": Snippets(
        rules=("B201",),
        head="import flask\n",
        positive=(
            "a.run(debug=True)",
            "c.app.run('::1', 80, debug=True, use_debugger=True)  # why",
            "flask.Flask('x').run(\n    debug=True,\n    port=b,\n)",
            "if a: a.run(host=b, debug=True, **c)",
            "from server import app\napp.run(debug=True)",
        ),
    ),
    "bind-address": Snippets(
        rules=("B104",),
        head="import os\n",
        positive=(
            "a.bind(('0.0.0.0', 80))",
            "a.run(\n    host='0.0.0.0',  # all\n    port=b,\n)",
            'd = HTTPServer(("0.0.0.0", 80), b)',
            "host = '0.0.0.0'\na.run(b, host)",
            "a.run(host=os.getenv('HOST', '0.0.0.0'))",
        ),
    ),
    "private-temporary-file": Snippets(
        rules=("B306",),
        head="import os, tempfile\n",
        positive=(
            "d = tempfile.mktemp()",
            "d = tempfile.mktemp('.txt')\nwith open(d, 'w') as f: f.write(a)",
            "d = tempfile.mktemp(prefix=a)  # why\nos.mkdir(d)\na(d)",
            "a(\n    tempfile.mktemp(suffix=b),  # kept\n)",
            "from tempfile import mktemp as m\nd = [m() for _ in c]",
            "d = tempfile.mktemp('.txt', 'x')\na(d)\nos.remove(d)",
        ),
    ),
    "temporary-path": Snippets(
        rules=("B108",),
        head="import os\n",
        positive=(
            "def x(a, b):\n    d = '/tmp/x'  # why\n    with open(d, 'w') as e: b(e)\n"
            "    b(d)\n    os.remove(d)",
            "def y(a):\n    d = '/tmp/y.z'\n    e = open(\n        d, 'w'\n    )\n    if a:\n"
            "        os.unlink(d)",
        ),
    ),
    "private-permissions": Snippets(
        rules=("B103",),
        head="import os\n",
        positive=(
            "os.chmod(a, 0o777)",
            "os.chmod(\n    a,\n    438,  # why\n)",
            "from os import chmod as m\nm(a, 0x1B6)",
            "for d in a: os.chmod(d, 0o1777)",
        ),
    ),
    "safe-extract": Snippets(
        rules=("B202",),
        head="import tarfile\n",
        positive=(
            "with tarfile.open(a) as d: d.extractall()",
            "tarfile.open(a).extractall(b, members=c)  # why",
            "d = tarfile.TarFile(a)\nd.extractall(\n    path=b,\n)",
            "from tarfile import open as o\ne = o(a)\ne.extractall(filter=None)",
        ),
    ),
    "weights-only-load": Snippets(
        rules=("B614",),
        head="import torch\n",
        positive=(
            "a.load_state_dict(torch.load(b))",
            "a.load_state_dict(\n    torch.load(b, map_location=c),  # why\n)",
            "a.load_state_dict(torch.load(b)['x'])\na.load_state_dict(torch.load(c, weights_only=False))",
            "from torch import load as l\nb(a.load_state_dict(l(c)))",
        ),
    ),
    "safe-xml-parser": Snippets(
        rules=("B313", "B314", "B317", "B318", "B319"),
        head="import defusedxml\nimport xml.etree.ElementTree as ET, xml.dom.minidom, xml.sax\n",
        positive=(
            "d = ET.parse(a).getroot()",
            "d = ET.fromstring(\n    a,  # why\n)",
            "d = xml.dom.minidom.parseString(a)",
            "xml.sax.parse(a, b)",
            "from xml.dom.pulldom import parse as p\nd = [e for e in p(a)]",
        ),
        brings=("B405", "B406", "B407", "B408", "B409"),
    ),
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
    "autoescape": Snippets(
        rules=("B701",),
        head="import jinja2\n",
        positive=(
            "d = jinja2.Environment()",
            "d = jinja2.Environment(loader=a, autoescape=False)  # why",
            "d = jinja2.Environment(\n    loader=a,\n    trim_blocks=b,\n)",
            "from jinja2 import Environment as e\nd = e(loader=a)",
            "d = [jinja2.Environment(loader=b) for b in c]",
        ),
    ),
    "escape-markup": Snippets(
        rules=("B308", "B704"),
        head="from django.utils.safestring import mark_safe\nfrom markupsafe import Markup\n",
        positive=(
            "d = Markup(f'<b>{a}</b>')",
            "d = Markup('<b>%s</b>' % a).strip()  # why",
            "from markupsafe import Markup as m\nd = m(\n    '<b>{}</b>'.format(b)\n)",
            "d = mark_safe(f'<b>{a!r}</b>')",
            "d = mark_safe(\n    '<b>' + b + '</b>',\n)",
            "d = [mark_safe('<b>%s</b>' % b) for b in c]",
        ),
    ),
    "explicit-check": Snippets(
        rules=("B101",),
        head="",
        positive=(
            "assert a",
            "assert a == b, 'why'  # kept",
            "assert not a and b, (a, b)",
            "assert isinstance(\n    a,\n    dict,\n)",
            "assert a in b; # one",
            "assert a is not None, f'{b}'",
        ),
    ),
    "logged-exception": Snippets(
        rules=("B110", "B112"),
        head="import logging\nlog = logging.getLogger('x')\n",
        positive=(
            "try: a()\nexcept: pass",
            "try:\n    a()\nexcept Exception as d:\n    pass  # why\nelse:\n    b()",
            "for d in c:\n    try: a()\n    except Exception:\n        # next\n        continue\n    b()",
            "while a:\n    try: b()\n    except: continue",
            "try: a()\nexcept (KeyError, c): b()\nexcept Exception:\n\n    pass\nfinally: c()",
        ),
    ),
    "visible-source": Snippets(
        rules=("B613",),
        head="",
        positive=(
            "d = 'x\u202ey'",
            "d = a  # \u2066why\u2069",
            "d = f'\u202e{a}' + r'\u202c'",
            "# \u2067\nd = ('x'\n    'y\u2069')",
            "d = '''\u200f\n'''",
        ),
    ),
    "literal-eval": Snippets(
        rules=("B307",),
        head="import ast\n",
        positive=(
            "d = eval('[1, 2]')",
            "d = eval('-2').real  # why",
            "d = {'a': eval('{}'), 'b': eval(\n    '(1, 2)'\n)}",
            "if eval('None'): a()",
            "d = [-eval('3') for b in c]",
        ),
    ),
}
