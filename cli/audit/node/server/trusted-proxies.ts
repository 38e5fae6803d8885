import type { Node } from 'oxc-parser';
import { runs } from '../read/condition.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { literal, textOf, unknownValue, type Value } from '../read/value.ts';
import type { Server } from './servers.ts';

/** A setting of whom the client's address is believed. */
export interface TrustedProxy {
  readonly value: Value;
  readonly file: ModuleFile;
  readonly node: Node;
  readonly fix: string;
}

const expressFix = "Set the number of your own proxies: `app.set('trust proxy', 1)`.";

export function trustedProxies(server: Server): readonly TrustedProxy[] {
  switch (server.framework) {
    case 'express':
    case 'nest':
      return server.calls.flatMap(({ method, args, reach, file, node }) => {
        if (textOf(args[0]) !== 'trust proxy' || reach.state === 'never') return [];
        if (method === 'enable') return [{ value: literal(true), file, node, fix: expressFix }];
        const value = args[1];
        return method === 'set' && value && !isOff(value) ? [{ value, file, node, fix: expressFix }] : [];
      });
    case 'fastify':
      return ofOption(
        server,
        'trustProxy',
        'Set the number or the addresses of your own proxies: `fastify({ trustProxy: 1 })`.',
      );
    case 'koa':
      return ofKoa(server);
    default:
      return [];
  }
}

function isOff(value: Value): boolean {
  return value.kind === 'literal' && !value.value;
}

function ofOption({ file, node, application }: Server, name: string, fix: string): TrustedProxy[] {
  const { evaluator } = application;
  const [options] = node.arguments;
  const value = options && evaluator.member(evaluator.evaluate(file, options), name);
  return value && !isOff(value) ? [{ value, file, node, fix }] : [];
}

/** `new Koa({ proxy: true })` and `app.proxy = true`: it trusts all, unless `maxIpsCount` says how many there are. */
function ofKoa(server: Server): TrustedProxy[] {
  const { application } = server;
  const { evaluator, modules } = application;
  const fix =
    'Set `app.maxIpsCount = 1` beside `app.proxy = true`: as many as there are of your own proxies.';
  const found = ofOption(server, 'proxy', fix);
  let isCounted = ofOption(server, 'maxIpsCount', fix).length > 0;
  for (const file of modules) {
    for (const node of file.nodes) {
      if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') continue;
      const { object, property } = node.left;
      if (property.type !== 'Identifier' || !/^(?:proxy|maxIpsCount)$/.test(property.name)) continue;
      const owner = evaluator.evaluate(file, object);
      if (owner.kind !== 'result' || owner.node !== server.node) continue;
      if (property.name === 'maxIpsCount') isCounted = true;
      else {
        const state = runs(file, node, evaluator);
        const value =
          state === 'always' || state === 'never'
            ? evaluator.evaluate(file, node.right)
            : unknownValue(`it depends on ${state.why}`);
        if (state !== 'never' && !isOff(value)) found.push({ value, file, node, fix });
      }
    }
  }
  return isCounted ? found.map((one) => ({ ...one, value: literal(1) })) : found;
}
