/** What the server put in front of this script: docs/collector.md, "What a page loads". */
declare const __WEIR__: { app: string; hash: string; policy: any };

export const { app, hash, policy } = __WEIR__;
