/** Whose TIS it is. The two services have the same schema and lists of their own. */
export const regions = ['england', 'nimdta'] as const;
export type Region = (typeof regions)[number];
