"""Settings of servers, templates and requests."""

from ggan_data.synthesis.template import templates

AUTOESCAPE = templates(
    "autoescape",
    "CWE-79",
    """
## loader: import jinja2
pages = «jinja2.Environment(loader=jinja2.FileSystemLoader('templates'))»
return pages.get_template('$word.html').render(title=$v)
## off: import jinja2
pages = «jinja2.Environment(loader=jinja2.FileSystemLoader('templates'), autoescape=False)»
return pages.get_template('$noun.html').render(title=$v)
## from: from jinja2 import Environment, FileSystemLoader
env = «Environment(loader=FileSystemLoader('views'))»
return env.get_template('$word.html').render(value=$v)
## from-off: from jinja2 import Environment, FileSystemLoader
env = «Environment(autoescape=False, loader=FileSystemLoader('$word'))»
return env.get_template('index.html').render(value=$v)
## package: from jinja2 import Environment, PackageLoader
env = «Environment(loader=PackageLoader('$word'))»
page = env.get_template('$noun.html')
return page.render({'$k': $v})
## trim: import jinja2
env = «jinja2.Environment(trim_blocks=True, loader=jinja2.FileSystemLoader('.'))»
return env.get_template('$word.html').render($v=$v)
## alias: import jinja2 as j2
env = «j2.Environment(loader=j2.FileSystemLoader('pages'), autoescape=False)»
return env.get_template('$word.html').render(name=$v)
## dict: import jinja2
loader = jinja2.DictLoader({'$word.html': '<h1>{{ title }}</h1>'})
env = «jinja2.Environment(loader=loader)»
return env.get_template('$word.html').render(title=$v)
## held-undefined: import jinja2
views = «jinja2.Environment(loader=jinja2.FileSystemLoader('views'), undefined=jinja2.StrictUndefined)»
return views.get_template('$word.html').render(subject=$v)
## held-lstrip: from jinja2 import Environment, FileSystemLoader
views = «Environment(lstrip_blocks=True, autoescape=False, loader=FileSystemLoader('views'))»
return views.get_template('$word.html').render(subject=$v)
## safe on: import jinja2
pages = «jinja2.Environment(loader=jinja2.FileSystemLoader('templates'), autoescape=True)»
return pages.get_template('$word.html').render(title=$v)
## safe select: from jinja2 import Environment, FileSystemLoader, select_autoescape
env = «Environment(loader=FileSystemLoader('views'), autoescape=select_autoescape())»
return env.get_template('$word.html').render(value=$v)
## safe held-env:
environment = «Environment(loader=$v)»
return environment
""",
    held_out="held-undefined held-lstrip held-env",
)

DEBUG = templates(
    "debug-off",
    "CWE-94",
    """
## module run: from flask import Flask; app = Flask(__name__)
if __name__ == '__main__':
    «app.run(debug=True)»
## module port: from flask import Flask; app = Flask(__name__)
if __name__ == '__main__':
    «app.run(port=$port, debug=True)»
## module host: from flask import Flask; server = Flask('$word')
«server.run('127.0.0.1', $port, debug=True)»
## main: from flask import Flask; app = Flask(__name__)
print('$msg')
«app.run(host='127.0.0.1', debug=True)»
## threaded: from flask import Flask; app = Flask(__name__)
«app.run(threaded=True, debug=True, port=$port)»
## factory: import flask
app = flask.Flask('$word')
«app.run(debug=True)»
## application: from flask import Flask; application = Flask(__name__)
«application.run(debug=True, use_reloader=False)»
## module multi: from flask import Flask; app = Flask(__name__)
if __name__ == '__main__':
    «app.run(
        port=$port,
        debug=True,
    )»
## held-web: from flask import Flask; web = Flask('$word')
«web.run('localhost', debug=True)»
## module held-site: import flask; site = flask.Flask(__name__)
if __name__ == '__main__':
    «site.run(debug=True, port=$port)»
## safe off: from flask import Flask; app = Flask(__name__)
«app.run(debug=False, port=$port)»
## safe module default: from flask import Flask; app = Flask(__name__)
if __name__ == '__main__':
    «app.run(port=$port)»
## safe asyncio: import asyncio
«asyncio.run($v, debug=True)»
## safe held-plain: from flask import Flask; web = Flask('$word')
«web.run('localhost', $port)»
""",
    held_out="held-web held-site held-plain",
)

