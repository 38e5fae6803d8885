// cryptography 48.0, PyJWT 2.10.1, Authlib 1.6.0, passlib 1.7.4, bcrypt 4.2.0, argon2-cffi 21.1.0; read in the installed
// packages; pycryptodome and python-jose as documented.
import type { Condition, Models } from '../../../models/model.ts';

const unverified: Condition = { at: 'Argument[3,options:].Member[verify_signature]', is: [false] };
/** PyJWT 1. */
const notVerified: Condition = { at: 'Argument[2,verify:]', is: [false] };

/**
 * Cryptography libraries. `types` serves the rules that check how these libraries are configured. `sanitizers` says that
 * hashes and encrypted data are clean. `summaries` says when decoded tokens are tainted.
 */
export const crypto: Models = {
  language: 'python',
  types: [
    ['crypto.Cipher', 'cryptography.hazmat.primitives.ciphers', 'Member[Cipher].Instance'],
    ['crypto.Fernet', 'cryptography.fernet', 'Member[Fernet].Instance'],
    ['crypto.PBKDF2', 'cryptography.hazmat.primitives.kdf.pbkdf2', 'Member[PBKDF2HMAC].Instance'],
    ['Crypto.AES', 'Crypto.Cipher', 'Member[AES]'],
    ['Crypto.AES', 'Cryptodome.Cipher', 'Member[AES]'],
    ['Crypto.DES', 'Crypto.Cipher', 'Member[DES,DES3,ARC2,ARC4,Blowfish,CAST]'],
    ['Crypto.DES', 'Cryptodome.Cipher', 'Member[DES,DES3,ARC2,ARC4,Blowfish,CAST]'],
    ['random.Random', 'random', 'Member[Random].Instance'],
    ['random.SystemRandom', 'random', 'Member[SystemRandom].Instance'],
    ['random.SystemRandom', 'secrets', 'Member[SystemRandom].Instance'],
    ['argon2.PasswordHasher', 'argon2', 'Member[PasswordHasher].Instance'],
    ['passlib.CryptContext', 'passlib.context', 'Member[CryptContext].Instance'],
    ['ssl.SSLContext', 'ssl', 'Member[SSLContext].Instance'],
    ['ssl.SSLContext', 'ssl', 'Member[create_default_context].ReturnValue'],
  ],
  summaries: [
    // A verified token contains what the program has signed, which may still be untrusted.
    ['jwt', 'Member[decode]', 'Argument[0,jwt:]', 'ReturnValue', 'doubtful'],
    ['jwt', 'Member[decode]', 'Argument[0,jwt:]', 'ReturnValue', 'taint', unverified],
    ['jwt', 'Member[decode]', 'Argument[0,jwt:]', 'ReturnValue', 'taint', notVerified],
    ['jose.jwt', 'Member[decode]', 'Argument[0,token:]', 'ReturnValue', 'doubtful'],
    ['jose.jwt', 'Member[decode]', 'Argument[0,token:]', 'ReturnValue', 'taint', unverified],
    [
      'jose.jwt',
      'Member[get_unverified_claims,get_unverified_header]',
      'Argument[0,token:]',
      'ReturnValue',
      'taint',
    ],
    ['authlib.jose', 'Member[jwt].Member[decode]', 'Argument[0,s:]', 'ReturnValue', 'doubtful'],
    ['crypto.Fernet', 'Member[decrypt]', 'Argument[0,token:]', 'ReturnValue', 'doubtful'],
  ],
  sanitizers: [
    ['jwt', 'Member[encode].ReturnValue', 'all'],
    ['crypto.Fernet', 'Member[encrypt].ReturnValue', 'all'],
    ['bcrypt', 'Member[hashpw,checkpw].ReturnValue', 'all'],
    ['argon2.PasswordHasher', 'Member[hash,verify].ReturnValue', 'all'],
    ['passlib.CryptContext', 'Member[hash,encrypt,verify].ReturnValue', 'all'],
    ['django.contrib.auth.hashers', 'Member[make_password,check_password].ReturnValue', 'all'],
  ],
};
