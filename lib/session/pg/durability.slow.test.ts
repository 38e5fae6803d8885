import { durabilityTests } from '../../../checks/session/durability-tests.ts';
import { durablePostgres } from '../../../checks/session/durable-stores.ts';

const small = { sessions: 200, changing: 20, kills: 2, changesBetween: 200 };

durabilityTests('pg', 'postgres', small, durablePostgres);
