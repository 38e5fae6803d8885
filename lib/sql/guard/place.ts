import type { Needles } from './needles.ts';

/** A part of a statement's text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where an input stands, or a part of it. */
export interface Found extends Place {
  readonly needles: Needles;
  /** The part of a form that stands there. */
  readonly form: string;
}

/** False where it has a sign that can end a literal, a name, a comment or a statement, or begin one. */
export function isWeak(form: string): boolean {
  return !/['"`\\;#\0]|--|\/\*|\*\/|\$[^\s$]*\$/.test(form);
}
