import type { WireEvent } from './wire';

/** What the policy makes of an event. */
export interface Judged {
  outcome: 'kept' | 'quarantined' | 'dropped';
  reason?: string;
  event?: WireEvent;
  findings: { reason: string; field: string; rule: string }[];
}

export interface Engine {
  judge(event: WireEvent, circumstances: { consent?: string; gpc?: boolean }, elements?: Element[]): Judged;
}

/** Until it can judge it refuses every policy, and the collector captures nothing. */
export const compile = (_policy: unknown): Engine => {
  throw 0;
};
