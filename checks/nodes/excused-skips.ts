interface Excuse {
  /** The name of a suite whose title is no more than the reason. */
  readonly subject: string;
  /** What follows the title of a suite that was skipped. */
  readonly reason: RegExp;
  readonly why: string;
}

/** What the machine or a release of Node does not have: a skip on one Node alone that is no difference to mend. */
const excuses: readonly Excuse[] = [
  {
    subject: 'better-sqlite3',
    reason: /: better-sqlite3 does not load on Node v.*$/,
    why: 'better-sqlite3 is compiled for the Node that installed it',
  },
  {
    subject: 'node:sqlite',
    reason: /: node:sqlite does not load on Node v20\..*$/,
    why: 'Node 20 has no node:sqlite',
  },
  {
    subject: 'TLS to IPv6 addresses',
    reason: /: Node v22\..* refuses certificates for IPv6 addresses$/,
    why: 'Node 22 refuses certificates for IPv6 addresses (nodejs/node#64144)',
  },
];

/** Why a suite of this title was skipped, where that is excused. */
export function excuseIn(title: string): string | undefined {
  return excuses.find(({ reason }) => reason.test(title))?.why;
}

/** The title that the suite has on a Node where it runs: a suite with no more than the reason is named by its subject. */
export function withoutExcuse(title: string): string {
  const excuse = excuses.find(({ reason }) => reason.test(title));
  return excuse === undefined ? title : title.replace(excuse.reason, '') || excuse.subject;
}
