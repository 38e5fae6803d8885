/**
 * Finds passwords, tokens, keys, card numbers and social security numbers that are written to a log or the console. It
 * goes by the names of the variables, members, entries, parameters and functions that make up the text, and follows
 * calls to helpers.
 *
 * ## Why
 * Logs are kept for a long time, copied to other systems, and read by more people than the database. Anyone who finds
 * a password there can log in with it, often on other sites as well.
 *
 * ## Bad
 * ```python
 * import logging
 *
 * def login(request):
 *     logging.info("sign in of %s with %s", request.form["email"], request.form["password"])
 * ```
 * ```typescript
 * function login(email: string, password: string) {
 *   console.log(`sign in of ${email} with ${password}`);
 * }
 * ```
 *
 * ## Good
 * ```python
 * def login(request):
 *     logging.info("sign in of %s", request.form["email"])
 * ```
 * ```typescript
 * function login(email: string, password: string) {
 *   console.log(`sign in of ${email}, password ${password ? 'given' : 'missing'}`);
 * }
 * ```
 *
 * ## When not to use it
 * Hashes, masked values, lengths and the first letters of a secret are not reported, nor is the token of a parser. A
 * tool that shows a newly made key to the person who runs it has low confidence, and so has a token or key that a command of
 * Click or Typer prints.
 */

import { isInCommand } from '../../callgraph/query/command-functions.ts';
import { instOf } from '../../callgraph/query/made-by.ts';
import type { ValueId } from '../../ir/ir.ts';
import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { nameInContext, nameOfCalled } from '../kit/sensitive/sensitive-context.ts';
import { sensitiveValue } from '../kit/sensitive/sensitive-value.ts';
import type { Sensitive } from '../kit/sensitive/sensitive-walk.ts';
import type { Use } from '../kit/use.ts';
import { conditionNames, conditionTests } from '../kit/value/condition-names.ts';
import { isHarmless } from '../kit/value/harmless-value.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { isAbsent } from './absent.ts';
import { type Logged, logCallOf, loggedTo, logNames } from './log-call.ts';
import { loggedRecord } from './whole-record.ts';

export const rule: UseRule = Object.freeze({
  id: 'secret/logged',
  title: 'Secret logged in clear text',
  severity: 'medium',
  cwe: [532, 312],
  owasp: 'A09:2025 Security Logging and Alerting Failures',
  advice: 'Log the user and whether a secret was given, not the secret itself. Leave it out, or mask it.',
  pythonAdvice: 'Log the user and whether a secret was given, not the secret itself.',
  on: ['call'],
  names: logNames,
  modelled: loggedTo,
  look,
} satisfies UseRule);

const confidences = { certain: 'high', likely: 'medium', weak: 'low' } as const;

function look(use: Use): UseReport | undefined {
  const { linked, id } = use.frame;
  const log = logCallOf(linked, { func: id, value: use.value });
  if (!log) return undefined;
  const found = mostCertain(log.values.map((logged) => sensitiveIn(use, logged)));
  if (!found || found.sure === 'weak') {
    const record = wholeRecordIn(use, log.values);
    if (record) return record;
  }
  if (!found || (found.place.func === id && isAbsent(use.frame, found.place.value, found.name, use.value)))
    return undefined;
  const isForTheUser =
    log.to === 'console' &&
    ((isMade(use, found) && isTool(use)) ||
      isAskedFor(use) ||
      (found.kind !== 'password' && isInCommand(linked, id)));
  return {
    message: messageOf(found),
    confidence: inTests(use) || isForTheUser ? 'low' : confidences[found.sure],
  };
}

function wholeRecordIn(use: Use, values: readonly Logged[]): UseReport | undefined {
  if (!use.language.logsShowMembers) return undefined;
  const { linked, id } = use.frame;
  for (const { value } of values) {
    const model = loggedRecord(linked, { func: id, value });
    if (model !== undefined)
      return {
        message: `A whole \`${model.slice(0, 60)}\` record is logged, including its password.`,
        confidence: inTests(use) ? 'low' : 'medium',
      };
  }
  return undefined;
}

function sensitiveIn({ frame }: Use, { value, name }: Logged): Sensitive | undefined {
  const { linked, id } = frame;
  const place = { func: id, value };
  const inst = name === undefined ? undefined : instOf(linked, place);
  const named = name === undefined || !inst ? undefined : nameInContext(linked, place, inst, name);
  if (named) return isHarmless(linked, place) ? undefined : { ...named, place };
  // A logging function that is called inside another logging function is reported at its own call.
  return sensitiveValue(linked, place, (call) => logCallOf(linked, call) !== undefined);
}

function mostCertain(all: readonly (Sensitive | undefined)[]): Sensitive | undefined {
  for (const sure of ['certain', 'likely', 'weak'] as const) {
    const found = all.find((one) => one?.sure === sure);
    if (found) return found;
  }
  return undefined;
}

function messageOf({ kind, name }: Sensitive): string {
  if (kind === 'environment') return 'All environment variables are logged, including secrets.';
  if (kind === 'request') return `The whole \`${name}\` object of a request is logged, including secrets.`;
  return `The ${kind} \`${name.slice(0, 60)}\` is logged.`;
}

/** Whether a secret was created right here, to be shown once. */
function isMade({ frame }: Use, { place }: Sensitive): boolean {
  const inst = instOf(frame.linked, place);
  const callee =
    inst?.op === 'call' ? instOf(frame.linked, { func: place.func, value: inst.callee }) : undefined;
  const name = nameOfCalled(frame.linked, place.func, callee);
  return (
    inst?.op === 'call' &&
    /generat|random|create|make|token_|sign|new|toString|hex|uuid|decode|encode|join/i.test(name)
  );
}

/** Whether the user has asked for details: `if self.verbosity > 1: print(...)`. */
function isAskedFor({ frame, value }: Use): boolean {
  return (
    [...conditionNames(frame, value)].some((name) => asked.test(name)) ||
    conditionTests(frame.func, value).some((test) => isLevel(frame, test))
  );
}

/** `DEBUG >= 10` */
function isLevel({ func, linked, id }: Use['frame'], test: ValueId): boolean {
  const inst = func.code[test];
  if (inst?.op !== 'binary' || !/^>=?$/.test(inst.operator)) return false;
  const level = func.code[inst.right];
  return (
    level?.op === 'const' &&
    typeof level.value === 'number' &&
    [...namesOf(linked, { func: id, value: inst.left })].some((name) => /^_*debug$/i.test(name))
  );
}

const asked = /^_{0,2}(?:debug_?level|debuglevel|verbos(?:e|ity)(?:_?level)?)$/i;

/** Whether this is code that a person runs by hand. */
function isTool(use: Use): boolean {
  if (use.frame.info.func.outer < 0) return true;
  return /(^|\/)(bin|scripts?|cli|tools?|commands?|management)(\/|\.|$)|cli\.|generate|seed|setup/i.test(
    pathOf(use),
  );
}
