"""Reads the archives that JSON on standard input names, with Python's own modules, and prints those in which it finds other files."""

import json
import sys
import tarfile
import zipfile
import zlib

different = []
for item in json.load(sys.stdin):
    found = {}
    try:
        if zipfile.is_zipfile(item["file"]):
            with zipfile.ZipFile(item["file"]) as archive:
                for info in archive.infolist():
                    if not info.is_dir():
                        found[info.filename] = zlib.crc32(archive.read(info))
        else:
            with tarfile.open(item["file"]) as archive:
                for member in archive:
                    if member.isfile():
                        found[member.name] = zlib.crc32(archive.extractfile(member).read())
        wanted = sorted(item["files"].values())
        # Names are compared by their ASCII characters, because the decodings of the others differ from program to program.
        plain = lambda names: sorted("".join(c for c in n if c.isascii()).replace("./", "") for n in names)
        if sorted(found.values()) != wanted or plain(found) != plain(item["files"]):
            different.append({"file": item["file"], "found": found, "wanted": item["files"]})
    except Exception as error:
        different.append({"file": item["file"], "error": repr(error)})
print(json.dumps(different))
