import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a sealed program has for a network. */
export interface SealedNetwork {
  /** With their prefix: `93.184.215.14/32`, `2606:2800:21f::1/128`. Nobody outside is reached by them. */
  readonly addresses: readonly string[];
  /** The lines of /etc/hosts after that for localhost. */
  readonly hosts?: readonly string[];
}

const setUp = fileURLToPath(new URL('./sealed.sh', import.meta.url));
const namespaces = ['--net', '--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];

/** Why no sealed program can run here; undefined where it can. For the name of a skipped test. */
export function whyNotSealed(): string | undefined {
  try {
    const probe = 'ip link set lo up && mount --bind /etc/hosts /etc/hosts';
    execFileSync('unshare', [...namespaces, 'sh', '-c', probe], { stdio: 'pipe', timeout: 10_000 });
    return undefined;
  } catch (error) {
    const [line = 'unshare failed'] = String((error as { stderr?: unknown }).stderr || error).split('\n');
    return line.slice(0, 200);
  }
}

/**
 * Runs a TypeScript program in network and mount namespaces of its own. It reads `input` as JSON from standard input,
 * and what it writes to standard output, as JSON, is the result. It has one minute where nothing else is said.
 */
export async function runSealed(
  program: URL,
  network: SealedNetwork,
  input: unknown,
  env: Readonly<Record<string, string>> = {},
  timeoutMs = 60_000,
): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-sealed-'));
  try {
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.53\noptions timeout:1 attempts:1\n');
    writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
    writeFileSync(join(folder, 'hosts'), ['127.0.0.1 localhost', ...(network.hosts ?? []), ''].join('\n'));
    const node = [process.execPath, '--import', 'tsx', fileURLToPath(program)];
    const child = spawn(
      'unshare',
      [...namespaces, '--kill-child', 'sh', setUp, folder, ...network.addresses, '--', ...node],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        env: { ...process.env, ...env },
      },
    );
    child.stdin.end(JSON.stringify(input));
    const [output, errors, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((done, failed) => child.once('exit', done).once('error', failed)),
    ]);
    if (code !== 0) throw new Error(`The sealed program ended with ${code}: ${errors.slice(-2_000)}`);
    return JSON.parse(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
