/** Judges nothing: what the collector would send if its policy were switched off. Only tests build with it. */
export const compile = (policy: any) => {
  if (!policy || policy.version !== 1) throw 0;
  return {
    judge: (event: any, circumstances: any) => {
      const required = policy.consent && policy.consent.required;
      if (circumstances.consent === 'denied' || (required && circumstances.consent !== 'granted'))
        return { outcome: 'dropped', reason: 'CONSENT_MISSING', findings: [] };
      if (circumstances.gpc && policy.consent && policy.consent.honourGpc) return { outcome: 'dropped', reason: 'GPC', findings: [] };
      return { outcome: 'kept', event: JSON.parse(JSON.stringify(event)), findings: [] };
    },
  };
};
