import { maxAliasHops } from '../budgets/schemas.ts';
import type { Linked } from '../callgraph/linked.ts';
import type { FuncInfo } from '../callgraph/program.ts';
import type { Abstract } from '../dataflow/domain/abstract.ts';
import { join } from '../dataflow/domain/join.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { annotatedParts, nameRead } from '../ir/annotated.ts';
import { calledBy } from '../ir/default-calls.ts';
import type { Call, Inst, TypeName } from '../ir/ir.ts';

/**
 * A Python type alias: `Order = Annotated[str, Query(pattern='^[a-z]+$')]`, `Name = constr(pattern='^[a-z]+$')`,
 * `Side = Literal['a', 'b']`.
 */
export interface TypeAlias {
  readonly module: number;
  /** The function that contains the alias: its module's top level. */
  readonly func: number;
  /** The first type in the brackets; undefined for a `Literal`, and for a type that has no name. */
  readonly type: TypeName | undefined;
  readonly isLiteral: boolean;
  /** The calls that follow the type in the brackets. */
  readonly calls: readonly Call[];
}

/** The alias that a type's name refers to, in this module or imported from another. Undefined if it is no alias. */
export function aliasOf(
  frame: FunctionView,
  module: number,
  type: TypeName | undefined,
): TypeAlias | undefined {
  const { engine, linked } = frame;
  let cell = cellOf(linked, module, type);
  let info: FuncInfo | undefined;
  let inst: Inst | undefined;
  for (let hop = 0; hop <= maxAliasHops && (hop === 0 || inst?.op === 'import'); hop++) {
    // A package exports the alias of one of its modules: `from .models import Side`.
    if (info && inst?.op === 'import') cell = linked.cellOfImport(info.module, inst.specifier, inst.name);
    const [written, more] = cell === undefined ? [] : engine.cells.stores(cell);
    info = linked.program.functions[written?.func ?? -1];
    inst = info?.func.code[written?.value ?? -1];
    if (more) return undefined;
  }
  if (!info) return undefined;
  const { code } = info.func;
  if (inst?.op === 'call' && calledBy(info.func, inst) === 'constr')
    return { module: info.module, func: info.id, type: { name: 'str' }, isLiteral: false, calls: [inst] };
  if (inst?.op !== 'index') return undefined;
  const parts = annotatedParts(info.func, inst);
  const [first, ...others] = parts ?? [];
  const isLiteral = nameRead(code[inst.object]) === 'Literal';
  if (!parts && !isLiteral) return undefined;
  return {
    module: info.module,
    func: info.id,
    type: first === undefined ? undefined : typeNamed(code[first]),
    isLiteral,
    calls: others.flatMap((one) => {
      const made = code[one];
      return made?.op === 'call' ? [made] : [];
    }),
  };
}

/**
 * The value that a FastAPI dependency passes to a parameter whose type is an alias:
 * `Order = Annotated[str, Depends(order_of)]`. Undefined if there is no such dependency.
 */
export function givenByAlias(frame: FunctionView, index: number): Abstract | undefined {
  const { linked, info, func, engine } = frame;
  if (frame.handed.length === 0) return undefined;
  const type = func.params[index]?.type;
  const cell = cellOf(linked, info.module, type);
  const alias = cell === undefined ? undefined : aliasOf(frame, info.module, type);
  return cell !== undefined && alias && alias.calls.length > 0
    ? engine.variables.cellValue(frame.scope, cell)
    : undefined;
}

/**
 * The value that a parameter with this annotation gets from a call in the annotation: `Annotated[str, Depends(order_of)]`.
 * Undefined if the annotation contains no call.
 */
export function annotatedValue(frame: FunctionView, inst: Inst & { op: 'index' }): Abstract | undefined {
  const parts = annotatedParts(frame.func, inst);
  if (!parts) return undefined;
  let all: Abstract | undefined;
  for (const value of parts.slice(1)) {
    if (frame.inst(value).op !== 'call') continue;
    const one = frame.use(value);
    all = all ? join(all, one) : one;
  }
  return all;
}

function cellOf(
  { program, cellOfImport }: Linked,
  module: number,
  type: TypeName | undefined,
): number | undefined {
  if (!type) return undefined;
  if ('cell' in type) return (program.firstCell[module] as number) + type.cell;
  const [name, more] = 'import' in type ? type.path : [];
  return 'import' in type && name !== undefined && more === undefined
    ? cellOfImport(module, type.import, name)
    : undefined;
}

function typeNamed(inst: Inst | undefined): TypeName | undefined {
  switch (inst?.op) {
    case 'global':
      return { name: inst.name };
    case 'import':
      return { import: inst.specifier, path: [inst.name] };
    case 'cell-load':
      return { cell: inst.cell };
    case 'class':
      return { class: inst.class };
    default:
      return undefined;
  }
}
