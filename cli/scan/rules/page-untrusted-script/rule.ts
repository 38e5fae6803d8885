/**
 * Finds pages that load a script or a style sheet from another host and do not verify it: files on a public CDN
 * without the `integrity` attribute, and files on domains that were taken over, such as `polyfill.io`.
 *
 * ## Why
 * A third-party script has all the rights of the page's own scripts, in the session of every visitor. Such hosts were
 * hacked, and domains were sold to people who served other scripts. With `integrity`, the browser refuses a file that
 * does not match the hash.
 *
 * ## Bad
 * ```python
 * page = '<script src="https://cdn.polyfill.io/v3/polyfill.min.js"></script>'
 * ```
 * ```typescript
 * const script = document.createElement('script');
 * script.src = 'https://code.jquery.com/jquery-3.7.1.min.js';
 * document.head.append(script);
 * ```
 *
 * ## Good
 * ```python
 * page = '<script src="/static/polyfill.min.js"></script>'
 * ```
 * ```typescript
 * const script = document.createElement('script');
 * script.src = 'https://code.jquery.com/jquery-3.7.1.min.js';
 * script.integrity = 'sha256-/JqT3SQfawRcv/BIHPThkBvs0OEvtFFmqPF/lYI/Cxo=';
 * script.crossOrigin = 'anonymous';
 * document.head.append(script);
 * ```
 *
 * ## When not to use it
 * Scripts that change under the same URL have no fixed hash (maps, payments, analytics): their hosts are not reported.
 * Confidence is low for a URL without a full version, for examples and documentation, and for markup that code builds.
 */

import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import { pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { isA, isConst, known, type Use } from '../kit/use.ts';
import { isScript } from '../kit/web/is-script.ts';
import { loadedFrom } from './hosts.ts';
import { loadedInText, mayLoad } from './markup.ts';

export const rule: UseRule = Object.freeze({
  id: 'page/untrusted-script',
  title: 'Third-party script without an integrity check',
  severity: 'medium',
  cwe: [829, 830, 353],
  owasp: 'A08:2025 Software or Data Integrity Failures',
  isHardening: true,
  advice:
    'Add the `integrity` and `crossorigin` attributes, or serve the file yourself. Load nothing from a domain that was taken over.',
  on: ['call', 'store', 'const'],
  names: /^(bulwark:(script|style)|<(script|link)>|src|href|setAttribute|importScripts|getScript)$/,
  modelled: /^use\.(ScriptElement)$/,
  texts: mayLoad,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = find(use);
  return found && isForReading(use) ? { ...found, confidence: 'low' } : found;
}

/** Documentation shows how to load scripts. */
function isForReading(use: Use): boolean {
  const path = pathOf(use);
  return isTestPath(path) || /(^|\/)(documentation|docs?|website|storybook|_?demos?)([-_/]|$)/i.test(path);
}

function find(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op === 'const')
    return typeof inst.value === 'string' && !use.language.isTemplate ? ofText(inst.value) : undefined;
  if (inst.op === 'store') {
    if (inst.name !== 'src' || !isScript(use, inst.object) || isHashedLater(use)) return undefined;
    return ofUrl(textOf(use, inst.value), 'script');
  }
  return inst.op === 'call' ? ofCall(use, inst) : undefined;
}

function ofCall(use: Use, call: Call): UseReport | undefined {
  const callee = use.frame.inst(call.callee);
  const name = callee.op === 'global' || callee.op === 'member' ? callee.name : '';
  const [first, second] = call.args;
  if (name === 'bulwark:script' || name === 'bulwark:style') {
    const isHashed = second !== undefined && isConst(known(use, second), true);
    return isHashed ? undefined : ofUrl(textOf(use, first), name === 'bulwark:style' ? 'style' : 'script');
  }
  if (name === '<script>' || isA(use, call.callee, 'use.ScriptElement')) return ofElement(use, first, 'src');
  if (name === '<link>') return ofElement(use, first, 'href');
  if (callee.op === 'member' && name === 'setAttribute') {
    const isSource = textOf(use, first) === 'src' && isScript(use, callee.object);
    return isSource && !isHashedLater(use) ? ofUrl(textOf(use, second), 'script') : undefined;
  }
  return undefined;
}

/** `<script src="https://..." />` in JSX */
function ofElement(use: Use, value: ValueId | undefined, attribute: 'src' | 'href'): UseReport | undefined {
  const props = use.frame.inst(value ?? -1);
  if (props?.op !== 'object' || props.keys.includes('integrity') || props.keys.includes(null))
    return undefined;
  const at = (key: string): string | undefined => textOf(use, props.values[props.keys.indexOf(key)]);
  if (attribute === 'href' && at('rel') !== 'stylesheet') return undefined;
  return ofUrl(at(attribute), attribute === 'src' ? 'script' : 'style');
}

function textOf(use: Use, value: ValueId | undefined): string | undefined {
  return value === undefined ? undefined : constText(known(use, value));
}

/** Whether the function mentions `integrity` anywhere. */
function isHashedLater({ frame }: Use): boolean {
  const { func } = frame;
  return func.code.some(
    (inst) =>
      (inst.op === 'store' && inst.name === 'integrity') ||
      (inst.op === 'const' && inst.value === 'integrity'),
  );
}

function ofUrl(url: string | undefined, what: 'script' | 'style'): UseReport | undefined {
  const loaded = url === undefined ? undefined : loadedFrom(url);
  if (!loaded) return undefined;
  if (loaded.kind === 'taken over') return takenOver(loaded.host);
  const { confidence, host } = loaded;
  return what === 'script'
    ? { message: `The page runs a script from ${host} without an integrity hash.`, confidence }
    : {
        message: `The page loads a style sheet from ${host} without an integrity hash.`,
        confidence,
        severity: 'low',
      };
}

function takenOver(host: string): UseReport {
  return {
    message: `The page loads a file from ${host}, a domain that was taken over.`,
    confidence: 'high',
    severity: 'high',
  };
}

/** Markup in a constant. */
function ofText(text: string): UseReport | undefined {
  const loaded = loadedInText(text);
  if (!loaded) return undefined;
  return loaded.kind === 'taken over'
    ? takenOver(loaded.host)
    : {
        message: `The markup runs a script from ${loaded.host} without an integrity hash.`,
        confidence: 'low',
      };
}
