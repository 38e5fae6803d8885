import type { Call, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import type { Use } from '../kit/use.ts';
import { isCollection, type Kind, kindOf, textsOf } from './checked.ts';
import { type HostForm, hostForm } from './host-form.ts';

/** Where a check looks for a text in another text. */
export type How = 'anywhere' | 'start' | 'end';

export interface Looked {
  /** By the method's name alone: `anywhere` for `indexOf`. See `howOf` for `url.indexOf(text) === 0`. */
  readonly how: How;
  readonly subject: ValueId;
  readonly text: ValueId;
}

const methods: ReadonlyMap<string, How> = new Map([
  ['includes', 'anywhere'],
  ['contains', 'anywhere'],
  ['indexOf', 'anywhere'],
  ['find', 'anywhere'],
  ['count', 'anywhere'],
  ['search', 'anywhere'],
  ['__contains__', 'anywhere'],
  ['startsWith', 'start'],
  ['startswith', 'start'],
  ['endsWith', 'end'],
  ['endswith', 'end'],
  ['lastIndexOf', 'end'],
]);

export function lookedFor(use: Use): Looked | undefined {
  const { inst } = use;
  if (inst.op === 'binary') {
    if (!use.language.inFindsItems || (inst.operator !== 'in' && inst.operator !== 'not in'))
      return undefined;
    return { how: 'anywhere', subject: inst.right, text: inst.left };
  }
  return inst.op === 'call' ? ofCall(use, inst) : undefined;
}

function ofCall(use: Use, call: Call): Looked | undefined {
  const callee = use.frame.inst(call.callee);
  const [text, second] = call.args;
  if (callee.op !== 'member' || text === undefined || call.spread) return undefined;
  const how = methods.get(callee.name);
  if (!how) return undefined;
  // lodash's `_.includes(url, 'example.com')`, `_.startsWith(...)`.
  const owner = use.frame.inst(callee.object);
  const isLibrary = owner.op === 'import' && /^(lodash|underscore|lodash-es)$/.test(owner.specifier);
  if (isLibrary) return second === undefined ? undefined : { how, subject: text, text: second };
  return { how, subject: callee.object, text };
}

/** Returns where a check looks for a text: `url.indexOf(text)` -> `anywhere`, but `url.indexOf(text) === 0` -> `start`. */
export function howOf(use: Use, looked: Looked): How {
  return looked.how === 'anywhere' && isAtStart(use, looked) ? 'start' : looked.how;
}

/** `url.indexOf('https://example.com') === 0` */
function isAtStart(use: Use, { subject }: Looked): boolean {
  const { code } = use.frame.func;
  const callee = use.inst.op === 'call' ? code[use.inst.callee] : undefined;
  if (callee?.op !== 'member' || callee.object !== subject) return false;
  return (usersOf(use.frame.func).of[use.value] ?? []).some((user) => {
    const inst = code[user];
    if (inst?.op !== 'binary' || (inst.operator !== '==' && inst.operator !== '!=')) return false;
    const other = code[inst.left === use.value ? inst.right : inst.left];
    return other?.op === 'const' && other.value === 0;
  });
}

/** Returns a message about the mistake in a check that looks for a host in a URL. Undefined if it has no mistake. */
export function substringMessage(use: Use, looked: Looked): string | undefined {
  const { subject, text } = looked;
  const all = textsOf(use, text).flatMap((one) => hostForm(one) ?? []);
  if (all.length === 0) return undefined;
  const kind = kindOf(use, subject);
  const forms = all.filter((form) => !form.mayBeFile || isSurelyHost(form, kind));
  if (forms.length === 0) return undefined;
  const how = howOf(use, looked);
  const isForm = how === 'start' && forms.every(({ hasScheme }) => hasScheme);
  if ((!kind && !isForm) || isCollection(use, subject)) return undefined;
  const bad = forms.find((form) => isOpen(form, how, kind));
  return bad && `${says[how]} \`${bad.text}\`.`;
}

/**
 * Whether a text that may be a file name is certainly a host. Except for settings (`config.example`), no file ends with
 * `.example`.
 */
function isSurelyHost({ text }: HostForm, kind: Kind | undefined): boolean {
  if (kind === 'host') return true;
  return kind === 'url' && /\.example$/i.test(text) && !/^\.?(env|config|settings?|conf)\./i.test(text);
}

const says: Readonly<Record<How, string>> = {
  anywhere: 'Any URL can contain',
  start: 'The host name can continue after',
  end: 'Any other host can end with',
};

function isOpen(form: HostForm, how: How, kind: Kind | undefined): boolean {
  switch (how) {
    case 'anywhere':
      return kind !== 'mail';
    case 'start':
      return kind !== 'mail' && !form.hasPath && !form.isDotted;
    case 'end':
      return !form.isDotted && !form.hasScheme && !form.hasPath;
  }
}
