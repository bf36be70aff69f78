export const TOKENS = ['heap-ignore', 'data-heap-ignore'];
export const ATTRIBUTES = ['type', 'role', 'name', 'data-testid', 'autocomplete', 'data-heap-redact-text', 'data-heap-redact-attributes', ...TOKENS];
