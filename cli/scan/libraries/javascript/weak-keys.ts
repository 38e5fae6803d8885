/**
 * Functions that generate keys: node:crypto of Node 20 to 24, Web Crypto, node-forge 1, node-rsa 1, jsrsasign 11, jose 4
 * to 6, elliptic 6, openpgp 6, node-jose 2, keypair 1, jsencrypt 3, ursa. Documentation: the README of each.
 */
import type { Models } from '../../models/model.ts';

export const weakKeys: Models = {
  language: 'javascript',
  types: [
    ['use.KeyPair', 'crypto', 'Member[generateKeyPair,generateKeyPairSync]'],
    ['use.DiffieHellman', 'crypto', 'Member[createDiffieHellman,DiffieHellman]'],
    [
      'use.DiffieHellmanGroup',
      'crypto',
      'Member[getDiffieHellman,createDiffieHellmanGroup,DiffieHellmanGroup]',
    ],
    ['use.CurveByName', 'crypto', 'Member[createECDH]'],
    ['use.CurveByName', 'elliptic', 'Member[ec]'],
    ['use.SubtleKey', 'global', 'Member[crypto].Member[subtle].Member[generateKey]'],
    ['use.SubtleKey', 'dom.Window', 'Member[crypto].Member[subtle].Member[generateKey]'],
    ['use.SubtleKey', 'crypto', 'Member[subtle].Member[generateKey]'],
    ['use.SubtleKey', 'crypto', 'Member[webcrypto].Member[subtle].Member[generateKey]'],
    ['use.ForgeKey', 'node-forge', 'Member[pki].Member[rsa].Member[generateKeyPair]'],
    ['use.ForgeKey', 'node-forge', 'Member[rsa].Member[generateKeyPair]'],
    ['use.ForgeKey', 'node-forge', 'Member[pki].Member[rsa].Member[createKeyPairGenerationState]'],
    ['use.NodeRsa', 'node-rsa', ''],
    ['use.NodeRsaPair', 'node-rsa', 'Instance.Member[generateKeyPair]'],
    ['use.KeyUtil', 'jsrsasign', 'Member[KEYUTIL].Member[generateKeypair]'],
    ['use.JoseKey', 'jose', 'Member[generateKeyPair]'],
    ['use.OpenPgpKey', 'openpgp', 'Member[generateKey]'],
    ['use.BitsFirst', 'ursa', 'Member[generatePrivateKey]'],
    ['use.BitsFirst', 'keypair', ''],
    ['use.JsEncrypt', 'jsencrypt', ''],
    ['use.JsEncrypt', 'jsencrypt', 'Member[JSEncrypt]'],
  ],
};
