import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSealed, whyNotSealed } from '../../../checks/machine/sealed.ts';
import { repositoryFolders } from '../../scan/testing/folder.ts';
import { createCertificateMaker } from '../../target/testing/certificates.ts';

const reason = whyNotSealed();
const program = new URL('../../../checks/machine/sealed-site.ts', import.meta.url);
const lay = repositoryFolders();

describe.skipIf(reason)(`a site with a name${reason ? `: ${reason}` : ''}`, { timeout: 90_000 }, () => {
  it('is asked five times in a second, over http too, and no other host is', async () => {
    const maker = createCertificateMaker();
    const ca = join(lay({}).path, 'ca.pem');
    writeFileSync(ca, maker.ca);
    const pair = maker.make({ hosts: ['shop.example'] });
    maker.remove();
    const network = {
      addresses: ['203.0.113.7/32', '203.0.113.8/32'],
      hosts: ['203.0.113.7 shop.example', '203.0.113.8 www.shop.example'],
    };
    const seen = await runSealed(program, network, { ...pair, ca }, {}, 80_000);
    expect(seen).toMatchObject({
      pages: [200, 'outside'],
      http: [
        [301, 200],
        [301, 200],
      ],
      faults: [[]],
      gaps: [],
      hosts: ['shop.example'],
      others: 0,
    });
    const { requests, mostInOneSecond } = seen as {
      readonly requests: number;
      readonly mostInOneSecond: number;
    };
    expect(requests).toBeLessThanOrEqual(60);
    // A late one can fall into the second of the next ones.
    expect(mostInOneSecond).toBeLessThanOrEqual(8);
  });
});
