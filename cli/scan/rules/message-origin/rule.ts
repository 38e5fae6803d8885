/**
 * Finds window message handlers that use a message and never check `event.origin`, origin checks that an attacker can
 * pass, and messages that are sent to any origin (`'*'`).
 *
 * ## Why
 * Any page that opens yours, or frames it, can send it messages. And a window that you send to may have navigated to
 * another site by then: with `'*'`, that site receives the message.
 *
 * ## Bad
 * ```typescript
 * window.addEventListener('message', (event) => {
 *   setPlan(event.data.plan);
 * });
 * ```
 * ```typescript
 * window.addEventListener('message', (event) => {
 *   if (event.origin.endsWith('example.com')) setPlan(event.data.plan);
 * });
 * ```
 * ```typescript
 * window.parent.postMessage({ token: session.token }, '*');
 * ```
 *
 * ## Good
 * ```typescript
 * window.addEventListener('message', (event) => {
 *   if (event.origin !== 'https://pay.example.com') return;
 *   setPlan(event.data.plan);
 * });
 * ```
 * ```typescript
 * window.parent.postMessage({ token: session.token }, 'https://app.example.com');
 * ```
 *
 * ## When not to use it
 * Messages from workers, channels and sockets come from your own site and are not reported. A message to `'*'` that
 * contains nothing private has low confidence.
 */

import type { Linked } from '../../callgraph/linked.ts';
import { type FuncInfo, languageAt } from '../../callgraph/program.ts';
import type { Place } from '../../callgraph/query/made-by.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { LanguageId } from '../../languages/language-id.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { eventUse } from './event-use.ts';
import { handlersAt, mayListen } from './handlers.ts';
import { sentToAny } from './sent.ts';
import { placeOfModule } from './worker-files.ts';

/** The languages whose handlers are analysed. */
const languages: readonly LanguageId[] = ['javascript'];

export const rule: UseRule = Object.freeze({
  id: 'message/origin',
  title: 'Missing origin check for window messages',
  severity: 'medium',
  cwe: [346, 201],
  owasp: 'A01:2025 Broken Access Control',
  advice:
    'Compare `event.origin` with the full origin that you expect, and pass that origin to `postMessage` instead of `*`.',
  on: ['call', 'store'],
  names:
    /^(addEventListener|addListener|attachEvent|on|bind|listen|fromEvent|HostListener|use(Window)?Event(Listener)?|onmessage|postMessage|includes|indexOf|lastIndexOf|startsWith|endsWith|test|exec|match|search)$/,
  languages,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const problems = problemsOf(use.frame.linked);
  const problem = problems.size === 0 ? undefined : problems.get(`${use.frame.id} ${use.value}`);
  const found = problem ?? sent(use);
  return found && inTests(use) ? { ...found, confidence: 'low' } : found;
}

function sent(use: Use): UseReport | undefined {
  const what = use.inst.op === 'call' ? sentToAny(use, use.inst) : undefined;
  if (!what) return undefined;
  return what.isSensitive
    ? { message: 'Private data is sent to any site that the other window shows.', confidence: 'medium' }
    : { message: 'A message is sent to any site that the other window shows.', confidence: 'low' };
}

/**
 * The problems of all handlers in the program. A helper in another file may check the origin, so they are found for the whole
 * program.
 */
const problemsOf = memoized((linked: Linked): ReadonlyMap<string, UseReport> => {
  const all = new Map<string, UseReport>();
  const { functions, instructions } = linked.program;
  const places: Place[] = [];
  const visit = (inst: Inst & { op: 'call' | 'store' }, { id, func }: FuncInfo, value: ValueId): void => {
    if (mayListen(func.code, inst)) places.push({ func: id, value });
  };
  instructions.each('call', visit);
  instructions.each('store', visit);
  // If several handlers report the same place, the last report wins.
  places.sort((a, b) => a.func - b.func || a.value - b.value);
  for (const { func, value } of places) {
    const info = functions[func] as FuncInfo;
    if (!languages.includes(languageAt(linked.program, info.module).id)) continue;
    const handlers = handlersAt(linked, info, value);
    if (handlers.length > 0) judge(linked, handlers, `${func} ${value}`, info.module, all);
  }
  return all;
});

function judge(
  linked: Linked,
  handlers: readonly number[],
  at: string,
  module: number,
  all: Map<string, UseReport>,
): void {
  const isPanel = placeOfModule(linked, module) === 'panel';
  const use = eventUse(linked, handlers);
  for (const one of use.incomplete)
    all.set(`${one.func} ${one.value}`, {
      message: 'The check compares only part of the origin, so another site can pass it.',
      confidence: isPanel ? 'low' : 'high',
    });
  if (use.isLooked || use.data === 'none') return;
  all.set(at, {
    message: 'The handler accepts messages from any site: it never checks `event.origin`.',
    confidence: isPanel ? 'low' : use.data === 'used' ? 'high' : 'medium',
  });
}
