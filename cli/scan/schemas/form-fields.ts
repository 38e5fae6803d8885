import { maxFieldValidators, maxFormBaseDepth } from '../budgets/schemas.ts';
import type { Linked } from '../callgraph/linked.ts';
import { origin } from '../callgraph/query/called-on.ts';
import { deepTaints } from '../dataflow/domain/abstract.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Func, Inst, ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { kindsAdmittedBy } from '../semantics/pattern/pattern-kinds.ts';

/** The members that hold the checked data of forms and serializers. */
const checkedData: ReadonlySet<string> = new Set(['cleaned_data', 'validated_data']);

/** Field types that admit no free text. */
const strict: ReadonlySet<string> = new Set(
  `IntegerField FloatField DecimalField BooleanField NullBooleanField UUIDField DateField DateTimeField TimeField
  DurationField ChoiceField MultipleChoiceField TypedChoiceField ModelChoiceField
  ModelMultipleChoiceField PrimaryKeyRelatedField
  IntegerRangeField DecimalRangeField DateTimeLocalField MonthField WeekField SubmitField SelectField SelectMultipleField RadioField
  QuerySelectField QuerySelectMultipleField`.split(/\s+/),
);

/** Field types that admit any text of an alphabet. An address may also be a host of the client's choice. */
const alphabets: ReadonlyMap<string, string> = new Map([
  ['SlugField', '[\\w-]+'],
  ['GenericIPAddressField', '[0-9a-fA-F.:]+'],
  ['IPAddressField', '[0-9a-fA-F.:]+'],
]);

function admittedBy(func: Func, field: Call, type: string): Kinds {
  if (strict.has(type)) return isChoiceFree(func, field) ? noKinds : allKinds;
  if (type === 'RegexField') return patternKinds(func, field).union(validatedKinds(func, field));
  const alphabet = alphabets.get(type);
  const admitted = alphabet === undefined ? noKinds : kindsAdmittedBy(alphabet, '', 'fullmatch');
  return admitted
    .union(validatedKinds(func, field))
    .union(field.names?.includes('validators') ? kinds('upload') : noKinds);
}

/** `RegexField(r'^\w+$')`, `RegexField(regex=r'^\w+$')` */
function patternKinds({ code }: Func, { args, names }: Call): Kinds {
  const named = names?.indexOf('regex') ?? -1;
  const pattern = code[args[Math.max(named, 0)] ?? -1];
  return pattern?.op === 'const' && typeof pattern.value === 'string'
    ? kindsAdmittedBy(pattern.value, '', 'search')
    : noKinds;
}

/** Whether `validate_choice=False` disables the check of choices, which is on by default. */
function isChoiceFree({ code }: Func, { args, names }: Call): boolean {
  const named = names?.indexOf('validate_choice') ?? -1;
  const given = named < 0 ? undefined : code[args[named] ?? -1];
  return named >= 0 && !(given?.op === 'const' && given.value === true);
}

/**
 * The kinds that a field's validators sanitise for: `[DataRequired(), Regexp(r'^\w+$')]`,
 * `validators=[RegexValidator(r'^\w+$')]`.
 */
function validatedKinds(func: Func, { args, names }: Call): Kinds {
  const { code } = func;
  const named = names?.indexOf('validators') ?? -1;
  const list = code[args[named >= 0 ? named : 1] ?? -1];
  if (list?.op !== 'list' || (named < 0 && names?.[1])) return noKinds;
  let all = noKinds;
  for (const item of list.items.slice(0, maxFieldValidators)) {
    const made = code[item];
    if (made?.op === 'call') all = all.union(validatorKinds(func, made));
  }
  return all;
}

/** The sink kinds that a validator sanitises for. `made` is the call that creates the validator, such as `Regexp(r'^\w+$')`. */
export function validatorKinds({ code }: Func, made: Call): Kinds {
  const callee = code[made.callee];
  if (callee?.op !== 'import' && callee?.op !== 'member') return noKinds;
  const pattern = code[made.args[0] ?? -1];
  if (callee.name === 'UUID' || (callee.name === 'AnyOf' && pattern?.op === 'list')) return allKinds;
  const how = matching.get(callee.name);
  return how &&
    isPlain(code, made, callee.name) &&
    pattern?.op === 'const' &&
    typeof pattern.value === 'string'
    ? kindsAdmittedBy(pattern.value, '', how)
    : noKinds;
}

