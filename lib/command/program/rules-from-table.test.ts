import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentsOf, outcomeOf, path } from '../../../checks/command/judged-arguments.ts';
import { curl } from './curl.ts';
import { ffmpeg } from './ffmpeg.ts';
import { find } from './find.ts';
import { ghostscript } from './ghostscript.ts';
import { git } from './git.ts';
import { imagemagick } from './imagemagick.ts';
import { rulesOfProgram } from './known-programs.ts';
import { whyProgramRefused } from './refused-program.ts';
import { rsync } from './rsync.ts';
import { ssh } from './ssh.ts';
import { tar } from './tar.ts';
import { grep, sort } from './text-programs.ts';
import { unzip, zip } from './zip.ts';

const refused = 'command/unsafe-value';
const g = argumentsOf(git({ hosts: ['github.com', '*.example.com'] }));

describe('positions of values', () => {
  it.for([
    ['tar', () => argumentsOf(tar)`-xf ${'x.tar'}`],
    ['tar', () => argumentsOf(tar)`-cf ${path('/a.tar')} ${'--checkpoint=1'}`],
    ['tar', () => argumentsOf(tar)`-v ${'-5'}`],
    ['tar', () => argumentsOf(tar)`-cf ${path('/a.tar')} -- ${'../a'}`],
    ['tar', () => argumentsOf(tar)`-T ${path('/list')}`],
    ['zip', () => argumentsOf(zip)`-q ${path('/a.zip')} -- ${'*'}`],
    ['zip', () => argumentsOf(zip)`-q ${path('/a[b].zip')}`],
    ['unzip', () => argumentsOf(unzip)`${path('/a*.zip')}`],
    ['unzip', () => argumentsOf(unzip)`-- ${path('/a.zip')}`],
    ['find', () => argumentsOf(find)`-- ${'.'}`],
    ['find', () => argumentsOf(find)`${path('/a')} -name ${'a/b'}`],
    ['find', () => argumentsOf(find)`${path('/a')} -newer ${'/etc/passwd'}`],
    ['find', () => argumentsOf(find)`${path('/a')} -printf ${'%p'}`],
    ['rsync', () => argumentsOf(rsync)`-a ${'host:x'} ${path('/a')}`],
    ['rsync', () => argumentsOf(rsync)`-a -- ${'host:x'} ${path('/a')}`],
    ['rsync', () => argumentsOf(rsync)`-a --filter=${'. /etc/passwd'} ${path('/a')}`],
    ['rsync', () => argumentsOf(rsync)`-a --exclude=${'!'} ${path('/a')}`],
    ['rsync', () => argumentsOf(rsync)`-a --exclude=${'+ secret'} ${path('/a')}`],
    ['ffmpeg', () => argumentsOf(ffmpeg)`${path('/a', 'video/mp4')} ${path('/b.m3u8')}`],
    ['grep', () => argumentsOf(grep)`${'pattern'} ${path('/a')}`],
    ['grep', () => argumentsOf(grep)`-f ${path('/a')}`],
    ['sort', () => argumentsOf(sort)`-t ${'ab'} ${path('/a')}`],
    ['curl', () => argumentsOf(curl({ hosts: ['a.example'] }))`-d ${'@x'} ${'https://a.example/'}`],
    ['curl', () => argumentsOf(curl({ hosts: ['a.example'] }))`-H ${'@x'} ${'https://a.example/'}`],
    ['curl', () => argumentsOf(curl({ hosts: ['a.example'] }))`-H ${'A: b\r\nC: d'} ${'https://a.example/'}`],
    ['curl', () => argumentsOf(curl({ hosts: ['a.example'] }))`https://a.example${'.evil.example/'}`],
    ['curl', () => argumentsOf(curl({ hosts: ['a.example'] }))`${path('/etc/passwd')}`],
    ['ssh', () => argumentsOf(ssh({ hosts: ['a.example'] }))`${'b.example'} true`],
    ['ssh', () => argumentsOf(ssh({ hosts: ['a.example'] }))`a.example ls ${'x'}`],
    ['magick', () => argumentsOf(imagemagick())`${path('/a.png')} ${path('/b.png', 'image/png')}`],
    [
      'magick',
      () => argumentsOf(imagemagick())`${path('/a%d.png', 'image/png')} ${path('/b.png', 'image/png')}`,
    ],
    ['magick', () => argumentsOf(imagemagick())`label:${'x'} ${path('/b.png', 'image/png')}`],
    [
      'magick',
      () => argumentsOf(imagemagick())`${path('/a.svg', 'image/svg+xml')} ${path('/b.png', 'image/png')}`,
    ],
    ['magick', () => argumentsOf(imagemagick())`${path('/a.png', 'image/png')} -resize ${'1x1 -write /x'}`],
    ['ffmpeg', () => argumentsOf(ffmpeg)`${'concat:/a'} ${path('/b.mp4')}`],
    [
      'ffmpeg',
      () => argumentsOf(ffmpeg)`${path('/a.m3u8', 'application/vnd.apple.mpegurl')} ${path('/b.mp4')}`,
    ],
    [
      'ffmpeg',
      () => argumentsOf(ffmpeg)`${path('/a.mp4', 'video/mp4')} -vf ${'movie=/etc/passwd'} ${path('/b.mp4')}`,
    ],
    ['gs', () => argumentsOf(ghostscript())`-sOutputFile=${path('/a%pipe%b')} ${path('/a.ps')}`],
    ['gs', () => argumentsOf(ghostscript())`-sDEVICE=png16m ${'a.ps'}`],
  ] as const)('%s refuses it (case %#)', ([, run]) => expect(outcomeOf(run)).toBe(refused));

  it('accepts their neighbours', () => {
    expect(argumentsOf(tar)`-xzf ${path('/a.tar')} -C ${path('/b')} -- ${'-x'} ${'deep/a'}`).toEqual([
      '-xzf',
      '/a.tar',
      '-C',
      '/b',
      '--',
      '-x',
      'deep/a',
    ]);
    expect(argumentsOf(zip)`-q ${path('/a.zip')} -- ${'-a'}`).toEqual(['-q', '/a.zip', '--', '-a']);
    expect(argumentsOf(unzip)`-q ${path('/a.zip')} ${'a'} -d ${path('/b')}`).toEqual([
      '-q',
      '/a.zip',
      'a',
      '-d',
      '/b',
    ]);
    expect(argumentsOf(find)`${path('/a')} -mtime ${'-2'} -name ${'*.txt'}`).toEqual([
      '/a',
      '-mtime',
      '-2',
      '-name',
      '*.txt',
    ]);
    expect(argumentsOf(rsync)`-a -- ${path('/a')} ${path('/b')}`).toEqual(['-a', '--', '/a', '/b']);
    expect(argumentsOf(grep)`-F -e ${'$(x) `y`'} -- ${path('/a')}`).toEqual([
      '-F',
      '-e',
      '$(x) `y`',
      '--',
      '/a',
    ]);
    expect(argumentsOf(curl({ hosts: ['a.example'] }))`-H ${'A: b'} ${'https://a.example/x?y=z'}`).toEqual([
      '-H',
      'A: b',
      'https://a.example/x?y=z',
    ]);
    expect(argumentsOf(ssh({ hosts: ['a.example'] }))`-p ${'22'} ${'ada@a.example'} uptime`).toEqual([
      '-p',
      '22',
      'ada@a.example',
      'uptime',
    ]);
    expect(
      argumentsOf(imagemagick())`${path('/a.png', 'image/png')} -resize ${'50%'} ${path('/b', 'image/webp')}`,
    ).toEqual(['png:/a.png', '-resize', '50%', 'webp:/b']);
    for (const colour of ['#fff', 'white', 'gray50', 'rgb(255,0,0)', 'rgba(0,0,0,0.5)', 'hsl(120,50%,50%)']) {
      const run = () => argumentsOf(imagemagick())`-background ${colour} ${path('/b.png', 'image/png')}`;
      expect(outcomeOf(run)).toBe('accepted');
    }
    for (const colour of ['@/etc/passwd', 'rgb(1,2,3)x', 'url(/x)', 'a:b']) {
      const run = () => argumentsOf(imagemagick())`-background ${colour} ${path('/b.png', 'image/png')}`;
      expect(outcomeOf(run)).toBe('command/unsafe-value');
    }
    for (const time of ['90', '1:30', '1:02:03.5'])
      expect(outcomeOf(() => argumentsOf(ffmpeg)`-ss ${time} ${path('/a', 'video/mp4')}`)).toBe('accepted');
    expect(outcomeOf(() => argumentsOf(ffmpeg)`-b:v ${'2.5M'} ${path('/b.webm')}`)).toBe('accepted');
    for (const sign of [',', '\t', ' ']) {
      const args = argumentsOf(sort)`-t ${sign} -k ${'2.1n,2.4'} ${path('/a')}`;
      expect(args).toEqual(['-t', sign, '-k', '2.1n,2.4', '/a']);
    }
    expect(argumentsOf(ffmpeg)`${path('/a', 'video/mp4')} -vf scale=-2:${'360'} ${path('/b.webm')}`).toEqual([
      ...[
        '-protocol_whitelist',
        'file,pipe',
        '-f',
        'mov',
        '-i',
        'file:/a',
        '-vf',
        'scale=-2:360',
        'file:/b.webm',
      ],
    ]);
    expect(
      argumentsOf(ghostscript())`-sDEVICE=png16m -sOutputFile=${path('/a.png')} ${path('/a.ps')}`,
    ).toHaveLength(3);
  });

  it('refuses unsafe words of the programmer too', () => {
    expect(outcomeOf(() => argumentsOf(ffmpeg)`-i a.mp4 ${path('/b.webm')}`)).toBe(
      'command/forbidden-option',
    );
    expect(outcomeOf(() => argumentsOf(ghostscript())`-c quit`)).toBe('command/forbidden-option');
    expect(outcomeOf(() => g`diff --textconv`)).toBe('command/forbidden-option');
    expect(outcomeOf(() => g`diff --text`)).toBe('accepted');
  });
});

