/**
 * Finds untrusted keys that are written two levels deep into an object, and request bodies that are merged deeply into
 * one. Python has no prototypes, so there is nothing to find.
 *
 * ## Why
 * `object['__proto__'].admin = true` changes every object in the process: checks pass, defaults change, and templates
 * and child processes get options that run code.
 *
 * ## Bad
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * const settings: Record<string, Record<string, string>> = {};
 * app.post('/settings', (req, res) => {
 *   const { group, name, value } = req.body;
 *   settings[group] ??= {};
 *   settings[group][name] = value;
 *   res.sendStatus(204);
 * });
 * ```
 *
 * ## Good
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * const settings = new Map<string, Map<string, string>>();
 * app.post('/settings', (req, res) => {
 *   const { group, name, value } = req.body;
 *   const entries = settings.get(group) ?? new Map<string, string>();
 *   settings.set(group, entries.set(name, value));
 *   res.sendStatus(204);
 * });
 * ```
 *
 * ## When not to use it
 * Where Node runs with `--disable-proto=delete` and other code refuses keys named `constructor`. In a published package, a
 * parameter of an exported function counts as untrusted, with medium severity.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'object/prototype-pollution',
  title: 'Prototype pollution',
  severity: 'high',
  cwe: [1321],
  owasp: 'A08:2025 Software or Data Integrity Failures',
  sinks: ['prototype'],
  sources: ['remote', 'browser'],
  message: 'An untrusted key can reach the prototype of all objects',
  advice:
    'Keep such entries in a `Map` or in `Object.create(null)`, or refuse the keys `__proto__`, `constructor` and `prototype`.',
} satisfies FlowRule);
