import type { Call, Func, ValueId } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { deepTaints } from './abstract.ts';
import { origin } from './called-on.ts';
import type { Frame } from './frame.ts';
import { allKinds, type Kinds, kinds, noKinds } from './kinds.ts';
import { kindsAdmittedBy } from './pattern-kinds.ts';

/** What forms and serializers hold once they have checked it. */
const checkedData: ReadonlySet<string> = new Set(['cleaned_data', 'validated_data']);

/** Fields that let nothing through that somebody could have written freely. */
const strict: ReadonlySet<string> = new Set(
  `IntegerField FloatField DecimalField BooleanField NullBooleanField UUIDField DateField DateTimeField TimeField
  DurationField ChoiceField MultipleChoiceField TypedChoiceField ModelChoiceField
  ModelMultipleChoiceField PrimaryKeyRelatedField
  IntegerRangeField DecimalRangeField DateTimeLocalField MonthField WeekField SubmitField SelectField SelectMultipleField RadioField
  QuerySelectField QuerySelectMultipleField`.split(/\s+/),
);

/** Fields that admit all texts of an alphabet, as an expression would. An address is somebody's choice of a host, too. */
const alphabets: ReadonlyMap<string, string> = new Map([
  ['SlugField', '[\\w-]+'],
  ['GenericIPAddressField', '[0-9a-fA-F.:]+'],
  ['IPAddressField', '[0-9a-fA-F.:]+'],
]);

function admittedBy(func: Func, field: Call, type: string): Kinds {
  if (strict.has(type)) return field.names?.includes('validate_choice') ? noKinds : allKinds;
  const alphabet = alphabets.get(type);
  const admitted = alphabet === undefined ? noKinds : kindsAdmittedBy(alphabet, '', 'fullmatch');
  return (
    admitted | validatedKinds(func, field) | (field.names?.includes('validators') ? kinds('upload') : noKinds)
  );
}

/** More validators than this has no field. */
const maxValidators = 20;

/** What the validators of a field let through: `[DataRequired(), Regexp(r'^\w+$')]`, `validators=[RegexValidator(r'^\w+$')]`. */
function validatedKinds({ code }: Func, { args, names }: Call): Kinds {
  const named = names?.indexOf('validators') ?? -1;
  const list = code[args[named >= 0 ? named : 1] ?? -1];
  if (list?.op !== 'list' || (named < 0 && names?.[1])) return noKinds;
  let all = noKinds;
  for (const item of list.items.slice(0, maxValidators)) {
    const made = code[item];
    const callee = made?.op === 'call' ? code[made.callee] : undefined;
    if (made?.op !== 'call' || (callee?.op !== 'import' && callee?.op !== 'member')) continue;
    const [first] = made.args;
    const pattern = code[first ?? -1];
    if (callee.name === 'UUID' || (callee.name === 'AnyOf' && pattern?.op === 'list')) all |= allKinds;
    const how = matching.get(callee.name);
    const isPlain =
      made.names === undefined || made.names.every((name) => name === null || name === 'message');
    if (how && isPlain && pattern?.op === 'const' && typeof pattern.value === 'string')
      all |= kindsAdmittedBy(pattern.value, '', how);
  }
  return all;
}

/** How validators look for an expression: WTForms' at the beginning, Django's anywhere. */
const matching: ReadonlyMap<string, 'match' | 'search'> = new Map([
  ['Regexp', 'match'],
  ['RegexValidator', 'search'],
]);

/**
 * For which kinds an entry of checked data is harmless: `form.cleaned_data['year']` of a form whose `year` is an
 * `IntegerField`, or that has a method `clean_year`.
 */
export function entryKinds(frame: Frame, container: ValueId, name: string): Kinds {
  const { linked } = frame;
  const made = origin(linked, { func: frame.id, value: container });
  const inst = linked.program.functions[made.func]?.func.code[made.value];
  if (inst?.op !== 'member' || !checkedData.has(inst.name)) return noKinds;
  const owners = linked.instances(made.func, inst.object);
  if (owners.length === 0) return noKinds;
  return owners.reduce((all, owner) => all & fieldKinds(frame, owner, name), allKinds);
}

function fieldKinds(frame: Frame, owner: number, name: string): Kinds {
  const declared = declaredKinds(frame.linked, owner, name, 0);
  return declared === allKinds ? declared : declared | methodKinds(frame, owner, name);
}

/** What the form's own method for a field proves of what it returns. */
function methodKinds(frame: Frame, owner: number, name: string): Kinds {
  let clean = noKinds;
  for (const prefix of ['clean_', 'validate_']) {
    const method = frame.linked.methodOf(owner, prefix + name);
    // In the method itself nothing is proven yet.
    if (method === undefined || method === frame.id) continue;
    const { returns } = frame.engine.deepSummary(method, [0]) ?? {};
    const proven = returns && deepTaints(returns).reduce((all, taint) => all & taint.clean, allKinds);
    clean |= (proven ?? noKinds) | kinds('upload');
  }
  return clean;
}

/** Bases of a form are not followed further than this. */
const maxBases = 8;

export function declaredKinds(linked: Linked, owner: number, name: string, depth: number): Kinds {
  const own = fieldsOf(linked, owner).get(name);
  if (own !== undefined || depth > maxBases) return own ?? noKinds;
  for (const base of linked.basesOf(owner)) {
    const found = typeof base === 'number' ? declaredKinds(linked, base, name, depth + 1) : noKinds;
    if (found !== noKinds) return found;
  }
  return noKinds;
}

const known = new WeakMap<Linked, ReadonlyMap<number, ReadonlyMap<string, Kinds>>>();
const noFields: ReadonlyMap<string, Kinds> = new Map();

/** What the fields of a class are harmless for, by their names. */
function fieldsOf(linked: Linked, owner: number): ReadonlyMap<string, Kinds> {
  let all = known.get(linked);
  if (!all) {
    all = allFields(linked);
    known.set(linked, all);
  }
  return all.get(owner) ?? noFields;
}

function allFields(linked: Linked): ReadonlyMap<number, ReadonlyMap<string, Kinds>> {
  const all = new Map<number, Map<string, Kinds>>();
  const { instructions, firstClass } = linked.program;
  instructions.each('class', (inst, { module, func }) => {
    inst.names.forEach((name, i) => {
      const field = func.code[inst.values[i] ?? -1];
      const callee = field?.op === 'call' ? func.code[field.callee] : undefined;
      if (field?.op !== 'call' || (callee?.op !== 'member' && callee?.op !== 'import')) return;
      if (!callee.name.endsWith('Field')) return;
      const owner = (firstClass[module] ?? 0) + inst.class;
      const fields = all.get(owner) ?? new Map<string, Kinds>();
      all.set(owner, fields.set(name, admittedBy(func, field, callee.name)));
    });
  });
  return all;
}