describe('values of every kind', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .tuple(
        fc.constantFrom(
          '-',
          '--',
          '@',
          '|',
          '+',
          ':',
          'ext::',
          'file://',
          'msl:',
          '../',
          '/',
          'x:',
          '\u2010',
        ),
        fc.string(),
      )
      .map((parts) => parts.join('')),
  );

  it('never let one begin with a dash where options are read', () => {
    const templates: readonly ((value: string) => readonly string[])[] = [
      (value) => g`log ${value}`,
      (value) => g`log --oneline ${value}`,
      (value) => g`fetch ${'origin'} ${value}`,
      (value) => argumentsOf(tar)`-tf ${path('/a')} ${value}`,
      (value) => argumentsOf(unzip)`${path('/a')} ${value}`,
      (value) => argumentsOf(zip)`-q ${path('/a')} ${value}`,
      (value) => argumentsOf(find)`${path('/a')} ${value}`,
      (value) => argumentsOf(rsync)`-a ${value} ${path('/a')}`,
    ];
    fc.assert(
      fc.property(hostile, fc.constantFrom(...templates), (value, template) => {
        if (outcomeOf(() => template(value)) !== 'accepted') return;
        const written = template(value).at(-1) ?? '';
        expect(written.startsWith('-') || /[\0\n]/.test(written) || written === '').toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  it('stay the only argument that they are', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        if (outcomeOf(() => g`log --author=${value} -n ${'1'} --`) !== 'accepted') return;
        expect(g`log --author=${value} -n ${'1'} --`).toEqual(['log', `--author=${value}`, '-n', '1', '--']);
      }),
    );
  });
});

