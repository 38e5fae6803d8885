import type { Linked } from '../callgraph/linked.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Func, Inst } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { kindsAdmittedBy } from '../semantics/pattern/pattern-kinds.ts';
import { declaredFields } from './declared-fields.ts';

/** Nest's pipes that convert a parameter to a value without free text, or refuse it. */
const pipes: ReadonlySet<string> = new Set([
  'ParseIntPipe',
  'ParseFloatPipe',
  'ParseBoolPipe',
  'ParseUUIDPipe',
  'ParseEnumPipe',
  'ParseDatePipe',
]);

/** class-validator's decorators that admit only numbers, dates, or one of a few texts. */
const strict: ReadonlySet<string> = new Set(
  `IsInt IsNumber IsPositive IsNegative IsBoolean IsDate IsDateString IsISO8601 IsUUID IsEnum IsIn IsMongoId
  IsNumberString IsBooleanString IsPort IsLatitude IsLongitude`.split(/\s+/),
);

/** Decorators that admit any text of an alphabet. */
const alphabets: ReadonlyMap<string, string> = new Map([
  ['IsAlpha', '[a-zA-Z]+'],
  ['IsAlphanumeric', '[a-zA-Z0-9]+'],
  ['IsHexadecimal', '[0-9a-fA-F]+'],
  ['IsHash', '[0-9a-fA-F]+'],
  // It may also be a host of the client's choice.
  ['IsIP', '[0-9a-fA-F.:]+'],
]);

/** Whether a parameter's decorator has a pipe that excludes free text: `@Param('id', ParseIntPipe) id: number`. */
export function isPiped(frame: FunctionView, inst: Inst): boolean {
  if (inst.op !== 'call' || !inst.isDecorator) return false;
  const given = frame.inst(inst.callee);
  if (given.op !== 'call') return false;
  return given.args.some((arg) => {
    const pipe = frame.inst(arg);
    const named = pipe.op === 'call' && pipe.isNew ? frame.inst(pipe.callee) : pipe;
    return named.op === 'import' && pipes.has(named.name);
  });
}

/**
 * The sink kinds that a field of an object is clean for because Nest checks its decorators. `owners` are the classes that
 * the object may be an instance of, and the result holds for each of them. None if Nest checks no decorators.
 */
export function validatedKinds(linked: Linked, owners: readonly number[], name: string): Kinds {
  return owners.length > 0 && validation(linked).isOn ? declaredKinds(linked, owners, name) : noKinds;
}

/**
 * The sink kinds that a field's decorators sanitise for, in all of the classes `owners`. Call this only where the decorators
 * were checked. Where Nest may check them, call `validatedKinds`.
 */
export function declaredKinds(linked: Linked, owners: readonly number[], name: string): Kinds {
  if (owners.length === 0) return noKinds;
  let all = allKinds;
  for (const owner of owners) all = all.intersect(fieldKinds(linked, owner, name));
  return all;
}

function fieldKinds(linked: Linked, owner: number, name: string): Kinds {
  const field = declaredFields(linked, owner).get(name);
  if (!field) return noKinds;
  const { code } = linked.program.functions[field.func]?.func ?? { code: [] };
  let clean = noKinds;
  for (const value of field.decorators) {
    const decorator = code[value];
    const given = decorator?.op === 'call' ? code[decorator.callee] : undefined;
    if (given?.op === 'call') clean = clean.union(kindsOf(given, code));
  }
  return clean;
}

function kindsOf(given: Call, code: readonly Inst[]): Kinds {
  const callee = code[given.callee];
  if (callee?.op !== 'import' || callee.specifier !== 'class-validator') return noKinds;
  if (strict.has(callee.name)) return allKinds;
  const alphabet = alphabets.get(callee.name);
  if (alphabet !== undefined) return kindsAdmittedBy(alphabet, '', 'fullmatch');
  return callee.name === 'Matches' ? matchedKinds(given, code) : noKinds;
}

/** `@Matches(/^[a-z]+$/)`, `@Matches('^[a-z]+$')`, `@Matches('^[a-z]+$', 'i')` */
function matchedKinds({ args }: Call, code: readonly Inst[]): Kinds {
  const [pattern, second] = args.map((arg) => code[arg]);
  if (pattern?.op === 'regex') return kindsAdmittedBy(pattern.source, pattern.flags, 'search');
  if (pattern?.op !== 'const' || typeof pattern.value !== 'string') return noKinds;
  const flags = second?.op === 'const' && typeof second.value === 'string' ? second.value : '';
  return kindsAdmittedBy(pattern.value, flags, 'search');
}

/**
 * The sink kinds that an object is clean for if Nest's validation is set to remove undeclared fields. None otherwise.
 */
export function whitelistedKinds(linked: Linked, owners: readonly number[]): Kinds {
  if (!validation(linked).isWhitelist) return noKinds;
  const areDeclared = owners.length > 0 && owners.every((owner) => declaredFields(linked, owner).size > 0);
  return areDeclared ? kinds('mass-assignment', 'prototype') : noKinds;
}

/** Whether Nest checks the decorators of fields, because the project uses a `ValidationPipe`. */
export function isValidating(linked: Linked): boolean {
  return validation(linked).isOn;
}

interface Validation {
  /** The project uses a `ValidationPipe`. `isWhitelist`: it is configured to remove undeclared fields. */
  readonly isOn: boolean;
  readonly isWhitelist: boolean;
}

const validation = memoized(({ program: { instructions } }: Linked): Validation => {
  const isOn = instructions.some('import', ({ name }) => name === 'ValidationPipe');
  const isWhitelist =
    isOn && instructions.some('call', (inst, { func }) => inst.isNew === true && makesWhitelist(func, inst));
  return { isOn, isWhitelist };
});

/** `new ValidationPipe({ whitelist: true })` */
function makesWhitelist({ code }: Func, { callee, args }: Call): boolean {
  const pipe = code[callee];
  const options = code[args[0] ?? -1];
  if (pipe?.op !== 'import' || pipe.name !== 'ValidationPipe' || options?.op !== 'object') return false;
  const value = code[options.values[options.keys.indexOf('whitelist')] ?? -1];
  return value?.op === 'const' && value.value === true;
}
