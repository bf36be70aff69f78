/** Why an event became what it became. Built for the tests that compare both engines; in a page nobody asks, so nothing of it ships. */
export interface Why {
  outcome: 'kept' | 'quarantined' | 'dropped';
  reason?: string;
  findings: { reason: string; field: string; rule: string }[];
}

class Account implements Why {
  outcome: Why['outcome'] = 'kept';
  reason?: string;
  findings: Why['findings'] = [];
  /** The part of the event that is being looked at. */
  field = '';

  note(reason: string, rule: string) {
    const { field } = this;
    if (!this.findings.some((f) => f.reason == reason && f.field == field && f.rule == rule)) this.findings.push({ reason, field, rule });
  }

  quarantine(reason: string) {
    this.outcome = 'quarantined';
    this.reason ??= reason;
  }

  drop(reason: string, field: string, rule: string): undefined {
    Object.assign(this, { outcome: 'dropped', reason, findings: [{ reason, field, rule }] });
  }

  /** What the rules for texts found. */
  texts(hits: [label: string, action?: string][]) {
    for (const [label, action] of hits) {
      this.note('TEXT_' + ({ mask: 'MASKED', drop: 'DROPPED' }[action!] || 'QUARANTINE'), 'text.' + label);
      if (action == 'quarantine') this.quarantine('TEXT_QUARANTINE');
    }
  }
}

/** Why the last event became what it became. */
export let why: Account;
export const begin = () => {
  why = new Account();
};
