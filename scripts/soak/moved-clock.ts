/**
 * `node --import ./scripts/soak/moved-clock.ts …`: the program is told the instant of LOOP_NOW_MS (milliseconds since 1970) when it asks for
 * the time; the machine's clock, and the database's, are left alone.
 */
const startedMs = Date.now();
const toldMs = Number(process.env['LOOP_NOW_MS']);
if (!Number.isFinite(toldMs)) throw new Error('LOOP_NOW_MS is no instant');
const realNow = Date.now.bind(Date);
Date.now = () => toldMs + realNow() - startedMs;
