import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwords } from '../index.ts';
import { commonWords } from './common-words.ts';
import { fold } from './fold.ts';

const guard = passwords({ site: 'Bluebird Books' });
const short = passwords({ allowMinLength: 8, site: ['bluebird'] });
const context = ['Ada Lovelace', 'ada.lovelace@example.com'];

/** Why a new password is refused. */
function verdict(password: unknown, by = guard): string {
  const decision = by.check(password, { context });
  return decision.allow ? 'accepted' : `${decision.code}: ${decision.detail.reason}`;
}

describe('a refusal', () => {
  it.each([
    undefined,
    7,
    ['a password in a list'],
    '',
    'short',
    'passwordpassword',
    'adalovelace2024',
    'a tab\tin the middle of it',
    'x'.repeat(1_025),
    '\u{1f600}'.repeat(300),
    'broken \ud800 in the middle of it',
    'ends with a nul, unlike others\0',
  ])('has a sentence for the user: %j', (password) => {
    const decision = guard.check(password, { context });
    expect(!decision.allow && decision.hint).toMatch(/^[A-Z][^$]*\.$/);
    expect(!decision.allow && decision.hint).not.toContain('browser');
  });

  it('that is thrown at a hash has the hint for the developer', async () => {
    await expect(guard.hash(7)).rejects.toMatchObject({
      code: 'password/invalid-password',
      hint: expect.stringContaining('as one string'),
    });
  });
});

describe('check refuses', () => {
  it.each(['', 'short', 'kX9$vQ2p!mZ7#w', '\u{1f600}'.repeat(14)])('too few characters: %j', (password) => {
    expect(verdict(password)).toBe('password/weak-password: too-short');
  });

  it.each([
    'passwordpassword',
    'P@ssw0rd12345678',
    'drowssapdrowssap',
    'password!password?',
    'p-a-s-s-w-o-r-d-1-2',
    'qwertyuiopasdfghjkl',
    '1qaz2wsx3edc4rfv',
    'q1w2e3r4t5y6u7i8',
    '!QAZ@WSX#EDC$RFV',
    '1a2s3d4f5g6h7j8k9l',
    '\u0439\u0446\u0443\u043a\u0435\u043d\u0433\u0448\u0449\u0437\u0445\u044a\u0444\u044b\u0432\u0430',
    '\u0430\u0431\u0432\u0433\u0434\u0435\u0451\u0436\u0437\u0438\u0439\u043a\u043b\u043c\u043d\u043e',
    '\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03b7\u03b8\u03b9\u03ba\u03bb\u03bc\u03bd\u03be\u03bf\u03c0',
    '\u3042\u3044\u3046\u3048\u304a\u304b\u304d\u304f\u3051\u3053\u3055\u3057\u3059\u305b\u305d',
    'aaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '12345678901234567890',
    'Sunshine2024!!!!',
    '!!!!!!!!!!sunshine',
    'iloveyouforever',
    'password123password123',
    'hello123!!!!!!!!',
    'monkeymonkeymonkey1',
    '\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44123456789',
  ])('a common one: %s', (password) => {
    expect(verdict(password)).toBe('password/weak-password: common');
  });

  it.each([
    'adalovelace2024',
    'ada-ada-ada-ada-ada',
    'AdaLovelace!!!!!',
    'ecalevolada1815',
    'Bluebird-Books-2026',
    '8lu3b1rdb00ks!!!',
    'ada.lovelace@example.com',
  ])('one made from the context: %s', (password) => {
    expect(verdict(password)).toBe('password/weak-password: context');
  });

  it('characters that cannot be typed, and values that are not passwords', () => {
    expect(verdict('correct horse\0battery staple')).toBe('password/weak-password: control-character');
    expect(verdict('correct horse\nbattery staple')).toBe('password/weak-password: control-character');
    expect(verdict(['correct horse battery staple'])).toBe('password/invalid-password: not-a-string');
    expect(verdict('a'.repeat(1_025))).toBe('password/invalid-password: too-long');
  });

  it('with a sentence for the user, which does not repeat the password', () => {
    const decision = guard.check('passwordpassword');
    expect(decision).toMatchObject({
      code: 'password/weak-password',
      hint: expect.stringMatching(/^[A-Z][^!]+\.$/),
    });
    expect(JSON.stringify(decision)).not.toContain('passwordpassword');
  });
});

describe('check accepts', () => {
  it.each([
    'correct horse battery staple',
    'correcthorsebatterystaple',
    'my dog has three fleas',
    'Winter is coming 7 times',
    'all lower case and no digit',
    '58205178430921764',
    'dragon 93817465920471',
    '!#%&/()=?+*-_:;',
    'lovelace lives in Turin now',
    '\u043b\u043e\u0448\u0430\u0434\u044c \u0438 \u043e\u0431\u043b\u0430\u043a\u043e',
    '\u65e5\u672c\u8a9e\u306e\u30d1\u30b9\u30ef\u30fc\u30c9\u306f\u9577\u3044\u3067\u3059\u3088',
    '\u{1f600}\u{1f680}\u{1f3b8}\u{1f355}\u{1f984}\u{1f408}\u{1f419}\u{1f335}\u{1f30b}\u{1f3af}\u{1f9ea}\u{1f6b2}\u{1f9e9}\u{1f9f6}\u{1f9f7}',
    'x7 Qd2 vbG9 mWp4 rrZ',
  ])('%s', (password) => {
    expect(verdict(password)).toBe('accepted');
  });

  it('eight characters where the application says so', () => {
    expect(verdict('kX9$vQ2p', short)).toBe('accepted');
    expect(verdict('kX9$vQ2', short)).toBe('password/weak-password: too-short');
    expect(verdict('Tr0ub4dor&3', short)).toBe('accepted');
    expect(verdict('P@ssw0rd', short)).toBe('password/weak-password: common');
  });

  it('what a password manager makes', () => {
    const made = fc.string({
      unit: fc.constantFrom(...'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'),
      minLength: 20,
      maxLength: 20,
    });
    // fast-check likes to repeat characters, and no generator of passwords does.
    const varied = made.filter((text) => new Set(text.toLowerCase()).size > 12);
    fc.assert(
      fc.property(varied, (password) => verdict(password) === 'accepted'),
      { numRuns: 500 },
    );
  });
});

it('check answers for every input, and so for hostile context', () => {
  fc.assert(
    fc.property(fc.anything(), fc.array(fc.anything()), (password, anything) => {
      const decision = guard.check(password, { context: anything as string[] });
      return typeof decision.allow === 'boolean';
    }),
    { numRuns: 500 },
  );
  expect(guard.check('correct horse battery staple', { context: ['', ' ', '@', 'a', 'com'] }).allow).toBe(
    true,
  );
  expect(() => guard.check('x', { context: 'ada' as never })).toThrow(
    expect.objectContaining({ code: 'bulwark/invalid-option' }),
  );
});

it('the list is the one that its header names', () => {
  expect(commonWords().size).toBe(16_785);
  for (const word of ['password', 'qwerty', 'dragon', 'sunshine', 'letmein']) {
    expect(commonWords().has(fold(word)), word).toBe(true);
  }
  expect(commonWords().has('staple')).toBe(false);
});
