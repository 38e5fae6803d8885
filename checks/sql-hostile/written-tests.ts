import { types } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { trustedSql } from '../../lib/unsafe/sql/index.ts';
import { unstorable } from './hostile-texts.ts';
import { type OddValue, oddValues } from './odd-values.ts';
import { parseTree } from './parse-tree.ts';
import type { Position } from './position.ts';
import { positions } from './positions.ts';
import { attempt, type Renderer, renderers, takesLists, type Written } from './statement-of.ts';

const because = 'planted, to show that it is found';

type Write = (input: unknown) => Written | string;

/** What one renderer makes of a position, and the texts and trees that are right. */
interface Place {
  readonly renderer: Renderer;
  readonly write: Write;
  readonly texts: ReadonlySet<string>;
  readonly trees: ReadonlySet<string>;
}

/** Every position writes the statement that its author wrote, whatever is put there, or refuses it. */
export function writtenTests(texts: readonly string[]): void {
  beforeAll(() => void configureEvents({ sinks: [] }));

  it('finds a place where a text is a part of the statement', () => {
    const write = (text: string) =>
      trustedSql(`select id from people where name = '${text}'` as 'x', { because });
    const planted: Position = { name: 'planted', write, harmless: ['x'] };
    const found = placesOf(planted).map((place) =>
      texts.filter((text) => faultsOf(place.write(text), place, planted).length),
    );
    for (const list of found) expect(list.length).toBeGreaterThan(texts.length / 4);
  });

  describe.each(positions.map((position) => [position.name, position] as const))('%s', (_, position) => {
    it('has a statement for what is harmless', () => {
      for (const { texts } of placesOf(position)) expect(texts.size).toBeGreaterThan(0);
    });

    it('has the same text and parse tree for each hostile text, or refuses it', () => {
      const codes = new Set<string>();
      const wrong = placesOf(position).flatMap((place) =>
        texts.flatMap((text) => {
          const written = place.write(text);
          if (typeof written === 'string') codes.add(written);
          return faultsOf(written, place, position, text).map((fault) => [place.renderer, text, fault]);
        }),
      );
      expect(wrong.slice(0, 5)).toEqual([]);
      if (position.refuses !== undefined) expect([...codes]).toContain(position.refuses);
      expect([...codes].filter((code) => !code.startsWith('sql/'))).toEqual([]);
    });

    if (position.textOnly) return;
    it('has it for each odd value, or refuses it, and springs no trap', () => {
      const wrong = placesOf(position).flatMap((place) =>
        oddValues.flatMap((odd) =>
          oddFaults(odd, place, position).map((fault) => [place.renderer, odd.name, fault]),
        ),
      );
      expect(wrong.slice(0, 5)).toEqual([]);
    });
  });
}

function placesOf({ only, write, harmless }: Position): readonly Place[] {
  const names = Object.keys(renderers) as Renderer[];
  return names
    .filter((name) => only === undefined || takesLists(name))
    .map((renderer) => {
      const writeHere: Write = (input) => attempt(() => renderers[renderer](write(input as never)));
      const texts = harmless.map(writeHere).flatMap((one) => (typeof one === 'string' ? [] : [one.text]));
      const trees = renderer === 'pg' ? texts.map(parseTree) : [];
      return { renderer, write: writeHere, texts: new Set(texts), trees: new Set(trees) };
    });
}

function faultsOf(
  written: Written | string,
  place: Place,
  position: Position,
  text?: string,
): readonly string[] {
  if (typeof written === 'string') return [];
  const faults = wrongValues(written).map((value) => `binds a ${typeof value}`);
  if (!place.texts.has(written.text)) faults.push(`writes ${written.text}`);
  if (place.renderer === 'pg' && !place.trees.has(treeOf(written.text))) faults.push('has another tree');
  if (text !== undefined && !position.takesAnyText && unstorable.test(text)) faults.push('takes it');
  return faults;
}

function treeOf(text: string): string {
  try {
    return parseTree(text);
  } catch {
    return 'none';
  }
}

function oddFaults(odd: OddValue, place: Place, position: Position): readonly string[] {
  const { value, seen } = odd.make();
  let written: Written | string;
  try {
    written = place.write(value);
  } catch (error) {
    return odd.throws && error instanceof TypeError ? [] : [`throws ${String(error)}`];
  }
  const refusal =
    typeof written === 'string' && !/^(sql|bulwark)\//.test(written) ? [`is refused as ${written}`] : [];
  const sprung = position.reads ? [] : seen.filter((what) => !(odd.list && what.startsWith('get ')));
  return [...refusal, ...faultsOf(written, place, position), ...sprung];
}

/** What a driver would make something else of than a value. */
function wrongValues({ values }: Written): readonly unknown[] {
  return values.filter((value) => !isPlain(value) && !(Array.isArray(value) && isPlainList(value)));
}

function isPlainList(list: readonly unknown[]): boolean {
  return (
    Object.getPrototypeOf(list) === Array.prototype &&
    !Object.hasOwn(list, 'raw') &&
    Array.from(list).every(isPlain)
  );
}

function isPlain(value: unknown): boolean {
  if (types.isDate(value)) {
    return Object.getPrototypeOf(value) === Date.prototype && Reflect.ownKeys(value).length === 0;
  }
  if (types.isUint8Array(value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || ['string', 'bigint', 'boolean'].includes(typeof value);
}
