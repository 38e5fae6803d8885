import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';

export type ListedFunction = (...args: never[]) => unknown;

export interface ExpressionLimits {
  /** The longest text of an expression, in characters. 10,000 by default. */
  readonly maxLength: number;
  /** How deep parentheses, lists, arguments and conditions may be nested, and a result too. 50 by default. */
  readonly maxDepth: number;
  /** The most operations of one evaluation. 100,000 by default. */
  readonly maxSteps: number;
  /** The longest string that an evaluation may read or build, in characters. 100,000 by default. */
  readonly maxStringLength: number;
}

export interface ExpressionOptions extends Partial<ExpressionLimits> {
  /** The functions that an expression may call, by name. None by default. They get plain values, and must return plain data. */
  readonly functions?: Readonly<Record<string, ListedFunction>>;
}

const bounds: Readonly<Record<keyof ExpressionLimits, readonly [usual: number, most: number]>> = {
  maxLength: [10_000, 1_000_000],
  maxDepth: [50, 200],
  maxSteps: [100_000, 100_000_000],
  maxStringLength: [100_000, 100_000_000],
};

export function readExpressionOptions(options: ExpressionOptions): {
  readonly limits: ExpressionLimits;
  readonly functions: ReadonlyMap<string, ListedFunction>;
} {
  const own = knownOptions(options, ['functions', 'maxLength', 'maxDepth', 'maxSteps', 'maxStringLength']);
  const limit = (name: keyof ExpressionLimits): number => readLimit(name, own[name]);
  return {
    limits: {
      maxLength: limit('maxLength'),
      maxDepth: limit('maxDepth'),
      maxSteps: limit('maxSteps'),
      maxStringLength: limit('maxStringLength'),
    },
    functions: readFunctions(own.functions ?? {}),
  };
}

function readLimit(name: keyof ExpressionLimits, value: unknown): number {
  const [usual, most] = bounds[name];
  if (value === undefined) return usual;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Misuse(
    'bulwark/invalid-option',
    `${name} takes a whole number from 1 to ${most.toLocaleString('en')}.`,
  );
}

function readFunctions(functions: object): ReadonlyMap<string, ListedFunction> {
  if (typeof functions !== 'object' || functions === null || Array.isArray(functions)) {
    throw new Misuse('bulwark/invalid-option', 'functions takes a record, such as { round: Math.round }.');
  }
  const listed = new Map<string, ListedFunction>();
  for (const [name, value] of Object.entries(functions) as [string, unknown][]) {
    if (!/^[\p{L}_$][\p{L}\p{M}\p{N}_$]*$/u.test(name) || typeof value !== 'function') {
      throw new Misuse(
        'bulwark/invalid-option',
        'functions has a value that is not a function, or a name that cannot be called.',
      );
    }
    if (runsCode.has(value)) {
      throw new Misuse('bulwark/invalid-option', `functions must not list ${name}: it runs text as code.`);
    }
    listed.set(name, value as ListedFunction);
  }
  return listed;
}

/** Listing one of these would defeat the guard. */
const runsCode: ReadonlySet<unknown> = new Set([
  // biome-ignore lint/security/noGlobalEval: named to be refused
  ...[globalThis.eval, Function],
  ...[async () => undefined, function* () {}, async function* () {}].map((one) => one.constructor),
]);
