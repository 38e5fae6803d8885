import type { Linked } from '../../callgraph/linked.ts';
import { classFunctions } from './class-functions.ts';

/**
 * The functions that use each form or serializer class: those that create an instance of it. If such a function is a
 * method, all methods of its class count. So do all methods of a view that names the form: `form_class = NoteForm`.
 */
export class FormUsers {
  readonly #linked: Linked;
  readonly #functions = new Map<number, Set<number>>();

  constructor(linked: Linked) {
    this.#linked = linked;
    this.#addAnswers();
  }

  of(form: number): ReadonlySet<number> {
    return this.#functions.get(form) ?? new Set();
  }

  /**
   * Adds a function that creates the form: `NoteForm(request.POST)`. If the function is a method, adds all methods of
   * its class, since these may use the form afterwards.
   */
  addFunction(form: number, func: number): void {
    const owner = this.#linked.classOf(func);
    if (owner >= 0) this.addView(form, owner);
    this.#add(form, [func]);
  }

  /** Adds the methods of a view that names the form: `form_class = NoteForm`. */
  addView(form: number, view: number): void {
    this.#add(form, classFunctions(this.#linked, view));
  }

  #add(form: number, functions: readonly number[]): void {
    let found = this.#functions.get(form);
    if (!found) {
      found = new Set();
      this.#functions.set(form, found);
    }
    for (const func of functions) found.add(func);
  }

  /** Adds the methods that return a form: `def get_serializer_class(self): return NoteSerializer`. */
  #addAnswers(): void {
    for (const { id, func } of this.#linked.program.functions) {
      if (func.name !== 'get_serializer_class' && func.name !== 'get_form_class') continue;
      for (const { end } of func.blocks) {
        if (end.kind !== 'return') continue;
        for (const form of this.#linked.classes(id, end.value)) this.addFunction(form, id);
      }
    }
  }
}
