import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

async function bulwark(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const run = await promisify(execFile)(process.execPath, ['--import', 'tsx', main, 'egress', ...args]);
    return { code: 0, ...run };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

const shop = ['rules', '--format', 'nftables', '--user', 'shop', '--gateway', '192.0.2.1:4750'];

describe('bulwark egress', () => {
  it('prints rules, and takes an option as often as it is given', async () => {
    const { code, stdout, stderr } = await bulwark(...shop, '--gateway', '[2001:db8::1]:4750');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('192.0.2.1 . 4750');
    expect(stdout).toContain('2001:db8::1 . 4750');
  });

  it.each([
    [['rules', '--format', 'iptables', '--user', 'shop', '--gateway', '192.0.2.1:4750'], 'ip6tables-restore'],
    [
      [
        'rules',
        '--format',
        'iptables',
        '--group',
        'shop',
        '--gateway',
        '127.0.0.1:1',
        '--gateway-group',
        'gw',
      ],
      '--gid-owner shop',
    ],
    [
      ['rules', '--format', 'nftables', '--user', 'a', '--gateway', '127.0.0.1:1', '--gateway-user', 'gw'],
      'skuid "a"',
    ],
    [
      [
        'rules',
        '--format',
        'kubernetes',
        '--pods',
        'a=b',
        '--namespace',
        'c',
        '--gateway',
        'd=e:1',
        '--resolver',
        'kube-dns',
      ],
      'kind: NetworkPolicy',
    ],
    [['imds', '--format', 'cli', '--account', '--disable'], '--http-endpoint disabled'],
    [
      ['imds', '--format', 'cli', '--launch-template', 'lt-0123abcd', '--region', 'eu-west-1'],
      '--region eu-west-1',
    ],
    [['imds', '--format', 'terraform', '--instance', 'web'], 'resource "aws_instance" "web"'],
  ])('%j', async (args, text) => {
    expect(await bulwark(...args)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining(text),
    });
  });

  it.each([
    [
      [...shop, '--gateway', 'proxy.internal:4750'],
      'egress/name: --gateway "proxy.internal:4750" is a name.',
    ],
    [[...shop, '--user', 'api'], 'egress/option: --user is given 2 times.'],
    [[...shop, '--resolver', '\u001b[2J'], 'egress/address: --resolver "\\u001b[2J" is not an address.'],
    [[...shop, '--allow', `${'1'.repeat(100_000)}:1`], '111..." is not an address.'],
    [['rules'], 'egress/format: --format is missing.'],
    [['imds', '--format', 'cli', '--instance', 'i-x'], 'egress/aws-name: --instance "i-x"'],
    [['imds', '--format', 'cli'], 'egress/option: There is no target'],
    [[...shop, '--port', '1'], "unknown option '--port'"],
    [['rules', '--format'], 'argument missing'],
    [['close'], "unknown command 'close'"],
  ])('prints nothing to load, and ends with 2: %j', async (args, text) => {
    const result = await bulwark(...args);
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
  });

  it('tells for each mistake why it is one, and what to do', async () => {
    const { stderr } = await bulwark(...shop, '--allow', '*.example.com:443');
    expect(stderr).toMatch(/^egress\/name: .*\n {2}why: .*\n {2}do: {2}.*\n$/);
  });
});

describe('the page', () => {
  it('lists every code', () => {
    const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
    const codes = new Set(read('../egress/mistake.ts').match(/(?<=')egress\/[a-z-]+(?=')/g));
    const page = read('../../docs/commands/egress.md');
    expect([...codes].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
    expect(codes.size).toBeGreaterThan(5);
  });
});
