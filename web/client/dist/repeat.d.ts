type Send = (request: Request) => Promise<Response>;
/**
 * Gives each POST an `Idempotency-Key`, and sends again, up to four times, what may be sent again: after a broken
 * connection, 502, 503 or 504 what only reads or carries such a key; after 429, where nothing was done, everything. It
 * waits as long as `Retry-After` says, up to a minute, else half a second, doubled each time.
 */
export declare function repeating(send: Send): Send;
export {};
