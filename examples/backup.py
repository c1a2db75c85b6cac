"""Nightly backup of a folder: packs it, copies it to another machine and deletes old archives."""

import argparse
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

KEEP_DAYS = 14


def archive_name(source: Path) -> str:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    return f"{source.name}-{stamp}.tar.gz"


def pack(source: str, target: str) -> None:
    subprocess.run(f"tar -czf {target} {source}", shell=True, check=True)


def copy_to(archive: str, host: str) -> bool:
    status = subprocess.call("scp -q %s %s:backups/" % (archive, host), shell=True)
    return status == 0


def list_contents(archive: str) -> str:
    return subprocess.check_output("tar -tzf " + archive, shell=True, text=True)


def delete_old(folder: str) -> None:
    # Everything older than two weeks is on the other machine by now.
    os.system(f"find {folder} -name '*.tar.gz' -mtime +{KEEP_DAYS} -delete")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--folder", default="/var/backups")
    parser.add_argument("--host", required=True)
    args = parser.parse_args()

    archive = os.path.join(args.folder, archive_name(args.source))
    pack(str(args.source), archive)
    print(list_contents(archive))
    if not copy_to(archive, args.host):
        print(f"{archive} could not be copied to {args.host}", file=sys.stderr)
        return 1
    delete_old(args.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
