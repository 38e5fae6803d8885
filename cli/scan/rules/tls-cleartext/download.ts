import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { sensitiveName } from '../kit/sensitive/sensitive-name.ts';
import { calleeName, known, option, type Use } from '../kit/use.ts';
import { entryOf } from '../kit/value/entry-of.ts';
import { type Kind, kindOf } from './kind-of.ts';
import { isNear } from './near.ts';
import { textAt, textOf } from './text-of.ts';

/** What a call loads from `http://` (a kind of file), or sends there (credentials). */
export interface Plain {
  readonly what: Kind | 'credentials';
}

const requesting: RegExp =
  /^(get|post|put|patch|delete|fetch|request|stream|axios|got|needle|urlopen|urlretrieve|getScript|importScripts|download\w*|\w*[dD]ownload|wget|retrieve|Request|_?fetch\w*|(node|cross|isomorphic)-fetch|make-fetch-happen|request-promise(-native)?|node-wget|nugget|superagent|ky|undici|phin|simple-get)$/;

/** Finds programs and archives that a call loads from `http://`, or credentials that it sends there. */
export function plainRequest(use: Use, call: Call): Plain | undefined {
  const name = calleeName(use, call);
  if (!requesting.test(name)) return undefined;
  for (const value of call.args.slice(0, 2)) {
    const url = urlOf(use, call, value);
    if (url === undefined || !/^http:\/\//i.test(url) || isNear(url)) continue;
    // The host is unknown.
    if (/^http:\/\/\0/.test(url) && !/\.(exe|msi|sh|dmg)$/i.test(url)) continue;
    const kind = kindOf(url);
    if (kind) return { what: kind };
    if (/^(getScript|importScripts)$/.test(name)) return { what: 'program' };
    if (isSigned(use, call) || /^http:\/\/[^/@\s:]+:[^/@\s]+@/.test(url)) return { what: 'credentials' };
  }
  return undefined;
}

function urlOf(use: Use, call: Call, value: ValueId): string | undefined {
  const { linked, id, func } = use.frame;
  const made = instOf(linked, madeBy(linked, { func: id, value }));
  // `new URL('http://...')`
  const isUrl = made?.op === 'call' && made.isNew && nameOfCallee(func.code[made.callee]) === 'URL';
  if (isUrl && made.args.length === 1) return textOf(use, made.args[0]);
  return (
    textOf(use, value) ??
    textAt(use, entryOf(linked, { func: id, value }, 'url', 'uri')) ??
    (isPlainClient(use, call) ? optionsUrl(use, value) : undefined)
  );
}

/** Whether a call is one of Node's `http`, which has no other protocol. */
function isPlainClient({ frame }: Use, call: Call): boolean {
  const callee = frame.inst(call.callee);
  const object =
    callee.op === 'member'
      ? instOf(frame.linked, madeBy(frame.linked, { func: frame.id, value: callee.object }))
      : callee;
  return object?.op === 'import' && /^(node:)?http$/.test(object.specifier);
}

/** `http.get({ host, path })` */
function optionsUrl(use: Use, value: ValueId): string | undefined {
  const { linked, id } = use.frame;
  const part = (...names: string[]): string | undefined =>
    textAt(use, entryOf(linked, { func: id, value }, ...names));
  const host = part('hostname', 'host');
  return host === undefined ? undefined : `http://${host}${part('path') ?? ''}`;
}

/** Whether the call sends a secret, `{ user, password }`, in its second argument, or as `data` or `json`. */
function sendsSecret(use: Use, call: Call): boolean {
  const sent = call.args.filter((_, i) => {
    const name = call.names?.[i];
    return name ? /^(data|json|params)$/.test(name) : i === 1 || i === 2;
  });
  return sent.some((value) =>
    [...(known(use, value)?.fields?.keys() ?? [])].some((key) => {
      const it = sensitiveName(key);
      return it !== undefined && it.sure !== 'weak' && /^(password|secret|key)$/.test(it.kind);
    }),
  );
}

function isSigned(use: Use, call: Call): boolean {
  if (sendsSecret(use, call)) return true;
  const auth = call.names?.indexOf('auth') ?? -1;
  if (auth >= 0) return known(use, call.args[auth] ?? -1)?.consts === undefined;
  return call.args.slice(0, 3).some((value) => {
    const it = known(use, value);
    const headers =
      option(it, 'headers') ?? (call.names?.[call.args.indexOf(value)] === 'headers' ? it : undefined);
    return (
      option(headers, 'Authorization') !== undefined ||
      option(headers, 'authorization') !== undefined ||
      (!use.language.hasKeywordArguments && option(it, 'auth')?.fields !== undefined)
    );
  });
}
