"""The words that templates draw from: one list of each kind to learn from, one to be held out."""

from collections.abc import Callable, Mapping
from random import Random
from string import ascii_letters, digits

Words = Mapping[str, tuple[str, ...]]


def _lists(text: str) -> dict[str, tuple[str, ...]]:
    return {
        kind: tuple(words.split())
        for kind, words in (line.split(":", 1) for line in text.strip().split("\n"))
    }


TRAIN: Words = _lists("""
v: name username email user_id term keyword title value item category city label comment text query_text code
f: filename file_name doc upload report_name page_name asset
h: host hostname target domain address server branch package
u: url link endpoint uri feed_url callback
w: result rows data response content items output entry record found
q: query sql statement stmt sql_query q
cur: cursor cur c db_cursor curs
conn: conn connection db database con cnx
cmd: cmd command line shell_command call
p: path full_path file_path location source_path
html: html page body markup content fragment
table: users orders products accounts posts customers events invoices
col: id name email price status created_at owner total
word: user order product account post customer event invoice session
verb: find load fetch get lookup search list show handle read
noun: user orders product account posts customer event report profile
cls: UserStore OrderService Catalog AccountManager PostRepository ReportBuilder EventLog Gateway
const: BASE_DIR DATA_DIR ROOT UPLOAD_DIR STORAGE FILES_ROOT
setting: TIMEOUT LIMIT PAGE_SIZE RETRIES MAX_ITEMS
log: logger log LOGGER _log
tool: ls ping git tar convert ffmpeg du whois
flag: -l -a -v -q -n
tag: p div span h1 td li b strong
dir: /srv/data /var/lib/app /opt/files /data/reports uploads
ext: txt csv json log xml
fn: build render prepare collect compute resolve format_entry summarize
i: i n index count position
k: key field column attr
msg: done started loading finished saved skipped
server: api.example.com data.example.org reports.example.net
""")

HELD_OUT: Words = _lists("""
v: nickname surname phone customer_ref needle topic subject quantity sku region footnote note phrase reference
f: attachment document photo_name template_name archive_name leaflet
h: node peer machine gateway_name remote revision module_name
u: webhook location_url remote_url image_url target_url
w: outcome matches payload reply answer entries listing hit
q: select_text request_sql lookup_sql command_text
cur: reader db_cur executor
conn: store_link store_conn session_db handle_db
cmd: invocation script to_run cmdline
p: destination resolved where_to disk_path
html: snippet view_text rendered_page block
table: books tickets students patients shipments vehicles
col: isbn seat grade weight colour opened_on
word: book ticket student patient shipment vehicle
verb: query_for obtain retrieve pick browse present
noun: book ticket student patient shipment vehicle
cls: BookShelf TicketDesk StudentRegister PatientFile ShipmentTracker Fleet
const: MEDIA_ROOT ARCHIVE_DIR LIBRARY HOME_FOLDER
setting: MAX_WAIT BATCH DEPTH ATTEMPTS
log: journal diary trace_log
tool: rsync nslookup svn zip identify stat
flag: -z -t -x -f
tag: h2 em section th dd caption
dir: /mnt/archive /home/service/media /var/spool/shop library
ext: md yaml bak pdf
fn: assemble arrange compose gather distill
i: j pos counter ordinal
k: slot facet part
msg: opened closed received sent
server: shop.example.com library.example.org clinic.example.net
""")


def _secret(chance: Random) -> str:
    """A text that looks like a secret."""
    length = chance.randint(9, 24)
    marks = "" if chance.random() < 0.5 else "!#%-_"
    return "".join(chance.choice(ascii_letters + digits + marks) for _ in range(length - 2)) + "x7"


SPECIAL: Mapping[str, Callable[[Random], str]] = {
    "secret": _secret,
    "num": lambda chance: str(chance.randint(2, 60)),
    "big": lambda chance: str(chance.randint(100, 5000)),
    "port": lambda chance: str(chance.choice([5000, 8000, 8080, 9000, 9090])),
    "hex": lambda chance: "".join(chance.choice("0123456789abcdef") for _ in range(8)),
}
