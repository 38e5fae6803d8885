const language = 'it runs its arguments as a program of its own language';
const runs = 'it runs its arguments as another program, which has rules of its own';
const opens = 'it opens the addresses and files that a document names, and runs its scripts';

/** Programs without a safe position for a value, by the name of their file. */
const refused: Readonly<Record<string, string>> = {
  ...named(language, [
    'sh',
    'bash',
    'dash',
    'zsh',
    'ksh',
    'fish',
    'csh',
    'tcsh',
    'busybox',
    'pwsh',
    'powershell',
    'cmd',
  ]),
  ...named(language, [
    'awk',
    'gawk',
    'mawk',
    'nawk',
    'sed',
    'ed',
    'ex',
    'vi',
    'vim',
    'm4',
    'make',
    'bc',
    'dc',
    'jq',
  ]),
  ...named(language, [
    'node',
    'nodejs',
    'deno',
    'bun',
    'npm',
    'npx',
    'ruby',
    'php',
    'tclsh',
    'lua',
    'osascript',
    'R',
  ]),
  ...named(language, [
    'psql',
    'mysql',
    'mariadb',
    'sqlite3',
    'redis-cli',
    'mongosh',
    'gdb',
    'script',
    'expect',
  ]),
  ...named(runs, [
    'env',
    'xargs',
    'parallel',
    'nohup',
    'timeout',
    'nice',
    'ionice',
    'chroot',
    'unshare',
    'nsenter',
  ]),
  ...named(runs, [
    'sudo',
    'su',
    'doas',
    'runuser',
    'setpriv',
    'setsid',
    'stdbuf',
    'strace',
    'time',
    'watch',
    'flock',
  ]),
  ...named(runs, [
    'start-stop-daemon',
    'systemd-run',
    'at',
    'batch',
    'crontab',
    'docker',
    'podman',
    'kubectl',
    'prlimit',
  ]),
  ...named(opens, [
    'wkhtmltopdf',
    'wkhtmltoimage',
    'chromium',
    'google-chrome',
    'firefox',
    'soffice',
    'libreoffice',
  ]),
};

/**
 * Why a program can't be run with values in its arguments, as the end of a sentence; undefined if it can. Versions in the name are ignored:
 * `python3.13` is python.
 */
export function whyProgramRefused(fileName: string): string | undefined {
  const name = fileName.replace(/\.(?:exe|cmd|bat|com)$/i, '').replace(/[-.]?\d[\d.]*$/, '');
  if (/^(?:python|perl|pypy)/.test(name)) return language;
  const key = Object.hasOwn(refused, fileName) ? fileName : name;
  return Object.hasOwn(refused, key) ? refused[key] : undefined;
}

function named(because: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, because]));
}
