/** What the server put in front of this script: docs/collector.md, "What a page loads". */

export interface TextRule {
  detector?: string;
  pattern?: string;
  label?: string;
  action?: string;
}

/** What may be kept of a text (null: drop the field), and [label, action] of each rule that found something. */
export type Scrubbed = [text: string | null, hits: [label: string, action?: string][]];

/** Finds personal data in texts, by the rules of a policy for texts and for parameters of addresses; `key` is the name under which a text came. */
export type Scrubber = (rules: TextRule[], urls?: any) => (text: string, key?: string) => Scrubbed;

export interface Given {
  app: string;
  hash: string;
  policy: any;
  scrubber: Scrubber;
}

declare const __WEIR__: Given;

export const { app, hash, policy, scrubber } = __WEIR__;
