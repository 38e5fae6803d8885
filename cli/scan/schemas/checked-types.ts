import { maxModelBases, maxTypeAliases } from '../budgets/schemas.ts';
import type { Linked } from '../callgraph/linked.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, TypeName } from '../ir/ir.ts';
import { memoized, memoizedPair } from '../ir/memoized.ts';
import { transitive } from '../ir/query/transitive.ts';
import { aliasOf } from './type-alias.ts';

/** Types that a framework checks before it calls a handler or creates a model. */
const checked: ReadonlySet<string> = new Set([
  'int',
  'float',
  'bool',
  'complex',
  'UUID',
  'UUID4',
  'Decimal',
  'date',
  'datetime',
  'PositiveInt',
  'conint',
  'Literal',
  'IPvAnyAddress',
]);

/** Classes that check their fields against the declared types. */
const models: ReadonlySet<string> = new Set(['BaseModel', 'SQLModel', 'BaseSettings', 'Schema', 'Struct']);
/** Classes whose instances come from a database, with the declared column types. */
const records: ReadonlySet<string> = new Set(['DeclarativeBase', 'Model']);
/** Classes with a few fixed instances, which a client may choose among, and settings, which are the application's own. */
const ownClasses: ReadonlySet<string> = new Set([
  'BaseSettings',
  'Enum',
  'StrEnum',
  'IntEnum',
  'IntFlag',
  'TextChoices',
  'IntegerChoices',
]);

/** Whether a value of this type holds no free text: a number, a date, one of a few constants, or the like. */
export function isCheckedType(
  frame: FunctionView,
  module: number,
  type: TypeName | undefined,
  depth = 0,
): boolean {
  if (!type) return false;
  const alias = aliasOf(frame, module, type);
  if (alias && depth < maxTypeAliases)
    return alias.isLiteral || isCheckedType(frame, alias.module, alias.type, depth + 1);
  if ('class' in type)
    return extendsOneOf(
      frame.linked,
      (frame.linked.program.firstClass[module] as number) + type.class,
      ownClasses,
    );
  if ('name' in type) return checked.has(type.name);
  if ('cell' in type) return false;
  if (checked.has(type.path.at(-1) ?? '')) return true;
  const owner = frame.linked.classOfImport(module, type.import, type.path);
  return owner !== undefined && extendsOneOf(frame.linked, owner, ownClasses);
}

/** Whether a class is an enum or holds the application's settings. Its instances hold no free text of a client. */
export function isOwnClass(linked: Linked, owner: number): boolean {
  return extendsOneOf(linked, owner, ownClasses);
}

/** Whether a value is an instance of an enum or settings class, whatever its declared type. */
export function isOwnInstance(frame: FunctionView, value: number): boolean {
  return frame.linked.instances(frame.id, value).some((owner) => isOwnClass(frame.linked, owner));
}

/** Whether a class checks its fields, and declares the field `name` with a type that holds no free text. */
export function isCheckedField(frame: FunctionView, owner: number, name: string): boolean {
  const it = frame.linked.program.classes[owner];
  if (numberColumns(frame.linked, owner).has(name)) return true;
  const field = it?.class.fields.find((one) => one.name === name);
  return (
    field !== undefined &&
    it !== undefined &&
    isCheckedType(frame, it.module, field.type) &&
    (extendsOneOf(frame.linked, owner, models) || extendsOneOf(frame.linked, owner, records))
  );
}

/**
 * Whether a class may restrict the values of its fields: a model, a database record, or a class with number columns.
 */
export function checksFields(linked: Linked, owner: number): boolean {
  return (
    numberColumns(linked, owner).size > 0 ||
    extendsOneOf(linked, owner, models) ||
    extendsOneOf(linked, owner, records)
  );
}

/** The fields that a record class declares as columns of numbers or dates: `seats = IntegerField()`, `Mapped[datetime]`. */
function numberColumns(linked: Linked, owner: number): ReadonlySet<string> {
  return columnsOf(linked).get(owner) ?? noNames;
}

const noNames: ReadonlySet<string> = new Set();

/** Fields of Django and peewee, types of SQLAlchemy. */
const numberColumn =
  /^(?:(?:Positive)?(?:Small|Big)?Integer|(?:Big|Small)?Auto|Float|Double|Decimal|Numeric|Boolean|Date|DateTime|Time|Timestamp|Duration|Interval|UUID|Uuid)(?:Field)?$/;

const columnsOf = memoized(({ program }: Linked): ReadonlyMap<number, ReadonlySet<string>> => {
  const all = new Map<number, ReadonlySet<string>>();
  program.instructions.each('class', (inst, { module, func }) => {
    const names = inst.names.filter((_, i) => isNumberColumn(func.code, inst.values[i] as number));
    if (names.length > 0) all.set((program.firstClass[module] as number) + inst.class, new Set(names));
  });
  return all;
});

/** `IntegerField()`, `Column(Integer, ...)`, `mapped_column(DateTime(timezone=True))` */
function isNumberColumn(code: readonly Inst[], value: number): boolean {
  const inst = code[value];
  if (inst?.op !== 'call') return false;
  const name = lastName(code, inst.callee);
  if (numberColumn.test(name)) return true;
  if (name !== 'Column' && name !== 'mapped_column') return false;
  return inst.args.slice(0, 2).some((arg) => {
    const type = code[arg];
    return numberColumn.test(lastName(code, type?.op === 'call' ? type.callee : arg));
  });
}

function lastName(code: readonly Inst[], value: number): string {
  const inst = code[value];
  return inst?.op === 'member' || inst?.op === 'import' || inst?.op === 'global' ? inst.name : '';
}

/** Whether a class checks its fields, and declares the field `name` as a text. */
export function isTextField(frame: FunctionView, owner: number, name: string): boolean {
  const { fields } = frame.linked.program.classes[owner]?.class ?? { fields: [] };
  const type = fields.find((one) => one.name === name)?.type;
  const last = type && ('name' in type ? type.name : 'import' in type ? type.path.at(-1) : undefined);
  return last !== undefined && texts.has(last) && extendsOneOf(frame.linked, owner, models);
}

const texts: ReadonlySet<string> = new Set(['str', 'constr', 'EmailStr', 'AnyUrl', 'HttpUrl']);

/** Whether a class is a model that checks its fields against the declared types. */
export function extendsModel(frame: FunctionView, owner: number): boolean {
  return extendsOneOf(frame.linked, owner, models);
}

function extendsOneOf(linked: Linked, owner: number, names: ReadonlySet<string>): boolean {
  for (const name of baseNames(linked, owner)) if (names.has(name)) return true;
  return false;
}

/** The names of all library classes that a class extends, directly or through its bases. */
const baseNames = memoizedPair((linked: Linked, owner: number): ReadonlySet<string> => {
  const found = new Set<string>();
  transitive([owner], maxModelBases, (one) => {
    const bases = linked.basesOf(one);
    for (const base of bases) if (typeof base === 'string') found.add(base);
    return bases.filter((base) => typeof base === 'number');
  });
  return found;
});
