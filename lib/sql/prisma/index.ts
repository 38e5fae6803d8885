/**
 * `bulwark/sql` beside Prisma.
 *
 * @module
 */
export { forPrisma, type PrismaQuery } from './for-prisma.ts';
