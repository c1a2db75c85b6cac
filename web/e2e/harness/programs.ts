/** A program with four findings that tested rewrites fix, among them a secret. */
export const SHOP = `import sqlite3
import subprocess

import yaml

DB_PASSWORD = "hunter2-canary"


def find(name):
    connection = sqlite3.connect("shop.db")
    cursor = connection.cursor()
    cursor.execute("SELECT id FROM items WHERE name = '" + name + "'")
    return cursor.fetchall()


def ping(host):
    return subprocess.check_output("ping -c 1 " + host, shell=True)


def settings(text):
    return yaml.load(text)
`;

/** What is found in it is a secret that nobody else should read. */
export const SECRET = 'hunter2-canary';

/** A program that nothing is wrong with. */
export const CLEAN = 'def double(number):\n    return 2 * number\n';

/** A file that Python 3 cannot read. */
export const UNREADABLE = 'print "hello"\n';

/** Markup, direction overrides, invisible characters and endless lines wherever text can stand. */
export const HOSTILE = [
  'import yaml',
  '',
  '# </script><script>window.stolen = 1</script><img src=x onerror="window.stolen = 2">',
  '# \u202ereversed\u202c and zero\u200bwidth \u{e0041}tag',
  `LONG = "${'<b>x</b>'.repeat(1250)}"`,
  '',
  '',
  'def read(text, label="</td><svg onload=window.stolen=3>"):',
  '    password = "<img src=x onerror=window.stolen=4>\u200b"',
  '    return yaml.load(text), password, label',
  '',
].join('\n');

export const HOSTILE_PATH = '"><img src=x onerror=window.stolen=5>\u202eyp.exe';

/** A program of 300 lines with a finding in every third function. */
export const LONG_PROGRAM = [
  'import hashlib',
  '',
  ...Array.from({ length: 75 }, (_, n) => [
    '',
    `def part_${n}(text):`,
    n % 3 === 0 ? '    return hashlib.md5(text).hexdigest()' : `    return text + "${n}"`,
    '',
  ]).flat(),
].join('\n');
