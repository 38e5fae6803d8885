import { durabilityTests } from '../../../checks/session/durability-tests.ts';
import { durablePostgres } from '../../../checks/session/durable-stores.ts';

const large = { sessions: 10_000, changing: 200, kills: 2, changesBetween: 10_000 };

durabilityTests('pg', 'postgres', large, durablePostgres);
