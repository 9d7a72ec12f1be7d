import { describe, expect, it } from 'vitest';
import { DeadlinePassed, startDeadline } from '../../../src/formats/ifc/deadline.ts';

describe('work under a deadline', () => {
  it('gives what the work gives, and throws what it throws', () => {
    const deadline = startDeadline(60_000);
    expect(deadline.run(() => 42)).toBe(42);
    const fault = new RangeError('own');
    expect(() =>
      deadline.run(() => {
        throw fault;
      }),
    ).toThrow(fault);
  });

  it('ends a loop that never looks at a clock', () => {
    let turns = 0;
    const endless = (): void => {
      for (;;) turns++;
    };
    expect(() => startDeadline(50).run(endless)).toThrow(DeadlinePassed);
    expect(turns).toBeGreaterThan(0);
  });

  it('starts nothing once the time is up', () => {
    let started = false;
    const work = (): void => {
      started = true;
    };
    for (const allowedMs of [0, -5]) expect(() => startDeadline(allowedMs).run(work)).toThrow(DeadlinePassed);
    expect(started).toBe(false);
  });

  it.each([2 ** 31, 1e15, 1e300, Number.POSITIVE_INFINITY])(
    'takes %d ms as very long, not as none',
    (allowedMs) => {
      expect(startDeadline(allowedMs).run(() => 'done')).toBe('done');
    },
  );
});
