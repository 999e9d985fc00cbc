import { z } from 'zod';

const server = {
  host: z.literal('127.0.0.1'),
  port: z.number(),
  /** May do everything. */
  user: z.string(),
  password: z.string(),
};

export const postgresAddressSchema = z.object({ ...server, major: z.union([z.literal(15), z.literal(18)]) });
export const mariadbAddressSchema = z.object({ ...server });

export type PostgresAddress = z.infer<typeof postgresAddressSchema>;
export type MariadbAddress = z.infer<typeof mariadbAddressSchema>;
export type TestedMajor = PostgresAddress['major'];
