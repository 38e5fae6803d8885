/**
 * Finds Electron windows with their protections off: pages with Node, without context isolation, without the
 * same-origin policy or the sandbox; command-line switches that do the same for all windows; and permission handlers
 * that grant everything.
 *
 * ## Why
 * A script that gets into the page, from an advertisement or through cross-site scripting, can then run programs and
 * read files with the rights of the user.
 *
 * ## Bad
 * ```typescript
 * import { BrowserWindow } from 'electron';
 *
 * new BrowserWindow({ webPreferences: { nodeIntegration: true, contextIsolation: false } });
 * ```
 *
 * ## Good
 * ```typescript
 * import { BrowserWindow } from 'electron';
 *
 * new BrowserWindow({ webPreferences: { preload: preloadPath, contextIsolation: true, sandbox: true } });
 * ```
 *
 * ## When not to use it
 * Windows that are created in tests or only during development have low confidence, and so has `webviewTag`.
 */

import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { haveWord } from '../../ir/query/words.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { argument, isA, known, type Use } from '../kit/use.ts';
import { conditionNames } from '../kit/value/condition-names.ts';
import { grantsAll } from './grants-all.ts';
import { isConstant, type Protection, protections, unsafeSettings } from './windows.ts';

export const rule: UseRule = Object.freeze({
  id: 'electron/unsafe-window',
  title: 'Insecure Electron window',
  severity: 'high',
  cwe: [1188, 79],
  owasp: 'A02:2025 Security Misconfiguration',
  advice:
    'Keep `contextIsolation`, `sandbox` and `webSecurity` on, and expose what the page needs with `contextBridge` in a preload script.',
  on: ['call', 'store', 'object'],
  names:
    /^(nodeIntegration|nodeIntegrationInSubFrames|nodeIntegrationInWorker|enableRemoteModule|experimentalFeatures|enableBlinkFeatures|webviewTag|contextIsolation|webSecurity|sandbox|allowRunningInsecureContent|appendSwitch)$/,
  modelled: /^use\.Electron(Window|Switch|Argument|Permission)$/,
  languages: ['javascript'],
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = find(use);
  if (!found) return undefined;
  const isDevelopment = haveWord(conditionNames(use.frame, use.value), development);
  return inTests(use) || isDevelopment ? { ...found, confidence: 'low' } : found;
}

const development: ReadonlySet<string> = new Set([
  'dev',
  'development',
  'debug',
  'test',
  'testing',
  'packaged',
]);

function find(use: Use): UseReport | undefined {
  const { frame, inst } = use;
  const unsafe = unsafeSettings(frame.linked);
  const setting = unsafe.size === 0 ? undefined : unsafe.get(`${frame.id} ${use.value}`);
  if (setting) return report(setting);
  if (inst.op === 'store') return ofStore(use, inst.object, inst.name, inst.value);
  if (inst.op !== 'call') return undefined;
  if (isA(use, inst.callee, 'use.ElectronSwitch', 'use.ElectronArgument')) return ofSwitch(use, inst);
  return isA(use, inst.callee, 'use.ElectronPermission') ? ofPermission(use, inst) : undefined;
}

/** `options.webPreferences.nodeIntegration = true` in a handler that receives the options before the window exists. */
function ofStore(use: Use, object: ValueId, name: string, value: ValueId): UseReport | undefined {
  const one = protections.find((protection) => protection.name === name);
  const owner = instOf(use.frame.linked, madeBy(use.frame.linked, { func: use.frame.id, value: object }));
  const isPreferences =
    (owner?.op === 'member' && owner.name === 'webPreferences') ||
    (owner?.op === 'param' && use.frame.func.params[owner.index]?.name === 'webPreferences');
  if (!one || !isPreferences || !isConstant(use.frame.linked, { func: use.frame.id, value }, one.off))
    return undefined;
  return report(one);
}

function report({ name, what, confidence, severity }: Protection): UseReport {
  return { message: `${what} (\`${name}\`).`, confidence, ...(severity ? { severity } : {}) };
}

const switches: ReadonlyMap<string, string> = new Map([
  ['disable-web-security', 'Pages can read pages of other sites'],
  ['disable-site-isolation-trials', 'Pages of different sites share a process'],
  ['ignore-certificate-errors', 'Certificates are not checked'],
  ['allow-running-insecure-content', 'Pages run scripts loaded without TLS'],
  ['no-sandbox', 'Pages run outside the sandbox'],
  ['disable-setuid-sandbox', 'Pages run outside the sandbox'],
]);
const mild: ReadonlySet<string> = new Set([
  'no-sandbox',
  'disable-setuid-sandbox',
  'disable-site-isolation-trials',
]);

function ofSwitch(use: Use, call: Call): UseReport | undefined {
  const name = (constText(argument(use, call, 0)) ?? '').replace(/^--/, '').replace(/=.*$/, '');
  const what = switches.get(name);
  if (!what) return undefined;
  const isMild = mild.has(name);
  return {
    message: `${what} (\`${name}\`).`,
    confidence: isMild ? 'medium' : 'high',
    ...(isMild ? { severity: 'medium' as const } : {}),
  };
}

function ofPermission(use: Use, call: Call): UseReport | undefined {
  const [handler] = call.args;
  if (handler === undefined || known(use, handler)?.consts || !grantsAll(use, handler)) return undefined;
  return {
    message: 'The handler grants every permission that a page requests.',
    confidence: 'high',
    severity: 'medium',
  };
}
