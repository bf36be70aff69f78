/** Judges nothing but consent: what the collector would send if its policy were switched off. Only tests build with it. */
export const compile = (policy: any) => {
  if (!policy || policy.version !== 1) throw 0;
  return (event: any, consent: any, gpc: any) => {
    const { required, honourGpc } = policy.consent || {};
    if (consent === 'denied' || (required && consent !== 'granted') || (gpc && honourGpc)) return;
    return JSON.parse(JSON.stringify(event));
  };
};
