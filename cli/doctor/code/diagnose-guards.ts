import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { bulwarkImports, type CodeProject, placeOf } from './code-project.ts';
import type { CodeModule, Use } from './read-module.ts';

/** A guard that does nothing on its own: it must be passed to `bulwark()`, or called for each request. */
interface Guard {
  readonly from: readonly string[];
  readonly make: string;
  /** The option of `bulwark()`. */
  readonly option: string;
  /** The methods that call it. */
  readonly asks: readonly string[];
}

const guards: readonly Guard[] = [
  { from: ['bulwark/session'], make: 'sessions', option: 'session', asks: ['load'] },
  { from: ['bulwark/session/sealed'], make: 'sealedSessions', option: 'session', asks: ['load'] },
  { from: ['bulwark/rate-limit'], make: 'rateLimit', option: 'rateLimit', asks: ['check'] },
  { from: ['bulwark/csrf'], make: 'csrf', option: 'csrf', asks: ['check', 'checkUpgrade'] },
  { from: ['bulwark/cors'], make: 'cors', option: 'cors', asks: ['answer'] },
];

/** Diagnoses guards that are created and never reached by a request. */
export function diagnoseGuards(project: CodeProject): Diagnosis {
  const id = 'code/guards';
  const made = project.modules.flatMap((module) => guards.flatMap((guard) => madeIn(module, guard, project)));
  const idle = made.filter(({ isReached }) => !isReached);
  if (idle.length > 0) {
    return wrong(id, 'A guard is created, but no request reaches it.', {
      evidence: idle.map(
        ({ place, guard, name }) => `${place}: ${name ?? guard.make} is never passed to bulwark()`,
      ),
      why: 'The code looks protected, but is not.',
      fix: [...new Set(idle.map(({ guard, name }) => `bulwark({ ${optionText(guard.option, name)} })`))],
    });
  }
  if (made.length === 0) return unknown(id, 'The code creates no session, CSRF, CORS or rate limit guard.');
  return ok(
    id,
    'Every guard that the code creates reaches bulwark().',
    made.map(({ place, guard }) => `${place}: ${guard.make}`),
  );
}

function optionText(option: string, name: string | undefined): string {
  return name === undefined || name === option ? option : `${option}: ${name}`;
}

interface Made {
  readonly guard: Guard;
  readonly place: string;
  readonly name: string | undefined;
  readonly isReached: boolean;
}

function madeIn(module: CodeModule, guard: Guard, project: CodeProject): Made[] {
  const locals = bulwarkImports(module, ...guard.from)
    .filter(({ name }) => name === guard.make)
    .map(({ local }) => local);
  return module.uses
    .filter(({ name, isCall }) => isCall && locals.includes(name))
    .map((use) => {
      const call = use.above?.node;
      const name = call && module.declared.get(call);
      const isDropped = use.above?.above?.node.type === 'ExpressionStatement';
      const isReached = name === undefined ? !isDropped : reaches(name, guard, module, project);
      return { guard, name, isReached, place: placeOf(module, module.lineOf(use.node.start)) };
    });
}

/** If the whole value escapes, it is assumed to be used there. */
function reaches(name: string, guard: Guard, module: CodeModule, { modules }: CodeProject): boolean {
  const asks = (use: Use): boolean => use.member === undefined || guard.asks.includes(use.member);
  if (module.uses.some((use) => use.name === name && asks(use))) return true;
  if (!module.exports.has(name)) return false;
  return modules.some((other) => {
    if (other === module) return false;
    const locals = other.imports
      .filter((each) => each.name === name && /^[.#@~/]/.test(each.from))
      .map(({ local }) => local);
    // `import * as guards` may use every one.
    const isWhole = other.imports.some((each) => each.name === '*' && /^[.#@~/]/.test(each.from));
    return isWhole || other.uses.some((use) => locals.includes(use.name) && asks(use));
  });
}
