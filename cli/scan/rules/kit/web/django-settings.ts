import type { Linked } from '../../../callgraph/linked.ts';
import { memoized, memoizedPair } from '../../../ir/memoized.ts';
import { languageOf } from '../../../languages/registry.ts';
import { isDevelopmentPath, isTestPath } from '../../../project/path-purpose.ts';
import { inTests, pathOf } from '../path-kind.ts';
import { known, type Use } from '../use.ts';
import { isForDevelopment } from './development-settings.ts';

/** Whether the file of a use holds the production settings of a Django site, judging by its name or its other settings. */
export function isDjangoSettings(use: Use): boolean {
  const path = pathOf(use);
  if (isDevelopmentPath(path)) return false;
  if (/(^|\/)settings(\.py|\/)|(^|\/)(production|prod|base)(_settings)?\.py$/.test(path)) return true;
  const module = use.frame.linked.program.modules[use.frame.info.module];
  return (
    module?.cells.some(({ name }) =>
      /^(INSTALLED_APPS|ROOT_URLCONF|ALLOWED_HOSTS|MIDDLEWARE|WSGI_APPLICATION)$/.test(name),
    ) ?? false
  );
}

/**
 * Whether a use assigns a Django setting for production. False if the project assigns the same setting in several places,
 * not counting those for tests and development, since it is then unclear which of the values applies.
 * @param name the name of the setting
 */
export function isProductionSetting(use: Use, name: string): boolean {
  if (use.inst.op !== 'cell-store' || !isDjangoSettings(use)) return false;
  return !inTests(use) && !isForDevelopment(use) && settersOf(use.frame.linked, name) === 1;
}

/** The number of assignments of a setting in all files of a project, except those for tests and development. */
function settersOf(linked: Linked, name: string): number {
  return settersIn(linked).get(name) ?? 0;
}

const settersIn = memoized((linked: Linked): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  linked.program.instructions.each('cell-store', ({ cell }, { module }) => {
    const one = linked.program.modules[module];
    // Development settings do not reach production.
    const isOther =
      !one || !languageOf(one).settingsAreVariables || isDevelopmentPath(one.path) || isTestPath(one.path);
    const called = isOther ? undefined : one.cells[cell]?.name;
    if (called !== undefined && /^[A-Z]/.test(called)) found.set(called, (found.get(called) ?? 0) + 1);
  });
  return found;
});

/** The texts of a list, such as `MIDDLEWARE`. Undefined unless all items are known. */
export function textsOf(use: Use, value: number): readonly string[] | undefined {
  const it = known(use, value);
  if (!it?.fields || it.rest || it.length === undefined) return undefined;
  const texts = [...it.fields.values()].map((one) => one.consts?.[0]);
  return texts.every((text) => typeof text === 'string') ? (texts as string[]) : undefined;
}

/**
 * Whether any string literal of the program matches. Call this for a setting that is a list, since other files may add items
 * to it.
 */
export function hasText({ frame: { linked } }: Use, pattern: RegExp): boolean {
  return isTextIn(linked, pattern);
}

const isTextIn = memoizedPair((linked: Linked, pattern: RegExp) =>
  linked.program.instructions.some(
    'const',
    ({ value }) => typeof value === 'string' && value.length < 200 && pattern.test(value),
  ),
);
