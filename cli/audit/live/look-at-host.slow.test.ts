import { describe, expect, it } from 'vitest';
import { runSealed, whyNotSealed } from '../../../checks/machine/sealed.ts';

const reason = whyNotSealed();
const program = new URL('../../../checks/machine/sealed-host-probe.ts', import.meta.url);

describe.skipIf(reason)(`what a machine reaches${reason ? `: ${reason}` : ''}`, { timeout: 60_000 }, () => {
  it('is told for each destination, with one connection and nothing sent', async () => {
    const addresses = ['169.254.169.254', '10.0.0.5'];
    const view = await runSealed(
      program,
      { addresses: addresses.map((address) => `${address}/32`) },
      {
        listen: addresses,
        given: [
          { address: '10.0.0.5', port: 80 },
          { address: '10.0.0.5', port: 5432 },
          { address: '10.9.9.9', port: 80 },
        ],
      },
    );
    expect(view).toEqual({
      probes: [
        { kind: 'metadata', destination: '169.254.169.254:80', state: 'open' },
        { kind: 'metadata', destination: '[fd00:ec2::254]:80', state: 'unreachable' },
        { kind: 'given', destination: '10.0.0.5:80', state: 'open' },
        { kind: 'given', destination: '10.0.0.5:5432', state: 'refused' },
        { kind: 'given', destination: '10.9.9.9:80', state: 'unreachable' },
      ],
      connections: ['10.0.0.5', '169.254.169.254'],
      bytes: 0,
    });
  });

  it('is nothing where there is no network', async () => {
    const view = await runSealed(program, { addresses: [] }, { listen: [], given: [] });
    expect(view).toMatchObject({ probes: [{ state: 'unreachable' }, { state: 'unreachable' }] });
  });
});
