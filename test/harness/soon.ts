/**
 * Milliseconds in which whatever waits for nobody is over, on the busiest machine; what it must not wait for takes longer, or
 * for ever. How long things take is measured by the bench, never by a test.
 */
export const soon = 25_000;
