"""Archives, and data from outside that builds objects."""

from ggan_data.synthesis.template import templates

LOADERS = templates(
    "safe-loader",
    "CWE-502",
    """
## load: @yaml.load
return «$load($v)»
## loader: import yaml
with open($f) as file:
    $w = «yaml.load(file, Loader=yaml.Loader)»
return $w
## full: import yaml
settings = «yaml.load($v, Loader=yaml.FullLoader)»
return settings['$k']
## unsafe: import yaml
return «yaml.load($v, Loader=yaml.UnsafeLoader)»
## positional: import yaml
with open($f) as stream:
    return «yaml.load(stream, yaml.Loader)»
## file: @yaml.load
with open('$word.yml') as file:
    config = «$load(file)»
return config.get($v)
## c: import yaml
return «yaml.load($v, Loader=yaml.CLoader)»
## all: import yaml
return list(«yaml.load_all($v, Loader=yaml.Loader)»)
## unsafe-load: @yaml.unsafe_load
return «$unsafe_load($v)»
## held-request: import yaml
body = $v.strip()
document = «yaml.load(body, Loader=yaml.Loader)»
return document
## held-full: @yaml.full_load
with open($f) as stream:
    return «$full_load(stream)»
## safe safe: @yaml.safe_load
return «$safe_load($v)»
## safe loader: import yaml
with open($f) as file:
    return «yaml.load(file, Loader=yaml.CSafeLoader)»
## safe json: import json
return «json.loads($v)»
## safe other:
return «$v.load()»
## safe held-all: @yaml.safe_load_all
return list(«$safe_load_all($v)»)
""",
    held_out="held-request held-full held-all",
)

WEIGHTS = templates(
    "weights-only-load",
    "CWE-502",
    """
## state: import torch
model.load_state_dict(«torch.load($f)»)
return model
## mapped: import torch
model.load_state_dict(«torch.load($f, map_location='cpu')»)
model.eval()
## self: import torch
net.load_state_dict(«torch.load('$word.pt')»)
return net
## item: import torch
model.load_state_dict(«torch.load($f)»['state_dict'])
## from: from torch import load
model.load_state_dict(«load($f)»)
## false: import torch
model.load_state_dict(«torch.load($f, weights_only=False)»)
return model
## strict: import torch
model.load_state_dict(«torch.load($f)», strict=False)
## alias: import torch as th
net.load_state_dict(«th.load('$noun.pth')»)
## held-optimizer: import torch
optimizer.load_state_dict(«torch.load($f, map_location='cpu')»)
return optimizer
## held-encoder: import torch
encoder.load_state_dict(«torch.load('$word.ckpt')»)
## safe only: import torch
model.load_state_dict(«torch.load($f, weights_only=True)»)
## safe numbers: import numpy
return «numpy.load($f)»
## safe held-tensors: from safetensors.torch import load_file
encoder.load_state_dict(«load_file($f)»)
""",
    held_out="held-optimizer held-encoder held-tensors",
)

XML = templates(
    "safe-xml-parser",
    "CWE-611",
    """
## parse: import xml.etree.ElementTree as ET
return «ET.parse($f)».getroot()
## text: import xml.etree.ElementTree as ET
root = «ET.fromstring($v)»
return root.findtext('$k')
## from: from xml.etree.ElementTree import fromstring
return «fromstring($v)».attrib
## minidom: import xml.dom.minidom
document = «xml.dom.minidom.parseString($v)»
return document.documentElement
## minidom-file: from xml.dom import minidom
return «minidom.parse($f)»
## sax: import xml.sax
«xml.sax.parse($f, handler)»
return handler
## iterate: import xml.etree.ElementTree as ET
for event, element in «ET.iterparse($f)»:
    print(element.tag)
## pulldom: from xml.dom import pulldom
return [each for each in «pulldom.parseString($v)»]
## held-tree: from xml.etree import ElementTree
tree = «ElementTree.parse($f)»
return tree.find('$k')
## held-sax-text: import xml.sax
«xml.sax.parseString($v, handler)»
## safe defused: import defusedxml.ElementTree as ET
return «ET.fromstring($v)»
## safe built: import xml.etree.ElementTree as ET
return «ET.Element('$k')», $v
## safe written: import xml.etree.ElementTree as ET
return «ET.tostring($v)»
## safe held-minidom: import defusedxml.minidom
return «defusedxml.minidom.parseString($v)»
""",
    held_out="held-tree held-sax-text held-minidom",
)

EXTRACT = templates(
    "safe-extract",
    "CWE-22",
    """
## with: @tarfile.open
with $open($f) as tar:
    «tar.extractall('$dir')»
## plain: import tarfile
tar = tarfile.open($f)
«tar.extractall()»
tar.close()
## path: import tarfile
with tarfile.open($f, 'r:gz') as archive:
    «archive.extractall(path='$dir')»
return '$dir'
## chained: import tarfile
«tarfile.open($f).extractall('$dir')»
## class: import tarfile
tar = tarfile.TarFile($f)
«tar.extractall('$word')»
## members: import tarfile
with tarfile.open($f) as tar:
    names = tar.getnames()
    «tar.extractall('$dir', members=tar.getmembers())»
return names
## mode: import tarfile
archive = tarfile.open(name=$f, mode='r:*')
«archive.extractall('$dir')»
return archive.getnames()
## stream: import io; import tarfile
with tarfile.open(fileobj=io.BytesIO($v)) as tar:
    «tar.extractall('$dir')»
## held-xz: import tarfile
with tarfile.open($f, mode='r:xz') as bundle:
    «bundle.extractall('$dir')»
    return len(bundle.getnames())
## held-backup: import tarfile
backup = tarfile.open($f)
«backup.extractall(path='$word')»
backup.close()
## safe filter: import tarfile
with tarfile.open($f) as tar:
    «tar.extractall('$dir', filter='data')»
## safe names: import tarfile
with tarfile.open($f) as tar:
    return «tar.getnames()»
## safe one: import zipfile
with zipfile.ZipFile($f) as archive:
    return «archive.namelist()»
## safe held-filter: import tarfile
bundle = tarfile.open($f)
«bundle.extractall(filter='data')»
bundle.close()
""",
    held_out="held-xz held-backup held-filter",
)
