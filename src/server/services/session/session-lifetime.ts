/** How long a sign-in lasts. The cookie and the row end together. */
export const sessionLifetimeMs = 30 * 24 * 3_600_000;
