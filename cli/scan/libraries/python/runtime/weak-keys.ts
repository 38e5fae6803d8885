// Functions that generate keys: cryptography 48, pycryptodome 3, paramiko 3.5, pyOpenSSL 25, rsa 4.9, ecdsa 0.19, M2Crypto
// 0.4x, jwcrypto 1.5, ssl of Python 3.13; as documented.
import type { Models } from '../../../models/model.ts';

const asymmetric = 'cryptography.hazmat.primitives.asymmetric';
const weakCurves = 'SECP192R1,SECT163K1,SECT163R2';

export const weakKeys: Models = {
  language: 'python',
  types: [
    ['use.RsaKeyCryptography', `${asymmetric}.rsa`, 'Member[generate_private_key]'],
    ['use.DsaKeyCryptography', `${asymmetric}.dsa`, 'Member[generate_private_key,generate_parameters]'],
    ['use.DhKeyCryptography', `${asymmetric}.dh`, 'Member[generate_parameters]'],
    ['use.EcKey', `${asymmetric}.ec`, 'Member[generate_private_key,derive_private_key]'],
    ['use.WeakCurve', `${asymmetric}.ec`, `Member[${weakCurves}]`],
    [
      'use.WeakCurve',
      'ecdsa',
      'Member[NIST192p,SECP112r1,SECP112r2,SECP128r1,SECP160r1,BRAINPOOLP160r1,BRAINPOOLP192r1]',
    ],
    ['use.WeakCurve', 'ecdsa.curves', 'Member[NIST192p,SECP112r1,SECP112r2,SECP128r1,SECP160r1]'],
    ['use.EcdsaKey', 'ecdsa', 'Member[SigningKey].Member[generate]'],
    ['use.EcdsaKey', 'ecdsa.keys', 'Member[SigningKey].Member[generate]'],
    ['use.SizedKey', 'Crypto.PublicKey', 'Member[RSA,DSA,ElGamal].Member[generate]'],
    ['use.SizedKey', 'Cryptodome.PublicKey', 'Member[RSA,DSA,ElGamal].Member[generate]'],
    ['use.SizedKey', 'paramiko', 'Member[RSAKey].Member[generate]'],
    ['use.SizedKey', 'paramiko.rsakey', 'Member[RSAKey].Member[generate]'],
    ['use.SizedKey', 'rsa', 'Member[newkeys]'],
    ['use.SizedKey', 'M2Crypto', 'Member[RSA].Member[gen_key]'],
    ['use.DssKey', 'paramiko', 'Member[DSSKey].Member[generate]'],
    ['use.EccKey', 'Crypto.PublicKey', 'Member[ECC].Member[generate]'],
    ['use.EccKey', 'Cryptodome.PublicKey', 'Member[ECC].Member[generate]'],
    ['use.OpenSslKey', 'OpenSSL.crypto', 'Member[PKey].Instance.Member[generate_key]'],
    ['use.JwkKey', 'jwcrypto.jwk', 'Member[JWK].Member[generate]'],
  ],
};
