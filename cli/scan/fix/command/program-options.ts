/**
 * How a program tells options from other arguments. A fixer must know this before it passes an inserted value as a separate
 * argument, since the value might start with a dash.
 */
export interface ProgramOptions {
  /**
   * The argument that ends the options. Undefined for a program without such an argument. A fixer then passes an
   * inserted value only as the value of an option.
   */
  readonly end?: '--' | '--end-of-options';
  /** Options that take the next argument as their value, whatever it starts with. */
  readonly values: ReadonlySet<string>;
  /** Options without a value. */
  readonly flags: ReadonlySet<string>;
}

/**
 * The option syntax of the program that a command runs. Undefined for programs that are not listed in this file: they might
 * read a value that starts with a dash as an option. The sources are POSIX utility syntax guideline 10, the manual pages of
 * GNU coreutils, grep and tar, and gitcli(7).
 */
export function programOptions(words: readonly string[]): ProgramOptions | undefined {
  const name = words[0]?.slice(words[0].lastIndexOf('/') + 1) ?? '';
  if (name !== 'git') return programs.get(name);
  return gitCommands.get(words[1] ?? '');
}

function options(end: ProgramOptions['end'], flags: string, values = ''): ProgramOptions {
  const set = (text: string): ReadonlySet<string> => new Set(text.split(' ').filter(Boolean));
  return { ...(end ? { end } : {}), flags: set(flags), values: set(values) };
}

const programs: ReadonlyMap<string, ProgramOptions> = new Map([
  [
    'grep',
    options(
      '--',
      '-r -R -i -n -l -L -c -v -w -x -E -F -G -P -o -q -s -h -H -a -I -z --recursive --ignore-case --line-number --count ' +
        '--fixed-strings --extended-regexp --word-regexp --only-matching --quiet --color=never',
      '-e -f -m -A -B -C',
    ),
  ],
  [
    'ls',
    options('--', '-l -a -A -R -r -t -S -h -1 -d -F -i -n -s --all --almost-all --recursive --color=never'),
  ],
  ['cat', options('--', '-n -b -s -A -E -T -v --number')],
  ['head', options('--', '-q -v', '-n -c')],
  ['tail', options('--', '-q -v', '-n -c')],
  ['wc', options('--', '-l -w -c -m -L --lines --words --bytes')],
  ['sort', options('--', '-r -n -u -f -b -d -h -V -s', '-k -t -o')],
  ['uniq', options('--', '-c -d -u -i', '-f -s -w')],
  ['du', options('--', '-s -h -a -c -k -m -b -x --summarize --human-readable', '-d')],
  ['df', options('--', '-h -k -T -i -P')],
  ['stat', options('--', '-L -f -t', '-c')],
  ['file', options('--', '-b -i -L -z --brief --mime --mime-type --mime-encoding')],
  ['diff', options('--', '-u -r -q -i -w -b -B -N -a -y', '-U -C')],
  ['logger', options('--', '-s -i -e', '-t -p -f')],
  ['md5sum', options('--', '-b -t')],
  ['sha1sum', options('--', '-b -t')],
  ['sha256sum', options('--', '-b -t')],
  ['sha512sum', options('--', '-b -t')],
  ['base64', options('--', '-d -i', '-w')],
  ['basename', options('--', '-a -z', '-s')],
  ['dirname', options('--', '-z')],
  ['readlink', options('--', '-f -e -m -n')],
  ['realpath', options('--', '-e -m -s')],
  ['mkdir', options('--', '-p -v', '-m')],
  ['rmdir', options('--', '-p -v')],
  ['rm', options('--', '-r -R -f -d -v -rf -fr')],
  ['cp', options('--', '-r -R -a -f -n -p -v -u', '-t')],
  ['mv', options('--', '-f -n -v -u', '-t')],
  ['ln', options('--', '-s -f -n -v -sf')],
  ['touch', options('--', '-a -c -m', '-d -r -t')],
  ['gzip', options('--', '-d -k -f -c -9 -n -q -t')],
  ['gunzip', options('--', '-k -f -c -n -q -t')],
  [
    'tar',
    options(
      '--',
      '-c -x -t -z -j -J -v -p --gzip --create --extract --list',
      '-f -C -T -X -cf -xf -tf -czf -xzf -tzf -cjf -xjf -cvf -xvf -czvf -xzvf -zcf -zxf -zcvf -zxvf',
    ),
  ],
  [
    'ffmpeg',
    options(
      undefined,
      '-y -n -hide_banner -nostdin -an -vn -sn',
      '-i -ss -t -to -r -s -b:v -b:a -c -c:v -c:a -f -vf -af -vframes -loglevel -v -q:v -q:a -crf -preset',
    ),
  ],
]);

const revisions =
  '--oneline --stat --no-color --name-only --name-status --all --reverse --no-merges --merges --graph --follow -p --patch -s ' +
  '--no-patch --numstat --shortstat --first-parent --no-ext-diff --no-textconv --cached --staged -w';
const gitCommands: ReadonlyMap<string, ProgramOptions> = new Map(
  ['log', 'show', 'diff', 'rev-list', 'shortlog', 'diff-tree'].map((command) => [
    command,
    options('--end-of-options', revisions, '-n'),
  ]),
);
