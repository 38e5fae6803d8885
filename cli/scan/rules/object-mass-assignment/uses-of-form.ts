import type { Linked } from '../../callgraph/linked.ts';
import { languageAt } from '../../callgraph/program.ts';
import { memoized } from '../../ir/memoized.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import { basesOf } from './bases.ts';
import { isChecking } from './checking.ts';
import { FormUsers } from './form-users.ts';
import { recordStores } from './record-stores.ts';

interface Uses {
  /** Forms of Django's administration, which checks for staff itself. */
  readonly staff: Set<number>;
  /** Forms of views that check permissions. */
  readonly checked: Set<number>;
  /** Forms that anything else uses, except for tests. */
  readonly open: Set<number>;
  /** Classes that write records. */
  readonly written: Set<number>;
  readonly users: FormUsers;
}

/**
 * Whether a form is used only by Django's administration or by views that check permissions. Also true if `path`, the
 * path of the form's file, is that of an administration module, such as `admin.py`.
 */
export function isForStaff(linked: Linked, owner: number, path: string): boolean {
  if (/(^|\/)admin(\/|\.py$)/.test(path)) return true;
  const { staff, checked, open } = usesOf(linked);
  return (staff.has(owner) || checked.has(owner)) && !open.has(owner);
}

/** Whether a serializer may write records: it is passed `data`, or a view that creates or updates records uses it. */
export function isWritten(linked: Linked, owner: number): boolean {
  return usesOf(linked).written.has(owner);
}

/**
 * Returns those fields of a form that the code around the form sets itself, so that clients can't:
 * `note.owner = request.user`, `save(owner=...)`. Only fields for an owner, such as `owner` or `created_by`, are returned.
 */
export function setByCode(linked: Linked, form: number, names: readonly string[]): ReadonlySet<string> {
  const set = new Set<string>();
  for (const func of usesOf(linked).users.of(form)) {
    const { code } = linked.program.functions[func]?.func ?? { code: [] };
    for (const inst of code) for (const name of recordStores(code, inst)) set.add(name);
  }
  return new Set(names.filter((name) => set.has(name) && owning.test(name)));
}

/** Only for these fields does an assignment mean that clients can't set them. Permissions are also assigned elsewhere. */
const owning = /^(?:owner|user|author|created_by)$/;
const administration = /Admin$|Inline$/;
const writing =
  /^(?:ModelViewSet|(?:List)?CreateAPIView|(?:Retrieve)?Update(?:Destroy)?APIView|(?:Create|Update)ModelMixin)$/;

const usesOf = memoized((linked: Linked): Uses => {
  const uses: Uses = {
    staff: new Set(),
    checked: new Set(),
    open: new Set(),
    written: new Set(),
    users: new FormUsers(linked),
  };
  addClasses(linked, uses);
  addCalls(linked, uses);
  return uses;
});

/** `form = NoteForm` in an administration class, `form_class` and `serializer_class` in a view. */
function addClasses(linked: Linked, { staff, checked, open, written, users }: Uses): void {
  const { program } = linked;
  program.instructions.each('class', (inst, { id, module }) => {
    if (!languageAt(program, module).classBodiesDeclareFields) return;
    const owner = (program.firstClass[module] ?? 0) + inst.class;
    const classesAt = (name: string): readonly number[] => {
      const value = inst.values[inst.names.lastIndexOf(name)];
      return value === undefined ? [] : linked.classes(id, value);
    };
    const bases = basesOf(linked, owner);
    const names = [...bases];
    const isOfAdministration = names.some((name) => administration.test(name));
    if (isOfAdministration) for (const form of classesAt('form')) staff.add(form);
    for (const form of classesAt('form_class')) {
      (isChecking(bases) ? checked : open).add(form);
      users.addView(form, owner);
    }
    for (const serializer of classesAt('serializer_class')) {
      if (names.some((name) => writing.test(name))) written.add(serializer);
      users.addView(serializer, owner);
    }
  });
}

/** `NoteForm(request.POST)`, `NoteSerializer(data=request.data)` */
function addCalls(linked: Linked, { open, written, users }: Uses): void {
  const { program } = linked;
  program.instructions.each('call', (inst, { id, module }) => {
    if (!languageAt(program, module).constructsByCall) return;
    const path = program.modules[module]?.path ?? '';
    const view = linked.classOf(id);
    const isOpen = !isTestPath(path) && !(view >= 0 && isChecking(basesOf(linked, view)));
    for (const form of linked.classes(id, inst.callee)) {
      if (inst.names?.includes('data')) written.add(form);
      if (isOpen) open.add(form);
      users.addFunction(form, id);
    }
  });
}
