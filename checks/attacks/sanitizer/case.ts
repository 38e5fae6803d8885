import type { PresetName } from 'bulwark/html';

/** Markup that must come out harmless under every preset that is named (the test's list where none is). */
export interface Attack {
  id: string;
  markup: string;
  presets?: readonly PresetName[];
  /** What must not be in the result, beside everything that the examination looks for. */
  not?: RegExp;
  open?: string;
}

/** Markup that must come out as `want`, or as it is. `rel` of links is added before the trees are compared. */
export interface Use {
  id: string;
  preset: PresetName;
  markup: string;
  want?: string;
  open?: string;
}

/** Cases in short: `name: markup`. `@@` stands for the origin of the test's own server. */
export function attacks(
  group: string,
  cases: Record<string, string>,
  rest: Partial<Attack> = {},
): readonly Attack[] {
  return Object.entries(cases).map(([name, markup]) => ({ ...rest, id: `${group}: ${name}`, markup }));
}
