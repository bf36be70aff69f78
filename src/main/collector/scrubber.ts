/** The part of the script that recognises personal data. The server puts it between the policy, whose rules it follows, and the collector. */
import type { Given } from './given';
import { scrubber } from './text';

declare const __WEIR__: Given;

__WEIR__.scrubber = scrubber;
