interface Excuse {
  readonly client: string;
  /** What follows the title of a suite that was skipped. */
  readonly reason: RegExp;
  readonly why: string;
}

/** What the machine or a release of Node does not have: a skip on one Node alone that is no difference to mend. */
const excuses: readonly Excuse[] = [
  {
    client: 'better-sqlite3',
    reason: /: better-sqlite3 does not load on Node v.*$/,
    why: 'better-sqlite3 is compiled for the Node that installed it',
  },
  {
    client: 'node:sqlite',
    reason: /: node:sqlite does not load on Node v20\..*$/,
    why: 'Node 20 has no node:sqlite',
  },
];

/** Why a suite of this title was skipped, where that is excused. */
export function excuseIn(title: string): string | undefined {
  return excuses.find(({ reason }) => reason.test(title))?.why;
}

/** The title that the suite has on a Node where it runs: a suite with no more than the reason is named as its client. */
export function withoutExcuse(title: string): string {
  const excuse = excuses.find(({ reason }) => reason.test(title));
  return excuse === undefined ? title : title.replace(excuse.reason, '') || excuse.client;
}
