/** What is judged and what is sent: docs/policy-language.md ("What is judged"). Types only; nothing of this is in the bundle. */

export interface WireNode {
  t: string;
  i?: string;
  c?: string[];
  a?: Record<string, string>;
  n?: number;
  k?: number;
  h?: 1;
  s?: 1;
}

export interface WirePage {
  url?: string;
  title?: string;
  previous?: string;
}

export interface WireSession {
  referrer?: string;
  landing?: string;
}

export interface WireEvent {
  type: string;
  name?: string;
  text?: string;
  href?: string;
  path?: WireNode[];
  properties?: Record<string, unknown>;
  identity?: string;
  page?: WirePage;
  session?: WireSession;
}
