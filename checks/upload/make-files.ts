import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

export interface RealFile {
  readonly name: string;
  readonly data: Buffer;
}

const magick = '/usr/bin/magick';
const ffmpeg = '/usr/bin/ffmpeg';
const ghostscript = '/usr/bin/gs';
const programs = [
  magick,
  ffmpeg,
  ghostscript,
  '/usr/bin/python3',
  '/usr/bin/zip',
  '/usr/bin/tar',
  '/usr/bin/zstd',
];

/** Why real files can't be made here. */
export function missingMaker(): string | undefined {
  const absent = programs.find((path) => !existsSync(path));
  return absent === undefined ? undefined : `${absent} is not installed`;
}

/** Small files of many types, as programs of this machine write them. */
export async function makeFiles(): Promise<readonly RealFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-real-files-'));
  try {
    const run = (file: string, ...args: readonly string[]): void => {
      execFileSync(file, args, { cwd: folder, stdio: 'pipe', timeout: 60_000 });
    };
    run('/usr/bin/python3', fileURLToPath(new URL('./make-files.py', import.meta.url)), folder);
    for (const name of [
      'im.png',
      'im.jpg',
      'im.JPEG',
      'im.gif',
      'im.webp',
      'im.bmp',
      'im.tiff',
      'im.ico',
      'im.psd',
      'im.pdf',
    ]) {
      run(magick, '-size', '16x16', 'gradient:red-blue', name);
    }
    run(magick, '-delay', '10', '-size', '8x8', 'xc:red', 'xc:blue', 'animated.gif');
    await writeWithSharp(folder);
    const tone = ['-hide_banner', '-loglevel', 'error', '-f', 'lavfi', '-i', 'sine=duration=0.2'];
    for (const name of ['t.mp3', 't.m4a', 't.ogg', 't.opus', 't.flac', 't.aac', 't.aiff', 't.wav'])
      run(ffmpeg, ...tone, name);
    const film = [
      '-hide_banner',
      '-loglevel',
      'error',
      '-f',
      'lavfi',
      '-i',
      'testsrc=duration=0.2:size=64x64:rate=25',
    ];
    for (const name of ['v.mp4', 'v.mov', 'v.webm', 'v.mkv', 'v.avi', 'v.flv', 'v.ts', 'v.mpg'])
      run(ffmpeg, ...film, name);
    run(ffmpeg, ...film, '-f', 'apng', 'v.apng');
    run(ghostscript, '-q', '-dNOSAFER', '-sDEVICE=pdfwrite', '-o', 'gs.pdf', '-c', 'showpage');
    run(ghostscript, '-q', '-dNOSAFER', '-sDEVICE=ps2write', '-o', 'gs.ps', '-c', 'showpage');
    run('/usr/bin/zip', '-q', 'with-zip.zip', 'notes.txt', 'im.png');
    run('/usr/bin/tar', '-cf', 'with-tar.tar', 'notes.txt');
    run('/usr/bin/tar', '-czf', 'with-tar.tgz', 'notes.txt');
    run('/usr/bin/tar', '-cJf', 'with-tar.txz', 'notes.txt');
    run('/usr/bin/zstd', '-q', 'notes.txt', '-o', 'notes.zst');
    return readdirSync(folder).map((name) => ({ name, data: readFileSync(join(folder, name)) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeWithSharp(folder: string): Promise<void> {
  const image = sharp({ create: { width: 16, height: 16, channels: 3, background: 'green' } });
  await image.clone().avif().toFile(join(folder, 'sharp.avif'));
  await image.clone().webp().toFile(join(folder, 'sharp.webp'));
  await image.clone().jpeg({ progressive: true }).toFile(join(folder, 'sharp.jpg'));
  await image.clone().withMetadata().png().toFile(join(folder, 'sharp.png'));
}
