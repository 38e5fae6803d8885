import type { Place } from '../callgraph/query/called-on.ts';
import { type Abstract, unknown } from '../dataflow/domain/abstract.ts';
import { list, object } from '../dataflow/domain/entries.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst } from '../ir/ir.ts';
import {
  alphabetTypes,
  applyingFunctions,
  convertingMethods,
  keepingMethods,
  objectTypes,
  openingMethods,
  schemaLibraries,
  textTypes,
} from '../libraries/javascript/data/schema-names.ts';
import { kindsAdmittedBy } from '../semantics/pattern/pattern-kinds.ts';
import { patternOf } from '../semantics/pattern/pattern-of.ts';
import { libraryOf, namesOther, readsDates } from './schema-library.ts';
import {
  arkFields,
  arkType,
  fromLibrary,
  givenFields,
  givenSchema,
  harmlessText,
  isOfLibrary,
  leavesNothing,
} from './schema-types.ts';
import {
  admit,
  cleanOf,
  isMaking,
  isSchema,
  making,
  opened,
  schema,
  shapeOf,
  withClean,
} from './schema-values.ts';

/** Whether a schema's method is treated as returning the schema unchanged, such as `optional` or `trim`. */
export function keepsSchema(method: string): boolean {
  return keepingMethods.has(method);
}

/** The result of a call of a validation library: a schema, or the data that a schema admits. Undefined for other calls. */
export function schemaCall(
  frame: FunctionView,
  inst: Inst & Call,
  callee: Inst,
  args: readonly Abstract[],
  receiver: Abstract,
): Abstract | undefined {
  if (callee.op === 'import' && schemaLibraries.has(callee.specifier))
    return ofFunction(frame, inst, callee.name, args, callee.specifier === 'arktype');
  if (callee.op !== 'member') {
    // A type of arktype is callable.
    return isSchema(frame.values[inst.callee])
      ? admit(frame.use(inst.callee), args[0] ?? unknown)
      : undefined;
  }
  if (!isSchema(receiver) && !isOfLibrary(frame, callee.object)) return undefined;
  const { name } = callee;
  // `t.number.is`, `String.check` of runtypes.
  const own = givenSchema(frame, callee.object, receiver);
  if (isSchema(own)) {
    const next = ofMethod(frame, inst, name, args, own);
    return next && isSchema(next) && isMaking(own) ? making(next) : next;
  }
  if (!fromLibrary(frame, callee.object)) return undefined;
  const made = ofFunction(frame, inst, name, args, false);
  return made && isSchema(made) && isCoerced(frame, callee.object, name) ? making(made) : made;
}

/**
 * Whether a type of `z.coerce` converts its input. `z.coerce.date()` accepts many texts; a number accepts numeric texts only.
 */
function isCoerced(frame: FunctionView, object: number, name: string): boolean {
  const inst = frame.inst(object);
  return inst.op === 'member' && inst.name === 'coerce' && name !== 'number';
}

function ofMethod(
  frame: FunctionView,
  inst: Inst & Call,
  name: string,
  args: readonly Abstract[],
  own: Abstract,
): Abstract | undefined {
  const [data = unknown] = args;
  switch (name) {
    case 'parse':
    case 'parseAsync':
    case 'validateAsync':
    case 'validateSync':
    case 'assert':
      return admit(own, data);
    case 'check':
      return isSchema(data) ? own : admit(own, data);
    case 'validate':
      return validated(admit(own, data));
    case 'decode':
      return object([
        ['right', admit(own, data)],
        ['left', unknown],
      ]);
    case 'safeParse':
    case 'safeParseAsync':
      return object([
        ['data', admit(own, data)],
        ['success', unknown],
      ]);
    case 'items':
    case 'of':
      return schema(noKinds, object([], args[0]));
    case 'regex':
    case 'pattern':
    case 'matches':
      return schema(cleanOf(own).union(admittedBy(frame, inst.args[0])));
  }
  if (convertingMethods.has(name)) return making(own);
  if (keepingMethods.has(name)) return own;
  if (openingMethods.has(name)) return opened(own);
  return make(frame, inst, name, args, own);
}

