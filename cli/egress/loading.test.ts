import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../../checks/machine/program.ts';
import { whyNotSealed } from '../../checks/machine/sealed.ts';
import { egressRules } from './rules.ts';

const why =
  // xt_owner takes only accounts that its namespace knows, which for anybody else is one.
  (process.getuid?.() === 0 ? undefined : 'only root loads rules for other accounts') ??
  whyNotSealed() ??
  ['nft', 'iptables-restore', 'ip6tables-restore']
    .filter((name) => findProgram(name) === undefined)
    .map((name) => `${name} is not installed`)[0];

function rules(format: string, user: string): string {
  return egressRules({
    format: [format],
    gateway: ['192.0.2.1:4750'],
    resolver: [],
    allow: [],
    user: [user],
    group: [],
    'gateway-user': [],
    'gateway-group': [],
    pods: [],
    namespace: [],
  });
}

/** Runs a script of `sh` in a network namespace; `$a`, `$b` and so on hold the texts. */
function sealed(script: string, texts: Record<string, string>): string {
  const path = `${process.env['PATH']}:/usr/sbin:/sbin`;
  return execFileSync('unshare', ['--net', 'sh', '-euc', script], {
    encoding: 'utf8',
    env: { PATH: path, ...texts },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe.skipIf(why)(`loading${why === undefined ? '' : ` (not here: ${why})`}`, () => {
  it('keeps the rules of two applications apart', () => {
    const nft = sealed('echo "$a" | nft -f -; echo "$b" | nft -f -; echo "$a" | nft -f -; nft list tables', {
      a: rules('nftables', 'daemon'),
      b: rules('nftables', 'bin'),
    });
    expect(nft.trim().split('\n').sort()).toEqual([
      'table inet bulwark-egress-user-bin',
      'table inet bulwark-egress-user-daemon',
    ]);
    const iptables = sealed('echo "$a" | sh; echo "$b" | sh; echo "$a" | sh; ip6tables -S OUTPUT', {
      a: rules('iptables', 'daemon'),
      b: rules('iptables', 'bin'),
    });
    expect(iptables.trim().split('\n')).toEqual([
      '-P OUTPUT ACCEPT',
      '-A OUTPUT -m owner --uid-owner 1 -j bulwark-u-daemon',
      '-A OUTPUT -m owner --uid-owner 2 -j bulwark-u-bin',
    ]);
  });

  it('puts the jump of iptables before a rule that accepts', () => {
    const script = 'echo "$a" | sh; iptables -I OUTPUT -o lo -j ACCEPT; echo "$a" | sh; iptables -S OUTPUT';
    expect(
      sealed(script, { a: rules('iptables', 'daemon') })
        .trim()
        .split('\n'),
    ).toEqual([
      '-P OUTPUT ACCEPT',
      '-A OUTPUT -m owner --uid-owner 1 -j bulwark-u-daemon',
      '-A OUTPUT -o lo -j ACCEPT',
    ]);
  });

  it('replaces the old destinations with the new ones', () => {
    const [old, now] = ['nftables', 'iptables'].map((format) => rules(format, 'daemon'));
    const moved = (text = ''): string => text.replaceAll('192.0.2.1', '192.0.2.2');
    const loaded = sealed('echo "$a" | nft -f -; echo "$b" | nft -f -; nft list ruleset', {
      a: old ?? '',
      b: moved(old),
    });
    expect(loaded).toContain('192.0.2.2 . 4750');
    expect(loaded).not.toContain('192.0.2.1');
    const chains = sealed('echo "$a" | sh; echo "$b" | sh; iptables -S', { a: now ?? '', b: moved(now) });
    expect(chains).toContain('-d 192.0.2.2/32');
    expect(chains).not.toContain('192.0.2.1');
  });

  it('fails for an account that does not exist, and leaves what was there', () => {
    const nft =
      'echo "$a" | nft -f -; if echo "$b" | nft -f - 2>/dev/null; then echo loaded; fi; nft list tables';
    const texts = (format: string): Record<string, string> => ({
      a: rules(format, 'daemon'),
      b: rules(format, 'nobody-of-this-name'),
    });
    expect(sealed(nft, texts('nftables'))).toBe('table inet bulwark-egress-user-daemon\n');
    const iptables =
      'echo "$a" | sh; if echo "$b" | sh 2>/dev/null; then echo loaded; fi; iptables -S; ip6tables -S';
    const left = sealed(iptables, texts('iptables'));
    expect(left).not.toContain('loaded');
    expect(left).not.toMatch(/bulwark-u\./);
    expect(left).toContain('-j bulwark-u-daemon');
  });

  it('takes every account of the grammar, as long and as odd as it may be', () => {
    // `accept` is a word of nft. Neither exists here, which is all that is wrong with the file.
    for (const user of ['accept', '_', 'a-b_c9', 'a'.repeat(32)]) {
      const said = 'echo "$a" | nft -c -f - 2>&1 || true';
      expect(sealed(said, { a: rules('nftables', user) })).toMatch(/^[^\n]*Error: User does not exist\n/);
    }
    expect(
      sealed('echo "$a" | nft -f -; nft list ruleset', { a: rules('nftables', '4294967294') }),
    ).toContain('skuid 4294967294');
    expect(sealed('echo "$a" | sh; iptables -S OUTPUT', { a: rules('iptables', '4294967294') })).toContain(
      '--uid-owner 4294967294',
    );
  });
});