/**
 * Whether a validator has no flags and is not inverted: `Regexp(pattern, flags, message)`, `RegexValidator(pattern, message,
 * code, inverse_match, flags)`.
 */
function isPlain(code: readonly Inst[], { args, names }: Call, validator: string): boolean {
  const placed = args.filter((_, i) => !names?.[i]);
  if (names?.some((name) => name && name !== 'message')) return false;
  if (validator === 'RegexValidator') return placed.length <= 3;
  const flags = code[placed[1] ?? -1];
  return (
    placed.length < 2 || (flags?.op === 'const' && (flags.value === 0 || typeof flags.value === 'string'))
  );
}

/** How validators match their expression: WTForms' at the beginning, Django's anywhere. */
const matching: ReadonlyMap<string, 'match' | 'search'> = new Map([
  ['Regexp', 'match'],
  ['RegexValidator', 'search'],
]);

/**
 * The sink kinds that an entry of validated form data is clean for: `form.cleaned_data['year']`, if the form declares `year`
 * as an `IntegerField` or has a method `clean_year`.
 */
export function entryKinds(frame: FunctionView, container: ValueId, name: string): Kinds {
  const { linked } = frame;
  const made = origin(linked, { func: frame.id, value: container });
  const inst = linked.program.functions[made.func]?.func.code[made.value];
  if (inst?.op !== 'member' || !checkedData.has(inst.name)) return noKinds;
  const owners = linked.instances(made.func, inst.object);
  if (owners.length === 0) return noKinds;
  return owners.reduce((all, owner) => all.intersect(fieldKinds(frame, owner, name)), allKinds);
}

function fieldKinds(frame: FunctionView, owner: number, name: string): Kinds {
  const declared = declaredField(frame.linked, owner, name, 0)?.admitted ?? noKinds;
  return declared === allKinds ? declared : declared.union(methodKinds(frame, owner, name));
}

/** The kinds that the result of the form's own method for a field is clean for. */
function methodKinds(frame: FunctionView, owner: number, name: string): Kinds {
  let clean = noKinds;
  for (const prefix of ['clean_', 'validate_']) {
    const method = frame.linked.methodOf(owner, prefix + name);
    // Inside the method itself nothing is proven yet.
    if (method === undefined || method === frame.id) continue;
    const { returns } = frame.engine.deepSummary(method, [0]) ?? {};
    const proven =
      returns && deepTaints(returns).reduce((all, taint) => all.intersect(taint.clean), allKinds);
    clean = clean.union((proven ?? noKinds).union(kinds('upload')));
  }
  return clean;
}

/** A field of a form: its class name, and the kinds that it is clean for once it is checked. */
interface Field {
  readonly type: string;
  readonly admitted: Kinds;
}

export function declaredField(linked: Linked, owner: number, name: string, depth: number): Field | undefined {
  const own = fieldsOf(linked, owner).get(name);
  if (own || depth > maxFormBaseDepth) return own;
  for (const base of linked.basesOf(owner)) {
    const found = typeof base === 'number' ? declaredField(linked, base, name, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

const noFields: ReadonlyMap<string, Field> = new Map();

/** The fields of a form class, by name. */
function fieldsOf(linked: Linked, owner: number): ReadonlyMap<string, Field> {
  return allFields(linked).get(owner) ?? noFields;
}

const allFields = memoized((linked: Linked): ReadonlyMap<number, ReadonlyMap<string, Field>> => {
  const all = new Map<number, Map<string, Field>>();
  const { instructions, firstClass } = linked.program;
  instructions.each('class', (inst, { module, func }) => {
    inst.names.forEach((name, i) => {
      const field = func.code[inst.values[i] ?? -1];
      const callee = field?.op === 'call' ? func.code[field.callee] : undefined;
      if (field?.op !== 'call' || (callee?.op !== 'member' && callee?.op !== 'import')) return;
      if (!callee.name.endsWith('Field')) return;
      const owner = (firstClass[module] ?? 0) + inst.class;
      const fields = all.get(owner) ?? new Map<string, Field>();
      const admitted = admittedBy(func, field, callee.name);
      all.set(owner, fields.set(name, { type: callee.name, admitted }));
    });
  });
  return all;
});
