import { attempt } from './attempt';

/** The octets of base64 or base64url, one character each; nothing where it is neither. */
export const binary = (s: string) => attempt(() => atob(s.replace(/-/g, '+').replace(/_/g, '/').replace(/=/g, ''))) || '';