describe('programs by name', () => {
  it.for([
    'sh',
    'bash',
    'python3.13',
    'perl',
    'env',
    'xargs',
    'sudo',
    'node',
    'sed',
    'busybox',
    'toybox',
    'rbash',
    'pkexec',
    'taskset',
    'ld-linux-x86-64.so.2',
    'lua5.4',
    'proxychains4',
    'nix-shell',
    'lualatex',
    'cmd.exe',
    'timeout',
    'wkhtmltopdf',
  ])('%s is refused', (name) => expect(whyProgramRefused(name)).toBeTypeOf('string'));
  it.for(['git', 'tar', 'convert-im7.q16', 'constructor', 'toString', 'shasum', 'barcode2'])(
    '%s is not',
    (name) => expect(whyProgramRefused(name)).toBeUndefined(),
  );
  it('finds the rules for programs with a version in their name', () => {
    expect(rulesOfProgram('convert-im7.q16')?.name).toBe('imagemagick');
    expect(rulesOfProgram('constructor')).toBeUndefined();
  });
});

describe('options', () => {
  it('refuse invalid hosts', () => {
    for (const hosts of ['github.com', ['https://github.com'], ['*'], [''], [1], ['GitHub.com']]) {
      expect(outcomeOf(() => git({ hosts: hosts as never }))).toBe('bulwark/invalid-option');
    }
    expect(outcomeOf(() => git({ host: [] } as never))).toBe('bulwark/invalid-option');
    expect(outcomeOf(() => ghostscript({ allowTemporaryFolder: 'tmp' }))).toBe('bulwark/invalid-option');
    expect(ghostscript({ allowTemporaryFolder: '/srv/gs' }).env?.['TMPDIR']).toBe('/srv/gs');
    expect(outcomeOf(() => ssh({ hosts: ['-x'] }))).toBe('bulwark/invalid-option');
  });
});
