/**
 * Tells a server from another that answers behind the same name (a proxy, a round robin): thread numbers of one mean
 * nothing to the other.
 */
export const selectServerIdentity = "SELECT CONCAT_WS('/', @@server_id, @@hostname, @@port)";
