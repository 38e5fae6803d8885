import { createRoleAgents, type RoleAgents } from './origin/role-agents.ts';
import type { Role } from './role/role.ts';
import { TokenBucket } from './token-bucket.ts';

/** A role at work: what it may ask, what is under way, and its kept connections. */
export interface RoleUse {
  readonly role: Role;
  readonly agents: RoleAgents;
  readonly bucket: TokenBucket;
  readonly active: Active;
}

/** Outlives a reload, as what is under way does. */
export interface Active {
  tunnels: number;
  requests: number;
}

/**
 * The roles of a configuration, by name. One that was there before keeps its counts; kept connections are made anew, as
 * they keep the verdict of the rules that they were opened under.
 */
export function useRoles(
  roles: readonly Role[],
  former: ReadonlyMap<string, RoleUse>,
  now: number,
): ReadonlyMap<string, RoleUse> {
  return new Map(
    roles.map((role) => {
      const before = former.get(role.name);
      const sameRate = before?.role.requestsPerSecond === role.requestsPerSecond;
      const use: RoleUse = {
        role,
        agents: createRoleAgents(),
        bucket: before && sameRate ? before.bucket : new TokenBucket(role.requestsPerSecond, now),
        active: before?.active ?? { tunnels: 0, requests: 0 },
      };
      return [role.name, use];
    }),
  );
}
