import { programs } from '../programs.ts';
import type { Attack, Place } from './attack.ts';
import { arm, effectOf } from './effect.ts';
import { request } from './request.ts';

const place = { group: 'Command injection', part: 'command', fixed: true } as const;

const invoice: Place = {
  ...{ ...place, endpoint: 'POST invoice customer', code: [{ file: 'invoice.ts' }] },
  async fire(app, range, payload) {
    const armed = arm(app, payload);
    const reply = await request(app, 'POST', 'invoice', { customer: armed.payload });
    return effectOf(app, reply, range, armed);
  },
};

/** Its payload is one name a line. */
const archive: Place = {
  ...{ ...place, endpoint: 'POST archive file', code: [{ file: 'archive.ts' }] },
  async fire(app, range, payload) {
    const armed = arm(app, payload);
    const reply = await request(app, 'POST', 'archive', { file: armed.payload.split('\n') });
    return effectOf(app, reply, range, armed);
  },
};

export const commandPlaces: readonly Place[] = [
  ...(programs.invoice ? [invoice] : []),
  ...(programs.tar ? [archive] : []),
];

const inShell = [
  ['a second command', '"; touch CANARY; "', true],
  ['a command in the name', '$(touch CANARY)', true],
  ['a command in backticks', '`touch CANARY`', false],
  ['a second line', '"\ntouch CANARY\n"', false],
  ['a command after another', '" && touch CANARY && echo "', false],
  ['what a pipe leads to', '" | cat SECRET; "', false],
  ['a file in the name', '$(cat SECRET)', false],
] as const;

const inTar = [
  ['an option that runs a command', '--checkpoint=1\n--checkpoint-action=exec=touch CANARY\nprices.csv'],
  ['an option that leads elsewhere', '-C../private\ncustomers.key'],
  ['an option that reads a list', '--files-from=../private/customers.key\n--verbatim-files-from\nSECRET'],
  ['a name that leads out', '../private/customers.key'],
] as const;

/** Names that a shell, or a program without one, reads as more than names. */
export function commandAttacks(): Attack[] {
  return [
    ...(programs.invoice
      ? inShell.map(([name, payload, guide]) => ({ ...invoice, name, payload, guide, kind: 'shell' }))
      : []),
    ...(programs.tar
      ? inTar.map(([name, payload]) => ({ ...archive, name, payload, guide: false, kind: 'argument' }))
      : []),
  ];
}
