"""Makes small real files of many types with the standard library: python3 make-files.py FOLDER"""
import bz2
import gzip
import io
import lzma
import os
import sqlite3
import struct
import sys
import tarfile
import wave
import zipfile
import zlib

folder = sys.argv[1]


def put(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def zipped(name, entries, stored_first=False):
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as archive:
        for index, (entry, text) in enumerate(entries):
            method = zipfile.ZIP_STORED if stored_first and index == 0 else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text, compress_type=method)


def office(name, main, content_type):
    kind = "application/vnd.openxmlformats-officedocument." + content_type + ".main+xml"
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    types += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += '<Default Extension="xml" ContentType="application/xml"/>'
    types += '<Override PartName="/%s" ContentType="%s"/></Types>' % (main, kind)
    rels = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    zipped(name, [("[Content_Types].xml", types), ("_rels/.rels", rels), (main, "<document/>")])


def opendocument(name, kind):
    entries = [("mimetype", "application/vnd.oasis.opendocument." + kind), ("content.xml", "<content/>")]
    zipped(name, entries, stored_first=True)


office("letter.docx", "word/document.xml", "wordprocessingml.document")
office("table.xlsx", "xl/workbook.xml", "spreadsheetml.sheet")
office("slides.pptx", "ppt/presentation.xml", "presentationml.presentation")
opendocument("letter.odt", "text")
opendocument("table.ods", "spreadsheet")
opendocument("slides.odp", "presentation")
zipped("book.epub", [("mimetype", "application/epub+zip"), ("META-INF/container.xml", "<container/>")], True)
zipped("tool.jar", [("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n"), ("A.class", "x")])
zipped("photos.zip", [("a.txt", "a"), ("folder/b.txt", "b")])

with tarfile.open(os.path.join(folder, "backup.tar"), "w") as archive:
    archive.add(__file__, "file.py")
put("log.gz", gzip.compress(b"a line\n" * 100))
put("log.bz2", bz2.compress(b"a line\n" * 100))
put("log.xz", lzma.compress(b"a line\n" * 100))

with wave.open(os.path.join(folder, "tone.wav"), "wb") as tone:
    tone.setnchannels(1)
    tone.setsampwidth(2)
    tone.setframerate(8000)
    tone.writeframes(b"\0\1" * 800)

connection = sqlite3.connect(os.path.join(folder, "data.sqlite"))
connection.execute("create table t (a)")
connection.commit()
connection.close()

text = {
    "notes.txt": "Plain notes. BMW, MZ and <b>tags</b>.\r\n",
    "umlaut.txt": "\ufeffGr\u00fc\u00dfe aus K\u00f6ln\n",
    "server.log": "2026-12-01 GET / 200\n",
    "people.csv": "name,age\n\u5f20\u4f1f,30\n",
    "people.tsv": "name\tage\nAda\t36\n",
    "config.json": '{"a": [1, 2]}',
    "rows.jsonl": '{"a":1}\n{"a":2}\n',
    "config.yaml": "a:\n  - 1\n",
    "config.toml": 'a = "b"\n',
    "README.md": '<p align="center">Title</p>\n\n# Heading\n',
    "feed.xml": '<?xml version="1.0"?>\n<feed/>\n',
    "track.gpx": '<?xml version="1.0"?><gpx version="1.1"/>',
    "place.geojson": '{"type":"FeatureCollection","features":[]}',
    "page.html": "<!doctype html><title>A page</title>",
    "style.css": "a { color: red }",
    "drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>',
    "meeting.ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "person.vcf": "BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n",
    "film.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n",
    "film.srt": "1\n00:00:00,000 --> 00:00:01,000\nHello\n",
    "letter.rtf": "{\\rtf1\\ansi Hello}",
}
for name, content in text.items():
    put(name, content.encode())


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
pixels = chunk(b"IDAT", zlib.compress(b"\0\1\2\3"))
put("python.png", b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b""))
