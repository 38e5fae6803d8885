import { isForDevelopment } from './deployed-variables.ts';
import { isType, type Plain, type Possible, type PyDict, seenAt, type Value } from './value.ts';

/** Whether a name says production: `production`, `ProductionConfig`, `config.Prod`. */
export function isProductionName(name: string): boolean {
  return /(^|[^a-z])prod(uction)?([^a-z]|$)|(^|[.:])Prod(uction)?([A-Z]|$)/.test(name);
}

/** Whether a name says development or tests: `DevelopmentConfig`, `default`. */
export function isDevelopmentName(name: string): boolean {
  return isForDevelopment(name) || /(^|[._:])(Dev|Development|Test|Testing|Local|Debug)([A-Z]|$)/.test(name);
}

/** `configs['production']` of `configs[os.getenv('MODE', 'default')]`: what a variable of the environment chooses. */
export function productionEntry({ entries }: PyDict, key: Possible | undefined): Value | undefined {
  const isChosen = key !== undefined && (key.plain === undefined || key.variables.length > 0);
  if (!isChosen || ![...entries.values()].every(([{ plain }]) => isConfiguration(plain))) return undefined;
  const [first] = [...entries].filter(([name]) => isProductionName(name));
  const [spot] = key.spots;
  if (!first) return undefined;
  const value = spot ? seenAt(first[1], spot) : first[1];
  const initial = typeof key.plain === 'string' ? entries.get(key.plain)?.[0] : undefined;
  const [chosen, ...others] = value;
  return initial ? [{ ...chosen, instead: { ...initial, variables: key.variables } }, ...others] : value;
}

function isConfiguration(plain: Plain | undefined): boolean {
  return isType(plain, 'class') || (typeof plain === 'string' && /^[\w.:]+Config$/.test(plain));
}
