import type { Linked } from '../callgraph/linked.ts';
import { languageAt } from '../callgraph/program.ts';
import { decoratorsOf } from '../callgraph/query/decorators.ts';
import { deepTaints } from '../dataflow/domain/abstract.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { calledBy } from '../ir/default-calls.ts';
import type { Call, Func, Inst, ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { kindsAdmittedBy } from '../semantics/pattern/pattern-kinds.ts';
import { extendsModel } from './checked-types.ts';
import { declaringCalls } from './declaring-calls.ts';
import { aliasOf } from './type-alias.ts';

/** Calls that restrict a parameter or field: `col: str = Query(pattern='^[a-z_]+$')`. */
const declaring: ReadonlySet<string> = new Set(
  'Query Path Header Cookie Form Body Field StringConstraints constr'.split(' '),
);
const validating: ReadonlySet<string> = new Set(['field_validator', 'validator']);

/** The sink kinds that a parameter is sanitised for by its declaration, such as `= Query(pattern='^[a-z]+$')`. */
export function defaultKinds(frame: FunctionView, param: ValueId): Kinds {
  return declaringCalls(frame, param).reduce(
    (all, { func, call }) => all.union(patternKinds(func.func, call)).union(headerKinds(func.func, call)),
    noKinds,
  );
}

/** A server refuses header fields with a line break. */
const singleLine = kinds('log');

function patternKinds(func: Func, call: Call): Kinds {
  if (!call.names || !declaring.has(calledBy(func, call) ?? '')) return noKinds;
  const at = call.names.findIndex((name) => name === 'pattern' || name === 'regex');
  const pattern = func.code[call.args[at] ?? -1];
  return pattern?.op === 'const' && typeof pattern.value === 'string'
    ? kindsAdmittedBy(pattern.value, '', 'search')
    : noKinds;
}

function headerKinds(func: Func, call: Call): Kinds {
  return calledBy(func, call) === 'Header' ? singleLine : noKinds;
}

function kindsOfValue(func: Func, value: ValueId | undefined): Kinds {
  const given = func.code[value ?? -1];
  const made = given?.op === 'typed' ? func.code[given.value] : given;
  return made?.op === 'call' ? patternKinds(func, made) : noKinds;
}

/** The sink kinds that a model's field is clean for, by its declaration and its validators. */
export function modelFieldKinds(frame: FunctionView, owner: number, name: string): Kinds {
  if (!extendsModel(frame, owner)) return noKinds;
  let clean = noKinds;
  for (const one of [owner, ...frame.linked.ancestors(owner)]) {
    const { patterns, validators } = declared(frame.linked).get(one) ?? nothing;
    clean = clean.union((patterns.get(name) ?? noKinds).union(aliasKinds(frame, one, name)));
    for (const func of validators.get(name) ?? []) clean = clean.union(returnedKinds(frame, func));
  }
  return clean;
}

/** `Name = Annotated[str, StringConstraints(pattern='^[a-z]+$')]`, and `name: Name` */
function aliasKinds(frame: FunctionView, owner: number, name: string): Kinds {
  const { program } = frame.linked;
  const info = program.classes[owner];
  const type = info?.class.fields.find((field) => field.name === name)?.type;
  const alias = info && type ? aliasOf(frame, info.module, type) : undefined;
  const written = program.functions[alias?.func ?? -1];
  if (!alias || !written) return noKinds;
  return alias.calls.reduce((all, call) => all.union(patternKinds(written.func, call)), noKinds);
}

/** The kinds that a validator's result is clean for. */
function returnedKinds(frame: FunctionView, func: number): Kinds {
  // Inside the validator itself nothing is proven yet.
  if (func === frame.id) return noKinds;
  const { returns } = frame.engine.deepSummary(func, [0]) ?? {};
  return returns ? deepTaints(returns).reduce((all, taint) => all.intersect(taint.clean), allKinds) : noKinds;
}

interface Declared {
  readonly patterns: Map<string, Kinds>;
  readonly validators: Map<string, number[]>;
}

const nothing: Declared = { patterns: new Map(), validators: new Map() };

/** The restrictions that each class declares for its fields. */
const declared = memoized((linked: Linked): ReadonlyMap<number, Declared> => {
  const all = new Map<number, Declared>();
  const { instructions, firstClass, firstFunc } = linked.program;
  instructions.each('class', (inst, { module, func }) => {
    if (!languageAt(linked.program, module).classBodiesDeclareFields) return;
    const owner = (firstClass[module] ?? 0) + inst.class;
    const found: Declared = { patterns: new Map(), validators: new Map() };
    inst.names.forEach((name, i) => {
      const clean = kindsOfValue(func, inst.values[i]);
      if (clean !== noKinds) found.patterns.set(name, clean);
    });
    const { fields, methods } = linked.program.classes[owner]?.class ?? { fields: [], methods: [] };
    for (const { name, decorators = [] } of fields) {
      const clean = decorators.reduce((all, one) => all.union(kindsOfValue(func, one)), noKinds);
      if (clean !== noKinds) found.patterns.set(name, (found.patterns.get(name) ?? noKinds).union(clean));
    }
    for (const method of methods) {
      const id = (firstFunc[module] ?? 0) + method.func;
      for (const { call } of decoratorsOf(linked, id)) {
        for (const name of validatedBy(func.code, call)) {
          const others = found.validators.get(name);
          if (others) others.push(id);
          else found.validators.set(name, [id]);
        }
      }
    }
    all.set(owner, found);
  });
  return all;
});

/** `@field_validator('sort', 'then_by')` */
function validatedBy(code: readonly Inst[], call: Call): readonly string[] {
  const callee = code[call.callee];
  if ((callee?.op !== 'import' && callee?.op !== 'member') || !validating.has(callee.name)) return [];
  return call.args.flatMap((arg) => {
    const name = code[arg];
    return name?.op === 'const' && typeof name.value === 'string' ? [name.value] : [];
  });
}
