import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** What must not be in any new file. */
export const payload = "<?php system($_GET['c']); ?><script>alert(1)</script>";

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A picture whose corners differ, so that turning it shows. */
export async function picture(
  format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif',
  width = 60,
  height = 40,
): Promise<Buffer> {
  return gradient(width, height).toFormat(format).toBuffer();
}

export function gradient(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < width * height; index++) {
    pixels[3 * index] = (255 * (index % width)) / width;
    pixels[3 * index + 1] = (255 * Math.floor(index / width)) / height;
    pixels[3 * index + 2] = 64;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A JPEG with the place where it was taken, an owner, and the camera turned. */
export async function photograph(): Promise<Buffer> {
  return gradient(60, 40)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Copyright: payload, ImageDescription: payload },
      IFD3: { GPSLatitude: '51/1 30/1 0/1' },
    })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- ${payload} --></x:xmpmeta>`)
    .withIccProfile('p3')
    .jpeg()
    .toBuffer();
}

export async function animation(
  format: 'gif' | 'webp',
  frames: number,
  width = 20,
  height = 10,
): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * frames * 3, 1);
  for (let frame = 0; frame < frames; frame++)
    pixels.fill((frame * 37) % 251, frame * width * height * 3, (frame + 1) * width * height * 3);
  const image = sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } });
  return format === 'gif'
    ? image.gif({ delay: new Array<number>(frames).fill(100) }).toBuffer()
    : image.webp({ delay: new Array<number>(frames).fill(100), lossless: true }).toBuffer();
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** A PNG that is built by hand: RGB, 8 bits, whatever its size says. */
export function builtPng(width: number, height: number, data: Buffer, interlaced = false): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    ...[bytes('\x89PNG\r\n\x1a\n'), pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(data))],
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The PNG with chunks put in behind its header. */
export function withPngChunks(png: Buffer, ...chunks: Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

/** The JPEG with a segment put in behind its first marker. */
export function withSegment(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

/** A GIF89a with a comment behind its colours. */
export function withGifComment(gif: Buffer, comment: Buffer): Buffer {
  const colours = (gif[10] as number) & 0x80 ? 3 * 2 ** (((gif[10] as number) & 7) + 1) : 0;
  const at = 13 + colours;
  return Buffer.concat([
    gif.subarray(0, at),
    Buffer.from([0x21, 0xfe, comment.length]),
    comment,
    Buffer.from([0]),
    gif.subarray(at),
  ]);
}

/** A WebP with one more chunk of RIFF. */
export function withWebpChunk(webp: Buffer, type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(data.length, 4);
  const whole = Buffer.concat([webp, head, data, Buffer.alloc(data.length % 2)]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}

/** A GIF with this many frames, each of this size. Every frame has the data of one pixel. */
export function builtGif(width: number, height: number, frames: number): Buffer {
  const header = Buffer.concat([bytes('GIF89a'), Buffer.alloc(7), Buffer.from([0, 0, 0, 255, 255, 255])]);
  header.writeUInt16LE(width, 6);
  header.writeUInt16LE(height, 8);
  header[10] = 0x80;
  const control = Buffer.from([0x21, 0xf9, 4, 0, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0]);
  const frame = Buffer.concat([control, header.subarray(6, 10), Buffer.from([0, 2, 2, 0x4c, 1, 0])]);
  return Buffer.concat([header, ...new Array<Buffer>(frames).fill(frame), Buffer.from([0x3b])]);
}

/** The JPEG with other sizes in its header. */
export function withJpegSize(jpeg: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(jpeg);
  const at = copy.findIndex((byte, index) => byte === 0xff && copy[index + 1] === 0xc0);
  copy.writeUInt16BE(height, at + 5);
  copy.writeUInt16BE(width, at + 7);
  return copy;
}

/** The AVIF with other sizes in its `ispe` property. */
export function withAvifSize(avif: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(avif);
  const at = copy.indexOf('ispe', 0, 'latin1');
  copy.writeUInt32BE(width, at + 8);
  copy.writeUInt32BE(height, at + 12);
  return copy;
}

/** Files of other kinds, which ImageMagick and others would decode by their content, whatever they are called. */
export const strangers: Readonly<Record<string, Buffer>> = {
  'SVG with an entity': bytes(
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
  ),
  'SVG with an image of another host': bytes(
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1/x"/></svg>',
  ),
  'MVG (ImageTragick, CVE-2016-3714)': bytes(
    'push graphic-context\nviewbox 0 0 640 480\nfill \'url(https://example.com/x.jpg"|touch "/tmp/evil)\'\npop graphic-context\n',
  ),
  'MSL (CVE-2016-3716)': bytes(
    '<?xml version="1.0"?><image><read filename="/etc/passwd"/><write filename="/tmp/evil"/></image>',
  ),
  'PostScript (Ghostscript, CVE-2018-16509)': bytes(
    '%!PS\nuserdict /setpagedevice undef\n(%pipe%id) (w) file\n',
  ),
  EPS: bytes('%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n(%pipe%id) (w) file\n'),
  PDF: bytes('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n'),
  BMP: Buffer.concat([bytes('BM'), Buffer.alloc(60)]),
  PSD: Buffer.concat([bytes('8BPS\0\x01'), Buffer.alloc(40)]),
  'a PPM': bytes('P6\n1 1\n255\nabc'),
  'a text of VIPS': Buffer.concat([Buffer.from([0x08, 0xf2, 0xa6, 0xb6]), Buffer.alloc(60)]),
  'an HLS list (ffmpeg)': bytes('#EXTM3U\n#EXTINF:1,\nconcat:file:///etc/passwd\n'),
  HTML: bytes('<html><script>alert(1)</script></html>'),
  'a zip': bytes('PK\x03\x04'),
  'no byte at all': Buffer.alloc(0),
};
