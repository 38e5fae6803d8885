/** Whether an elliptic curve has less than 224 bits. `name` is the curve's name in OpenSSL, elliptic or pycryptodome. */
export function isWeakCurve(name: string): boolean {
  return /^(nist)?(p-?192|p192r1|k-?163|b-?163)$|^(secp|sect|prime|c2pnb|c2tnb|brainpoolp|wap-wsg-idm-ecid-wtls|oakley-ec2n-)(1[0-9][0-9]|20\d|21\d|\d)([a-z]\w*)?$/i.test(
    name,
  );
}

/** Whether a Diffie-Hellman group has less than 2048 bits. `name` is the group's name in Node, such as `modp5`. */
export function isWeakGroup(name: string): boolean {
  return /^modp(1|2|5)$/.test(name);
}
