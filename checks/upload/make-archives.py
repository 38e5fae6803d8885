"""Writes ordinary archives of a folder in the ways that Python's own modules know. Arguments: the folder, and where they go."""

import gzip
import io
import os
import sys
import tarfile
import zipfile

source, out = sys.argv[1], sys.argv[2]


def files():
    for base, _, names in os.walk(source):
        for name in names:
            path = os.path.join(base, name)
            yield path, os.path.relpath(path, source)


class Unseekable(io.RawIOBase):
    """Forces zipfile to write data descriptors."""

    def __init__(self, path):
        self.file = open(path, "wb")

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)

    def close(self):
        self.file.close()
        super().close()


def write_zip(target, method, **options):
    with zipfile.ZipFile(target, "w", method, **options) as archive:
        for path, name in files():
            archive.write(path, name)


write_zip(os.path.join(out, "python-deflated.zip"), zipfile.ZIP_DEFLATED)
write_zip(os.path.join(out, "python-stored.zip"), zipfile.ZIP_STORED)
with Unseekable(os.path.join(out, "python-streamed.zip")) as stream:
    write_zip(stream, zipfile.ZIP_DEFLATED)
with zipfile.ZipFile(os.path.join(out, "python-zip64.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
    for path, name in files():
        with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry, open(path, "rb") as data:
            entry.write(data.read())
with Unseekable(os.path.join(out, "python-streamed-zip64.zip")) as stream:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in files():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry, open(path, "rb") as data:
                entry.write(data.read())
with zipfile.ZipFile(os.path.join(out, "python-comment.zip"), "w") as archive:
    archive.comment = b"made by a test"
    for path, name in files():
        archive.write(path, name)
    archive.mkdir("empty-folder") if hasattr(archive, "mkdir") else archive.writestr("empty-folder/", b"")
with zipfile.ZipFile(os.path.join(out, "python-empty.zip"), "w"):
    pass
for format, name in ((tarfile.GNU_FORMAT, "gnu"), (tarfile.PAX_FORMAT, "pax")):
    with tarfile.open(os.path.join(out, f"python-{name}.tar"), "w", format=format) as archive:
        archive.add(source, arcname=".")
with tarfile.open(os.path.join(out, "python.tar.gz"), "w:gz") as archive:
    for path, name in files():
        archive.add(path, arcname=name)
with tarfile.open(os.path.join(out, "python-empty.tar"), "w"):
    pass
with gzip.open(os.path.join(out, "python.gz"), "wb") as single:
    with open(os.path.join(source, "readme.txt"), "rb") as data:
        single.write(data.read())
