import { describe, expect, it } from 'vitest';
import { configureEvents } from '../event/record.ts';
import { keyring } from '../secrets/keyring.ts';
import { type LoginFacts, type LoginLimit, loginLimit, memoryStore } from './index.ts';

configureEvents({ sinks: [] });
const keys = keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi');
const make = (): LoginLimit => loginLimit({ store: memoryStore(), keys });
const address = '203.0.113.9';
const home = '198.51.100.1';

async function logIn(login: LoginLimit, facts: LoginFacts): Promise<string> {
  const line = await (await login.reserve(facts)).succeeded();
  return line.slice(line.indexOf('=') + 1, line.indexOf(';'));
}

// Names that some databases take as one, and some as two.
describe('an account whose name differs from the owner only by an accent', () => {
  it('has no device cookie for the owner, and uses up no attempts of the owner on known devices', async () => {
    const login = make();
    const owners = await logIn(login, { account: 'jose', address: home });
    const own = await logIn(login, { account: 'jos\u00e9', address });
    let guesses = 0;
    for (let tries = 0; tries < 200; tries++) {
      const { attempt } = await login.check({ account: 'jose', address, cookie: own });
      if (attempt) guesses += 1;
      expect(attempt?.device ?? false).toBe(false);
      attempt?.failed();
      const back = await login.check({ account: 'jos\u00e9', address, cookie: own });
      if (back.attempt) await back.attempt.succeeded();
    }
    expect(guesses).toBeLessThanOrEqual(20);
    for (let device = 0; device < 20; device++) {
      const cookie = login.trustDevice({ account: 'jos\u00e9' }).split(/[=;]/)[1] ?? '';
      for (let tries = 0; tries < 10; tries++) await login.check({ account: 'jos\u00e9', address, cookie });
    }
    const { attempt } = await login.check({ account: 'jose', address: home, cookie: owners });
    expect(attempt?.device).toBe(true);
  });

  it.each([' Jose', 'JOSE ', '\uff4aose'])('is not the owner who types %j', async (typed) => {
    const login = make();
    const cookie = await logIn(login, { account: 'jose', address: home });
    expect((await login.reserve({ account: typed, address, cookie })).device).toBe(true);
  });
});

describe('an attempt whose password was not checked', () => {
  it('is given back, so that a busy server locks no one out', async () => {
    const login = make();
    for (let tries = 0; tries < 50; tries++) {
      await (await login.reserve({ account: 'anna', address })).giveBack();
    }
    await logIn(login, { account: 'anna', address });
  });

  it('takes back no other attempt, and only once', async () => {
    const login = make();
    for (let tries = 0; tries < 4; tries++) (await login.reserve({ account: 'anna', address })).failed();
    const last = await login.reserve({ account: 'anna', address });
    await Promise.all([last.giveBack(), last.giveBack()]);
    (await login.reserve({ account: 'anna', address })).failed();
    await expect(login.reserve({ account: 'anna', address })).rejects.toMatchObject({
      code: 'rate-limit/login-exceeded',
    });
  });

  it('can be neither given back after it failed, nor succeed after that', async () => {
    const login = make();
    const failed = await login.reserve({ account: 'anna', address });
    failed.failed();
    await expect(failed.giveBack()).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    const given = await login.reserve({ account: 'anna', address });
    await given.giveBack();
    await expect(given.succeeded()).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
  });
});
