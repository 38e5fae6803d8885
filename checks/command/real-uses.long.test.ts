import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, media } from 'bulwark/command';
import { afterAll, describe, expect, it } from 'vitest';
import { inside } from '../../lib/path/index.ts';
import { findProgram } from '../machine/program.ts';

const root = mkdtempSync(join(tmpdir(), 'bulwark-command-media-'));
const at = (name: string) => inside(root, name);
const reason = ['ffmpeg', 'ffprobe'].some((name) => findProgram(name) === undefined)
  ? 'ffmpeg is not installed'
  : undefined;

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.skipIf(reason)(`ordinary media${reason ? `: ${reason}` : ''}`, () => {
  it('are made, cut, scaled and probed', async () => {
    const run = commands({ ffmpeg: '/usr/bin/ffmpeg', ffprobe: '/usr/bin/ffprobe' });
    // The video is made of nothing: the tables have no such input.
    const bare = commands({ ffmpeg: { path: '/usr/bin/ffmpeg', rules: { name: 'ffmpeg' } } });
    await bare.ffmpeg`-nostdin -v error -f lavfi -i testsrc=duration=1:size=64x48:rate=5 -c:v mpeg4 ${at('a.mp4')}`;
    await run.ffmpeg`-v error ${media('video/mp4', at('a.mp4'))} -t ${'0.5'} -vf scale=-2:${24} -c:v mpeg4 ${at('b.mkv')}`;
    const { stdout } =
      await run.ffprobe`-v error -show_entries stream=width,height -of csv=p=0 ${media('video/x-matroska', at('b.mkv'))}`;
    expect(stdout.trim()).toBe('32,24');
    await run.ffmpeg`-v error ${media('video/mp4', at('a.mp4'))} -frames:v ${1} ${at('frame.png')}`;
    expect(readFileSync(join(root, 'frame.png')).subarray(1, 4).toString()).toBe('PNG');
  });
});
