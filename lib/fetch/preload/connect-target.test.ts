import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { hostOf } from '../policy/host-rule.ts';
import { portNumber, readConnectTarget } from './connect-target.ts';

type Normalize = (args: readonly unknown[]) => [Record<string, unknown>, unknown];
/** What `net.connect` makes of its arguments, and hands on. */
const normalizeArgs = (net as unknown as { _normalizeArgs: Normalize })._normalizeArgs;
const done = (): void => {};

describe('readConnectTarget', () => {
  it.each([
    [[]],
    [[80]],
    [['80']],
    [['0x50', 'db']],
    [['']],
    [[' ']],
    [[80, 'example.com']],
    [[80, 'example.com', done]],
    [[80, done]],
    [['/run/x.sock']],
    [['/run/x.sock', done]],
    [['\0abstract']],
    [['-1']],
    [['NaN']],
    [['Infinity']],
    [[null]],
    [[undefined, 'example.com']],
    [[{ port: 80 }]],
    [[{ port: 80, host: 'example.com', path: '/x' }, done]],
    [[{ path: '' }, 'not used', done]],
    [[[80, 'example.com']]],
  ] as const)('reads %j as net does', (args: readonly unknown[]) => {
    const [options, callback] = normalizeArgs(args);
    const expected = {
      path: options['path'] || undefined,
      host: options['host'] || 'localhost',
      port: options['port'],
    };
    expect(readConnectTarget(args)).toMatchObject(expected);
    expect(readConnectTarget(args).done ?? null).toBe(callback);
    // And what net.connect hands on.
    expect(readConnectTarget([normalizeArgs(args)])).toMatchObject(expected);
    expect(readConnectTarget([normalizeArgs(args)]).done ?? null).toBe(callback);
  });

  it('reads each option once', () => {
    let reads = 0;
    const options = {
      port: 80,
      get host() {
        return reads++ === 0 ? 'example.com' : '127.0.0.1';
      },
    };
    expect(readConnectTarget([options]).host).toBe('example.com');
    expect(reads).toBe(1);
  });
});

describe('portNumber', () => {
  it.each([
    [80, 80],
    ['443', 443],
    ['0x50', 80],
    [' 80 ', 80],
    [0, 0],
    [65_535, 65_535],
  ])('reads %j', (port, expected) => expect(portNumber(port)).toBe(expected));

  it.each([undefined, null, '', ' ', -1, 65_536, 1.5, Number.NaN, '80x', {}, [80], 80n])(
    'leaves %o to net, which throws',
    (port) => {
      expect(portNumber(port)).toBeUndefined();
      expect(() => net.connect({ port: port as number, host: '127.0.0.1' })).toThrow();
    },
  );
});

it('a host is compared in one form', () => {
  expect(['DB.Example.COM.', '::FFFF:7f00:1', '127.0.0.1', '0:0::1'].map(hostOf)).toEqual([
    ...['db.example.com', '127.0.0.1', '127.0.0.1', '::1'],
  ]);
  expect(hostOf('a host that is none')).toBe('a host that is none');
});
