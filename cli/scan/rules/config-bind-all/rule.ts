/**
 * Finds servers that listen on all network interfaces because of a constant in the code (`0.0.0.0`, `::`, or `''` in
 * Python).
 *
 * ## Why
 * A service meant for this machine or for a private network is then open to every network that the machine is
 * connected to.
 *
 * ## Bad
 * ```python
 * app.run(host="0.0.0.0")
 * ```
 * ```typescript
 * app.listen(3000, '0.0.0.0');
 * ```
 *
 * ## Good
 * ```python
 * app.run(host=os.environ.get("LISTEN", "127.0.0.1"))
 * ```
 * ```typescript
 * app.listen(3000, process.env.HOST ?? 'localhost');
 * ```
 *
 * ## When not to use it
 * In a container behind a proxy this is normal. The severity is low.
 */

import { type Abstract, constText } from '../../dataflow/domain/abstract.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import { calleeName, known, type Use } from '../kit/use.ts';

const listening =
  /^(listen|run|run_app|run_simple|run_server|bind|serve|start_server|create_server|make_server|(Threading)?(HTTP|TCP|UDP)Server|WSGIServer|ThreadedTCPServer|TCPSite|WebSocketServer|Server|simple_server)$/;

export const rule: UseRule = Object.freeze({
  id: 'config/bind-all',
  title: 'Server listening on all interfaces',
  severity: 'low',
  cwe: [605, 668],
  owasp: 'A02:2025 Security Misconfiguration',
  isHardening: true,
  advice: 'Listen on `127.0.0.1`, or read the address from `process.env`.',
  pythonAdvice: 'Listen on `127.0.0.1`, or read the address from the environment.',
  on: ['call'],
  names: listening,
  modelled: noState,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call' || !listening.test(calleeName(use, inst))) return undefined;
  const isAny = inst.args.some((arg, i) => {
    const name = inst.names?.[i];
    if (name && !/^(host|hostname|address|interface|server_address|\*\*)$/.test(name)) return false;
    const it = known(use, arg);
    return (
      isAll(it) ||
      isAll(it?.fields?.get('0')) ||
      byHost(use.language, unnamed)?.(use, arg, it) ||
      ['host', 'hostname', 'address'].some((key) => isAll(it?.fields?.get(key)))
    );
  });
  return isAny
    ? {
        message: 'The server listens on all network interfaces.',
        confidence: inTests(use) ? 'low' : 'medium',
      }
    : undefined;
}

const unnamed: ByHost<typeof isUnnamed> = { python: isUnnamed };

/** Python's sockets and servers bind `('', 8000)` to all addresses. A bind to port 0 only searches for a free port. */
function isUnnamed({ frame }: Use, value: ValueId, it: Abstract | undefined): boolean {
  if (constText(it?.fields?.get('0')) !== '') return false;
  const port = it?.fields?.get('1');
  if (!port || port.consts?.includes(0) || frame.func.code.some(isForMany)) return false;
  const pair = frame.inst(value);
  return pair.op !== 'list' || !mayBeFree(frame.func, pair.items[1] ?? -1);
}

/** Whether a port may be 0, such as the parameter of `def probe(port=0)`. */
function mayBeFree({ code }: Func, port: ValueId): boolean {
  const inst = code[port];
  return (
    inst?.op === 'phi' &&
    inst.inputs.some((input) => {
      const one = code[input];
      return one?.op === 'const' && one.value === 0;
    })
  );
}

/** Whether code receives multicast or broadcast packets, which requires it to listen on all addresses. */
function isForMany(inst: Inst): boolean {
  return (
    (inst.op === 'member' || inst.op === 'import') &&
    /^(IP_ADD_MEMBERSHIP|IPV6_JOIN_GROUP|SO_BROADCAST)$/.test(inst.name)
  );
}

function isAll(it: Abstract | undefined): boolean {
  const text = constText(it);
  return text === '0.0.0.0' || text === '::' || text === '[::]';
}
