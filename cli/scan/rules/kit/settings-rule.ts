import type { TextFile } from '../../project/project.ts';
import type { Rule, TextReport, TextRule } from './rule.ts';

/** A rule on settings files, which contain no code. */
export interface SettingsRule extends TextRule {
  readonly isOfSettings: true;
  readonly read: (file: TextFile) => readonly TextReport[];
}

export function isSettingsRule(rule: Rule): rule is SettingsRule {
  return 'isOfSettings' in rule;
}
