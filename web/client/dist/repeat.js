const IDEMPOTENCY_KEY = 'Idempotency-Key';
const LONGEST_PAUSE = 60_000;
const MOST_REPETITIONS = 4;
/** How long `Retry-After` asks to wait, in milliseconds; undefined where the answer does not say. */
function pauseToldBy(answer, now) {
    const told = answer?.headers.get('Retry-After');
    if (!told)
        return undefined;
    return /^\d+$/.test(told) ? Number(told) * 1000 : Math.max(0, Date.parse(told) - now);
}
function mayRepeat(request, answer) {
    if (answer?.status === 429)
        return true;
    const safe = request.method === 'GET' || request.method === 'HEAD' || request.headers.has(IDEMPOTENCY_KEY);
    return safe && (!answer || [502, 503, 504].includes(answer.status));
}
/** Waits, unless it is called off. */
function wait(milliseconds, signal) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(done, milliseconds);
        signal.addEventListener('abort', calledOff, { once: true });
        function done() {
            signal.removeEventListener('abort', calledOff);
            resolve();
        }
        function calledOff() {
            clearTimeout(timer);
            reject(signal.reason);
        }
    });
}
/**
 * Gives each POST an `Idempotency-Key`, and sends again, up to four times, what may be sent again: after a broken
 * connection, 502, 503 or 504 what only reads or carries such a key; after 429, where nothing was done, everything. It
 * waits as long as `Retry-After` says, up to a minute, else half a second, doubled each time.
 */
export function repeating(send) {
    return async (request) => {
        if (request.method === 'POST' && !request.headers.has(IDEMPOTENCY_KEY))
            request.headers.set(IDEMPOTENCY_KEY, crypto.randomUUID());
        for (let sent = 0;; sent++) {
            let answer;
            let broken;
            try {
                answer = await send(request.clone());
            }
            catch (error) {
                if (request.signal.aborted)
                    throw error;
                broken = error;
            }
            const pause = pauseToldBy(answer, Date.now()) ?? 500 * 2 ** sent * (0.5 + Math.random());
            if (sent === MOST_REPETITIONS || pause > LONGEST_PAUSE || !mayRepeat(request, answer)) {
                if (answer)
                    return answer;
                throw broken;
            }
            await answer?.body?.cancel();
            await wait(pause, request.signal);
        }
    };
}
