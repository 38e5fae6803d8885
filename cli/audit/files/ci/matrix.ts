import { at, entriesOf, itemsOf, type Tree, textOf } from '../yaml-tree.ts';

type Combination = ReadonlyMap<string, Tree>;

const most = 256;
/** Of all texts together, filled in. */
const mostText = 4_000_000;

/** The combinations of `strategy.matrix` of a job. Undefined if it is computed, or has very many. */
function combinationsOf(matrix: Tree | undefined): readonly Combination[] | undefined {
  if (matrix?.kind !== 'map') return undefined;
  let all: readonly Combination[] = [new Map()];
  const own = matrix.entries.filter(({ key }) => key !== 'include' && key !== 'exclude');
  for (const { key, value } of own) {
    if (value.kind !== 'list') return undefined;
    const items = itemsOf(value);
    if (all.length * items.length > most) return undefined;
    all = all.flatMap((one) => items.map((item) => new Map([...one, [key, item]])));
  }
  const excluded = at(matrix, 'exclude');
  const included = at(matrix, 'include');
  if ([excluded, included].some((list) => list !== undefined && list.kind !== 'list')) return undefined;
  const left = all.filter(
    (one) =>
      own.length > 0 &&
      !itemsOf(excluded).some((item) =>
        entriesOf(item).every(({ key, value }) => isSame(one.get(key), value)),
      ),
  );
  if (itemsOf(included).length > most) return undefined;
  return itemsOf(included).reduce(withIncluded(own.map(({ key }) => key)), left);
}

/** An entry of `include` extends the combinations that it agrees with, or else is one of its own. */
function withIncluded(
  keys: readonly string[],
): (all: readonly Combination[], item: Tree) => readonly Combination[] {
  return (all, item) => {
    const entries = entriesOf(item);
    const agrees = (one: Combination): boolean =>
      keys.some((key) => one.has(key)) &&
      entries.every(({ key, value }) => !keys.includes(key) || isSame(one.get(key), value));
    const added = entries.map(({ key, value }) => [key, value] as const);
    return all.some(agrees)
      ? all.map((one) => (agrees(one) ? new Map([...one, ...added]) : one))
      : [...all, new Map(added)];
  };
}

function isSame(one: Tree | undefined, other: Tree): boolean {
  const text = textOf(one);
  return text !== undefined && text === textOf(other);
}

const expression = /\$\{\{\s*matrix\.([\w-]+(?:\.[\w-]+)*)\s*\}\}/g;

/** The texts with each combination of the matrix in place of `${{ matrix.target }}`, once each; what is not known stays as it is. */
export function withMatrix(
  texts: readonly string[],
  matrix: Tree | undefined,
): readonly (readonly string[])[] {
  if (!texts.some((text) => /\$\{\{\s*matrix\./.test(text))) return [texts];
  const combinations = combinationsOf(matrix) ?? [];
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length * combinations.length > mostText) return [texts];
  const filled = combinations.map((one) =>
    texts.map((text) =>
      text.replace(expression, (whole, path: string) => {
        const [key = '', ...rest] = path.split('.');
        const found = one.get(key);
        if (found === undefined) return '';
        return textOf(rest.length === 0 ? found : at(found, ...rest)) ?? whole;
      }),
    ),
  );
  const distinct = [...new Map(filled.map((one) => [one.join('\n'), one])).values()];
  return distinct.length === 0 ? [texts] : distinct;
}