/** The result of a library's function: `v.parse(User, body)`, `attempt(body, user)`, `v.pipe(v.string(), v.regex(/^a+$/))`. */
function ofFunction(
  frame: FunctionView,
  inst: Call,
  name: string,
  given: readonly Abstract[],
  isArk: boolean,
): Abstract | undefined {
  if (isArk) return name === 'type' && given[0] ? arkSchema(given[0]) : undefined;
  const args = given.map((it, i) => givenSchema(frame, inst.args[i], it) ?? it);
  const schemas = args.filter(isSchema);
  const [by] = schemas;
  if (by && (applyingFunctions.has(name) || name === 'validate')) {
    const value = admit(by, args.find((arg) => arg !== by) ?? unknown);
    if (name === 'validate') return list([unknown, value]);
    return name.startsWith('safe')
      ? object([
          ['output', value],
          ['success', unknown],
        ])
      : value;
  }
  if (name === 'regex') return schema(admittedBy(frame, inst.args[0]));
  if (by && name === 'pattern') return schema(cleanOf(by).union(admittedBy(frame, inst.args[1])));
  if (by && name === 'pipe')
    return withClean(
      by,
      schemas.reduce((all, one) => all.union(cleanOf(one)), noKinds),
    );
  if (by && convertingMethods.has(name)) return making(by);
  return by && keepingMethods.has(name) ? by : make(frame, inst, name, args, unknown);
}

function arkSchema(it: Abstract): Abstract | undefined {
  return it.shape === 'object' ? schema(noKinds, object(arkFields(it))) : arkType(it);
}

/** Joi's `{ value, error }`, or Yup's promise of the value itself. */
function validated(value: Abstract): Abstract {
  return object([...(value.fields ?? []), ['value', value], ['error', unknown]], value.rest);
}

const noPathOrShell = harmlessText.union(kinds('path', 'command'));

function make(
  frame: FunctionView,
  inst: Call,
  name: string,
  args: readonly Abstract[],
  before: Abstract,
): Abstract | undefined {
  const [first = unknown, second] = args;
  // The types of runtypes begin with a capital letter.
  const type = name.charAt(0).toLowerCase() + name.slice(1);
  const at = (value: number): Place => ({ func: frame.id, value });
  if (namesOther(frame.linked, type, inst.args.map(at))) return schema(noKinds);
  if (type === 'date' && readsDates(libraryOf(frame.linked, at(inst.callee))))
    return making(schema(allKinds));
  if (leavesNothing(type)) return schema(allKinds);
  if (textTypes.has(type)) return schema(harmlessText);
  const signs = alphabetTypes.get(type);
  if (signs !== undefined) return schema(harmlessText.union(kindsAdmittedBy(signs, '', 'fullmatch')));
  if (type === 'email' || type === 'datetime' || type === 'ip' || type === 'ipv4')
    return schema(noPathOrShell);
  const isRecordOfFields = type === 'record' && !second && !isSchema(first);
  if (objectTypes.has(type) || isRecordOfFields) {
    const known = shapeOf(before)?.fields ?? new Map<string, Abstract>();
    const fields =
      type === 'merge' ? (shapeOf(first)?.fields ?? []) : givenFields(frame, inst.args[0], first);
    const made = schema(noKinds, object([...known, ...fields]));
    return type === 'looseObject' ? opened(made) : made;
  }
  if (type === 'array' || type === 'record') {
    const item = type === 'record' ? (second ?? first) : first.fields ? first : before;
    return schema(noKinds, object([], item));
  }
  return type === 'union' ? union(frame, inst, first, args) : undefined;
}

/** `z.union([a, b])`, `Union(Literal('a'), Literal('b'))`: clean for the kinds that each member is clean for. */
function union(
  frame: FunctionView,
  inst: Call,
  first: Abstract,
  args: readonly Abstract[],
): Abstract | undefined {
  const written = frame.inst(inst.args[0] ?? -1);
  const types =
    written?.op === 'list'
      ? written.items.map((item, i) => givenSchema(frame, item, first.fields?.get(String(i))))
      : args;
  const known = types.filter((type): type is Abstract => isSchema(type) && !shapeOf(type));
  if (known.length === 0 || known.length < types.length) return undefined;
  const made = schema(known.reduce((all, one) => all.intersect(cleanOf(one)), allKinds));
  return known.some(isMaking) ? making(made) : made;
}

/** `z.string().regex(/^[a-z]+$/)` */
function admittedBy(frame: FunctionView, value: number | undefined): Kinds {
  const pattern = value === undefined ? undefined : patternOf(frame, value);
  return pattern ? kindsAdmittedBy(pattern.source, pattern.flags, 'search') : noKinds;
}
