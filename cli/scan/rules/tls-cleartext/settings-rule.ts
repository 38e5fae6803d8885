import { isTestPath } from '../../project/path-purpose.ts';
import type { TextFile } from '../../project/project.ts';
import { isTemplateOfSettings } from '../../project/settings-format.ts';
import type { TextReport } from '../kit/rule.ts';
import type { SettingsRule } from '../kit/settings-rule.ts';
import { head } from './head.ts';
import { manifestLoads } from './manifest-loads.ts';
import { saidOf } from './said.ts';

/** Bounds the findings in one file. */
const maxReports = 50;

/** Reports packages and programs that settings files load without TLS. */
export const settingsRule: SettingsRule = Object.freeze({
  ...head,
  isOfSettings: true,
  read,
} satisfies SettingsRule);

function read({ path, text }: TextFile): readonly TextReport[] {
  const isTest = isTestPath(path) || isTemplateOfSettings(path);
  return manifestLoads(path, text)
    .slice(0, maxReports)
    .map(({ what, at, end }) => {
      const { message, confidence } = saidOf[what];
      return { message, confidence: isTest ? 'low' : confidence, at, end };
    });
}
