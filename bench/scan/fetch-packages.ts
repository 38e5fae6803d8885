import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const npmPackages = [
  'undici@7',
  'got@14',
  'pino@10',
  'ws@8',
  'socket.io@4',
  'typeorm@0.3.27',
  '@nestjs/core@11',
];
const debianPackages = ['python3-tornado', 'python3-sqlalchemy', 'python3-aiohttp', 'python3-jinja2'];

/** Packages as their users get them from npm and Debian, unpacked. What cannot be had is said, and left out. */
export function fetchPackages(into: string, say: (line: string) => void): string[] {
  const fetched: string[] = [];
  const attempt = (name: string, fetchInto: (folder: string) => void): void => {
    const folder = join(into, name.replace(/\W+/g, '-'));
    mkdirSync(folder);
    try {
      fetchInto(folder);
      fetched.push(folder);
    } catch (error) {
      say(`${name} is left out, as it could not be fetched: ${lastLine(error)}`);
    }
  };
  for (const name of npmPackages) {
    attempt(name, (folder) => {
      run(folder, 'npm', 'pack', '--silent', name);
      run(folder, 'tar', '-xzf', only(folder, '.tgz'), '--strip-components=1');
    });
  }
  for (const name of debianPackages) {
    attempt(name, (folder) => {
      run(folder, 'apt-get', 'download', name);
      run(folder, 'dpkg-deb', '-x', only(folder, '.deb'), '.');
    });
  }
  return fetched;
}

function run(cwd: string, command: string, ...args: string[]): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
}

function only(folder: string, ending: string): string {
  const found = readdirSync(folder).find((name) => name.endsWith(ending));
  if (found === undefined) throw new Error(`nothing with ${ending} came`);
  return found;
}

function lastLine(error: unknown): string {
  const { message, stderr } = error as { message: string; stderr?: Buffer };
  return (stderr?.toString().trim() || message).split('\n').at(-1) as string;
}
