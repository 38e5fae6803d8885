import type { Linked } from '../../link/linked.ts';
import { basesOf } from './bases.ts';

interface Uses {
  /** Classes that Django's administration uses, behind its own check of who is staff. */
  readonly staff: ReadonlySet<number>;
  /** Classes that records are written by. */
  readonly written: ReadonlySet<number>;
  /** What code gives a record itself, of whatever class. */
  readonly set: ReadonlySet<string>;
}

const known = new WeakMap<Linked, Uses>();

/** Whether a form is one of Django's administration: in its file, or handed to one of its classes. */
export function isForStaff(linked: Linked, owner: number, path: string): boolean {
  return /(^|\/)admin(\/|\.py$)/.test(path) || usesOf(linked).staff.has(owner);
}

/** Whether a serializer is given data, or stands in a view that takes some. */
export function isWritten(linked: Linked, owner: number): boolean {
  return usesOf(linked).written.has(owner);
}

/** Which of these fields code gives a record itself, after what was sent: `note.owner = request.user`, `save(owner=...)`. */
export function setByCode(linked: Linked, names: readonly string[]): ReadonlySet<string> {
  const { set } = usesOf(linked);
  return new Set(names.filter((name) => set.has(name) && owning.test(name)));
}

/** Only of these it says that others are not asked: rights are given elsewhere, too. */
const owning = /^(?:owner|user|author|created_by)$/;
const administration = /Admin$|Inline$/;
const writing =
  /^(?:ModelViewSet|(?:List)?CreateAPIView|(?:Retrieve)?Update(?:Destroy)?APIView|(?:Create|Update)ModelMixin)$/;
const maxBases = 40;

function usesOf(linked: Linked): Uses {
  const before = known.get(linked);
  if (before) return before;
  const [staff, written, set] = [new Set<number>(), new Set<number>(), new Set<string>()];
  const { program } = linked;
  program.instructions.each('class', (inst, { id, module }) => {
    const form = inst.values[inst.names.lastIndexOf('form')];
    const serializer = inst.values[inst.names.lastIndexOf('serializer_class')];
    if (form === undefined && serializer === undefined) return;
    const bases = [...basesOf(linked, (program.firstClass[module] ?? 0) + inst.class)].slice(0, maxBases);
    if (form !== undefined && bases.some((name) => administration.test(name)))
      for (const one of linked.classes(id, form)) staff.add(one);
    if (serializer !== undefined && bases.some((name) => writing.test(name)))
      for (const one of linked.classes(id, serializer)) written.add(one);
  });
  program.instructions.each('call', (inst, { id, func }) => {
    if (!inst.names) return;
    const callee = func.code[inst.callee];
    if (inst.names.includes('data')) for (const one of linked.classes(id, inst.callee)) written.add(one);
    if (callee?.op === 'member' && callee.name === 'save')
      for (const name of inst.names) if (name !== null) set.add(name);
  });
  program.instructions.each('store', (inst) => {
    if (owning.test(inst.name)) set.add(inst.name);
  });
  const uses = { staff, written, set };
  known.set(linked, uses);
  return uses;
}
