"""Every template, by operator."""

from ggan_data.synthesis.template import Template
from ggan_data.synthesis.templates.commands import COMMANDS, WORDS
from ggan_data.synthesis.templates.files import PERMISSIONS, TEMPORARY, TEMPORARY_PATHS
from ggan_data.synthesis.templates.flow import ASSERTS, GLOBALS, SWALLOWED
from ggan_data.synthesis.templates.hashes import CALLER_HASHES, HASHES, RANDOM
from ggan_data.synthesis.templates.html import HTML, MARKUP
from ggan_data.synthesis.templates.keys import CERTIFICATES, HOSTS, KEYS, TLS
from ggan_data.synthesis.templates.objects import EXTRACT, LOADERS, WEIGHTS, XML
from ggan_data.synthesis.templates.paths import PATHS
from ggan_data.synthesis.templates.queries import QUERIES
from ggan_data.synthesis.templates.secrets import SECRETS
from ggan_data.synthesis.templates.texts import EVALUATED, HIDDEN
from ggan_data.synthesis.templates.web import AUTOESCAPE, BIND, DEBUG, TIMEOUTS

TEMPLATES: tuple[Template, ...] = (
    *QUERIES,
    *COMMANDS,
    *WORDS,
    *HTML,
    *MARKUP,
    *PATHS,
    *SECRETS,
    *HASHES,
    *CALLER_HASHES,
    *RANDOM,
    *KEYS,
    *CERTIFICATES,
    *TLS,
    *HOSTS,
    *AUTOESCAPE,
    *DEBUG,
    *BIND,
    *TIMEOUTS,
    *TEMPORARY,
    *TEMPORARY_PATHS,
    *PERMISSIONS,
    *EXTRACT,
    *LOADERS,
    *WEIGHTS,
    *XML,
    *ASSERTS,
    *SWALLOWED,
    *EVALUATED,
    *GLOBALS,
    *HIDDEN,
)
