"""Programs by whose name a text is known to be a command for a shell."""

from sgcode_worker.operators.commands.pieces import Piece, Text
from sgcode_worker.operators.commands.words import Word

KNOWN = frozenset(
    "adb ansible apt apt-get awk aws az base64 bash brew bzip2 cat cd chgrp chmod chown cmake convert cp "
    "cron curl cut date dd df diff dig docker docker-compose du echo env exiftool ffmpeg ffprobe file "
    "find gcc gcloud gh git gpg grep gunzip gzip head hostname identify ifconfig ip iptables java jq kill "
    "killall kubectl ln locate ls lsof magick make md5sum mkdir mount mv mysql mysqldump nc netstat nmap "
    "nohup npm npx nslookup openssl passwd pdftotext perl pg_dump pgrep ping pip pip3 pkill printf ps "
    "psql python python3 rm rmdir rsync ruby scp sed service sh sha256sum sleep smbclient sort sqlite3 "
    "ssh stat su sudo svn systemctl tail tar tee tesseract touch tr traceroute umount uname unrar unzip "
    "useradd userdel usermod wc wget which whoami whois xargs youtube-dl yt-dlp yum zip".split()
)

# No sentence and no other language begins with these.
_UNMISTAKABLE = frozenset(
    "apt-get chgrp chmod chown curl docker echo ffmpeg ffprobe gcc grep ifconfig iptables kubectl md5sum "
    "mkdir mysqldump netstat nslookup pgrep pkill rmdir rsync scp smbclient sudo systemctl traceroute "
    "unzip useradd userdel usermod wget xargs".split()
)


def program_of(commands: list[list[Word]]) -> str | None:
    """Return the program that the text begins with; None where that is none of the known ones."""
    first = commands[0][0].text if commands else None
    name = first.rpartition("/")[2] if first is not None else None
    return name if name in KNOWN else None


def is_unmistakable(program: str) -> bool:
    """Whether a text that begins with this word is a command, whatever else it says."""
    return program in _UNMISTAKABLE


def has_option(pieces: list[Piece]) -> bool:
    """Whether a word of the fixed text is an option such as `-l` or `--all`."""
    texts = " ".join(piece.text for piece in pieces if isinstance(piece, Text))
    return any(
        len(word) > 1 and word[0] == "-" and word[1:].strip("-")[:1].isalpha() for word in texts.split()
    )
