import type { Group } from '../line/lines.ts';

/** As the guide groups the lines. */
export const groups: readonly Group[] = ['application', 'infrastructure', 'process'];

export const groupTitles: Readonly<Record<Group, string>> = {
  application: 'Application',
  infrastructure: 'Infrastructure',
  process: 'Process',
};