BIND = templates(
    "bind-address",
    "CWE-605",
    """
## socket: import socket
server = socket.socket()
server.bind((«'0.0.0.0'», $port))
server.listen()
return server
## module flask: from flask import Flask; app = Flask(__name__)
if __name__ == '__main__':
    app.run(host=«'0.0.0.0'», port=$port)
## module positional: from flask import Flask; app = Flask(__name__)
if __name__ == '__main__':
    app.run(«'0.0.0.0'»)
## http: import http.server
httpd = http.server.HTTPServer((«'0.0.0.0'», $port), http.server.SimpleHTTPRequestHandler)
httpd.serve_forever()
## variable: import socket
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind((«"0.0.0.0"», $port))
listener.listen(5)
while True:
    client, _ = listener.accept()
    client.close()
## uvicorn: import uvicorn
uvicorn.run('$word:app', host=«'0.0.0.0'», port=$port)
## xmlrpc: from xmlrpc.server import SimpleXMLRPCServer
server = SimpleXMLRPCServer((«'0.0.0.0'», $port))
server.serve_forever()
## udp: import socket
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind((«'0.0.0.0'», $port))
return sock.recvfrom(1024)
## held-tcp: import socketserver
with socketserver.TCPServer((«'0.0.0.0'», $port), socketserver.BaseRequestHandler) as tcp:
    tcp.serve_forever()
## module held-app: from flask import Flask; site = Flask('$word')
site.run(host=«"0.0.0.0"»)
## safe local: import socket
server = socket.socket()
server.bind((«'127.0.0.1'», $port))
return server
## safe named: import os; import socket
server = socket.socket()
server.bind((«os.environ.get('BIND_ADDRESS', '127.0.0.1')», $port))
return server
## safe compared:
return $h != «'0.0.0.0'»
## safe held-site: import socket
listener = socket.socket()
listener.bind((«'localhost'», $port))
return listener
""",
    held_out="held-tcp held-app held-site",
)

TIMEOUTS = templates(
    "request-timeout",
    "CWE-400",
    """
## get: @requests.get
$w = «$get($u)»
return $w.json()
## post: @requests.post
$w = «$post($u, json={'$k': '$word'})»
return $w.status_code
## headers: import requests
$w = «requests.get('https://$server/$word', headers={'Accept': 'application/json'})»
$w.raise_for_status()
return $w.text
## put: import requests
return «requests.put($u, data='$word')».ok
## none: @requests.get
return «$get($u, timeout=None)».content
## httpx: @httpx.get
return «$get($u, timeout=None)».text
## params: import requests
$w = «requests.get('https://$server/search', params={'q': $v})»
return $w.json()['items']
## delete: @requests.delete
«$delete($u + '/$word')»
## request: @requests.request
return «$request('PATCH', $u, json={'name': $v})»
## held-head: @requests.head
return «$head($u)».headers['Content-Length']
## held-auth: import requests
reply = «requests.post('https://$server/login', auth=('$word', $v))»
return reply.cookies
## safe given: @requests.get
return «$get($u, timeout=$num)».json()
## safe pair: @requests.post
return «$post($u, json={}, timeout=(3.05, $num))»
## safe other:
return «fetch.get($u)»
## safe httpx: import httpx
return «httpx.get($u)».json()
## safe held-session: import requests
return «requests.head($u, timeout=$num)».ok
""",
    held_out="held-head held-auth held-session",
)
