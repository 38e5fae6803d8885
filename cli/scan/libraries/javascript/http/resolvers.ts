/** Node 20 to 24: dns, dns/promises. Documentation: https://nodejs.org/docs/latest-v24.x/api/dns.html */

import type { Models } from '../../../models/model.ts';
import { exceptForRequests } from '../../conventions/address-kinds.ts';

const addresses = 'Member[lookup,resolve4,resolve6]';
/** With another record type as its second argument, it returns text that the owner of the name has written. */
const records = 'Member[resolve,resolveAny,resolveCname,resolveMx,resolveSrv]';

/**
 * The owner of a host name chooses its address: a request to the address goes where the attacker's DNS points. The
 * address itself consists of digits, dots and colons, which are harmless elsewhere.
 */
export const resolvers: Models = {
  language: 'javascript',
  types: [
    ['dns.Module', 'dns', ''],
    ['dns.Module', 'dns/promises', ''],
    ['dns.Module', 'dns.Module', 'Member[promises]'],
    ['dns.Module', 'dns.Module', 'Member[Resolver].Instance'],
  ],
  summaries: [
    ['dns.Module', addresses, 'Argument[0]', 'ReturnValue', 'taint'],
    ['dns.Module', records, 'Argument[0]', 'ReturnValue', 'taint'],
    ['dns.Module', addresses, 'Argument[0]', 'Argument[1,2].Parameter[1]', 'taint'],
    ['dns.Module', records, 'Argument[0]', 'Argument[1,2].Parameter[1]', 'taint'],
  ],
  sanitizers: [['dns.Module', `${addresses}.ReturnValue`, exceptForRequests]],
  traits: [['dns.Module', 'Member[lookup,resolve,resolve4,resolve6]', 'resolves-to-many']],
};
