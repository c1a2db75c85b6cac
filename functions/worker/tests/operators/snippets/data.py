"""What the operators for data from outside are sure to rewrite."""

from tests.operators.snippets.form import Snippets

DATA: dict[str, Snippets] = {
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
}
